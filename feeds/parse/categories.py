"""Which line of a page's head names the category: by label, as a breadcrumb, a known section, or one of the address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from feeds.parse.body import is_sentence
from feeds.parse.stamps.forms import has_date
from feeds.parse.words import BUTTONS, HOMES, SECTIONS, SOURCES, any_of

WORD = re.compile(r"[^\W\d_]{2,}")
SMALL_WORDS: Final = frozenset(
    "der die das den dem des und oder von vom im in an am auf zu zum zur für mit bei aus the of and in to for".split()
)
LABEL_WORDS: Final = SMALL_WORDS | frozenset("vor nach ohne rund um über unter gegen ins".split())
SOURCE_LINE = re.compile(rf"(?:{any_of(SOURCES)})\b")
BUTTON_LINE = re.compile(rf"(?:{any_of(BUTTONS)})\b")
_LABELLED = re.compile(
    r"(?:Rubrik|Ressort|Kategorie|Kategorien|Themenbereich|Bereich)\s?:\s*(?P<value>\S[^\n|]{1,57}[^\s|])(?:\s\|\s.{1,60})?"
)
_JOINED = re.compile(r"\s+,\s*|,(?=[^\W\d])")
PATH = re.compile(r"(?:Aktuelle Seite|(?:Sie|Du) (?:sind|bist|befinden sich) hier|Navigationspfad)\s?:")
_PATH_HOME = re.compile(r"(?:Startseite|Homepage|Home|Start)\s?(?:>>|-?[>»›→/|])\s?(?=\S)", re.IGNORECASE)
MAX_ENTRY: Final = 25
"""Characters of a menu's entry, at most."""
MAX_NAME: Final = 30
"""Characters of a section's name, at most."""
LEAST_ENTRIES: Final = 2
"""Names of sections, from which lines are a menu."""
MAX_PATH: Final = 120
"""Characters of a breadcrumb, at most: it may end with the headline."""
MAX_WHOLE_PATH: Final = 250
"""The same where nothing is to be read from it."""
GENERAL: Final = frozenset(
    """news aktuelles aktuell nachrichten presse medien meldungen archiv themen dokumentation pressemitteilungen
    pressemitteilung medienmitteilungen""".split()
)
"""Names of what is no section: all of a site is in it."""
_FORMS: Final = frozenset(
    """archiv meldung artikel nachricht beitrag detail details einzelansicht inhalt hauptinhalt""".split()
)
"""What is at the end of a breadcrumb and is no section: the page itself."""
_BREADCRUMB = re.compile(r"\s*(?:>>|->|>|»|›|→|/|\|)\s*")
_BAR_OR_SLASH = re.compile(r"\s*[/|]\s*")
_BAR = re.compile(r"\s*[|•·]\s*")
LEAST_STEM: Final = 5
"""Letters of a word that are compared, at least."""
LEAST_FIELDS: Final = 3
"""Entries of a menu on one line, the home page not counted, at least."""

MENU_FIELDS: Final = 5
"""Such entries, from which they are no breadcrumb whatever they say."""


# A page's lines are compared with it one by one.
@lru_cache(maxsize=1)
def address_sections(url: str) -> tuple[str, ...]:
    """The parts of an address's path above its last, folded as `fold_word` does: sections, the widest first."""
    return tuple(fold_word(unquote(segment)) for segment in urlsplit(url).path.split("/")[1:-1] if segment)


def fold_word(word: str) -> str:
    """A word as addresses write it, whether as ä->a or ä->ae: umlauts lose their dots and the e after them."""
    text = word.casefold().replace("ß", "s").replace("ss", "s")
    text = text.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def is_path(text: str) -> bool:
    """Whether a line is a path that leads from the home page to this one."""
    return len(text) <= MAX_WHOLE_PATH and (PATH.match(text) is not None or _PATH_HOME.match(text) is not None)


def is_label(text: str) -> bool:
    """Whether the end of a breadcrumb may be a section's name."""
    if not text[:1].isupper() or text.casefold() in _FORMS or has_date(text) or is_sentence(text):
        return False
    if SOURCE_LINE.match(text) or BUTTON_LINE.match(text):
        return False
    # A kicker may be half a sentence: "Brücke war nicht zu retten".
    return all(word[0].isupper() or word in LABEL_WORDS for word in WORD.findall(text))


