"""Notices of a site about its cookies, with the buttons beside them, or about the age of a page, around an article."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from feeds.parse.body import Line
from feeds.parse.draft import Draft
from feeds.parse.extent import BANNER_LINES, PROSE, is_prose, is_short_sentence
from feeds.parse.walls import is_about_site
from feeds.parse.words import any_of

BUTTON_LINES: Final = 6
"""Lines below a notice that are its buttons, at most."""

_USES = r"(?:verwende[nt]|(?:be)?nutz(?:en|t)|setz(?:en|t)|speicher[nt])"
_SITE = r"(?:[Ww]ir|(?:[Dd]iese|[Uu]nsere?)[rs]? [\w-]*(?:[Ss]eiten?|[Ss]ite|Angebot|[Aa]uftritt))"
_NOTICE = re.compile(
    rf"\b(?:{_SITE} (?:[\w-]+ ){{0,4}}?{_USES}|{_USES} {_SITE}) .{{0,90}}?[Cc]ookies?\b"
    r"|Cookies (?:helfen uns|ermöglichen (?:uns|eine bestmögliche))"
    r"|\b(?:Verwendung|Einsatz|Setzen) von Cookies (?:zu|einverstanden)\b|\bwerden Cookies (?:gemäß|verwendet)"
    r"|\b[Uu]nsere(?: bis zu)?(?: \d+)? Partner\b.{0,120}\b(?:Daten|Cookies|Gerät)"
    r"|\b(?:[Ww]e|[Tt]his (?:web)?site|[Oo]ur (?:web)?site) uses? cookies\b"
    r"|\b(?:[Ii]hr|[Dd]ein|[Dd]ies|[Ee]inen)\w{0,3}(?: \w+)? Browser\b.{0,60}?"
    r"\b(?:veraltet|nicht (?:mehr )?unterstützt|aktualisieren)\b"
    r"|\bJavaScript (?:ist |wird )?(?:in Ihrem Browser )?(?:deaktiviert|benötigt|aktivieren)"
    r"|[Aa]ktivieren Sie (?:bitte )?JavaScript"
    r"|\bmöglicherweise (?:nicht mehr aktuell|veraltet)\b"
)
_HINTS: Final = ("ookie", "artner", "icherweise", "rowser", "avaScript")
"""One of them is in each notice, and found at a fraction of the cost."""
_CHOICES: Final = (
    "[Aa]lle[ns]?", "[Nn]ur", "[Uu]nd", "[Ii]ch", "[Mm]eine", "[Dd]ie", "[Mm]it", "[Oo]hne", "[Aa]uswahl",
    "[Aa]usgewählten?", "[Ee]instellungen", "[Ee]ssenziellen?", "[Nn]otwendigen?", "[Tt]echnisch", "[Oo]ptionalen?",
    "[Ff]unktionalen?", "[Cc]ookies?", r"[Cc]ookie-\w+", r"[Dd]atenschutz-?\w*", "[Pp]räferenzen", "[Ii]ndividuell",
)  # fmt: skip
"""Words of what is consented to, in front of the verb: others are of a headline."""
_BUTTON = re.compile(
    rf"(?:(?:{any_of(_CHOICES)})[ ,&]{{1,2}}){{0,5}}"
    r"(?:[Aa]kzeptieren|[Zz]ustimmen|[Aa]blehnen|[Aa]nnehmen|[Ss]peichern|[Vv]erwalten"
    r"|[Aa]npassen|[Ee]rlauben|[Zz]ulassen|[Ff]ortfahren|[Nn]otwendige.{0,20})"
    r"|Ok(?:ay)?|OK|Einverstanden|Verstanden|Schließen"
    r"|(?:[A-ZÄÖÜ]\w+ )?(?:Cookie-?|Datenschutz-?|Privatsphäre-?)?[Ee]instellungen.{0,12}"
    r"|Mehr (?:Infos?|Informationen|erfahren)|Weitere Informationen|Auswahl .{4,12}|(?:Cookie-|Datenschutz)\w{0,12}"
    r"|Impressum|Essenzielle?|Statistiken?|Marketing|Externe Medien|Präferenzen|Details"
    r"|Accept(?: all)?|Decline|Close"
)
_HEADING = re.compile(r"(?:\S+ ){0,4}\S*(?:[Cc]ookie|[Dd]atenschutz|[Pp]rivatsphäre)\S*(?: \S+){0,3}")
"""What is above a notice."""
_OF_SITE = re.compile(r"\b(?:[Ww]ir|[Uu]ns\w*|[Ii]hre?\w?|[Dd]eine?\w?|[Dd]iese \w+)\b")
MAX_TITLE_BLANKS: Final = 2
"""Blanks in the title of a notice that says nothing of the site or its readers, at most."""


def drop_notices(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines without such notices and their buttons, which the draft then names.

    Those within a text are some of it, and stay; so do those of a page that has no text.
    """
    notices = {
        number
        for number, line in enumerate(lines)
        if any(hint in line.text for hint in _HINTS) and _NOTICE.search(line.text) is not None
    }
    if not notices:
        return lines
    texts = [number for number, line in enumerate(lines) if number not in notices and _is_text(line.text)]
    if not texts:
        return lines
    dropped: set[int] = set()
    for notice in notices:
        if notice < max(BANNER_LINES, texts[0]) or notice > texts[-1]:
            buttons = takewhile(
                lambda at: _BUTTON.fullmatch(lines[at].text) is not None,
                range(notice + 1, min(notice + 1 + BUTTON_LINES, len(lines))),
            )
            dropped.update([notice, *buttons])
            if notice and _is_heading(lines[notice - 1].text):
                dropped.add(notice - 1)
    draft.marks.extend((lines[number].offset, "navigation") for number in sorted(dropped))
    return [line for number, line in enumerate(lines) if number not in dropped]


def _is_heading(text: str) -> bool:
    """Whether a line is the title of a notice: "Datenschutz", "Wir schützen Ihre Privatsphäre", and no headline."""
    is_short = text.count(" ") <= MAX_TITLE_BLANKS or _OF_SITE.search(text) is not None
    return is_short and len(text) < PROSE and _HEADING.fullmatch(text) is not None


def _is_text(text: str) -> bool:
    return (is_prose(text) or is_short_sentence(text)) and not is_about_site(text)
