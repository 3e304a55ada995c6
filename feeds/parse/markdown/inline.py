"""What is within a paragraph, a headline, an item or a row: its plain text, and clean inline HTML.

Of HTML, the tags that mark up words are read; all others are shown as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from feeds.article import Image
from feeds.parse.addresses import LINKS, join_link
from feeds.parse.html.inline import WORD_TAGS, clean_inline
from feeds.text import clean_line, escape_html

_TAG: Final = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)(?:\s[^>]*|/)?>", re.IGNORECASE)
_HREF: Final = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SRC: Final = re.compile(r"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_RECORDINGS: Final = frozenset(["audio", "video", "source"])
"""Tags of what is heard or seen elsewhere: feeds have a link to it."""
_UNMARKED: Final = frozenset("abbr acronym big cite dfn font ins kbd mark q samp small span time tt var wbr".split())
"""Tags around words that mark up nothing that a feed says."""
# GFM section 6.9, extended autolinks; a domain has a dot.
_ADDRESS: Final = re.compile(r"(?<![\w/.:@-])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+[^\s<]*", re.IGNORECASE)
_BEHIND: Final = "?!.,:*_~'\";”“«»…"
"""Signs that end a sentence and no address (GFM), and German quotation marks."""


@dataclass(slots=True)
class Inline:
    """What is being read: its parts as plain text and, of markup, as HTML."""

    offset: int
    parts: list[tuple[str, str | None]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)

    def text(self) -> str:
        """The plain text."""
        return clean_line("".join(plain for plain, _ in self.parts))

    def inside(self) -> str | None:
        """The clean HTML, None where it says no more than the text."""
        if all(html is None for _, html in self.parts):
            return None
        return clean_inline("".join(escape_html(plain) if html is None else html for plain, html in self.parts))


_PLAIN_TAGS: Final = {
    f"<{slash}{name}>": f"<{slash}{known}>" for name, known in WORD_TAGS.items() for slash in ("", "/")
}
MAX_ADDRESS: Final = 2_000
"""Characters of a bare address that becomes a link, at most."""


def read_tag(tag: str, url: str | None) -> str | None:
    """The clean HTML of a tag on a page at `url`, "" for one that says nothing; None where it is shown as it is."""
    if (plain := _PLAIN_TAGS.get(tag)) is not None:
        return plain
    match = _TAG.fullmatch(tag)
    name = "" if match is None else match["name"].lower()
    if name in _UNMARKED:
        return ""
    if name == "a":
        return "</a>" if tag.startswith("</") else _open_link(tag, url)
    if (known := WORD_TAGS.get(name)) is None:
        return None
    return f"</{known}>" if tag.startswith("</") else f"<{known}>"


def read_recording(tag: str, url: str | None) -> str | None:
    """The address of the recording that a tag plays on a page at `url`, "" where it names none.

    None for other tags, and where the address is unknown: they are shown as they are.
    """
    match = _TAG.fullmatch(tag)
    if match is None or match["name"].lower() not in _RECORDINGS:
        return None
    found = _SRC.search(tag)
    return "" if found is None else join_link(url, html.unescape(found[found.lastindex or 1]))


def _open_link(tag: str, url: str | None) -> str:
    match = _HREF.search(tag)
    if match is None:
        return ""
    address = join_link(url, html.unescape(match[match.lastindex or 1]), schemes=LINKS)
    return "" if address is None else f'<a href="{escape_html(address)}">'


def link_addresses(text: str, *, most: int) -> Iterator[tuple[str, str | None]]:
    """The parts of a text: bare addresses, `most` of them, with their link as HTML, what is between them without."""
    position = 0
    for match in islice(_ADDRESS.finditer(text), most):
        if len(match[0]) > MAX_ADDRESS:
            continue
        shown = _trim(match[0])
        address = join_link(None, shown if "://" in shown[:8] else f"http://{shown}")
        if address is None:
            continue
        yield text[position : match.start()], None
        yield shown, f'<a href="{escape_html(address)}">{escape_html(shown)}</a>'
        position = match.start() + len(shown)
    yield text[position:], None


def _trim(address: str) -> str:
    """An address without what ends the sentence behind it, and without a bracket that is opened in front of it."""
    more, end = address.count(")") - address.count("("), len(address)
    while address[end - 1] in _BEHIND or (address[end - 1] == ")" and more > 0):
        more -= address[end - 1] == ")"
        end -= 1
    return address[:end]
