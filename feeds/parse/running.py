"""The lines of a page that are its text: from its beginning to its end, without boxes, tools, stamps and copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from feeds.parse.body import Line, is_sentence
from feeds.parse.boxes import find_box
from feeds.parse.bylines import is_byline, is_person, without_place
from feeds.parse.credits import match_signature
from feeds.parse.datelines.opening import LEAD_LINES
from feeds.parse.draft import Draft, Role
from feeds.parse.ending import End, find_end, is_tool
from feeds.parse.outline import Outline
from feeds.parse.paywalls import find_paywall
from feeds.parse.prose import is_running_text
from feeds.parse.stamps.candidate import Candidate
from feeds.parse.stamps.choice import Chosen
from feeds.parse.stamps.openings import find_text_behind
from feeds.parse.words import LETTER, LETTERS, MENU_ENTRIES, SECTIONS, any_of

_LETTER = re.compile(rf"(?:{any_of((*LETTERS, *LETTER))})\b", re.IGNORECASE)


def list_text(page: Outline, start: int, candidates: Sequence[Candidate], chosen: Chosen, draft: Draft) -> list[Line]:
    """The lines of the text, which begins with number `start`, and has its headline in the draft.

    What else is there the draft then knows: the writer of a letter, what the page says to those who don't pay.
    """
    lines, below = page.lines, page.first_prose
    end = _read_end(lines, start, _find_end(lines, max(start, below), candidates, chosen), draft)
    if (paywall := find_paywall(lines, start, end)) is not None:
        draft.access = "paid"
        draft.found.append(("access", lines[paywall].offset, "what the page says to those who don't pay"))
    numbers = [*range(start, min(page.lead + 1, below)), *range(max(start, below), end)]
    first_line = lines[0].text if 0 not in numbers else ""

    def leave_out(left: Collection[int], role: Role) -> None:
        draft.mark((lines[number].offset for number in numbers if number in left), role)
        numbers[:] = [number for number in numbers if number not in left]

    leave_out({at for number in numbers for at in find_box(lines, number)}, "navigation")
    leave_out({number for number in numbers if is_tool(lines, number)}, "navigation")
    leave_out(_find_stamps(page, candidates, chosen), "stamp")
    signed = {offset for offset, role in draft.marks if role == "byline"}
    leave_out({number for number in numbers if _is_shown(lines[number].text, first_line, draft)}, "repeated")
    opened = chosen.published if chosen.published is not None and chosen.published.kind == "opening" else None
    return [
        _without_day(lines[number], opened) if opened is not None and number == opened.number else lines[number]
        for number in numbers
        if lines[number].offset not in signed
    ]


def _find_end(lines: Sequence[Line], start: int, candidates: Sequence[Candidate], chosen: Chosen) -> End:
    """The End of the text, which begins with number `start`: the stamps of others end it."""
    published, updated = chosen
    whole = [one for one in candidates if one.whole]
    if published is None:
        # Days alone may be those of a chronicle.
        whole = [one for one in whole if one.has_clock]
    # The stamp of an addition to the text ends nothing.
    others = [one for one in whole if updated is None or one.number != updated.number]
    days = {one.number: one.day for one in others}
    end, loose = find_end(lines, start, days, None if published is None else published.day)
    # Who wrote a text signs below it, too.
    is_signed = end < len(lines) and (match_signature(text := lines[end].text) is not None or is_byline(text))
    return End(end + is_signed, loose)


def _read_end(lines: Sequence[Line], start: int, end: End, draft: Draft) -> int:
    """Read what is below the text into the draft; the number of the line after the text and the writer of a letter."""
    after, loose = end
    if after < len(lines) and (author := _find_writer(lines[:start], lines[after].text)) is not None:
        draft.authors = draft.authors or (author,)
        draft.mark([lines[after].offset], "byline")
        draft.found.append(("authors", lines[after].offset, "the writer of a letter"))
        after += 1
    for number in range(after, len(lines)):
        draft.mark([lines[number].offset], "no sentence" if number in loose else "footer")
    return after


def _find_writer(head: Sequence[Line], text: str) -> str | None:
    """Who wrote a letter, by the line below it: "Erika Muster, Musterstadt"; None where the head names no letter."""
    name = without_place(text)
    return name if is_person(name) and any(_LETTER.match(line.text) for line in head) else None


def _find_stamps(page: Outline, candidates: Sequence[Candidate], chosen: Chosen) -> set[int]:
    """The numbers of the lines that hold nothing but a stamp, or that of the page beside the lead, and other fields.

    As "12. März 2021, 14:05 Uhr Quelle: Musterblatt 17 Kommentare".
    """
    stamps = {one.number for one in candidates if one.whole}
    published = chosen.published
    if published is not None and published.kind != "opening" and published.number <= page.lead + LEAD_LINES:
        text = page.lines[published.number].text
        if not (is_byline(text) or is_sentence(text) or is_running_text(text)):
            stamps.add(published.number)
    return stamps


def _is_shown(text: str, first_line: str, draft: Draft) -> bool:
    """Whether a line is the headline once more, or the page's first line, which is the site's name.

    A name of several words, or of a section, may be a sub-headline.
    """
    if text == draft.headline:
        return True
    return text == first_line and text.isalnum() and text.casefold() not in SECTIONS | MENU_ENTRIES


def _without_day(line: Line, opening: Candidate) -> Line:
    """A paragraph without the day in front of it."""
    return Line(line.offset, line.text[find_text_behind(line.text, opening) :])
