"""What a page says to its readers below a text: of its forms, comments, prices, readers, of how the text was made.

It speaks of itself, of "this article" and of its readers, so that what an article says of such things is none.
"""

from __future__ import annotations

import re
from typing import Final

from feeds.parse.prose import is_reported
from feeds.parse.words import any_of

MAX_NOTICE: Final = 300
"""Characters of a notice below a text, at most."""
MAX_APPEAL: Final = 1200
"""Characters of a paper's wish for money, at most."""

_THIS = r"(?:[Dd]iese[rnms]?|[Uu]nser) (?:\w+ )?(?:Artikel|Beitrag|Text|Eintrag|Bericht|Inhalt)"
# Behind a question to the readers, there is nothing, or more to them.
_ASKED = (
    r"\?(?:\W*$|.*\b(?:[Uu]ns(?:er\w*)?|[Ww]ir|Ihr\w*|Ihnen|[Nn]ewsletter|[Hh]ier|[Jj]etzt|[Dd](?:ir|ein\w*)"
    r"|\w+ Sie)\b)"
)
_STARTS: Final = (
    "*", "Abdruck ", "Aktivier", "Alle ", "Anmerkung", "Beachte", "Beitrag", "Bisher", "Bist du", "Bitte ", "Das ",
    "Deine ", "Der ", "Derzeit", "Die", "Dir ", "Diskutier", "Du ", "Erforderliche", "Erhalte", "Es ", "Euch ",
    "Felder", "Folgst ", "Für die ", "Gefällt", "Halten", "Hast du ", "Hat ", "Hier ", "Hinweis", "Ich ", "Ihnen ",
    "Ihre ", "Immer ", "Inhalt", "Ja, ich ", "Jederzeit", "Jetzt ", "Karte", "Klick", "Kommentar", "Kontaktieren",
    "Leserbriefe ", "Lust auf", "Mehr ", "Mit", "Möchten", "Nachdruck ", "Noch ", "Nur ", "Pflichtfelder", "Preise",
    "Redaktionsschluss", "Schreib", "Sie ", "Teilen mit", "Transparenz", "Um ", "Umfrage", "Unser", "Verfassen",
    "Video", "Weitere", "Wenn ", "Willkommen", "Wir ", "Wollen", "Zum ", "die Kommentar", "Über dieses",
    "über dieses",
)  # fmt: skip
"""What notices begin with: no other line is compared with the patterns. A new one adds its beginning here."""
_SIGNS: Final = ("nterstütz", "ffiliate", "rovisions", "artnerlink", "artner-Link")
"""One of them is in those that may begin with anything."""
_FORMS: Final = (
    (
        r"(?:Hinweis: )?Mit (?:dem )?(?:Absenden|Abschicken|Klick auf) (?=.*\b(?:Sie|du|[Ii]ch)\b).{0,120}"
        r"\b(?:Formular|Daten|AGB|einverstanden)"
    ),
    r"Das(?:\s\w+)? Formular (?:ist|wird) .{0,20}\breCAPTCHA",
    r"Diese (?:Web)?[Ss]eite ist durch reCAPTCHA(?:[^,]*$|.*\b(?:gelten|Google)\b)",
    r"(?:Ja, ich|Ich) (?:möchte|will) .{0,200}\b(?:per E-?Mail|Newsletter)\b.{0,80}$",
    r"(?:Ja, ich|Ich) (?:bin (?:damit )?einverstanden|willige|stimme|habe die) .{0,200}\b(?:Daten|Newsletter|AGB)\w*",
    (
        r"(?:Mit|Die mit) (?:einem )?(?:\*|Stern(?:chen)?)\W.{0,10}\b(?:markiert|gekennzeichnet|versehen)\w* "
        r".{0,20}[Ff]elder"
    ),
    (
        r"(?:Erforderliche )?(?:Pflicht)?[Ff]elder sind (?:mit (?:einem )?[(*]*(?:Stern(?:chen)?)?[ (*)]*)?"
        r"(?:markiert|gekennzeichnet)"
    ),
    r"(?:Ihre|Deine) E-Mail-Adresse wird nicht (?:veröffentlicht|weitergegeben|angezeigt)",
)
"""What is below a form: "Mit einem Stern gekennzeichnete Felder sind Pflichtfelder."."""
_COMMENTS: Final = (
    (
        rf"(?:Die )?Kommentar(?:e|funktion|spalte)(?: (?:zu|für|unter|bei) {_THIS})? (?:sind|ist|wurden?) .{{0,40}}"
        r"(?:geschlossen|deaktiviert|abgeschaltet|gesperrt|nicht möglich)\W*$"
    ),
    r"[Dd]ie Kommentarfunktion (?:steht|wird) .{0,60}\b(?:Verfügung|geschlossen|geöffnet)\b.{0,20}$",
    r"(?:Bitte )?(?:Um|Zum) .{0,20}[Kk]omment\w+.{0,30}\b(?:anmelden|registrieren|einloggen|angemeldet)\b",
    r"(?:Sie müssen|Du musst|Nur) .{0,20}(?:angemeldete?|eingeloggte?|registrierte?)\b.{0,30}\b[Kk]omment",
    (
        r"(?:Bitte )?(?:[Bb]eachten Sie|[Bb]eachte|[Hh]alten Sie sich)(?: bitte)?(?: an)? (?:unsere|die) "
        r"(?:Netiquette|(?:Kommentar|Forums?|Diskussions)[\w-]*(?:regeln|richtlinien))"
    ),
    (
        r"(?:Bisher|Noch|Derzeit|Es) (?:wurden?|sind|gibt|liegen) .{0,12}keine Kommentare"
        r"(?: (?:zu diese[mr] (?:Artikel|Beitrag|Text|Eintrag|Bericht|Thema|Meldung)"
        r"|vor|vorhanden|geschrieben|abgegeben)\b.*)?\W*$"
    ),
    r"Noch keine Kommentare\W*$",
    r"Das (?:Posten|Schreiben|Verfassen) von Kommentaren ist nur\b",
    r"(?:Die )?Leserbriefe geben .{0,80}\bwieder\W*$",
    r"Die Redaktion behält sich .{0,60}\bKürzung",
    r"Willkommen in unserer Community\b.{0,60}\bBeiträge\b",
    r"(?:Jetzt )?(?:[Mm]it)?[Dd]iskutieren(?: Sie| mit| Sie mit)?[!.]?$",
    r"Diskutiere(?:n Sie)? mit\b.{0,60}$",
    r"(?:Die Redaktion|Wir) behäl?t(?:en)? (?:sich|uns) .{0,30}\b(?:Kommentare|Beiträge|Zuschriften|Leserbriefe)\b",
    r"(?:Schreiben Sie|Schreib|Verfassen Sie) (?:den ersten|einen|Ihren|uns einen) Kommentar\b.{0,60}$",
)
"""Who may comment, and whether there are comments: "Die Kommentare sind geschlossen."."""
_GIFTS: Final = (
    r"(?:Hat|Gefällt) (?:Ihnen|dir|euch) (?:dieser|der|unser) (?:Artikel|Beitrag|Text)\b[^?]{0,40}" + _ASKED,
    (
        r"(?:Ihnen|Dir|Euch) gefällt,? (?:was (?:Sie|du|ihr|wir)"
        r"|(?:dieser|unser|der) (?:Artikel|Beitrag|Text|Journalismus|Blog|Podcast))\b"
    ),
    (
        rf"Wenn (?:Ihnen|dir|euch) (?:{_THIS}|der (?:Artikel|Beitrag|Text)) gef"
        r".*\b(?:[Uu]ns\w*|[Tt]eil\w+|weiter|Newsletter|[Aa]bonn\w+|[Ss]pend\w+|Kaffee)\b"
    ),
)
"""Whether readers like the text, and what they may give: "Wenn Ihnen dieser Beitrag gefällt, ..."."""
_PRICES: Final = (
    (
        r"(?:\*\s?)?(?:Alle (?:angegebenen )?Preise|Preise)\b.{0,60}\b(?:MwSt|Mehrwertsteuer|Umsatzsteuer|USt)\b"
        r"(?:[^\w:]*$|[.,;]* (?:und |ggf\. )?(?:zzgl|zuzüglich|exkl|inkl|ohne|Irrt|Änder|\w*[Vv]ersand))"
    ),
)
"""What a shop has below its goods."""
_READ: Final = (
    (
        r"Diese[rs]? (?:Artikel|Beitrag|Seite|Text|Meldung|Nachricht|Eintrag|Inhalt) wurde "
        r"(?:bereits |bisher |insgesamt )?[\d.]+\s?(?:-?[Mm]al|x) "
        r"(?:gelesen|aufgerufen|angezeigt|angesehen|besucht|geklickt|angeklickt)\W*$"
    ),
)
"""How many have read it: "Dieser Artikel wurde 1.234 mal gelesen."."""
_MADE: Final = (
    (
        rf"(?:{_THIS}|Der (?:Artikel|Beitrag|Text)) (?:wurde|ist|enthält|entstand) .{{0,90}}"
        r"\b(?:Deutschen Presse-Agentur|Agenturmaterial|Material (?:von|der|des) (?:Nachrichten|Presse|Deutschen Presse"
        r"|(?:dpa|AFP|afp|Reuters|KNA|kna|epd|APA|SID|sid|AP|ots)\b))"
    ),
    (
        rf"(?:Hinweis: )?(?:Diese Meldung|{_THIS}) (?:ist|wurde) .{{0,40}}\bautomati(?:siert|sch)\w* "
        r"(?:\w+ )?(?:erstellt|generiert|erzeugt|übersetzt|übernommen|verarbeitet|Angebot)"
    ),
    (
        rf"{_THIS} (?:wurde|ist) .{{0,60}}\b(?:[Kk]ünstlicher Intelligenz|KI)\b.{{0,80}}"
        r"(?:erstellt|verfasst|übersetzt|geprüft|bearbeitet|überarbeitet|generiert)"
    ),
    rf"{_THIS} ist (?:Teil (?:unseres|des) Archivs(?!, d)|(?:älter|mehr) als \w+ (?:Jahre?|Monate?)\b)",
    r"Der (?:Beitrag|Artikel) .{3,200} erschien zuerst (?:auf|bei|in) (?!eine)[^,]{2,80}$",
    (
        r"(?:(?:Anmerkung|Hinweis) der Redaktion|Transparenz(?:hinweis)?|Hinweis): (?:"
        rf"{_THIS} (?:wurde|ist|erschien|entstand|enthält)|[Ii]n einer (?:früheren|ersten|vorherigen) "
        r"(?:Version|Fassung)(?! (?:des|der) (?!Artikel|Text|Beitr|Bericht|Meldung)))\b"
    ),
    r"Das Original zu (?:diesem|dem) (?:Beitrag|Artikel)\b.{0,120}\bstammt von [^,]{2,80}$",
    (
        rf"{_THIS} (?:wurde|wird) (?:nicht (?:mehr|weiter) |zuletzt |am \d.{{6,40}} )?"
        r"(?:aktualisiert|überarbeitet|ergänzt)\W*$"
    ),
    r"Redaktionsschluss(?:: |,? (?:am |um )?(?=\d)).{3,30}(?:\.|$)",
)
"""How the text was made, and what became of it since: "Dieser Text wurde mit Material der dpa erstellt."."""
_LEADS_ON: Final = (
    (
        r"(?:Alle|Weitere|Mehr) (?:aktuellen )?(?:Nachrichten|Meldungen|Artikel|Beiträge|Berichte|News)\b[^„“\"]{0,80}"
        r"\b(?:finden|lesen|gibt es|sehen)\b.{0,12}\b(?:auf unserer|in unsere[mr]) (?:\w+ )?"
        r"(?:[\w-]*(?:[Ss]eite|[Pp]ortal|[Bb]log|[Üü]bersicht|[Tt]icker|[Bb]ereich|[Kk]anal|[Aa]rchiv|[Rr]ubrik)|App|Newsletter|Dossier|Spezial)\b.{0,60}$"
    ),
    r"(?:Jederzeit|Immer) (?:top |bestens |gut )?informiert[!.]?$",
    (
        r"Wenn Sie (?:inhaltliche )?(?:Anmerkungen|Fragen|Hinweise|Ergänzungen) .{0,40}\b(?:Artikel|Text|Beitrag)\b"
        r".{0,20}\bkönnen Sie\b.{0,40}\bRedaktion\b.{0,120}$"
    ),
    r"Schreiben Sie uns[!.]?$",
    r"(?:Der )?(?:Ab|Nach)druck (?:ist )?honorarfrei\b.{0,60}$",
    r"Hast du (?:eine Story|einen Hinweis|Infos|Bilder)\b.{0,40}\?$",
    r"Deine Meinung(?: zählt)?[!.]?$",
    r"Folgst du schon .{2,40} auf \w+\?$",
    r"Für die oben stehenden .{0,200}\bist allein der jeweils angegebene Herausgeber\b.{0,120}\bverantwortlich\.?$",
    r"Sie (?:wollen|möchten) [^.!?]{0,60}\b(?:auf dem Laufenden|nichts (?:mehr )?verpassen)\b[^.!?]{0,20}" + _ASKED,
    r"(?:Nur mit der App|Aktivier(?:en Sie|e|t)? (?:jetzt|hier)|Erhalte(?:n Sie)? .{0,60}\bper)\b.{0,60}\bPush\b",
    r"(?:Sie sind|Bist du|Du bist) noch keine? (?:Abonnent|Mitglied|Kund)[^.!?,]{0,40}" + _ASKED,
    r"(?:Sie erreichen|Kontaktieren Sie) (?:die|unsere) Redaktion (?:unter|per|telefonisch)\b",
    r"(?:Sie haben|Du hast) (?:einen |einen inhaltlichen )?Fehler (?:gefunden|entdeckt)\s?[?!.]",
    r"Hier finden Sie einen Überblick über die laufenden Debatten\b",
    rf"Hier können Sie .{{0,30}}\bRechte an (?:{_THIS}|d(?:em|en) (?:Artikel|Beitrag|Text))\b.{{0,30}}$",
    r"[Üü]ber dieses Thema berichten wir (?:auch |heute |am |um |im )",
    r"(?:Klick(?:en)?,? um )(?:auf|über|dies|einem) .{0,60}\bteilen\b",
    r"Gefällt mir(?::$| Wird geladen)",
    r"Teilen mit:$",
    r"(?:Sie (?:wollen|möchten)|(?:Möchten|Wollen) Sie|Du willst|Lust auf) mehr (?:lesen|davon)?\W*$",
    r"(?:Karte|Video|Inhalte?|Kommentare|Umfrage|Beitrag) (?:wird|werden) geladen\W*$",
)
"""What else there is for the readers: "Alle Nachrichten aus der Region lesen Sie auf unserer Themenseite."."""
_WITH_SIGN = re.compile(
    r"[^„“\"»:]{0,90}\b(?:[Uu]nterstützen Sie|[Uu]nterstütze|Unterstützt) (?:uns|unser\w*)\b"
    r"[^„“\"»]{0,90}\b(?:Spenden?|Beitrag|Abo\w*|Mitglied\w*|[Ss]teady|[Pp]ay[Pp]al|Journalismus)\b"
    r"|(?=.*(?:\*|\b(?:[Ww]ir|uns|[Dd]iese[rsmn]?|(?:Artikel|Beitrag|Text) enthält)\b))"
    r"[^„“\"]{0,90}\b(?:Affiliate|Provisions|Partner)-?[Ll]inks?\b"
)
# "Als Genossenschaft gehören wir unseren Leser:innen. ... Damit wir auch morgen Journalismus machen können, ..."
_APPEALS: Final = (
    re.compile(r"\b[Uu]nser(?:e[mnrs]?)? (?:\w+ )?(?:Leser|Journalismus|Arbeit|Redaktion|Community|Unterstützer)"),
    re.compile(r"\b(?:[Uu]nabhängig\w*|konzernfrei|kostenfrei|ohne Paywall|Journalismus)\b"),
    re.compile(r"[Uu]nterstütz|\b[Ss]pende|\bEuro\b|€|Genossenschaft|Mitglied"),
    re.compile(r"\b(?:[Ww]ir|uns)\b"),
)
_NOTICE = re.compile(any_of((*_FORMS, *_COMMENTS, *_GIFTS, *_PRICES, *_READ, *_MADE, *_LEADS_ON)))


def is_closing_notice(text: str) -> bool:
    """Whether a line is a notice as pages have them below a text; within one it may be a sentence of it."""
    if len(text) < MAX_APPEAL and not any(sign in text for sign in '„“"»') and _is_appeal(text):
        return True
    if len(text) >= MAX_NOTICE or is_reported(text):
        return False
    if text.startswith(_STARTS) and _NOTICE.match(text) is not None:
        return True
    return any(sign in text for sign in _SIGNS) and _WITH_SIGN.match(text) is not None


def _is_appeal(text: str) -> bool:
    """Whether a paper asks its readers for money: it speaks of itself, of them, of its independence, of the money."""
    return all(sign.search(text) is not None for sign in _APPEALS)
