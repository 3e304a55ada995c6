"""The forms of calendar days, clocks and zones as patterns, built from the tables of words.

Owns the shapes; what they mean is decided in `resolution`. Every pattern that is searched for starts with a digit, and
every repetition is bounded or possessive, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.dates import words, zone_words
from feeds.dates.months import BROKEN_UMLAUT


def any_of(spellings: Iterable[str]) -> str:
    """Alternatives for a pattern, the longest first, so that "Sept" doesn't end at "Sep"."""
    return "|".join(re.escape(word) for word in sorted(set(spellings), key=lambda word: (-len(word), word)))


ANY_WEEKDAY = any_of(word for row in words.WEEKDAYS for word in row)
FULL_WEEKDAYS = any_of(word for row in words.WEEKDAYS for word in row if word.endswith(("tag", "woch", "abend", "day")))
PARTS_OF_DAY = any_of(words.PARTS_OF_DAY)

_NAMES = {*words.MONTH_OF, *words.DATED_MONTH_OF}
_LETTERS = ["".join(sorted({name[at] for name in _NAMES})) for at in (0, 1)]
_SECOND_LETTERS = {first: "".join(sorted({name[1] for name in _NAMES if name[0] == first})) for first in "jfmasondghl"}
_MONTH_STARTS = "|".join(
    f"[{first}{first.upper()}][{letters}{letters.upper()}]" for first, letters in _SECOND_LETTERS.items() if letters
)
"""What the first two letters of a month can be, so that "5 Millionen" is left at once; to ask each of them is quick."""

_GLUED = rf"[0-9]{{1,2}} (?: :[0-9]{{2}} (?![0-9]) | \.[0-9]{{2}}\s?[Uu]hr | \s?[Uu]hr | \.\s?(?:{_MONTH_STARTS}) )"
"""A clock, or another date, that sticks to a year: "02.06.202409:30"."""
_MISSPELT = r"(?! [IVX]{2,} \b ) [A-Z][A-Za-zÄÖÜäöü]{3,9}+ (?= \.?\s (?:1[5-9]|20)[0-9]{2} (?![0-9]) )"
"""A word between a day and a year, whose letters are no month's: "13. Spetember 2018"."""
_DOUBLED = r"[0-9]{1,2} \s?[.,]{1,2}\s? (?: [0-9]{4} | (?<=\.) [0-9]{2} ) (?![0-9])"
"""What follows the stray second mark after a day: month and year, "18..06.2020"."""
_CLOCK_RANGE = r"\s?(?:bis|[–-])\s?[0-9]{1,2}(?:[:.][0-9]{2})?\s?[Uu]hr"
_MEASURE = (
    r"(?: [€%$] | (?: Euro | EUR | CHF | Franken | Dollar | Std | Min | Sek | km | Prozent | Punkte | Stunden | Minuten"
    r" | Sekunden | Meter | Kilometer | Grad | Liter | Jahren? )\b | Mio | Mrd )"
)
"""What makes of digits in front of it no date: an amount of money, a running time."""
_COLONS = r"[0-9]{1,2}:(?:19|20)[0-9]{2}(?![0-9:]) | (?<=[0-9]{4}:)[0-9]{2}:[0-9]{2}(?![0-9:])"
"""What follows the first colon of a date that has them for full stops: "24:11:2014", and "2014:11:24" of cameras."""
APOSTROPHE = "'’‘`´′"

