"""The forms of calendar days, clocks and zones as patterns, built from the tables of words.

Owns the shapes; what they mean is decided in `resolution`. Every pattern that is searched for starts with a digit, and
every repetition is bounded or possessive, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.dates import words


def any_of(spellings: Iterable[str]) -> str:
    """Alternatives for a pattern, the longest first, so that "Sept" doesn't end at "Sep"."""
    return "|".join(re.escape(word) for word in sorted(set(spellings), key=lambda word: (-len(word), word)))


ANY_WEEKDAY = any_of(word for row in words.WEEKDAYS for word in row)
FULL_WEEKDAYS = any_of(word for row in words.WEEKDAYS for word in row if word.endswith(("tag", "woch", "abend", "day")))
PARTS_OF_DAY = any_of(words.PARTS_OF_DAY)

_LETTERS = ["".join(sorted({name[at] for name in words.MONTH_OF})) for at in (0, 1)]
_MONTH_STARTS = "".join(f"[{letters}{letters.upper()}]" for letters in _LETTERS)
"""What the first two letters of a month can be, so that "5 Millionen" is left at once."""

DATE = re.compile(
    r"""
    (?P<n> [0-9](?<![0-9_][0-9])(?<![0-9][.:/-][0-9])[0-9]{0,7}+ )
    (?:
        # 25. Juni 2024; 25 Jun, 2024; 12-Mär-2014; 15te Februar; 25. Juni
        (?: (?: \. | te[nr]? | ter | (?: st | nd | rd | th ) (?:\sof)? )? \s{0,8}+ [-/]? )
        (?P<name> (?= MONTH_STARTS ) [A-Za-zÄÖÜäöüß]{3,10}+ ) (?! -[A-ZÄÖÜ] ) \.?
        (?:
            [\s.,'’/-]{0,8}+ (?P<year> [0-9]{4} ) (?! [0-9] | \s?[Uu]hr )
          | [\s.'’/-]{1,8}+ (?P<year2> [0-9]{2} ) (?! [0-9] | [.:h][0-9] | \s?(?:[Uu]hr|h)\b )
            (?= [^\S\n]{0,8}+
                (?: \n | \Z | [^\w\s] | (?: um | gegen | ab | at | kurz )\b | [0-9]{1,2}(?:[:.h][0-9]{2}|\s[Uu]hr) ) )
        )?
        (?! \s?[0-9]{3}\b | \s? (?: [0-9]{1,3}\s? )? [vn]\.\s?(?:Chr|u) )
      | # 25.06.2024; 25/6/24; 25-06-2024; 25. VI. 2024; 2024-06-25; 25.06 2024; 24.06.
        \s{0,3}+ (?P<sep> [./․‐‑–-] ) \s{0,3}+
        (?P<month> [0-9]{1,2}+ | [IVX]{1,4}+ ) (?! [^\W_] (?<! T ) )
        (?:
            (?: \s{0,3}+ (?P=sep) \s{0,3}+ | \s (?= [0-9]{4} ) )
            (?P<last> [0-9]{4} | [0-9]{2} (?! [:h][0-9]{2} | \s?[Uu]hr ) | [0-9](?=[T\s,]|\Z) )
            (?! [0-9] | [./][0-9] (?! [0-9]?:[0-9]{2} ) | -[0-9]+- )
          | (?P<open> \.? )
            (?! [0-9] | \s?[Uu]hr | [.,:/-][0-9] )
            (?! \s?(?: [€%$] | Euro\b | EUR\b | CHF\b | Prozent | Mio | Mrd | Punkte ) )
        )
      | # 25 06 2024; 25 VI 2024
        \s (?P<month3> [0-9]{2} | [IVX]{1,4}+ ) \s (?P<year3> (?:19|20|21)[0-9]{2} )
        (?! [0-9] | [./][0-9] | \s[0-9]{1,4}(?![0-9:.]|\sUhr) )
      | # Juni 25, 2024: the month stands in front
        (?: st | nd | rd | th )? [,.]{0,2} \s{1,8}+ (?P<year4> [0-9]{4} ) (?! [0-9] | \s?[Uu]hr )
      | # 14:05, no date: but what stands in front of it may be one
        (?P<clock> : ) (?= [0-9]{2} (?! [0-9] ) )
      | # 20240625
        (?P<compact> ) (?<= [0-9]{8} ) (?! [\w.,/-] (?<! T ) (?! \Z | \s ) )
    )
    """.replace("MONTH_STARTS", _MONTH_STARTS),
    re.VERBOSE,
)
"""A calendar day. The group that matched last tells which form it is; a form may still turn out to be no date."""

