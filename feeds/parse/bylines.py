"""Who signs a text: the lines that name its authors, and names that are alone."""

from __future__ import annotations

import re
from typing import Final

from feeds.parse.body import Line
from feeds.parse.words import AGENCIES, PLACES, SECTIONS, TOOLS, any_of

MAX_BYLINE: Final = 120
"""Characters of a byline, at most."""
# "Eine Kolumne von", "Beitrag von", "Gastbeitrag von", "Veröffentlicht von"
_WORK = (
    r"(?:Eine?\s)?(?:Gast)?(?:[Aa]rtikel|[Bb]eitrag|[Kk]olumne|[Kk]ommentar|[Gg]losse|[Aa]nalyse|[Ee]ssay|[Rr]eportage"
    r"|[Rr]ezension|[Ll]eitartikel|[Tt]ext|[Bb]ericht|[Gg]eschrieben|[Vv]erfasst"
    r"|[Vv]eröffentlicht|[Pp]ubliziert|[Gg]epostet|[Ee]rstellt|[Ee]ingestellt|[Ee]ingetragen|[Hh]inzugefügt"
    r"|[Gg]espeichert|Posted)\s(?:[Vv]on|by)"
)
_BYLINE = re.compile(
    rf"(?:(?:[Vv]on|VON|{_WORK}|Texte\spar)\s?:?|(?:Autor(?:in|en|innen)?|Text|Bericht|Redaktion|"
    r"(?P<form>Interview|Protokoll))\s?:|Autor(?:in)?\b|[Bb]y|(?:Das\s)?(?:Gespräch|Interview)\sführten?)\s+(?P<names>[^\W\d_][^\n\d|:;!?]{2,90})"
)
# "Von t-online, dpa", "von unserer Redaktion", "Von (red)": agencies and newsrooms sign, too.
_SIGNED = re.compile(
    rf"[Vv]on:?\s(?:[\w.-]{{2,20}},\s|(?:der|unserer)\s)*(?P<open>\()?(?:{any_of(AGENCIES)}|\w*redaktion|red)"
    r"(?:(?:\s?[,/]\s?|\sund\s)[\w.-]{2,20})*(?(open)\))",
    re.IGNORECASE,
)
# "Blatt-Redakteurin Erika Muster", "unserem Korrespondenten Max Beispiel"
_ROLE = re.compile(
    r"(?:unser(?:e[mnr]?)?\s)?(?:[\w-]{2,30}[- ])?"
    r"(?:[Rr]edakteur|[Rr]eporter|[Kk]orrespondent|[Aa]utor|[Mm]itarbeiter|[Vv]olontär)(?:in|en|s)?\s(?=[A-ZÄÖÜ])"
)
# "Redaktorin News", "Korrespondent in Musterstadt"
_ROLE_ALONE = re.compile(
    r"(?:[\w-]{2,30}[- ])?(?:[Rr]edakteur|[Rr]edaktor|[Rr]eporter|[Kk]orrespondent|[Vv]olontär)(?:in)?"
    r"(?:\s[\w -]{2,30})?"
)
_NAMES = re.compile(r"[^\n\d|:;!?]{4,60}")
# "Von Erika Muster (Blatt)"
_SENDER_BEHIND = re.compile(r"\s\([\w./ -]{2,20}\)$")
# "Von Erika Muster Veröffentlicht: ...", "Von Erika Muster, veröffentlicht am ...", "Autor: Erika Muster aus Genua",
# "Von Erika Muster in Lokales"
_BEHIND_NAMES = re.compile(
    r",?\s(?:(?:[Vv]eröffentlicht|[Aa]ktualisiert|[Pp]ubliziert|[Ee]rstellt|[Ee]rschienen|Stand|[Zz]uletzt|Lesezeit)\b.*"
    r"|(?:Leave a Comment|Kommentar hinterlassen|\d+ Kommentare?)"
    rf"|aus\s[A-ZÄÖÜ]\S+|in\s(?i:{any_of(sorted(SECTIONS))}))$"
)
_BYLINE_WORDS: Final = frozenset(
    ["Von", "von", "VON", "Von:", "von:", "Autor:", "Autorin:", "Autor/in", "Autor/in:", "AUTOR/IN", "Text:"]
) | {"Artikel von:", "Artikel von", "Beitrag von"}
_NAME_PART = r"(?:[A-ZÄÖÜ][\w’'.-]*|von|van|de|zu|der|den|la|le|el|al|bin)"
_NAME = re.compile(rf"(?!de[rn]\b){_NAME_PART}(?:[- ]{_NAME_PART}){{0,4}}")
_PERSON_WORD = r"[A-ZÄÖÜ][a-zà-ÿ’]+(?:-[A-ZÄÖÜ][a-zà-ÿ’]+)?"
_PERSON = re.compile(rf"{_PERSON_WORD}(?: (?:{_PERSON_WORD}|von|van|de)){{1,2}}|{_PERSON_WORD} [A-ZÄÖÜ]{{4,}}")
MAX_PERSON_WORDS: Final = 3
_TOOLS = re.compile(TOOLS)
_PLACE = re.compile(r"[A-ZÄÖÜ][a-zà-ÿ]{1,20}(?:-[A-ZÄÖÜ][a-zà-ÿ]{1,20})?")
_NO_PERSON: Final = frozenset(
    """Bad Sankt Kreis Landkreis Stadt Gemeinde Region Bezirk Kanton Markt Neue Neues Deutsche Deutscher Aktuelle
    Aktuelles Letzte Mehr Foto Bild Redaktion Artikel Autor Zeitung Tageblatt Anzeiger Nachrichten Presse Agentur
    Rundfunk Von Der Die Das Jetzt Später Hier Alle Zur Zum In Im Am Aus Uhr Lesezeit Kommentare Verlag Team Newsletter
    Startseite Nachricht Meldung Mitteilung Pressemitteilung Bericht Beitrag Zwei Drei Vier Fünf Sechs Sieben Acht Neun
    Zehn Kein Keine Viele Enthält Werbung Anzeige Geschrieben Verfasst Veröffentlicht Erstellt Gepostet Eingestellt
    Administrator Admin Webmaster""".split()
)
"""Words of places, papers and buttons that look like names."""
# "Alte Oper", "Musterisches Museum": how names of houses begin.
_ADJECTIVE = re.compile(
    r"(?:Alt|Neu|Groß|Gross|Klein|Rot|Weiß|Weiss|Schwarz|Grün|Blau|Hoh|Jung|Frei|Lang|Kurz|Best|Letzt|Erst|Zweit|Dritt"
    rf"|Ganz|Gut|Stark|Offen|Öffentlich|\w+isch|\w+lich|\w{{3,}}ig)(?:e[mnrs]?)|(?:{any_of(sorted(PLACES))})er"
)
# "Biologie Medizin": a field of science, or what is no one's name.
_THING = re.compile(r"\w+(?:logie|kunde|heit|keit|schaft|tion|tät)")
# "Amtsgericht Musterau", "Borussia Musterau", "Haus Garten": no first name.
_NO_FIRST_NAME = re.compile(
    r"\w*(?:gericht|anwaltschaft|ministerium|verein|verband|klub|kreis|schule|haus|werke?|museum|theater|klinik(?:um)?"
    r"|kirche|radio|polizei|feuerwehr)|Borussia|Eintracht|Fortuna|Google",
    re.IGNORECASE,
)
_PAPER = re.compile(r"Bote|Kurier|Courier|Merkur|Rundschau|Tagblatt|Presse|News|Online")
# "Kanzler Müller", "Innenministerin Muster"
_HOLDER = re.compile(
    r"[\w-]*(?:[Kk]anzler|[Mm]inister|[Pp]räsident|[Bb]ürgermeister|[Kk]ommissar|[Tt]rainer|[Dd]irektor|[Ss]precher|[Ll]eiter"
    r"|[Ee]xpert|[Ff]orscher|[Cc]hef|[Rr]at|[Rr]ät)(?:in|e)?|Papst|Bischof|Bischöfin|König(?:in)?|General"
)
_SENDER = re.compile(r"[A-ZÄÖÜ]{2,}\b")
_OFFICE = re.compile(
    r"(?:(?:PP|PI|KPI|PD|PK|LKA|BKA|BMI|BPOL\w*|HZA|LPD|KPB|StA|Kreis|Stadt|Gemeinde|Markt|Landkreis|Bezirk|Universität"
    r"|Hochschule|Klinikum|Verband|Verein|Bistum|Erzbistum)\b"
    r"|(?:[A-ZÄÖÜ][\w-]*\s)?[A-ZÄÖÜ]?[\w-]*(?:[Aa]mt|[Mm]inisterium|[Pp]räsidium|[Dd]irektion|[Ii]nspektion|[Vv]erwaltung"
    r"|[Pp]ressestelle|[Pp]ressereferat|[Kk]ammer|[Pp]olizei|[Ff]euerwehr|[Bb]ehörde|[Kk]anzlei|[Ss]taatsanwaltschaft"
    r"|[Ss]tiftung|[Ii]nstitut|[Gg]ericht)\b)"
)
_IN_NAMES: Final = frozenset("der die das des den dem und für von vom im in am an bei zu zum zur e.V.".split())
MAX_SENDER_WORDS: Final = 8
_PLACED: Final = (" aus ", " - ", " – ")
"""What is between a name and where its bearer wrote, beside a comma."""
_NAME_BREAK = re.compile(r"\s*(?:,|/|\bund\b|&)\s*")


