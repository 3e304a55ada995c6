"""The forms of relative dates as patterns, built from the tables of words; all match lower-case text.

Owns the shapes. What they mean is read in `relative`. Imported only where a text may hold such a date: to build the
patterns costs as much as to read a thousand pages.
"""

from __future__ import annotations

import re

from feeds.dates import words
from feeds.dates.grammar import PARTS_OF_DAY, any_of

WEEKDAYS = any_of(words.LONG_WEEKDAYS)
MONTHS = any_of(
    word.lower() for row in words.MONTHS for word in row if len(word) > 4 or word in {"Mai", "Juni", "Juli", "März"}
)
_DIGITS = rf"(?:[0-9]{{1,5}}+(?:[.,][0-9]|\s?[{words.FRACTIONS}])?|[{words.FRACTIONS}])"
NUMBER = rf"(?:{_DIGITS}|[a-zäöüß]{{3,24}}+)"
"""Digits or a word; whether the word is a number is asked of the table, which is too long for a pattern."""
KNOWN_NUMBER = rf"(?:[0-9]{{1,5}}|{any_of(words.NUMBER_OF)})"
UNIT = any_of(words.LONG_UNIT_OF)
FRACTION = r"(?:eine[rmn]?\s+)?(?:(?:halbe[nr]?|dreiviertel|viertel)\s?-?\s?|halb)(?:minute|stunde|jahr)"
_IN_DIGITS = rf"{_DIGITS}\s{{0,3}}+(?:{any_of(words.UNIT_OF)})"
AMOUNT = rf"(?:{FRACTION}|(?:{_IN_DIGITS}|{NUMBER}\s{{1,3}}+(?:{UNIT}))(?!\w)\.?)"
AMOUNTS = rf"{AMOUNT}(?:(?:\s?,)?[^\S\n]{{1,3}}+(?:und\s{{1,3}}+)?{AMOUNT}){{0,6}}+"
ABOUT = (
    r"(?:(?![0-9])(?:~\s?|(?:etwa|rund|ca\.?|circa|zirka|ungefähr|schätzungsweise|knapp|gut|fast|bald|beinahe|mindestens"
    r"|(?:etwas\s)?(?:über|mehr\sals|weniger\sals)|gerade\s(?:ein)?mal|nur|(?:ziemlich\s)?genau|exakt)\s{1,3}+))?"
)
STEP = {
    "vorvorletzt": -3, "vorletzt": -2, "letzt": -1, "vorig": -1, "vergangen": -1, "vorherig": -1, "dies": 0,
    "nächst": 1, "naechst": 1, "kommend": 1, "folgend": 1, "darauffolgend": 1, "übernächst": 2, "uebernaechst": 2,
}  # fmt: skip
"""Weeks, months or years that an adjective steps, by its stem."""
WHICH = rf"(?P<which>{any_of(STEP)})(?:e[nrsm]?)?"
WHICH_WORDS = frozenset(f"{stem}{ending}" for stem in STEP for ending in ("", "e", "en", "er", "es", "em"))

