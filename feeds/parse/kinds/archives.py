"""Addresses of lists of articles: of a day, a month, a tag, a section, or the further page of one."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from feeds.parse.addresses import last_of_address
from feeds.parse.categories import fold_word
from feeds.parse.words import NEWS_ADDRESSES, SECTIONS

_DAY_PATH = re.compile(
    r"/(?:19|20)\d\d(?P<sign>[/-])(?:0?[1-9]|1[0-2])(?P=sign)(?:0?[1-9]|[12]\d|3[01])/?$"
    r"|/(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d/?$"
)
_MONTH_PATH = re.compile(
    r"/(?:archive?-)?(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2]|(?:jan|feb|m(?:ä|ae)?r|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])[a-zä]{0,6})(?:/|\.html?)?$",
    re.IGNORECASE,
)
# "/tag/hafen/", "/author/erika-muster": what systems call their lists of articles; a headline has more words.
_LISTS = re.compile(
    r"/(?:tags?|schlagw(?:ort|orte|oerter)|stichwort|thema|dossiers?|(?:\w+-)?auth?or(?:s|en)?|categor(?:y|ies)|kategorien?)"
    r"/[^/.-]+(?:-[^/.-]+){0,2}/?$"
    # One within another, as the usual systems have them.
    r"|/(?:category|tag)(?:/[^/.-]+(?:-[^/.-]+){0,2}){2,4}/?$",
    re.IGNORECASE,
)
_PAGE_QUERY = re.compile(r"(?:^|&)(?:page|seite|paged)=(?:[2-9]|[1-9]\d+)(?:&|$)", re.IGNORECASE)
# "?start=1920", "?tx_ttnews[pointer]=7": so the usual systems leaf through lists, and never within an article.
_OFFSET_QUERY = re.compile(
    r"(?:^|&)(?:(?:limit)?start|offset)=[1-9]\d+(?:&|$)|(?:^|&)\w+(?:\[|%5B)pointer(?:\]|%5D)=[1-9]\d*(?:&|$)",
    re.IGNORECASE,
)
_PAGE_PATH = re.compile(
    r"/(?:page|seite)/(?:[2-9]|[1-9]\d+)/?$|/(?:index|seite|page|s|p)[_-]?(?:[2-9]|[1-9]\d{1,2})\.html?$", re.IGNORECASE
)
# "/ausgabe49/s4.html": the number of a page of a printed issue.
_ISSUE = re.compile(r"/(?:ausgabe|heft|issue|nummer|nr)[_-]?\d+/", re.IGNORECASE)
# No article has this many pages, or has them there: "/blog/seite/32", "/tags/Hafen/(offset)/120", "/tag/hafen/page/4".
_FAR_PAGE = re.compile(
    r"/(?:page|seite)/[1-9]\d+/?$|/\(offset\)/[1-9]\d*/?$"
    r"|/(?:tags?|category|kategorie|auth?or|schlagwort)/\S+/(?:page|seite)/[2-9]/?$",
    re.IGNORECASE,
)
# An article may have several pages, too: its address has words or a number.
_SLUG = re.compile(r"\d|-\w+-|\.\w{3,5}$")
_SECTIONS: Final = frozenset(map(fold_word, SECTIONS | NEWS_ADDRESSES))
_DIGIT = re.compile(r"\d")
DAY_LENGTH: Final = 12
MONTH_LENGTH: Final = 24
"""Characters of a day and of a month at the end of an address, at most."""


def find_list_address(url: str | None, *, dated: bool) -> str | None:
    """Why an address is that of a list, as "/2019/06/14", "/2019/06/" or "/news/?page=4"; None where it isn't.

    A page with a stamp of its own (`dated`) is one only by a day, or by the number of an item or a page.
    """
    if url is None:
        return None
    parts = urlsplit(url)
    path, query, last = parts.path, parts.query, last_of_address(url)
    if query.startswith("/"):
        # "index.php?/archives/2012/05.html"
        path, query = query, ""
    has_number = _DIGIT.search(last) is not None
    if has_number and not query and _DAY_PATH.search(path, len(path) - DAY_LENGTH) is not None:
        return "its address is that of a day's articles"
    has_offset = query and _OFFSET_QUERY.search(query) is not None and _SLUG.search(last) is None
    if has_offset or (has_number and _FAR_PAGE.search(path) is not None):
        return "its address is that of a page of a list"
    if dated:
        return None
    if not query and _MONTH_PATH.search(path, len(path) - MONTH_LENGTH) is not None:
        return "its address is that of a month's articles"
    if _LISTS.search(path) is not None:
        return "its address is that of a list of articles"
    has_page = query and _PAGE_QUERY.search(query) is not None and _SLUG.search(last) is None
    if has_page or (has_number and _PAGE_PATH.search(path) is not None and _ISSUE.search(path) is None):
        return "its address is that of a page of a list"
    if not query and fold_word(last) in _SECTIONS:
        return "its address is that of a section"
    return None
