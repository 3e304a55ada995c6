"""One feed document that was saved to a file: a state of one feed; and what a target of a comparison is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from feeds.diff.documents import parse_document
from feeds.diff.states import Address, Folder, State, place_single
from feeds.text import digest_bytes


class SavedFeed:
    """A feed document in a file. Of the site around it nothing is known, unless it lies in the site's folder.

    `find_moved` as `Folder` has it.
    """

    def __init__(self, file: Path, find_moved: Callable[[str], str | None] | None = None) -> None:
        # What a link leads to: a site's folder gives nothing that lies outside of it.
        self._real = file.resolve()
        self.single = self._name = self._real.name
        self._file = file
        self._find_moved = find_moved
        self._site = Folder(self._real.parent, find_moved)

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:
        """The feed, at its place among those of the other state: that of its own address, else that of the file."""
        place = self._real.as_posix()
        body = self._site.load(self._name)
        own = None if body is None else parse_document(str(self._file), body).location
        self.single = place_single(self._real.name, (own or "", place), likely)
        self._name = self.single if place.endswith(f"/{self.single}") else self._real.name
        self._site = Folder(Path(place.removesuffix(self._name)), self._find_moved)
        return [self.single]

    def covers(self, path: str) -> bool:
        """False for all other feeds."""
        return path == self.single

    def load(self, path: str) -> bytes | None:
        """The document, or what is at a path of the site around it."""
        return self._site.load(self._name if path == self.single else path)

    def find_digest(self, path: str) -> str | None:
        """See State."""
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> list[str]:
        """The archive documents that lie where a site has them."""
        return self._site.list_sealed(folder)

    def leads_on(self, path: str) -> bool:
        """See State."""
        return self._site.leads_on(path)

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """The path of what lies in the folder of the site; None for all else, of which nothing is known."""
        found = self._site.relate(address, location=location, path=path)
        return found if found is not None and self._site.leads_on(found) else None

    def find_successor(self, path: str) -> str | None:
        """See State."""
        return self._site.find_successor(path)

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """A file knows no more than its document says."""
        return None


def open_state(target: str | Path, find_moved: Callable[[str], str | None] | None = None) -> State:
    """The state that a folder, a file or an address holds; `find_moved` as `Folder` has it. Raises CheckError."""
    if isinstance(target, str) and target.startswith(("http://", "https://")):
        return Address(target)
    path = Path(target)
    return SavedFeed(path, find_moved) if path.is_file() else Folder(path, find_moved)
