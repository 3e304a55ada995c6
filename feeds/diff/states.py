"""A published state of a site: its feed documents by their path. A folder, or an address that is asked."""

from __future__ import annotations

import http.client
import os
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from feeds.check.answer import fetch
from feeds.check.documents import parse_safely
from feeds.check.rules import Report
from feeds.check.text import check_prolog, read_utf8
from feeds.diff.documents import parse_document
from feeds.errors import CheckError
from feeds.render.formats import BY_FILE_NAME
from feeds.text import load_catalogue
from feeds.text.catalogue import list_languages

SECONDS_A_DOCUMENT = 30.0
MAX_FEEDS = 500
"""Feeds of an address that are asked for: those that its list names first."""
OPML = "feeds.opml"


class State(Protocol):
    """A published state. Paths are relative, with slashes: "politik/atom.xml"."""

    def list_feeds(self) -> list[str]:
        """The paths of its subscription documents, in order."""

    def load(self, path: str) -> bytes | None:
        """The document at a path, or None where there is none."""

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """The path of an address that a document at `path` names, whose own is `location`; or None."""

    def find_successor(self, path: str) -> str | None:
        """The path that readers of a document that is gone are led to; "" where they are told that it is gone."""

    def explain(self, path: str, name: str) -> str | None:
        """Why the entry with this id is not in the document at `path`, or None where nothing is known.

        "here": it belongs to the feed, newer ones have its place; "left": it is in another; "withdrawn"; "removed".
        """


class Folder:
    """A folder that `feeds build`, or another program, has written."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CheckError("is no folder", path=str(folder), hint="Name a folder, or an address with https://.")
        self.folder = folder

    def list_feeds(self) -> list[str]:
        """The paths of the feeds, without archive documents and pages of articles."""
        found = []
        skipped = _words("archive") | _words("article")
        for top, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if name not in skipped and not name.startswith("."))
            relative = Path(top).relative_to(self.folder)
            found += [(relative / name).as_posix() for name in sorted(names) if name in BY_FILE_NAME]
        return found

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
            raise CheckError(f"can't be read: {error.strerror}", path=str(target), hint="Check its rights.") from error

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """See State: the base is what the document's own address has before its path."""
        return relate(address, base=_base_of(location, path))

    def find_successor(self, path: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """A folder can't redirect."""
        return None

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """A folder knows no more than its documents say."""
        return None


class Address:
    """A published address: the folder of a site, or one feed. Documents are asked for once each."""

    def __init__(self, address: str) -> None:
        name = urlsplit(address).path.rpartition("/")[2]
        # An address without a document's name is a folder's, whether or not it was written with its slash.
        self.single = name if "." in name else None
        self.base = address.removesuffix(name) if self.single else address.rstrip("/") + "/"
        self._known: dict[str, bytes | None] = {}

    def list_feeds(self) -> list[str]:
        """The feed itself, or those of the site: in its root, and those that its list of feeds names."""
        if self.single is not None:
            return [self.single]
        paths = dict.fromkeys(name for name in BY_FILE_NAME if self.load(name) is not None)
        for folder in self._list_folders():
            paths |= dict.fromkeys(folder + name for name in BY_FILE_NAME if self.load(folder + name) is not None)
        return list(paths)

    def _list_folders(self) -> list[str]:
        """The folders of the feeds that the site's list names, whatever base it names them with."""
        body = self.load(OPML)
        report = Report(self.base + OPML)
        utf8 = read_utf8(report, body, None) if body is not None else None
        parsed = parse_safely(report, utf8.lstrip()) if utf8 is not None and check_prolog(report, utf8) else None
        if parsed is None:
            return []
        base = self._find_base()
        folders = set()
        for node in parsed[0].walk():
            address = node.attributes.get("xmlUrl", "") if node.name == "outline" else ""
            path = relate(address, base=self.base) or relate(address, base=base)
            if path is not None and path.rpartition("/")[2] in BY_FILE_NAME:
                folders.add(path.rpartition("/")[0] + "/")
        return sorted(folders - {"/"})[:MAX_FEEDS]

    def _find_base(self) -> str | None:
        """The base that the documents in the root name."""
        for name in BY_FILE_NAME:
            body = self.load(name)
            base = _base_of(parse_document(name, body).location, name) if body is not None else None
            if base is not None:
                return base
        return None

    def load(self, path: str) -> bytes | None:
        """The document at a path, or None where the answer is 404 or 410. Raises CheckError for any other answer."""
        if path not in self._known:
            url = urljoin(self.base, path)
            deadline = time.monotonic() + SECONDS_A_DOCUMENT
            answer = fetch(url, {"accept-encoding": "identity"}, deadline=deadline)
            if answer.status not in {http.client.OK, http.client.NOT_FOUND, http.client.GONE}:
                raise CheckError("the answer is not 200", path=url, text=str(answer.status), hint="Try again later.")
            self._known[path] = answer.body if answer.status == http.client.OK else None
        return self._known[path]

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """See State: what is asked for stays below the address, whatever base the documents name."""
        return relate(address, base=self.base) or relate(address, base=_base_of(location, path))

    def find_successor(self, path: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """Redirects were followed when the document was asked for."""
        return None

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """An address knows no more than its documents say."""
        return None


def open_state(target: str | Path) -> State:
    """The state that a folder or an address holds. Raises CheckError."""
    if isinstance(target, str) and target.startswith(("http://", "https://")):
        return Address(target)
    return Folder(Path(target))


def relate(address: str, *, base: str | None) -> str | None:
    """The path of an address below a base, or None where it is not below it, or climbs."""
    if base is None or not address.startswith(base):
        return None
    path = urlsplit(address.removeprefix(base)).path
    return path if path and not {"", ".."} & set(path.split("/")[:-1]) and ":" not in path else None


def is_about_others(path: str) -> bool:
    """Whether a feed's entries tell of other entries, as corrections do: they share links and headlines, and go."""
    return bool(_words("corrections") & set(path.split("/")[:-1]))


def _base_of(location: str | None, path: str) -> str | None:
    """What an address has before the path of its document."""
    return location.removesuffix(path) if location is not None and location.endswith("/" + path) else None


def _words(name: str) -> set[str]:
    """The words that stand for something in paths, in every language."""
    return {load_catalogue(language).paths[name] for language in list_languages()}
