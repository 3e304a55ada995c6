"""Pages that report live, or one thing after another, recognised by the clocks, minutes and numbers of their items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feeds.parse.body import Line, is_sentence
from feeds.parse.kinds.lists import AGO
from feeds.parse.prose import PROSE, begins_as_tail, is_prose, is_running_text
from feeds.parse.stamps.candidate import Candidate

LIVE_LINES: Final = 8
"""Lines above the text among which a page is called live."""
LEAST_UPDATES: Final = 3
LEAST_MINUTES: Final = 4
"""Minutes of a match with which items of what is called a live report begin, at least."""
ITEM_LINES: Final = 5
"""Lines below an item's clock among which its text begins, at most."""

# "20:02 Uhr | Bahn fährt wieder" above the text of an item.
_HOUR_ITEM = re.compile(r"\d{1,2}[.:]\d{2}\sUhr\s?[|–—:-]\s?\S.{5,120}")
_UPDATE = re.compile(r"(?:\+{2,3}\s?)?(?:UPDATE|Update|\d{1,2}[.:]\d{2}\sUhr)\b[^\n]{0,45}?[:+]\s")
# "[Update 21.40 Uhr] Das Land hat ...", "[Update vom 5. März, 21.40 Uhr] ..."
_BRACKETED = re.compile(r"\[(?:Update|UPDATE)\b[^]]{0,45}?(?<!\d)(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:\sUhr)?\]\s")
# "6:34 Uhr - Trainer sieht sich bestätigt - Nach der Debatte ..."
_TIMED = re.compile(r"\d{1,2}[.:]\d{2}(?:\sUhr)?\s?[-–—|]\s")
# "(20.39 Uhr) Der Rat hat ...", "10:00 Uhr Guten Morgen! Heute ..."
_CLOCKED = re.compile(r"(?P<open>\()?(?P<hour>[012]?\d)[.:](?P<minute>[0-5]\d)\sUhr(?(open)\))\s(?=[A-ZÄÖÜ„\"»«0-9])")
# "21:14 Uhr", "17.02.2022 • 21:14 Uhr"
_CLOCK = re.compile(r"(?:\d{1,2}\.\d{1,2}\.(?:\d{4})?,?(?:\s[•|–-])?\s)?[012]?\d[.:][0-5]\d(?:\sUhr)?")
_LIVE = re.compile(r"(?:Live-?)(?:bericht|ticker|blog)|LIVETICKER|LIVEBLOG|(?:News-?)?Ticker", re.IGNORECASE)
# "Liveticker: Musterau - Beispiel 2:2"
_LIVE_HEAD = re.compile(r"(?:.{2,30}\s(?:im\s)?)?Live-?(?:bericht|ticker|blog)\b\s?[:|–-].{3,120}", re.IGNORECASE)
# "Die Eröffnung im Liveticker", "Der Tag im Ticker: Alle Infos"
_LIVE_TITLE = re.compile(
    r".{3,120}\s(?:im|als)\s(?:Live-?(?:ticker|blog)\b.{0,30}|(?:News-?)?Ticker(?::.{1,80})?)", re.IGNORECASE
)
# "11:31 Uhr"
_HOUR = re.compile(r"(?P<hour>[012]?\d)[.:](?P<minute>[0-5]\d)(?P<word>\sUhr)?")
# "88. Wechsel bei Musterau: ...", "90.+3 Tor!"
_MINUTE_ITEM = re.compile(r"(?P<minute>\d{1,3})\.?(?:\s?\+\s?\d{1,2})?\.?['’′]?\s\S")
# "90' Schluss in Musterau."
_MINUTE_LINE = re.compile(r"(?P<minute>\d{1,3})(?:\s?\+\s?\d{1,2})?['’′]\s\S")
_REGISTERED = re.compile(r"(\d{3,5})\.\s[A-ZÄÖÜ„]")
_MINUTE = re.compile(r"\d{1,3}(?:\s?\+\s?\d)?\.?\s?['’′]")
_MINUTE_ALONE = re.compile(r"\d{1,3}\.(?:\s?\+\s?\d{1,2})?")


