"""Changed seeds -> articles of the library: published in order of arrival, taken out again."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import delete, select, update

from feeds.article import Article, load_stamp
from feeds.dates.instants import DAY, to_datetime
from feeds.errors import CheckError, Problem, say_number
from feeds.ingest.candidates import TEXT_STATES, find_candidates, find_held_keys, find_textless
from feeds.ingest.feedsets import FeedRow
from feeds.ingest.grouping import group_changes
from feeds.ingest.months import month_of, note_months
from feeds.ingest.orders import empty_article
from feeds.ingest.places import mark_archives, write_places
from feeds.ingest.publication import Candidate, Prepared, Publication, Publisher
from feeds.ingest.renditions import Asked, make_rendition
from feeds.ingest.report import TEXT_LOST
from feeds.ingest.work import BATCH, Changes, Work, batches
from feeds.store import (
    Identity,
    add_rows,
    ask,
    is_in_corrections,
    parse_identity,
    put_rows,
    read_fact,
    render_identity,
    schema,
    write_fact,
)
from feeds.store.shelf import AHEAD, ALL, CORRECTIONS, load_ahead

MAX_NAMED = 5
"""Articles that a note names."""
REFUSED = "refused"
"""The fact of the library that holds the ids of articles whose entry would have broken readers."""
_articles, _seeds = schema.articles, schema.seeds
_entries = schema.entries


def publish_changes(work: Work, changes: Changes) -> None:
    """Publish every article that the changes touch, and see to those that have no seed any more."""
    touched = changes.articles | set(group_changes(work, changes.paths))
    touched.update(_find_due(work))
    # What failed is tried, and told, in every run.
    touched.update(json.loads(read_fact(work.connection, REFUSED) or "[]"))
    ahead = load_ahead(work.connection)
    touched.update(_find_come(work, ahead))
    if work.redo_render:
        touched.update(work.connection.scalars(select(_articles.c.id).where(_articles.c.seed.is_not(None))))
        # Those too that a rule withheld, which may be gone.
        held = select(_seeds.c.article).where(_seeds.c.state == "article", _seeds.c.article.is_not(None))
        touched.update(work.connection.scalars(held))
        for feed in work.sets.feeds.values():
            feed.stale = True
        # Not by their articles: those may all have left.
        work.connection.execute(update(schema.archives).values(stale=1))
    if work.redo_links:
        touched.update(_find_unlinked(work))
    lost = {identity.id for identity in _find_lost(work)} - touched
    taken = _Taken(work)
    publisher = Publisher(work.config, work.sets, now=work.now, is_first=work.is_first, is_taken=taken.is_taken)
    queue, orphans = _arrange(work, touched | lost, publisher)
    textless = find_textless(work, orphans)
    kept = {identity.id for identity in textless}
    orphans = [identity for identity in orphans if identity.id not in kept]
    # Their text may be in a file that could not be read: nothing is taken out on suspicion.
    suspected = {identity.id for identity in _find_missing(work)} & lost
    orphans = [identity for identity in orphans if identity.id not in suspected]
    # First, so that what leaves holds no instant: with the library lost, nobody would know that it had it.
    _take_out(work, orphans)
    _publish(work, publisher, taken, queue, ahead)
    _forget_unpublished(work)
    if textless:
        _note_textless(work, textless)
    work.report.missing = [identity.path for identity in _find_missing(work)]
    if work.report.missing and not textless:
        _note_missing(work)


def _publish(work: Work, publisher: Publisher, taken: _Taken, queue: list[str], ahead: dict[str, int]) -> None:
    """Publish articles, in this order; one that would break readers stays as it was. `ahead` is what was (`AHEAD`)."""
    waiting: deque[Prepared] = deque()
    max_bytes = work.config.feeds.max_bytes

    def prepare() -> Iterator[Asked]:
        for batch in batches(queue):
            for candidate in find_candidates(work, batch)[0]:
                prepared = publisher.prepare(candidate)
                taken.add(prepared.updated, candidate.id)
                waiting.append(prepared)
                buried = prepared.identity.buried
                since = None if buried is None else to_datetime(buried)
                yield Asked(candidate.seed, prepared.entry, prepared.record, since, max_bytes)

    done: list[Publication] = []
    failed: dict[str, FeedRow] = {}
    refused: list[str] = []
    known_ahead = dict(ahead)
    for number, rendered in enumerate(work.workers.map(make_rendition, prepare(), count=len(queue)), 1):
        prepared = waiting.popleft()
        ahead.pop(prepared.candidate.id, None)
        if prepared.ahead is not None:
            ahead[prepared.candidate.id] = prepared.ahead
        if isinstance(rendered, CheckError):
            work.report.errors.append(rendered)
            failed[prepared.category.key] = prepared.category
            refused.append(prepared.candidate.id)
        else:
            done.append(publisher.publish(prepared, rendered))
            if rendered.too_large:
                work.report.notes.append((prepared.candidate.seed, _say_too_large(rendered.too_large, max_bytes)))
        if len(done) >= BATCH:
            _write(work, taken, done)
            done = []
        if number % BATCH == 0 or number == len(queue):
            work.progress("publishing", number, len(queue))
    if done:
        _write(work, taken, done)
    write_fact(work.connection, REFUSED, json.dumps(sorted(refused)))
    # What has come is either published anew by now or gone.
    ahead = {identifier: instant for identifier, instant in ahead.items() if instant > work.now}
    if ahead != known_ahead:
        write_fact(work.connection, AHEAD, json.dumps(ahead, sort_keys=True))
    for category in failed.values():
        work.sets.discard_unused(category)


def _say_too_large(size: int, max_bytes: int) -> Problem:
    return Problem(
        "too-large-for-feeds",
        f"with its text its entry is larger than a whole feed may be ({size:,} of {max_bytes:,} bytes): "
        "feeds have its summary",
        hint="split the text, or raise max_bytes in [feeds]",
    )


def _arrange(work: Work, identifiers: set[str], publisher: Publisher) -> tuple[list[str], list[Identity]]:
    """The articles in the order in which they are published, and those that leave; no text is kept in memory.

    What is there already goes first, in order of arrival, and before that what is as it was; so no article takes an
    instant that another has, whether the library knows all of them already or none.
    """
    numbers = _find_numbers(work, identifiers)
    known: list[tuple[bool, int, str]] = []
    orphans: list[Identity] = []
    for batch in batches(sorted(numbers)):
        candidates, gone = find_candidates(work, batch)
        known += [(_is_corrected(item), numbers[item.id], item.id) for item in candidates]
        orphans += gone
    new: list[tuple[int, int, str]] = []
    for batch in batches(sorted(identifiers - numbers.keys())):
        new += _find_first_sights(work, batch, publisher)
    return [
        *(identifier for _, _, identifier in sorted(known)),
        *(identifier for _, _, identifier in sorted(new)),
    ], orphans


def _find_first_sights(work: Work, identifiers: list[str], publisher: Publisher) -> Iterator[tuple[int, int, str]]:
    """What sorts new articles: of those with a single file, no more than its date is read."""
    found: dict[str, list[tuple[str, str]]] = {}
    facts = "SELECT article, published, zone, state FROM seeds WHERE article IN :ids"
    for row in ask(work.connection, facts, ids=identifiers):
        if row.state in TEXT_STATES:
            found.setdefault(row.article, []).append((row.published, row.zone))
    for identifier, ((published, zone), *others) in found.items():
        if not others:
            stamp = load_stamp(json.loads(published))
            yield publisher.first_sight(identifier, Article(published=stamp, zone=zone))
    several = [identifier for identifier, texts in found.items() if len(texts) > 1]
    for candidate in find_candidates(work, several)[0] if several else ():
        yield publisher.first_sight(candidate.id, candidate.article)


def _is_corrected(candidate: Candidate) -> bool:
    """Whether its file is another than when it was published."""
    return candidate.identity is not None and candidate.page != candidate.identity.page


def _find_due(work: Work) -> Iterable[str]:
    """Articles whose notice of withdrawal has stood long enough."""
    last = work.now - work.config.feeds.notice_days * DAY
    waiting = "SELECT id FROM articles WHERE withdrawn > 0 AND withdrawn <= :last AND buried = 0"
    return ask(work.connection, waiting, last=last).scalars().all()


def _find_come(work: Work, ahead: dict[str, int]) -> Iterable[str]:
    """Articles whose page prints a change that was still to come, and is believed now; or, at an earlier now, was."""
    come = [identifier for identifier, instant in ahead.items() if instant <= work.now]
    query = "SELECT id FROM articles WHERE seed IS NOT NULL AND (updated > :now OR id IN :come)"
    return ask(work.connection, query, now=work.now + DAY, come=come).scalars().all()


def _find_unlinked(work: Work) -> Iterable[str]:
    """Articles whose entry links to their page here; every page and feed becomes stale, for it may come, go or link."""
    for table in (_articles, schema.archives):
        work.connection.execute(update(table).values(stale=1))
    for feed in work.sets.feeds.values():
        feed.stale = True
    ours = (_articles.c.canonical == 1) | (_articles.c.withdrawn != 0)
    return work.connection.scalars(select(_articles.c.id).where(ours, _articles.c.seed.is_not(None))).all()


def _find_lost(work: Work) -> list[Identity]:
    """Articles that the ledger has as published and the library has no text of, as after the library was lost."""
    lines = ask(work.connection, "SELECT line FROM articles WHERE seed IS NULL").scalars().all()
    return [
        identity for identity in map(parse_identity, lines) if ALL not in identity.left and identity.order != "erase"
    ]


def _find_missing(work: Work) -> list[Identity]:
    """Articles that are lost while a file can't be used that may have the text, and no other file has it."""
    if not work.report.unusable:
        return []
    lost, held, known = _find_lost(work), find_held_keys(work), set[str]()
    for batch in batches(identity.id for identity in lost):
        known.update(ask(work.connection, "SELECT article FROM seeds WHERE article IN :ids", ids=batch).scalars())
    return [identity for identity in lost if identity.id not in known and held.isdisjoint(identity.keys)]


