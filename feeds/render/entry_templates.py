"""Entries of RSS and Atom from templates: feedgen builds one entry of each shape, and other texts are filled into it.

An entry's shape is which elements it has, and most entries of a site are of a few shapes. A template is what feedgen
makes of an entry whose every text is a mark, cut at the marks: so an entry's bytes are those that feedgen gives, at a
third of the cost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count, islice
from typing import Final, NamedTuple

from feeds.dates import format_rfc822, format_rfc3339
from feeds.feed import Entry, FormatName, Origin, Term
from feeds.render import atom, rss
from feeds.render.elements import build_entry, clean_title, find_summary, list_terms
from feeds.text import escape_xml

MAX_TEMPLATES: Final = 200
"""How many templates are kept: pages decide on shapes, as by their number of tags, and must not fill the memory."""

_MARK: Final = re.compile(r"mark(\d+)mark")
_PUBLISHED, _UPDATED, _TAKEN = (datetime(year, 1, 1, tzinfo=UTC) for year in (2001, 2002, 2003))
"""The marks of instants; no other text of a template is a date."""


class _Shape(NamedTuple):
    """Which elements an entry has. An author may have no name and a term no scheme: `authors` and `terms` say which."""

    authors: tuple[bool, ...]
    terms: tuple[bool, ...]
    has_summary: bool
    has_content: bool
    has_guid: bool
    is_foreign: bool
    has_origin: bool
    has_origin_link: bool


class _Texts(NamedTuple):
    """The texts of an entry as they go into its elements, not escaped; authors and terms come after them."""

    id: str
    guid: str
    link: str
    title: str
    summary: str
    content: str
    language: str
    published: str
    published_rss: str
    updated: str
    origin: str
    origin_title: str
    origin_link: str
    origin_updated: str


class _Slot(NamedTuple):
    """A place for a text, by its number."""

    number: int
    is_attribute: bool


@dataclass(frozen=True, slots=True)
class _Template:
    """What comes before, between and after the texts of an entry, and where each text goes."""

    literals: tuple[str, ...]
    slots: tuple[_Slot, ...]

    def fill(self, escaped: Sequence[str]) -> bytes:
        """The entry with these texts, which are escaped as text of XML."""
        parts = [self.literals[0]]
        for (number, is_attribute), literal in zip(self.slots, self.literals[1:], strict=True):
            text = escaped[number]
            if is_attribute:
                text = text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
            parts += (text, literal)
        return "".join(parts).encode()


def fill_templates(entry: Entry) -> dict[FormatName, bytes] | None:
    """The bytes of an entry in Atom and RSS, by the format's name, or None where no template fits.

    That is an entry with pictures, whose elements differ by what is known of each, or one without a title.
    """
    title = clean_title(entry.title)
    if entry.images or not title:
        return None
    origin = entry.origin
    authors = [clean_title(name) for name in entry.authors]
    terms = [(term.term, term.label, term.scheme) for term in list_terms(entry)]
    texts = _Texts(
        entry.id,
        entry.guid or "",
        entry.link,
        title,
        find_summary(entry, title),
        entry.content,
        entry.foreign_language or "",
        format_rfc3339(entry.published),
        format_rfc822(entry.published),
        format_rfc3339(entry.updated),
        *((origin.id, origin.title, origin.link or "", format_rfc3339(origin.updated)) if origin else ("",) * 4),
    )
    shape = _Shape(
        tuple(map(bool, authors)),
        tuple([bool(scheme) for _, _, scheme in terms]),
        bool(texts.summary),
        bool(texts.content),
        entry.guid is not None,
        bool(texts.language),
        origin is not None,
        bool(texts.origin_link),
    )
    escaped = [escape_xml(text) for part in (texts, authors, *terms) for text in part]
    # Carriage returns are escaped differently in texts and attributes; hardly any get here.
    if any("\r" in text for text in escaped):
        return None
    return {name: template.fill(escaped) for name, template in _make_templates(shape).items()}


@lru_cache(maxsize=MAX_TEMPLATES)
def _make_templates(shape: _Shape) -> dict[FormatName, _Template]:
    """The templates of a shape. The mark of each text is the number that it has in `fill_templates`."""
    marks = (f"mark{number}mark" for number in count())
    own = _Texts(*islice(marks, len(_Texts._fields)))
    # Multiplied by False, a mark is the empty text.
    authors = tuple([next(marks) * has_name for has_name in shape.authors])
    origin = Origin(own.origin, own.origin_title, own.origin_link if shape.has_origin_link else None, _TAKEN)
    entry = Entry(
        id=own.id,
        guid=own.guid if shape.has_guid else None,
        link=own.link,
        title=own.title,
        summary=own.summary if shape.has_summary else "",
        content=own.content if shape.has_content else "",
        published=_PUBLISHED,
        updated=_UPDATED,
        authors=authors,
        categories=tuple([Term(next(marks), next(marks), next(marks) * has_scheme) for has_scheme in shape.terms]),
        language="",
        origin=origin if shape.has_origin else None,
        foreign_language=own.language if shape.is_foreign else None,
    )
    instants = {
        format_rfc3339(_PUBLISHED): own.published,
        format_rfc822(_PUBLISHED): own.published_rss,
        format_rfc3339(_UPDATED): own.updated,
        format_rfc3339(_TAKEN): own.origin_updated,
    }
    element = build_entry(entry)
    return {
        "atom": _cut(atom.render_entry(element), instants),
        "rss": _cut(rss.render_entry(element), instants),
    }


def _cut(rendered: bytes, instants: Mapping[str, str]) -> _Template:
    """The template of a rendered entry of marks."""
    whole = rendered.decode()
    for instant, mark in instants.items():
        whole = whole.replace(instant, mark)
    literals, slots = [], []
    rest = 0
    for found in _MARK.finditer(whole):
        literals.append(whole[rest : found.start()])
        rest = found.end()
        # Within a tag it is an attribute's value.
        is_attribute = whole.rfind("<", 0, found.start()) > whole.rfind(">", 0, found.start())
        slots.append(_Slot(int(found[1]), is_attribute))
    return _Template((*literals, whole[rest:]), tuple(slots))
