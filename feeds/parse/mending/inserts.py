"""What a page puts within a text, taken off its lines: consent to what is embedded, votes, offers to its readers.

Each is known by its own words, whatever is around it; boxes with other articles are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line, is_sentence
from feeds.parse.draft import Draft
from feeds.parse.mending.media import find_media
from feeds.parse.mending.offers import find_offer
from feeds.parse.prose import begins_as_tail, is_prose, is_reported
from feeds.parse.words import VOTES, any_of

MAX_CONSENT: Final = 500
"""Characters of a line about what is embedded, at most."""
MAX_CHOICE: Final = 80
"""Characters of an answer that can be voted for, at most."""
MAX_CHOICES: Final = 8
"""Answers, at most."""

_INSERTED = r"\b(?:Inhalte?|Videos?|Beitr(?:ag|ags|äge)|Posts?|Tweets?|Karten?|Podcasts?|Grafik(?:en)?|Umfrage)\b"
_HOSTS: Final = (
    r"X|Twitter|Facebook|Instagram|You[Tt]ube|Tik[Tt]ok|Threads|Bluesky|Mastodon|Telegram|Spotify|SoundCloud|Vimeo"
    r"|Datawrapper|Flourish|Infogram|Google(?: Maps)?|Opinary|Podigee|Podcaster|Apester|Civey|JW Player|Glomex|Reddit"
    r"|LinkedIn|Pinterest|Giphy|OpenStreetMap|23°|Canva|Dritt\w*"
)
"""Whose contents pages embed."""
_HOST = re.compile(rf"(?:{_HOSTS})(?:-(?:Beitrag|Post|Tweet|Video|Inhalt))?")
# How a page asks before it shows what another site has.
_EMBED = re.compile(
    r"Empfohlener (?:redaktioneller|externer) Inhalt"
    r"|(?:An dieser Stelle|Hier) (?:finden|sehen|befinde[nt]|steht|ist|wäre|kommt)\b.{0,60}"
    r"\b(?:(?:[Ee]xterne|[Ee]ingebettete|ergänzende|empfohlene)[nrs]? (?:\w+ )?Inhalte?\b"
    rf"|Inhalte? (?:von|aus) (?:{_HOSTS})\b)"
    rf"|Ich bin (?:damit )?einverstanden, dass mir .{{0,40}}{_INSERTED}.{{0,60}}\bangezeigt"
    rf"|Wir (?:benötigen|brauchen) (?:hier )?(?:Ihre|deine) (?:Zustimmung|Einwilligung), um .{{0,100}}{_INSERTED}"
    rf"|(?:Zum|Um) .{{0,60}}{_INSERTED}.{{0,60}}\b(?:laden|an(?:zu)?(?:zeigen|sehen)|darstellen)\b.{{0,60}}"
    r"\b(?:Zustimmung|Einwilligung|zustimmen|akzeptieren|aktivieren)"
    r"|(?:Mit|Nach) (?:Ihrer|deiner|Deiner) (?:Zustimmung|Einwilligung) (?:wird|werden) "
    rf".{{0,60}}(?:{_INSERTED}|\b(?:{_HOSTS})\b)"
    rf"|(?:Zum|Um) (?:Anzeigen|Laden|Abspielen) .{{0,40}}{_INSERTED}.{{0,60}}\b(?:Zustimmung|Einwilligung)\b"
    rf"|Dieser (?:\w+ )?Inhalt (?:stammt|kommt|wird) (?:von|aus|über) (?:{_HOSTS})\b"
    rf"|Dieser (?:Beitrag|Artikel|Text) enthält .{{0,30}}\b(?:eingebettete|externe)\w* Inhalte?\b"
    rf"|(?:{_HOSTS})-?{_INSERTED} (?:anzeigen|laden|nicht (?:mehr )?verfügbar)\W*$"
    # So does one that can't show it.
    r"|(?:Diese (?:Web)?[Ss]eite|Diese[rs]? (?:Inhalt|Funktion|Element)|[\w.-]+\.(?:de|at|ch|com|org|net)) "
    r"(?:benötigt|erfordert|braucht) (?:aktiviertes )?JavaScript\b"
    r"|(?:Ihr|Dein) (?:Web)?[Bb]rowser (?:oder Adblocker )?(?:verhindert dies\b|"
    rf"(?:unterstützt|blockiert|kann) .{{0,40}}{_INSERTED}).{{0,40}}$"
)
# What it says of that, which an article may say of something else.
_ABOUT_EMBED = re.compile(
    r"(?:Damit|Dabei|Hierbei|Beim Laden) (?:können|werden) .{0,20}(?:personenbezogene )?Daten an .{3,60}"
    r"\büber(?:mittelt|tragen)"
    r"|Mehr (?:dazu|Informationen) (?:in|finden Sie in) unserer Datenschutzerklärung"
    r"|Bitte (?:passen Sie die|ändern Sie (?:Ihre|die)) (?:Browser-?)?[Ee]instellungen\b.{0,20}$"
    r"|Sie können (?:ihn|den Inhalt|diesen|sich).{0,40} mit einem Klick anzeigen lassen"
)
# "Externer Inhalt", "Inhalte von Instagram anzeigen": labels and buttons beside what asks for consent.
_CONSENT_BUTTON = re.compile(
    r"(?:Jetzt )?(?:Externe[rn]? Inhalte?|(?:Externe[nr]? )?(?:Inhalte?|Beitrag) )"
    r"(?:.{0,40}(?:anzeigen|laden|entsperren|aktivieren|zulassen))?"
    r"|(?:Mehr (?:dazu|Informationen) .{0,40})?Datenschutz(?:erklärung|hinweise?|einstellungen)\.?"
    r"|(?:Immer |Alle )?(?:[Aa]kzeptieren|[Zz]ustimmen|[Ee]inverstanden|[Aa]nzeigen|[Aa]ktivieren)"
)
_VOTE = re.compile(any_of(VOTES))
_VOTE_LABEL = re.compile(
    r"(?:Leser-?)?(?:[Uu]mfrage|[Aa]bstimmung)|Voting|Frage (?:des Tages|der Woche)|Ihre Meinung(?: ist gefragt)?"
    r"|(?:Stimmen Sie|Stimmt|Stimm) (?:jetzt |hier )?(?:mit )?ab[.!:]?"
)
_RESULT = re.compile(r"[\d.]+ (?:Stimmen?|Teilnehmer|Votes)|(?:Zum )?(?:[Zz]wischen)?[Ee]rgebnis(?:se)?(?: anzeigen)?")


def drop_inserts(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines without inserts, which the draft then names. A page that has no text keeps them.

    Above the first paragraph, where menus are, only what asks for consent is one, and an offer that says something of
    itself right above a paragraph. What begins as labels below a text do is an offer only there, too.
    """
    consent: set[int] = set()
    others: set[int] = set()
    offers: list[range] = []
    for number, line in enumerate(lines):
        if number in consent or number in others or len(line.text) > MAX_CONSENT:
            continue
        if _is_embed(line.text):
            consent.update(_find_consent(lines, number))
        elif _VOTE.fullmatch(line.text) is not None:
            others.update(_find_vote(lines, number))
        else:
            others.update(find_media(lines, number))
            offers.append(find_offer(lines, number))
    offers = [offer for offer in offers if offer]
    if not (consent or others or offers):
        return lines
    inserts = consent.union(others, *offers)
    texts = [number for number, line in enumerate(lines) if number not in inserts and is_prose(line.text)]
    if not texts:
        return lines
    followed = set(texts)
    dropped = consent.union(number for number in others if number > texts[0])
    for offer in offers:
        if offer.start < texts[0]:
            is_insert = offer.stop in followed and _has_sentence(lines, offer)
        else:
            is_insert = offer.stop in followed or not begins_as_tail(lines[offer.start].text)
        if is_insert:
            dropped.update(offer)
    return draft.drop(lines, dropped, "navigation")


