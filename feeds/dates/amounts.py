"""Dates that are an amount of time away from now: "vor 3 Stunden", "in zwei Wochen", "eine Woche vorher".

Owns what the amounts are and which of them running text means. How an instant moves is decided in `resolution`.
"""

from __future__ import annotations

import re

from feeds.dates import words
from feeds.dates.absolute import is_alone
from feeds.dates.relative_grammar import AMOUNTS_BEFORE, OFFSET, ONE_AMOUNT, WORD
from feeds.dates.relative_search import Search, known_now, placed, with_clock
from feeds.dates.resolution import stamp_moved
from feeds.dates.stamp import Found
from feeds.errors import DateError

NARROWED = re.compile(r",?\s(?:im|am|zu|anfang|mitte|ende)\s")
"""After months or years: what day of them is meant, "vor einem Jahr im Mai"."""
CLOCK_BEHIND = re.compile(r",?\s{1,3}(?:\(?[0-9]{1,2}(?:[:.][0-9]{2})?\s?uhr(?!\w)|(?:um|gegen)\s{1,3}[0-9])")
"""A clock of the day that days or weeks lead to; one without a word for it may be a running time."""
QUARTERS = {"minute": ("second", 15.0), "stunde": ("minute", 15.0), "jahr": ("month", 3.0)}
"""What a quarter of a unit is counted in, and how many of these it has."""
WORD_BEHIND = re.compile(r"\s*(?!(?:um|gegen|ab)\s[0-9])\w")


def read_offset(search: Search, start: int) -> Found | None:
    """As in "vor 3 Stunden", "in zwei Wochen", "online seit 3 Tagen"."""
    match = OFFSET.match(search.lowered, start)
    if match is None:
        return None
    sign = -1 if match["direction"] in {"vor", "seit"} else 1
    amounts = amounts_of(match["amounts"], sign)
    if not amounts:
        return None
    end = match.end()
    vague = not amounts.keys() <= {"second", "minute", "hour", "day", "week"}
    if vague and NARROWED.match(search.lowered, end) is not None:
        return None
    found = found_moved(search, amounts, start, end)
    if amounts.keys() <= {"day", "week"} and CLOCK_BEHIND.match(search.lowered, end) is not None:
        value = found.stamp.value
        found = with_clock(search, start, end, None, lambda _clock: value)
        end = found.end
    if match["direction"] == "seit":
        # "Online seit 3 Tagen": what has lasted so long is no date unless a label says so.
        return found if found.label is not None and is_alone(search.text, found.reach, end) else None
    if found.label is not None:
        return found
    if search.prose:
        return None if (sign > 0 or vague) and not is_alone(search.text, found.reach, end) else found
    # "In 2 Minuten gelesen", "Die Nachrichten in 100 Sekunden" say how long something takes.
    return None if sign > 0 and has_words_beside(search.text, found.reach, end) else found


def has_words_beside(text: str, start: int, end: int) -> bool:
    """Whether a piece of text is part of a sentence; a clock may follow it."""
    return text[:start].rstrip()[-1:].isalnum() or WORD_BEHIND.match(text, end) is not None


def read_ago(search: Search, start: int) -> Found | None:
    """As in "3 Stunden her", "eine Woche vorher": in running text these count from what was told, not from now."""
    before = AMOUNTS_BEFORE.search(search.lowered, max(search.low, start - 80), start)
    if before is None:
        return None
    word = WORD.match(search.lowered, start)
    end = word.end() if word else start
    begin = before.start("amounts")
    if search.prose and not is_alone(search.text, begin, end):
        return None
    sign = 1 if search.lowered.startswith(("später", "danach", "darauf", "ab jetzt", "von jetzt"), start) else -1
    amounts = amounts_of(before["amounts"], sign)
    return found_moved(search, amounts, begin, end) if amounts else None


def found_moved(search: Search, amounts: dict[str, float], start: int, end: int) -> Found:
    """The date that is `now` moved by amounts."""
    stamp = stamp_moved(known_now(search, search.text[start:end]), amounts)
    return placed(search, stamp, start, end)


def amounts_of(text: str, sign: int) -> dict[str, float]:
    """The sum of each unit in "1 Jahr, 2 Monate und 3 Tage", with the sign; nothing where a word is no number."""
    amounts: dict[str, float] = {}
    for match in ONE_AMOUNT.finditer(text):
        if match["fraction"]:
            quarters = 3 if "dreiviertel" in match[0] else 1 if "viertel" in match[0] else 2
            unit, size = next(counted for whole, counted in QUARTERS.items() if match[0].endswith(whole))
            number = size * quarters
        elif not words.is_number(match["number"]):
            return {}
        else:
            unit, number = words.UNIT_OF[match["unit"]], words.number_of(match["number"])
            if unit in words.MADE_OF:
                unit, times = words.MADE_OF[unit]
                number *= times
            if unit == "year" and number % 1 and not 12 * number % 1:
                unit, number = "month", 12 * number
            if number % 1 and unit in words.WHOLE_UNITS:
                raise DateError("a fraction of a unit that has no fixed length", text=text)
        amounts[unit] = amounts.get(unit, 0) + sign * number
    return amounts
