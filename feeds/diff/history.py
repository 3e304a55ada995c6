"""Archive documents (RFC 5005 section 4), followed backwards from a feed's subscription documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from feeds.diff.documents import parse_document
from feeds.diff.states import State
from feeds.feed import FormatName
from feeds.foreign import Document, Entry

MAX_DOCUMENTS = 40
"""Archive documents that are followed: two thousand entries of a feed that holds fifty."""


class History:
    """The archive documents of one feed, newest first, each read once and only when it is needed.

    A feed has one history, whatever the formats that carry it: the first document that names one is followed.
    """

    def __init__(self, state: State, documents: Iterable[Document]) -> None:
        self._state = state
        self._start = next((document for document in documents if self._find_previous(document) is not None), None)
        self._pending = self._start
        self._read: list[Document] = []
        # Of all that was read, by id; the newest of several entries.
        self._entries: dict[str, Entry] = {}
        self._gone: set[str] = set()
        self._paths: set[str] = set()

    @property
    def exists(self) -> bool:
        """Whether the feed has archive documents."""
        return self._start is not None

    @property
    def format(self) -> FormatName | None:
        """The format that carries it."""
        return None if self._start is None else self._start.format

    @property
    def newest(self) -> str | None:
        """The path of the newest archive document."""
        return None if self._start is None else self._find_previous(self._start)

    def __iter__(self) -> Iterator[Document]:
        number = 0
        while number < len(self._read) or self._read_next():
            yield self._read[number]
            number += 1

    def find(self, name: str) -> Entry | None:
        """The entry with this id, or None."""
        while name not in self._entries and self._read_next():
            pass
        return self._entries.get(name)

    def has(self, name: str) -> bool:
        """Whether an entry with this id, or its tombstone, is there."""
        while name not in self._entries and name not in self._gone:
            if not self._read_next():
                return False
        return True

    def is_deleted(self, name: str) -> bool:
        """Whether an entry with this id has a tombstone, and is nowhere itself."""
        return self.find(name) is None and name in self._gone

    def list_added(self, before: State, named: Collection[str | None]) -> list[Document]:
        """The archive documents that were not there before; `named` are the paths of some that were."""
        added = []
        for document in self:
            if document.path in named or before.load(document.path) is not None:
                break
            added.append(document)
        return added

    def _read_next(self) -> bool:
        path = self._find_previous(self._pending) if self._pending is not None else None
        self._pending = None
        if path is None or path in self._paths or len(self._read) == MAX_DOCUMENTS:
            return False
        body = self._state.load(path)
        if body is None:
            return False
        self._paths.add(path)
        self._pending = parse_document(path, body)
        self._read.append(self._pending)
        for entry in self._pending.items:
            if entry.is_tombstone:
                self._gone.add(entry.id)
            else:
                self._entries.setdefault(entry.id, entry)
        return True

    def _find_previous(self, document: Document) -> str | None:
        if document.previous is None:
            return None
        return self._state.relate(document.previous, location=document.location, path=document.path)
