"""The forms of German dates as patterns, built from the tables of words.

Owns the shapes: where a date, a clock, a zone or a relative expression stands in a text. What the pieces mean is
decided in `resolution`. Every repetition is bounded or possessive and every pattern starts at a digit or a known word,
so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.dates import words


def any_of(spellings: Iterable[str]) -> str:
    """Alternatives for a pattern, the longest first, so that "Sept" doesn't end at "Sep"."""
    return "|".join(re.escape(word) for word in sorted(set(spellings), key=lambda word: (-len(word), word)))


FULL_WEEKDAYS = any_of(
    word for row in words.WEEKDAYS for word in row if word.lower().endswith(("tag", "woch", "abend", "day"))
)
ALL_WEEKDAYS = any_of(word for row in words.WEEKDAYS for word in row)

DATE = re.compile(
    r"""
    (?P<n>[0-9](?<![0-9_][0-9])(?<![0-9][./-][0-9])[0-9]{0,7}+)
    (?:
        # 25. Juni 2024; 25 Jun, 2024; 12-Mär-2014; 25. Juni
        (?: \.?\s{0,8}+-? | / )
        (?P<name> [^\W\d_]{3,10}+ ) \.?
        (?:
            [\s.,'’/-]{0,8}+ (?P<year> [0-9]{4} ) (?! [0-9] | \s?[Uu]hr )
          | [\s.'’/-]{1,8}+ (?P<year2> [0-9]{2} ) (?! [0-9] | [.:h][0-9] | \s?(?:[Uu]hr|h)\b )
            (?= [^\S\n]*+ (?: \n | \Z | [^\w\s] | um\b | gegen\b | [0-9]{1,2}[:.][0-9]{2} ) )
        )?
      | # 25.06.2024; 25/6/24; 25-06-2024; 25. VI. 2024; 2024-06-25; 24.06.
        \s{0,3}+ (?P<sep> [./-] ) \s{0,3}+
        (?P<month> [0-9]{1,2}+ | [IVX]{1,4}+ ) (?! \w )
        (?:
            \s{0,3}+ (?P=sep) \s{0,3}+ (?P<last> [0-9]{4} | [0-9]{2} | [0-9](?=[T\s,]|\Z) ) (?! [0-9] | [./][0-9] )
          | (?P<open> \.? ) (?! [0-9] | \s?[Uu]hr | [.,:/-][0-9] )
        )
      | # 25 06 2024; 25 VI 2024
        \s (?P<month3> [0-9]{2} | [IVX]{1,4}+ ) \s (?P<year3> [0-9]{4} ) (?! [0-9] | [./][0-9] | \s[0-9]{1,4}(?![0-9:.]) )
      | # Juni 25, 2024: the month stands in front
        (?: st | nd | rd | th )? [,.]? \s{1,8}+ (?P<year4> [0-9]{4} ) (?! [0-9] )
      | # 20240625
        (?<= [0-9]{8} ) (?! [\w.,/-] (?<! T ) )
    )
    """,
    re.VERBOSE,
)

