"""What a page puts below or within a text is none of it, and the text goes on; the same words of a text are of it."""

from __future__ import annotations

from html import escape
from itertools import pairwise

import pytest

from feeds.article import list_texts
from feeds.parse import parse_page_bytes

HEAD = ["Startseite", "Politik", "Sport", "Lokales", "Musterau saniert die alte Brücke", "12.03.2024, 14:05 Uhr"]
TEXT = [
    "Der Rat von Musterau hat am Abend mit großer Mehrheit beschlossen, die alte Brücke am Mühlbach zu sanieren.",
    "„Wir haben lange um diese Lösung gerungen“, sagte Erika Muster. Die Arbeiten sollen im Frühjahr beginnen.",
    "Während der Bauzeit wird der Verkehr über die Nordstraße umgeleitet. Anwohner befürchten Lärm und Staus.",
    "Die Brücke stammt aus dem Jahr 1911. Zuletzt durften nur noch Fahrzeuge bis 3,5 Tonnen über sie fahren.",
    "Der Landkreis will sich an den Kosten beteiligen. Eine endgültige Zusage des Landes steht noch aus.",
]
FOOT = ["Impressum", "Datenschutz", "Kontakt"]
BELOW = [
    ["Ihr Name", "Ihre E-Mail-Adresse", "Hinweis: Mit dem Absenden des Formulars willigen Sie in all das ein."],
    ["Das Formular ist durch reCAPTCHA geschützt, es gelten die Nutzungsbedingungen von Google."],
    ["Mit einem Stern (*) gekennzeichnete Felder sind Pflichtfelder."],
    ["Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert."],
    ["Die Kommentare sind geschlossen."],
    ["Die Kommentarfunktion für diesen Artikel wurde deaktiviert."],
    ["Um kommentieren zu können, müssen Sie sich anmelden oder registrieren."],
    ["Sie müssen angemeldet sein, um einen Kommentar abzugeben."],
    ["Bitte beachten Sie unsere Netiquette. Kommentare werden vor der Veröffentlichung geprüft."],
    ["Bisher wurden noch keine Kommentare zu diesem Artikel geschrieben."],
    ["Diskutieren Sie mit!", "Die Redaktion behält sich vor, Kommentare zu kürzen oder nicht zu veröffentlichen."],
    ["Hat Ihnen dieser Artikel gefallen? Unterstützen Sie unsere Arbeit mit einer Spende."],
    ["Unabhängiger Journalismus kostet Geld. Unterstützen Sie unsere Arbeit mit einer Spende an den Verein."],
    ["Ihnen gefällt, was Sie lesen? Dann helfen Sie uns mit einem kleinen Beitrag, weiter zu berichten."],
    ["Wenn Ihnen dieser Beitrag gefallen hat, spendieren Sie uns doch einen Kaffee."],
    ["Alle Preise inkl. gesetzlicher MwSt., zzgl. Versandkosten."],
    ["Mit * gekennzeichnete Links sind Affiliate-Links. Wird über diese eingekauft, erhalten wir eine Provision."],
    ["Dieser Artikel wurde 1.234 mal gelesen."],
    ["Diese Seite wurde 1234 mal angezeigt."],
    ["Dieser Text wurde mit Material der Deutschen Presse-Agentur (dpa) erstellt."],
    ["Hinweis: Diese Meldung ist Teil eines automatisierten Angebots der Deutschen Presse-Agentur (dpa)."],
    ["Dieser Artikel wurde mit Hilfe künstlicher Intelligenz erstellt und von der Redaktion geprüft."],
    ["Der Beitrag Musterau saniert die alte Brücke erschien zuerst auf Musterblatt."],
    ["Dieser Artikel ist Teil unseres Archivs und möglicherweise nicht mehr auf dem neuesten Stand."],
    ["Alle Nachrichten aus der Region lesen Sie auf unserer Themenseite."],
    ["Sie wollen mehr lesen?", "Testen Sie jetzt einen Monat lang unser Angebot für 1 Euro.", "Jetzt testen"],
    ["Karte wird geladen..."],
    ["Über dieses Thema berichten wir am 12.03.2024 auch im Hörfunk: WDR 2, 9 Uhr."],
    ["Sie wollen stets auf dem Laufenden bleiben? Dann sind Sie bei unserem WhatsApp-Channel genau richtig."],
    ["die Kommentarfunktion steht Ihnen ab 6 Uhr wieder wie gewohnt zur Verfügung."],
    ["Jederzeit top informiert!", "Erhalten Sie alle Nachrichten direkt per Browser-Push.", "Mehr anzeigen"],
    ["Nur mit der App: Mit dem Bern-Push erhältst du die wichtigsten News aus deiner Region direkt auf dein Handy."],
    ["Das Original zu diesem Beitrag „Musterau saniert“ stammt von Musterblatt."],
    ["Teilen mit:", "Klick, um auf Facebook zu teilen (Wird in neuem Fenster geöffnet)", "Gefällt mir:"],
    ["Redaktionsschluss 14 Uhr (MEZ). Dieser Artikel wird nicht weiter aktualisiert."],
    ["Sie haben einen Fehler gefunden? Schreiben Sie uns eine E-Mail."],
    ["Sie erreichen die Redaktion unter 01234/56789 oder per E-Mail."],
    ["Dieser Artikel wurde am 13.03.2024 aktualisiert."],
    ["Hinweis: In einer früheren Version dieses Artikels hieß es, die Brücke stamme aus dem Jahr 1901."],
    ["Sie sind noch kein Abonnent? Hier geht es zu unseren Angeboten."],
    ["Anmerkung der Redaktion: Dieser Beitrag erschien zuerst am 12.03.2024 in der gedruckten Ausgabe."],
    ["Über dieses Thema haben wir am 12.03.2024 auch im WDR Fernsehen berichtet: Lokalzeit aus Musterau, 19:30 Uhr."],
    ["Folgst du schon Musterblatt auf WhatsApp?"],
    ["Hast du eine Story?"],
    ["Abdruck honorarfrei, Beleg erbeten."],
    ["Leserbriefe geben die Meinung des Verfassers wieder.", "Die Redaktion behält sich Kürzungen vor."],
    ["Das Posten von Kommentaren ist nur registrierten Nutzern möglich."],
    ["Achtung Redaktionen: Rückfragen bitte an Max Beispiel, Tel. 0123 456, presse@example.org"],
    ["Eintrag teilen", "Teilen auf Facebook", "800", "1200", "Max Beispiel"],
    [
        "Schreiben Sie uns!",
        "Wenn Sie inhaltliche Anmerkungen zu diesem Artikel haben, können Sie die Redaktion per E-Mail informieren.",
    ],
    [
        (
            "Für die oben stehenden Storys und das angezeigte Bildmaterial ist allein der jeweils angegebene "
            "Herausgeber verantwortlich."
        ),
    ],
    ["Kommentare", "Willkommen in unserer Community! Eingehende Beiträge werden geprüft und dann veröffentlicht."],
    ["Hier können Sie die Rechte an diesem Artikel erwerben."],
    ["Ich möchte gerne Nachrichten und Artikel von Musterblatt per E-Mail erhalten.", "Anmelden"],
    [
        (
            "Als Genossenschaft gehören wir unseren Leser:innen. Und unser Journalismus ist nicht nur konzernfrei, "
            "sondern auch kostenfrei. Damit das so bleibt, brauchen wir mehr Unterstützung. Mit nur 5 Euro im Monat "
            "sind Sie dabei."
        ),
        "Jetzt unterstützen",
    ],
    ["Die Kommentare sind geschlossen.", "Mehr zum Thema", "Kreis prüft alle Brücken", "Neuer Radweg am Bach"],
]  # fmt: skip
WITHIN = [
    ["- Anzeige -"],
    ["Advertisement"],
    ["ANZEIGE", "Zur Anzeige"],
    ["Weiterlesen nach der Anzeige"],
    ["Der Artikel wird unterhalb der Anzeige fortgesetzt."],
    ["Zur Startseite"],
    ["Artikel teilen", "Seite drucken"],
    ["Vergrößern"],
    ["12 Kommentare", "Diskutieren Sie mit!"],
    ["12 Kommentare"],
    ["Unser Newsletter für Sie", "Die wichtigsten Nachrichten des Tages kompakt.", "E-Mail-Adresse", "Abonnieren"],
    ["Plus", "Exklusiv für Abonnenten: die große Serie über die Brücken im Kreis.", "Jetzt testen"],
    ["MUSTERBLATT+ Testen Sie unser Digital-Abo vier Wochen lang kostenlos.", "Zum Angebot"],
    ["Weiterlesen mit dem PUR-Abo", "Jetzt abonnieren"],
    ["Unterstützen Sie unsere Arbeit", "Unabhängiger Journalismus braucht Ihre Hilfe.", "Jetzt spenden"],
    ["+++ Alle Nachrichten aus dem Kreis in unserem WhatsApp-Kanal +++"],
    ["Externer Inhalt", "An dieser Stelle finden Sie einen externen Inhalt von X, der ergänzt.", "Inhalt anzeigen"],
    ["Mit Ihrer Zustimmung wird hier ein externer Inhalt (YouTube) geladen.", "Akzeptieren"],
    ["Datawrapper", "Wir benötigen Ihre Zustimmung, um den Inhalt von Datawrapper anzuzeigen.", "Inhalte zulassen"],
    ["Dieser Inhalt stammt von Facebook. Beim Laden werden Daten an Facebook übertragen.", "Inhalt laden"],
    ["Zum Anzeigen des Videos von YouTube ist Ihre Einwilligung nötig."],
    ["Bildergalerie", "12 Bilder"],
    ["Fotostrecke: Die Brücke im Wandel der Zeit", "12 Bilder"],
    ["Video", "Die Brücke aus der Luft", "01:32 Min."],
    ["Podcast: Brücken im Kreis", "Folge 12", "00:00", "32:15"],
    ["0:00", "3:12", "Audio"],
    ["Karte", "Hier liegt die Brücke"],
    ["Empfehlungen der Redaktion", "Brücke gesperrt: Umleitung sorgt für Ärger", "Kreis prüft alle Brücken"],
    ["Mehr zu diesem Thema", "Brücke gesperrt: Umleitung sorgt für Ärger"],
    ["Passend dazu", "Brücke gesperrt: Umleitung sorgt für Ärger"],
    ["Lesetipp: Brücke gesperrt: Umleitung sorgt für Ärger"],
    ["Verwandte Themen", "Kreis prüft alle Brücken"],
    ["Artikel teilen:", "Facebook", "WhatsApp"],
    ["Diesen Artikel vorlesen lassen", "00:00 / 03:12"],
    ["Sie können diesen Artikel auch anhören."],
    ["Hier beginnt eine Anzeige", "Hier endet die Anzeige"],
    ["Nach der Anzeige weiterlesen"],
    ["Dieser Beitrag enthält einen eingebetteten Inhalt von X.", "Beitrag anzeigen"],
    ["Twitter-Beitrag nicht mehr verfügbar"],
    ["Instagram-Beitrag", "An dieser Stelle befindet sich ein von unseren Redakteuren empfohlener Inhalt."],
    ["Ihr Newsletter", "Ich möchte den Newsletter erhalten und stimme dem Datenschutz zu.", "Anmelden"],
    ["Aktivieren Sie Push-Nachrichten, um nichts zu verpassen."],
    ["VIDEO: Die Brücke von oben (3 Min)"],
    ["Marode: die Brücke am Mühlbach. – CC-BY-SA 4.0 Max Muster"],
    ["Im Audio: Streit um die Brücke"],
    ["Artikel teilen", "Kommentare", "0"],
    ["Musterblatt.de benötigt JavaScript für wichtige Funktionen. Ihr Browser verhindert dies momentan."],
    ["Ihr Browser unterstützt dieses Video nicht."],
    ["Artikel zum Hören • 6 Min", "Diesen Artikel weiterlesen mit MUSTER+", "Messenger", "Weitere Optionen zum Teilen"],
    ["imago images/Max Beispiel"],
    ["Keystone"],
]  # fmt: skip
# The markup of HTML tells them.
TOLD_BY_MARKUP = [
    ["Jederzeit zum Nachhören", "2 Min", "Was hier wichtig ist, hören Sie in dem Überblick aus dem Studio.", "2 Min"],
    ["Die alte Brücke am Mühlbach", "Bild: Max Muster/dpa/picture alliance"],
    ["Die Brücke im vergangenen Sommer", "© Max Muster"],
]
OWN = [
    "Die Kommentare sind im Netz bisher freundlich: „Endlich geschieht etwas“, schreibt einer der Anwohner.",
    "Dieser Beitrag wurde im Rat 20 Jahre lang nicht erhöht, sagte der Kämmerer am Abend vor den Bürgern.",
    "Wer mitbauen will, kann sich bis Ende April melden: „Unterstützen Sie unsere Arbeit“, bat Erika Muster.",
    "Der Artikel 5 des Gesetzes ist Teil der Verfassung, und der Rat hat ihn am Abend einstimmig angenommen.",
    "Das Video stammt von Instagram und zeigt, wie der Bagger am Morgen in den Mühlbach gestürzt ist.",
    "Diskutieren wollen die Räte darüber erst im Herbst, wenn das Gutachten der Ingenieure vorliegt.",
    "Alle Preise der Fähre gelten inklusive Fahrrad, teilte die Stadt mit. Kinder fahren umsonst mit.",
    "Sie wollen, so der Rat, auf dem Laufenden bleiben und haben deshalb einen Beirat aus Bürgern gegründet.",
    "In einer früheren Version des Plans stand die Brücke weiter westlich, sagte Erika Muster im Ausschuss.",
    "Sie wollen stets auf dem Laufenden bleiben und haben deshalb einen Beirat aus Bürgern der Stadt gegründet.",
    "Der Bericht der Gutachter wurde am Dienstag noch einmal um die Kosten der neuen Lampen am Ufer ergänzt.",
    "Dieser Beitrag wurde im vergangenen Jahr zweimal erhöht, sagte der Kämmerer am Abend vor den Bürgern.",
    "Zur Startseite des Projekts führt von Montag an ein Link, den die Stadt auf ihrer Seite veröffentlicht.",
    "Haben Sie einen Fehler gemacht? Das wollten die Räte von den Gutachtern wissen, die den Plan geprüft haben.",
    "Passend dazu eröffnet am Samstag das Museum am Bach, das Pläne und Bilder aus hundert Jahren zeigt.",
    "Dieser Beitrag enthält nach Angaben der Stadt auch die Kosten für den Weg und die neuen Lampen am Ufer.",
    "Mehr Artikel dieser Art bietet die Stadt auf dem Markt an, sagte Muster, und alle sind gebraucht.",
]
# What tells who says so, or of something else, is no notice: nor is what it stands above.
TOLD = [
    "Es gibt keine Kommentare zu diesem Vorfall, sagte ein Sprecher der Polizei auf Anfrage unserer Zeitung.",
    "Schreiben Sie einen Kommentar, riet der Lehrer seinen Schülern, und sie taten es.",
    "Hat Ihnen der Text gefallen? Mit dieser Frage beginnt der neue Roman der Autorin aus Musterau.",
    "Ihnen gefällt, was die Trainerin macht, und deshalb wollen die Spielerinnen auch im Sommer in Musterau bleiben.",
    "Euch gefällt der neue Spielplatz, das sieht man, rief der Bürgermeister den Kindern zu.",
    "Alle Preise verstehen sich laut Speisekarte inklusive Mehrwertsteuer, was den Wirt im Sommer viel Geld kostet.",
    "Preise ohne Mehrwertsteuer darf ein Händler Verbrauchern nach dem Urteil nicht mehr nennen.",
    "Dieser Beitrag wurde 12 mal aufgerufen, bevor die Polizei ihn löschen ließ, und niemand hatte ihn gemeldet.",
    "Diese Seite wurde 200 mal besucht, bevor sie vom Netz ging, sagte der Ermittler vor Gericht.",
    "Dieser Artikel wurde mit Material der Firma hergestellt, die auch die Brücke gebaut hat.",
    "Der Text ist eine Montage aus Briefen und Material der Archive, und er liest sich spannend wie ein Krimi.",
    "Der Beitrag ist umstritten, weil das Material der Kamera aus einem fremden Film stammt, sagte der Sender.",
    "Der Artikel enthält viel Material der Stasi, das die Autorin in Berlin gefunden hat, und Fotos.",
    "Dieser Bericht ist das Ergebnis einer automatischen Auswertung von 2000 Meldungen der Bürger, sagte Muster.",
    "Dieser Text wurde von einer KI erstellt, steht unter dem Bild, und genau das sorgt jetzt für Streit in der Stadt.",
    "Dieser Beitrag ist älter als zwei Jahre, sagt der Anwalt, und darum dürfe die Stadt ihn nicht mehr fordern.",
    "Der Beitrag über den Vater erschien zuerst in einer kleinen Zeitschrift, ehe das Buch ein Erfolg wurde.",
    "Der Artikel des Forschers erschien zuerst in der Zeitschrift Nature, und er hat das Fach verändert.",
    "Hinweis: In einer früheren Fassung des Entwurfs fehlte der Radweg, darauf wiesen mehrere Anwohner hin.",
    "Das Original zu dem Beitrag hängt im Museum und stammt von einem Maler aus Musterau, der 1911 starb.",
    "Dieser Bericht wird am Montag noch einmal überarbeitet.",
    "Redaktionsschluss ist jeweils der 15. des Monats, Texte nimmt die Gemeinde per E-Mail an.",
    "Weitere Berichte über Funde in der Höhle gibt es in unserem Land kaum, sagt der Forscher aus Beispielhausen.",
    "Sie wollen nichts mehr verpassen und auf dem Laufenden bleiben? Dann rät die Psychologin, das Handy wegzulegen.",
    "Sie wollen auf dem Laufenden bleiben? Das geht nach Ansicht der Forscher auch mit einer Zeitung am Tag.",
    "Erhalten die Bewohner künftig Warnungen per SMS und Push, so sind sie schneller in Sicherheit, sagt das Amt.",
    "Du bist noch kein Mitglied? Mit diesem Satz wirbt der Verein auf dem Markt um neue Helfer.",
    "Sie sind noch keine Kunden, aber sie haben schon viele Fragen an die Sparkasse, sagte die Beraterin.",
    "Sie haben einen Fehler gefunden, der die Firma Millionen kosten kann: zwei Studenten aus Musterau.",
    "Sie haben einen Fehler entdeckt, den vor ihnen zehn Gutachter übersehen hatten, und dafür einen Preis bekommen.",
    "Über dieses Thema berichten wir seit Jahren, und immer wieder bekommen wir dafür Drohungen.",
    "Unterstützen Sie uns mit Ihrem Beitrag, schrieb die Stiftung an 300 Betriebe, und 200 davon zahlten.",
    "Der Verein unterstützt unseren Journalismus an der Schule mit 2000 Euro, sagte die Lehrerin.",
    "Viele Blogger leben von Affiliate-Links, also von Provisionen für Käufe, die ihre Leser auslösen.",
    "Wer Partnerlinks nicht kennzeichnet, riskiert eine Abmahnung, urteilte der Bundesgerichtshof.",
    "Der Influencer verdiente mit Affiliate-Links im Jahr mehr als eine Million Euro.",
    "Kontaktieren Sie die Redaktion telefonisch, bat die Polizei damals die Entführer im Fernsehen.",
    "Mit dem Absenden der Daten beginnt für viele Firmen der Ärger erst, sagt der Anwalt.",
    "Mit dem Klick auf den Link gaben die Opfer ihre Daten preis, teilte die Polizei mit.",
    "Felder sind mit Netzen markiert, damit die Rehe nicht in die Mähdrescher geraten.",
    "Die mit einem Stern ausgezeichneten Felder der Mosel bringen den besten Wein, sagt der Winzer.",
    "Diese Seite ist durch reCAPTCHA geschützt, doch die Täter umgingen die Sperre.",
    "Hier steht ein externer Inhalt, den niemand prüft, kritisiert der Datenschützer die Seite der Stadt.",
    "Um ein Video von Kindern zu laden und anzusehen, müssen die Eltern zustimmen, entschied das Gericht.",
    "Mit Ihrer Zustimmung werden künftig Videos auf Plätzen der Stadt gedreht, sagte der Minister den Räten.",
    "Dieser Inhalt kommt über X und Telegram in die Köpfe der Jugend, warnt der Verfassungsschutz.",
    "Dieser Beitrag enthält keine externen Inhalte, versicherte die Verwaltung dem Rat.",
    "Instagram-Videos laden viele Jugendliche jeden Tag hoch, obwohl ihre Eltern das nicht wollen.",
    "Facebook-Posts laden nach Ansicht der Richterin zum Streit ein, und das schadet allen.",
    "Aktivieren Sie die Warnung in unserer App, rät die Feuerwehr.",
    "Mehr Nachrichten über den Streit finden die Kinder in unserer Schule am Brett, sagt die Lehrerin.",
    "Wir benötigen Ihre Einwilligung, schrieb die Bank ihren Kunden im Mai und drohte mit Kündigung.",
    "Wenn euch der Text gefällt, den ich heute schreibe, freut mich das, denn er hat mich viel Zeit gekostet.",
    "Dieser Text ist mehr als drei Jahre alt, er hat nichts von seiner Kraft verloren, sagt der Regisseur.",
    "Unser Text entstand aus Material von Polizei, Gericht und Zeugen, die wir in zwei Jahren gesprochen haben.",
]
TOLD += [
    "Hier können Sie viel lernen, sagte die Lehrerin den Eltern, und die Rechte an den Bildern gehören den Kindern.",
    "Ich möchte Ihnen heute per E-Mail keinen Rat geben, schrieb die Ministerin dem Landrat.",
    "Ich stimme dem Entwurf zu, sagte die Rätin, weil darin steht, wie die Daten geschützt werden.",
    "Unsere Leser fragen immer wieder, wie unabhängig die Gutachter sind, und wir haben nachgesehen.",
    "Die App benötigt JavaScript für wichtige Funktionen, schreibt der Hersteller, und das ist ein Risiko.",
    "Ihr Browser unterstützt das Verfahren nicht, dann hilft nach Ansicht der Fachleute nur ein anderer.",
]
OTHERS = [
    "In Beispielhausen hat die Feuerwehr am Sonntag einen Brand in einer Scheune gelöscht. Verletzt wurde niemand.",
    "Der Kreistag hat am Montag über den Haushalt beraten. Die Fraktionen streiten über die Umlage der Gemeinden.",
]


