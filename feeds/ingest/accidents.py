"""What looks like an accident, and would take what is published from all readers: a cautious run stops before it.

A person who builds is told, or asks for it (`feeds build --gate`, `--strict`); a server has nobody beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from feeds.config import blame
from feeds.errors import BlockedError, ConfigError, say_number
from feeds.ingest.report import LEDGER_BEHIND, Report
from feeds.ingest.seeds.listing import SeedFile
from feeds.ingest.work import Work, batches
from feeds.store import ask

_HINT = (
    "put its texts back (is a volume not mounted?); if they are meant to go, run `feeds build` once without --gate, or "
    "remove the source"
)


def refuse_setback(report: Report) -> None:
    """Raise BlockedError where the report has the remark that the ledger was set back (`feeds.ingest.setback`)."""
    for remark in report.remarks:
        if remark.rule == LEDGER_BEHIND:
            raise BlockedError(remark.what, path=remark.path, text=remark.text, hint=remark.hint)


def refuse_emptied(work: Work, gone: Sequence[str], new: Iterable[SeedFile], without: Sequence[int]) -> None:
    """Raise ConfigError where a source that gave articles their texts has none any more, as an empty mount point has.

    `gone` are the paths of the seeds that are there no more, `new` the files that were not there before, `without` the
    numbers of the sources that read nothing. Not where readers lose nothing: articles stay without their files
    (`vanished = "keep"`), are withdrawn, have other files, or their files were moved. A library that was made again
    knows no source's texts; there, no source must have any.
    """
    if not without or work.config.feeds.vanished == "keep":
        return
    sources = work.config.sources
    if work.is_renewed and len(without) == len(sources):
        # Costs to import, and most runs publish nothing.
        from feeds.ingest.publication.departures import find_lost

        if lost := sum(identity.withdrawn is None and identity.order is None for identity in find_lost(work)):
            what = f"no source has any text, and {say_number(lost, 'article is', 'articles are')} published"
            raise blame(work.config, work.config.find_place_key(without[0]), what, hint=_HINT)
        return
    counts = _count_lost(work, gone, new, [sources[index].name for index in without])
    errors = []
    for index in without:
        name = sources[index].name
        if counts[name]:
            what = f"the source {name!r} has no text any more, and had {say_number(counts[name], 'text')}"
            errors.append(blame(work.config, work.config.find_place_key(index), what, hint=_HINT))
    if errors:
        raise ConfigError.gather(errors)


def _count_lost(work: Work, gone: Sequence[str], new: Iterable[SeedFile], names: list[str]) -> Counter[str]:
    """How many texts sources of these names lost, of which an article was published that has no other file."""
    query = """
        SELECT seeds.path, source, article, mark FROM seeds JOIN articles ON articles.id = article
        WHERE seeds.path IN :paths AND source IN :names AND articles.seed IS NOT NULL AND withdrawn = 0
    """
    others = "SELECT article, path FROM seeds WHERE article IN :ids"
    missing, moved = set(gone), {_name_file(seed.path, seed.mark) for seed in new}
    lost: Counter[str] = Counter()
    for some in batches(gone):
        rows = ask(work.connection, query, paths=some, names=names).all()
        files = ask(work.connection, others, ids=sorted({row.article for row in rows})).all()
        kept = {row.article for row in files if row.path not in missing}
        lost.update(
            row.source for row in rows if row.article not in kept and _name_file(row.path, row.mark) not in moved
        )
    return lost


def _name_file(path: str, mark: str) -> tuple[str, str]:
    """A file's name and size, which it keeps where it is moved."""
    return PurePosixPath(path).name, mark.rsplit(" ", 3)[-3] if mark else ""
