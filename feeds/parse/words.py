"""The words by which German pages label things: tables only, a line a kind. `feeds.dates.words` has those of dates.

To teach the general reading a new label, add it here and a page that has it to `tests/data/parse/general/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

WEEKDAY: Final = r"(?:Mo|Di|Mi|Do|Fr|Sa|So)\w{0,8}\.?"
MONTH: Final = "(?:Jan|Jän|Feb|März|Maerz|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec|Mar|May)"
"""How a weekday is written, in full or shortened, and how a month begins."""

BANNERS: Final = (
    "Cookies?", "JavaScript", "Ad-?[Bb]locker", "(?:Ihr(?:e[mn]?)?|[Dd]ieser|[Dd]eine?) Browser", "Ihre Einwilligung",
    "Datenschutzerklärung", "Nutzungsbedingungen", "Nutzungserfahrung", "personenbezogene[nr]? Daten",
    r"unsere \d+ Partner",
)  # fmt: skip
"""In a long line above the headline they say that it is a notice about the site."""

AGENCIES: Final = """dpa AFP APA SDA sda ATS ats Reuters AP KNA epd SID sid TASS Xinhua CRI BelTA OTS ots jW IRNA ANSA
    Keystone-SDA DPA dts RIA EFE APN idea pte hib Kipa""".split()
"""As they sign below a text."""

PLACES: Final = frozenset(
    """Aachen Augsburg Bamberg Basel Bayreuth Berlin Bern Bielefeld Bochum Bonn Bozen Braunschweig Bregenz Bremen
    Bremerhaven Chemnitz Chur Cottbus Darmstadt Dortmund Dresden Duisburg Düsseldorf Eisenstadt Erfurt Erlangen Eupen
    Flensburg Frankfurt Freiburg Genf Gera Gießen Göttingen Graz Hamburg Hannover Heidelberg Heilbronn Hildesheim
    Ingolstadt Innsbruck Jena Kaiserslautern Karlsruhe Kassel Kiel Klagenfurt Koblenz Köln Konstanz Krefeld Lausanne
    Leipzig Leverkusen Linz Lübeck Lüneburg Luxemburg Luzern Magdeburg Mainz Mannheim Marburg Meran München
    Mönchengladbach Münster Neuchâtel Nürnberg Oldenburg Osnabrück Paderborn Passau Pforzheim Potsdam Regensburg
    Reutlingen Rostock Saarbrücken Salzburg Schaffhausen Schwerin Siegen Solingen Solothurn Stralsund Stuttgart
    Trier Tübingen Ulm Vaduz Villach Weimar Wien Wiesbaden Winterthur Wolfsburg Wuppertal Würzburg Zürich Zwickau
    Amsterdam Ankara Athen Bagdad Barcelona Beirut Belgrad Brüssel Budapest Bukarest Chicago Damaskus Dublin
    Genua Helsinki Istanbul Jerusalem Kabul Kairo Kiew Kopenhagen Lissabon London Madrid Mailand Minsk Moskau
    Neapel Oslo Paris Peking Prag Reykjavik Riga Rom Stockholm Straßburg Tallinn Teheran Tokio Vilnius Warschau
    Washington Zagreb""".split()
) | {"Frankfurt am Main", "New York", "Tel Aviv", "Den Haag"}
"""Places that may be a dateline by themselves. None of them is another word too, as Essen and Halle are."""

GIVEN_NAMES: Final = frozenset(
    """Achim Adam Adrian Albert Alexa Alexander Alexandra Alfred Alice Alina Amelie Andre Andrea Andreas André Angela
    Angelika Anja Anke Anna Anne Annette Annika Antje Anton Antonia Arne Arno Astrid Axel Barbara Bastian Beate
    Beatrice Ben Benedikt Benjamin Bernd Bernhard Bettina Bianca Birgit Björn Boris Brigitte Britta Bruno Burkhard
    Carina Carl Carla Carmen Carola Carolin Caroline Carsten Catharina Charlotte Christa Christian Christiane Christin
    Christina Christine Christof Christoph Christopher Clara Claudia Claus Clemens Conrad Cora Cordula Corinna Cornelia
    Dagmar Daniel Daniela David Denis Dennis Detlef Diana Dieter Dietmar Dirk Dominik Dominique Doris Dorothea Eberhard
    Eckhard Edith Elena Elisa Elisabeth Elke Ellen Emil Emilia Emma Eric Erich Erik Erika Ernst Esther Eva Evelyn
    Fabian Felix Ferdinand Florian Frank Franz Franziska Frauke Frederik Friederike Friedrich Fritz Gabi Gabriel
    Gabriele Georg Gerald Gerd Gerhard Gerrit Gert Gisela Gregor Greta Gudrun Guido Gunnar Günter Günther Hanna Hannah
    Hannes Hans Harald Hartmut Heike Heiko Heiner Heinrich Heinz Helena Helga Helmut Hendrik Henning Henrik Henry
    Herbert Hermann Holger Horst Hubert Hugo Ida Ilona Ina Ines Inga Inge Ingo Ingrid Irene Iris Isabel Isabell
    Isabella Isabelle Ivo Jakob Jan Jana Janina Janine Jannik Jasmin Jens Jessica Joachim Jochen Johann Johanna
    Johannes John Jonas Jonathan Josef Josefine Joseph Judith Jule Julia Julian Juliane Jutta Jörg Jörn Jürgen Kai
    Karen Karin Karina Karl Karla Karsten Katarina Katharina Kathrin Katja Katrin Kerstin Kevin Kirsten Klara Klaus
    Konrad Konstantin Kristian Kristin Kristina Kurt Lara Lars Laura Lea Lena Lennart Leo Leon Leonard Leonie Linda
    Lisa Lothar Louis Louisa Luca Lucas Luis Luisa Lukas Lutz Lydia Maik Maike Maja Malte Mandy Manfred Manuel Manuela
    Marc Marcel Marco Marcus Maren Margarete Margit Maria Mariam Marianne Marie Marina Mario Marion Marius Mark Marko
    Markus Marlene Marta Martha Martin Martina Mathias Matthias Maurice Max Maximilian Meike Melanie Mia Michael
    Michaela Mike Miriam Mirko Mona Monika Moritz Nadine Nadja Natalie Natascha Nele Nicholas Nick Nico Nicola Nicole
    Niels Niklas Niko Nikolaus Nils Nina Nora Norbert Ole Oliver Olivia Oscar Oskar Otto Patricia Patrick Paul Paula
    Pauline Peer Peter Petra Philip Philipp Pia Rahel Rainer Ralf Ralph Ramona Raphael Rebecca Regina Reiner Reinhard
    Reinhold Renate Rene René Richard Rita Robert Robin Roger Roland Rolf Roman Ronald Rosa Rosemarie Rudolf Ruth
    Rüdiger Sabine Sabrina Sandra Sara Sarah Sascha Saskia Sebastian Selina Sibylle Silke Silvia Simon Simone Sina
    Sofia Sonja Sophia Sophie Stefan Stefanie Steffen Steffi Stephan Stephanie Susann Susanna Susanne Sven Svenja
    Sylvia Tamara Tanja Tatjana Teresa Theo Theresa Thilo Thomas Thorsten Till Tilman Tim Timo Tina Tobias Tom Torben
    Torsten Udo Ulf Uli Ulla Ulrich Ulrike Ursula Ute Uwe Valentin Valerie Vanessa Vera Verena Veronika Viktor Viktoria
    Vincent Volker Walter Waltraud Werner Wiebke Wilfried Wilhelm Willi Wolf Wolfgang Yannick Yvonne""".split()
)
"""The most usual ones, where a name alone could as well be a sub-headline ("Klare Worte")."""

NO_PLACES: Final = frozenset(
    """ACHTUNG ADAC ANTWORT DLRG EILMELDUNG ENDE EXKLUSIV FAZIT FIFA FRAGE HINWEIS INFO LIVE NATO NEU OPEC STOPP TIPP
    UEFA UPDATE VIDEO WARNUNG WICHTIG""".split()
)
"""What texts begin with in capitals and is no place."""

DECOYS: Final = (
    "Programm", "Sendung", "Sendetermin", "Ausstrahlung", "Termine?", r"Veranstaltung\w*", "Beginn", "Anmeldung",
    r"\w+schluss", "[Aa]bgerufen", "[Zz]uletzt besucht", "Zeit", "Wann", "Tatzeit", "Uhrzeit", "[Gg]eboren",
    "[Gg]estorben", "Bild", "Foto",
    r"(?<!Aus dem )(?<!Aus dem \w\w-)Archiv(?!\s[-–]\s)", "[Aa]ktuelles Datum", "[Hh]eutiges Datum",
    "Copyright", r"\w*[Ff]rist", "[Gg]ültig", r"Kommentar\w*", "schrieb am",
    "Heute ist", "Jahrgang", "Laufzeit", "Zeitraum", "Einsendeschluss", "Premiere", "Kinostart", "Eröffnung",
    r"in (?:der|unserer) [\w-]*Ausgabe", "[Vv]erstorben", "[Bb]efristet", "[Hh]altbar", "[Dd]eadline",
    r"(?:[Vv]erfügbar|[Aa]brufbar|[Oo]nline|[Ee]rhältlich) bis",
    r"(?:[Vv]erfügbar|[Aa]brufbar|[Ff]rei|[Ll]ieferbar|[Ee]rhältlich|[Bb]uchbar|[Bb]ezugsfrei|[Bb]ezugsfertig) ab",
    r"Runde \d{1,2}",
)  # fmt: skip
"""Before a date they say that it dates something else than the page."""

BESIDE_STAMP: Final = (
    "Mo(?:ntag)?", "Di(?:enstag)?", "Mi(?:ttwoch)?", "Do(?:nnerstag)?", "Fr(?:eitag)?", "Sa(?:mstag)?", "Sonnabend",
    "So(?:nntag)?", "den", "der", "dem", "vom", "[Aa]m", "um", "Uhr", "Datum", "Stand", "MES?Z", "CES?T", "Erstellt",
    "[Hh]inzugefügt", "[Ff]reigegeben", "[Ff]reigeschaltet",
    "[Vv]eröffentlicht", "[Aa]ktualisiert", "[Zz]uletzt", "geändert", "[Pp]ubliziert", "Online", "seit",
    "Pressemitteilung", "Medienmitteilung", "Presse(?:meldung|information|info|bericht)", "Polizei(?:meldung|bericht)",
    "Nachricht", "Meldung", "News", "(?:Archivierter )?Artikel", "Lesezeit", "Lesedauer", "Minuten?", "Min", "ca",
    "[Vv]on", "Dieser Inhalt wurde", "Ausgabe", "Aus", "Beitrag", "Bericht", "Eintrag", "Nr", "Erstveröffentlichung",
    "Korrektur", "Akt", "Print", "Drucken", "Publié", "Modifié", "Mis à jour", "le", "Update", "UPDATE", "Sekunden?",
    "Januar", "Jänner", "Februar", "Feber", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
)  # fmt: skip
"""Words on a stamp's line beside which it still is a stamp."""

