"""Pages with little text or none, by what they have instead: pictures, a player, temperatures, the offer of a post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feeds.parse.body import PHOTO_LINES, Line, closes_with_credit, is_caption, is_photo, is_sentence
from feeds.parse.bylines import is_person
from feeds.parse.kinds.lists import SEARCH_LINES
from feeds.parse.kinds.walls import LEAST_TEXT, find_wall, is_closed, is_obituary
from feeds.parse.outline import Outline
from feeds.parse.prose import PROSE
from feeds.parse.stamps.candidate import Candidate

FORM_LINES: Final = 200
"""Lines by which a page without a text is recognised."""
LEAST_PICTURES: Final = 2
LEAST_COUNTED: Final = 3
"""Pictures that are counted without a word for it, at least."""
LEAST_DEGREES: Final = 4
"""Lines with a temperature, from which a page without a text is a forecast."""
LEAST_QUOTES: Final = 3
"""Lines with a gain or a loss in per cent, from which a page without a text is one of quotes."""
MAX_OFFERED: Final = 2
"""Paragraphs that describe what a page sells, at most: a review may have its price and a button, too."""
_MISSING = re.compile(
    r"(?:Fehler:? )?(?:404\s?[-–|:]?\s?)?(?:Die(?:se)? )?(?:angeforderte )?Seite (?:wurde )?(?:leider )?"
    r"nicht gefunden[.!]?"
    r"|Fehler:? 404|Error 404|404\s?[-–|:]\s?(?:Page )?[Nn]ot [Ff]ound|Page [Nn]ot [Ff]ound"
)
_PICTURE = re.compile(r"(?:Bild|Foto) \d{1,3} (?:von|/) \d{1,3}")
_COUNTER = re.compile(r"(?P<number>\d{1,3})\s?/\s?(?P<of>\d{1,3})")
_DEGREES = re.compile(r"(?<!\d)[-–]?\d{1,2}(?:[.,]\d)? ?°")
_WARMTH = re.compile(r"(?<!\d)[-–]?\d{1,2} ?(?:°|Grad\b)")
# "Gültig für Mittwoch, 6. April 2011"
_FORECAST = re.compile(r"(?:Gültig|Vorhersage|Prognose|Aussichten) (?:für|bis|von|am) \S")
_CART = re.compile(r"(?:(?:Jetzt |Artikel )?[Ii]n den (?:Warenkorb|Einkaufswagen)(?: legen)?|Jetzt kaufen)[.!]?")
_AMOUNT = r"\d[\d.’']*(?:[,.](?:\d\d|[–-]{1,2}))?"
_PRICE = re.compile(rf"(?:Preis:? |nur |ab )?(?:(?:€|EUR|CHF|Fr\.) ?{_AMOUNT}|{_AMOUNT} ?(?:€|EUR|Euro|CHF))\*?")
_QUOTE = re.compile(r"(?:^|\s)[+−–-]\s?\d{1,3}(?:[.,]\d{1,3})?\s?%")
# "Sachbearbeiter (m/w/d)"
_POST = re.compile(r"\((?:[mwfdxi]\s?[/|,]\s?){1,3}[mwfdxi]\)|\(gn\)")
_APPLY = re.compile(r"\bBewerb(?:ung|en Sie|ungsfrist|ungsschluss|ungsunterlagen|ungen)\b")
_PLAYER = re.compile(r"(?:Video )?[Aa]bspielen|Video starten")


def find_textless(page: Outline, *, dated: bool) -> tuple[str, str] | None:
    """What a page with little text is that is no article, and why; None where it shows no sign of that."""
    lines, prose = page.lines, len(page.paragraphs)
    texts = [line.text for line in lines[:FORM_LINES]]
    if (wall := find_wall(texts)) is not None:
        return "service", wall
    if not dated and any(_MISSING.fullmatch(text) for text in texts):
        return "service", "it says that there is no such page"
    if prose <= 1 and is_closed(texts[:SEARCH_LINES]):
        return "service", "it says that there is nothing to see, or not for everyone"
    if is_obituary(texts):
        return "notice", "it tells the days of a birth and a death, as obituary notices do"
    if (not prose or (prose == 1 and not dated)) and any(_PLAYER.fullmatch(line.text) for line in lines):
        return "video", "it has a player, and no text"
    if prose <= 1 and sum(1 for text in texts if _PICTURE.fullmatch(text)) >= LEAST_PICTURES:
        return "gallery", "its lines number pictures, and it has no text"
    if not prose and _counts_pictures(texts):
        return "gallery", "its lines count pictures, and it has hardly a text"
    has_sentence = any(len(text) >= LEAST_TEXT and is_sentence(text) for text in texts)
    if not prose and sum(1 for text in texts if _DEGREES.search(text)) >= LEAST_DEGREES:
        return "weather", "its lines are temperatures, and it has no text"
    if not has_sentence and any(map(_FORECAST.match, texts)) and any(map(_WARMTH.search, texts)):
        return "weather", "it says for which day its temperatures are, and it has no text"
    if not dated and prose <= MAX_OFFERED and any(map(_CART.fullmatch, texts)) and any(map(_PRICE.fullmatch, texts)):
        return "shop", "it has a price, and a button to buy what it describes"
    if not has_sentence and sum(1 for text in texts if "%" in text and _QUOTE.search(text)) >= LEAST_QUOTES:
        return "quotes", "its lines are gains and losses, and it has no text"
    if any("(" in text and _POST.search(text) for text in texts[:SEARCH_LINES]) and any(
        len(text) < PROSE and _APPLY.search(text) for text in texts
    ):
        return "notice", "it offers a post, and asks for applications"
    if not dated and len(lines) < PHOTO_LINES and is_photo(lines):
        return "photo", "it is a caption and no article"
    if len(lines) <= PHOTO_LINES and _is_picture_page(lines, page.candidates):
        return "photo", "it is a caption with who took the picture, and when"
    return None


def _counts_pictures(texts: Sequence[str]) -> bool:
    """Whether lines count several pictures, one after another ("1/24"), and at most one of the others is a sentence."""
    counters = [match for text in texts if text[0].isdigit() and (match := _COUNTER.fullmatch(text)) is not None]
    if len(counters) < LEAST_COUNTED or len({match["of"] for match in counters}) > 1:
        return False
    numbers = [int(match["number"]) for match in counters]
    sentences = sum(1 for text in texts if len(text) >= LEAST_TEXT and is_sentence(text) and not is_caption(text))
    return all(below == above + 1 for above, below in pairwise(numbers)) and sentences <= 1


def _is_picture_page(lines: Sequence[Line], candidates: Sequence[Candidate]) -> bool:
    """Whether a page has a caption that closes with its credit, and below it names and stamps alone."""
    caption, *others = lines
    stamps = {one.number for one in candidates if one.whole}
    return (
        len(others) > 1
        and closes_with_credit(caption.text)
        and all(number in stamps or is_person(line.text) for number, line in enumerate(others, 1))
    )
