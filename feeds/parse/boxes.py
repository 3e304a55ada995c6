"""Boxes within a text, with other articles or an offer in them, that a label heads: none of it, and no end of it.

The same labels are below texts, too: what follows a box tells where it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.prose import NOISE_LINE, begins_as_tail, is_prose, is_short_sentence
from feeds.parse.words import SUBSCRIBERS

BOX_LINES: Final = 6
"""Lines of a box within the text, at most."""
TEASER_LINES: Final = 3
"""Lines below the paragraph of a teaser within which that of the next one is, at most."""
MAX_SHORT: Final = 200
"""Characters of a box that is one line, at most."""
SENTENCE_BLANKS: Final = 3
"""Blanks in a sentence of the text, at least."""

_SIGN = re.compile(r"[•·*▪‣+»›→►▶>–-]{1,3}\s+|\(")
_LABEL = (
    r"(?:Lesen Sie (?:auch|mehr|dazu)|Mehr (?:zum Thema|zu diesem Thema|dazu|lesen(?:$|:))|Auch interessant|Zum Thema"
    r"|Das könnte Sie|Newsletter|Passend (?:dazu|zum Thema)(?:$|:)|Empfehlung(?:en)? der Redaktion|Lesetipps?(?::|$)"
    r"|(?:Verwandte|Ähnliche) (?:Themen|Artikel|Beiträge)(?:$|:)"
    r"|Weitere (?:Artikel|Meldungen|Nachrichten|Storys|Themen(?:$|:| (?:aus|bei|im|in|von|zu[mr]?)\b))"
    rf"|Abonnieren Sie|Folgen Sie |{SUBSCRIBERS})"
)
_BOX = re.compile(_LABEL)
# "Lesen Sie auch: Neuer Steg am See", "Mehr zum Thema - Neuer Steg am See"
_WHOLE = re.compile(
    rf"{_LABEL}(?: (?:auch|dazu|hier|mehr|zum Thema|den \w+|unseren? \w+))*(?::| [–|-])\s\S+\s\S|{SUBSCRIBERS}"
)
# "Lesen Sie auch, wie der Rat entschied."
_CALL = re.compile(r"(?:Lesen|Abonnieren|Folgen) Sie ")
OFFER: Final = re.compile(r"\b(?:Newsletter|Push-Nachrichten|Browser-Push|WhatsApp-Kanal|Probe-?Abo)\b")
# What a page says of itself below a text: who may comment, whose opinion it is, what else it has.
_HOUSE = re.compile(
    r"\b(?:registriert|angemeldet|eingeloggt) sein\b|\bkommentieren\b.{0,40}\b(?:können|möchten)"
    r"|\b(?:Meinung|Sichtweise) der Redaktion\b|\bfür Sie zusammen\b"
    r"|\b[Uu]nsere[nrms]? (?:\w+ )?(?:Seite|Webs\w+|Angebot|Newsletter|Kanal|App)\b"
    r"|\bAlle Rechte vorbehalten\b|©|\bJetzt (?:\w+ )?(?:anmelden|abonnieren|testen)\b"
)
# "Zum Thema Radwege sagte er nichts."
_ABOUT = re.compile(r"(?:Zum|Weitere|Mehr) ")


def find_box(lines: Sequence[Line], number: int) -> range:
    """The numbers of the lines of a box that a label heads within the text; none where it may close the text.

    Behind it the text goes on, and no teaser's text is there. A line just above it that stands apart from the box is
    its headline. A label that holds all of its box ("Lesen Sie auch: ...") has no teaser below it.
    """
    nothing = range(number, number)
    label = without_sign(lines[number].text)
    if _BOX.match(label) is None or len(label) > MAX_SHORT:
        return nothing
    is_whole = _WHOLE.match(label) is not None
    is_said = not is_whole and is_sentence(label) and not label.endswith(":")
    if is_said and _CALL.match(label) is None:
        return nothing
    for at in range(number + 1, min(number + 1 + BOX_LINES, len(lines))):
        if _is_of_text(lines[at].text):
            if not (is_whole or is_said or _goes_on(lines, number, at)):
                break
            return range(number, at - _stands_apart(lines[number:at]))
        if is_said:
            break
    return nothing


def is_said_within(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that begins as a label is a sentence of the text, which goes on below with two paragraphs."""
    text = lines[number].text
    if not text.endswith(".") or text.count(" ") < SENTENCE_BLANKS or _ABOUT.match(text) is None:
        return False
    below = lines[number + 1 : number + 3]
    return len(below) > 1 and all(_is_of_text(line.text) for line in below)


def without_sign(text: str) -> str:
    """A line without the bullet, arrow or bracket with which it begins."""
    return text[sign.end() :] if (sign := _SIGN.match(text)) is not None else text


def _goes_on(lines: Sequence[Line], number: int, at: int) -> bool:
    """Whether the text goes on with the paragraph `at` behind a box that begins with the line `number`.

    It does if another sentence follows, or if the box holds several headlines, which have no texts. Below one the
    paragraph may be its teaser's text, where another teaser is below.
    """
    below = lines[at + 1 : at + 1 + BOX_LINES]
    following = next((line.text for line in below if not is_caption(line.text) and not _is_tool(line.text)), None)
    if following is not None and _continues(following):
        return True
    return at - number > 2 or not _is_above_teaser(lines, at)


def _is_tool(text: str) -> bool:
    return NOISE_LINE.fullmatch(text) is not None


def _is_above_teaser(lines: Sequence[Line], at: int) -> bool:
    """Whether the paragraph of another teaser is below the paragraph `at`."""
    below = lines[at + 1 : at + 1 + TEASER_LINES]
    return any(_is_of_text(line.text) for line in below)


def _continues(text: str) -> bool:
    """Whether a line below a paragraph is a further one, or a sentence."""
    if _is_of_text(text):
        return True
    is_other = begins_as_tail(text) or is_caption(text)
    return not is_other and text.count(" ") >= SENTENCE_BLANKS and is_short_sentence(text)


def _stands_apart(box: Sequence[Line]) -> bool:
    """Whether the last line of a box is below an empty one, and no other is."""
    gaps = [below.offset - above.offset > 1 for above, below in pairwise(box)]
    return len(gaps) > 1 and gaps[-1] and not any(gaps[:-1])


def _is_of_text(text: str) -> bool:
    """Whether a line is a paragraph, and says nothing of the page."""
    return is_prose(text) and _HOUSE.search(text) is None