def is_byline(text: str) -> bool:
    """Whether a line names the authors."""
    return bool(parse_byline(text))


def is_signature(text: str) -> bool:
    """Whether a line names who wrote the text: authors, an agency, the newsroom."""
    return is_byline(text) or _SIGNED.fullmatch(text) is not None


def join_bylines(lines: list[Line]) -> list[Line]:
    """The lines, with "Von" and the name below it in one; so are signatures such as "Erika Muster, Musterblatt"."""
    sender = f", {lines[0].text}"
    if any(line.text.endswith(sender) for line in lines):
        lines = [
            Line(line.offset, f"Von {name}")
            if line.text.endswith(sender) and is_person(name := line.text.removesuffix(sender))
            else line
            for line in lines
        ]
    places = [
        number
        for number, line in enumerate(lines[:-1])
        if line.text in _BYLINE_WORDS and parse_byline(f"Von {lines[number + 1].text}")
    ]
    if not places:
        return lines
    joined = {number: Line(lines[number].offset, f"Von {lines[number + 1].text}") for number in places}
    below = {number + 1 for number in places}
    return [joined.get(number, line) for number, line in enumerate(lines) if number not in below]


def is_role(text: str) -> bool:
    """Whether a line below a name says what the person does: "Redaktorin News"."""
    return _ROLE_ALONE.fullmatch(text) is not None


