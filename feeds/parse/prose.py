"""What a line of a page is by its form: running text, a sentence, a notice, a label below a text, a tool."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.categories import is_path
from feeds.parse.words import BANNERS, GOES_ON, NOISE, TAILS, TOOLS, any_of

PROSE: Final = 80
"""Characters from which a line with a sentence in it is a paragraph."""
LEAST_CUT: Final = 40
"""Characters from which the last line may be the beginning of a paragraph."""
LONG: Final = 160
"""Characters from which a line without a sentence's end is one, too."""
SMALL_WORD_LENGTH: Final = 25
"""Characters of it to each word that begins with a small letter, at most."""
MAX_OFFER: Final = 180
"""Characters of an offer to the readers, at most."""
_SENTENCE_INSIDE = re.compile(r"(?<!\bMi)[a-zäöüß“”\"»)][.!?][“”\"«]?\s+[„“\"»A-ZÄÖÜ]")
_OPEN_END = re.compile(
    r"[a-zäöüß,]\s(?:der|die|das|den|dem|des|ein|einen?|einem|einer|und|oder|in|im|am|an|auf|mit|von|vom|zu[mr]?|für|bei|nach"
    r"|aus|dass|weil|sich|ist|sind|wird|werden|hat|haben|soll|sollen)$"
)
"""What no headline ends with."""
_SMALL_WORD = re.compile(r"\b[a-zäöüß]{2,}\b")
_SHORT_SENTENCE = re.compile(r"(?:\S+\s+){2,}\S+[.!?][“”\"«]?$")
_SHORT_ENDS: Final = tuple('.!?“”"«')
_NOTICE = re.compile(rf"\b(?:{any_of(BANNERS)})\b")
_TAIL = re.compile(any_of(TAILS))
TOOL_LINE = re.compile(TOOLS)
NOISE_LINE = re.compile(any_of(NOISE))
GOES_ON_LINE = re.compile(any_of(GOES_ON))
# "Folgen Sie uns, rief der Führer", "Wir benötigen Ihre Einwilligung, schrieb die Bank ihren Kunden."
_REPORTED = re.compile(
    r"[,“”] (?:so (?:d|[A-ZÄÖÜ])|wie (?:d|e|[A-ZÄÖÜ])|sag\w+|erklär\w+|mein\w+|beton\w+|kündig\w+|forder\w+"
    r"|kritisier\w+|warn\w+|heißt|hieß|steht|stand|rief|ruft|riet|rät|raten|schrieb\w*|schreibt|bat|baten|bittet|dankte\w*"
    r"|teil(?:t|te|ten)|urteil\w+|entschied\w*|klag\w+|versicher\w+|versprach|hatte|gab|berichtet\w*|fragt\w*|räumt\w*|beklag\w+)\b"
)
_PRODUCT = re.compile(
    r"[Nn]ewsletter|\bApp\b|WhatsApp|Google|\bPush-|Podcast|Facebook|Instagram|Telegram|Threads|Bluesky|\bX\b"
    r"|Twitter|YouTube|TikTok|\b[Kk]an[aä]le?\b|[Pp]robe-?[Aa]bo|E-Paper"
)
_OFFER_HINTS: Final = ("uns", "hier", "dir", "Push", "Hier", "Jetzt")
"""One of them is in each offer, and found at a fraction of the cost."""
# "+++ Folgen Sie uns auf WhatsApp +++", "Nichts mehr verpassen: Abonnieren Sie unseren Kanal."
_CALL = re.compile(
    r"(?:[+•·»›→►(-]{1,3}\s?)?(?:[^.!?:„“\"»]{3,60}[:!?]\s)?"
    r"(?:Folgen Sie|Folge|Folgt|Abonnieren Sie|Abonniere|Abonniert|Laden Sie|Lade|Hören Sie"
    r"|Melden Sie sich|Melde dich|Bestellen Sie|Holen Sie sich|Hol dir|Aktivieren Sie|Aktiviere?)\b"
)
_OURS = re.compile(r"\b(?:uns|unser(?:e[nmrs]?)?|hier|dir)\b|Push\b")
# "Jeden Morgen das Wichtigste: Hier unseren Newsletter abonnieren."
_CALL_BEHIND = re.compile(
    r"(?:[^.!?„“\"»]{3,90}[:!?.]\s)?"
    r"(?:Hier|Jetzt)\b.{0,50}\b(?:abonnieren|anmelden|herunterladen|bestellen|folgen)[.!]?"
)
# "TV Musterau - SV Beispiel 24:23 (11:12)": a report has a headline above it.
_RESULT_LINE = re.compile(r".{3,60}\s(?:[-–:]|gegen)\s.{3,60}\s\d{1,3}\s?:\s?\d{1,3}(?:\s?\([^()]{3,60}\))?")
# "1 / 13", "Bild 1 von 13": above the captions of several pictures.
COUNTER_LINE = re.compile(r"(?:(?:Bild|Foto) )?\d{1,3} ?(?:/|von) ?\d{1,3}")