COUNTED: Final = ("Kommentare?", "Lesermeinung(?:en)?", "Postings?", "Reaktion(?:en)?", "Aufrufe")
"""What a page counts beside its stamp: "36 Postings"."""

EVENT_FIELDS: Final = (
    r"Alarm\w*", "Uhrzeit", "Zeit", "Beginn", "Ende", r"Einsatz\w*", "Ort", "Veranstaltungsort", "Kursort",
    "Treffpunkt", "Eintritt", "Einlass", "Dauer", "Ausstellungsdauer", "Laufzeit", "Eröffnung", "Vernissage", "Gebühr",
)  # fmt: skip
"""Beside a field "Datum:" they say that it is the day of what happens, and not that of the page."""

PAGE_FIELDS: Final = (
    "Stand", "Von", "Autor(?:in)?", "Text", "Quelle", "Veröffentlicht(?: am)?", "Erstellt(?: am)?",
    "Publiziert(?: am)?", "(?:Zuletzt )?[Aa]ktualisiert(?: am)?", "Letzte Änderung", "Geschrieben von", "Kategorien?",
    "Rubrik", "Ressort",
    "Verantwortlich", r"(?:Presse|Medien)(?:mitteilung|information)(?: Nr\.)?",
    "Lesezeit", "Lesedauer", "Zugriffe", "Aufrufe", r"\w*[Ff]otos?", "Bild(?:er)?", "Kommentare",
)  # fmt: skip
"""Labels of what a page says of itself; one beside a headline makes none of that."""