def read(lines: list[str]) -> list[str]:
    page = "---\nurl: https://www.musterblatt.de/lokales/musterau-saniert-die-alte-bruecke-12345.html\n---\n"
    page += "\n\n".join([*HEAD, *lines, *FOOT])
    article = parse_page_bytes(page.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return list_texts(article)


def read_html(lines: list[str]) -> list[str]:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = (
        '<!doctype html><html lang="de"><title>Musterau saniert die alte Brücke</title><main><article>'
        f"<h1>Musterau saniert die alte Brücke</h1><time>12.03.2024, 14:05 Uhr</time>{paragraphs}</article></main>"
    )
    article = parse_page_bytes(page.encode(), path="a.html", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return list_texts(article)


@pytest.mark.parametrize("lines", BELOW, ids=lambda lines: lines[0])
def test_what_closes_a_page_is_none_of_its_text(lines: list[str]) -> None:
    assert read([*TEXT, *lines]) == TEXT


@pytest.mark.parametrize("above", [1, 3])
@pytest.mark.parametrize("lines", [*WITHIN, *TOLD_BY_MARKUP], ids=lambda lines: lines[0])
def test_text_goes_on_behind_what_is_put_within_it(lines: list[str], above: int) -> None:
    assert read([*TEXT[:above], *lines, *TEXT[above:]]) == TEXT


# A label, a headline and a text, and all that once more, could as well be teasers.
TEASERS = ("Mehr zu diesem Thema", "Passend dazu", "Lesetipp: ", "Verwandte Themen")
PAIRS = [pair for pair in pairwise(WITHIN) if not all(lines[0].startswith(TEASERS) for lines in pair)]


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda lines: lines[0])
def test_text_goes_on_behind_several_such_things(first: list[str], second: list[str]) -> None:
    assert read([*TEXT[:2], *first, TEXT[2], *second, *TEXT[3:]]) == TEXT


ABOVE = [lines for lines in WITHIN if any(word in " ".join(lines) for word in ("Inhalt", "Newsletter", "Abonnenten"))]


@pytest.mark.parametrize("lines", ABOVE, ids=lambda lines: lines[0])
def test_consent_and_offers_above_a_text_are_none_of_it(lines: list[str]) -> None:
    assert read([*lines, *TEXT]) == TEXT


@pytest.mark.parametrize("sentence", OWN)
def test_sentence_with_such_words_is_of_the_text(sentence: str) -> None:
    for number in (1, 3, 5):
        text = [*TEXT[:number], sentence, *TEXT[number:]]
        assert read(text) == text


@pytest.mark.parametrize("sentence", TOLD)
@pytest.mark.parametrize("number", [4, 5])
def test_sentence_like_a_notice_is_of_the_text(sentence: str, number: int) -> None:
    text = [*TEXT[:number], sentence, *TEXT[number:]]
    assert read(text) == text


@pytest.mark.parametrize("sentence", TOLD)
def test_sentence_of_html_like_a_notice_is_of_the_text(sentence: str) -> None:
    text = [*TEXT[:4], sentence, *TEXT[4:]]
    assert read_html(text) == text


@pytest.mark.parametrize("question", ["Hat Ihnen der Beitrag gefallen?", "Möchten Sie mehr lesen?"])
def test_question_of_an_interview_is_of_the_text(question: str) -> None:
    text = [
        *TEXT,
        question,
        "Ja, sehr. Ich habe ihn zweimal gesehen und dann meiner Mutter davon erzählt, die staunte.",
    ]
    assert read(text) == text
    assert read_html(text) == text


@pytest.mark.parametrize("speaker", [[], ["Erika Muster"], ["Erika Muster, Bürgermeisterin"], ["– Erika Muster"]])
def test_quote_that_is_shown_once_more_is_left_out(speaker: list[str]) -> None:
    for quote in ("„Wir haben lange um diese Lösung gerungen“", "»Wir haben lange um diese Lösung gerungen.«"):
        assert read([*TEXT[:3], quote, *speaker, *TEXT[3:]]) == TEXT


def test_quote_that_is_shown_once_or_between_other_lines_is_of_the_text() -> None:
    for quote in ("„Wir haben lange um dieses Geld gerungen.“", "„Diese Lösung!“"):
        assert read([*TEXT[:3], quote, *TEXT[3:]]) == [*TEXT[:3], quote, *TEXT[3:]]
    quote = "„Wir haben lange um diese Lösung gerungen“"
    assert read([*TEXT, quote]) == [*TEXT, quote]


def test_signs_of_the_writers_close_a_sentence() -> None:
    text = [*TEXT, "Am Abend lagen die Kosten schon bei 2,6 Millionen Euro./la/mis"]
    assert read(text) == text


@pytest.mark.parametrize("label", ["Über den Autor", "Über die Autorin", "Über die Autoren", "Über die Autor:innen"])
def test_what_a_page_says_of_its_authors_is_none_of_the_text(label: str) -> None:
    assert read([*TEXT, label, "Max Beispiel", "Max ist seit 2016 bei uns. Er schreibt über Verkehr."]) == TEXT


def test_several_notices_close_a_page() -> None:
    notices = [line for lines in BELOW[14:22] for line in lines]
    assert read([*TEXT, *notices]) == TEXT
    assert read_html([*TEXT, *notices]) == TEXT


@pytest.mark.parametrize("lines", BELOW[1:], ids=lambda lines: lines[0])
def test_what_closes_html_is_none_of_its_text(lines: list[str]) -> None:
    assert read_html([*TEXT, *lines]) == TEXT


# What leads on for those who pay, only, closes a text in HTML.
@pytest.mark.parametrize("lines", [lines for lines in WITHIN if "PUR" not in lines[0]], ids=lambda lines: lines[0])
def test_what_html_has_within_a_text_is_none_of_it(lines: list[str]) -> None:
    assert read_html([*TEXT[:3], *lines, *TEXT[3:]]) == TEXT


@pytest.mark.parametrize("sentence", OWN)
def test_sentence_of_html_with_such_words_is_of_the_text(sentence: str) -> None:
    for number in (1, 3):
        text = [*TEXT[:number], sentence, *TEXT[number:]]
        assert read_html(text) == text


@pytest.mark.parametrize(
    "parts",
    [
        ["Wer helfen will, kann beim Roten Kreuz kostenlos Kleidung abgeben oder Spenden überweisen.", "Spenden"],
        ["Die Stadt hat eine App, die jeden Tag zeigt, wo gebaut wird. Sie ist ein Erfolg.", "Testen"],
        ["Der Podcast der Bücherei erscheint jede Woche und ist für alle kostenlos zu hören.", "Mehr Bücher"],
    ],
)
def test_sub_headline_that_is_called_as_a_button_is_of_the_text(parts: list[str]) -> None:
    text = [*TEXT[:2], *parts, *TEXT[2:]]
    assert read(text) == text
    assert read_html(text) == text


@pytest.mark.parametrize(
    "parts",
    [
        [
            "Video: Kinder am Handy",
            "Ein Video dauert 15 Sekunden. Dann kommt das nächste, und der Tag ist vorbei, sagt sie.",
        ],
        ["Podcast", "Der Podcast der Bücherei erscheint jede Woche. Er ist kostenlos, und viele hören ihn am Morgen."],
        [
            "Podcast: Brücken der Welt",
            "Zwei Ingenieure stellen jede Woche eine Brücke vor. Das ist lang, aber nie langweilig.",
        ],
        [
            "Video",
            "Die Brücke (2020)",
            "Ein Film von Erika Muster, der die Geschichte der Stadt erzählt. Er hat Preise gewonnen.",
        ],
        [
            "Karte: 12 Euro, ermäßigt 8 Euro",
            "Das Konzert beginnt um 20 Uhr in der Kirche. Der Einlass ist ab 19 Uhr am Markt.",
        ],
        [
            "Galerie: Kunst am Bach",
            "Die Galerie zeigt bis Ende Mai Bilder der Malerin. Der Eintritt ist an allen Tagen frei.",
        ],
        [
            "Die Stadt hat einen Newsletter.",
            "Er ist kostenlos.",
            "Anmelden",
            "Wer ihn will, geht in das Rathaus. Dort liegen Formulare aus, die keiner versteht.",
        ],
        [
            "Wir haben die App des Vereins getestet.",
            "Zum Angebot",
            "Wer die App startet, sieht zuerst eine Karte. Sie zeigt alle Wege am Bach.",
        ],
        [
            "Mehr lesen, weniger schauen",
            "Das raten Forscher den Eltern. Kinder, denen vorgelesen wird, haben es in der Schule leichter.",
        ],
        [
            "Ähnliche Themen beschäftigen die Nachbarn",
            "Auch in Bachstadt wird gebaut. Dort streiten die Räte seit Jahren über eine Brücke.",
        ],
    ],
    ids=lambda parts: parts[0],
)
def test_sub_headline_that_is_called_as_an_insert_is_of_the_text(parts: list[str]) -> None:
    text = [*TEXT[:2], *parts, *TEXT[2:]]
    assert read(text) == text
    assert read_html(text) == text


@pytest.mark.parametrize("label", ["Neues aus dem Rathaus", "Mehr zu Spenden", "Wirtschaft"])
def test_part_of_a_text_below_a_name_that_no_menu_has_is_of_it(label: str) -> None:
    parts = [label, "Was die Händler dazu sagen", OTHERS[0], "Was die Bauern dazu sagen", OTHERS[1]]
    assert read([*TEXT, *parts]) == [*TEXT, *parts]


def test_last_of_several_sections_of_a_text_is_of_it() -> None:
    parts = ["Politik", OTHERS[0], "Sport", "Was die Händler dazu sagen", TEXT[0], "Was die Bauern sagen", OTHERS[1]]
    assert read([*TEXT[1:], *parts]) == [*TEXT[1:], *parts]


@pytest.mark.parametrize("label", ["Mehr aus Musterau", "Lokales", "Aktuelle Nachrichten"])
@pytest.mark.parametrize("more", [[], ["Mehr"]])
def test_two_teasers_below_a_label_that_names_them_are_none_of_the_text(label: str, more: list[str]) -> None:
    first, second = ["Brand in Scheune gelöscht", OTHERS[0], *more], ["Kreistag berät über Haushalt", OTHERS[1], *more]
    assert read([*TEXT, label, *first, *second]) == TEXT
    parts = ["Was auf der Brücke geschieht", OTHERS[0], "Was der Kreistag dazu sagt", OTHERS[1]]
    assert read([*TEXT, *parts]) == [*TEXT, *parts]


@pytest.mark.parametrize("label", ["KOMMENTARE", "Diskutieren Sie mit"])
def test_comments_below_a_label_are_none_of_the_text(label: str) -> None:
    assert read([*TEXT, label, "radler99", OTHERS[0], "Bürger12", OTHERS[1]]) == TEXT


def test_figures_below_a_label_that_leads_to_them_close_a_text() -> None:
    figures = ["Die Zahlen im Überblick:", "Arbeitslose: 3.412", "Quote: 4,1 Prozent", "Offene Stellen: 1.023"]
    assert read([*TEXT, *figures]) == [*TEXT, *figures]
