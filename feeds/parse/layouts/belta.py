"""The German edition of the BelTA news agency (deu.belta.by), in every way in which its pages were saved.

Told apart by structure:

- stamp below the category, headline below the stamp ("25 Juni 2024, 14:05"): crawls since 2020. The date above
  "Alle Nachrichten" is that of the crawl.
- headline first, then "Politik 11.07.2017 | 14:24": the older desktop and mobile pages.
- neither: the text alone. No headline, no category; day and month are in the dateline, the year is in the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.article import Dateline
from feeds.dates import DateError, Stamp, parse_date
from feeds.errors import Problem
from feeds.parse.body import Line, add_blocks, is_caption, is_photo, is_sentence
from feeds.parse.datelines.dateline import DatelineMatch, match_dateline
from feeds.parse.datelines.opening import match_wrapped
from feeds.parse.draft import Draft
from feeds.parse.layouts import Layout
from feeds.parse.mending.dumps import unmark
from feeds.parse.mending.wraps import unwrap
from feeds.parse.page import Page
from feeds.text import fold_spaces

HEAD_LINES: Final = 40
"""Lines with text, from the top, that are searched for the stamp."""
GALLERY: Final = "Fotoreportage"
MENU_END: Final = "Alle Nachrichten"
"""The last line of the menu."""
LEAD_LINES: Final = 8
"""Lines of captions or tags above the dateline, at most."""

_STAMP_BELOW = re.compile(r"\s*(\d{1,2}\.?\s[^\W\d_]{3,9}\s\d{4}(?:\s?[,|]\s{0,3}|\s{1,3})\d{1,2}:\d{2}(?:\sUhr)?)\s*")
_STAMP_BEHIND = re.compile(r"\s*(?P<category>[^\d|]{0,60}?)\s*(?P<stamp>\d{1,2}\.\d{1,2}\.\d{4} \| \d{1,2}:\d{2})\s*")
_CRAWL = re.compile(r", (\d{1,2}\.? [^\W\d_]{3,9} \d{4})\s*$")
_UTC = ZoneInfo("UTC")
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}\s*")
_NUMBER_AND_YEAR = re.compile(r"-\d+-(\d{4})/?$")
# "/president?id=618432": the number of an article, where else a section is addressed.
_NUMBER_IN_QUERY = re.compile(r"(?:^|&)id=\d+(?:&|$)")
_NAVIGATION: Final = frozenset(
    {"alle nachrichten", "projekte", "staatsorgane", "services", "mobile version", "vollversion"}
)
_FOOTER: Final = frozenset(
    {
        "Abonnieren Sie uns auf", "Twitter", "Top-Nachrichten", "Letzte Nachrichten aus Belarus", "Letzte Nachrichten",
        "Druckversion", "Vollversion", "Mobile Version", "Alle Nachrichten", "Wetter",
    }
)  # fmt: skip
_VERSIONS: Final = frozenset(["Mobile Version", "Vollversion"])
_NETWORKS: Final = frozenset(["X", "Twitter", "Facebook", "Telegram", "Instagram", "YouTube", "VK", "TikTok", "RSS"])
_FOOTER_START: Final = "Nachrichten der Rubrik"
_CYRILLIC = re.compile("[а-яА-Я]{2}")
_SECTION_KINDS: Final = {
    "video": ("video", "its address is that of a video"),
    "photonews": ("photo", "its address is that of a photo"),
    "fotoreportage": ("gallery", "its address is that of a photo report"),
    "all_news": ("index", "its address is that of a list of articles"),
}


def recognise(page: Page) -> bool:
    """Whether a page is built like one of BelTA's: its menu, its stamp, or its dateline."""
    menu = 0
    above = ""
    for _, text in _iterate_head(map(fold_spaces, unmark(page.lines))):
        if text == MENU_END:
            menu += 1
        elif menu >= 2 and text[:1].isdigit() and _STAMP_BELOW.fullmatch(text):
            return True
        elif text in _VERSIONS:
            menu += 1
        elif menu and "|" in text:
            if _STAMP_BEHIND.fullmatch(text):
                return True
        elif "(BelTA)" in text[:120]:
            return match_dateline(text) is not None or match_wrapped(above, text) is not None
        above = text
    return False


