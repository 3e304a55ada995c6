"""Notices of a site about its cookies, with the buttons beside them, or about the age of a page, around an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.beginning import BANNER_LINES
from feeds.parse.body import Line
from feeds.parse.draft import Draft
from feeds.parse.kinds.walls import is_about_site
from feeds.parse.prose import PROSE, is_running_text
from feeds.parse.words import any_of

BUTTON_LINES: Final = 6
"""Lines below a notice that are its buttons, at most."""

_USES = r"(?:verwende[nt]|(?:be)?nutz(?:en|t)|setz(?:en|t)|speicher[nt])"
_SITE = r"(?:[Ww]ir|(?:[Dd]iese|[Uu]nsere?)[rs]? [\w-]*(?:[Ss]eiten?|[Ss]ite|Angebot|[Aa]uftritt))"
# "JavaScript wird für die volle Funktion dieser Seite benötigt."
_WHERE = r"(?:in|für|zu[mr]?) [^.!?]{0,60}?(?:[Bb]rowser|[Ss]eiten?|[Ss]ite|[Dd]arstellung|[Nn]utzung)[^.!?]{0,30}? "
_NOTICE = re.compile(
    rf"\b(?:{_SITE} (?:[\w-]+ ){{0,4}}?{_USES}|{_USES} {_SITE}) .{{0,90}}?[Cc]ookies?\b"
    r"|Cookies (?:helfen uns|ermöglichen (?:uns|eine bestmögliche))"
    r"|\b(?:Verwendung|Einsatz|Setzen) von Cookies (?:zu|einverstanden)\b|\bwerden Cookies (?:gemäß|verwendet)"
    r"|\b[Uu]nsere(?: bis zu)?(?: \d+)? Partner\b.{0,120}\b(?:Daten|Cookies|Gerät)"
    r"|\b(?:[Ww]e|[Tt]his (?:web)?site|[Oo]ur (?:web)?site) uses? cookies\b"
    r"|\b(?:[Ii]hr|[Dd]ein|[Dd]ies|[Ee]inen)\w{0,3}(?: \w+)? Browser\b.{0,60}?"
    r"\b(?:veraltet|nicht (?:mehr )?unterstützt|aktualisieren)\b"
    rf"|\bJavaScript (?:(?:ist|wird|muss) )?(?:{_WHERE})?(?:(?:de)?aktivier(?:t|en)|benötigt|erforderlich|notwendig)\b"
    rf"|\b(?:[Aa]ktivieren Sie(?: bitte)?|[Mm]uss|{_SITE} (?:benötigt|erfordert)|[Ee]nable|requires) JavaScript\b"
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
_NAMES = r"[\w-]*(?:cookie|datenschutz|privatsphäre)[\w-]*"
_ABOUT = (
    r"d(?:er|ie|as|en)|diese[rs]?|wir|uns|unsere[rn]?|ihre?|deine?|und|&|zu[mr]?|über|von|für|auf|mit|in|ist|wichtig"
    r"|verwenden?|verwendet|verwendung|nutz(?:en|t|ung)|setz(?:en|t)|einsatz|respektieren|schätzen|schützen|achten|verwalten"
    r"|hinweise?|informationen?|infos?|einstellungen?|einwilligung|zustimmung|präferenz(?:en)?|web-?seiten?|website|seite"
)
_HEADING = re.compile(
    rf"(?:(?:{_ABOUT})[ ,:]{{1,2}}){{0,5}}{_NAMES}(?:[ ,:]{{1,2}}(?:{_ABOUT}|{_NAMES})){{0,5}}[.:!]?", re.IGNORECASE
)
"""What is above a notice: other words are of a headline."""


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
    texts = [
        number
        for number, line in enumerate(lines)
        if number not in notices and is_running_text(line.text) and not is_about_site(line.text)
    ]
    if not texts:
        return lines
    around = (notice for notice in notices if notice < max(BANNER_LINES, texts[0]) or notice > texts[-1])
    dropped = {number for notice in around for number in _find_whole(lines, notice)}
    return draft.drop(lines, dropped, "navigation")


def _find_whole(lines: Sequence[Line], notice: int) -> range:
    """The numbers of the lines of a notice: its own, those of its buttons, that of what is above it."""
    above = lines[notice - 1].text if notice else ""
    start = notice - (len(above) < PROSE and _HEADING.fullmatch(above) is not None)
    end = notice + 1
    while end < min(notice + 1 + BUTTON_LINES, len(lines)) and _BUTTON.fullmatch(lines[end].text) is not None:
        end += 1
    return range(start, end)