def is_result(text: str) -> bool:
    """Whether a line is the result of a match."""
    return text[-1:] in "0123456789)" and _RESULT_LINE.fullmatch(text) is not None


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph of running text."""
    if len(text) < PROSE or is_path(text):
        return False
    is_cut = text.endswith("…")
    if (not is_cut and is_sentence(text)) or _SENTENCE_INSIDE.search(text) is not None:
        return True
    # A text that is cut off.
    return (is_cut or len(text) >= LONG) and _has_small_words(text)


def is_broken(text: str) -> bool:
    """Whether a line may be a paragraph that was cut off within a sentence."""
    return len(text) >= PROSE and not is_path(text) and text[-1].isalnum() and _has_small_words(text)


def is_cut_short(text: str) -> bool:
    """Whether a page's last line, too short for a paragraph, is the beginning of one that was cut off."""
    if len(text) < LEAST_CUT or is_sentence(text):
        return False
    return _SENTENCE_INSIDE.search(text) is not None or _OPEN_END.search(text) is not None


def _has_small_words(text: str) -> bool:
    """Whether a line has as many words in small letters as running text: menus, paths and names of icons have not."""
    return len(_SMALL_WORD.findall(text)) * SMALL_WORD_LENGTH > len(text)


def is_short_sentence(text: str) -> bool:
    """Whether a line is a sentence, however short."""
    return text.endswith(_SHORT_ENDS) and _SHORT_SENTENCE.fullmatch(text) is not None


def is_running_text(text: str) -> bool:
    """Whether a line is a paragraph or a sentence, however short."""
    return is_prose(text) or is_short_sentence(text)


def is_notice(text: str) -> bool:
    """Whether a line is a notice about the site: its cookies, its scripts."""
    return _NOTICE.search(text) is not None


def is_reported(text: str) -> bool:
    """Whether a line tells who says what it says, as articles do, and what a page says to its readers never does."""
    return _REPORTED.search(text) is not None


def is_offer(text: str) -> bool:
    """Whether a line offers the readers of a page what else its publisher has: a newsletter, an app, a subscription.

    It speaks to them of "us": what an article says of apps and newsletters is none.
    """
    if len(text) > MAX_OFFER or not any(hint in text for hint in _OFFER_HINTS) or _PRODUCT.search(text) is None:
        return False
    if is_reported(text):
        return False
    is_framed = text.startswith("+++") and text.endswith("+++")
    is_call = (is_framed or _CALL.match(text) is not None) and _OURS.search(text) is not None
    return is_call or _CALL_BEHIND.fullmatch(text) is not None


def is_captioned(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a picture's caption: by its label, or by the credit on a line of its own below it."""
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return is_caption(lines[number].text) or (is_caption(below) and not is_sentence(below))


def begins_as_tail(text: str) -> bool:
    """Whether a line begins as labels below a text do."""
    return _TAIL.match(text) is not None
