"""Paths within a published site, such as "politik/atom.xml": what each is of, and which address is which path."""

from __future__ import annotations

from urllib.parse import urlsplit

from feeds.config import FEED_SETS
from feeds.render.formats import BY_FILE_NAME
from feeds.text import load_catalogue
from feeds.text.catalogue import list_languages


def folder_of(path: str) -> str:
    """The folder of a document: "politik/", or "" for the root."""
    return path.rpartition("/")[0] + "/" if "/" in path else ""


def is_feed_document(path: str) -> bool:
    """Whether a path has the name of a feed document."""
    return path.rpartition("/")[2] in BY_FILE_NAME


def is_set_page(path: str) -> bool:
    """Whether a path is that of the page of a further feed set, such as "quelle/belta/"."""
    word, *rest = path.split("/")
    return len(rest) == 2 and not rest[-1] and any(word in list_words(name) for name in FEED_SETS)


def is_about_others(path: str) -> bool:
    """Whether a feed's entries are about other entries, as corrections are: they may share links and headlines."""
    return bool(list_words("corrections") & set(path.split("/")[:-1])) and not is_set_page(folder_of(path))


def list_words(name: str) -> set[str]:
    """The path words for one thing ("archive", "article"), one a language."""
    return {load_catalogue(language).paths[name] for language in list_languages()}


def relate(address: str, *, base: str | None) -> str | None:
    """The path of an address below a base, or None where it is not below it, or climbs."""
    if base is None or not address.startswith(base):
        return None
    try:
        path = urlsplit(address.removeprefix(base)).path
    except ValueError:
        return None
    return path if path and not {"", ".."} & set(path.split("/")[:-1]) and ":" not in path else None


def base_of(location: str | None, path: str) -> str | None:
    """The part of an address before the path of its document."""
    return location.removesuffix(path) if location is not None and location.endswith("/" + path) else None
