"""Which line of a page's head is the headline.

Judged by form, place and the words of the address; below a least score the headline is unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from feeds.parse.body import Line, is_caption
from feeds.parse.bylines import is_byline, is_person, without_place
from feeds.parse.categories import (
    BUTTON_LINE,
    GENERAL,
    LABEL_WORDS,
    LEAST_ENTRIES,
    MAX_ENTRY,
    PATH,
    SMALL_WORDS,
    SOURCE_LINE,
    WORD,
    fold_word,
    is_path,
)
from feeds.parse.dateline import match_dateline
from feeds.parse.decoys import is_reference
from feeds.parse.evidence import is_masthead, is_nothing_else
from feeds.parse.menus import is_entry
from feeds.parse.stamps import DATE_LIKE, count_dates, has_date, is_signed_stamp
from feeds.parse.words import (
    AGENCIES,
    EVENT_FIELDS,
    HOMES,
    MENU_ENTRIES,
    OFFICES,
    PAGE_FIELDS,
    SECTIONS,
    SERVICES,
    TOOLS,
    any_of,
)

MAX_HEADLINE: Final = 220
LEAST_SCORE: Final = 3
"""Below this a line is no headline. Calibrated on pages that show none."""

_MISSING = re.compile(
    r"(?:Fehler:? |Error )?404(?:\s?[-–|:.]|$|\s(?:Not|Seite|Fehler|Error)\b)"
    r"|(?:Die(?:se)? )?(?:angeforderte )?Seite (?:wurde )?(?:leider )?nicht gefunden"
    r"|Page not found|Seite existiert nicht",
    re.IGNORECASE,
)
_OFFICE_LINE = re.compile(rf"(?:{any_of(OFFICES)})\b")
# "Von t-online, dpa": agencies sign, too.
_SIGNED = re.compile(
    rf"[Vv]on:?\s(?:[\w.-]{{2,20}},\s)*(?:{any_of(AGENCIES)})(?:[,/]\s?[\w.-]{{2,20}})*", re.IGNORECASE
)
# "Inhalt Halle geöffnet Verantwortlich: Erika Muster (em)"
_CREDITED = re.compile(r"\S\s(?:Verantwortlich(?:er?)?|Autor(?:in)?|Redaktion|Quelle|Fotos?|Text):\s[A-ZÄÖÜ]")
# "(187) Katalysatordiebe festgenommen": the number of a police report.
_REGISTERED = re.compile(r"\(\d{1,4}\) ")
_NUMBERED = re.compile(r"\d{1,2}\.\s")
_WEEKDAY = r"(?:Mo(?:ntag)?|Di(?:enstag)?|Mi(?:ttwoch)?|Do(?:nnerstag)?|Fr(?:eitag)?|Sa(?:mstag)?|So(?:nntag)?)s?\b\.?"
_NEVER: Final = (
    "Texte par", "Springe zu", "Springe direkt", "Springen Sie", "Direkt zu", "Zum Inhalt", "Zum Hauptinhalt",
    "Aller au", "Frage:", "Skip to", "Jump to", "Zum Seiten", "Zur Haupt", "Zur Navigation",
)  # fmt: skip
"""What begins so is the credit of a text, leads over the menu, or asks in a talk."""
# "Öffnungszeiten: Mo bis Fr 8-12 Uhr"
_HOURS = re.compile(
    rf"(?:(?:\w{{2,20}}(?:zeiten|stunden)|Geöffnet)\s?:?\s)?{_WEEKDAY}(?:\s?(?:-|–|bis|und|/)\s?{_WEEKDAY})?"
    r"[,:]?\s(?:von\s)?\d{1,2}(?:[.:]\d\d)?(?:\sUhr)?\s?(?:-|–|bis)\s?\d"
)
# "Musterfest am 6. Oktober": what will be.
_AHEAD = re.compile(r"\w\s(?:am|ab|bis|zum)\s\d{1,2}\.\s[A-ZÄÖÜ][a-zä]+$")
# The same with its year: "Neue Halle für Musterort: Baubeginn am 2. Mai 2024", and no stamp.
_AHEAD_IN_YEAR = re.compile(
    r"(?!Von\b|.*\b(?i:veröffentlicht|erstellt|eingestellt|eingetragen|geschrieben|verfasst|gepostet|publiziert|erschienen"
    r"|ausgegeben|aktualisiert|zuletzt|geändert|beitrag|artikel|meldung|nachricht|pressemitteilung)\b)"
    r"(?:\S+\s){3,}(?:am|ab|bis|zum)\s\d{1,2}\.\s?(?:[A-ZÄÖÜ][a-zä]+\s|\d{1,2}\.)(?:19|20)\d\d$"
)
LEAST_TOLD: Final = 4
"""Words of a headline with a smaller one below it, at least."""
LEAST_SHARE: Final = 0.65
"""Its length, as a share of that of the smaller one, at least."""
LEAST_LISTED: Final = 6
"""Words of a menu on one line, all of them names, at least."""
LEAST_LONG: Final = 3
"""Words of a line that is more than a kicker, at least."""
KICKER_TOLD: Final = 2
"""What it is worth at most that all words of a shorter one are in the address."""
BESIDE_SHARE: Final = 0.4
"""The same right below the stamp, where no kicker stands."""
_COUNTS: Final = (-2, -2, 1, 2, *[3] * 15)
"""What a headline of so many words is worth."""
MAX_TITLE: Final = 3
"""Lines from the title of a page's window down to the headline, at most."""
TITLE_BLANKS: Final = 2
"""Blanks in a headline that such a title has, at least."""
MAX_SITE: Final = 40
"""Characters of the site's name in it, and of the sign between them, at most."""
# "Jetzt kostenlos Probeheft anfordern!"
_OFFER = re.compile(
    r"(?:.*\b(?:jetzt|kostenlos|gratis|hier)\b.*\b(?:anfordern|bestellen|abonnieren|testen|sichern|herunterladen)"
    r"|.*\b(?:Newsletter|Probe\w+|App)\b.*\b(?:anfordern|bestellen|abonnieren|testen|herunterladen|anmelden))[.!]?",
    re.IGNORECASE,
)
_OFFER_ENDS: Final = ("en", "en!", "en.", "rn", "rn!", "rn.")
_SIGNS = re.compile(r">>|→| [|›»«>] ")
"""What a window's title has in front of the site's name, or a path between its parts."""
_ABOVE_OTHERS = re.compile(
    r"(?:Eilmeldung|Breaking(?: News)?|Top-?(?:Thema|Meldung|News|Story)|Newsticker|(?:Das )?Neueste|Aktuell"
    r"|Neueste (?:Meldung|Nachricht|Beitr|Artikel)\w*|(?:Nächster|Vorheriger) (?:Artikel|Beitrag)|Jetzt lesen)\s?:?",
    re.IGNORECASE,
)
"""A line above the headline of another article, which stands above the page's own."""
_QUOTED = re.compile(r"[„“\"»«‚][^„“”\"»«\n]{8,}[“”\"«»‘]")
_RELATIVE = re.compile(
    r"\b(?:(?:vor)?gestern|heute|vor (?:\d{1,2}|einer|einem) (?:Minuten?|Stunden?|Tag(?:en)?|Wochen?))\b", re.IGNORECASE
)
MAX_RELATIVE: Final = 40
"""Characters of a stamp that is counted from a day, at most."""
_TOOLS = re.compile(TOOLS)
_FIELD = re.compile(r"[A-ZÄÖÜ][\w/ -]{2,24}:(?:\s|$)")
_EVENT_FIELD = re.compile(rf"(?:{any_of(EVENT_FIELDS)})\s?:")
# What a page says of itself beside its headline, with a value or without: that of a stamp may be lost.
_ABOUT_PAGE = re.compile(rf"(?:{any_of(PAGE_FIELDS)})\s?:")
# "TV Musterau - SV Beispiel 24:23 (11:12)": a report has a headline above it.
_RESULT = re.compile(r".{3,60}\s(?:[-–:]|gegen)\s.{3,60}\s\d{1,3}\s?:\s?\d{1,3}(?:\s?\([^()]{3,60}\))?")
# "Einsatz am 21.08.2013 von 18:30 bis 23:15 Uhr"
_SPAN = re.compile(r"\d[.:]\d\d(?:\sUhr)?\s?(?:bis|-|–)\s?\d{1,2}[.:]\d\d\b")
_HOURS_ALONE = re.compile(r"(?:von\s)?\d{1,2}[.:]\d\d(?:\sUhr)?\s?(?:bis|-|–)\s?\d{1,2}[.:]\d\d(?:\sUhr)?")
DETAILS: Final = "Details"
"""What one of the usual systems (Joomla) prints between a headline and the article's fields."""
DETAIL_LINES: Final = 4
"""Lines below it, one of which is the stamp or the byline."""
_SITE = re.compile(r"(?P<name>[\w.-]+(?:\s[\w.-]+){0,2})\s[-–—|:]\s")
"""What a site calls itself in front of its motto: "Blatt.example - Nachrichten aus aller Welt"."""
_DOMAIN = re.compile(r"(?:[\w-]{2,}\.)+[a-z]{2,7}")
MENU: Final = 4
"""Lines in one block, from which they are a menu."""
MENU_WORDS: Final = 4
"""Blanks in what begins a block and is no entry of a menu, at least."""
TOOL_LINES: Final = 40
"""Lines below a stamp among which the page's tools stand."""
MENU_LINES: Final = 200
"""Lines within which a menu stands."""
_ENTRIES: Final = SECTIONS | HOMES | {"archiv"}
_NAMES: Final = SECTIONS | HOMES | SERVICES | MENU_ENTRIES | GENERAL
_PATH_SIGN = re.compile(r"[ >»›→/|]")
MAX_PREVIEWS: Final = 3
"""Long lines that may be what a page says of itself, at most."""
NEAR_TEXT: Final = 4
"""Lines above the text, within which a line is more likely its headline."""
TWICE: Final = 2
SHOWN_TWICE: Final = 3
"""What it is worth to be shown twice."""
REPEATED: Final = 3
"""Lines that stand below each other twice, from which they are a menu's."""
LEAST_LENGTH: Final = 6
"""Characters of a headline, at least."""
LEAST_LISTED_ABOVE: Final = 3
"""Entries of a menu just above a word, from which that is one of them."""


