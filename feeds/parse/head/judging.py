"""What a line is worth as a headline: by its form, its words and those of the address, whatever its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from feeds.parse.body import is_caption
from feeds.parse.bylines import is_person, is_sender, is_signature, without_place
from feeds.parse.categories import BUTTON_LINE, PATH, SMALL_WORDS, SOURCE_LINE, WORD, fold_word
from feeds.parse.datelines.dateline import match_dateline
from feeds.parse.prose import NOISE_LINE, is_result
from feeds.parse.stamps.around import EVENT_FIELD, FILED_FRONT
from feeds.parse.stamps.decoys import is_of_today, is_reference
from feeds.parse.stamps.forms import DATE_LIKE, count_dates, has_date, is_nothing_else
from feeds.parse.words import (
    AGENCIES,
    HOMES,
    MENU_ENTRIES,
    NO_VERBS,
    OFFICES,
    PAGE_FIELDS,
    SECTIONS,
    VERBS,
    WEEKDAY,
    any_of,
)

_ENTRIES: Final = MENU_ENTRIES | SECTIONS | HOMES
LEAST_SCORE: Final = 3
"""Below this a line is no headline. Calibrated on pages that show none."""
_OFFICE_LINE = re.compile(rf"(?:{any_of(OFFICES)})\b")
# "Inhalt Halle geöffnet Verantwortlich: Erika Muster (em)"
_CREDITED = re.compile(r"\S\s(?:Verantwortlich(?:er?)?|Autor(?:in)?|Redaktion|Quelle|Fotos?|Text):\s[A-ZÄÖÜ]")
# "(187) Katalysatordiebe festgenommen": the number of a police report.
_REGISTERED = re.compile(r"\(\d{1,4}\) ")
_NUMBERED = re.compile(r"\d{1,2}\.\s")
_WEEKDAY = r"(?:Mo(?:ntag)?|Di(?:enstag)?|Mi(?:ttwoch)?|Do(?:nnerstag)?|Fr(?:eitag)?|Sa(?:mstag)?|So(?:nntag)?)s?\b\.?"
URGENT: Final = ("Eilmeldung: ", "Breaking News: ", "EIL: ")
"""In front of a headline they lead to another article, unless the page has no other headline."""
_NEVER: Final = (
    "Fernsehen Radio ",
    "Texte par", "Springe zu", "Springe direkt", "Springen Sie", "Direkt zu", "Zum Inhalt", "Zum Hauptinhalt",
    "Aller au", "Frage:", "Age: ",
    "Skip to", "Jump to", "Zum Seiten", "Zur Haupt", "Zur Navigation", "Navigieren auf", "Content navigation",
    "Benutzerspezifische Werkzeuge", "Sie sind bereits Kund", "Sie sind bereits Abonn", "Bereits Kunde?",
    "Bereits Kundin", "Bereits Abonn",
    "Jetzt live: ", "Sperrfrist: ", "Es gilt das gesprochene Wort", *URGENT,
)  # fmt: skip
"""What begins so is the credit of a text, leads over the menu, asks in a talk, sells, or tells of another article."""
_QUESTION = re.compile(r"Frage \d{1,2}:")
# "Öffnungszeiten: Mo bis Fr 8-12 Uhr", "Montag bis Freitag • 11:35"
_HOURS = re.compile(
    rf"(?:(?:\w{{2,20}}(?:zeiten|stunden)|Geöffnet)\s?:?\s)?{_WEEKDAY}(?P<to>\s?(?:-|–|bis|und|/)\s?{_WEEKDAY})?"
    r"[,:]?\s(?:[•|]\s)?(?:von\s|um\s)?\d{1,2}(?:[.:]\d\d)?(?:\sUhr)?(?:\s?(?:-|–|bis)\s?\d|(?(to)$|(?!)))"
)
# "Musterfest am 6. Oktober": what will be.
_AHEAD = re.compile(r"\w\s(?:am|ab|bis|zum)\s\d{1,2}\.\s[A-ZÄÖÜ][a-zä]+$")
# The same with its year: "Neue Halle für Musterort: Baubeginn am 2. Mai 2024", and no stamp.
_AHEAD_IN_YEAR = re.compile(
    r"(?!Von\b|.*\b(?i:veröffentlicht|erstellt|eingestellt|eingetragen|geschrieben|verfasst|gepostet|publiziert|erschienen"
    r"|ausgegeben|aktualisiert|zuletzt|geändert|beitrag|artikel|meldung|nachricht|pressemitteilung)\b)"
    r"(?:\S+\s){3,}(?:am|ab|bis|zum)\s\d{1,2}\.\s?(?:[A-ZÄÖÜ][a-zä]+\s|\d{1,2}\.)(?:19|20)\d\d$"
)
# "Dienstag, 12. März 2024, 11 Uhr, Rathaus": when and where something is.
_WHEN = re.compile(rf"{WEEKDAY},?\s(?:den\s)?\d{{1,2}}\.\s?(?:\d{{1,2}}\.|[A-ZÄÖÜ][a-zä]+)\s?\d{{4}}\b")
LEAST_TOLD: Final = 4
"""Words of a headline with a smaller one below it, at least."""
MAX_LEFT_OPEN: Final = 4
"""Words of a headline that leaves open how it goes on, at most."""
LEAST_KNOWN: Final = 3
"""Entries of any site's menu on one line, from which that is a menu."""
_OF_SITES: Final = HOMES | frozenset(
    """aktuelles archiv e-paper epaper facebook forum gästebuch impressum instagram jobs karriere kontakt links login
    mediadaten mediathek newsletter sitemap stellenmarkt suche youtube""".split()
)
"""Entries of menus that headlines hardly name."""
# Signs of a headline.
_NO_MENU = re.compile(r"[:,;!?„“”\"»«…]|\s[–—-]\s")
LEAST_LISTED: Final = 6
"""Words of a menu on one line, all of them names, at least."""
LEAST_LONG: Final = 3
"""Words of a line that is more than a kicker, at least."""
LONG: Final = 150
"""Characters beyond which a line is rather a lead."""
KICKER_TOLD: Final = 2
"""What it is worth at most that all words of a shorter one are in the address."""
COUNTS: Final = (-2, -2, 1, 2, *[3] * 15)
"""What a headline of this many words is worth."""
TWO_SENTENCES = re.compile(r"[a-zäöüß“\"]{3}[.!?] [„“\"A-ZÄÖÜ]")
# "Jetzt kostenlos Probeheft anfordern!"
_TAKE = "anfordern|bestellen|abonnieren|testen|herunterladen"
_OFFER = re.compile(
    rf"(?:.*\b(?:jetzt|kostenlos|gratis|hier)\b.*\b(?:{_TAKE}|sichern)"
    r"|(?:jetzt|nur|testen|sichern)\b.*(?:\b(?:euro|gratis|kostenlos)\b|€).*"
    r"\b(?:lesen|testen|weiterlesen|sichern|bestellen|abonnieren|kaufen|sparen)"
    rf"|.*\b(?:Newsletter|Probe\w+|App)\b.*\b(?:{_TAKE}|anmelden))[.!]?",
    re.IGNORECASE,
)
_OFFER_ENDS: Final = ("en", "en!", "en.", "rn", "rn!", "rn.")
_ABOUT_US = re.compile(r"\b(?:Wir )?[Üü]ber uns\b")
_VERB = re.compile(r"[a-zäöüß]+(?:t|e[lr]?n)")
# "Schulpflege: sieben Mitglieder, Präsidium und", "Auf der Messe 2005 wird": a line that goes on below.
_OPEN_ENDS: Final = (
    " und", " oder", " der", " die", " den", " dem", " des", " eine", " einen", " einem", " einer",
    " wird", " werden", " ist", " sind", " hat", " haben",
)  # fmt: skip
_OPEN = re.compile(
    r".*\s(?:und|oder|der|die|den|dem|des|eine[nmr]?)"
    # Not a question: "Seit wann der Weg gesperrt ist".
    r"|(?:Auf|In|Im|Am|An|Bei|Beim|Nach|Mit|Vor|Zum|Zur|Seit|Für)\s(?!we[mnr]\b|welche|was\b|wann\b|wo\b|wie)"
    r"[^,:–-]*\s(?:wird|werden|ist|sind|hat|haben)"
)
# "Baikal, Tourismus, Eis": people write "Baikal, Tourismus und Eis".
_TAGS = re.compile(r"[A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?(?:,\s[A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?){2,}")
DASHES: Final = "-–"
"""What a kicker leaves in front of a headline, and what items of a list begin with."""
_SIGNS = re.compile(r">>|->|→| [|›»«>] ")
"""What a window's title has in front of the site's name, or a path between its parts."""
QUOTED = re.compile(r"[„“\"»«‚][^„“”\"»«\n]{8,}[“”\"«»‘]")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b")
_RELATIVE = re.compile(
    r"\b(?:(?:vor)?gestern|heute"
    r"|vor (?:\d{1,2}|einer|einem) (?:Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?))\b",
    re.IGNORECASE,
)
MAX_RELATIVE: Final = 40
"""Characters of a stamp that names no day, at most."""
_FIELD = re.compile(r"[A-ZÄÖÜ][\w/ -]{2,24}:(?:\s|$)")
# What a page says of itself beside its headline, with a value or without: that of a stamp may be lost.
ABOUT_PAGE = re.compile(rf"(?:{any_of(PAGE_FIELDS)})\s?:")
# "Keystone-SDA Regional"
_AGENCY_LINE = re.compile(rf"(?:{any_of(AGENCIES)})(?:[-/][\w-]+| [A-ZÄÖÜ][\w-]*){{0,2}}")
# "Weitere Sprachen: EN DE FR IT"
_LANGUAGES = re.compile(r"\b(?:[A-Z]{2}[ |/,]{1,3}){3,}[A-Z]{2}\W*$")
# "Einsatz am 21.08.2013 von 18:30 bis 23:15 Uhr"
_SPAN = re.compile(r"\d[.:]\d\d(?:\sUhr)?\s?(?:bis|-|–)\s?\d{1,2}[.:]\d\d\b")
_HOURS_ALONE = re.compile(r"(?:von\s)?\d{1,2}[.:]\d\d(?:\sUhr)?\s?(?:bis|-|–)\s?\d{1,2}[.:]\d\d(?:\sUhr)?")


