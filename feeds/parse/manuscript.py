"""An author's own text file: its front matter says title and date, and nothing of a site is around the text.

What is below such front matter is the text, word for word, as in Markdown. A page that was saved may have such front
matter, too: a menu, a stamp in its head, tools or a footer's label tell that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import find_dates
from feeds.errors import Problem, say_number
from feeds.parse.body import Line, is_sentence
from feeds.parse.boilerplate import Boilerplate, find_known
from feeds.parse.categories import WORD, is_path
from feeds.parse.draft import Draft, Role
from feeds.parse.front import read_dates
from feeds.parse.head.judging import has_verb
from feeds.parse.mending.dumps import unmark
from feeds.parse.mending.wraps import unwrap
from feeds.parse.page import Page
from feeds.parse.paragraphs import read_paragraphs
from feeds.parse.prose import TOOL_LINE, begins_as_tail, is_notice, is_running_text, is_short_sentence
from feeds.parse.stamps.forms import is_stamp
from feeds.parse.words import (
    CONTACTS,
    HOMES,
    LAST_TAILS,
    MENU_ENTRIES,
    MORE,
    OTHER_ARTICLES,
    SECTIONS,
    SERVICES,
    any_of,
)
from feeds.text import fold_spaces

LEFT_OUT: Final = "left-out"
"""The rule of the note on lines that were left out."""
MAX_LABEL: Final = 90
"""Characters of a label below a text, at most."""
LEAST_TITLE_BLANKS: Final = 2
"""Blanks of a title that no text holds by chance, at least."""
_LEFT_OUT: Final = frozenset[Role](
    ["navigation", "crawl date", "category", "stamp", "headline", "caption", "repeated", "no sentence", "footer"]
)
"""What a line is that is in no text, as one without a mark: a headline, too, where front matter has another one."""
_ENTRIES: Final = MENU_ENTRIES | HOMES | SERVICES
_CONTACT = re.compile(any_of(CONTACTS))
_LABEL = re.compile(any_of(LAST_TAILS))
_MORE = re.compile(MORE)
_FIELD = re.compile(
    r"(?:(?:Stand|Veröffentlicht|Publiziert|Erstellt|Aktualisiert)(?: am)?|Kategorien?|Rubrik|Ressort|Autor(?:/?in)?"
    r"|(?:Zugriffe|Aufrufe)(?: [\d.]{1,9})?)",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"(?:Zum|Zur|Direkt zu[mr]) (?:Haupt)?(?:[Ii]nhalt|[Nn]avigation|Menü|Suche)(?: (?:springen|wechseln|gehen))?$"
    r"|Navigation überspringen$|Menü$"
)
_OTHERS = re.compile(any_of(OTHER_ARTICLES))
_SPEAKS = re.compile(r"\b(?:[Ww]ir|[Uu]nser(?:e[nmrs]?)?|Sie|Ihr(?:e[nmrs]?)?|[Dd]u|[Dd]ein(?:e[nmrs]?)?)\b")


def is_manuscript(page: Page, zone: ZoneInfo, boilerplate: Boilerplate) -> bool:
    """Whether a page is an author's text: its front matter, or the settings of its source, says so, or it may be one.

    It may where front matter says title and date, and no line around the text is one that sites have there.
    """
    front = page.front
    if front.verbatim is not None:
        return front.verbatim
    if front.title is None or front.published is None:
        return False
    lines = _list_lines(page)
    return bool(lines) and 0 not in find_known(lines, boilerplate) and not _is_saved(page, front.title, lines, zone)


def _list_lines(page: Page) -> list[Line]:
    """The lines of a page that hold something, paragraphs made whole."""
    whole = unwrap([fold_spaces(line) for line in unmark(page.lines)])
    return [Line(offset, text) for offset, text in enumerate(whole) if text]


def _is_saved(page: Page, title: str, lines: Sequence[Line], zone: ZoneInfo) -> bool:
    """Whether a page below front matter with this title shows that it was saved."""
    texts = [line.text for line in lines]
    running = [number for number, text in enumerate(texts) if is_running_text(text)]
    head, foot = (running[0], running[-1] + 1) if running else (0, len(texts))
    return (
        _is_dated(page, texts, head, zone)
        or _has_title_below(title, texts, head)
        or _has_teasers(texts[foot:])
        or _has_menu(texts[:head], _ENTRIES | SECTIONS)
        or _has_menu(texts[foot:], _ENTRIES)
        or any(map(_is_field, texts[:head]))
        or any(_is_tool(text) or _is_label(text) for text in texts[foot:])
        or any(map(_is_of_site, texts))
        # Within the text, or above it, one of these may be the author's: "Kommentar", "Anzeige".
        or sum(_is_tool(text) or _is_label(text) or _is_field(text) for text in texts) > 1
    )


def read_manuscript(page: Page, zone: ZoneInfo) -> Draft:
    """An author's text as a Draft: all its lines, but the title where it is the first of them, rules, and who signs."""
    draft = Draft()
    published, _ = read_dates(page.front, path=page.path, tz=zone)
    text: list[Line] = []
    for number, line in enumerate(_list_lines(page)):
        if number == 0 and line.text == page.front.title:
            draft.marks.append((line.offset, "headline"))
        elif any(map(str.isalnum, line.text)):
            text.append(line)
        else:
            draft.marks.append((line.offset, "end mark"))
    if not text and not draft.marks:
        return draft.set_aside("empty", "there is nothing below the front matter")
    read_paragraphs(page, text, None if published is None else published.day, draft)
    return draft


