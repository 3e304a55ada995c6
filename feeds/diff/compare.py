"""All feeds of two states: each document of the old one replayed against what readers find in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from feeds.diff.documents import parse_document
from feeds.diff.history import History
from feeds.diff.paths import folder_of, is_about_others, is_feed_document
from feeds.diff.records import Change, FeedDiff
from feeds.diff.replay import After, Before, replay
from feeds.diff.sealed import Sealed, Sealings
from feeds.diff.states import State, list_likely
from feeds.foreign import Document, Entry

MAX_KEPT = 8
"""Documents that are kept with their bytes: those of one feed, in both states."""


def compare(old: State, new: State) -> list[FeedDiff]:
    """What readers notice of each feed document of two states, in the old one's order. Raises CheckError.

    Feeds that either state doesn't cover (`State.covers`) are left out.
    """
    known = old.list_feeds(list_likely(old, new, new.list_feeds()))
    parser = _Parser()
    elsewhere = _Elsewhere(new, new.list_feeds(list_likely(new, old, known)), parser)
    known = [path for path in known if old.covers(path) and new.covers(path)]
    diffs: list[FeedDiff] = []
    states = _States(old, new, known, elsewhere, parser, Sealings(old, new))
    for _, group in groupby(known, key=folder_of):
        diffs += _compare_folder(list(group), states)
    there = set(known)
    for path in elsewhere.paths:
        is_told = old.covers(path) and new.covers(path)
        if is_told and path not in there and (document := elsewhere.load(path)) is not None:
            diffs.append(FeedDiff(path, "added", 0, len(document.entries)))
    return diffs


class _Parser:
    """Parses documents; one whose bytes are the same in both states is parsed once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, Document]] = {}

    def parse(self, path: str, body: bytes) -> Document:
        """As `parse_document`."""
        known = self._known.get(path)
        if known is not None and known[0] == body:
            return known[1]
        document = parse_document(path, body)
        self._known[path] = body, document
        if len(self._known) > MAX_KEPT:
            del self._known[next(iter(self._known))]
        return document


class _Elsewhere:
    """The subscription documents of the new state, each read once, and the ids in them and in their archives."""

    def __init__(self, state: State, paths: list[str], parser: _Parser) -> None:
        self.paths = paths
        self._state = state
        self._parser = parser
        self._documents: dict[str, Document | None] = {}
        self._ids: frozenset[str] | None = None
        self._histories: list[History] = []

    def load(self, path: str) -> Document | None:
        if path not in self._documents:
            body = self._state.load(path)
            self._documents[path] = None if body is None else self._parser.parse(path, body)
        return self._documents[path]

    def has(self, name: str) -> bool:
        if self._ids is None:
            documents = [document for path in self.paths if (document := self.load(path)) is not None]
            self._ids = frozenset(entry.id for document in documents for entry in document.entries)
            self._histories = [History(self._state, [document]) for document in documents if document.previous]
        return name in self._ids or any(history.find(name) is not None for history in self._histories)


@dataclass(frozen=True, slots=True)
class _States:
    """Both states, and what was read of them. `known` are the feed documents of the old one."""

    old: State
    new: State
    known: list[str]
    elsewhere: _Elsewhere
    parser: _Parser
    sealings: Sealings

    def is_page_gone(self, documents: tuple[Document, Document], entry: Entry, now: Entry) -> bool:
        """Whether an entry's link was to a page of the site and is to another now, and nothing leads on from the first.

        Where the site has no pages any more, links lead to its feeds.
        """
        if entry.link is None or now.link is None:
            return False
        before, after = documents
        path = self.old.relate(entry.link, location=before.location, path=before.path)
        there = self.new.relate(now.link, location=after.location, path=after.path)
        if path is None or there is None or path == there or is_feed_document(there):
            return False
        return self.old.leads_on(path) and self.new.leads_on(there) and not self.new.leads_on(path)