def address_words(url: str | None) -> frozenset[str]:
    """The words of an address's last part that has several, folded as `fold_word` does: in front stand sections."""
    if url is None:
        return frozenset()
    for part in reversed(unquote(urlsplit(url).path).split("/")):
        words = [word for word in re.split(r"[^\w]+|_", part) if len(word) > 2 and not word.isdigit()]
        if len(words) > 1:
            return frozenset(map(fold_word, words))
    return frozenset()


def find_headline(
    lines: Sequence[Line], *, end: int, stamps: Sequence[int], url: str | None, start: int = 0, menu: int = 0
) -> tuple[int, int] | None:
    """The number of the headline's line among the lines from `start` to `end`, and its score.

    None where none is good enough. `stamps` are the numbers of lines that hold nothing but a stamp, `menu` is that of
    the line with which the last long menu begins.
    """
    words = address_words(url)
    best: tuple[int, int] | None = None
    best_judged = 0
    texts = [line.text for line in lines[:end]]
    blocks = _find_blocks(lines, end)
    menus = _find_menus(texts, blocks) | _find_repeated(texts)
    crumbs = _find_crumbs(texts, blocks)
    if texts and _is_site(texts[0], url):
        crumbs |= {0}
    if url is not None:
        # Above it may stand a menu.
        crumbs |= {number for number, text in enumerate(texts) if number >= start and _is_site(text, url)}
    stamps = sorted({*stamps, *(number for number, text in enumerate(texts) if is_signed_stamp(text))})
    detailed = _find_detailed(lines, end, stamps)
    # Above the day that a blog or a paper shows stands its own name.
    beside = {stamp + 1 for stamp in stamps}
    beside |= {_find_above(texts, stamp) for stamp in stamps if stamp < end and not is_masthead(lines[stamp].text)}
    twice = _find_twice(texts, start)
    sections = _find_sections(texts)
    stamped = frozenset(stamps)
    for number, text in enumerate(texts):
        if number < start or number in stamped or not LEAST_LENGTH <= len(text) <= MAX_HEADLINE:
            continue
        judged = score = _judge(texts, number, words)
        score -= (2 if number in menus else 0) + (3 if number < sections else 0) + (2 if number < menu else 0)
        # What stands just above the text, or beside the stamp, is nearer to being its headline.
        if end - number <= NEAR_TEXT:
            score += 1
        if number in beside and not (number - 1 in stamped and is_person(text)):
            score += 1
        if number == detailed:
            score += 3
        if number in twice and (number in beside or end - number <= NEAR_TEXT) and _is_plain(text, judged):
            score = max(score, LEAST_SCORE) + SHOWN_TWICE
        if number and end - number > 1 and _ABOVE_OTHERS.fullmatch(texts[number - 1]):
            score = judged = LEAST_SCORE
        if number in crumbs:
            score = min(score, LEAST_SCORE)
        if best == (number - 1, score) and score >= LEAST_SCORE and not _leads(texts[number - 1], text):
            # What leads no smaller headline is a kicker.
            score += text.count(" ") + 1 >= LEAST_TOLD and _has_small_words(WORD.findall(text))
        above = None if best is None or best[0] in crumbs else best[0]
        if above == number - 1 and judged > best_judged and words and _stands_below(texts, above, number, stamps):
            # A smaller headline has words of the address, too.
            judged = _judge(texts, number, frozenset())
        if above is not None and judged <= best_judged and _stands_below(texts, above, number, stamps):
            continue
        if score >= LEAST_SCORE and (best is None or score > best[1] or best[0] in crumbs):
            best, best_judged = (number, score), judged
    if best is None:
        alone = _find_alone(texts, start, stamps, words)
        return None if alone is None or alone in menus | crumbs else (alone, LEAST_SCORE)
    return _find_shown_again(texts, best[0]), best[1]


