"""The lines of a text -> its blocks, the dateline and the byline in front of them, the agency that closes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from feeds.parse.body import Line, add_blocks
from feeds.parse.bylines import MAX_BYLINE, is_role, is_signature, parse_byline
from feeds.parse.credits import add_agency, match_signature
from feeds.parse.datelines.dateline import DatelineMatch
from feeds.parse.datelines.opening import LEAD_LINES, match_opening
from feeds.parse.draft import Draft
from feeds.parse.page import Page


def read_paragraphs(page: Page, lines: Sequence[Line], day: date | None, draft: Draft) -> DatelineMatch | None:
    """Read the lines of a text into the draft: its dateline and byline, the agency that closes it, its blocks.

    `day` is that of the `page`. Gives the dateline as it was found.
    """
    kept: list[Line] = []
    match: DatelineMatch | None = None
    signed = -1
    for number, line in enumerate(lines):
        text = line.text
        if len(text) < MAX_BYLINE:
            if authors := parse_byline(text):
                draft.authors = draft.authors or authors
                draft.found.append(("authors", line.offset, "byline"))
                # "Das Gespräch führte Erika Muster." is a sentence of the text, too.
                if " führte" not in text:
                    draft.marks.append((line.offset, "byline"))
                    signed = number
                    continue
            elif is_signature(text) or (signed == number - 1 >= 0 and is_role(text)):
                # An agency, or the newsroom: nobody in person. Or what the person does who is above.
                draft.marks.append((line.offset, "byline"))
                continue
            if (agency := match_signature(text)) is not None:
                add_agency(draft, agency)
                draft.marks.append((line.offset, "agency"))
                continue
        if (
            match is None
            and len(kept) < LEAD_LINES
            and (match := match_opening(text, first=not kept, labels=page.lines, published=day)) is not None
        ):
            draft.dateline = match.dateline
            draft.found.append(("dateline", line.offset, "place and agency in front of the text"))
            if not (rest := text[match.end :]):
                draft.marks.append((line.offset, "dateline"))
                continue
            kept.append(Line(line.offset, rest))
            continue
        kept.append(line)
    add_blocks(draft, kept, first_line=page.first_line)
    return match
