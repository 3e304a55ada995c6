"""Changed seeds -> articles of the library: those affected are published in order of arrival, with their renditions."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import unquote

from feeds.article import Article, Image, load_stamp
from feeds.dates.instants import DAY, to_datetime
from feeds.errors import CheckError, Problem, SeedError
from feeds.ingest.accidents import refuse_losses
from feeds.ingest.identity.aliases import add_aliases, claim_keys
from feeds.ingest.identity.assignment import assign_seeds
from feeds.ingest.identity.related import add_related
from feeds.ingest.publication.candidates import find_candidates, may_publish
from feeds.ingest.publication.departures import (
    find_lost,
    find_missing,
    find_textless,
    forget_unpublished,
    take_out,
    tell_lost,
)
from feeds.ingest.publication.places import mark_archives, month_of, note_months, write_places
from feeds.ingest.publication.publisher import ArticleRows, Candidate, Prepared, Publisher
from feeds.ingest.publication.renditions import EntryToRender, Rendition, make_rendition
from feeds.ingest.publication.rights import find_unsafe_picture
from feeds.ingest.work import TEXT_STATES, Changes, Work
from feeds.store import (
    BATCH,
    Identity,
    ask,
    ask_all,
    ask_values,
    batches,
    put_rows,
    read_fact,
    schema,
    write_fact,
)
from feeds.store.due import AHEAD, load_ahead
from feeds.store.feeds import ALL, StoredFeed
from feeds.store.sources import REFUSED


def publish_changes(work: Work, changes: Changes) -> None:
    """Publish every article that the changes affect, and take out those that have no seed any more.

    The changes' paths are empty afterwards.
    """
    ahead = load_ahead(work.connection)
    touched = _find_touched(work, changes, ahead)
    lost = {identity.id for identity in find_lost(work)} - touched
    taken = _Taken(work)
    publisher = Publisher(work, taken.is_taken)
    # In place: of a million, a second set is not little.
    touched |= lost
    queue, orphans = _arrange(work, touched, publisher, taken)
    textless = find_textless(work, orphans)
    # Their text may be in a file that could not be read: nothing is taken out on suspicion.
    suspected = {identity.id for identity in find_missing(work)} & lost
    stay = suspected.union(identity.id for identity in textless)
    leaving = [identity for identity in orphans if identity.id not in stay]
    if work.losses:
        refuse_losses(work, (identity.id for identity in leaving))
    # First, so that articles that leave hold no instant: a library made again would not know that they had it.
    take_out(work, leaving)
    touched.difference_update(_publish(work, publisher, taken, queue, ahead))
    claim_keys(work, touched)
    forget_unpublished(work)
    tell_lost(work, textless)


def _find_touched(work: Work, changes: Changes, ahead: dict[str, int]) -> set[str]:
    """The articles that may be published differently than in the last run."""
    if work.redo_render:
        # What rules let through, or withhold, decides what the ledger will know.
        changes.paths.update(ask_values(work.connection, "SELECT path FROM seeds"))
    add_related(work, changes)
    touched = assign_seeds(work, changes.paths, partial(may_publish, work))
    changes.paths.clear()
    touched |= changes.articles
    touched.update(_find_due(work))
    # What failed is tried, and reported, in every run.
    touched.update(json.loads(read_fact(work.connection, REFUSED) or "[]"))
    touched.update(_find_come(work, ahead))
    if work.redo_render:
        touched.update(ask_values(work.connection, "SELECT id FROM articles WHERE seed IS NOT NULL"))
        # Also those that a rule withheld, which may be gone.
        held = "SELECT article FROM seeds WHERE state = 'article' AND article IS NOT NULL"
        touched.update(ask_values(work.connection, held))
        for feed in work.feeds.by_key.values():
            feed.stale = True
        # Not only those of these articles: they may all have left.
        ask(work.connection, "UPDATE archives SET stale = 1")
    if work.redo_links:
        touched.update(_find_unlinked(work))
    return touched


def _publish(work: Work, publisher: Publisher, taken: _Taken, queue: list[str], ahead: dict[str, int]) -> Iterator[str]:
    """Publish articles, in this order; one that would break readers stays as it was. `ahead` is what was (`AHEAD`).

    Gives the ids of those that are published.
    """
    done: list[ArticleRows] = []
    failed: dict[str, StoredFeed] = {}
    refused: list[str] = []
    known_ahead = dict(ahead)
    for number, (prepared, rendered) in enumerate(_render(work, publisher, taken, queue), 1):
        ahead.pop(prepared.candidate.id, None)
        if prepared.ahead is not None:
            ahead[prepared.candidate.id] = prepared.ahead
        if isinstance(rendered, CheckError):
            work.report.errors.append(_locate_id(work, prepared, rendered))
            failed[prepared.category.key] = prepared.category
            refused.append(prepared.candidate.id)
        else:
            done.append(publisher.publish(prepared, rendered))
            yield prepared.candidate.id
            if (unsafe := find_unsafe_picture(prepared.article, work.config)) is not None:
                work.report.notes.append((prepared.candidate.seed, _say_unsafe(unsafe)))
            if rendered.too_large:
                note = _say_too_large(rendered.too_large, work.config.feeds.max_bytes)
                work.report.notes.append((prepared.candidate.seed, note))
        if len(done) >= BATCH:
            _write(work, taken, done)
            done = []
        if number % BATCH == 0 or number == len(queue):
            work.progress("publishing", number, len(queue))
    if done:
        _write(work, taken, done)
    write_fact(work.connection, REFUSED, json.dumps(sorted(refused)))
    # What was due is either published again by now or gone.
    ahead = {identifier: instant for identifier, instant in ahead.items() if instant > work.now}
    if ahead != known_ahead:
        write_fact(work.connection, AHEAD, json.dumps(ahead, sort_keys=True))
    for category in failed.values():
        work.feeds.discard_unused(category)


def _render(
    work: Work, publisher: Publisher, taken: _Taken, queue: list[str]
) -> Iterator[tuple[Prepared, Rendition | CheckError]]:
    """Each article with its rendition, in this order; with workers, later ones are prepared meanwhile."""
    waiting: deque[Prepared] = deque()

    def prepare() -> Iterator[EntryToRender]:
        for batch in batches(queue):
            for candidate in find_candidates(work, batch)[0]:
                prepared = publisher.prepare(candidate)
                taken.add(prepared.updated, candidate.id)
                waiting.append(prepared)
                buried = prepared.identity.buried
                since = None if buried is None else to_datetime(buried)
                yield EntryToRender(candidate.seed, prepared.entry, prepared.record, since, work.config.feeds.max_bytes)

    for rendered in work.workers.map(make_rendition, prepare(), count=len(queue)):
        yield waiting.popleft(), rendered


def _locate_id(work: Work, prepared: Prepared, error: CheckError) -> CheckError:
    """The error with its line, if its text is the `id` in the front matter."""
    if error.text is None or unquote(error.text) != unquote(prepared.article.key or ""):
        return error
    from feeds.parse import load_page, parse_page

    try:
        page = parse_page(load_page(work.config.folder / prepared.candidate.seed), path=prepared.candidate.seed)
        error.line = page.front.line_of("id")
    except SeedError:
        # The file has changed since it was read.
        return error
    error.hint = "write a valid id, such as urn:uuid: and all of its digits, or leave it out"
    return error


def _say_unsafe(picture: Image) -> Problem:
    return Problem(
        "unsafe-picture",
        "is linked and not shown, in spite of embed_images: pages and readers load pictures by https: alone",
        text=picture.url,
        hint="write its address with https:, if it is there, too",
    )


def _say_too_large(size: int, max_bytes: int) -> Problem:
    return Problem(
        "too-large-for-feeds",
        f"with its text its entry is larger than a whole feed may be ({size:,} of {max_bytes:,} bytes): "
        "feeds have its summary",
        hint="split the text, or raise max_bytes in [feeds]",
    )


def _arrange(
    work: Work, identifiers: set[str], publisher: Publisher, taken: _Taken
) -> tuple[list[str], list[Identity]]:
    """The articles in the order of publication, and those that leave; no text is kept in memory.

    Known articles go first, unchanged ones before changed ones, in order of arrival; so no article takes an
    instant that another has, whether the library already knows all of them or none. Changed ones hold no instant before
    their turn.
    """
    numbers = _find_numbers(work, identifiers)
    known: list[tuple[bool, int, str]] = []
    orphans: list[Identity] = []
    for batch in batches(sorted(numbers)):
        candidates, gone = find_candidates(work, batch)
        known += [(_is_corrected(item), numbers[item.id], item.id) for item in candidates]
        orphans += gone
    taken.free(identifier for is_corrected, _, identifier in known if is_corrected)
    new: list[tuple[int, int, str]] = []
    for batch in batches(sorted(identifiers - numbers.keys())):
        new += _find_first_sights(work, batch, publisher)
    return [
        *(identifier for _, _, identifier in sorted(known)),
        *(identifier for _, _, identifier in sorted(new)),
    ], orphans


def _find_first_sights(work: Work, identifiers: list[str], publisher: Publisher) -> Iterator[tuple[int, int, str]]:
    """The sort keys of new articles; for one with a single file, only its date is read."""
    found: dict[str, list[tuple[str, str]]] = {}
    facts = "SELECT article, published, zone, state FROM seeds WHERE article IN :ids"
    for row in ask(work.connection, facts, ids=identifiers):
        if row.state in TEXT_STATES:
            found.setdefault(row.article, []).append((row.published, row.zone))
    several: list[str] = []
    for identifier in identifiers:
        match found.get(identifier, []):
            case [(published, zone)]:
                stamp = load_stamp(json.loads(published))
                yield publisher.first_sight(identifier, Article(published=stamp, zone=zone))
            case [_, *_]:
                several.append(identifier)
    for candidate in find_candidates(work, several)[0] if several else ():
        yield publisher.first_sight(candidate.id, candidate.article)


def _is_corrected(candidate: Candidate) -> bool:
    """Whether its file has changed since it was published, or was gone: then it has no instant yet."""
    identity = candidate.identity
    return identity is not None and (candidate.page != identity.page or ALL in identity.left)


def _find_due(work: Work) -> Iterable[str]:
    """Articles whose notice of withdrawal has been shown long enough, or, at an earlier now, not yet."""
    last = work.now - work.config.feeds.notice_days * DAY
    waiting = "SELECT id FROM articles WHERE withdrawn > 0 AND withdrawn <= :last AND buried = 0"
    early = "SELECT id FROM articles WHERE withdrawn > :last AND buried = 1"
    return [identifier for query in (waiting, early) for identifier in ask_values(work.connection, query, last=last)]


def _find_come(work: Work, ahead: dict[str, int]) -> Iterable[str]:
    """Articles whose page has a change in the future that is believed from now on, or, at an earlier now, was."""
    come = [identifier for identifier, instant in ahead.items() if instant <= work.now]
    query = "SELECT id FROM articles WHERE seed IS NOT NULL AND (updated > :now OR id IN :come)"
    return ask_values(work.connection, query, now=work.now + DAY, come=come)


def _find_unlinked(work: Work) -> Iterable[str]:
    """Articles whose entry links to their page here; every page and feed becomes stale: it may come, go or link."""
    ask(work.connection, "UPDATE articles SET stale = 1")
    ask(work.connection, "UPDATE archives SET stale = 1")
    for feed in work.feeds.by_key.values():
        feed.stale = True
    ours = "SELECT id FROM articles WHERE (canonical = 1 OR withdrawn != 0) AND seed IS NOT NULL"
    return ask_values(work.connection, ours)


def _write(work: Work, taken: _Taken, done: list[ArticleRows]) -> None:
    known = [item.identity.id for item in done if item.is_known]
    work.rewrites = work.rewrites or bool(known)
    note_months(work, known)
    work.months.update(month_of(item.published) for item in done)
    put_rows(work.connection, schema.articles, [item.row for item in done])
    put_rows(work.connection, schema.entries, [item.entry for item in done])
    write_places(work.connection, [(item.identity, item.published) for item in done])
    mark_archives(work.connection, [item.identity for item in done])
    add_aliases(work.connection, [item.identity for item in done])
    taken.written(item.identity.id for item in done)


def _find_numbers(work: Work, identifiers: Iterable[str]) -> dict[str, int]:
    """The number in order of arrival of each known article, by its id."""
    rows = ask_all(work.connection, "SELECT id, number FROM articles WHERE id IN :ids", ids=identifiers)
    return {row.id: row.number for row in rows}


class _Taken:
    """Whether another entry has an `updated`, among those that are not written yet or in the library."""

    def __init__(self, work: Work) -> None:
        self._cursor = work.connection.cursor()
        self._waiting: dict[int, str] = {}
        self._instants: dict[str, int] = {}
        self._freed: set[str] = set()

    def is_taken(self, updated: int, identifier: str) -> bool:
        """Whether an article other than this one has this instant."""
        if self._waiting.get(updated, identifier) != identifier:
            return True
        found = self._cursor.execute("SELECT id FROM articles WHERE updated = ?", (updated,))
        return any(row[0] != identifier and row[0] not in self._instants and row[0] not in self._freed for row in found)

    def free(self, identifiers: Iterable[str]) -> None:
        """Let these hold no instant until they are added."""
        self._freed.update(identifiers)

    def add(self, updated: int, identifier: str) -> None:
        """Remember the instant of an article that is not written yet."""
        self._waiting[updated] = identifier
        self._instants[identifier] = updated
        self._freed.discard(identifier)

    def written(self, identifiers: Iterable[str]) -> None:
        """Forget these: they are written now."""
        for identifier in identifiers:
            self._waiting.pop(self._instants.pop(identifier), None)