DATE = re.compile(
    r"""
    (?P<n> [0-9](?<![0-9_][0-9])(?<![0-9][.:/-][0-9])(?<![CT][+-][0-9])[0-9]{0,7}+ )
    (?:
        # 25. Juni 2024; 25 Jun, 2024; 12-Mär-2014; 15te Februar; 25. Juni
        (?: (?: \. (?: \s?[.,] )? | \s\. | s?te[nrs]? | de | er | [°º] | (?i: st | nd | rd | th ) (?:\s(?i:of))? )?
            \s{0,8}+ [-/]? )
        (?P<name> (?= LETTERS ) (?= MONTH_STARTS ) [A-Za-zÄÖÜäöüßéûÉÛ]{3,11}+ | BROKEN_UMLAUT | MISSPELT )
            (?! -[A-ZÄÖÜ] ) \.?
        (?:
            [\s.,APOSTROPHE/-]{0,8}+ (?P<year> [0-9]{4} )
            (?! (?! GLUED ) [0-9] | \s?[Uu]hr\b | :[0-9]{2}(?!:) | ern?\b )
          | [\s.APOSTROPHE/-]{0,8}+ (?<! [^\W_] ) (?P<year2> [0-9]{2} )
            (?! [0-9] | [.:h][0-9] | \s?(?:[Uu]hr|h)\b | (?<! [APOSTROPHE][0-9]{2} ) CLOCK_RANGE
              | \.\s?(?:MONTH_STARTS) )
            (?= (?<= [APOSTROPHE][0-9]{2} ) (?! [^\W_] ) | [^\S\n]{0,8}+
                (?: \n | \Z | [^\w\s] | (?: um | gegen | ab | at | kurz )\b | [0-9]{1,2}(?:[:.h][0-9]{2}|\s[Uu]hr) ) )
        )?
        (?! \s?[0-9]{3}\b
          | \s? (?: [0-9]{1,3}\s? [vn] | v | (?<! [0-9]{4} ) (?<! [0-9]{4}\s ) n ) \.\s?(?:Chr|u) )
      | # 25.06.2024; 25/6/24; 25-06-2024; 25. VI. 2024; 2024-06-25; 25.06 2024; 24.06.
        \s{0,3}+ (?P<sep> [./․‐‑–-] | [,|_·] (?= [0-9]{1,2}[,|_·][0-9] ) | : (?= COLONS )
            | [|·] (?= \s[0-9]{2}\s[|·]\s(?:19|20)[0-9]{2}(?![0-9]) ) ) \s{0,3}+
        (?: [.,] (?= DOUBLED ) )? \s{0,3}+
        (?P<month> [0-9]{1,2}+ | [IVX]{1,4}+ ) (?! [^\W_] (?<! T ) )
        (?:
            (?: \s{0,3}+ (?: (?P=sep) | , (?= (?:19|20)[0-9]{2} ) ) (?: (?P=sep) (?= [0-9]{4} ) )?
                \s{0,3}+ [APOSTROPHE]?
              | \s (?= [0-9]{4} ) | \s? [APOSTROPHE] (?= [0-9]{2}\b ) )
            (?P<last> [0-9]{4} (?! :[0-9]{2}(?!:) | \s?[Uu]hr\b )
              | [0-9]{2} (?! [0-9] (?! [0-9]:[0-9]{2} ) | [:h][0-9]{2} | \s?[Uu]hr
                # "11.11.21 – 11:11 Uhr" has a year, "11.11. 21 – 23 Uhr" has hours
                | (?: (?<! [./-][0-9]{2} ) | (?! \s[–-] ) ) CLOCK_RANGE
                | [OoIlSsBxX?]{1,2}(?![^\W\d_])
                | (?<= 19 | 20 ) (?<! [0-9]{4}\D[0-9]{2}\D[0-9]{2} ) [*_]{1,2}(?![^\W\d_])
                | \s?MEASURE | (?<= 19 | 20 ) \s [0-9]{2} (?! [0-9:.h] | \s?[Uu]hr ) )
              | [0-9](?=[T\s,]|\Z)(?!\s?[Uu]hr) )
            (?! (?! GLUED ) [0-9] | [./][0-9] (?! [0-9]?:[0-9]{2} ) | -[0-9]+- | (?<= \s[0-9]{4} ) [–-][0-9]{4}\b )
          | (?P<open> \.? )
            (?! [0-9] | \s?[Uu]hr | (?! (?<=\.) / [0-9]{1,2}\.\s?[0-9A-ZÄ] ) [.,:/-][0-9] )
            (?! \s?MEASURE )
        )
      | # 25 06 2024; 25 VI 2024
        \s (?P<month3> [0-9]{2} | [IVX]{1,4}+ ) \s (?P<year3> (?:19|20|21)[0-9]{2} )
        (?! [0-9] | [./][0-9] | \s[0-9]{1,4}(?![0-9:.h]|\sUhr) )
      | # Juni 25, 2024: the month comes first
        (?i: st | nd | rd | th )? [,.]{0,2} \s{1,8}+ (?P<year4> [0-9]{4} ) (?! [0-9] | \s?[Uu]hr )
      | # Jun 25 14:05:09 CEST 2024: as Unix writes it, the clock between day and year
        \s (?= [0-9]{2}:[0-9]{2}:[0-9]{2} (?: \s[A-Z]{3,4} )? \s (?P<year5> [0-9]{4} ) (?! [0-9] ) )
      | # einundzwanzigster Juni 2024: a year after a day in words
        (?P<worded> ) (?<= (?:ar|er|rz|il|ai|ni|li|st)\s[0-9]{4} ) (?! [\w:] | [.,/-][0-9] | \s?[Uu]hr )
      | # 14:05, no date: but what is in front of it may be one
        (?P<clock> : ) (?= [0-9]{2} (?! [0-9] ) )
      | # 20240625
        (?P<compact> ) (?<= [0-9]{8} ) (?! [\w.,/-] (?<! T ) (?! \Z | \s ) )
    )
    """.replace("LETTERS", "".join(f"[{letters}{letters.upper()}]" for letters in _LETTERS))
    .replace("MONTH_STARTS", _MONTH_STARTS)
    .replace("BROKEN_UMLAUT", BROKEN_UMLAUT)
    .replace("MISSPELT", _MISSPELT)
    .replace("DOUBLED", _DOUBLED)
    .replace("COLONS", _COLONS)
    .replace("GLUED", _GLUED)
    .replace("CLOCK_RANGE", _CLOCK_RANGE)
    .replace("MEASURE", _MEASURE)
    .replace("APOSTROPHE", APOSTROPHE),
    re.VERBOSE,
)
"""A calendar day. The group that matched last says which form it is; a form may still turn out to be no date."""

