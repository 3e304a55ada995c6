"""Patterns of what is around a date on its line: labels, bylines, senders, papers, ranges.

`evidence` says what each of them is worth.
"""

from __future__ import annotations

import re
from typing import Final

from feeds.parse.words import (
    AGENCIES,
    BESIDE_STAMP,
    COUNTED,
    EVENT_FIELDS,
    MONTH,
    OTHER_ARTICLES,
    RELEASES,
    SECTIONS,
    WEEKDAY,
    WORKS,
    any_of,
)

# What is left of a stamp's line without these is foreign to a stamp.
# "Alter: 5 Jahre", "Age: 12 yrs": how long ago that was.
_AGE = r"(?:Alter|Age):\s\d{1,5}\s(?:Jahre?|Monate?|Tage?|Stunden?|yrs?|months?|days?|hours?)"
OWN_WORDS = re.compile(rf"\b(?:{any_of(BESIDE_STAMP)}|{_AGE}|\d{{1,5}}\s(?:{any_of(COUNTED)}))\b|\d+|[^\w]+")
# "Lokales | Stand: 12.03.2024": the section that a stamp shares its line with.
SECTION_FRONT = re.compile(rf"(?i:{any_of(sorted(SECTIONS - WORKS))})\s[|·•/]\s")
LABEL = re.compile(
    r"(?:(?:(?<!\w)|(?:Erscheinungs|Veröffentlichungs|Publikations|Erstellungs|Melde))Datum|Stand"
    r"|Veröffentlicht(?: am)?|Erstellt|Write(?=:)|Publi(?:ziert|cation date|sh(?:ed|ing)?(?: on| date)?)|Erschienen"
    r"|Eingetragen am"
    # So Drupal says it where nobody has translated that.
    r"|Submitted by [\w .-]{2,40} on(?: [A-Z]\w{1,9},?)?"
    r"|Online seit|Posted on|Datum der (?:Neuigkeit|Mitteilung|Meldung|Publikation|Veröffentlichung))\s?[:|]?\s*$"
    # The foot of a blog's entry: "Dieser Beitrag wurde am Montag, 3. Juni 2019 um 10:15 Uhr veröffentlicht".
    r"|Dieser (?:Beitrag|Artikel|Eintrag|Text|Post) (?:wurde|ist)(?: veröffentlicht| erstellt)?"
    r"(?: von [\w .-]{2,40}?)?(?: vor)? am\s"
    r"(?:\w{2,10},\s)?$",
    re.IGNORECASE,
)
# "Aus: Ausgabe vom 14.11.2019, Seite 5", where a paper shows what was in print.
IN_PRINT = re.compile(r"\W{0,3}(?:Aus:?\s(?:der\s)?)?(?:(?!PDF)[A-ZÄÖÜ]\w{2,20}-)?Ausgabe vom\s(?:\w{2,10},\s)?")
COMMENTER: Final = r"[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ]\."
"""Who comments: "Max M."."""
ABOVE_OTHER_DATES = re.compile(
    rf"{any_of(OTHER_ARTICLES)}|(?:\d+ )?(?:Kommentar|Antwort|Reaktion|Lesermeinung|Forum|Posting)|Mehr|Verwandt"
    rf"|Ähnlich|Aktuell|Nächste|Termin|Veranstaltung|Neueste|Letzte|.*\b(?:sagt|schreibt|meint):?$|{COMMENTER}$"
)
"""A line above comments, teasers and events, which have dates of their own."""
DAY_LABEL = re.compile(r"(?<!\w)Datum\s?[:|]?\s*$")
STATE = re.compile(r"\bStand\b(?:\svom)?\s?:?\s*(?:\w{2,10},?\s)?$", re.IGNORECASE)
_REFERRING = "zur zum dem den der die einer laut zu aus auf an nach im".split()
_REFERS = "".join(rf"(?<!\b{word})" for word in _REFERRING)
"""Not behind a word by which a text refers to another."""
# "... abgeschlossen Polizeimeldung vom", "Behörde Nord - Pressemitteilung Nr.: 188/2011 Musterau, den": a release names
# itself on the line of its headline; not "zur Pressemitteilung vom".
ISSUED_INSIDE = re.compile(
    rf"{_REFERS}(?:^|\s)"
    r"(?:(?:Polizei|Presse|Medien)(?:meldung|mitteilung|aussendung|information)|Artikel|Meldung|Nachricht)"
    r"\s(?:(?:vom|v\.)|Nr\.?:?\s\d{1,5}(?:/\d{2,4})?(?:\s[A-ZÄÖÜ][\w-]+,)?(?:\s(?:vom|den))?)\s$"
)
# "... eröffnet von Max Muster 08.02.2013", "... eröffnet [20-05-2009] Von Max Muster"; not "Kalender von Max Muster".
BYLINE_AT_END = re.compile(r"\b[a-zäöüß]{3,20}\b[^\n]{0,80}\s[Vv]on\s[A-ZÄÖÜ][\w.-]+\s[A-ZÄÖÜ][\w-]+,?\s$")
BYLINE_BEHIND = re.compile(r"[\])]?\s[Vv]on\s[A-ZÄÖÜ][\w.-]+\s[A-ZÄÖÜ][\w-]+$")
# Behind a comma or in brackets it is that of what is told.
GLUED_STATE = re.compile(r"[\w?!“\"]\sStand:\s$")
# What closes a text, the source and its writer, and may be followed by its last change.
CLOSED = re.compile(r"\([^()\n]{2,40}\)\s?[|·•]\s?")
# How letters, offices and bylines date: "Kiel, 13. Mai 2002", "Kiel, am 13. Mai", "Von Erika Muster am 13. Mai 2002".
STAMP_FRONT = re.compile(r"\(?[A-ZÄÖÜ][\w .-]{2,30},\s(?:(?:am|den|dem)\s)?")
_WRITTEN = "[Ee]rstellt|[Gg]eschrieben|[Ee]ingestellt|[Ee]ingetragen|[Vv]eröffentlicht|[Vv]erfasst|[Gg]epostet"
SIGNED_FRONT = re.compile(
    rf"(?:(?:{_WRITTEN}|[Gg]espeichert)\s)?(?:[Vv]on|VON)\s[\w .-]{{3,40}}\sam\s"
    rf"|(?:{_WRITTEN})\svon:?\s[\w .-]{{3,40}},\s|(?:{_WRITTEN})\sin:?\s[\w .-]{{3,40}},?\sam\s"
    r"|[Bb]y\s[\w .-]{3,40}\s[Oo]n\s"
    r"|(?:[Aa]usgegeben|Herausgegeben|Erschienen)\s(?:(?:zu|in)\s[\w .-]{2,40}\s)?am\s"
    r"|(?:Redaktion|Quelle|Text|Bericht|Autor(?:in)?|Pressestelle|Pressereferat)\b\s?:?\s[\w .-]{2,40}"
    r"(?:,\sVerlag\s[\w .-]{2,40})?,\s"
    r"(?:(?:Meldung|Bericht|Beitrag|Mitteilung)\s)?(?:(?:vom|am|den)\s)?"
)
# "Von Erika Muster | 12. März 2020", "Von Erika Muster | Am 12. März 2020", "Interview: Erika Muster | ...": no other
# date shares the byline's line.
BYLINE_FRONT = re.compile(
    r"(?:[Vv]on:?|(?:Interview|Protokoll|Text|Autor(?:in)?)\s?:)(?:\s(?:Dr\.|Prof\.)){0,2}\s[A-ZÄÖÜ][\w.-]{1,30}\s[A-ZÄÖÜ][\w-]{1,30}(?:(?:,|\sund)?\s[A-ZÄÖÜ][\w.-]{1,30}){0,4}"
    r"\s?[|·•–—-]\s?(?:[Aa]m\s)?(?:\w{2,10},\s)?"
)
# "Kurzmeldungen Lokales von Erika MUSTER 12.03.2020": kicker, section and author, and so no event's.
FILED_FRONT = re.compile(
    rf"(?:[A-ZÄÖÜ][\w-]{{2,24}}\s){{0,2}}(?i:{any_of(sorted(SECTIONS - WORKS))})\s"
    r"[Vv]on\s[A-ZÄÖÜ][\w.-]{1,20}(?:\s[A-ZÄÖÜ][\w.-]{1,30}){1,2},?\s"
)
# "Maria Muster (23.02.2018)" in the head.
NAME_FRONT = re.compile(r"(?:[Vv]on:?\s)?(?:(?:Dr|Prof)\.\s){0,2}[A-ZÄÖÜ][\w.-]{1,20}\s[A-ZÄÖÜ][\w-]{1,30}\s\(")
# "... sagte sie. (em, 23.02.2018)" at the end of a paragraph.
INITIALS_FRONT = re.compile(r"[.!?…“\"]\s\([A-Za-zÄÖÜäöü]{1,4}(?:[/.-][A-Za-zÄÖÜäöü]{1,4})?[,/]?\s?$")
# "... sagte sie. (APA, red, 23.02.2018)", "... sagte sie. (Erika Muster, 23.2.2018)" at the end of a text; what a paper
# wrote is quoted so, too.
SIGNERS_FRONT = re.compile(
    r"[.!?…“\"]\s\((?:(?:"
    rf"{any_of(AGENCIES)}|[a-zäöü]{{2,4}}|[A-ZÄÖÜ][\w.-]{{1,20}}\s"
    r"(?!\S*(?i:zeitung|blatt|post|bote|anzeiger|presse|kurier|nachrichten|rundschau|merkur)\b)[A-ZÄÖÜ][\w-]{1,30}"
    r"),\s?){1,3}$"
)
# "Verfasst von Erika Muster am 22.08.2013": who and when.
TOLD_FRONT = re.compile(
    rf"(?:[A-ZÄÖÜ]\w{{3,15}}\s)?(?:{_WRITTEN})\s(?:(?:von|durch)\s[\w .-]{{3,40}}\s)?am\s(?:\w{{2,10}},\s)?"
)
WRITER_FRONT = re.compile(rf"(?:{_WRITTEN})\svon:?\s[\w .-]{{3,40}}\s\(")
"""Below a text: "Geschrieben von: Webmaster (30.09.02)"."""
ARCHIVED = re.compile(r"Archiv\s[-–]\s")
"""At the top of a page: "Archiv - 12.05.1999"."""
TOLD_ABOVE = re.compile(r"(?:Veröffentlicht|Erstellt|Publiziert|Erschienen|Eingestellt)(?: am)?\s?:?", re.IGNORECASE)
_PAPER = (
    r"(?:[A-ZÄÖÜ]{1,3}Z|(?:[A-ZÄÖÜ]\w*[ -]){0,3}\w*(?:[Zz]eitung|[Bb]ote|[Kk]urier|[Aa]nzeiger|[Rr]undschau"
    r"|[Mm]orgenpost|[Mm]erkur|Allgemeine|Volksstimme|Neueste Nachrichten|(?:Neue|Freie) Presse"
    r"|(?<!Amts)(?<!amts)(?<!Gesetz)(?<!gesetz)(?<!Merk)(?<!Daten)(?<!Flug)(?<!Info)[Bb]latt))"
)
# "Musterbote vom 20.01.2006", "MZ vom 20.01.06" below a text: the paper that it was printed in.
PAPER_FRONT = re.compile(
    r"\(?(?:(?:Quelle|Text|(?:(?:Artikel|Auszug|Artikelauszug|Bericht)\saus|Aus|Erschienen in)(?:\s(?:der|dem))?):?\s)?"
    rf"{_PAPER},?\s(?:vom|v\.)\s(?:\w{{2,10}},\s)?"
    # "www.kcna.kp (2023.05.24)": so agencies sign.
    r"|www\.[\w-]{2,30}\.[a-z]{2,3}\s\("
)
# "Text: F.A.Z., 22.11.2003, Nr. 272 / Seite 9", "(c) DIE ZEIT 22.07.2004 Nr.31": the issue that it was printed in.
ISSUE_FRONT = re.compile(
    rf"{_PAPER},\s"
    r"|(?:(?:Text|Quelle):\s)?F\.A\.[ZS]\.,\s|taz(?:\.\sdie\stageszeitung|\sNr\.\s\d{1,5})?\svom\s|(?:Text:|\(c\)|©)\s[A-ZÄÖÜ][\w.-]+(?:\s[A-ZÄÖÜ][\w.-]+){0,3},?\s"
)
# "© Musterbote, Dienstag, 05.06.2018"
COPY_FRONT = re.compile(r"(?:\(c\)|©)\s[A-ZÄÖÜ][\w.-]+(?:\s[A-ZÄÖÜ][\w.-]+){0,3},\s")
ISSUE_BEHIND = re.compile(
    r",?\s?(?:Nr\.|Ausgabe|Heft)\s?\d{1,4}(?:\s?[/,|]\s?(?:Seite|S\.)\s?\d{1,4})?"
    r"|,?\s(?:Seite|S\.)\s?\d{1,3}(?:\s?[/,]\s?(?:\d{1,4}\sZeilen|\w{4,20}))?(?:\s\([\w-]{2,20}\))?"
)
# "WELT am SONNTAG 3. Februar 2008, 02:17 Uhr": a paper's name.
SUNDAY_PAPER = re.compile(r"\b(?:Welt|Bild)\sam\s$", re.IGNORECASE)
# Between lead and stamp: "Text", "Fotos", "Datum" above what they name.
FIELD_LABEL = re.compile(r"(?:Text|Fotos?|Bild(?:er)?|Illustration(?:en)?|Autor(?:in)?|Redaktion|Von|Datum):?")
# "ERNEST LANGFORD | 16.06.2015" below a lead.
NAME_BAR = re.compile(r"(?:[A-ZÄÖÜ][\w.-]{1,20}\s){2,3}[|•·/]\s")
# "Lesezeit: 7 Minuten", "1 Minute Lesezeit (142 Wörter)"
READING_TIME = re.compile(
    r"(?:Lesezeit|Lesedauer)\s?:?\s?(?:ca\.\s)?\d{1,3}\s?[Mm]in(?:uten?|\.)?"
    r"|(?:ca\.\s)?\d{1,3}\s?[Mm]in(?:uten?|\.)?\s(?:Lesezeit|Lesedauer)(?:\s\(\d{1,5}\sWörter\))?"
)
# "Pressemitteilung 312" above "Mittwoch, 18. November 2026", which is then the day of the release.
RELEASE_ABOVE = re.compile(
    r"(?:Presse|Medien)(?:mitteilung|aussendung|information)(?:\s(?:Nr\.?\s?)?\d{1,5}(?:/\d{2,4})?)?"
)
# "aktualisiert um 15:02 Uhr" behind a stamp: on the same day.
CHANGED_AT = re.compile(
    r"\W{0,4}(?:[Zz]uletzt\s)?(?:[Aa]ktualisiert|[Gg]eändert|Update|UPDATE|Akt\.|akt\.)(?:\sum|:)?\s"
    r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?!\d|\.\d)"
)
WHOLE_FROM = re.compile(r"\s*vom\b")
PREPOSITION = re.compile(r"(?:^|\s)(?:am|bis|ab|vom|zum|seit|den|dem|der|nach|vor|im|und|of|on)\s$", re.IGNORECASE)
PARTICLE = re.compile(r"\s(?:vor|nach)\s$")
"""What is a preposition before a day, and ends the clause of a verb."""
_WEEKDAYS = (
    r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
# "Samstag / Sonntag, 16. / 17. November 2019, Nr. 267": that of an issue for two days.
MASTHEAD = re.compile(
    rf"(?:[•·*]\s?)?(?:[Ff]lag\s|Heute(?: ist)?:?,?\s)?{_WEEKDAYS}(?:\s?/\s?{_WEEKDAYS})?,?\s(?:den\s|der\s)?"
    # "Freitag, November 22, 2019": so print systems that were made elsewhere.
    r"(?:[A-ZÄÖÜ][a-zä]{2,9}\.?\s\d{1,2},|\d{1,2}\.?\s?(?:/\s?\d{1,2}\.\s?)?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{2,9}\.?))\s?\d{4}"
    r"(?:,?\s(?:Nr\.|Nummer|Ausgabe)\s?\d{1,4}|,?\s\d{1,2}[:.]\d\d(?:\sUhr)?)?"
)
FIELD_BEHIND = re.compile(
    r"\s*(?:[|•·]|\([^()]{0,15}[Kk]omment|(?:Autor(?:in)?|Text|Quelle|Redaktion|Foto)\s?:|[Vv]on\s[A-ZÄÖÜ]"
    r"|[-–]\s(?!\w*(?i:halle|saal|heim|platz|stadion|kirche|hof|garten|arena|haus)\b)"
    r"[A-ZÄÖÜ][\w.-]+\s[A-ZÄÖÜ][\w-]+\s[-–]\s)"
)
# What a page counts, its tools, or who wrote it, after a stamp that sticks to the headline.
FIELDS_ALONE = re.compile(
    rf"(?:,?\s(?:[|•·-]\s)?(?:\d{{1,3}}\s[Mm]in\.?\sLesezeit|\d{{1,4}}\s(?:{any_of(COUNTED)}))\b.{{0,60}}"
    rf"|\s[|•·]\s(?:[Vv]on\s)?[A-ZÄÖÜ][\w.-]+\s[A-ZÄÖÜ][\w-]+|(?:\s[A-ZÄÖÜ][\w-]+){{1,4}}\s(?:vorlesen|merken|drucken))$"
)
FIELD_MARKS: Final = ("|", "•", "·")
NAMED = re.compile(rf"(?<!\bzum\s)(?<!\bzur\s)\b(?:{any_of(RELEASES)})\b")
# "Nachricht 04.05.2017 ..."
RELEASE_FRONT = re.compile(rf"(?:{any_of(RELEASES)})\s\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\s")
# "Landeskorrespondenz Nr. 25 vom 5. Februar 2019", "Anzeigenbeilage vom 5. Februar 2019": a line that dates itself.
ISSUED = re.compile(
    r"[A-ZÄÖÜ]\w{3,30}\sNr[.:]\s?\d{1,6}(?:/\d{2,4})?\s(?:vom|v\.)\s(?:\w{2,10},\s)?"
    r"|(?:Nr\.|Nummer)\s\d{1,4}/\d{4}\s(?:vom|v\.)\s(?:\w{2,10},\s)?"
    r"|(?:Meldung|Mitteilung|Nachricht)\svom\s(?:\w{2,10},\s)?"
    r"|(?:PM|MM|Pressemitteilung|Medienmitteilung)\s(?:Nr\.\s?)?\d{1,5}(?:/\d{2,4})?\s?[-–|,]\s"
    # "Parlamentskorrespondenz/02/17.06.1998/Nr. 412"
    r"|[A-ZÄÖÜ]\w{3,20}korrespondenz/(?:\w{1,6}/)?|Aus\sdem\s(?:[\w-]{2,20}[- ])?Archiv:?\s(?:vom\s)?"
    rf"|(?i:{any_of(sorted(SECTIONS - WORKS))})\svom\s"
    r"|\(?(?:Archivmeldung de[rs]\s)?"
    r"[A-ZÄÖÜ][\w-]{2,30}(?:mitteilung|meldung|aussendung|korrespondenz|veröffentlichung|beilage|nachricht|bericht|brief)"
    r"\s(?:vom|v\.)\s(?:\w{2,10},\s)?"
)
# "Write: 2021-06-11 10:35 / Update: 2021-06-11 11:02": a stamp with a label of its own, before that of a change.
CHANGE_BEHIND = re.compile(
    r"\s?(?:[/|,;·•–-]\s?)?(?:Update|UPDATE|Updated|(?:[Zz]uletzt\s)?(?:[Aa]ktualisiert|[Gg]eändert)|Letzte\sÄnderung)\b"
)
_WEEKDAY = rf"(?:{WEEKDAY},?\s)?"
RANGE_BEHIND = re.compile(
    rf",?\s?(?:bis|–|-|—|/|und)\s?(?:zum\s)?{_WEEKDAY}\d{{1,2}}\.(?!\d\d\sUhr)"
    r"|,?\s?(?:bis|–|-|—)\s?\d{1,2}[.:]\d\d\b"
    r"|,?\sbis\s\d{1,2}\sUhr"
    r"|,?\svon\s\d{1,2}(?:[.:]\d\d)?(?:\sUhr)?\s?(?:bis|–|-|—)\s?\d{1,2}\b"
)
RANGE_BEFORE = re.compile(rf"(?:\d\.?,?|\bUhr|\d\.\s{MONTH}\w{{0,7}})\s?(?:-|–|bis)\s?(?:zum\s)?{_WEEKDAY}$")
# "Nr. 118/2020 - 09.07.2020": the number of a release, and no day.
NUMBER_BEFORE = re.compile(r"\b(?:Nr\.?|PM|MM|\w+mitteilung)\s?\d{1,5}(?:/\d{2,4})?\s?[-–]\s?$")
EVENT_FIELD = re.compile(rf"(?:{any_of(EVENT_FIELDS)})(?:\s?:|\s\d{{1,2}}[:.]\d\d\b)")
# "Eingesetzte Kräfte:", "EINSATZBERICHT:", "Alarmierung : 06:12 Uhr": the report of a fire brigade.
OPERATION = re.compile(
    r"(?:Einsatz(?:art|bericht|beginn|dauer|ende|grund|kräfte|leit\w+|mittel|ort|stichwort|zeit)|Alarm(?:ierung\w*|zeit)"
    r"|(?:Eingesetzte|Alarmierte|Ausgerückte)\s\w+|Melderschleife)\s?:",
    re.IGNORECASE,
)
# "Diese Nachricht wurde am 08.05.2025 im Programm Deutschlandfunk gesendet.", "Sendung: MM1 Nachrichten, 08.05.2025
# 03:00 Uhr", which is read out there, "AXC0013 2018-04-25/05:49": below a text.
SENT = re.compile(
    r"Diese (?:Nachricht|Meldung) wurde am [\w. ]{6,20} im Programm [\w -]{3,40} gesendet\."
    r"|Sendung: (?:[\w-]{2,20} )?Nachrichten, [\w.: ]{8,30} Uhr"
    r"|[A-Z]{3}\d{4} \d{4}-\d\d-\d\d/\d\d:\d\d"
)