PUBLISHERS: Final = (
    r"[\w-]*zeitung", r"[\w-]*anzeigers?", r"[\w-]*blatt(?:es|s)?", r"[\w-]*nachrichten", r"[\w-]*kuriers?",
    r"[\w-]*presse", r"[\w-]*rundschau", r"[\w-]*bote", "merkur", r"[\w-]*rundfunk", r"[\w-]*radio",
    r"[\w-]*magazin", r"[\w-]*journal", r"[\w-]*verein", r"[\w-]*verband", r"[\w-]*stiftung", r"[\w-]*wetterdienst",
    r"[\w-]*kirchenkreis", "bistum", "allgemeine",
)  # fmt: skip
"""How papers, stations and clubs are called, whatever their case."""

RELEASES: Final = (
    "Pressemitteilung", "Medienmitteilung", "Presseaussendung", "Nachricht", "Meldung", "Artikel", "Beitrag",
    "Eintrag", "Ausgabe",
)  # fmt: skip
"""What is of a day: "Pressemitteilung vom 12. März 2021" dates itself."""

NEIGHBOURS: Final = ("(?:Vorherige|Nächste|Vorige)[rs]? (?:Beitrag|Artikel|Einsatz|Meldung|Seite)",)
"""What leads to the article before or after: "Voriger Artikel Neuer Steg am See"."""