WORD = re.compile(r"ab jetzt|von jetzt an|\w+\.?")
"""What comes after an amount."""
ONE_AMOUNT = re.compile(
    rf"(?P<fraction>{FRACTION})|(?P<number>{NUMBER})\s{{0,3}}+(?P<unit>{any_of(words.UNIT_OF)})(?!\w)"
)
OFFSET = re.compile(rf"(?P<direction>vor|seit|in|im)\s{{1,3}}+{ABOUT}(?P<amounts>{AMOUNTS})(?!\w)")
AMOUNTS_BEFORE = re.compile(rf"(?<!\w){ABOUT}(?P<amounts>{AMOUNTS})\s{{1,3}}+\Z")
DAY = re.compile(
    rf"(?P<day>{any_of(words.DAYS_FROM_TODAY)})(?!\s{{1,3}}(?:journal|show|xpress)\b)(?:(?:\s{{1,3}}+(?:zu\s)?|-)(?P<part>{PARTS_OF_DAY})(?!\w))?"
    rf"(?:,?\s{{1,3}}+\(?(?P<weekday>{WEEKDAYS})(?!\w)\)?)?"
    rf"(?:\s{{1,3}}+(?P<direction>vor|in)\s{{1,3}}+"
    rf"(?P<amounts>{KNOWN_NUMBER}\s{{1,3}}+(?:tag|woche|monat|jahr)[a-z]{{0,2}})(?!\w))?"
)
WEEKDAY = re.compile(
    rf"""
    (?P<weekday> {WEEKDAYS} )
    (?: (?: \s{{1,3}}+ | - )? (?P<part> {PARTS_OF_DAY} ) )?
    (?! \w )
    (?:
        (?: \s{{1,3}}+ | ,\s ) (?: der\s | in\s(?:der\s)? | die\s )?
        (?: {WHICH} \s{{1,3}}+ woche | (?P<week_before> vorwoche ) ) (?!\w)
      | \s{{1,3}}+ (?P<direction> in | vor )
        \s{{1,3}}+ (?P<number> {KNOWN_NUMBER} ) \s{{1,3}}+ (?P<unit> wochen? | tagen ) (?!\w)
      | \s{{1,3}}+ (?P<after_next> nach\sdem\snächsten )
    )?
    """,
    re.VERBOSE,
)
WEEKS_AWAY = re.compile(
    rf"(?<=\.)\s{{1,3}}+(?P<direction>in|vor)\s{{1,3}}+(?P<number>{KNOWN_NUMBER})\s{{1,3}}+"
    r"(?P<unit>Wochen?(?!\w)|W\.|Tagen(?!\w))"
)
"""After a weekday that a full stop shortens; "So in zwei Wochen" is none."""
WHICH_ONE = re.compile(
    rf"""
    {WHICH} \s{{1,3}}+
    (?:
        woche \s{{1,3}}+ (?: am\s )? (?P<weekday_of_week> {WEEKDAYS} ) (?! \w )
      | (?P<period> woche | monats? | jahr(?:es)? ) (?! \w )
      | (?P<weekday> {WEEKDAYS} ) (?: (?: \s{{1,3}}+ | - )? (?P<part> {PARTS_OF_DAY} ) )? (?! \w )
        (?: \s{{1,3}}+ (?: im | des ) \s{{1,3}}+ (?P<month> {MONTHS} ) (?! \w )
            (?: \s{{1,3}}+ (?P<year> [0-9]{{4}} ) )? )?
      | (?P<part_of_today> morgen | vormittag | mittag | nachmittag | abend ) (?! \w )
      | (?P<night> nacht ) (?! \w )
      | (?P<day_after> tag ) (?! \w | \s{{1,3}}(?:im|des)\s )
      | tag \s{{1,3}}+ (?: im | des ) \s{{1,3}}+ (?P<last_of> {MONTHS} ) (?! \w )
        (?: \s{{1,3}}+ (?P<last_of_year> [0-9]{{4}} ) )?
    )
    """,
    re.VERBOSE,
)
DAY_NAMED = re.compile(
    rf"(?P<which>vortag|tags?\s(?:zuvor|davor)|(?:selben|gleichen)\stag(?!\w)"
    rf"|(?:gestr|heut|morg)igen(?:\s{{1,3}}+(?:tage?s?|(?P<weekday>{WEEKDAYS}))|(?=\s{{1,3}}(?:{PARTS_OF_DAY})(?!\w))))(?!\w)"
    rf"(?:\s{{1,3}}+(?P<part>{PARTS_OF_DAY})(?!\w))?"
)
DAY_OF_MONTH = re.compile(
    r"(?:am|den|zum|vom)\s{1,3}+(?P<day>[0-9]{1,2})"
    r"(?:(?:\.|te[nr]?)"
    r"(?:\s{1,3}+(?P<which>des|dieses|d\.|vorigen|vergangenen|letzten|nächsten|kommenden)\s{1,3}+(?:monats|m\.))?"
    r"(?![\w.]|\s?[0-9.–/-]|\s(?:bis|und|oder|auf)\s)"
    r"|(?=\s{1,3}+(?:um|gegen)\s))"
)
WEEKDAY_AND_DAY = re.compile(r",?\s{1,3}+\(?(?:de[nrm]\s{1,3}+)?(?P<day>[0-9]{1,2})\.(?![\w.]|\s?[0-9–-])")
_ANY_WEEKDAY = any_of(word.lower() for row in words.WEEKDAYS for word in row if len(word) > 3 or len(word) == 2)
RANGE_AFTER = re.compile(rf"\.?\s?(?:bis|[–/-])\s?(?:{_ANY_WEEKDAY})\b")
RANGE_BEFORE = re.compile(rf"(?:{_ANY_WEEKDAY})\.?\s?(?:bis|[–/-])\s?\Z")
LIST_AFTER = re.compile(rf"(?:,|\s(?:und|oder|&|\+))\s(?:{WEEKDAYS})\b")
LIST_BEFORE = re.compile(rf"(?<!\bam\s)\b(?:{_ANY_WEEKDAY})\.?\s(?:und|oder|u\.|&|\+)\s\Z")
OPEN_AFTER = re.compile(
    r":?\s{1,3}(?:geschlossen|ruhetag)(?!\w)"
    r"|:\s{1,3}(?:von\s)?[0-9]{1,2}(?:[.:][0-9]{2})?(?:\suhr)?\s?(?:bis|[–-])\s?[0-9]{1,2}(?:[.:][0-9]{2}|\suhr)"
)
"""After a weekday on which something is open, or is not, each week."""
OF_ANY_MONTH = re.compile(r"\s{1,3}(?:im|des|jede[ns]|pro|(?:eines|im)(?:\sjeden)?)\s{1,3}monats?(?!\w)")
NOT_FROM_TODAY = re.compile(
    rf"{OF_ANY_MONTH.pattern}|\s{{1,3}}(?:im|des)\s{{1,3}}(?:{MONTHS})(?!\w)"
    rf"|\s{{1,3}}(?:vor|nach)\s{{1,3}}(?:{any_of(words.HOLIDAYS)})(?!\w)"
    rf"|,?\s{{1,3}}(?:{any_of(words.MONTH_OF)})\.?\s{{1,3}}[0-9]{{1,2}}(?![0-9])"
)
"""After a weekday that doesn't count from today: "erster Montag im Mai", "Sonntag nach Ostern", "Montag, Feb 19"."""
REPEATED_BEFORE = re.compile(
    r"(?<!\w)(?:(?:jede[mnrs]?|jeweils|immer|stets|(?:all)?jährlich|monatlich|wöchentlich|täglich)"
    r"|(?:jede[ns]?|alle(?:\s\w{1,12})?)\s(?:tage?|wochen?|monate?|jahre?))\s{1,3}(?:(?:am|an|zum|den|vom)\s{1,3})?\Z"
)
"""What makes a day after it one of many: "jeweils am Dienstag", "alle zwei Wochen am Dienstag"."""
_DAY_WORD = any_of(word for word in words.DAYS_FROM_TODAY if "vor" not in word)
_ONCE = "damals|früher|einst|seinerzeit|gestern|heute"
IDIOM = re.compile(
    rf"""
    (?<! \w )
    (?: (?: {_DAY_WORD} ) \s (?: wie | als ) \s (?: (?: schon | auch )\s )? (?: {_DAY_WORD} | {_ONCE} )
      | von \s heute \s auf \s morgen
      | (?: damals | früher | einst | seinerzeit ) \s (?: wie | und ) \s (?: heute | gestern )
      | (?: schnee | welt | menschen | leute | nicht ) \s von \s gestern
      | \w{{2,30}} \s von \s (?: über )? morgen (?! \s{{0,3}} (?: [0-9] | um\s | {PARTS_OF_DAY} ) )
      | heute \s (?: hier | so ) , \s morgen )
    (?! \w )
    """,
    re.VERBOSE,
)
"""Sayings in which a day word is no day."""
SEVERAL_DAYS = re.compile(rf"(?:{_DAY_WORD})(?:,\s|\s(?:und|oder)\s)(?:{_DAY_WORD})(?!\w)")

