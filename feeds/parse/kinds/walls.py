"""Pages that are shown instead of an article, or beside one: walls, notices that there is nothing, obituary notices.

Told by the words on their buttons and labels, and by that they have no other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import is_sentence
from feeds.parse.prose import is_prose
from feeds.parse.words import BANNERS, VOTES, any_of

LEAST_TEXT: Final = 30
"""Characters of a sentence that is a text beside a form, at least."""

_CONSENT = re.compile(
    r"(?:Alle[ns]?|Cookies?|Werbung)?\s?(?:akzeptieren|zustimmen|ablehnen|annehmen)(?: und (?:weiter|schließen)\w*)?"
    r"|(?:Einwilligen|Einverstanden)(?: und (?:weiter|schließen)\w*)?"
    r"|(?:Weiter m|M)it (?:Werbung|Tracking)(?: weiterlesen| nutzen| fortfahren| durch Dritte)?"
    r"|(?:Cookie-|Datenschutz-?)?Einstellungen (?:verwalten|anpassen)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"(?:Ihr |Dein )?(?:Passwort|Kennwort)(?: \*|:)?|(?:Passwort|Kennwort) vergessen\??")
_VOTE = re.compile(any_of(VOTES))
_SIGN_UP = re.compile(r"(?:Jetzt|Newsletter|Kostenlos) (?:abonnieren|bestellen|anmelden)")
# What the sentences of a wall are about: consent, an account, an offer.
_ABOUT_SITE = re.compile(
    rf"\b(?:{any_of(BANNERS)})\b|Einwilligung|\b(?:[Zz]ustimm|[Aa]kzeptier)|werbefrei|Werbung|Cookies|Tracking"
    r"|externe[nr]? Inhalte"
    r"|\bIhre?[mnrs]? (?:Gerät|Daten|Auswahl|Wahl|Entscheidung)\b|\bwir Daten\b|jederzeit (?:änder|widerruf)"
    r"|\b[Uu]nsere?[nrm]? (?:Inhalte|Webs|Seite|Dienste|Angebot)"
    r"|Passwort|Kennwort|[Aa]nmeld|[Ee]inlogg|\b(?:[Mm]eld|[Ll]ogg)\w* (?:Sie sich|[Dd]ich)\b"
    r"|[Rr]egistrier|Zugangsdaten|Konto\b|Benutzer|E-Mail|Abo\b|[Aa]bonn"
    r"|Postfach|Newsletter|[Kk]ostenlos|[Kk]ündbar|Datenschutz|\b(?:Wochen?|Monate?|Tage?) (?:für|gratis|ab)\b"
    r"|\bAngebot (?:gültig|gilt|endet)|[Pp]robe(?:abo|monat|woche|zugang)"
)
_CLOSED = re.compile(
    r"(?:Zugriff|Zugang) (?:verweigert|gesperrt)|Access [Dd]enied|(?:(?:Error )?403:? ?)?Forbidden"
    r"|Fehler (?:403|410|500|503)|Internal Server Error|Service (?:Temporarily )?Unavailable"
    r"|Wartungsarbeiten|Wir sind (?:gleich|bald) (?:wieder )?(?:zurück|da)[.!]?"
    r"|(?:Sind|Bist) (?:Sie|du) ein (?:Mensch|Roboter)\?|(?:404 )?Not Found"
    r"|The requested URL .{0,200}was not found on this server\.?"
    # What asks for a proof that a reader is none of a machine.
    r"|.{0,80}muss die Sicherheit Ihrer Verbindung überprüfen\b.{0,60}|Ray[- ]ID: \w+"
    r"|Checking (?:your browser|if the site connection is secure)\b.{0,60}"
    r"|Verify(?:ing)? (?:that )?you are (?:a )?human\b.{0,60}|Enable JavaScript and cookies to continue"
    r"|(?:Der|Dieser|Die|Diese) (?:Artikel|Beitrag|Seite|Meldung) ist (?:leider )?nicht (?:mehr )?verfügbar[.!]?"
)
_DAY = r"[\d.]{3,10}(?:\s[^\W\d_]{3,9}\s\d{4})?"
_LIFE = re.compile(
    rf"(?:\*|geb\.|geboren am)\s?{_DAY}\s{{1,4}}(?:–\s|in\s.{{2,30}}\s)?(?:†|✝|\+|gest\.|gestorben am)\s?{_DAY}"
)
_MOURNING = re.compile(r"Traueranzeige|Todesanzeige|[Ii]n (?:stiller|tiefer) Trauer|nehmen Abschied|Kerze|Kondol")


def find_wall(texts: Sequence[str]) -> str | None:
    """What a page without a text asks its readers for, as consent, an address or a vote; None where it has a text.

    The questions of what asks for a vote are no text.
    """
    for button, what in (
        (_PASSWORD, "it asks for a password, and has no text"),
        (_CONSENT, "it asks for consent, and has no text"),
        (_SIGN_UP, "it offers a newsletter, and has no text"),
        (_VOTE, "it asks for a vote, and has no text"),
    ):
        if any(button.fullmatch(text) for text in texts):
            asks = button is _VOTE
            others = (text for text in texts if not (is_about_site(text) or (asks and text.endswith("?"))))
            has_text = any((len(text) >= LEAST_TEXT and is_sentence(text)) or is_prose(text) for text in others)
            return None if has_text else what
    return None


def is_about_site(text: str) -> bool:
    """Whether a line is about the site: its cookies, an account, an offer."""
    return _ABOUT_SITE.search(text) is not None


def is_closed(texts: Sequence[str]) -> bool:
    """Whether one of the lines says that a page is not there, not for everyone, or not now."""
    return any(_CLOSED.fullmatch(text) for text in texts)


def is_obituary(texts: Sequence[str]) -> bool:
    """Whether a page has a line with the days of a birth and a death, and one that says that it is a notice of that.

    As in "* 12.04.1938  † 03.02.2023".
    """
    lives = any(_LIFE.fullmatch(text) for text in texts if text[0] in "*g")
    return lives and any(_MOURNING.search(text) for text in texts)
