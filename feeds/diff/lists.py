"""The lists that a site of ours publishes, and the words in its paths."""

from __future__ import annotations

from feeds.config import FEED_SETS
from feeds.text import load_catalogue
from feeds.text.catalogue import list_languages

SITEMAP = "sitemap.xml"
SITEMAP_OF_FOLDERS = "sitemap/pages.xml"
"""The part of a large site's sitemap that holds the pages that are no articles."""


def is_set_page(path: str) -> bool:
    """Whether a page's path is one that feeds of further sets have: "quelle/belta/"."""
    word, *rest = path.split("/")
    return len(rest) == 2 and not rest[-1] and any(word in list_words(name) for name in FEED_SETS)


def list_words(name: str) -> set[str]:
    """The words that stand for something in paths, in every language."""
    return {load_catalogue(language).paths[name] for language in list_languages()}