NOW = ("jetzt", "soeben", "gerade eben", "eben gerade", "eben erst", "genau jetzt", "gerade jetzt")

KINDS: dict[str, str] = dict.fromkeys(words.DAYS_FROM_TODAY, "day")
KINDS |= dict.fromkeys(words.LONG_WEEKDAYS, "weekday")
KINDS |= dict.fromkeys(words.SHORT_WEEKDAYS, "short")
KINDS |= dict.fromkeys(STEP, "which")
KINDS |= dict.fromkeys(("vor", "seit", "in", "im"), "offset")
KINDS |= dict.fromkeys(("am", "den", "zum", "vom"), "day_of_month")
KINDS |= dict.fromkeys(("her", "vorher", "zuvor", "davor", "früher", "später", "danach", "darauf", "ago"), "ago")
KINDS |= dict.fromkeys(("ab jetzt", "von jetzt an"), "ago")
KINDS |= dict.fromkeys(NOW, "now")
KINDS |= dict.fromkeys(("vortag", "gestrigen", "heutigen", "morgigen", "selben", "gleichen"), "named")
KINDS |= dict.fromkeys(("tag zuvor", "tag davor", "tags zuvor", "tags davor"), "named")


def first_word_pattern() -> str:
    """A pattern for the first words, by their first letter.

    It starts with a letter, so that the search skips what none of them begins with, and looks back right after it, so
    that it leaves the insides of words at once.
    """
    followed = {
        "offset": rf"(?=\s{{1,3}}[0-9a-zäöü~{words.FRACTIONS}])",
        "day_of_month": r"(?=\s{1,3}[0-9]{1,2}(?:\.|te|\s(?:um|gegen)))",
        "which": r"(?=e?[nrsm]?\s{1,3}[mdfswjtvna])",
        "short": r"(?=\.?,?\s{1,3}[0-9]{1,2}(?:[:.][0-9]{2}(?![0-9.])|\s?(?:uhr|[ap]m\b)|\.\Z)|\.\s{1,3}(?:in|vor)\s)",
    }
    rests: dict[str, list[str]] = {}
    for word in sorted(KINDS, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]) + followed.get(KINDS[word], ""))
    return "|".join(rf"{letter}(?<![\w-]{letter})(?:{'|'.join(rest)})" for letter, rest in rests.items())


FIRST_WORD = re.compile(first_word_pattern())