_PART_AFTER = rf"(?: \s{{1,3}}+ (?:(?:am|in\sder)\s)? (?P<part> {PARTS_OF_DAY} ) (?!\w)\.? )?"

CLOCK = re.compile(
    rf"""
    [\s,|❘/·•∙⋅⸱‧●;:@(\[_>→»–—‒―−-]{{0,8}}+
    (?: (?: (?:Uhrz|Z)eit\s?: | [Uu]m | gegen | ab | at | ca\.? | circa | etwa | kurz\s(?:vor|nach) )
        [\s:,]{{1,3}}+ | T(?=[0-9]) ){{0,2}}+
    (?P<h> [0-9]{{1,2}}+ )
    (?:
        \s?[:∶]\s?(?P<m> [0-9]{{2}} ) (?: [:.](?P<s> [0-9]{{2}} ) (?: [.,][0-9]{{1,9}}+ )? )? (?! [0-9] | :[0-9] )
        (?: \s?[Uu][Hh][Rr](?!\w) | \s?[hH]\b | (?! \s? (?: [Mm]in | [Ss]td | [Ss]ek | [Ss]tunden )))
      | [hH](?P<m2> [0-9]{{2}} ) \b
      | \.(?P<m3> [0-9]{{2}} ) (?: [.:](?P<s3> [0-9]{{2}} ) (?= \s?[Uu]hr ) )? (?! [0-9] | [.,][0-9] )
        (?: \s?[Uu][Hh][Rr](?!\w) | (?! \s?(?: [€%$.] | Euro\b | Mio | Mrd | Prozent | Meter | Grad | km\b ) ) )
      | \s?[Uu][Hh][Rr](?!\w) (?: \s{{0,3}}(?P<m4> [0-9]{{2}} ) (?! [0-9] | \.[0-9] ) )?
      | \s?[hH]\b
      | (?= \s? (?: bis | [–-] ) \s? [0-9]{{1,2}} (?:[.:][0-9]{{2}})? \s?Uhr )
      | (?P<m5> [0-9]{{2}} )
        (?: \s?[Uu]hr(?!\w) | (?P<s5> [0-9]{{2}} )? (?= Z | [+-][0-9]{{2}} | \Z ) (?<! \s[0-9]{{4}} ) )
      | (?= \s? (?: [pP]\.?[mM]\b | A\.?M\b | a\.m\. | am\b(?!\s+\w) ) )
    )
    (?: \s?(?P<half> [pP](?=\.?[mM]\b) | A(?=\.?M\b) | a(?=\.m\.) | a(?=m\b(?!\s+\w)) )\.?[mM]\b\.? )?
    {_PART_AFTER}
    """,
    re.VERBOSE,
)
"""A clock in digits behind a date, with what stands between them."""

SPOKEN_CLOCK = re.compile(
    rf"""
    [\s,]{{0,8}}+ (?: (?P<part0> {PARTS_OF_DAY} ) \s{{1,3}}+ )?
    (?= um\s | gegen\s | ab\s | halb | viertel | dreiviertel | mitt | \w+\s(?:uhr|vor|nach|minuten) )
    (?: (?P<at> um | gegen | ab ) \s{{1,3}}+ )?
    (?: (?: kurz\s(?:vor|nach) | etwa | ca\. | circa | ungefähr ) \s{{1,3}}+ )?
    (?:
        (?P<half> halb ) \s{{1,3}}+
      | (?P<quarters> viertel | dreiviertel ) \s{{1,3}}+ (?: (?P<side> vor | nach ) \s{{1,3}}+ )?
      | (?P<minutes> [0-9]{{1,2}} | {any_of(words.NUMBER_OF)} ) \s{{1,3}}+ (?: minuten? \s{{1,3}}+ )?
        (?P<side2> vor | nach ) \s{{1,3}}+
    )?
    (?: (?P<hour> [0-9]{{1,2}} (?! [0-9] | [.,:/-][0-9] | \.) | (?:{any_of(words.HOURS)}) (?!\w) )
      | (?P<named> mitternacht | mittag ) )
    (?P<uhr> \s?uhr (?!\w) )?
    {_PART_AFTER}
    (?! \w )
    """,
    re.VERBOSE,
)
"""A clock in words, in lower-case text: "um acht", "gegen halb neun", "um Viertel nach 3", "acht Uhr abends"."""

