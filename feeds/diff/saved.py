"""One feed document that was saved to a file: a state of one feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from feeds.check.files import read_file
from feeds.diff.documents import parse_document
from feeds.diff.folder import Folder, refuse
from feeds.diff.states import place_single
from feeds.text import digest_bytes


class SavedFeed:
    """A feed document in a file. Of the site around it nothing is known, unless it lies in the site's folder.

    `find_moved` as `Folder` has it.
    """

    def __init__(self, file: Path, find_moved: Callable[[str], str | None] | None = None) -> None:
        self.single: str | None = file.name
        self._file = file
        self._find_moved = find_moved
        self._site = Folder(file.parent, find_moved)

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:
        """The feed, at its place among those of the other state: that of its own address, else that of the file."""
        place = self._file.absolute().as_posix()
        own = parse_document(str(self._file), self._read()).location
        self.single = place_single(self._file.name, (own or "", place), likely)
        name = self.single if place.endswith(f"/{self.single}") else self._file.name
        self._site = Folder(Path(place.removesuffix(name)), self._find_moved)
        return [self.single]

    def covers(self, path: str) -> bool:
        """False for all other feeds."""
        return path == self.single

    def load(self, path: str) -> bytes | None:
        """The document, or what is at a path of the site around it."""
        return self._read() if path == self.single else self._site.load(path)

    def _read(self) -> bytes:
        """The document, wherever a link leads. Raises CheckError where it can't be read."""
        try:
            return read_file(self._file)
        except OSError as error:
            refuse(error)

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