def read(page: Page, url: str | None, zone: ZoneInfo) -> Draft | None:
    """A BelTA page as a Draft."""
    draft = Draft()
    page = replace(page, lines=tuple(unwrap([fold_spaces(line) for line in unmark(page.lines)])))
    if url is not None and _is_set_aside(url, page, draft):
        return draft
    lines = page.lines
    start = _read_head(page, draft, zone)
    if draft.category == GALLERY:
        return draft.set_aside("gallery", "its category is that of photo reports")
    if start is None:
        start = 0
        if url is None and _is_list(page):
            return draft.set_aside("index", "its lines are clock times and headlines: a list of articles")
    body, end = _split_footer(lines, start)
    draft.marks.extend([(offset, "footer") for offset in range(end, len(lines)) if lines[offset]])
    while body and _is_footer(body[-1].text):
        draft.marks.append((body.pop().offset, "footer"))
    if draft.published is None:
        body = _drop_trailing_captions(page, body, draft)
    body, match = _read_dateline(body, draft)
    if draft.published is None:
        if match is None and is_photo(body):
            return draft.set_aside("photo", "it is a caption and no article")
        if match is None and len(body) > 1 and len({line.text for line in body}) == 1:
            return draft.set_aside("video", "it is one caption, printed twice")
        if match is None and (menu := _find_menu(page)):
            return _read_framed(page, menu, url, zone)
        _date_by_address(page, draft, url, None if match is None else match.dateline)
    add_blocks(draft, body, first_line=page.first_line)
    if match is not None:
        draft.dateline = match.dateline
    if not draft.blocks:
        return draft.set_aside("empty", "nothing is left of it without navigation")
    return draft


def _is_footer(text: str) -> bool:
    """Whether the last line above the footer is of it: a network's name, or a label that is still Russian."""
    return text in _NETWORKS or (_CYRILLIC.match(text) is not None and not is_sentence(text))


def _find_menu(page: Page) -> int:
    """The offset after the menu that the crawls since 2020 have above a page; 0 where there is none."""
    return max((at + 1 for at, text in _iterate_head(page.lines) if text == MENU_END), default=0)


def _read_framed(page: Page, start: int, url: str | None, zone: ZoneInfo) -> Draft:
    """A page without stamp, below its menu: a list, a missing page, a text with its headline above the dateline.

    It is read as any page is, without its frame: the day in that is the crawl's, and never the stamp.
    """
    # Costs 20 ms to import, and pages of articles need none of it.
    from feeds.parse.general import read_generally

    _, end = _split_footer(page.lines, start)
    lines = [line if start <= offset < end else "" for offset, line in enumerate(page.lines)]
    draft = read_generally(replace(page, lines=tuple(lines)), url, zone)
    _read_menu(page.lines, start, draft)
    if draft.published is None and url is not None and _NUMBER_AND_YEAR.search(urlsplit(url).path) is not None:
        _date_by_address(page, draft, url, draft.dateline)
    return draft