CLOCK_BEFORE = re.compile(
    rf"""
    (?: (?P<h> [0-9](?<![0-9.,:/-][0-9])[0-9]? )
        (?: :(?P<m> [0-9]{{2}} ) (?: :(?P<s> [0-9]{{2}} ) )? (?: \s?[Uu]hr | \s?h )?
          | [hH](?P<m4> [0-9]{{2}} )
          | \.(?P<m2> [0-9]{{2}} ) \s?[Uu]hr
          | \s?[Uu]hr (?: \s(?P<m3> [0-9]{{2}} ) )? )
        (?: \s?(?P<half> [pP](?=[mM]\b) | A(?=M\b) )[mM] )? )
    (?: \s(?:am\s)? (?P<part> {PARTS_OF_DAY} ) \.? )?
    \s{{0,3}}+ (?: [,|/·–-] \s{{0,3}}+ )? (?: (?: am | vom | on | den | of ) \s{{1,3}}+ )?
    \Z
    """,
    re.VERBOSE,
)
"""A clock in front of a date, with what stands between them."""

_ABBREVIATIONS = [*words.ZONE_MINUTES, *(word.lower() for word in words.ZONE_MINUTES if len(word) > 2)]

ZONE = re.compile(
    rf"""
    [\s,]{{0,3}}+ \(? (?= [\w+-] )
    (?:
        (?P<abbreviation> {any_of(_ABBREVIATIONS)} ) (?! [^\W\d_] )
        (?: \s? (?P<sign> [+-] ) (?P<hours> [0-9]{{1,2}} ) (?: :?(?P<minutes> [0-9]{{2}} ) )? (?! [0-9:] ) )?
      | (?P<sign2> [+-] ) (?P<hours2> [0-9]{{2}} ) (?: :?(?P<minutes2> [0-9]{{2}} ) )? (?! [0-9:] | \.[0-9] | \s?Uhr )
      | (?P<iana> (?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific) (?:/[A-Z][A-Za-z_-]{{1,20}}){{1,2}} )
      | (?: nach \s )?
        (?i: (?P<named> {any_of(words.ZONE_NAMES)} ) | (?P<place> {any_of(words.ZONE_PLACES)} ) ) \b
    )
    \)?
    """,
    re.VERBOSE,
)
"""A zone behind a clock. A bare offset needs two digits of hours."""

UNKNOWN_ZONE = re.compile(r"\s\(?(?P<zone>(?:[A-ZÄÖÜ][\w-]+\s)?[A-ZÄÖÜ][\w-]+er\sZeit)\b")
"""A zone of a place that no table has: its offset is not known."""

WEEKDAY_AFTER = re.compile(
    rf"[ \t\xa0,.]{{0,3}}+(?:(?=[A-Z])(?P<weekday>{FULL_WEEKDAYS})\b|\((?P<short>{ANY_WEEKDAY})\.?\))"
)
"""A weekday behind its date on the same line; a short one only in brackets."""

YEAR_AFTER = re.compile(
    r"""
    \s{1,3}+
    (?: (?: d\.\s?j\.? | (?P<this> dieses\sjahres ) )
      | des\sjahres\s(?P<year> [0-9]{4} ) (?![0-9])
      | (?: des\s )? (?P<past> (?: vergangenen | letzten | vorigen ) \s jahres | vorjahrs | vorjahres )
      | (?: des\s )? (?P<next> (?: kommenden | nächsten ) \s jahres ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A year in words behind a day and month."""