def address_words(url: str | None) -> frozenset[str]:
    """The words of an address's last part that has several, folded as `fold_word` does: sections come before it.

    Where the path has no such part, the query's values may: "?q=de/neuer-weg-am-bach".
    """
    if url is None:
        return frozenset()
    parts = urlsplit(url)
    candidates = unquote(parts.path).split("/")[::-1]
    if parts.query:
        values = (field.partition("=")[2] for field in parts.query.split("&"))
        candidates += [part for value in values for part in reversed(unquote(value).split("/"))]
    for part in candidates:
        words = [word for word in re.split(r"[^\w]+|_", part) if len(word) > 2 and not word.isdigit()]
        if len(words) > 1:
            return frozenset(map(fold_word, words))
    return frozenset()


def judge(texts: Sequence[str], number: int, address: frozenset[str]) -> int:
    """What a line is worth, by itself; `address` are the words of the page's address (`address_words`)."""
    text = texts[number]
    words = WORD.findall(text)
    is_small = has_small_words(words)
    # "NEWS.MUSTER.CN" is one.
    count = min(len(words), text.count(" ") + 1)
    score = _judge_words(text, words, count, is_small=is_small) + _judge_end(text, count)
    if address:
        score += _count_told(words, count, address, is_small=is_small)
    if _is_marked(texts, number) or _is_numbered(texts, number) or _TAGS.fullmatch(text) is not None:
        score -= 3
    if _SIGNS.search(text) is not None or (text.endswith("»") and "«" not in text):
        score = min(score - 3, LEAST_SCORE)
    if _is_of_site(text, count, is_small=is_small):
        score -= 3
    if _CREDITED.search(text) is not None or "www." in text:
        score -= 3
    score -= _count_against_date(text)
    if is_result(text):
        score -= 1
    if text[0].islower():
        score -= 1
    if (name := without_place(text)) != text and is_person(name):
        score -= 2
    if _is_field(texts, number):
        score -= 4
    if _is_never(text) or _is_of_talk(texts, number) or _is_menu_line(text, words, is_small=is_small):
        score -= 6
    return score


