"""A text that is one date.

Owns what may be around it: labels, a place, an agency, a name, a sentence without a second date.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from feeds.dates import zone_words
from feeds.dates.absolute import read_day
from feeds.dates.clock import clock_behind
from feeds.dates.context import LABELS
from feeds.dates.finder import candidates
from feeds.dates.grammar import BETWEEN_DAYS, DATE, PARTS_OF_DAY, any_of
from feeds.dates.normalisation import lower, normalise
from feeds.dates.resolution import NO_NOW, NO_YEAR, local_now, stamp_of_clock
from feeds.dates.stamp import Basis, Found, Stamp
from feeds.dates.unrelated import is_of_something_else
from feeds.errors import DateError

MOST_BLANKS_IN_A_STAMP = 8
"""A longer text is read as running text first, where weak forms count less: "Ziffer 5.2. gilt, sagte er am Montag"."""

WORD_IN_CAPITALS = re.compile(rf"(?=[A-ZÄÖÜ]{{2}})(?<![A-ZÄÖÜ])(?!(?:{any_of(zone_words.MINUTES)})(?![A-ZÄÖÜ]))")
"""More than the letters of ISO 8601, which are alone, and a zone."""
RANGE_BEFORE = re.compile(
    rf"(?<![0-9])(?P<first>[0-9]{{1,2}}\.?)(?:\s{{0,3}}(?:[–&+-]|{BETWEEN_DAYS}|u\.)\s{{0,3}}(?:(?:zum|am|den)\s)?|/|(?<=\.),\s?)\Z",
    re.IGNORECASE,
)
NUMBERED_BEFORE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+\s[0-9]{1,2}\Z")
"""A number without a full stop, and what has that: "Episode 25"."""
RANGE_BETWEEN = re.compile(
    rf"(?:\s\(?(?:{PARTS_OF_DAY})\)?)?,?\s*(?:[–—/&+-]|(?P<until>bis)|{BETWEEN_DAYS}|u\.)\s*"
    r"(?:(?:zum|am|den|einschließlich|inklusive)\s+)?",
    re.IGNORECASE,
)
RANGE_BEHIND = re.compile(r"\.?[–—-][0-9]{1,2}\.\s?[0-9]{1,2}\.\s?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
"""The last day of a range without blanks, which is not found as a date of its own: "14.10.2019-15.10.2019"."""

LABEL_BEHIND = re.compile(
    rf"[\s,;:|/·•–—(-]{{1,5}}+(?:zuletzt\s|letztes?\s)?(?:{any_of(LABELS)})(?!\w)(?:\s?:)?(?:\s(?:um|seit|gegen)(?=\s))?",
    re.IGNORECASE,
)


def read_date(text: str, basis: Basis) -> Stamp:
    """The point in time that a text means; as `parse_date`, in any form. Raises DateError."""
    clean = normalise(text)
    if clean.isupper() and WORD_IN_CAPITALS.search(clean) is not None:
        from feeds.dates.capitals import uncapitalised  # few texts are

        clean = uncapitalised(clean)
    try:
        return stamp_of(clean, text, basis)
    except DateError:
        from feeds.dates.misread import PROBLEM, mend_misread  # few texts come here

        mended = mend_misread(clean)
        if mended == clean:
            raise
        stamp = stamp_of(mended, text, basis)
        return Stamp(stamp.value, stamp.precision, (*stamp.problems, f"{PROBLEM} {mended!r}"))


def stamp_of(clean: str, text: str, basis: Basis) -> Stamp:
    """The Stamp of normalised text; `text` is what errors name."""
    match = DATE.match(clean)
    if match is not None and match.lastgroup != "clock":  # most stamps begin with their day and hold nothing else
        try:
            found = read_day(clean, match, 0, basis, prose=False)
        except DateError as error:
            raise DateError(error.what, text=text) from error
        if found is not None and found.end == len(clean):
            return found.stamp
    return date_inside(clean, text, basis)


def date_inside(clean: str, text: str, basis: Basis) -> Stamp:
    """The one date among other words."""
    found: list[Found] = []
    lack: DateError | None = None
    for prose in (True, False) if clean.count(" ") >= MOST_BLANKS_IN_A_STAMP else (False,):
        for candidate in candidates(clean, basis, prose=prose):
            if isinstance(candidate, Found):
                found.append(candidate)
            elif candidate.what not in {NO_NOW, NO_YEAR}:
                raise DateError(candidate.what, text=text) from candidate
            elif lack is None or candidate.what == NO_YEAR:
                # Of "Freitag, 20. November" a year is what is lacking.
                lack = candidate
        if found:
            break
    else:
        if lack is not None:  # a day that is written out needs nothing
            raise DateError(lack.what, text=text) from lack
        return last_resort(clean, text, basis)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(clean):
        return found[0].stamp
    of_the_text = [one for one in found if not is_of_something_else(clean, one)]
    if not of_the_text:
        raise DateError("the day of something else", text=text)
    found = of_the_text
    first = meant_first(found)
    if ends_range(clean, first) or is_range(clean, first, found):
        raise DateError("a range of days, not a date", text=text)
    others = {one.stamp.value for one in found} - {first.stamp.value}
    if others:
        problem = f"{len(others) + 1} dates in one text: {clean[first.start : first.end]!r} is taken"
        return Stamp(first.stamp.value, first.stamp.precision, (*first.stamp.problems, problem))
    return with_clock_of_label(clean, first, basis.tz)


def meant_first(found: list[Found]) -> Found:
    """The published date of several, else the first; one that is written out wins over one that counts from now.

    "Mittwoch im Rathaus, 12. Juni 2024" is no last Wednesday. Where both are the same day, the first may have a clock.
    """
    own = [one for one in found if one.label != "updated"] or found
    if not own[0].relative or own[0].label is not None:
        return own[0]
    written = next((one for one in own if not one.relative), own[0])
    return own[0] if written.stamp.day == own[0].stamp.day else written


def with_clock_of_label(clean: str, found: Found, tz: tzinfo) -> Stamp:
    """The Stamp of the only date, with the clock that a label after it has: "9. Juni 2020: Update 17:25 Uhr".

    In running text such a clock is not read: beside a label it may be that of a change alone.
    """
    stamp = found.stamp
    if isinstance(stamp.value, datetime) or found.end == len(clean):
        return stamp
    label = LABEL_BEHIND.match(clean, found.end)
    behind = None if label is None else clock_behind(clean, label.end())
    if behind is None:
        return stamp
    return stamp_of_clock(stamp.value, behind[0], tz, stamp.problems)


def ends_range(clean: str, found: Found) -> bool:
    """Whether a date is the last of a range: "12. - 14. Juni 2024"; not in "Episode 25 – 20. Juni 2024"."""
    before = RANGE_BEFORE.search(clean, 0, found.start)
    if before is None:
        return False
    numbers_something = NUMBERED_BEFORE.search(clean, 0, before.end("first")) is not None
    return not numbers_something or int(before["first"]) < found.stamp.day.day


def is_range(clean: str, first: Found, found: list[Found]) -> bool:
    """Whether a date and the one after it are first and last: "25. Juni bis 3. Juli 2024", "3.5., 18 Uhr bis ..."."""
    if RANGE_BEHIND.match(clean, first.end):
        return True
    second = next((one for one in found if one.start >= first.end), None)
    between = None if second is None else RANGE_BETWEEN.fullmatch(clean, first.end, second.start)
    if second is None or between is None:
        return False
    return between["until"] is not None or first.stamp.precision == second.stamp.precision == "day"


def last_resort(clean: str, text: str, basis: Basis) -> Stamp:
    """The date of a text in which the usual forms find none."""
    from feeds.dates.rare import Reading, rare_date  # most runs never come here
    from feeds.dates.shuffled import shuffled_date

    now = None if basis.now is None else local_now(basis, text)
    try:
        stamp = rare_date(Reading(clean, lower(clean), now, basis.tz, basis.prefer)) or shuffled_date(clean, basis.tz)
    except DateError as error:
        raise DateError(error.what, text=text) from error
    if stamp is None:
        raise DateError("no date", text=text)
    return stamp