def _find_above(texts: Sequence[str], stamp: int) -> int:
    """The number of the line above a stamp: tools, the section's name and who wrote the text may stand between."""
    above = stamp - 1
    while above > 0 and _stands_between(texts[above]):
        above -= 1
    return above


def _find_twice(texts: Sequence[str], start: int) -> frozenset[int]:
    """The numbers of the lines that are shown twice, as headlines are: with other lines around them, as a menu has not.

    They may also end a path to the page, or begin what that says of itself.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if number >= start and " " in text:
            places.setdefault(text, []).append(number)
    ends = {text[sign.end() :] for text in texts if is_path(text) for sign in _PATH_SIGN.finditer(text)}
    previews = [text for text in texts if len(text) > MAX_HEADLINE][:MAX_PREVIEWS]
    found: set[int] = set()
    for text, numbers in places.items():
        if text in ends or any(preview.startswith(f"{text} ") for preview in previews):
            found.update(numbers)
        elif len(numbers) == TWICE:
            first, second = numbers
            around = (
                (texts[first + step], texts[second + step])
                for step in (-1, 1)
                if first + step >= 0 and second + step < len(texts)
            )
            if second == first + 1 or all(one != other for one, other in around):
                found.update(numbers)
    return frozenset(found)


def _find_repeated(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that stand in the head again below the same two lines: menus are shown several times."""
    places: dict[tuple[str, ...], list[int]] = {}
    for number in range(REPEATED - 1, len(texts)):
        places.setdefault(tuple(texts[number + 1 - REPEATED : number + 1]), []).append(number)
    return frozenset(number for numbers in places.values() if len(numbers) > 1 for number in numbers)