_ABBREVIATIONS = any_of([*zone_words.MINUTES, *(word.lower() for word in zone_words.MINUTES if len(word) > 2)])
_AM = rf"(?: (?<= [0-9] ) am\b | am\b (?! \s+ (?! (?:{any_of(zone_words.MINUTES)})\b ) \w ) )"
"""The English half of the day; with a blank in front and another word after it is the German "am"."""

_NEXT_DATE = r"[0-3][0-9]\.[01][0-9]\.(?:19|20)[0-9]{2}(?![0-9])"
"""A date that sticks to the clock of another: "25.06.2024, 14:0526.06.2024"."""
_LENGTH = r"(?: [Mm]in(?:uten?)? | [Ss]td | [Ss]tunden? | [Ss]ek(?:unden?)? )\b"
"""What makes of digits in front of it a running time; "Minister" doesn't."""

_PART_AFTER = rf"(?: \s{{1,3}}+ (?:(?:am|in\sder)\s)? (?P<part> {PARTS_OF_DAY} | [Mm]itternacht ) (?!\w)\.? )?"

CLOCK = re.compile(
    rf"""
    (?: [\s,|❘/·•∙⋅⸱‧●;:@()\[_>→»–—‒―−🕐-🕧⏰⌚⏱\ufe0f-]{{0,8}}+ | \. (?= [0-9]{{1,2}}:[0-9]{{2}} (?! [0-9.] ) )
      | \.\ (?= [0-9]{{1,2}} [:.] [0-9]{{2}} \s?Uhr \s{{0,3}} (?: \Z | [\n|·•)] ) ) )
    (?: (?: Uhrzeit | Zeit (?= \s?: | \s[0-9]{{1,2}}[:.][0-9]{{2}} ) | [Uu][Mm] | gegen | ab | at | à
            | ca\.? | circa | etwa | kurz\s(?:vor|nach) | [Pp]unkt | [Pp]ünktlich | kl\.? | ore
            | von (?= \s[0-9]{{1,2}} (?:[:.][0-9]{{2}})? (?:\s?Uhr)? \s? (?: bis\b | [–-] ) ) ) [\s:,]{{1,3}}+
        | (?: [Uu][Mm] | gegen | ab ) (?= [0-9]{{1,2}} (?: [:.][0-9] | \s?[Uu]hr ) ) | kl\. (?= [0-9] ) | [Tt](?=[0-9])
    ){{0,2}}+
    (?P<h> [0-9]{{1,2}}+ )
    (?:
        \s?[:∶]\s?(?P<m> [0-9]{{2}} ) (?: [:.](?P<s> [0-9]{{2}} ) (?: [.,][0-9]{{1,9}}+ )? )?
        (?! (?! {_NEXT_DATE} ) [0-9] | :[0-9] )
        (?: \s{{0,3}}+ (?: [Uu][Hh][Rr](?!\w) | [hH]\b ) | (?! [^\S\n]{{0,3}}+ {_LENGTH} ) )
      | [hH](?P<m2> [0-9]{{2}} ) \b
      | \.(?P<m3> [0-9]{{2}} ) (?: [.:](?P<s3> [0-9]{{2}} ) (?= \s{{0,3}}[Uu]hr ) )? (?! [0-9] | [.,][0-9] )
        (?: \s{{0,3}}+[Uu][Hh][Rr](?!\w) | (?! \s{{0,3}}+ (?: \.(?!\Z) | {_MEASURE} ) ) )
      | (?: [{APOSTROPHE};,] | :: | \.\.? \s? ) (?P<m6> [0-9]{{2}} ) \s{{0,3}}+[Uu][Hh][Rr](?!\w)
      | \s{{0,3}}+ (?: [Uu][Hh][Rr](?!\w) | [hH]\b )
        (?: \s{{0,3}}(?P<m4> [0-9]{{2}} (?! [0-9] | \.[0-9] | [^\S\n]{{0,3}}+ {_LENGTH} )
              | [0-9] (?= \s{{0,3}} (?: [^\w\s] | \n | \Z ) ) )
          | \sund\s (?P<m7> [0-9]{{1,2}} ) \sMinuten? \b )?
      | (?<= [0-9]{{2}} ) \s (?P<m8> [0-5][0-9] ) \s{{0,3}}+[Uu]hr(?!\w)
      | (?= \s? (?: bis | [–-] ) \s? [0-9]{{1,2}} (?:[.:][0-9]{{2}})? \s?Uhr )
      | (?P<m5> [0-9]{{2}} )
        (?: \s{{0,3}}+[Uu]hr(?!\w) | (?P<s5> [0-9]{{2}} )?
            (?= Z | [+-][0-9]{{2}} | \Z | \W (?<= T[0-9]{{4}}\W ) | \W (?<= T[0-9]{{6}}\W ) ) (?<! [\s/–-][0-9]{{4}} ) )
      | (?= \s{{0,3}}+ (?: [pP]\.?[mM]\b | A\.?M\b | a\.m\. | {_AM} ) )
    )
    (?: \s{{0,3}}+(?P<half> [pP](?=\.?[mM]\b) | A(?=\.?M\b) | a(?=\.m\.) | (?={_AM})a )\.?[mM]\b\.? )?
    {_PART_AFTER}
    """,
    re.VERBOSE,
)
"""A clock in digits after a date, with what is between them."""

