"""Recognising entries of the usual form quickly, by one pattern for each format that no rule objects to.

What a pattern can't express is checked beside it: the HTML of the body, the weekday of a date, which of two dates is
later. False only means that the entry must be parsed. Made to be fast: every entry passes here while it is rendered.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from feeds.check.plain_html import MAX_REMEMBERED, is_plain_remembered
from feeds.dates.writing import RFC822_DAYS, RFC822_MONTHS
from feeds.feed import FormatName

# An ampersand before a blank starts an entity for no reader.
_TEXT: Final = r"[^<>&\s](?:[^<>&]++|&amp; )*+"
_HTML_TEXT: Final = r"[^<>&\s](?:[^<>&]++|&amp;(?:amp;)? )*+"
_NAME: Final = r"[^<>&@\s][^<>&@]*+"
_IN_ATTRIBUTE: Final = r'[^<>&"\s][^<>&"]*+'
# White space but blanks is escaped in a string of JSON (RFC 8259 section 7).
_IN_JSON: Final = r'[^<>&"\\\s](?:[^<>&"\\\t\n\r]++|& )*+'
_UUID: Final = "urn:uuid:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_ADDRESS: Final = (
    r"https?://[a-z0-9]+(?:\.[a-z0-9]+)+(?::[0-9]{1,5})?(?:/[A-Za-z0-9_-]++(?!\.))*+(?:/[a-z]+\.(?:xml|json)|/)?"
    r"(?:#[A-Za-z0-9/_-]*+)?"
)
_DAY: Final = (
    "(?:199[0-9]|20[0-9][0-9])-"
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_INSTANT: Final = _DAY + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
_CATEGORY: Final = rf'<category term="{_IN_ATTRIBUTE}"(?: scheme="{_ADDRESS}")? label="{_IN_ATTRIBUTE}"/>'
_ATOM: Final = re.compile(
    rf"<entry><id>{_UUID}</id><title>{_TEXT}</title><updated>(?P<updated>{_INSTANT})</updated>"
    rf"(?:<author><name>{_NAME}</name></author>)++"
    rf'<content type="html"></content><link href="{_ADDRESS}" rel="alternate" type="text/html"/>'
    rf'<summary type="html">{_HTML_TEXT}</summary>(?:{_CATEGORY})++<published>(?P<published>{_INSTANT})</published>'
    rf"(?:<source><id>{_UUID}</id><title>{_TEXT}</title><updated>{_INSTANT}</updated></source>)?</entry>"
)
_RSS: Final = re.compile(
    rf"<item><title>{_TEXT}</title><link>{_ADDRESS}</link><description>{_HTML_TEXT}</description>"
    rf'<content:encoded></content:encoded><guid isPermaLink="false">{_UUID}</guid>'
    rf'(?:<category(?: domain="{_ADDRESS}")?>{_TEXT}</category>)*+<dc:creator>{_NAME}</dc:creator>'
    r"<pubDate>(?P<weekday>[A-Z][a-z]{2}), (?P<day>[0-9]{2}) (?P<month>[A-Z][a-z]{2}) (?P<year>199[0-9]|20[0-9]{2}) "
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT</pubDate></item>"
)
_JSON: Final = re.compile(
    rf'\{{"id":"{_UUID}","url":"{_ADDRESS}","title":"{_IN_JSON}","content_html":"",'
    rf'"summary":"{_IN_JSON}","date_published":"(?P<published>{_INSTANT})","date_modified":"(?P<updated>{_INSTANT})",'
    rf'"authors":\[\{{"name":"{_IN_JSON}"\}}(?:,\{{"name":"{_IN_JSON}"\}})*+\],'
    rf'"tags":\["{_IN_JSON}"(?:,"{_IN_JSON}")*+\],"language":"(?:de|en)"\}}'
)
PATTERNS: Final[dict[FormatName, re.Pattern[str]]] = {"atom": _ATOM, "rss": _RSS, "json": _JSON}
"""Each is matched without the body, which is longer than the rest and faster to check by itself."""
_BODIES: Final[dict[FormatName, tuple[str, str]]] = {
    "atom": ('<content type="html">', "</content>"),
    "rss": ("<content:encoded>", "</content:encoded>"),
    "json": ('"content_html":"', '","summary":"'),
}
_NOT_IN_JSON: Final = re.compile(r'["\\\t\n\r]')
_ODD_REFERENCE: Final = re.compile("&(?!(?:amp|quot|apos);)")


def is_usual(text: str, format_name: FormatName) -> bool:
    """Whether a rendered entry in a format is of the usual form; its characters are clean."""
    before, after = _BODIES[format_name]
    head, start, rest = text.partition(before)
    body, end, tail = rest.partition(after)
    match = PATTERNS[format_name].fullmatch(f"{head}{start}{end}{tail}")
    if match is None or len(body) > MAX_REMEMBERED:
        return False
    if format_name == "rss":
        return _is_day(match["weekday"], match["day"], match["month"], match["year"]) and _is_escaped(body)
    # Of equal length, in UTC: they compare as texts.
    if match["updated"] < match["published"]:
        return False
    if format_name == "json":
        return body[:1] == "<" and not _NOT_IN_JSON.search(body) and is_plain_remembered(body)
    return _is_escaped(body)


def _is_escaped(body: str) -> bool:
    """Whether a body is plain HTML, escaped as text of XML."""
    return body.startswith("&lt;") and "<" not in body and ">" not in body and _is_plain_body(body)


# Atom and RSS have the same body.
@lru_cache(maxsize=32)
def _is_plain_body(escaped: str) -> bool:
    """Whether the escaped HTML of an entry is plain, and has no references but the five of XML."""
    text = escaped.replace("&lt;", "<").replace("&gt;", ">")
    if "&" in text:
        if _ODD_REFERENCE.search(text):
            return False
        text = text.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
    return is_plain_remembered(text)


@lru_cache(maxsize=1000)
def _is_day(weekday: str, day: str, month: str, year: str) -> bool:
    """Whether this day of the month, named as in RFC 822, was that day of the week."""
    try:
        return RFC822_DAYS[date(int(year), RFC822_MONTHS.index(month) + 1, int(day)).weekday()] == weekday
    except ValueError:
        return False