def _is_embed(text: str) -> bool:
    """Whether a line asks before it shows what another site has, and doesn't tell of somebody who says so."""
    return _EMBED.match(text) is not None and not is_reported(text)


def _has_sentence(lines: Sequence[Line], numbers: range) -> bool:
    return any(is_sentence(lines[number].text) for number in numbers)


def _is_about_consent(text: str) -> bool:
    """Whether a line beside one that asks for consent does so, too, says more of it, or is a label or button."""
    if len(text) > MAX_CONSENT:
        return False
    return _is_embed(text) or _ABOUT_EMBED.match(text) is not None or _CONSENT_BUTTON.fullmatch(text) is not None


def _find_consent(lines: Sequence[Line], number: int) -> range:
    """The numbers of the line that asks for consent and of those around it which are about that, too."""
    start, end = number, number + 1
    while start and (_CONSENT_BUTTON.fullmatch(lines[start - 1].text) or _HOST.fullmatch(lines[start - 1].text)):
        start -= 1
    while end < len(lines) and _is_about_consent(lines[end].text):
        end += 1
    return range(start, end)


def _find_vote(lines: Sequence[Line], button: int) -> range:
    """The numbers of the lines of a vote: its label, its question, its answers, its button and the result below."""
    above = range(button - 1, max(button - MAX_CHOICES - 2, -1), -1)
    question = next((at for at in above if lines[at].text.endswith("?") or len(lines[at].text) > MAX_CHOICE), button)
    text = lines[question].text
    if not text.endswith("?") or is_prose(text) or button - question <= 2:
        return range(0)
    start, end = question, button + 1
    if start and _VOTE_LABEL.fullmatch(lines[start - 1].text) is not None:
        start -= 1
    while end < len(lines) and _RESULT.fullmatch(lines[end].text) is not None:
        end += 1
    return range(start, end)