def _find_alone(texts: Sequence[str], start: int, stamps: Sequence[int], words: frozenset[str]) -> int | None:
    """The number of a line of a word or two that can be nothing but the headline by its place; None without one.

    It is the one just above the stamp, or the only one between that and the text.
    """
    for stamp in stamps:
        if not start <= stamp < len(texts):
            continue
        for number in (_find_above(texts, stamp), stamp + 1):
            if (number > stamp and number != len(texts) - 1) or not start < number < len(texts):
                continue
            text = texts[number]
            in_menu = number >= LEAST_LISTED_ABOVE and all(map(is_entry, texts[number - LEAST_LISTED_ABOVE : number]))
            if len(text) >= LEAST_LENGTH and not in_menu and _is_plain(text, _judge(texts, number, words)):
                return number
    return None


def _is_plain(text: str, judged: int) -> bool:
    """Whether nothing but its few words speaks against a line: it names no section, no menu's entry and no person."""
    count = min(len(WORD.findall(text)), text.count(" ") + 1)
    if judged < (_COUNTS[count] if count < len(_COUNTS) else -1) or not text[0].isalnum():
        return False
    return text.casefold() not in _NAMES and not is_person(text) and _TOOLS.fullmatch(text) is None


def _stands_between(text: str) -> bool:
    """Whether a line is none of a headline, and may stand between that and its stamp."""
    is_tool = _TOOLS.fullmatch(text.lstrip("•· ")) is not None
    return is_tool or text.casefold() in SECTIONS | GENERAL or is_byline(text)


