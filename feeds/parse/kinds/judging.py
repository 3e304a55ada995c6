"""The kind of a page that is no single article, by its form: list, ticker, player, imprint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from feeds.parse.body import Line
from feeds.parse.bylines import is_byline
from feeds.parse.kinds.archives import find_list_address
from feeds.parse.kinds.digests import find_digest
from feeds.parse.kinds.items import have_stuck_headlines, stand_apart
from feeds.parse.kinds.lists import (
    LEAST_ITEMS,
    SEARCH_LINES,
    begins_items,
    find_items,
    is_calendar,
    is_list_of_days,
    is_search,
)
from feeds.parse.kinds.teasers import are_cut, are_marked_alone, have_one_sender, leads_to_more
from feeds.parse.kinds.textless import FORM_LINES, find_textless
from feeds.parse.kinds.threads import have_writers, is_guestbook, is_thread
from feeds.parse.kinds.tickers import closes_item, find_ticker, have_headlines
from feeds.parse.kinds.titles import has_headline, tells_collection, tells_headline
from feeds.parse.outline import Outline
from feeds.parse.prose import is_short_sentence
from feeds.parse.stamps.candidate import LEAST_SCORE
from feeds.parse.stamps.forms import is_day_seen
from feeds.parse.words import SERVICE_ADDRESSES, SERVICES

LEAST_LINES: Final = 8
"""Lines of a list without a text, at least."""
HOME_PROSE: Final = 3
"""Paragraphs from which what an address without a path shows is a text."""
LEAST_SCATTERED: Final = 8
"""Paragraphs of a home page that shows no text, from which their places are judged."""
FOLLOW: Final = 2
"""Lines from one paragraph of a text to the next, at most: a smaller headline may be between them."""
MAX_FOLLOWING: Final = 0.4
"""Share of the paragraphs of a page of teasers that follow on another so, at most."""
LEAST_HOURS: Final = 3
"""Clocks alone on a home page that shows teasers, at least."""

LEAST_OF_DOSSIER: Final = 3
"""Paragraphs below its only stamp with which a page is an article, though its address may be that of a topic."""
FORM_PROSE: Final = 4
"""Paragraphs of a page that asks for consent, tells of a death or describes a recording, at most."""
HOUR_LENGTH: Final = 12

_ARCHIVE = re.compile(
    r"(?:Tag|Schlagwort|Ressort|Kategorie|Autor(?:en)?|Category|Author|Monats?)-?\s?[Aa]rchi(?:v|ve|ves)\b.{0,80}"
    r"|Posts Tagged\b.{1,80}|Artikel zu(?:m Thema)?: .{1,60}"
)
"""How systems head a list of what has a tag: "Schlagwort-Archive: Hafen"."""
_TOPIC: Final = "Artikel zu"
_ARCHIVE_WORDS: Final = ("Archi", "archi", "Tagged", _TOPIC)
# "1|2|3|4|5": an article has no more than three pages.
_PAGER = re.compile(r"1(?P<sign>\s?[|·/]\s?|\s)2(?P=sign)3(?P=sign)4\b[\d\s|·/.…»>]*")
# "Mo Di Mi Do Fr Sa So" above "1 2 3 4 5": a blog's calendar.
_WEEK = re.compile(r"(?:Mo|So)(?:\s[DMFS][a-z]){6}")
_SMALL_WORD = re.compile(r"(?<!\S)[a-zäöüß]{2,}")
_IMPRINT = re.compile(
    r"(?:Angaben|Offenlegung|Impressum|Pflichtangaben|Informationspflicht)(?: (?:gemäß|nach|laut)| gem\.) (?:§|Art\.)"
)
_RECORDING = re.compile(r",(video|audio|podcast)-?\d+\.html$")
_CONTACT = re.compile(r"(?:Presse|Medien)kontakt\b")
_HOUR = re.compile(r"\d{1,2}[.:]\d{2}(?: Uhr)?")
_KINDS: Final = {
    "video": "video", "videos": "video", "bildergalerie": "gallery", "bildergalerien": "gallery",
    "fotostrecke": "gallery", "fotostrecken": "gallery", "galerie": "gallery", "gallery": "gallery",
    "audio": "audio", "audios": "audio", "audiothek": "audio", "podcast": "audio", "podcasts": "audio",
    "episode": "audio", "episodes": "audio",
    "mediathek": "video",
}  # fmt: skip
_ROOTS: Final = ([""], ["index.html"], ["index.htm"], ["index.php"], ["start"], ["startseite"], ["home"])
"""Paths of home pages, case-folded, in parts."""
_TEASERS: Final = ("index", "its lines are headlines and teasers: a list of articles")
_HEADLINES: Final = ("index", "its lines are headlines, and it has no text: a list of articles")
_TRACKING: Final = ("utm_", "fbclid=", "gclid=", "wt_", "xtor=")
_Found = tuple[str, str] | None
"""What a page is that is no article, and why; None where it shows no such sign."""


def judge_kind(page: Outline) -> _Found:
    """What a page is that is no single article, and why; None where it may be one."""
    lines, first_prose, prose = page.lines, page.first_prose, len(page.paragraphs)
    items = find_items(lines, page.candidates)
    own = (
        one
        for one in page.candidates
        if one.number < first_prose and one.number not in items and not is_day_seen(lines, one.number)
    )
    dated = any(one.score >= LEAST_SCORE for one in own)
    is_list = items and not dated and items[0] <= first_prose + 2
    return (
        _judge_address(page, dated=dated)
        or _judge_archive(page, dated=dated)
        or (_TEASERS if is_list else None)
        or _judge_words(lines, first_prose if prose else max(first_prose, SEARCH_LINES), dated=dated)
        or _judge_items_alike(page)
        or (find_textless(page, dated=dated) if prose <= FORM_PROSE else None)
        or _judge_stamps(page, dated=dated)
        or _judge_items(page)
        or _judge_places(page, dated=dated)
        or (_HEADLINES if not (dated or prose) and _has_no_sentence(lines) else None)
    )


def _judge_address(page: Outline, *, dated: bool) -> _Found:
    """By its address: that of a home page, or of a kind of page without a text."""
    if page.url is None:
        return None
    lines, paragraphs, candidates = page.lines, page.paragraphs, page.candidates
    parts = urlsplit(page.url)
    segments = parts.path.casefold().strip("/").split("/")
    query = [field for field in parts.query.split("&") if field and not field.startswith(_TRACKING)]
    prose = len(paragraphs)
    if segments in _ROOTS and not query:
        stamps = {one.number for one in candidates if one.whole and one.match.label is None}
        is_undated_home = not dated and (_count_hours(lines) >= LEAST_HOURS or _are_scattered(paragraphs))
        if prose < HOME_PROSE or is_undated_home or (segments != [""] and not dated) or len(stamps) > 1:
            return "home", "its address is that of a home page"
    has_text = prose > 1 and (dated or prose > FORM_PROSE)
    # "/streit-um-den-radweg,video-181120.html": of several broadcasters.
    named = [*segments, *_RECORDING.findall(segments[-1])]
    if not has_text and (kind := next((_KINDS[part] for part in reversed(named) if part in _KINDS), None)):
        return kind, f"its address is that of {'an' if kind == 'audio' else 'a'} {kind}, and it has hardly a text"
    is_text = prose > 1 and has_headline(lines[: page.first_prose])
    if not (dated or is_text) and prose <= FORM_PROSE and segments[-1].partition(".")[0] in SERVICE_ADDRESSES:
        return "service", "its address is that of a form or a page that every site has"
    return None


def _are_scattered(paragraphs: Sequence[int]) -> bool:
    """Whether the paragraphs of a page are those of teasers: hardly any follows on another, as those of a text do."""
    follow = sum(1 for above, below in pairwise(paragraphs) if below - above <= FOLLOW)
    return len(paragraphs) >= LEAST_SCATTERED and follow < MAX_FOLLOWING * (len(paragraphs) - 1)


def _judge_archive(page: Outline, *, dated: bool) -> _Found:
    """By an address that lists have."""
    # A collection has the day on which it was made.
    clocks = [one.number for one in page.candidates if one.whole and one.has_clock]
    is_one = len(clocks) == 1 and clocks[0] < page.first_prose and len(page.paragraphs) >= LEAST_OF_DOSSIER
    dated = (dated or is_one) and not tells_collection(page.lines[: page.first_prose], page.url)
    reason = find_list_address(page.url, dated=dated)
    return None if reason is None else ("index", reason)


def _judge_words(lines: Sequence[Line], first_prose: int, *, dated: bool) -> _Found:
    """By what the lines above the text say, or the first ones where there is none."""
    if is_search([line.text for line in lines[: max(first_prose + 1, SEARCH_LINES)]]):
        return _TEASERS
    head = [line.text for line in lines[:first_prose]]
    # An article may name its topic so.
    heads = (text for text in head if not (dated and text.startswith(_TOPIC)))
    if any(map(_is_head_of_list, heads)) and not any(map(_WEEK.fullmatch, head)):
        return "index", "it is headed as an archive, or has its pages numbered above: a list of articles"
    if any(_IMPRINT.match(line.text) for line in lines[:first_prose]):
        return "service", "it is an imprint"
    if _is_service_by_path(lines, first_prose):
        return "service", "its headline and the path to it are those of an imprint or the like"
    return None


def _is_head_of_list(text: str) -> bool:
    """Whether a line heads an archive, or numbers the pages of a list."""
    if text[0] == "1":
        return _PAGER.fullmatch(text) is not None
    return any(word in text for word in _ARCHIVE_WORDS) and _ARCHIVE.fullmatch(text) is not None


def _is_service_by_path(lines: Sequence[Line], first_prose: int) -> bool:
    """Whether the path to the page ends with a service's name, which is also the headline below it."""
    head = [line.text.casefold() for line in lines[: min(first_prose, FORM_LINES)]]
    return any(below in SERVICES and above.endswith(below) for above, below in pairwise(head))