SUBSCRIBERS: Final = (
    r"Dieser (?:vollständige |ganze )?(?:Artikel|Beitrag|Text|Inhalt) ist (?:exklusiv|nur|ausschließlich) "
    r"(?:für|unseren) (?:\S+ ){0,3}Abonnent\w*"
)
"""How a page says that its article is for those who pay."""

CONTACTS: Final = (
    r"Rückfragen?\b", "Rückfragehinweis", r"Achtung Redaktion(?:en)?:", "Adresse für Rückfragen",
    "Für Fragen, Kommentare", "Weitere Informationen", "Pressekontakt", "Medienkontakt", "Kontakt:?$",
    r"(?:Ihre |Wissenschaftliche[r]? )?Ansprechpartner(?:in)?\b",
    "Erreichbarkeiten", "Quelle:?$", "Original(?:publikation|veröffentlichung)", "Erstpublikation", "Externe Links",
    "Links?:$", "Zum Weiterlesen:?$", "Unterstützen Sie",
)  # fmt: skip
"""What is below a text on many pages, and what an author may close one with: whom to ask, where it is from."""

TAILS: Final = (
    *CONTACTS, "Mehr zum Thema", "Mehr Nachrichten",
    "Mehr (?:Artikel|Meldungen)", "Lesen Sie (?:auch|mehr)", "Auch interessant", "Das könnte Sie",
    "Weitere (?:Artikel|Meldungen|Nachrichten|Storys)", "Ähnliche Artikel",
    r"Weitere Themen(?:$|:| (?:aus|bei|im|in|von|zu[mr]?)\b)", "Beliebte Artikel",
    "Meistgelesen", "Meistdiskutiert", "Dieses Thema im Programm", "Themen [Ff]olgen",
    "Die Diskussion ist geschlossen", r"(?:Jetzt )?[Dd]iskutieren Sie mit!?$", "KOMMENTARE?$",
    r"Kommentare?(?:\s\(?\d+\)?)?$",
    r"\d+ Kommentare?:?$", "Schlagw[oö]rter?", "Tags?:", "Zurück zur", "Nach oben",
    "Seite drucken", "(?:Artikel|Beitrag|Eintrag) (?:teilen|drucken|versenden)", "Abonnieren Sie", "Newsletter",
    "Impressum", "Datenschutz", "Alle Rechte vorbehalten", "Copyright", "Hier geht es zur Originalquelle",
    "Neuer Inhalt", "Verwandte", "Anzeige$", "Werbung$", "Teilen$",
    "Themen in diesem Artikel", "Zur Startseite(?:$| von)", "Eingestellt von", "Keine Kommentare",
    "Original-Content von", "Zusatzinformationen", "Reaktionen bitte", "Zitiervorschlag", "Links & Downloads",
    "Sendungshinweis", "Sendung$", "Im Video: ", "Mehr dazu:?$",
    r"Dieser Beitrag wurde (?:am|in|unter|von|vor|veröffentlicht|geschrieben|verfasst|erstellt|\d)",
    "Veröffentlicht (?:in|unter)", "Kommentar (?:veröffentlichen|schreiben|hinterlassen)",
    "Schreibe einen Kommentar", "Beitragsnavigation", "Über dieses Thema berichtete", "Zum Thema",
    r"Artikel-URL\b", "Top-Themen", "Das Neueste", "Aktuelle Meldungen", "Folgen Sie ",
    "Erstellt durch", "(?:Previous|Next|Older|Newer) [A-Z]", r"[«←‹] ",
    *NEIGHBOURS, r"(?:One|\d+) thoughts? on",
    r"Forum: ?\d", r"Wie (?:\w+ ){1,3}(?:der|den|diese[rn]) (?:Artikel|Beitrag|Text)\b",
    "(?:Hast du|Haben Sie) (?:Fragen|Feedback|(?:einen )?Fehler (?:gefunden|entdeckt|bemerkt|in|auf))",
    "(?:Möchtest|Willst|Möchten|Wollen|Du möchtest|Du willst) .{0,40}komment", "Lies weiter", "Weiterlesen",
    "Danke, dass Sie", "Rechte am Artikel", r"\d+ (?:Kommentare?|Gedanken?) zu\b", "Themen des (?:Artikels|Beitrags)",
    "Ähnliche:$", "Alle Meldungen zu", "Fehler (?:gefunden|entdeckt|melden)",
    "Mehr zu (?:diesem|dem) Thema:?$", r"Leser(?:meinung(?:en)?|kommentare?)(?:\s\(?\d+\)?)?$",
    r"\d+ Kommentare?\s?[»›]$", r"(?:\S{1,12} )?Sie (?:wollen|möchten) weiterlesen",
    r"Unsere Abo(?:s|nnements|angebote)?\b",
    r"(?:Sie sind )?[Bb]ereits (?:Abonnent(?:in)?|Kund(?:e|in))\b", SUBSCRIBERS,
)  # fmt: skip
"""A short line that begins so is the first below the text."""