def _take_out(work: Work, orphans: list[Identity]) -> None:
    """Articles whose seeds are gone leave their feeds; what the ledger knows of them stays, and says when they left."""
    work.rewrites = work.rewrites or bool(orphans)
    for identity in orphans:
        left, back = dict(identity.left), dict(identity.back)
        if ALL not in identity.left:
            # Feeds that it left before get its tombstone too.
            for key in identity.places:
                work.sets.feeds[key].note_change(work.now)
        for key in identity.places.keys() - left.keys():
            left[key] = work.now
            back.pop(key, None)
        gone = replace(identity, left=left, back=back)
        if is_in_corrections(identity) and ALL not in identity.left:
            work.sets.feeds[CORRECTIONS].note_change(work.now)
        note_months(work, [identity.id])
        empty_article(work.connection, identity.id, line=render_identity(gone), stale=1)
        write_places(work.connection, [(gone, None)])
        mark_archives(work.connection, [gone])


def _forget_unpublished(work: Work) -> None:
    """Texts that the library kept are there for what is published again, and for nothing else."""
    if work.keeps_texts:
        gone = select(_articles.c.id).where(_articles.c.seed.is_(None))
        work.connection.execute(delete(_entries).where(_entries.c.article.in_(gone)))


def _note_textless(work: Work, textless: list[Identity]) -> None:
    """Tell in every run which articles the settings keep in vain, before all that may be many."""
    articles = say_number(len(textless), "article")
    note = Problem(
        TEXT_LOST,
        f"{articles} can't be kept: the files are gone, and the library, which had the texts, was made anew",
        text=", ".join(identity.path for identity in textless[:MAX_NAMED]),
        hint='put the files or the library back; or set vanished = "remove", and they leave all feeds',
    )
    work.report.notes.insert(0, (str(work.config.library.ledger), note))