def _judge_items_alike(page: Outline) -> _Found:
    """By items of one form, none of which is the page's own text: each with a day, a sender, or a bullet above it."""
    called = tells_collection(page.lines[: page.first_prose], page.url)
    if begins_items(page.lines, page.paragraphs, page.candidates, called=called):
        return "index", "its items begin with a day and a headline each: a list of articles"
    if is_list_of_days(page.lines, page.paragraphs, page.candidates):
        return "index", "most of its lines begin with a day: a list of headlines"
    if have_one_sender(page.prose):
        return "index", "its paragraphs begin with one sender each: a list of articles"
    if are_cut(page.prose):
        return "index", "its paragraphs break off: a list of teasers"
    if are_marked_alone(page.lines, page.paragraphs):
        return "index", "its headlines have a bullet above them each: a list of articles"
    return None


def _judge_stamps(page: Outline, *, dated: bool) -> _Found:
    """By the stamps of several items."""
    lines, first_prose, candidates, prose = page.lines, page.first_prose, page.candidates, len(page.paragraphs)
    # Whom to ask closes a text of its own: what is below that are other articles.
    end = next((at for at in range(first_prose + 1, len(lines)) if _CONTACT.match(lines[at].text)), len(lines))
    inside = [one for one in candidates if one.whole and first_prose < one.number < end and one.match.label is None]
    clocks = [one for one in inside if one.has_clock]
    several = len({one.match.stamp.value for one in clocks}) > 1
    if several and not dated and have_headlines(lines, clocks, first_prose):
        return "ticker", "several items, each with a stamp and a headline of its own"
    is_bare = len(lines) >= LEAST_LINES and prose <= 1
    if is_bare and (len(inside) >= LEAST_ITEMS or _count_hours(lines) >= LEAST_ITEMS):
        above = inside[0].number if inside else len(lines)
        # An article of a few sentences has the stamps of others below it.
        if sum(1 for line in lines[:above] if is_short_sentence(line.text)) < 2:
            return "index", "its lines are dates and headlines: a list of articles"
    texts = [line.text for line in lines]
    if leads_to_more(texts):
        return _TEASERS
    if dated and any(closes_item(lines, one) for one in candidates if one.number >= first_prose):
        return "ticker", "several items, each closed by its sender and time"
    return None