LAST_TAILS: Final = (
    r"Mehr (?:zu|aus|von) [A-ZÄÖÜ][\w-]+:?$", "Passend (?:zum Thema|dazu):?$", "(?:Ressort|Rubrik): ",
    "Veröffentlicht in der",
    "Kommentieren$", r"[\w-]+-Newsletter\b", "Autor(?:in)?:?$", "Über (?:den Autor|die Autor(?:in|en|[:*_]?innen))$",
)  # fmt: skip
"""The same where hardly a paragraph follows: a headline within a text may begin so."""

SUMMARIES: Final = (
    "(?:Das Wichtigste )?(?:[Ii]n (?:aller )?Kürze|[Aa]uf einen Blick)", "Das Wichtigste(?: zum Thema)?",
    "Kurz (?:gesagt|gefasst)", "(?:Darum|Worum) geht(?: e|['’])?s", "Zusammengefasst", "Zusammenfassung", "Die Fakten",
    "Die wichtigsten (?:Punkte|Fakten|Änderungen)(?: im Überblick)?",
    r"(?:(?:Die|Alle) )?[\w-]+(?: [\w-]+)? (?:im Überblick|auf einen Blick)",
)  # fmt: skip
"""What heads a summary in items, above a text or below it."""

VOTES: Final = ("(?:Jetzt |Hier )?[Aa]bstimmen!?", "Stimme abgeben")
"""Buttons of a vote."""

OTHER_ARTICLES: Final = (
    "Lesen Sie", "Mehr (?:zum|lesen)", "Auch interessant", "Das könnte", r"Weitere\b", "Verwandte", "Ähnliche", "Meist",
    "Zum Thema", "Aktuelle",
)  # fmt: skip
"""A label that begins so is above other articles, within a text or below it."""

SOURCES: Final = (
    "Presse(?:mitteilung|aussendung|information|meldung|- und|stelle|portal)", "PRESSEPORTAL", "Medienmitteilung",
    "Mitteilung", "Im Wortlaut", "Startseite", "Navigation", "Menü", "Anmelden", "Zum Inhalt",
    "Impressum", r"Mehr (?:zu[mr]?|aus|von|Informationen|Infos|Meldungen|Artikel|Nachrichten|Themen)\b",
    "Zu[rm] (?:aktuellen )?(?:Navigation|Suche|Ausgabe|Übersicht|Archiv|E-Paper|Startseite)", "Datenschutz", "Cookies?",
    "(?:Teilen|Drucken|Merken|Suchen) Sie", r"Kommentare?(?!(?: zu[mr]? [^:]{2,60})?: [„»\"A-ZÄÖÜ])",
    "Externer Inhalt", "Login",
    r"Spring(?:e|en Sie)\b", "Direkt zu",
    "Erschienen (?:in|im|am|bei)", "Navigation überspringen",
    "(?:Kostenlos |Jetzt |Hier )?(?:[Rr]egistrieren|[Aa]nmelden)", "Passwort vergessen", "(?:Eine )?Seite zurück",
    r"Alle (?:\w+ )?(?:Meldungen|Artikel|Beiträge|Nachrichten|Texte|Storys|Infos?) (?:von|aus|zu[mr]?|de[rs])\b",
)  # fmt: skip
"""A line of the head that begins so is a sender or a menu and hardly a headline."""

OFFICES: Final = (
    "Polizei", "Bundespolizei", "Feuerwehr", "Hauptzollamt", "Staatsanwaltschaft", "Landtag",
    r"(?:(?:Bundes|Staats|Landes)?[Mm]inisterium|Universität|Hochschule|Landratsamt|Bundesamt|Landesamt) [^:]*$",
)  # fmt: skip
"""The same, where the line doesn't say what they do: "Polizei Musterstadt"."""