CLOCK_UNTIL = re.compile(
    r"\s{0,3}+(?:bis|[–−-])\s{0,3}+[0-9]{1,2}+(?:[:.][0-9]{2}(?::[0-9]{2})?)?(?![0-9:])(?:\s?[Uu]hr\b)?"
)
"""The end of what the clock in front of it begins: "14:00 bis 15:00 Uhr"."""

CLOCK_FROM = re.compile(
    r"(?<![0-9.,:/-])(?P<h>[0-9]{1,2})(?::(?P<m>[0-9]{2})(?:\s?[Uu]hr)?|(?:\.(?P<m2>[0-9]{2}))?(?:\s?[Uu]hr|(?=\s?bis\s)))"
    r"\s{0,3}(?:bis|[–−-])\s{0,3}\Z"
)
"""The beginning of what the clock behind it ends: "15:31 Uhr bis 16:03 Uhr am 25.10.2023"."""

PART_BEFORE = re.compile(rf"[\s,|·–-]{{0,8}}+(?:am\s|in\sder\s)?(?P<part>{PARTS_OF_DAY})(?!\w)(?=,?\s)", re.IGNORECASE)
"""A part of the day between a date and its clock: "morgens um 6.30 Uhr", "abends, 8:15 Uhr"."""

SPOKEN_CLOCK = re.compile(
    rf"""
    [\s,]{{0,8}}+ (?= um\s | gegen\s | ab\s | halb | viertel | dreiviertel | mitt | \w+\s(?:uhr|vor|nach|minuten) )
    (?: (?P<at> um | gegen | ab ) \s{{1,3}}+ )?
    (?: (?: kurz\s(?:vor|nach) | etwa | ca\. | circa | ungefähr ) \s{{1,3}}+ )?
    (?:
        (?: (?P<minutes_of_half> [0-9]{{1,2}} | fünf | zehn ) \s (?P<side_of_half> vor | nach ) \s{{1,3}}+ )?
        (?P<half> halb ) \s{{1,3}}+
      | (?P<quarters> viertel | dreiviertel ) \s{{1,3}}+ (?: (?P<side> vor | nach ) \s{{1,3}}+ )?
      | (?P<minutes> [0-9]{{1,2}} | {any_of(words.NUMBER_OF)} ) \s{{1,3}}+ (?: minuten? \s{{1,3}}+ )?
        (?P<side2> vor | nach ) \s{{1,3}}+
    )?
    (?: (?P<hour> [0-9]{{1,2}} (?! [0-9] | [.,:/-][0-9] | \.(?!\s*\Z) ) | (?:{any_of(words.HOURS)}) (?!\w) )
      | (?P<named> mitternacht | mittag ) )
    (?P<uhr> \s?uhr (?!\w) )?
    {_PART_AFTER}
    (?! \w | \s? (?i: {_MEASURE} ) )
    """,
    re.VERBOSE,
)
"""A clock in words, in lower-case text: "um acht", "gegen halb neun", "um Viertel nach 3", "acht Uhr abends"."""