def find_ticker(lines: Sequence[Line], first_prose: int) -> str | None:
    """Why a page is one of items that follow each other in time, None where it isn't."""
    below = [line.text for line in lines[first_prose:]]
    if sum(1 for text in below if _UPDATE.match(text) or (_TIMED.match(text) and is_prose(text))) >= LEAST_UPDATES:
        return "its paragraphs are updates, each with a clock time"
    if _are_bracketed(lines, first_prose):
        return "its paragraphs are updates, each with a clock time in brackets"
    if _are_clocked(below):
        return "its paragraphs begin with a clock time each"
    if _is_live(lines, first_prose):
        return "it is called live, and its items have a time each"
    names = (_LIVE, _LIVE_HEAD, _LIVE_TITLE)
    is_live = any(name.fullmatch(text) for text in _list_head(lines, first_prose) for name in names)
    if _have_hours(lines, is_live=is_live):
        return "its items have a clock on a line of its own each, one after another"
    if _count_clocked_items(lines, first_prose) >= LEAST_UPDATES:
        return "its items begin with a clock time and a headline"
    numbered = [number for number, line in enumerate(lines) if line.text[0].isdigit()]
    if len(numbered) < 2:
        return None
    if _are_minutes(below):
        return "its lines are what happened in a minute of a match"
    if sum(1 for number in numbered if _MINUTE.fullmatch(lines[number].text)) >= LEAST_UPDATES:
        return "its paragraphs are what happened in a minute of a match"
    if _has_numbered_items(lines, numbered):
        return "several items, each with a number of its own"
    return None


def _are_clocked(texts: Sequence[str]) -> bool:
    """Whether several paragraphs begin with clocks in order, from early to late or from late to early."""
    clocks = [
        (int(match["hour"]), int(match["minute"]))
        for text in texts
        if text[0] in "(0123456789" and (match := _CLOCKED.match(text)) is not None and is_prose(text)
    ]
    return len(clocks) >= LEAST_UPDATES and clocks in (sorted(clocks), sorted(clocks, reverse=True))


def _are_minutes(texts: Sequence[str]) -> bool:
    """Whether several lines begin with minutes of a match, in order, and none is a paragraph without one."""
    items = [match for text in texts if (match := _MINUTE_LINE.match(text)) is not None]
    minutes = [int(match["minute"]) for match in items]
    if len(set(minutes)) < LEAST_MINUTES or minutes not in (sorted(minutes), sorted(minutes, reverse=True)):
        return False
    return not any(is_prose(text) and _MINUTE_LINE.match(text) is None for text in texts)


def _are_bracketed(lines: Sequence[Line], first_prose: int) -> bool:
    """Whether several updates have their clock in brackets, with no sentence above the first one.

    From late to early, a paragraph may be. What is added to an article is below its text, the latest last.
    """
    updates = [
        (number, match)
        for number, line in enumerate(lines)
        if line.text[0] == "[" and (match := _BRACKETED.match(line.text)) is not None
    ]
    if len(updates) < LEAST_UPDATES:
        return False
    first, _ = updates[0]
    if not any(is_running_text(line.text) for line in lines[:first]):
        return True
    times = [(int(match["hour"]), int(match["minute"])) for _, match in updates]
    return times == sorted(times, reverse=True) and sum(is_prose(line.text) for line in lines[first_prose:first]) <= 1


def _have_hours(lines: Sequence[Line], *, is_live: bool) -> bool:
    """Whether several clocks in order are alone on their lines, with a sentence soon below each.

    What is not called live (`is_live`) must have them from late to early, as no course of a day or of an event has,
    and no sentence above them; and an article with its own clock is longer than the items below or above it. What is
    called live may be a programme, a review or a summary if they go from early to late below a sentence; its
    first item may be pinned above later ones.
    """
    clocks = [
        (number, match)
        for number, line in enumerate(lines)
        if line.text[0].isdigit() and (match := _HOUR.fullmatch(line.text)) is not None
    ]
    times = [(int(match["hour"]), int(match["minute"])) for _, match in clocks]
    if is_live and times[1:] == sorted(times[1:], reverse=True) and times[:1] < times[1:2]:
        clocks, times = clocks[1:], times[1:]
    if len(set(times)) < LEAST_UPDATES:
        return False
    ends = [*(number for number, _ in clocks[1:]), len(lines)]
    items = [[line.text for line in lines[number + 1 : end]] for (number, _), end in zip(clocks, ends, strict=True)]
    told = [any(map(is_sentence, item[:ITEM_LINES])) for item in items]
    late_first = times == sorted(times, reverse=True)
    has_lead = any(is_running_text(line.text) for line in lines[: clocks[0][0]])
    if is_live:
        # The page may have been cut off in its last item.
        return all(told[:-1]) and (late_first or (times == sorted(times) and not has_lead))
    if has_lead or not (all(told) and late_first and all(match["word"] for _, match in clocks)):
        return False
    texts = [[len(text) for text in item if is_running_text(text)] for item in items]
    return all(
        len(outer) <= max(map(len, others)) for outer, others in ((texts[0], texts[1:]), (texts[-1], texts[:-1]))
    )