BUTTONS: Final = (
    "Suche", "Newsletter", "Abo", "Home", "Service", "Kontakt", "Werbung", "Anzeige", "Teilen", "Drucken", "Merken",
    r"Mehr(?: \w+)?$", "Themen", "Quelle", "Top", "Live",
)  # fmt: skip
"""The same for what a page offers: "Suche nach dem Vermissten geht weiter" and "Mehr Platz für Räder" are headlines."""

_TOOLS: Final = (
    "[Aa]rtikel|[Bb]eitrag|Seite|PDF|[Aa]ls|[Pp]er|[Aa]uf|Link|E?-?Mail|Facebook|Twitter|X|WhatsApp|Xing|LinkedIn"
    "|Hördatei|(?:[Aa]n)?[Hh]ören|[Vv]orlesen|[Ss]peichern|[Mm]erken|[Tt]eilen|[Dd]rucken|Druckansicht|[Vv]ersenden"
    "|[Kk]opieren|[Ff]olgen|Kommentare?|lesen|Schriftgröße|Vorlesefunktion|Zusammenfassung|Partager|Mailen"
    "|Telegram|Messenger|Signal|Threema|Instagram|Bluesky|Mastodon|Reddit|Flipboard|Threads|Pocket|Pinterest|[Zz]ur|Merkliste|Leseliste|hinzufügen|verschenken"
    "|[Ee]mpfehlen|weiterleiten|anzeigen|Beiträge|pdf|[Tt]ext"
)
TOOLS: Final = rf"(?:\d{{1,4}} )?(?:{_TOOLS})(?:[ |,/]{{1,3}}(?:{_TOOLS}|\d{{1,4}}))*:?"
"""A line of what one can do with a page: "Artikel speichern vorlesen 17 Kommentare lesen"."""

GOES_ON: Final = (
    "(?:Weiterlesen|Weiter) nach der (?:Anzeige|Werbung)", "(?:[Nn]ach|[Uu]nter) der (?:Anzeige|Werbung) weiterlesen",
    "(?:Artikel |Beitrag )?(?:[Uu]nten|[Ww]eiter unten) weiterlesen", "Scroll to continue(?: reading)?",
    "Hier (?:beginnt|endet) (?:eine|die) (?:Anzeige|Werbung)",
    "(?:Hier )?(?:[Nn]ach|[Uu]nter) der (?:Anzeige|Werbung) geht (?:es|'s) weiter",
    r"(?:Der |Dieser )?(?:Artikel|Text|Beitrag) (?:wird|geht) .{0,25}(?:Anzeige|Werbung) (?:fortgesetzt|weiter)\.?",
)  # fmt: skip
"""What an advertisement within a text has around it."""