CLOCK = re.compile(
    r"""
    (?: [\s,|/·•;:@(–—-] | (?:um|gegen|ab|at|kurz\s(?:vor|nach))\b | T(?=[0-9]) ){0,12}+
    (?P<h> [0-9]{1,2}+ )
    (?:
        \s?:\s?(?P<m> [0-9]{2} ) (?: [:.](?P<s> [0-9]{2} ) (?: [.,][0-9]{1,9}+ )? )? (?! [0-9] | :[0-9] )
        (?: \s?[Uu][Hh][Rr]\b | \s?h\b )?
      | [hH](?P<m2> [0-9]{2} ) \b
      | \.(?P<m3> [0-9]{2} ) (?: \.(?P<s3> [0-9]{2} ) )? (?! [0-9] | [.,][0-9] )
        (?: \s?[Uu][Hh][Rr]\b | (?! \s?(?: [€%$.] | Euro | Mio | Mrd | Prozent | Meter | Grad | km ) ) )
      | \s?[Uu][Hh][Rr]\b (?: \s{0,3}(?P<m4> [0-9]{2} ) (?! [0-9.] ) )?
      | \s?h\b
      | (?= \s?[ap]\.?m\b )
    )
    (?: \s?(?P<half> [ap] )\.?m\b\.? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

CLOCK_BEFORE = re.compile(
    r"""
    (?<! [0-9.,:] )
    (?P<h> [0-9]{1,2} )
    (?: :(?P<m> [0-9]{2} ) (?: :(?P<s> [0-9]{2} ) )? (?: \s?[Uu]hr )?
      | \.(?P<m2> [0-9]{2} ) \s?[Uu]hr
      | \s?[Uu]hr (?: \s(?P<m3> [0-9]{2} ) )? )
    (?: \s?(?P<half> [ap]m ) )?
    \s{0,3}+ (?: [,|/·–-] \s{0,3}+ )? (?: (?: am | vom | on | den )\s{1,3}+ )?
    \Z
    """,
    re.VERBOSE,
)

ZONE = re.compile(
    rf"""
    [\s,]{{0,3}}+ \(?
    (?:
        (?P<abbreviation> {any_of(words.ZONE_MINUTES)} ) (?! [^\W\d_] )
        (?: (?P<sign> [+-] ) (?P<hours> [0-9]{{1,2}} ) (?: :?(?P<minutes> [0-9]{{2}} ) )? (?! [0-9:] ) )?
      | (?P<sign2> [+-] ) (?P<hours2> [0-9]{{2}} ) :?(?P<minutes2> [0-9]{{2}} ) (?! [0-9:] )
      | (?i: (?P<named> {any_of(words.ZONE_NAMES)} ) | (?P<place> {any_of(words.ZONE_PLACES)} ) ) \b
    )
    \)?
    """,
    re.VERBOSE,
)

WEEKDAY_AFTER = re.compile(rf"[\s,.]{{0,3}}+\(?(?P<weekday>{ALL_WEEKDAYS})\b\.?\)?", re.IGNORECASE)

_NUMBER = rf"(?:[0-9]{{1,5}}+(?:[.,][0-9])?|{any_of(words.NUMBER_OF)})"
_UNIT = any_of(words.UNIT_OF)
QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s{{0,3}}+(?P<unit>{_UNIT})\b\.?", re.IGNORECASE)
_QUANTITIES = rf"{_NUMBER}\s{{0,3}}+(?:{_UNIT})\b\.?(?:(?:\s?,|\s?und)?\s{{1,3}}+(?:und\s)?{_NUMBER}\s{{0,3}}+(?:{_UNIT})\b\.?){{0,6}}+"
_ABOUT = r"(?:(?:etwa|rund|ca\.?|circa|ungefähr|knapp|gut|fast|über|mehr\sals|gerade\seinmal|nur|genau)\s{1,3}+)?"
_PART = r"früh|frueh|morgens?|vormittags?|mittags?|nachmittags?|abends?|nachts?|mitternacht"
_WHICH = r"(?:letzt|vorig|vergangen|vorherig|nächst|naechst|kommend|dies)(?:e[nrsm]?)"

RELATIVE = re.compile(
    rf"""
    (?<! [\w-] )
    (?:
        (?P<deictic> {any_of(words.DAYS_FROM_TODAY)} )
        (?: (?: \s{{1,3}}+ | - ) (?P<part> {_PART} ) (?!\w) )?
      | (?P<direction> vor | in | im ) \s{{1,3}}+ {_ABOUT} (?P<quantities> {_QUANTITIES} )
      | (?P<quantities2> {_QUANTITIES} ) \s{{1,3}}+ (?P<ago> her | vorher | zuvor | später | ago ) \b
      | (?P<which> {_WHICH} ) \s{{1,3}}+ (?P<period> Woche | Monats? | Jahr(?:es)? ) \b
      | (?: (?P<which2> {_WHICH} ) \s{{1,3}}+ )? (?P<weekday> {FULL_WEEKDAYS} )
        (?: (?: \s{{1,3}}+ | - )? (?P<part2> {_PART} ) )? (?! \w )
      | (?P<short> {any_of(w for row in words.WEEKDAYS for w in row if len(w) <= 4)} ) \.? (?= ,?\s{{1,3}}[0-9]{{1,2}}(?::|\s?Uhr) )
      | (?P<now> jetzt | soeben | gerade\seben | eben\sgerade )
      | (?P<day_before> (?: am\s | vom\s )? (?: Vortag | gestrigen\s(?:Tag|{FULL_WEEKDAYS}) ) )
      | (?P<same_day> (?: am\s )? (?: heutigen\s(?:Tag|{FULL_WEEKDAYS}) ) )
    )
    (?! [\w] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