def _judge_items(page: Outline) -> _Found:
    """By the lines with which several items begin."""
    if (reason := find_ticker(page.lines, page.first_prose)) is not None:
        return "ticker", reason
    if (reason := find_digest(page.lines, page.candidates, page.first_prose)) is not None:
        return "index", reason
    if is_thread(page.lines):
        return "forum", "answers repeat its headline: a thread of a forum"
    if have_writers(page.lines):
        return "forum", "its texts have their times and writers above them: a thread of a forum"
    if is_guestbook(page.lines, page.url):
        return "forum", "it is called a guest book, and its entries have a day and a clock each"
    if is_calendar(page.lines, page.candidates):
        return "index", "its lines are events with their days or hours: a calendar"
    return None


def _judge_places(page: Outline, *, dated: bool) -> _Found:
    """By the places of the paragraphs: those of several articles are apart from each other."""
    if have_stuck_headlines(page.prose):
        return "index", "headlines stick to its paragraphs: a list of teasers"
    has_day = dated or page.address is not None
    told = has_day or tells_headline(page.lines[: page.lead], page.url)
    dated = told and not tells_collection(page.lines[: page.first_prose], page.url)
    if stand_apart(page.lines, page.paragraphs, page.candidates, dated=dated, part=page.part):
        return "index", "its texts stand apart, each below a headline: a list of articles"
    return None


def _has_no_sentence(lines: Sequence[Line]) -> bool:
    """Whether a page has several lines, and none of the first ones is a sentence.

    What has no word in small letters only ends with an abbreviation: "Pl. Verein Sp. Tore Pkt."; but "Von A. B." is who
    wrote a text.
    """
    return len(lines) >= LEAST_LINES and not any(
        is_short_sentence(line.text) and (_SMALL_WORD.search(line.text) or is_byline(line.text))
        for line in lines[:FORM_LINES]
    )


def _count_hours(lines: Sequence[Line]) -> int:
    """How many lines are a clock and nothing else."""
    return sum(1 for line in lines if len(line.text) < HOUR_LENGTH and _HOUR.fullmatch(line.text))