CLOCK_BEFORE = re.compile(
    rf"""
    (?: (?P<h> [0-9](?<![0-9.,∶/-][0-9])(?<![0-9]:[0-9])[0-9]? )
        (?: [:∶](?P<m> [0-9]{{2}} ) (?: :(?P<s> [0-9]{{2}} ) )? (?: \s{{0,3}}+[Uu]hr | \s{{0,3}}+h )?
          | [hH](?P<m4> [0-9]{{2}} )
          | \.(?P<m2> [0-9]{{2}} ) \s{{0,3}}+[Uu]hr
          | \s{{0,3}}+[Uu]hr (?: \s{{1,3}}+(?P<m3> [0-9]{{2}} ) )? )
        (?: \s{{0,3}}+(?P<half> [pP](?=[mM]\b) | A(?=M\b) | (?<=[0-9])a(?=m\b) )[mM] )? )
    (?: \s{{1,3}}+(?:am\s)? (?P<part> {PARTS_OF_DAY} ) \.? )?
    (?P<zone> \s{{0,3}}+ \(?
        (?: (?: {_ABBREVIATIONS} ) (?! \w ) (?: [+-] [0-9]{{1,2}} )? | \+ [0-9]{{2}} :? [0-9]{{2}} ) \)? )?
    \s{{0,3}}+ (?: (?: [,;|/·•∙–—‒―-] | // ) \s{{0,3}}+ )? (?: (?: am | vom | on | den | of ) \s{{0,3}}+ )?
    \Z
    """,
    re.VERBOSE,
)
"""A clock in front of a date, with what is between them."""

_NOTHING_BEHIND = r"\)? \s{0,3} (?: \Z | [,;|·\n] )"

ZONE = re.compile(
    rf"""
    [\s,]{{0,3}}+ \(? (?= [\w+−-] )
    (?:
        (?P<pair> {any_of(zone_words.PAIRS)} ) (?! [^\W_] )
      | (?P<us> {any_of(zone_words.US_TIMES)} ) (?= {_NOTHING_BEHIND} )
      | (?P<abbreviation> {_ABBREVIATIONS} | (?<= [0-9] ) z ) (?! [^\W\d_] )
        (?: \s? (?P<sign> [+−-] | – (?= [0-9]{{1,2}} (?: [)\],;|] | \s{{0,3}} \Z | \n ) ) )
            (?: (?<= \+ ) \s )? (?P<hours> [0-9]{{1,2}} ) (?: :?(?P<minutes> [0-9]{{2}} ) )? (?! [0-9:] ) )?
      | (?P<sign2> [+−-] ) (?P<hours2> [0-9]{{2}} ) (?: :?(?P<minutes2> [0-9]{{2}} ) )? (?! [0-9:] | \.[0-9] | \s?Uhr )
      | (?P<iana> (?: Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific ) (?: / [A-Z][A-Za-z_-]+ ){{1,2}} )
      | (?i: (?= [^\d\n]{{0,40}}? zeit\b ) ) (?: nach \s )?
        (?i: (?P<named> {any_of(zone_words.MINUTES_OF_NAMES)} ) | (?P<place> {any_of(zone_words.PLACES)} )
          | (?P<adjective> {any_of(zone_words.ADJECTIVES_INFLECTED)} ) \s {zone_words.CLOCKS}
          | (?P<stem> {any_of(zone_words.STEMS_INFLECTED)} ) -? {zone_words.CLOCKS} ) \b
    )
    \)?
    """,
    re.VERBOSE,
)
"""A zone after a clock. A bare offset needs two digits of hours."""

