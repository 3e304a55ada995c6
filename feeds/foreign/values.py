"""Dates, texts and addresses as feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from feeds.text import fold_spaces

MAX_TEXT: Final = 5_000
"""Characters of a plain text that are kept: what is compared is its beginning."""
_EARLIEST: Final = -5_000_000_000
_LATEST: Final = 32_000_000_000
"""Instants outside the years 1812 to 2983 are mistakes."""
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def parse_instant(text: str | None) -> int | None:
    """Seconds since 1970 of a date as feeds write it (RFC 3339, RFC 822); None for any other text."""
    if not text or not (text := text.strip()):
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        try:
            instant = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            # What the standard library raises for texts that are no dates.
            return None
    # An instant without a zone is read as UTC, as feed readers do.
    seconds = int((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp())
    return seconds if _EARLIEST <= seconds <= _LATEST else None


def read_text(markup: str) -> str:
    """The plain text of HTML (or of plain text), on one line, cut at a bound."""
    markup = markup[: MAX_TEXT * 10]
    if "<" not in markup and "&" not in markup:
        return fold_spaces(markup)[:MAX_TEXT]
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return fold_spaces(re.sub("<[^<>]*>", " ", markup))[:MAX_TEXT]
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "figure"):
        block.tail = f" {block.tail or ''}"
    return fold_spaces(str(tree.text_content()))[:MAX_TEXT]


def is_absolute(address: str) -> bool:
    """Whether an address says its scheme."""
    return _ABSOLUTE.match(address) is not None


def join_address(base: str, address: str) -> str | None:
    """The address, absolute where it is, or where the base is; None where it is empty, or no address."""
    address = address.strip()
    if not address:
        return None
    try:
        joined = urljoin(base, address) if is_absolute(base) else address
        urlsplit(joined)
    except ValueError:
        return None
    return joined