def _compare_folder(paths: list[str], states: _States) -> Iterator[FeedDiff]:
    """The formats of one feed, which share their history."""
    old, new = states.old, states.new
    before = {path: states.parser.parse(path, old.load(path) or b"") for path in paths}
    after = _find_successors(paths, states)
    there = [document for document in after.values() if document is not None]
    old_history, new_history = History(old, before.values()), History(new, there)
    added = _list_added(before, old_history, new_history, states)
    gone = frozenset(name for document in there for name in document.gone)
    sealed = Sealed()
    if any(found is not None and found.path == path for path, found in after.items()) and not is_about_others(paths[0]):
        sealed = states.sealings.compare(folder_of(paths[0]), old_history, partial(new.explain, paths[0]))
    for path, document in before.items():
        count = len(document.entries)
        if path not in after:
            yield FeedDiff(path, "closed", count, 0)
            continue
        found = after[path]
        if found is None:
            yield FeedDiff(path, "gone", count, 0)
            continue
        if found is document:
            diff = FeedDiff(path, "kept", count, count, both=count)
        else:
            diff = replay(
                Before(document, old_history),
                After(
                    document=found,
                    history=new_history,
                    added=added,
                    gone=gone,
                    explain=partial(new.explain, found.path),
                    is_elsewhere=states.elsewhere.has,
                    is_about_others=is_about_others(path),
                    sealed_gone=sealed.list_gone(old_history.format),
                    is_page_gone=partial(states.is_page_gone, (document, found)),
                ),
            )
        diff = _add_faults(diff, _choose_faults(sealed, document, before))
        yield diff if found.path == path else _lead_on(diff, found, states)


def _find_successors(paths: list[str], states: _States) -> dict[str, Document | None]:
    """What readers find in place of each document, None where nothing is; what was closed on purpose is left out."""
    found: dict[str, Document | None] = {}
    for path in paths:
        successor = None if states.elsewhere.load(path) is not None else states.new.find_successor(path)
        if successor != "":
            found[path] = states.elsewhere.load(path if successor is None else successor)
    return found


def _list_added(
    before: Mapping[str, Document], old_history: History, new_history: History, states: _States
) -> tuple[Document, ...]:
    """The archive documents of a feed that weren't there before."""
    if old_history.newest == new_history.newest:
        return ()
    # An archive that is named was there, though a feed that was saved without it knows no more of it.
    named = {
        states.new.relate(document.previous, location=document.location, path=path)
        for path, document in before.items()
        if document.previous is not None
    }
    return tuple(new_history.list_added(states.old, named))


def _choose_faults(sealed: Sealed, document: Document, before: Mapping[str, Document]) -> list[Change]:
    """The faults of the archive that are reported with a document: those in its format.

    Those of formats that have no subscription document are reported with the first document.
    """
    formats = {document.format}
    if document is next(iter(before.values())):
        formats |= sealed.faults.keys() - {each.format for each in before.values()}
    return [change for name, faults in sealed.faults.items() if name in formats for change in faults]


def _add_faults(diff: FeedDiff, faults: list[Change]) -> FeedDiff:
    """The difference with the faults of the archive added, except for those that the document shows already."""
    told = {change.id for change in diff.changes if change.kind in {"lost", "shown-again"}}
    more = tuple(change for change in faults if change.id not in told)
    return replace(diff, changes=(*diff.changes, *more)) if more else diff


def _lead_on(diff: FeedDiff, found: Document, states: _States) -> FeedDiff:
    """The difference for readers who are redirected to another document.

    Where that was published before with the id that it has now, there or where its readers are redirected from, too,
    several feeds become one, and no feed has changed its id.
    """
    is_joined = diff.id_before is not None and any(
        states.parser.parse(path, body).id == found.id
        for path in _list_joined(diff, found, states)
        if (body := states.old.load(path)) is not None
    )
    return replace(diff, state="moved", id_before=None if is_joined else diff.id_before)


def _list_joined(diff: FeedDiff, found: Document, states: _States) -> Iterator[str]:
    """The paths of documents other than that of the difference whose readers find the same one."""
    yield found.path
    name = found.path.rpartition("/")[2]
    for path in states.known:
        is_other = path != diff.path and path.rpartition("/")[2] == name
        if is_other and _find_successors([path], states).get(path) is found:
            yield path