def _list_head(lines: Sequence[Line], first_prose: int) -> list[str]:
    """The lines above the text among which a page is called live."""
    return [line.text for line in lines[max(0, first_prose - LIVE_LINES) : first_prose]]


def _count_clocked_items(lines: Sequence[Line], first: int) -> int:
    """How many lines from the first on begin an item with a clock, with a sentence below or a headline."""
    count = 0
    for number in range(first, len(lines)):
        if lines[number].text[-1] != "." and _HOUR_ITEM.fullmatch(lines[number].text) is not None:
            count += any(is_sentence(line.text) for line in lines[number + 1 : number + 3])
    return count


def _is_live(lines: Sequence[Line], first_prose: int) -> bool:
    """Whether a page is called a live report in its head, and has ages, minutes or clocks on lines of their own."""
    head = _list_head(lines, first_prose)
    below = [line.text for line in lines[first_prose:]]
    if any(map(_LIVE_HEAD.fullmatch, head)):
        minutes = [int(match["minute"]) for text in below if (match := _MINUTE_ITEM.match(text)) is not None]
        # The numbers of a list have no gaps.
        if len(set(minutes)) >= LEAST_MINUTES and max(minutes) > len(minutes):
            return True
    if not any(map(_LIVE.fullmatch, head)):
        return False
    return (
        sum(1 for text in below if AGO.fullmatch(text)) > 1
        or sum(1 for text in below if _MINUTE_ALONE.fullmatch(text)) >= LEAST_UPDATES
        or sum(1 for text in below if _CLOCK.fullmatch(text)) >= LEAST_UPDATES
    )


def _has_numbered_items(lines: Sequence[Line], numbered: Sequence[int]) -> bool:
    """Whether lines are headlines whose numbers follow each other, each above a text, as in the police's reports.

    `numbered` are those of the lines that begin with a digit.
    """
    numbers = [
        int(match[1])
        for number in numbered
        if (match := _REGISTERED.match(lines[number].text)) is not None and not is_sentence(lines[number].text)
        if number + 1 < len(lines) and is_sentence(lines[number + 1].text)
    ]
    return any(following == number + 1 for number, following in pairwise(numbers))


def closes_item(lines: Sequence[Line], stamp: Candidate) -> bool:
    """Whether a paragraph ends with a sender and a time: "... sagte sie. | Radio Muster 09.09.2022 08:30 Uhr"."""
    text = lines[stamp.number].text
    if not stamp.has_clock or text[stamp.end :].strip(" .") or begins_as_tail(text):
        return False
    front, bar, _ = text[: stamp.start].rpartition(" | ")
    return bool(bar) and len(front) >= PROSE and is_sentence(front.rstrip())


def have_headlines(lines: Sequence[Line], stamps: Sequence[Candidate], first_prose: int) -> bool:
    """Whether most stamps have a headline and text below them, and the first is at most below a lead.

    Further down they are those of teasers and comments.
    """
    if sum(1 for line in lines[first_prose : stamps[0].number] if is_prose(line.text)) > 1:
        return False
    good = 0
    for stamp in stamps:
        below = [line.text for line in lines[stamp.number + 1 : stamp.number + 5]]
        good += (
            bool(below) and len(below[0]) < 140 and not is_sentence(below[0]) and any(is_prose(text) for text in below)
        )
    return good * 2 > len(stamps)