def _iterate_head(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The first lines that hold text, each with its offset: some pages were saved with a blank line after each."""
    return islice(((offset, line) for offset, line in enumerate(lines) if line), HEAD_LINES)


def _read_head(page: Page, draft: Draft, zone: ZoneInfo) -> int | None:
    """Headline, category and stamp; the offset after them, or None where the page shows no stamp."""
    for offset, text in _iterate_head(page.lines):
        # Nothing else of the head has a clock.
        if ":" not in text:
            continue
        if (match := _STAMP_BELOW.fullmatch(text)) is not None:
            return _read_stamp_below(page, draft, zone, offset, match[1])
        if "|" in text and (match := _STAMP_BEHIND.fullmatch(text)) is not None:
            return _read_stamp_behind(page, draft, zone, offset, match)
    return None


def _read_stamp_below(page: Page, draft: Draft, zone: ZoneInfo, offset: int, stamp: str) -> int:
    lines, marks = page.lines, draft.marks
    _read_menu(lines, offset, draft)
    above = _find_above(lines, offset)
    if above is not None and (label := lines[above].strip()).casefold() not in _NAVIGATION:
        draft.category = label
        marks.append((above, "category"))
        draft.found.append(("category", above, "belta: the line above the stamp"))
    _read_stamp(page, draft, zone, offset, stamp)
    below = offset + 1
    while below < len(lines) and not lines[below].strip():
        below += 1
    if below < len(lines):
        headline = lines[below].strip()
        if match_dateline(headline) is None and headline not in _FOOTER:
            draft.headline = headline
            marks.append((below, "headline"))
            draft.found.append(("headline", below, "belta: the first line below the stamp"))
            return below + 1
    return below


def _read_menu(lines: Sequence[str], end: int, draft: Draft) -> None:
    """The day on which the page was seen, from the menu above it: "flag Freitag, 19 Juli 2024"."""
    for number, text in enumerate(lines[:end]):
        is_crawl = "tag, " in text or "woch, " in text
        draft.marks.append((number, "crawl date" if is_crawl else "navigation"))
        if is_crawl and draft.crawled is None:
            draft.crawled = _read_day(text)


def _find_above(lines: Sequence[str], offset: int) -> int | None:
    """The nearest line above one that holds text."""
    return next((above for above in range(offset - 1, -1, -1) if lines[above].strip()), None)


@lru_cache(maxsize=4096)
def _read_day(text: str) -> date | None:
    """The day of "flag Freitag, 19 Juli 2024", or None. Ten years have fewer days than are remembered."""
    if (match := _CRAWL.search(text)) is None:
        return None
    try:
        return parse_date(match[1], now=None, tz=_UTC).day
    except DateError:
        return None


def _read_stamp_behind(page: Page, draft: Draft, zone: ZoneInfo, offset: int, match: re.Match[str]) -> int:
    lines = page.lines
    above = _find_above(lines, offset)
    draft.marks.extend((line, "navigation") for line in range(above or 0))
    if above is not None and (headline := lines[above].strip()).casefold() not in _NAVIGATION:
        draft.headline = headline
        draft.marks.append((above, "headline"))
        draft.found.append(("headline", above, "belta: the line above the stamp"))
    if match["category"]:
        draft.category = match["category"]
        draft.found.append(("category", offset, "belta: in front of the stamp"))
    _read_stamp(page, draft, zone, offset, match["stamp"])
    return offset + 1


def _read_stamp(page: Page, draft: Draft, zone: ZoneInfo, offset: int, text: str) -> None:
    draft.marks.append((offset, "stamp"))
    try:
        draft.published = parse_date(text, now=None, tz=zone)
    except DateError as error:
        draft.problems.append(Problem("unreadable-stamp", error.what, page.first_line + offset, text))
        return
    draft.found.append(("published", offset, "belta: the stamp"))


def _split_footer(lines: tuple[str, ...], start: int) -> tuple[list[Line], int]:
    """The lines of the text, and the offset at which the page's footer begins; it may follow without a blank line."""
    body: list[Line] = []
    for offset in range(start, len(lines)):
        if not (text := lines[offset].strip()):
            continue
        # Lines of a footer are short; most lines of a text are not.
        if len(text) < 60 and (text in _FOOTER or text.startswith(_FOOTER_START)):
            return body, offset
        body.append(Line(offset, text))
    return body, len(lines)


def _read_dateline(body: list[Line], draft: Draft) -> tuple[list[Line], DatelineMatch | None]:
    """The body with its dateline taken off, and the dateline. Above it are captions, tags or a lead."""
    for number, line in enumerate(body[:LEAD_LINES]):
        match = match_dateline(line.text)
        wrapped = None
        if number + 1 < len(body) and (match is None or match.end == len(line.text)):
            below = body[number + 1].text
            if (whole := match_wrapped(line.text, below)) is not None:
                wrapped, match = Line(line.offset, f"{line.text} {below}"), whole
        if match is None or (match.dateline.agency is None and match.dateline.day is None):
            continue
        for above in body[:number]:
            if len(above.text) > 100 and is_sentence(above.text):
                draft.summary = above.text
                draft.marks.append((above.offset, "lead"))
                draft.found.append(("summary", above.offset, "belta: a sentence above the dateline"))
            else:
                draft.marks.append((above.offset, "caption"))
        draft.found.append(("dateline", line.offset, "belta: place, day and agency"))
        opening, rest = (line, body[number + 1 :]) if wrapped is None else (wrapped, body[number + 2 :])
        # Where the whole text is printed twice, its dateline is too.
        repeated = [again.offset for again in rest if again.text == opening.text]
        if repeated:
            draft.marks.extend((offset, "repeated") for offset in repeated)
            rest = [other for other in rest if other.text != opening.text]
        words = opening.text[match.end :]
        return [Line(line.offset, words), *rest] if words else rest, match
    return _drop_captions(body, draft), None


def _drop_captions(body: list[Line], draft: Draft) -> list[Line]:
    """The body of a page without dateline, without the captions that it begins with; some are shown twice."""
    texts = [line.text for line in body]
    number = 0
    for number, text in enumerate(texts):
        is_twice = len(text) < 100 and text in texts[max(0, number - 1) : number] + texts[number + 1 : number + 2]
        if not (is_twice or is_caption(text)):
            break
        draft.marks.append((body[number].offset, "caption"))
    else:
        return []
    return body[number:]


def _drop_trailing_captions(page: Page, body: list[Line], draft: Draft) -> list[Line]:
    """The body without the lines from between the pictures below it: short ones that close no sentence."""
    last = len(body)
    while last and len(body[last - 1].text) <= 100 and not is_sentence(body[last - 1].text):
        last -= 1
    # A text that was cut off ends without a full stop too. Captions have the gaps of the pictures around them.
    for number in range(last, len(body)):
        offset = body[number].offset
        gap = offset >= 2 and not page.lines[offset - 1].strip() and not page.lines[offset - 2].strip()
        if gap or is_caption(body[number].text) or _CYRILLIC.search(body[number].text):
            draft.marks.extend((line.offset, "caption") for line in body[number:])
            return body[:number]
    return body


def _date_by_address(page: Page, draft: Draft, url: str | None, dateline: Dateline | None) -> None:
    """The day of the dateline with the year of the address."""
    if dateline is None or dateline.day is None:
        return
    day = dateline.day
    offset = draft.offset_of("dateline")
    if not day.startswith("--"):
        draft.published = Stamp(date.fromisoformat(day), "day")
        draft.found.append(("published", offset, "belta: the dateline's date"))
        return
    found = None if url is None else _NUMBER_AND_YEAR.search(urlsplit(url).path)
    if found is None:
        line = None if offset is None else page.first_line + offset
        hint = "write `url:` or `published:` into front matter above the page"
        draft.problems.append(Problem("unknown-year", "the dateline's year is unknown", line, day, hint))
        return
    try:
        draft.published = Stamp(date(int(found[1]), int(day[2:4]), int(day[5:7])), "day")
    except ValueError:
        draft.problems.append(
            Problem("no-such-day", "the address's year has no such day", None, f"{found[1]}{day[1:]}")
        )
        return
    draft.found.append(("published", offset, "belta: the dateline's day, the address's year"))


def _is_set_aside(url: str, page: Page, draft: Draft) -> bool:
    """Whether an address is that of no article; the draft then says why."""
    parts = urlsplit(url)
    path = parts.path.strip("/")
    section = path.partition("/")[0]
    if section in _SECTION_KINDS:
        draft.set_aside(*_SECTION_KINDS[section])
    elif not path:
        draft.set_aside("home", "its address is that of the home page")
    elif (
        "/view/" not in path
        and _NUMBER_AND_YEAR.search(path) is None
        and not ((_NUMBER_IN_QUERY.search(parts.query) or not _find_menu(page)) and _is_report(page))
    ):
        draft.set_aside("index", "its address is that of a section")
    return draft.kind != "article"


def _is_report(page: Page) -> bool:
    """Whether a page is the text of one article: just one of its lines begins with a dateline and its agency."""
    matches = {text: match_dateline(text) for text in page.lines if text}
    return sum(match is not None and match.dateline.agency is not None for match in matches.values()) == 1


def _is_list(page: Page) -> bool:
    return sum(1 for text in page.lines[:400] if len(text) < 40 and _CLOCK.fullmatch(text)) >= 3


LAYOUT: Final = Layout(
    name="belta",
    read=read,
    recognise=recognise,
    hosts=("belta.by",),
    zone="Europe/Minsk",
    url_id=r"-(\d+-\d{4})/?$",
    sections={
        "president": "Präsident",
        "politics": "Politik",
        "economics": "Wirtschaft",
        "society": "Gesellschaft",
        "culture": "Kultur",
        "sport": "Sport",
        "tourism": "Tourismus",
        "regions": "Regionen",
    },
)