def list_left_out(page: Page, marks: Mapping[int, str], *, has_text: bool) -> list[int]:
    """The offsets of the lines of a page that say something and are neither in its text nor above it.

    `marks` say what each line is; of a page without a text all are in none.
    """
    kept = {offset for offset, role in marks.items() if role not in _LEFT_OUT} if has_text else set()
    lines = (line for line in _list_lines(page) if line.text != page.front.title and any(map(str.isalnum, line.text)))
    return [line.offset for line in lines if line.offset not in kept]


def note_left_out(page: Page, draft: Draft) -> Problem | None:
    """The problem that lines of what may be an author's text were left out, as those of a saved page.

    None where none were, or where front matter or settings say what the page is.
    """
    front = page.front
    if front.title is None or front.published is None or front.verbatim is not None:
        return None
    offsets = list_left_out(page, dict(draft.marks), has_text=bool(draft.blocks))
    if not offsets:
        return None
    what = f"{say_number(len(offsets), 'line')} left out of the text, for this looks like a saved page"
    hint = (
        "if all below the front matter is the text, write `verbatim: true` into it; if it was saved from a site, "
        "`verbatim: false`, or `verbatim = false` for its source in config.toml"
    )
    return Problem(LEFT_OUT, what, page.first_line + offsets[0], page.lines[offsets[0]].strip(), hint)


def _is_dated(page: Page, texts: Sequence[str], head: int, zone: ZoneInfo) -> bool:
    """Whether a line says the day of publication: one above the first paragraph, or one that says nothing else.

    Other days are those of what the text is about.
    """
    published, _ = read_dates(page.front, path=page.path, tz=zone)
    stamps = (text for number, text in enumerate(texts) if number < head or is_stamp(text, zone))
    days = (match.stamp.day for text in stamps for match in find_dates(text, now=None, tz=zone))
    return published is not None and published.day in days


def _has_title_below(title: str, texts: Sequence[str], head: int) -> bool:
    """Whether the title is below the first line, which an author may begin with it.

    A short one is a word of the text, unless it is a line of its own above the first paragraph; a sentence may hold it.
    """
    if title.count(" ") < LEAST_TITLE_BLANKS:
        return title in texts[1:head]
    return any(title == text or (title in text and not is_short_sentence(text)) for text in texts[1:])


def _has_teasers(below: Sequence[str]) -> bool:
    """Whether several of the lines below the last sentence are headlines with a verb: those of other articles.

    What a colon leads to is a list of the author's.
    """
    loose = takewhile(lambda text: not text.endswith(":"), below)
    return sum(has_verb(WORD.findall(text)) for text in loose) > 1


def _has_menu(texts: Sequence[str], entries: Set[str]) -> bool:
    """Whether two of the entries that menus have on any site are one below the other, or beside it."""
    found = (part.strip().rstrip(":").casefold() in entries for text in texts for part in text.split("|"))
    return any(above and below for above, below in pairwise(found))


def _is_of_site(text: str) -> bool:
    """Whether a line is a path, a step over the menu, a label of other articles, or a notice that speaks to readers."""
    if is_notice(text):
        return _SPEAKS.search(text) is not None
    if len(text) > MAX_LABEL:
        return False
    return is_path(text) or _SKIP.match(text) is not None or (_is_label(text) and _OTHERS.match(text) is not None)


def _is_tool(text: str) -> bool:
    """Whether a line is a tool, or leads on to another text."""
    return len(text) <= MAX_LABEL and (TOOL_LINE.fullmatch(text) is not None or _MORE.fullmatch(text) is not None)


def _is_field(text: str) -> bool:
    """Whether a line is the label of what a page says of itself, without its value, or how often it was read."""
    return _FIELD.fullmatch(text.strip(" :-")) is not None


def _is_label(text: str) -> bool:
    """Whether a line is a label that sites alone have below a text."""
    label = text.rstrip(" :")
    is_label = (begins_as_tail(label) and _CONTACT.match(label) is None) or _LABEL.match(label) is not None
    return len(text) <= MAX_LABEL and is_label and not is_sentence(label)
