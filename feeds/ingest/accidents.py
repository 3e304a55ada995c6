"""What looks like an accident, and would take what is published from all readers: a cautious run stops before it.

A person who builds is told, or asks for it (`feeds build --gate`, `--strict`); a server has nobody beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress

from feeds.config import blame
from feeds.errors import BlockedError, ConfigError, SeedError, say_number
from feeds.ingest.report import LEDGER_BEHIND, Report
from feeds.ingest.seeds.listing import SeedFile
from feeds.ingest.work import Work
from feeds.store import ask, batches
from feeds.text import digest

_PUT_BACK = (
    "put its texts back (is a volume not mounted?); if they are meant to go, run `feeds build` once without --gate"
)
_HINT = f"{_PUT_BACK}, or remove the source"


def refuse_setback(report: Report) -> None:
    """Raise BlockedError where the report has the remark that the ledger was set back (`feeds.ingest.setback`)."""
    for remark in report.remarks:
        if remark.rule == LEDGER_BEHIND:
            raise BlockedError(remark.what, path=remark.path, text=remark.text, hint=remark.hint)


def refuse_losses(work: Work, gone: Sequence[str], new: Sequence[SeedFile], without: Sequence[int]) -> None:
    """Raise ConfigError where a source lost all texts that articles have, as an empty mount point has, or many at once.

    Many are more than `max_removed` in [gate] lets pass, and more than a tenth of its texts. `gone` are the paths of
    the seeds that are there no more, `new` the files that were not there before, `without` the numbers of the sources
    that read nothing. Not where readers lose nothing: articles stay without their files (`vanished = "keep"`), are
    withdrawn, have other files, or their files were moved. A library that was made again knows no source's texts;
    there, no source must have any.
    """
    if work.config.feeds.vanished == "keep":
        return
    sources = work.config.sources
    if work.is_renewed and len(without) == len(sources):
        # Costs to import, and most runs publish nothing.
        from feeds.ingest.publication.departures import find_lost

        if left := sum(identity.withdrawn is None and identity.order is None for identity in find_lost(work)):
            what = f"no source has any text, and {say_number(left, 'article is', 'articles are')} published"
            raise blame(work.config, work.config.find_place_key(without[0]), what, hint=_HINT)
        return
    losses = _find_losses(work, gone)
    suspects = [
        index for index, source in enumerate(sources) if _are_too_many(work, index, losses[source.name], without)
    ]
    moved = _digest_files(work, new) if suspects else set()
    errors = []
    for index in suspects:
        name = sources[index].name
        lost = [found for found in losses[name] if found not in moved]
        if _are_too_many(work, index, lost, without):
            what = f"has lost {len(lost)} of its {_count_texts(work, name)} texts at once"
            if index in without:
                what = f"has no text any more, and had {say_number(len(lost), 'text')}"
            hint = _HINT if index in without else _PUT_BACK
            key = work.config.find_place_key(index)
            errors.append(blame(work.config, key, f"the source {name!r} {what}", hint=hint))
    if errors:
        raise ConfigError.gather(errors)


def _are_too_many(work: Work, index: int, lost: Sequence[str], without: Sequence[int]) -> bool:
    """Whether a source can't have lost these of its texts on purpose; of those `without` any text, one is enough."""
    if index in without:
        return bool(lost)
    name, most = work.config.sources[index].name, work.config.gate.max_removed
    return len(lost) > most and len(lost) * 10 > _count_texts(work, name)


def _count_texts(work: Work, name: str) -> int:
    """How many texts a source had before this run."""
    return int(ask(work.connection, "SELECT count(*) FROM seeds WHERE source = :name", name=name).scalar_one())


def _find_losses(work: Work, gone: Sequence[str]) -> defaultdict[str, list[str]]:
    """The digests of lost texts, by their source, of which an article was published that has no other file."""
    query = """
        SELECT seeds.path, source, article, digest FROM seeds JOIN articles ON articles.id = article
        WHERE seeds.path IN :paths AND articles.seed IS NOT NULL AND withdrawn = 0
    """
    others = "SELECT article, path FROM seeds WHERE article IN :ids"
    missing = set(gone)
    losses: defaultdict[str, list[str]] = defaultdict(list)
    for some in batches(gone):
        rows = ask(work.connection, query, paths=some).all()
        files = ask(work.connection, others, ids=sorted({row.article for row in rows})).all()
        kept = {row.article for row in files if row.path not in missing}
        for row in rows:
            if row.article not in kept:
                losses[row.source].append(row.digest)
    return losses


def _digest_files(work: Work, seeds: Iterable[SeedFile]) -> set[str]:
    """The digests of files; a file that was moved keeps it."""
    from feeds.parse import load_page

    found = set()
    for seed in seeds:
        # What can't be read is reported where it is read for its text.
        with suppress(SeedError):
            found.add(digest(load_page(f"{work.config.folder}/{seed.path}")))
    return found