def _stands_below(texts: Sequence[str], headline: int, number: int, stamps: Sequence[int]) -> bool:
    """Whether a line that is no better than a headline above it is nearer to the text only because it belongs to that.

    It is a second headline below the first, or the caption below the page's stamp and tools.
    """
    place = bisect_right(stamps, headline)
    if headline == number - 1:
        is_below_stamp = headline - 1 in stamps[max(0, place - 2) : place]
        return _leads(texts[headline], texts[number], BESIDE_SHARE if is_below_stamp else LEAST_SHARE)
    below = stamps[place] + 1 if place < len(stamps) else number
    return any(_TOOLS.fullmatch(text) for text in texts[below : min(number, below + TOOL_LINES)])


def _find_shown_again(texts: Sequence[str], number: int) -> int:
    """The number of the headline, where a line is the window's title: that has the site's name in front or behind.

    As in "Musterfunk: Die Brücke bleibt zu" above "Die Brücke bleibt zu".
    """
    title = texts[number]
    for below in range(number + 1, min(number + 1 + MAX_TITLE, len(texts))):
        text = texts[below]
        if text.count(" ") >= TITLE_BLANKS and 0 < len(title) - len(text) <= MAX_SITE:
            site = title.removesuffix(text) if title.endswith(text) else title.removeprefix(text)
            if site != title and site.strip()[-1 if title.endswith(text) else 0] in ":|–-·»":
                return below
    return number


def _leads(text: str, below: str, share: float = LEAST_SHARE) -> bool:
    """Whether a line is the headline of a smaller one below it, and no kicker: those are few nouns, or much shorter.

    What is said in a talk leads, as short as it is.
    """
    if _QUOTED.fullmatch(text):
        return True
    if text.count(" ") + 1 < LEAST_TOLD or len(text) < share * len(below):
        return False
    return any(word[0].islower() and word not in LABEL_WORDS for word in WORD.findall(text))


def _judge(texts: Sequence[str], number: int, address: frozenset[str]) -> int:
    text = texts[number]
    words = WORD.findall(text)
    # "NEWS.MUSTER.CN" is one.
    count = min(len(words), text.count(" ") + 1)
    score = _COUNTS[count] if count < len(_COUNTS) else -1
    if len(text) > 150:
        score -= 2
    small = _has_small_words(words)
    # "Themen: Auto Bahn Bus Fähre Flugzeug Rad" is a menu on one line.
    score += 1 if small else -3 if count >= LEAST_LISTED and all(word[0].isupper() for word in words) else 0
    if small and _QUOTED.fullmatch(text):
        score += 1
    long = [word for word in words if len(word) > 3] if address else []
    if len(long) > 1:
        shared = sum(1 for word in long if fold_word(word) in address)
        told = round(5 * shared / len(long)) if shared > 1 else 0
        # A kicker may be in the address, too.
        score += min(told, KICKER_TOLD) if count < LEAST_LONG else told
    if text.endswith((".", ":", ",", ";", "…")):
        score -= 3
    if (text[0] in "•·-–*|>/(→«‹" and not _REGISTERED.match(text)) or _is_numbered(texts, number):
        score -= 3
    if _SIGNS.search(text) is not None or (text.endswith("»") and "«" not in text):
        score = min(score - 3, LEAST_SCORE)
    if (
        SOURCE_LINE.match(text)
        or (not small and _OFFICE_LINE.match(text))
        or (not (small and count >= LEAST_TOLD) and BUTTON_LINE.match(text))
        or (text.endswith(_OFFER_ENDS) and _OFFER.fullmatch(text))
        or text.count(" · ") > 1
    ):
        score -= 3
    if _CREDITED.search(text) is not None:
        score -= 3
    if has_date(text) and _AHEAD.search(text) is None and _AHEAD_IN_YEAR.match(text) is None:
        score -= 6 if _is_about_another(text) else 3 if count_dates(text) > 1 else 1
        if _SPAN.search(text) is not None:
            score -= 3
    if text[-1] in "0123456789)" and _RESULT.fullmatch(text) is not None:
        score -= 1
    if text[0].islower():
        score -= 1
    if (name := without_place(text)) != text and is_person(name):
        score -= 2
    if _is_field(texts, number):
        score -= 4
    if (
        PATH.match(text)
        or _HOURS.match(text)
        or _HOURS_ALONE.fullmatch(text)
        or text.startswith(_NEVER)
        or _is_relative_stamp(text)
        or is_byline(text)
        or is_caption(text)
        or _SIGNED.fullmatch(text)
        or match_dateline(text) is not None
    ):
        score -= 6
    return score


