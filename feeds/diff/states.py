"""A published state of a site: its feed documents by path, whatever holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from feeds.diff.documents import parse_document
from feeds.diff.paths import folder_of, is_feed_document


class State(Protocol):
    """A published state. Paths are relative, with slashes: "politik/atom.xml"."""

    single: str | None
    """The path of its feed, where it is one feed only."""

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:
        """The paths of its subscription documents, in order.

        `likely` are those of another state: a state that can't list all of its own tries these.
        """

    def covers(self, path: str) -> bool:
        """Whether the state knows about a feed; not about one that was never asked for."""

    def load(self, path: str) -> bytes | None:
        """The document at a path, or None where there is none."""

    def find_digest(self, path: str) -> str | None:
        """The SHA-256 of the document at a path, in hex, or None where there is no document."""

    def list_sealed(self, folder: str) -> list[str] | None:
        """The paths of the archive documents of the feed in a folder, document by document.

        None where they can't be listed, but only found by their links to each other.
        """

    def leads_on(self, path: str) -> bool:
        """Whether a link to this path leads to a page, here or by a redirect."""

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """The path of an address that a document at `path` names, whose own is `location`; or None."""

    def find_successor(self, path: str) -> str | None:
        """The path that readers of a document that is gone are redirected to; "" where the answer is 410."""

    def explain(self, path: str, name: str) -> str | None:
        """Why the entry with this id is not in the document at `path`, or None where nothing is known.

        "here": it belongs to the feed, but newer entries fill the document; "left": it is in another feed; "withdrawn";
        "removed".
        """


def list_likely(state: State, other: State, paths: list[str]) -> list[str]:
    """Of the `paths` of another state's feeds, those that a state should try (`State.list_feeds`).

    All; but where it is a single feed, and its document's address is below the base that the other's documents name,
    only the path below it, though the other has no feed there.
    """
    if state.single is None or other.single is not None or not paths:
        return paths
    location = parse_document(state.single, state.load(state.single) or b"").location
    if location is None:
        return paths
    for path in paths:
        if folder_of(path) != folder_of(paths[0]):
            break
        named = parse_document(path, other.load(path) or b"").location
        place = other.relate(location, location=named, path=path)
        if place is not None and is_feed_document(place):
            return [place]
    return paths


def place_single(single: str, locations: Iterable[str], likely: Iterable[str]) -> str:
    """The path of a single feed among those of the other state, which are likely.

    It is the one that a location of the feed ends with, else the only one, else the feed's own name.
    """
    paths = list(likely)
    for location in locations:
        if ends := [path for path in paths if location.endswith(f"/{path}")]:
            return max(ends, key=len)
    return paths[0] if len(paths) == 1 else single
