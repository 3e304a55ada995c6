"""The state of a site in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

from feeds.diff.paths import base_of, list_words, relate
from feeds.errors import CheckError
from feeds.render.formats import BY_FILE_NAME
from feeds.text import digest_bytes


class Folder:
    """A folder that `feeds build`, or another program, has written.

    `find_moved` says where readers of a document that is gone are redirected (`State.find_successor`), which a folder
    can't tell; `find_noted` gives digest and size of a file as they were noted when it was written.
    """

    single: str | None = None

    def __init__(
        self,
        folder: Path,
        find_moved: Callable[[str], str | None] | None = None,
        find_noted: Callable[[str], tuple[str, int] | None] = lambda _: None,
    ) -> None:
        if not folder.is_dir():
            hint = "Name a folder, a saved feed, or an address with https://."
            what = "is no folder" if folder.exists() else "there is no such folder or file"
            raise CheckError(what, path=str(folder), hint=hint)
        self.folder = folder
        self._find_moved = find_moved
        self._find_noted = find_noted

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:  # noqa: ARG002 (the protocol's signature)
        """The paths of the feeds, without archive documents and pages of articles."""
        found = []
        archives, articles = list_words("archive"), list_words("article")
        for top, folders, names in os.walk(self.folder, onerror=refuse):
            relative = Path(top).relative_to(self.folder)
            # A feed of a further set may have the same name, such as that of the tag "Archiv".
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and not (name.isdecimal() and relative.name in archives)
                and not (name in articles and relative == Path())
            )
            found += [(relative / name).as_posix() for name in sorted(names) if name in BY_FILE_NAME]
        return found

    def covers(self, path: str) -> bool:  # noqa: ARG002 (the protocol's signature)
        """True: a folder is searched completely."""
        return True

    def load(self, path: str) -> bytes | None:
        """The bytes of a file below the folder, or None."""
        target = self.folder / path
        if not target.resolve().is_relative_to(self.folder.resolve()):
            return None
        try:
            return target.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except OSError as error:
            refuse(error)

    def find_digest(self, path: str) -> str | None:
        """See State. What was noted counts as long as the file's size is the noted one."""
        noted = self._find_noted(path)
        try:
            if noted is not None and noted[1] == (self.folder / path).stat().st_size:
                return noted[0]
        except OSError:
            return None
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> list[str]:
        """The files in the numbered folders of a feed's archive."""
        names = sorted(BY_FILE_NAME)
        found: list[str] = []
        for word in sorted(list_words("archive")):
            top = self.folder / folder / word
            numbers = (
                sorted((each.name for each in top.iterdir() if each.name.isdecimal()), key=int) if top.is_dir() else ()
            )
            paths = (f"{folder}{word}/{number}/{name}" for number in numbers for name in names)
            found += [path for path in paths if (self.folder / path).is_file()]
        return found

    def leads_on(self, path: str) -> bool:
        """Whether there is a file for this path, or our server would redirect it, as by the key of an article."""
        path = unquote(path)
        word, _, rest = path.partition("/")
        key = rest.partition("/")[0]
        if key and word in list_words("article") and any((self.folder / word / key).glob("*/index.html")):
            return True
        names = (f"{path}index.html",) if path.endswith("/") else (path, f"{path}.html", f"{path}/index.html")
        return any((self.folder / name).is_file() for name in names) or bool(self.find_successor(path))

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """See State: the base is what the document's own address has before its path."""
        return relate(address, base=base_of(location, path))

    def find_successor(self, path: str) -> str | None:
        """A folder can't redirect, but its server may."""
        return None if self._find_moved is None else self._find_moved(path)

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """A folder knows no more than its documents say."""
        return None


def refuse(error: OSError) -> NoReturn:
    """Raise CheckError for a folder or file that can't be read: its content would be taken for gone."""
    hint = "Check its rights."
    raise CheckError(f"can't be read: {error.strerror}", path=str(error.filename), hint=hint) from error