def _is_relative_stamp(text: str) -> bool:
    """Whether a line says when the page was shown, counted from a day that it doesn't name: "Heute, 16.41 Uhr"."""
    if len(text) > MAX_RELATIVE:
        return False
    return (match := _RELATIVE.search(text)) is not None and is_nothing_else(
        f"{text[: match.start()]} {text[match.end() :]}"
    )


def _is_about_another(text: str) -> bool:
    """Whether a line with a date says which article it is about: "Zum Artikel „...“ vom 4. Juni 2010"."""
    return (date := DATE_LIKE.search(text)) is not None and is_reference(text[: date.start()])


def _is_numbered(texts: Sequence[str], number: int) -> bool:
    """Whether a line is one of several that are numbered: alone it is an ordinal, as in "17. Spieltag"."""
    if _NUMBERED.match(texts[number]) is None:
        return False
    beside = (texts[other] for other in (number - 1, number + 1) if 0 <= other < len(texts))
    return any(_NUMBERED.match(text) for text in beside)


def _is_field(texts: Sequence[str], number: int) -> bool:
    """Whether a line is a field of an event, or one of several fields, each with its label: "Einsatzart: Brand"."""
    if (match := _FIELD.match(texts[number])) is None or _has_small_words(WORD.findall(texts[number][match.end() :])):
        return False
    if _EVENT_FIELD.match(texts[number]) is not None:
        return True
    beside = [texts[other] for other in (number - 1, number + 1) if 0 <= other < len(texts)]
    if texts[number] in beside:
        return False
    # A stamp has a label, too, and stands beside any headline.
    return any(_FIELD.match(text) and not has_date(text) and not _ABOUT_PAGE.match(text) for text in beside)


def _has_small_words(words: Sequence[str]) -> bool:
    return any(word[0].islower() and word not in SMALL_WORDS for word in words)


def _find_blocks(lines: Sequence[Line], end: int) -> list[tuple[int, int]]:
    """Where blocks of lines begin and end, on a page that sets some apart by blank lines; none on any other."""
    apart = [number for number in range(1, end) if lines[number].offset - lines[number - 1].offset > 1]
    starts = [0, *apart, end]
    blocks = list(pairwise(starts))
    return blocks if any(stop - start == 1 for start, stop in blocks) else []


def _find_crumbs(texts: Sequence[str], blocks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that end a block which has the home page above: the path to the page ends with it."""
    return frozenset(
        stop - 1
        for start, stop in blocks
        if stop - start >= MENU and any(text.casefold() in HOMES for text in texts[start : stop - 1])
    )


def _find_detailed(lines: Sequence[Line], end: int, stamps: Sequence[int]) -> int | None:
    """The number of the line above "Details", where the article's fields stand below that."""
    for number in range(1, end):
        if lines[number].text == DETAILS:
            below = range(number + 1, min(number + 1 + DETAIL_LINES, len(lines)))
            if any(at in stamps or is_byline(lines[at].text) for at in below):
                return number - 1
    return None


def _is_site(text: str, url: str | None) -> bool:
    """Whether the first line of a page is the site's name and its motto: the name is that of its host."""
    if (match := _SITE.match(text)) is None:
        return False
    if url is None:
        return _DOMAIN.fullmatch(match["name"]) is not None
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    name = fold_word("".join(match["name"].split()))
    return name in {fold_word(host), *(fold_word(part).replace("-", "") for part in host.split(".")[:-1])}


def _find_menus(texts: Sequence[str], blocks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that stand in blocks of several."""
    return frozenset(
        number
        for start, stop in blocks
        if stop - start >= MENU
        for number in range(start, stop)
        # A headline may begin the block of its fields, below the menu.
        if number > start or not start or texts[number].count(" ") < MENU_WORDS
    )


def _find_sections(texts: Sequence[str]) -> int:
    """The number of the line with which the site's menu begins, below which its headlines stand; 0 where it has none.

    It is lines below each other that hold a word or two, and names of sections among them.
    """
    start = named = 0
    for number, text in enumerate([*texts[:MENU_LINES], ""]):
        if 0 < len(text) <= MAX_ENTRY and text.count(" ") <= 1:
            named += text.casefold() in _ENTRIES
        elif named >= LEAST_ENTRIES:
            return start
        else:
            start, named = number + 1, 0
    return 0


def is_service(headline: str | None) -> bool:
    """Whether a headline is that of a page that every site has: an imprint, the notice that there is no such page."""
    return headline is not None and (headline.casefold() in SERVICES or _MISSING.match(headline) is not None)
