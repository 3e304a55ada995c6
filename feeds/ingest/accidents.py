"""What looks like an accident, and would take what is published from all readers: a cautious run stops before it.

A person who builds is told, or asks for it (`feeds build --gate`, `--strict`); a server has nobody beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from feeds.config import blame
from feeds.errors import BlockedError, ConfigError, say_number
from feeds.ingest.report import LEDGER_BEHIND, Remark, Report
from feeds.ingest.seeds.unfinished import StillWritingError
from feeds.ingest.work import Losses, Work
from feeds.store import ask, ask_value, batches

_PUT_BACK = (
    "put its texts back (is a volume not mounted?); if they are meant to go, run `feeds build` once without --gate"
)
_HINT = f"{_PUT_BACK}, or remove the source"


def refuse_setback(report: Report) -> None:
    """Raise BlockedError where the report has the remark that the ledger was set back (`feeds.ingest.setback`)."""
    for remark in report.remarks:
        if remark.rule == LEDGER_BEHIND:
            raise BlockedError(remark.what, path=remark.path, text=remark.text, hint=remark.hint)


def refuse_emptiness(work: Work, without: Sequence[int]) -> None:
    """Raise ConfigError where a library was made again, articles are published, and no source has any text.

    Such a library doesn't know whose texts are missing. `without` are the numbers of the sources that read nothing.
    """
    if not work.is_renewed or work.config.feeds.vanished == "keep" or len(without) < len(work.config.sources):
        return
    # Costs to import, and most runs publish nothing.
    from feeds.ingest.publication.departures import find_lost

    if left := sum(identity.withdrawn is None and identity.order is None for identity in find_lost(work)):
        what = f"no source has any text, and {say_number(left, 'article is', 'articles are')} published"
        raise blame(work.config, work.config.find_place_key(without[0]), what, hint=_HINT)


def find_losses(work: Work, gone: Sequence[str], without: Sequence[int]) -> dict[int, Losses]:
    """The sources, by number, that have lost all their texts, as an empty mount point has, or many at once.

    Many are more than `max_removed` in [gate] lets pass, and more than a tenth of its texts. `gone` are the paths of
    the seeds that are there no more. Not where articles stay without their files (`vanished = "keep"`), are withdrawn,
    or have other files. Whether readers lose them is seen when the articles have found their new files.
    """
    if work.config.feeds.vanished == "keep":
        return {}
    articles = _find_fileless(work, gone)
    found = {}
    for index, source in enumerate(work.config.sources):
        losses = Losses(frozenset(articles[source.name]), _count_texts(work, source.name), index in without)
        if _are_too_many(work, losses):
            found[index] = losses
    return found


def refuse_losses(work: Work, leaving: Iterable[str]) -> None:
    """Raise ConfigError where readers lose many of `work.losses`; `leaving` are the ids of what leaves all feeds now.

    Raises StillWritingError where they don't, and this is known only by files that may still be written.
    """
    left = frozenset(leaving)
    errors = []
    for index, found in work.losses.items():
        losses = replace(found, articles=found.articles & left)
        if _are_too_many(work, losses):
            what = _say_lost(work.config.sources[index].name, losses)
            hint = _HINT if losses.is_empty else _PUT_BACK
            errors.append(blame(work.config, work.config.find_place_key(index), what, hint=hint))
    if errors:
        raise ConfigError.gather(errors)
    if work.is_trial:
        raise StillWritingError


def note_losses(work: Work, losses: dict[int, Losses]) -> None:
    """Note that articles stay published though their files are gone, as long as the run is about something else."""
    for index, lost in losses.items():
        what = (
            f"{_say_lost(work.config.sources[index].name, lost)}; an order takes nothing else from readers: they stay"
        )
        key = work.config.find_place_key(index)
        work.report.remarks.append(Remark("texts-lost", key, what, hint=_PUT_BACK, is_passing=True))


def _say_lost(name: str, losses: Losses) -> str:
    if losses.is_empty:
        return f"the source {name!r} has no text any more, and had {say_number(len(losses.articles), 'text')}"
    return f"the source {name!r} has lost {len(losses.articles)} of its {losses.texts} texts at once"


def _are_too_many(work: Work, losses: Losses) -> bool:
    """Whether a source can't have lost these on purpose; of one without any text, one is enough."""
    lost = len(losses.articles)
    return lost > 0 if losses.is_empty else lost > work.config.gate.max_removed and lost * 10 > losses.texts


def _count_texts(work: Work, name: str) -> int:
    """How many texts a source had before this run."""
    return int(ask_value(work.connection, "SELECT count(*) FROM seeds WHERE source = :name", name=name))


def _find_fileless(work: Work, gone: Sequence[str]) -> defaultdict[str, set[str]]:
    """The published articles that have lost all their files, by the source of one."""
    query = """
        SELECT seeds.path, source, article FROM seeds JOIN articles ON articles.id = article
        WHERE seeds.path IN :paths AND articles.seed IS NOT NULL AND withdrawn = 0
    """
    others = "SELECT article, path FROM seeds WHERE article IN :ids"
    missing = set(gone)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for some in batches(gone):
        rows = ask(work.connection, query, paths=some).fetchall()
        files = ask(work.connection, others, ids=sorted({row.article for row in rows})).fetchall()
        kept = {row.article for row in files if row.path not in missing}
        for row in rows:
            if row.article not in kept:
                found[row.source].add(row.article)
    return found