def _judge_words(text: str, words: Sequence[str], count: int, *, is_small: bool) -> int:
    """By how many words it has, and whether there is a small one among them."""
    score = COUNTS[count] if count < len(COUNTS) else -1
    if len(text) > LONG:
        score -= 2
    if is_small:
        return score + (2 if count > 2 and QUOTED.fullmatch(text) else 1)
    # "Themen: Auto Bahn Bus Fähre Flugzeug Rad" is a menu on one line.
    return score - (3 if count >= LEAST_LISTED and all(word[0].isupper() for word in words) else 0)


def _judge_end(text: str, count: int) -> int:
    """By the sign at its end."""
    if not text.endswith((".", ":", ",", ";", "…")):
        return 0
    # "So ein Theater ..." says no more, where a sentence or a teaser is long.
    score = -1 if text.endswith(("...", "…")) and count <= MAX_LEFT_OPEN else -3
    # Two sentences are a lead.
    return score - (3 if text.endswith(".") and TWO_SENTENCES.search(text) is not None else 0)


def _count_told(words: Sequence[str], count: int, address: frozenset[str], *, is_small: bool) -> int:
    """What it adds that several of its longer words are in the address, and how many of them."""
    long = [word for word in words if len(word) > 3]
    shared = sum(1 for word in long if fold_word(word) in address) if len(long) > 1 else 0
    told = round(5 * shared / len(long)) if shared > 1 else 0
    # A kicker may be in the address, too.
    return min(told, KICKER_TOLD) if count < (LEAST_LONG if is_small else LEAST_TOLD) else told