UNKNOWN_ZONE = re.compile(
    rf"""
    \s \(? (?: nach \s )?
    (?P<zone>
        IST (?= {_NOTHING_BEHIND} )
      | (?: (?: [A-ZÄÖÜ][\w-]+ \s )? [A-ZÄÖÜ][\w-]+ er | [a-zäöüß]{{2,20}} ischer ) \s (?: Z | Ortsz ) eit
      | (?: [^\W\d_] [a-zäöüß]{{2,20}} ischer? \s | [A-ZÄÖÜ][\w-]+ (?: er \s | - ) )
        (?: Normal | Sommer | Winter | Standard ) zeit )
    \b
    """,
    re.VERBOSE,
)
"""A zone of a place that no table has: its offset is not known."""

WEEKDAY_AFTER = re.compile(
    rf"[ \t\xa0,.]{{0,3}}+(?:(?=[A-Z])(?P<weekday>{FULL_WEEKDAYS})(?:[ -]?(?P<part>(?i:{PARTS_OF_DAY})))?\b"
    rf"|(?P<bracket>\()?(?P<short>{ANY_WEEKDAY})\.?(?(bracket)\)|,?(?=\s{{1,3}}[0-9]{{1,2}}:[0-9]{{2}}(?![0-9]))))"
)
"""A weekday after its date on the same line; a short one only in brackets or in front of a clock."""