NOISE: Final = (
    *GOES_ON, "null",
    r"\d+ (?:Minuten?|[Mm]in\.?)(?: Lesezeit)?", r"\d{1,3} ?/ ?\d{1,3}", r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d",
    TOOLS, rf"Lesezeit:? .{{1,20}}(?: (?:In )?{TOOLS})?",
    "Anzeige", "Werbung", r"[-–—*+|]{1,4}\s?(?:Anzeige|Werbung|ANZEIGE|WERBUNG)\s?[-–—*+|]{1,4}", "Advertisement",
    "Zur Anzeige", "Vergrößern", "Zur Startseite", "Kommentare?", "(?:Jetzt )?[Dd]iskutieren Sie mit!?",
    "Lesedauer:? .{1,20}", "Kopierter Link", "Zur App",
    "Später lesen", r"\d+ (?:Kommentare|Postings)(?: lesen)?", "In Pocket speichern", "Melden von Rechtsverstößen",
    "Dieser Inhalt wurde am .{0,30}veröffentlicht", r"[^\w]+",
    "(?:Bild(?:unterschrift)?|Foto|Grafik|Legende) (?:in .{3,25} )?(?:anzeigen|einblenden|öffnen|vergrößern)",
    r"(?:Bild|Foto) \d{1,3} (?:von|/) \d{1,3}", r"[\d.]{1,9} (?:Aufrufe|Views|Leser)", "Gefällt mir", "Gemerkt",
    r"Schrift(?:größe|grad):?(?:[ |/,]{1,3}(?:A[+-]?|[Kk]lein(?:er)?|[Nn]ormal|[Mm]ittel|[Gg]r(?:oß|ößer)))*",
    r"A[+-]", "(?:Video|Audio|Podcast) (?:abspielen|starten|anhören|hören)", "Copy link", "Share", "Tweet",
    r"(?:PLZ|Ort|Such(?:begriff|wort)|Stichwort|Postleitzahl|E-Mail-Adresse)(?: oder \S+)* (?:eingeben|wählen|suchen)",
    "(?:Nur|Exklusiv) für Abonnent(?:en|innen)", "ANZEIGE", "WERBUNG", "Ads?",
    r"Quelle: ?[\w./ -]{2,30}", r"Über dieses Thema berichtete?:? .{3,80}", r"<?https?://\S+>?", r"\S{1,12} Zur App",
    r"(?:Diesen |Den )?(?:Artikel|Beitrag|Text) (?:(?:anhören|vorlesen|hören)(?: lassen)?|weiterlesen mit \S{2,20})",
    r"(?:Artikel|Beitrag|Text) zum (?:Anh|H)ören(?:\s?[|•·]\s?\d{1,3} Min\.?)?", "Weitere Optionen(?: zum Teilen)?",
    r"Im (?:Audio|Podcast): [^.!?]{3,90}", "Folge mir",
    r"(?:EQS|DGAP)-[\w-]+: .{2,80} / Schlagwort\(e\): .{2,100}",
    r"Veröffentlichung einer Insiderinformation(?:en)? (?:nach|gemäß) Artikel 17 .{0,90}",
    r"Für den Inhalt der Mitteilung ist der (?:Emittent|Herausgeber)(?: / Herausgeber)? verantwortlich\.",
    r"Sie können (?:diesen|den) (?:Artikel|Beitrag|Text) (?:auch |hier )*(?:an)?hören\.?",
    "(?:Box )?(?:[Aa]uf|[Aa]us|[Zz]u)klappen", "Teilen Sie diesen (?:Artikel|Beitrag)[.!]?", "BotTalk",
    r"Wir benötigen Ihre (?:Zustimmung|Einwilligung)\b(?!.*, (?:sag|erklär|so|schr|teil|heiß|st[ae])).{0,80}",
    r"Hier geht(?:[’']?s| es) zu\b.{0,60}",
    r"Zurück zur (?:\w+ )?(?:Seite|Übersicht|Startseite|Liste)\b.{0,40}", r".{0,200}\.(?:jpe?g|png|gif|webp)",
    r".{0,60}(?:War|Ist) (?:die|diese[rs]?) \w{3,25} (?:für Sie )?hilfreich\?",
    r"Mehr über (?:den Autor|die Autorin)(?:\s?[|:»›→>…].{0,40}| [A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ][\w.-]+){1,3})?",
    r"Jetzt abonnieren(?:\s?[!.:»›→>]|:? (?:und|für|ab) .{2,50})?",
    r"Online seit (?:heute|gestern)(?:, \d{1,2}[.:]\d\d Uhr)?",
)  # fmt: skip
"""Lines within a text that are no part of it."""

MORE: Final = (
    r"[\[(»›→]{0,2}\s?(?:[Mm]ehr(?: (?:lesen|erfahren|dazu))?|[Ww]eiter(?:\s?lesen)?)\s?(?:\.{2,3}|[…»›→>\])]{0,3})"
)
"""How a teaser leads on to its article."""

NUMBERS: Final = (r"\d{1,5}", r"\d{1,2}:\d\d", "A")
"""Lines of a head that count something, or are how long a recording is: in a text they may be of a table."""

FOOT: Final = ("Impressum", "Datenschutz", "Kontakt", "AGB")
"""What any site leads to in its foot."""

SERVICES: Final = frozenset(
    """impressum datenschutz datenschutzerklärung datenschutzhinweise kontakt agb nutzungsbedingungen barrierefreiheit
    mediadaten haftungsausschluss cookie-richtlinie""".split()
) | {
    "allgemeine geschäftsbedingungen", "erklärung zur barrierefreiheit", "über uns", "häufige fragen", "faq",
    "häufig gestellte fragen",
}  # fmt: skip
"""Headlines, case-folded, of pages that are no articles."""

SERVICE_ADDRESSES: Final = frozenset(
    """impressum datenschutz datenschutzerklaerung kontakt newsletter abo abonnement agb login anmelden registrieren
    registrierung suche mediadaten barrierefreiheit nutzungsbedingungen faq hilfe shop sitemap ueber-uns rss rss-feed
    rss-feeds feeds haeufige-fragen""".split()
)
"""The last part of an address of such a page, case-folded and without its ending."""

NEWS_ADDRESSES: Final = frozenset(
    """aktuell aktuelles archiv blog meldungen mitteilungen medienmitteilungen nachrichten news presse pressemeldungen
    pressemitteilungen presseinformationen pressebereich polizeimeldungen polizeiberichte termine ticker videos
    """.split()
)
"""The same of lists of all that is new."""

