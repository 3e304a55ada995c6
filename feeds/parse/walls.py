"""Pages that are shown instead of an article, or beside one: walls, notices that there is nothing, obituary notices.

Told by the words on their buttons and labels, and by that they have no other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import is_sentence
from feeds.parse.words import BANNERS, any_of

LEAST_TEXT: Final = 30
"""Characters of a sentence that is a text beside a form, at least."""

_CONSENT = re.compile(
    r"(?:Alle[ns]?|Cookies?|Werbung)?\s?(?:akzeptieren|zustimmen|ablehnen|annehmen)(?: und (?:weiter|schließen)\w*)?"
    r"|(?:Einwilligen|Einverstanden)(?: und (?:weiter|schließen)\w*)?"
    r"|(?:Weiter m|M)it Werbung(?: weiterlesen| nutzen| fortfahren)?"
    r"|(?:Cookie-|Datenschutz-?)?Einstellungen (?:verwalten|anpassen)",
    re.IGNORECASE,
)
_ABOUT_CONSENT = re.compile(rf"\b(?:{any_of(BANNERS)})\b|Einwilligung|\b(?:zustimm|akzeptier)|Abo\b|werbefrei|Werbung")
_PASSWORD = re.compile(r"(?:Ihr |Dein )?(?:Passwort|Kennwort)(?: \*|:)?|(?:Passwort|Kennwort) vergessen\??")
_ABOUT_PASSWORDS = re.compile(
    r"Passwort|Kennwort|anmeld|einlogg|registrier|Zugangsdaten|Konto\b|Benutzer|E-Mail|Abo\b|Cookies", re.IGNORECASE
)
_SIGN_UP = re.compile(r"(?:Jetzt|Newsletter|Kostenlos) (?:abonnieren|bestellen|anmelden)")
_ABOUT_OFFERS = re.compile(r"Postfach|Newsletter|kostenlos|kündbar|abonn|Datenschutz|E-Mail|anmeld", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:Zugriff|Zugang) (?:verweigert|gesperrt)|Access [Dd]enied|(?:(?:Error )?403:? ?)?Forbidden"
    r"|Fehler (?:403|410|500|503)|Internal Server Error|Service (?:Temporarily )?Unavailable"
    r"|Wartungsarbeiten|Wir sind (?:gleich|bald) (?:wieder )?(?:zurück|da)[.!]?"
    r"|(?:Sind|Bist) (?:Sie|du) ein (?:Mensch|Roboter)\?"
    r"|(?:Der|Dieser|Die|Diese) (?:Artikel|Beitrag|Seite|Meldung) ist (?:leider )?nicht (?:mehr )?verfügbar[.!]?"
)
_DAY = r"[\d.]{3,10}(?:\s[^\W\d_]{3,9}\s\d{4})?"
_LIFE = re.compile(
    rf"(?:\*|geb\.|geboren am)\s?{_DAY}\s{{1,4}}(?:–\s|in\s.{{2,30}}\s)?(?:†|✝|\+|gest\.|gestorben am)\s?{_DAY}"
)
_MOURNING = re.compile(r"Traueranzeige|Todesanzeige|[Ii]n (?:stiller|tiefer) Trauer|nehmen Abschied|Kerze|Kondol")


def find_wall(texts: Sequence[str]) -> str | None:
    """What a page without a text asks its readers for: consent, a password, an address; None where it has a text."""
    for button, about, what in (
        (_PASSWORD, _ABOUT_PASSWORDS, "it asks for a password, and has no text"),
        (_CONSENT, _ABOUT_CONSENT, "it asks for consent, and has no text"),
        (_SIGN_UP, _ABOUT_OFFERS, "it offers a newsletter, and has no text"),
    ):
        if any(button.fullmatch(text) for text in texts):
            others = (text for text in texts if about.search(text) is None)
            return None if any(len(text) >= LEAST_TEXT and is_sentence(text) for text in others) else what
    return None


def is_closed(texts: Sequence[str]) -> bool:
    """Whether one of the lines says that a page is not there, not for everyone, or not now."""
    return any(_CLOSED.fullmatch(text) for text in texts)


def is_obituary(texts: Sequence[str]) -> bool:
    """Whether a page has a line with the days of a birth and a death, and one that says that it is a notice of that.

    As in "* 12.04.1938  † 03.02.2023".
    """
    lives = any(_LIFE.fullmatch(text) for text in texts if text[0] in "*g")
    return lives and any(_MOURNING.search(text) for text in texts)
