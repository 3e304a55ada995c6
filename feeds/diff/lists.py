"""The lists that a site of ours publishes, and the words in its paths."""

from __future__ import annotations

from feeds.config import FEED_SETS
from feeds.text import load_catalogue
from feeds.text.catalogue import list_languages

SITEMAP = "sitemap.xml"
SITEMAP_OF_FOLDERS = "sitemap/pages.xml"
"""The part of a large site's sitemap with the pages that are not articles."""


def is_set_page(path: str) -> bool:
    """Whether a path is that of the page of a further feed set, such as "quelle/belta/"."""
    word, *rest = path.split("/")
    return len(rest) == 2 and not rest[-1] and any(word in list_words(name) for name in FEED_SETS)


def list_words(name: str) -> set[str]:
    """The path words for one thing ("archive", "article"), one a language."""
    return {load_catalogue(language).paths[name] for language in list_languages()}