def find_section(steps: Sequence[str], headline: str | None) -> int:
    """The number of the step of a path that is the category: the last one, but for what its page alone is about.

    As in "Startseite > Lokales > Freibad-Sanierung" above "Stadtrat beschließt Sanierung des Freibads": the headline
    says all of it, and the step to take is the last known section before it, if there is one.
    """
    last = len(steps) - 1
    words = [word.casefold() for word in WORD.findall(steps[last]) if word not in LABEL_WORDS]
    # An ending may be another: "des Freibads".
    said = (headline or "").casefold()
    if steps[last].casefold() in SECTIONS or not all(word[: max(LEAST_STEM, len(word) - 2)] in said for word in words):
        return last
    return next((at for at in reversed(range(last)) if steps[at].casefold() in SECTIONS), last)


def list_bar(text: str) -> list[str]:
    """The entries of a menu that is on one line: "Startseite | Politik | Wirtschaft | Sport"; none of another line.

    The home page is not one.
    """
    fields = [field for field in _BAR.split(text) if field and field.casefold() not in HOMES]
    is_menu = len(fields) >= LEAST_FIELDS and all(len(field) <= MAX_ENTRY for field in fields)
    return fields if is_menu and not has_date(text) else []


def _is_menu(text: str, parts: Sequence[str]) -> bool:
    """Whether bars part the sections of a site, as its menu has them: a path leads to one with arrows or slashes."""
    sections = sum(part.casefold() in SECTIONS for part in parts) if "|" in text else 0
    return sections >= LEAST_ENTRIES or len(list_bar(text)) >= MENU_FIELDS


def first_label(text: str) -> str:
    """The first of several labels that a system has joined: "Fashion,Outfits"; people write "Kunst, Kultur"."""
    return _JOINED.split(text, maxsplit=1)[0]


def parse_category(text: str, *, url: str | None, headline: str | None = None) -> str | None:
    """The category that a line of the head names: by label, as a breadcrumb, a known section, or one of the address.

    A breadcrumb may end with the year, or the headline itself. A menu on one line looks like one, and names none.
    """
    if (match := _LABELLED.fullmatch(text)) is not None:
        return match["value"].strip(" |·•")
    if len(text) > MAX_PATH:
        return None
    path = text if (match := PATH.match(text)) is None else text[match.end() :].lstrip()
    parts = [part.strip(" •·") for part in _BREADCRUMB.split(path) if part.strip(" •·")]
    if len(parts) > 1:
        return None if match is None and _is_menu(path, parts) else _read_path(path, parts, headline)
    return parts[0] if parts and _is_section(parts[0], url) else None


def _read_path(path: str, parts: list[str], headline: str | None) -> str | None:
    """The category that a breadcrumb of several parts leads to."""
    if len(parts) == 2 and "|" in path and parts[0].casefold() in SECTIONS and is_label(parts[1]):
        # "Umwelt | Dürre": a section, and what the page is about.
        return parts[0]
    # "Blatt › Kultur › Die Brücke", "Region » Musterau": it ends with the page itself, or begins with a section.
    led = len(parts) > 2 and parts[-1] == headline
    if not led and parts[0].casefold() not in (HOMES if _BAR_OR_SLASH.search(path) else HOMES | SECTIONS):
        return None
    while len(parts) > 1 and (parts[-1] == headline or (len(parts) > 2 and parts[-1].isdigit())):
        parts.pop()
    last = parts[find_section(parts, headline)]
    return last if len(last) <= MAX_NAME and last.casefold() not in HOMES | _FORMS else None


def _is_section(label: str, url: str | None) -> bool:
    """Whether a word or two name a section that every paper has, or one of the address."""
    if len(label) > MAX_NAME or len(label.split()) > 2:
        return False
    name = label.casefold()
    return name in SECTIONS or (url is not None and name not in GENERAL and fold_word(label) in address_sections(url))
