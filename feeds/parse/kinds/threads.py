"""Threads of a forum, whose texts have a writer and a time each, and guest books."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.addresses import last_of_address
from feeds.parse.body import Line, is_sentence
from feeds.parse.kinds.lists import form_of
from feeds.parse.prose import is_running_text
from feeds.parse.stamps.forms import has_date

LEAST_POSTS: Final = 3
"""Texts of a thread that have their writers below their times, at least."""
MAX_NAME: Final = 30
"""Characters of a writer's name, at most."""

# "Re: Akku hält kaum einen Tag"
_ANSWER = re.compile(r"(?:R[Ee]|A[Ww]|Antw): (?P<headline>\S.*)")
# "Von Max Muster, 20. Januar 2024", and no "von Grobi » 14.08.2006"
_BYLINE = re.compile(r"(?:Von|VON) [A-ZÄÖÜ]")
# "Kommentare (2)", "2 Leserkommentare"
_COMMENTS = re.compile(r"(?:\d{1,5} )?(?:Leser)?[Kk]ommentare?(?: \(?\d{1,5}\)?)?:?")
# "Verfasst am: Sa 14 Feb 2004, 18:22"
_POSTED = re.compile(r"(?:Verfasst|Geschrieben|Gepostet|Posted)\b.{0,20}\d.{0,30}\d{1,2}:\d\d\b.{0,10}")
# "24.10.2010, 18:22  #1", the first line of a text in vBulletin.
_NUMBERED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}, \d{1,2}:\d\d(?: Uhr)?\s{1,3}#\d{1,6}")
_ENTRY = re.compile(r".{0,70}\d.{0,30}\b\d{1,2}[:.]\d\d(?: Uhr)?")
_GUESTBOOK = re.compile(r"(?:Unser |Das |Online-)?Gästebuch(?:einträge)?(?: (?:de[rs]|von) .{2,40})?")
_GUESTBOOK_ADDRESSES: Final = ("gaestebuch", "gästebuch", "guestbook")


def have_writers(lines: Sequence[Line]) -> bool:
    """Whether several texts have the time of their writing above them, in one form, and a number or a name beside it.

    No text is above the first of them, as that of an article is above its comments.
    """
    if sum(1 for line in lines if _NUMBERED.fullmatch(line.text) is not None) >= LEAST_POSTS:
        return True
    posts = [number for number, line in enumerate(lines[:-2]) if _POSTED.fullmatch(line.text) is not None]
    if len(posts) < LEAST_POSTS or any(is_running_text(line.text) for line in lines[: posts[0]]):
        return False
    forms = {form_of(lines[number].text) for number in posts}
    names = [lines[number + 1].text for number in posts]
    return len(forms) == 1 and all(
        len(name) <= MAX_NAME and not is_sentence(name) and is_sentence(lines[number + 2].text)
        for number, name in zip(posts, names, strict=True)
    )


def is_guestbook(lines: Sequence[Line], url: str | None) -> bool:
    """Whether a page is called a guest book, in its head or its address, and its texts have a day and a clock each."""
    is_called = url is not None and last_of_address(url).casefold().startswith(_GUESTBOOK_ADDRESSES)
    if not (is_called or any(_GUESTBOOK.fullmatch(line.text) for line in lines)):
        return False
    entries = [
        number
        for number, line in enumerate(lines[:-1])
        if _ENTRY.fullmatch(line.text) is not None and has_date(line.text) and is_sentence(lines[number + 1].text)
    ]
    return len(entries) > 1 and not any(is_running_text(line.text) for line in lines[: entries[0]])


def is_thread(lines: Sequence[Line]) -> bool:
    """Whether answers repeat the headline of a page, and have the same line with a date below as it has.

    Comments on an article may repeat its headline, too: but it isn't signed as they are, or its byline is above several
    paragraphs, or they are below a label.
    """
    answers = [
        (number, match["headline"])
        for number, line in enumerate(lines[:-1])
        if line.text[0] in "RA" and (match := _ANSWER.fullmatch(line.text)) is not None
    ]
    if len(answers) < 2:
        return False
    first, headline = answers[0]
    asked = [number for number in range(first - 1) if lines[number].text == headline]
    if not asked or not has_date(signed := lines[asked[-1] + 1].text):
        return False
    form = form_of(signed)
    asked_lines = [line.text for line in lines[asked[-1] + 2 : first]]
    paragraphs = sum(map(is_running_text, asked_lines))
    is_article = _BYLINE.match(signed) is not None and paragraphs > 1
    if is_article or any(map(_COMMENTS.fullmatch, asked_lines)):
        return False
    alike = sum(1 for number, other in answers if other == headline and form_of(lines[number + 1].text) == form)
    return alike > 1