YEAR_AFTER = re.compile(
    r"""
    [\s,]{0,3}+ [(\[]\s? (?P<bracketed> [0-9]{4} ) \s?[)\]]
  | [\s,]{1,3}+
    (?: (?: ds?\.\s?js?\.? | heuer\b | (?: diese[sn] | in\sdiesem | des\slaufenden ) \sjahre?s? \b )
      | (?: (?: des | im ) \sjahre?s? | anno (?: \sdomini )? | a\.?\s?d\.? ) \s{1,3}+ (?P<year> [0-9]{4} )
        (?! \w | \s[vn]\. )
      | (?: des\s | im\s )?
        (?P<past> v\.\s?j\. | (?: vergangene | letzte | vorige )[ns] \s jahre?s? \b | vorjahre?s? \b )
      | (?: des\s | im\s )? (?P<next> (?: kommende | nächste )[ns] \s jahre?s? \b ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A year in words or brackets after a day and month."""

YEAR_BEFORE = re.compile(
    r"""
    (?<! \w )
    (?: (?P<past> im\svorjahr | (?: vergangene | letzte | vorige )[ns] \s jahr )
      | (?P<next> (?: kommende | nächste )[ns] \s jahr ) | heuer | diese[sm] \s jahr )
    ,? \s{1,3} \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A year in words in front of a day and month: "letztes Jahr am 11. Juni"."""

BETWEEN_DAYS = "bis|und|oder|sowie|auf"
"""The words between the days of a range, a night or a list."""
_AND = (
    rf"\s{{0,3}}+ (?: [–—/,-] | (?i: {BETWEEN_DAYS} ) ) \s{{0,3}}+"
    rf"(?: (?: zum | am | den | dem | auf | {ANY_WEEKDAY} )\b \.?,? \s{{0,3}}+ ){{0,3}}+"
)
PARTNER = re.compile(
    rf"""
    (?= [^0-9\n]{{1,32}}+ [0-9] )
    (?: {_AND} [0-9]{{1,2}}+\.?\s{{0,3}}+ (?: [A-Za-zÄä]{{3,9}}+\b\.? | [0-9]{{1,2}}\. ) ){{0,4}}
    {_AND} [0-9]{{1,2}}+\.?\s{{0,3}}+ (?: (?P<name> [A-Za-zÄä]{{3,9}}+ )\.? | (?P<number> [0-9]{{1,2}} )\. )
    \s{{0,3}}+ (?P<year> [0-9]{{4}} | (?<= \. ) [0-9]{{2}} ) (?! [0-9] | [.:h][0-9] | \s?[Uu]hr )
    """,
    re.VERBOSE,
)
"""The days after a day and month of which the last has the year of all: "30. Dezember bis 2. Januar 2024"."""

YEAR_LAST = re.compile(r"[,\s]{1,3}+(?P<year>(?:1[5-9]|20)[0-9]{2})(?=\s{0,3}(?:[.)\]|·,;]\s|[)\]|·.]?\Z|\n))")
"""A year after the weekday or the clock of a day and month, with nothing more of the sentence after it."""

_ENDS = {row[0][at:] for row in words.MONTHS for at in range(1, len(row[0]) - 2)}
"""Ends of names of months, of three letters and more, as in "Febr uar"."""

UNREAD_YEAR = re.compile(
    rf"""
    (?: [^\S\n]{{0,3}}+ (?: [.,]{{0,2}}+ [^\S\n]{{0,3}}+ [{APOSTROPHE}]
          | \.?[^\S\n]{{0,3}}+ (?<!\w) (?= [0-9]{{2,3}} [^\S\n]{{0,3}}+ (?: [^\w\s] | \n | \Z ) ) )
        [0-9]{{2,3}} (?! [0-9.:,h/%€] | \s?(?: [Uu]hr | [%€–-] ) )
      | (?: [^\S\n]{{1,3}}+ [a-zäöü]{{2,7}} | \s?/\s? [A-Z][a-zä]{{2,8}} )\.? [^\S\n]{{1,2}}
        (?:1[5-9]|20)[0-9]{{2}} (?! \s?[Uu]hr )        (?= \s{{0,3}} (?: [^\w\s] | \Z ) )
      | (?: [\s.,|:;*~\#=+\\&(\[{{}}<>{APOSTROPHE}/–—-] | _(?=[0-9]) ){{0,6}}+
        (?: [0-9]{{5}} | [0-9]{{4}}:[0-9]{{2}} | (?:1[5-9]|20) \s? [0-9]{{2}} (?! \s?[Uu]hr | [.,:h][0-9] )
          | (?: {any_of(_ENDS)} ) (?! \w )
          | (?<= [^\W\d_] ) [0-9]{{1,3}} (?! [0-9:.,h] | \s?[Uu]hr )
          | [\"“”„‚] [0-9]{{2}} (?! [0-9] ) | [0-9]{{1,4}} \s (?: v\. | n\. | vor | nach ) \s? Chr
          | [12] [.,{APOSTROPHE}] [0-9]{{3}} (?= \s{{0,3}} (?: [^\w\s] | \Z ) ) | [(]? (?: all )?jährlich\b
          | (?<= [(\[] ) [0-9]{{2}} [)\]] | [Vv]orjahr | \w{{2,12}} \s Jahre? \s (?: später | zuvor | danach | darauf )
          | [12]\s[0-9]{{3}} (?! [0-9] ) | (?<= [{APOSTROPHE}] ) [0-9] (?! [0-9] )
          | (?<= [./] ) (?= [A-Za-z]{{1,2}}[0-9] ) [0-9OoQlIiSsZzBb]{{3}} (?! \w ) | vor\s\w{{1,12}}\sJahre?n?\b
          | (?= [A-Za-z!?*|_@$&§]{{0,3}}[0-9] ) (?! [0-9]{{4}} | [0-9]{{1,2}}h )
            [0-9OoQDlIiSsZzBbgqxX!?*|_@$&§]{{4}} (?! \w )
          | (?: [xX?]{{2,4}} | _{{2,4}} ) (?! \w ) | (?: JJJJ | YYYY | JJ ) \b
          | M{{0,3}} (?: CM | CD | DC{{0,3}} ) [CLXVI]{{1,9}} \b | M{{1,3}} [CDLXVI]{{1,12}} \b
          | (?i: (?: zwei\s? )? tausend
            | zwanzig\s? (?= [a-zäöüß]{{0,16}} (?: zehn | zig | ßig | elf | zwölf )\b )
            | (?: sieb | acht | neun )zehnhundert ) [a-zäöüß]{{0,24}}
          | (?: [Aa]nno | A\.?\s?D\.? | [Dd]es\s[Jj]ahres | [Ii]m\s[Jj]ahre? ) (?! \w )
          | (?: (?: im | in | des | eines | auch ) \s )?
            (?: (?: des )?selben | gleichen | jenes | jeden | jedes | folgenden | darauffolgenden ) \s [Jj]ahre?s? \b
          | (?: des | im ) \s (?: Folge | Jubiläums | Kriegs | Todes | Geburts | Wahl )jahre?s? \b ) )
    """,
    re.VERBOSE,
)
"""What looks like a year after a day and month and can't be read as one: the nearest year would contradict it."""