def parse_byline(text: str) -> tuple[str, ...]:
    """The authors that a line names, such as "Von Erika Muster und Max Beispiel"; empty where it names no person."""
    if len(text) > MAX_BYLINE or _SIGNED.fullmatch(text) is not None:
        return ()
    match = _BYLINE.match(text)
    written = text if match is None else match["names"].strip()
    if (role := _ROLE.match(written)) is not None:
        written = written[role.end() :]
    if match is None and (role is None or _NAMES.fullmatch(written) is None):
        return ()
    written = _BEHIND_NAMES.sub("", _SENDER_BEHIND.sub("", written))
    names = [name.strip(" .–-") for name in _NAME_BREAK.split(written)]
    # One word after a comma is a place or an agency: "Von Erika Muster, Berlin".
    names = [name for name in names if len(name.split()) > 1]
    if names and not names[0].isupper():
        # "Erika Muster, RADIO MUSTER", "Erika Muster, RM-Studio Genua"
        names = [name for name in names if _SENDER.match(name) is None]
    # "Presse- und Informationszentrum Marine" is an office.
    if not names or "- und " in written or not all(_NAME.fullmatch(name) for name in names):
        return ()
    if match is not None and match["form"] and any(map(_is_subject, names)):
        return ()
    return tuple(names)


def _is_subject(text: str) -> bool:
    """Whether what is behind "Interview:" is what or whom the text is about, and not who led it."""
    return any(word in _NO_PERSON or _HOLDER.fullmatch(word) is not None for word in text.split())


def is_sender(text: str) -> bool:
    """Whether a line is the name of an office or a firm, and says nothing of what it does: "PP Musterland Süd"."""
    words = text.split()
    small = (word for word in words if word[0].islower() and word not in _IN_NAMES)
    return len(words) <= MAX_SENDER_WORDS and _OFFICE.match(text) is not None and not any(small)


def is_person(text: str) -> bool:
    """Whether a line may be a person's name and nothing else: two or three words, no section's and no place's."""
    words = text.split()
    if not 2 <= len(words) <= MAX_PERSON_WORDS or _PERSON.fullmatch(text) is None:
        return False
    if _ADJECTIVE.fullmatch(words[0]) is not None or any(map(_THING.fullmatch, words)):
        return False
    if _NO_FIRST_NAME.fullmatch(words[0]) or _PAPER.fullmatch(words[-1]) or not PLACES.isdisjoint(words):
        return False
    return not (_TOOLS.fullmatch(text) or any(word.casefold() in SECTIONS or word in _NO_PERSON for word in words))


def is_place(text: str) -> bool:
    """Whether a line may be where the person wrote whose name is above: one word, and no section."""
    return _PLACE.fullmatch(text) is not None and text.casefold() not in SECTIONS and text not in _NO_PERSON


def without_place(text: str) -> str:
    """A name without the place after it: "Erika Muster, Genua", "Erika Muster aus Genua"."""
    name, sign, place = text.replace(" , ", ", ").partition(next((sign for sign in _PLACED if sign in text), ", "))
    return name if sign and place.isalpha() else text
