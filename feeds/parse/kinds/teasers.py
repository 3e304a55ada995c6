"""Pages that list articles, recognised by the form of their teasers alone, without a stamp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import BULLETS, Line, is_sentence
from feeds.parse.kinds.walls import LEAST_TEXT
from feeds.parse.prose import PROSE
from feeds.parse.words import MORE

LEAST_TEASERS: Final = 3
"""Teasers of one form, from which a page is a list of them."""
CUT_LENGTH: Final = 6
"""Characters of the end of one, at most."""
CAPTION_LINES: Final = 5
"""Lines from a teaser's caption to its text, at most."""
TEASER_LINES: Final = 3
"""Lines from a teaser's bullet to its paragraph, at most."""

# "Der Pegel ist gesunken. Mehr ...": how a teaser leads to its article.
_MORE = re.compile(rf'(?:.{{20,}}[.!?…“"]\s)?{MORE}')
_MORE_ENDS: Final = ("ehr", "esen", "ahren", "azu", "eiter", "..", "…", "»", "›", "→", ">", "]", ")")
_SENDER = re.compile(r"\([A-Za-zÄÖÜäöü/]{2,10}\)\.?\s|[A-ZÄÖÜ]{2,6}\s[-–—]\s")
_CUT_ENDS: Final = ("…", ".", "]", "“", "”", '"', "»")
_CUT = re.compile(r"(?:…|\.\.\.)[“”\"»]?$|\[(?:…|\.{3})\]$")

# "Der Rat hat beschlossen, den ... - mehr", several of which share a line.
_INNER_MORE = re.compile(r"(?:\.{3}|…)\s?[-–»]?\s?[Mm]ehr|\[mehr\]")
_SIGNS: Final = frozenset("-•·*")
# "Seite 42 von 97": no article has as many pages.
_PAGE = re.compile(r"Seite \d{1,4} von \d{2,4}")


def are_cut(texts: Sequence[str]) -> bool:
    """Whether the paragraphs of a page break off, as teasers do: an article does so once."""
    cut = [text.endswith(_CUT_ENDS) and _CUT.search(text[-CUT_LENGTH:]) is not None for text in texts]
    return len(cut) > 1 and all(cut)


def have_one_sender(texts: Sequence[str]) -> bool:
    """Whether most paragraphs, and several, begin with the same sender: "(EM). Am Abend ...", "LPA - Der Rat ..."."""
    senders = [match[0] for text in texts if (match := _SENDER.match(text)) is not None]
    return LEAST_TEASERS <= len(senders) > len(texts) / 2 and len(set(senders)) == 1


def are_marked_alone(lines: Sequence[Line], prose: Sequence[int]) -> bool:
    """Whether several signs of an item are on lines of their own, with a paragraph at most above (`prose`)."""
    marks = [number for number, line in enumerate(lines) if line.text in _SIGNS]
    return len(marks) >= LEAST_TEASERS and bool(prose) and marks[0] <= prose[0] + 1


def leads_to_more(texts: Sequence[str]) -> bool:
    """Whether several lines lead on to what they are teasers of, and no other paragraph is a text of the page's own."""
    more = {number for number, text in enumerate(texts) if text.endswith(_MORE_ENDS) and _MORE.fullmatch(text)}
    if len(more) < LEAST_TEASERS:
        return any("ehr" in text and len(_INNER_MORE.findall(text)) > 1 for text in texts)
    if any(_PAGE.fullmatch(text) for text in texts):
        return True
    own = {number for number, text in enumerate(texts) if is_sentence(text) and text[0] not in BULLETS}
    own -= more | {number - 1 for number in more}
    for lines in range(2, CAPTION_LINES + 1):
        captions = {number - lines for number in more if number >= lines}
        if sum(1 for number in captions if number in own or len(texts[number]) >= PROSE) * 2 > len(more):
            own -= captions
    return not any(len(texts[at]) >= (LEAST_TEXT if at < min(more) else PROSE) for at in own)