def _note_missing(work: Work) -> None:
    """Tell which articles that were published are not, for want of a text that a broken file may have."""
    articles = say_number(len(work.report.missing), "published article is", "published articles are")
    note = Problem(
        "text-missing",
        f"{articles} in no feed now: a file that can't be used may have the text, and the library has it not",
        text=", ".join(work.report.missing[:MAX_NAMED]),
        hint="mend the file, or put the library of the last run back; with --gate nothing is published until then",
    )
    work.report.notes.insert(0, (str(work.config.library.ledger), note))


def _write(work: Work, taken: _Taken, done: list[Publication]) -> None:
    known = [item.identity.id for item in done if item.is_known]
    work.rewrites = work.rewrites or bool(known)
    note_months(work, known)
    work.months.update(month_of(item.published) for item in done)
    put_rows(work.connection, _articles, [publication.row for publication in done])
    put_rows(work.connection, _entries, [publication.entry for publication in done])
    write_places(work.connection, [(publication.identity, publication.published) for publication in done])
    mark_archives(work.connection, [publication.identity for publication in done])
    aliases = [{"key": key, "article": item.identity.id} for item in done for key in item.identity.keys]
    add_rows(work.connection, schema.aliases, aliases)
    taken.written(publication.identity.id for publication in done)


def _find_numbers(work: Work, identifiers: Iterable[str]) -> dict[str, int]:
    """The place in order of arrival of each article that is there already, by its id."""
    numbers: dict[str, int] = {}
    for batch in batches(identifiers):
        found = ask(work.connection, "SELECT id, number FROM articles WHERE id IN :ids", ids=batch)
        numbers.update((row.id, row.number) for row in found)
    return numbers


class _Taken:
    """Whether another entry has an `updated`: among those that are not written yet, or in the library beside them."""

    def __init__(self, work: Work) -> None:
        # The driver's own: this runs once an article, and a statement built anew costs ten times its execution.
        self._cursor = work.connection.connection.cursor()
        self._waiting: dict[int, str] = {}
        self._instants: dict[str, int] = {}

    def is_taken(self, updated: int, identifier: str) -> bool:
        """Whether an article other than this one has this instant."""
        if self._waiting.get(updated, identifier) != identifier:
            return True
        found = self._cursor.execute("SELECT id FROM articles WHERE updated = ?", (updated,))
        return any(row[0] != identifier and row[0] not in self._instants for row in found)

    def add(self, updated: int, identifier: str) -> None:
        """Remember the instant of an article that is not written yet."""
        self._waiting[updated] = identifier
        self._instants[identifier] = updated

    def written(self, identifiers: Iterable[str]) -> None:
        """These are written."""
        for identifier in identifiers:
            self._waiting.pop(self._instants.pop(identifier), None)