def _is_of_site(text: str, count: int, *, is_small: bool) -> bool:
    """Whether a line names a sender, or what the site offers: a small word and a few others make a headline of it."""
    return (
        SOURCE_LINE.match(text) is not None
        or (not is_small and (_OFFICE_LINE.match(text) is not None or is_sender(text)))
        or (not (is_small and count >= LEAST_TOLD) and BUTTON_LINE.match(text) is not None)
        or (text.endswith(_OFFER_ENDS) and _OFFER.fullmatch(text) is not None)
        or text.count(" · ") > 1
        or text.count(" — ") > 1
    )


def _count_against_date(text: str) -> int:
    """What counts against a line that a date is in it, unless that is of what will be."""
    if not has_date(text) or _AHEAD.search(text) is not None or _AHEAD_IN_YEAR.match(text) is not None:
        return 0
    against = 6 if _is_about_another(text) or _WHEN.match(text) is not None else 3 if count_dates(text) > 1 else 1
    return against + (3 if _SPAN.search(text) is not None else 0)


def _is_never(text: str) -> bool:
    """Whether a line is something else by its form, whatever its words: a path, hours, a stamp, a caption."""
    return (
        PATH.match(text) is not None
        or _HOURS.match(text) is not None
        or _HOURS_ALONE.fullmatch(text) is not None
        or text.startswith(_NEVER)
        or is_relative_stamp(text)
        or _is_clock(text)
        or ("°" in text and is_of_today(text))
        or is_signature(text)
        or is_caption(text)
        or (text.endswith(_OPEN_ENDS) and _OPEN.fullmatch(text) is not None)
        or NOISE_LINE.fullmatch(text) is not None
        or _LANGUAGES.search(text) is not None
        or _AGENCY_LINE.fullmatch(text) is not None
        or match_dateline(text) is not None
        or ((filed := FILED_FRONT.match(text)) is not None and has_date(text[filed.end() :]))
    )


def _is_of_talk(texts: Sequence[str], number: int) -> bool:
    """Whether a line is a numbered question of a talk, or the answer below one: "Frage 2: Wollten Sie zur See?"."""
    above = texts[number - 1] if number else ""
    return any(text.startswith("Frage ") and _QUESTION.match(text) is not None for text in (above, texts[number]))


