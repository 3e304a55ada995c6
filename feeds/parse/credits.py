"""Who reported a text, and from where: the dateline in front of its blocks, the agency that signs below them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from feeds.article import Dateline, Image, Paragraph
from feeds.parse.body import cut_front
from feeds.parse.dateline import LEAD_LINES, match_opening
from feeds.parse.draft import Draft
from feeds.parse.words import AGENCIES, any_of

MAX_SIGNATURE: Final = 120
"""Characters of a line that is an agency's signature, at most."""
_SIGNATURE = re.compile(
    rf"[(\[]?(?P<agency>(?:{any_of(AGENCIES)})(?:[-/, ]{{1,2}}[A-Za-zÄÖÜäöü]{{2,12}}){{0,4}})[)\]]?"
)


def match_signature(text: str) -> str | None:
    """The agency that a whole line names, as printed: "dpa", "(AFP/dpa)"; None where it is another line."""
    match = _SIGNATURE.fullmatch(text) if len(text) < MAX_SIGNATURE else None
    return None if match is None else match["agency"]


def add_agency(draft: Draft, agency: str) -> None:
    """Write the agency that signed a text into the draft, where no dateline names one."""
    dateline = draft.dateline or Dateline(None, None, None)
    if dateline.agency is None:
        draft.dateline = replace(dateline, agency=agency)


def read_dateline(draft: Draft, *, published: date | None) -> date | None:
    """Take the dateline off the blocks' first paragraphs into the draft; gives the day that it names, if it does."""
    paragraphs = [(number, block) for number, block in enumerate(draft.blocks) if isinstance(block, Paragraph)]
    for number, block in paragraphs[:LEAD_LINES]:
        match = match_opening(block.text, first=number == paragraphs[0][0], published=published)
        if match is not None:
            draft.dateline = match.dateline
            draft.blocks[number : number + 1] = cut_front(block, match.end)
            draft.found.append(("dateline", None, "place and agency in front of the text"))
            return match.date
    return None


def read_signature(draft: Draft) -> bool:
    """Take the agency that signs below the text off the blocks into the draft; whether there was one."""
    last = next((at for at in reversed(range(len(draft.blocks))) if not isinstance(draft.blocks[at], Image)), None)
    block = None if last is None else draft.blocks[last]
    agency = match_signature(block.text) if isinstance(block, Paragraph) else None
    if last is None or agency is None:
        return False
    add_agency(draft, agency)
    del draft.blocks[last]
    return True
