"""Archive documents that are in both states: they were sealed, so that each must keep the ids that it was sealed with.

In Atom a tombstone takes the place of an entry that goes. RSS and JSON have none: there entries may go that have a
tombstone in Atom's document, or that the library knows to be removed or withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, islice

from feeds.diff.documents import parse_document
from feeds.diff.history import History
from feeds.diff.paths import folder_of
from feeds.diff.records import Change
from feeds.diff.states import State
from feeds.feed import FormatName
from feeds.foreign import Document, Entry

_ID = re.compile(rb"""<(?:id|guid)\b[^<]*<|<at:deleted-entry\b[^>]*>|"id"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[^,}\s]+)""")
MAX_FOLLOWED = 100
"""How many archive documents of an address, over all its feeds, are fetched for the comparison."""
MAX_TOLD = 20
"""Faults that are kept of one format of a feed: one is enough to stop a publication."""
MAX_GONE = 100
"""Entries gone from the archive documents of a format that are kept, to be searched for under other ids."""


@dataclass(slots=True)
class Sealed:
    """What became of a feed's archive, by format: ids that must not have gone or come, and the entries that went."""

    faults: dict[FormatName, list[Change]] = field(default_factory=dict)
    gone: dict[FormatName, list[Entry]] = field(default_factory=dict)

    def is_enough(self) -> bool:
        """Whether no more is kept, in any format that an archive was found in."""
        told = [len(faults) >= MAX_TOLD and len(self.gone[name]) >= MAX_GONE for name, faults in self.faults.items()]
        return bool(told) and all(told)

    def list_gone(self, format_name: FormatName | None) -> tuple[Entry, ...]:
        """The entries that went from the archive documents of a format."""
        return () if format_name is None else tuple(self.gone.get(format_name, ()))


class Sealings:
    """The archive documents of a state, feed by feed; those of an address are followed until MAX_FOLLOWED were."""

    def __init__(self, old: State, new: State) -> None:
        self._old, self._new = old, new
        self._followed = 0

    def compare(self, folder: str, history: History, explain: Callable[[str], str | None]) -> Sealed:
        """What became of the archive of the feed in a folder. Only documents whose bytes changed are read."""
        found = Sealed()
        for _, group in groupby(self._list_paths(folder, history), key=folder_of):
            if found.is_enough():
                break
            pairs = {
                path: (parse_document(path, old), parse_document(path, new))
                for path in group
                if self._old.find_digest(path) != self._new.find_digest(path)
                and (old := self._old.load(path)) is not None
                and (new := self._new.load(path)) is not None
                and _find_ids(old) != _find_ids(new)
            }
            atom = next((pair for pair in pairs.values() if pair[0].format == "atom"), None)
            for path, (before, after) in pairs.items():
                _compare(found, _Change(path, before, after, atom), explain, partial(_is_full, history))
        return found

    def _list_paths(self, folder: str, history: History) -> Iterable[str]:
        listed = self._old.list_sealed(folder)
        return self._follow(history) if listed is None else listed

    def _follow(self, history: History) -> Iterator[str]:
        for document in islice(history, max(0, MAX_FOLLOWED - self._followed)):
            self._followed += 1
            yield document.path


def _find_ids(body: bytes) -> list[bytes]:
    """Everything in a document that looks like an id, sorted: where two documents agree in it, no entry has gone.

    A setting may change every document of a large archive, and parsing them would cost ten times as much.
    """
    return sorted(_ID.findall(body))


@dataclass(frozen=True, slots=True)
class _Change:
    """A document that changed, and Atom's beside it, before and after, if that changed; both may be the same."""

    path: str
    before: Document
    after: Document
    atom: tuple[Document, Document] | None


def _compare(
    found: Sealed, change: _Change, explain: Callable[[str], str | None], is_full: Callable[[Document], bool]
) -> None:
    """Take in what became of one document."""
    before, after, format_name = change.before, change.after, change.before.format
    there, known = {entry.id for entry in after.entries}, {entry.id for entry in before.entries}
    gone = [entry for entry in before.entries if entry.id not in there]
    kept = found.gone.setdefault(format_name, [])
    kept += gone[: MAX_GONE - len(kept)]
    dead, revived = (_list_dead(*change.atom[::-1]), _list_dead(*change.atom)) if change.atom else (set(), set())
    lost = [entry for entry in gone if not {entry.id, entry.link} & dead]
    if format_name != "atom":
        lost = [entry for entry in lost if explain(entry.id) not in {"removed", "withdrawn"}]
    foreign = [entry for entry in after.entries if entry.id not in known and not {entry.id, entry.link} & revived]
    # An article whose text is missing leaves no tombstone, so it may come back to a document that isn't full.
    if not lost and not (foreign and change.atom is not None and is_full(change.atom[0])):
        foreign = []
    faults = found.faults.setdefault(format_name, [])
    faults += islice(_tell(change.path, lost, foreign), max(0, MAX_TOLD - len(faults)))


def _is_full(history: History, document: Document) -> bool:
    """Whether a document has as many entries and tombstones as the newest one of the archive."""
    newest = next(iter(history), None)
    return newest is not None and len(document.items) >= len(newest.items)


def _list_dead(document: Document, other: Document) -> set[str | None]:
    """The ids that a document has tombstones of, and what these entries link to in another state of it."""
    return {*document.gone, *(entry.link for entry in other.entries if entry.id in document.gone and entry.link)}


def _tell(path: str, lost: list[Entry], foreign: list[Entry]) -> Iterator[Change]:
    place = f"the archive document /{folder_of(path)}"
    links = {entry.link: entry for entry in lost if entry.link is not None}
    renamed = {entry.id: links.pop(entry.link) for entry in foreign if entry.link in links}
    for entry in foreign:
        if entry.id in renamed:
            what = f"had the id {renamed[entry.id].id} in {place}"
        else:
            what = f"is in {place}, which was sealed without it"
        yield Change("lost", entry.id, entry.title, what)
    for entry in lost:
        if entry not in renamed.values():
            yield Change("lost", entry.id, entry.title, f"is in {place} no more, and nothing says why")
