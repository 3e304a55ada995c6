"""An author's own text file: its front matter says title and date, and nothing of a site is around the text.

What is below such front matter is the text, word for word, as in Markdown. A page that was saved may have such front
matter, too: a menu, a stamp in its head, tools or a footer's label tell that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import find_dates
from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.boilerplate import Boilerplate, find_known
from feeds.parse.bylines import is_byline, is_person, is_signature
from feeds.parse.categories import WORD, is_path
from feeds.parse.draft import Draft
from feeds.parse.front import read_dates
from feeds.parse.head.judging import has_verb
from feeds.parse.mending.dumps import unmark
from feeds.parse.mending.wraps import unwrap
from feeds.parse.page import Page
from feeds.parse.paragraphs import read_paragraphs
from feeds.parse.prose import TOOL_LINE, begins_as_tail, is_notice, is_running_text
from feeds.parse.stamps.forms import has_date, is_stamp
from feeds.parse.words import CONTACTS, HOMES, LAST_TAILS, MENU_ENTRIES, MORE, SECTIONS, SERVICES, any_of
from feeds.text import fold_spaces

MAX_LABEL: Final = 90
"""Characters of a label below a text, at most."""
_ENTRIES: Final = MENU_ENTRIES | SECTIONS | HOMES | SERVICES
_CONTACT = re.compile(any_of(CONTACTS))
_LABEL = re.compile(any_of(LAST_TAILS))
_MORE = re.compile(MORE)


def find_manuscript(page: Page, zone: ZoneInfo, boilerplate: Boilerplate) -> list[Line] | None:
    """The lines of a page whose front matter says title and date, paragraphs made whole.

    None where it doesn't, or where a line around the text is one that sites have there.
    """
    title = page.front.title
    if title is None or page.front.published is None:
        return None
    whole = unwrap([fold_spaces(line) for line in unmark(page.lines)])
    lines = [Line(offset, text) for offset, text in enumerate(whole) if text]
    return lines if _is_manuscript(page, title, lines, zone, boilerplate) else None


def _is_manuscript(page: Page, title: str, lines: Sequence[Line], zone: ZoneInfo, boilerplate: Boilerplate) -> bool:
    if not lines or 0 in find_known(lines, boilerplate):
        return False
    texts = [line.text for line in lines]
    head = list(takewhile(lambda text: not is_running_text(text), texts))
    # An author doesn't say again when the text is published, and has at most one label above it, beside its title.
    if any(map(has_date, head)) or sum(text != title and not _is_of_text(text) for text in head) > 1:
        return False
    if any(title in text for text in texts[1:]) or _has_stamp(page, texts, zone) or _has_teasers(texts):
        return False
    # A text may have a sub-headline that is an entry of menus, too, but not one below another.
    entries = (_is_entry(part.strip()) for text in texts for part in text.split("|"))
    return not (any(above and below for above, below in pairwise(entries)) or any(map(_is_of_site, texts)))


def read_manuscript(page: Page, lines: Sequence[Line], zone: ZoneInfo) -> Draft:
    """An author's text as a Draft: all its lines, but the title where it is the first of them, rules, and who signs."""
    draft = Draft()
    published, _ = read_dates(page.front, path=page.path, tz=zone)
    text: list[Line] = []
    for number, line in enumerate(lines):
        if number == 0 and line.text == page.front.title:
            draft.marks.append((line.offset, "headline"))
        elif any(map(str.isalnum, line.text)):
            text.append(line)
        else:
            draft.marks.append((line.offset, "end mark"))
    read_paragraphs(page, text, None if published is None else published.day, draft)
    return draft


def _has_stamp(page: Page, texts: Sequence[str], zone: ZoneInfo) -> bool:
    """Whether a line says nothing but the day on which the text was published."""
    published, _ = read_dates(page.front, path=page.path, tz=zone)
    stamps = (text for text in texts if is_stamp(text, zone))
    days = (match.stamp.day for text in stamps for match in find_dates(text, now=None, tz=zone))
    return published is not None and published.day in days


def _is_of_text(text: str) -> bool:
    """Whether a short line above the first paragraph is the text's: a sentence, who wrote it, a caption, a rule."""
    return (
        not any(map(str.isalnum, text))
        or is_sentence(text)
        or is_byline(text)
        or is_signature(text)
        or is_person(text)
        or is_caption(text)
    )


def _has_teasers(texts: Sequence[str]) -> bool:
    """Whether several headlines with a verb are below the last sentence: those of other articles."""
    below = list(takewhile(lambda text: not is_sentence(text), reversed(texts)))
    return sum(has_verb(WORD.findall(text)) for text in below) > 1


def _is_entry(text: str) -> bool:
    """Whether a line is an entry that menus have on any site."""
    return text.rstrip(":").casefold() in _ENTRIES


def _is_of_site(text: str) -> bool:
    """Whether a line is a path, a tool, a notice of cookies, leads on to another text, or is a label of sites alone."""
    if is_notice(text):
        return True
    if len(text) > MAX_LABEL:
        return False
    if is_path(text) or TOOL_LINE.fullmatch(text) is not None or _MORE.fullmatch(text) is not None:
        return True
    label = text.rstrip(" :")
    is_label = (begins_as_tail(label) and _CONTACT.match(label) is None) or _LABEL.match(label) is not None
    return is_label and not is_sentence(label)
