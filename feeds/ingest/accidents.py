"""What looks like an accident, and would take what is published from all readers: a cautious run stops before it.

A person who builds is told, or asks for it (`feeds build --gate`, `--strict`); a server has nobody beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from feeds.config import blame
from feeds.errors import BlockedError, ConfigError, say_number
from feeds.ingest.report import LEDGER_BEHIND, Report
from feeds.ingest.work import Work, batches
from feeds.store import ask


def refuse_setback(report: Report) -> None:
    """Raise BlockedError where the report has the remark that the ledger was set back (`feeds.ingest.setback`)."""
    for remark in report.remarks:
        if remark.rule == LEDGER_BEHIND:
            raise BlockedError(remark.what, path=remark.path, text=remark.text, hint=remark.hint)


def refuse_emptied(work: Work, gone: Iterable[str], without: Iterable[int]) -> None:
    """Raise ConfigError where a source that gave articles their texts has none any more, as an empty mount point has.

    `gone` are the paths of the seeds that are there no more, `without` the numbers of the sources that read nothing.
    Not where articles stay without their files (`vanished = "keep"`).
    """
    names = {work.config.sources[index].name: index for index in without}
    if not names or work.config.feeds.vanished == "keep":
        return
    query = "SELECT source FROM seeds WHERE path IN :paths AND source IN :names AND article IS NOT NULL"
    lost: Counter[str] = Counter()
    for some in batches(gone):
        lost.update(ask(work.connection, query, paths=some, names=list(names)).scalars())
    hint = (
        "put its texts back (is a volume not mounted?); if they are meant to go, run `feeds build` once without "
        "--gate, or remove the source"
    )
    errors = []
    for name, index in names.items():
        if lost[name]:
            key = ("sources", index, "folder" if work.config.sources[index].glob is None else "glob")
            what = f"the source {name!r} has no text any more, and had {say_number(lost[name], 'text')}"
            errors.append(blame(work.config, key, what, hint=hint))
    if errors:
        raise ConfigError.gather(errors)
