"""Offers of a publisher to the readers of a page, within a text: newsletters, apps, subscriptions, a wish for money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.prose import MAX_OFFER, is_offer, is_prose, is_reported

BUTTON_LINES: Final = 3
"""Lines below an offer that are its buttons, at most."""
MAX_BUTTON: Final = 40
"""Characters of one, at most."""
OFFER_LINES: Final = 3
"""Lines above a button that make its offer, at most."""

_VERBS: Final = (
    r"[Aa]nmelden|[Aa]bonnieren|[Hh]erunterladen|[Bb]estellen|[Tt]esten|[Ff]olgen|[Aa]nhören|[Rr]egistrieren|[Ll]aden"
    r"|[Ss]penden|[Uu]nterstützen|[Ss]ichern|[Ff]reischalten|[Ww]eiterlesen|[Ii]nformieren"
)
_BUTTON = re.compile(
    rf"(?:(?:Jetzt|Hier|Kostenlos|Gratis)(?: \w+)? )?(?:{_VERBS})[.!]?|E-Mail(?:-Adresse)?|Mehr erfahren|Absenden"
    r"|Z(?:ur App|um (?:Newsletter|Podcast|Kanal|Abo|Angebot)|u den (?:Angeboten|Abos))"
)
# The same where nothing else says that it is one: "Testen" and "Spenden" may be sub-headlines.
_PLAIN_BUTTON = re.compile(
    r"(?:Jetzt|Hier|Kostenlos|Gratis|Zu[mr]?)\b.+|Anmelden|Abonnieren|Registrieren|E-Mail.*|Absenden|Mehr .+"
)
_PRODUCT = re.compile(
    r"[Nn]ewsletter|\bApp\b|WhatsApp|Podcast|[Kk]an[aä]le?\b|\b(?:[\w-]+-)?[Aa]bo(?:s|nnements?|nnent\w*)?\b|E-Paper"
    r"|\bPlus\b|\w\+|\bSpenden?\b|[Uu]nterstütz|\bJournalismus\b|\bPush-"
)
# "Die wichtigsten Nachrichten des Tages, jeden Morgen in Ihrem Postfach."
_PRAISE = re.compile(
    r"\b(?:Ihre?[nmrs]?|Sie|[Dd]eine?[nmrs]?|[Uu]nsere?[nmrs]?|[Ww]ir|[Uu]ns|[Kk]ostenlos|[Gg]ratis|[Ee]xklusiv"
    r"|Ich (?:möchte|stimme|willige)|[Jj]ed(?:en|er|e) (?:Morgen|Abend|Tag|Woche)|[Tt]äglich|[Ww]öchentlich"
    r"|des Tages|der Woche|kompakt)\b"
)
# What is told of a product, or by whom it was tried, is an article's.
_TELLS = re.compile(r"\b(?:hat|hatten?|wurden?|war(?:en)?|[Ww]ir (?:haben|hatten)|haben wir|sag\w+|seit)\b")
_ADDRESS = re.compile(r"\b(?:Ihre?[nmrs]?|Sie|[Dd]eine?[nmrs]?|[Uu]nsere?[nmrs]?|[Ww]ir|[Uu]ns)\b")


def find_offer(lines: Sequence[Line], number: int) -> range:
    """The numbers of the lines of an offer that a line is, or is the button of; none where it is neither."""
    text = lines[number].text
    if is_offer(text):
        return range(number, _find_buttons_end(lines, number + 1))
    if len(text) > MAX_BUTTON or _BUTTON.fullmatch(text) is None or _PLAIN_BUTTON.fullmatch(text) is None:
        return range(0)
    start, has_product = number, False
    while start > max(0, number - OFFER_LINES) and _is_praise(lines[start - 1].text):
        start -= 1
        has_product = has_product or _PRODUCT.search(lines[start].text) is not None
    return range(start, _find_buttons_end(lines, number)) if has_product else range(0)


def _find_buttons_end(lines: Sequence[Line], number: int) -> int:
    """The number of the first line from this one on that is no button of an offer."""
    end = number
    while end < min(len(lines), number + BUTTON_LINES) and _BUTTON.fullmatch(lines[end].text) is not None:
        end += 1
    return end


def _is_praise(text: str) -> bool:
    """Whether a line above a button may be of an offer: its label, or what it says of it to the readers."""
    if len(text) > MAX_OFFER or any(sign in text for sign in "„“”«»") or is_caption(text):
        return False
    if is_sentence(text) and (is_reported(text) or _TELLS.search(text) is not None):
        return False
    if is_prose(text) and _ADDRESS.search(text) is None:
        return False
    return (_PRAISE if is_sentence(text) else _PRODUCT).search(text) is not None