SECTIONS: Final = frozenset(
    """politik wirtschaft gesellschaft kultur sport panorama lokales regional region inland ausland welt wissen
    wissenschaft technik digital netzwelt reise auto gesundheit bildung karriere finanzen geld immobilien medien meinung
    kommentar feuilleton leben stil unterhaltung leute vermischtes chronik justiz umwelt klima verkehr blaulicht fußball
    fussball wetter geschichte religion deutschland österreich schweiz europa international börse kino musik literatur
    theater kunst familie ratgeber forschung energie landwirtschaft tourismus präsident motorsport eishockey handball
    tennis wintersport stadt kreis land lifestyle people szene genuss essen""".split()
)
"""Sections of German papers, case-folded, as they have a line of their own."""

WORKS: Final = frozenset(["musik", "literatur", "theater", "kunst", "kino", "geschichte", "kommentar", "meinung"])
"""Those sections that may be the work of the person named after them: "Musik von Max Muster"."""

COLLECTIONS: Final = (
    "Kurz(?:meldungen|nachrichten|notizen)", "Kurz (?:notiert|gemeldet|berichtet|und (?:bündig|knapp))",
    "In (?:aller )?Kürze", "(?:Meldungen|Nachrichten|News) (?:in Kürze|des Tages|vom Tage|kompakt|im Überblick)",
    "(?:Nachrichten|News|Tages)überblick", "Polizei(?:meldungen|berichte?|report)", "Aus dem Polizeibericht",
    "(?:Amts|Mitteilungs|Gemeinde)blatt", "Amtliche Mitteilungen",
    "(?:Amtliche |Öffentliche )?Bekanntmachungen",
    r"(?:Nachrichten|Meldungen|Neues) (?:aus|für) (?:der|dem|den|Ihrer) \w+$", "(?:Lokal|Regional)nachrichten",
)  # fmt: skip
"""What a page of several texts is called, whatever its case."""

REVIEWS: Final = ("Presse(?:schau|spiegel)",)
"""The same, where one article may quote what several papers say of one topic."""

DIGESTS: Final = (
    "Nachrichten", "Meldungen", "News", "(?:Presse|Tages|Wochenend)bericht", "Presse(?:meldungen|mitteilungen)",
)  # fmt: skip
"""The same, where each of the texts begins with a place or a topic."""

PARTS: Final = frozenset(
    """ausblick fazit fahndung folgen hergang hinweis hinweise hintergrund sachschaden schaden schäden sperrung
    tatablauf tathergang tatverdächtige tatverdächtiger täter täterbeschreibung unfallhergang ursache verletzte zeugen
    zeugenaufruf""".split()
)
"""Labels of the parts of one report, case-folded."""

LETTERS: Final = (
    "Leser(?:briefe|zuschriften|post|forum|meinungen)", "Leserinnenbriefe", "Briefe an (?:die|unsere) Redaktion",
    "Zuschriften", "Briefe (?:unserer|der) Leser",
)  # fmt: skip
"""What a page of readers' letters is called."""

LETTER: Final = ("Leser(?:innen)?brief", "Leser(?:innen)?zuschrift", "Zuschrift", "Brief an die Redaktion")
"""What one of them is called."""

VERBS: Final = frozenset(
    """ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können konnte soll sollen will wollen
    muss müssen darf dürfen bleibt bleiben kommt kommen geht gehen gibt steht stehen lässt""".split()
)
"""Forms of verbs that headlines have, case-folded."""

NO_VERBS: Final = frozenset(
    """außen bekannt bereits direkt eben echt erst fast fest gegen gerecht gut hinten innen jetzt komplett laut
    leicht meist mit morgen neben nicht oben offen perfekt rasant samt schlecht seit selbst selten sieben statt
    trocken unten wegen weit zuletzt zwischen""".split()
)
"""What ends as most verbs do and is none."""

MENU_ENTRIES: Final = frozenset(
    """abo abonnement aktuell aktuelles anmelden anmeldung anzeigen apps archiv blog datenschutz e-paper epaper events
    facebook forum impressum instagram jobs kalender kontakt links login logout log-in mediadaten mediathek menü
    mitglieder nachrichten navigation newsletter news passwort podcast podcasts presse profil registrieren rss rss-feed
    service servicenavigation shop sitemap startseite stellenmarkt suche team termine themen twitter veranstaltungen
    videos video verein vorstand werbung whitepaper youtube""".split()
)
"""Entries of menus on any site, case-folded, beside sections and services."""

HOMES: Final = frozenset(["startseite", "homepage", "home", "start", "sie sind hier"])
"""What a breadcrumb or a menu begins with, case-folded."""


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern."""
    return "|".join(words)