def _is_menu_line(text: str, words: Sequence[str], *, is_small: bool) -> bool:
    """Whether a line names entries of a menu that any site has, and is no sentence: "Über uns Kontakt Jobs Archiv"."""
    if _ABOUT_US.search(text) is not None:
        words = WORD.findall(_ABOUT_US.sub("", text))
        is_small = has_small_words(words)
    known = sum(1 for word in words if word.casefold() in _ENTRIES)
    if _NO_MENU.search(text) is None and len(words) >= LEAST_TOLD:
        small = sum(1 for word in words if word[0].islower())
        if words[0].casefold() in HOMES and small <= 1 and known > LEAST_KNOWN and known * 2 >= len(words):
            return True
        if not small and known > 1 and any(word.casefold() in _OF_SITES for word in words):
            return True
    if is_small:
        return False
    if known >= LEAST_KNOWN and known == len(words):
        return True
    known = sum(1 for word in words if word.casefold() in MENU_ENTRIES)
    return known >= LEAST_KNOWN and known * 2 >= len(words)


def is_relative_stamp(text: str) -> bool:
    """Whether a line says when the page was shown, counted from a day that it doesn't name: "Heute, 16.41 Uhr"."""
    if len(text) > MAX_RELATIVE:
        return False
    return (match := _RELATIVE.search(text)) is not None and is_nothing_else(
        f"{text[: match.start()]} {text[match.end() :]}"
    )


def _is_clock(text: str) -> bool:
    """Whether a line is a stamp without its day, which is beside another: "Aktualisiert um 15:02 Uhr"."""
    return len(text) <= MAX_RELATIVE and (rest := _CLOCK.sub(" ", text)) != text and is_nothing_else(rest)


def _is_about_another(text: str) -> bool:
    """Whether a line with a date says which article it is about: "Zum Artikel „...“ vom 4. Juni 2010"."""
    return (date := DATE_LIKE.search(text)) is not None and is_reference(text[: date.start()])


def _is_marked(texts: Sequence[str], number: int) -> bool:
    """Whether a line begins as an item of a list does, or with an arrow, and not with a quotation or a single dash."""
    text = texts[number]
    if text[0] not in "•·-–*|<>/(→«‹" or _REGISTERED.match(text) is not None:
        return False
    if QUOTED.match(text) is not None and not text[1].isspace():
        return False
    if text[0] in DASHES:
        beside = (texts[other] for other in (number - 1, number + 1) if 0 <= other < len(texts))
        return not text[1:2].isspace() or any(other[0] in DASHES for other in beside)
    return True


def _is_numbered(texts: Sequence[str], number: int) -> bool:
    """Whether a line is one of several that are numbered: alone it is an ordinal, as in "17. Spieltag"."""
    if _NUMBERED.match(texts[number]) is None:
        return False
    beside = (texts[other] for other in (number - 1, number + 1) if 0 <= other < len(texts))
    return any(_NUMBERED.match(text) for text in beside)


def _is_field(texts: Sequence[str], number: int) -> bool:
    """Whether a line is a field of an event, or one of several fields, each with its label: "Einsatzart: Brand"."""
    if (match := _FIELD.match(texts[number])) is None:
        return False
    is_event = EVENT_FIELD.match(texts[number]) is not None
    if has_small_words(WORD.findall(texts[number][match.end() :])):
        # "Ausstellungsdauer: 12. Mai bis 3. September 2023"
        return is_event and has_date(texts[number])
    if is_event:
        return True
    beside = [texts[other] for other in (number - 1, number + 1) if 0 <= other < len(texts)]
    if texts[number] in beside:
        return False
    # A stamp has a label, too, and is beside any headline; so is a path.
    return any(
        _FIELD.match(text) and not (has_date(text) or ABOUT_PAGE.match(text) or PATH.match(text)) for text in beside
    )


def has_verb(words: Sequence[str]) -> bool:
    """Whether one of some words may be the verb of a sentence: kickers, which are above headlines, have none."""
    return any(
        word.casefold() in VERBS or (above[0].isupper() and _VERB.fullmatch(word) is not None and word not in NO_VERBS)
        for above, word in pairwise(words)
    )


def has_small_words(words: Sequence[str]) -> bool:
    """Whether one of some words begins with a small letter and is none that names have, too."""
    return any(word[0].islower() and word not in SMALL_WORDS for word in words)
