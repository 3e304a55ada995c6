"""The word tables that the benchmark corpus is written from: about 3,000 German words, most of them compounds.

Data only, and the case forms of the compounds. Nothing here is taken from a page.
"""

from __future__ import annotations

_FIRST = """Hafen Markt Rathaus Schul Bahnhofs Wald Brücken Wasser Feuerwehr Theater Museums Garten Fluss Berg Turm
Kirchen Straßen Stadt Kreis Landes Industrie Handwerks Energie Wärme Strom Verkehrs Radweg Bücherei Musik Sport Fußball
Ruder Schwimm Kinder Jugend Senioren Familien Gesundheits Klinik Forschungs Hochschul Ausbildungs Winter Sommer Herbst
Frühjahrs Umwelt Klima Bau Wohnungs""".split()

_SECOND = {
    "m": """plan ausschuss verein vertrag bericht beirat betrieb bedarf umbau wettbewerb etat vorstand verband dienst
    preis lehrgang ausbau antrag entwurf termin""".split(),
    "f": """verwaltung abteilung gesellschaft ordnung planung leitung prüfung versammlung halle anlage karte messe woche
    stiftung gruppe stelle reform studie debatte förderung""".split(),
    "n": "amt projekt programm gebäude netz fest zentrum angebot modell konzept gelände institut".split(),
}
_ARTICLES = {"m": ("der", "den", "dem"), "f": ("die", "die", "der"), "n": ("das", "das", "dem")}

_COMPOUNDS = [(first + second, gender) for gender, seconds in _SECOND.items() for second in seconds for first in _FIRST]

NOUNS = [noun for noun, _ in _COMPOUNDS]
"""2,600 compound nouns; the four lists below hold the same nouns with their article."""
SUBJECTS = [f"{_ARTICLES[gender][0]} {noun}" for noun, gender in _COMPOUNDS]
SENTENCE_SUBJECTS = [subject.capitalize().partition(" ")[0] + subject[3:] for subject in SUBJECTS]
OBJECTS = [f"{_ARTICLES[gender][1]} {noun}" for noun, gender in _COMPOUNDS]
DATIVES = [f"{_ARTICLES[gender][2]} {noun}" for noun, gender in _COMPOUNDS]

PLACES = [
    first + second
    for second in "au bach berg brunn burg dorf feld hausen heim hofen ried rode".split()
    for first in """Ahorn Birken Buchen Eichen Erlen Eschen Fichten Ginster Hasel Kiefern Linden Pappel Quitten Rosen
    Tannen Ulmen Wacholder Weiden Weißdorn Zedern""".split()
]
"""240 places that sound like places."""

PREDICATES = [
    "wird um ein Jahr verlängert",
    "kommt schneller voran als geplant",
    "steht vor einem Neuanfang",
    "kostet weniger als gedacht",
    "kostet mehr als gedacht",
    "erhält ein neues Dach",
    "zieht in die alte Spinnerei",
    "feiert das fünfzigste Jahr",
    "bekommt Lob aus der Nachbarschaft",
    "sucht ehrenamtliche Helfer",
    "bleibt bis auf Weiteres geöffnet",
    "wird im Herbst neu ausgeschrieben",
    "gewinnt einen ersten Preis",
    "wartet auf einen Bescheid",
    "wächst um ein Drittel",
    "teilt sich künftig ein Haus mit der Post",
    "wird zum Vorbild für das Umland",
    "schließt mit einem Überschuss ab",
    "öffnet auch am Sonntag",
    "startet ohne Feier",
    "geht in die zweite Runde",
    "verliert die Leiterin an die Hauptstadt",
    "kehrt an den alten Ort zurück",
    "rechnet mit mehr Besuchern",
    "verzichtet auf Papier",
    "findet einen Nachfolger",
    "löst eine lange Debatte aus",
    "hält dem Sturm stand",
    "überrascht die Fachleute",
    "macht im Juli Pause",
    "beginnt mit einer Panne",
    "endet mit einem Kompromiss",
    "braucht noch etwas Geduld",
    "wird einstimmig beschlossen",
    "fällt kleiner aus",
    "lockt Gäste aus drei Ländern",
    "bewährt sich im ersten Winter",
    "kommt unter den Hammer",
    "steht auf der Kippe",
    "spart ein Viertel der Energie",
]
"""What headlines tell: main clauses in the present without their subject."""

VERBS = """unterstützt prüft verändert ergänzt ersetzt begleitet bremst stärkt fördert erweitert verwaltet bewertet
finanziert beobachtet erneuert entlastet verbindet sichert veranstaltet erklärt""".split()

ADVERBS = """bereits inzwischen künftig weiterhin zunächst vorerst ohnehin offenbar regelmäßig gelegentlich erstmals
abermals mittlerweile seither durchgehend stellenweise weitgehend größtenteils nebenher werktags sonntags
vormittags nachmittags abends""".split()

ADJECTIVES = """ruhig sorgfältig zügig gründlich günstig teuer sinnvoll überfällig umstritten willkommen
ungewöhnlich vorläufig endgültig freiwillig verbindlich pünktlich dringend überschaubar möglich nötig machbar""".split()

FIRST_NAMES = """Aylin Anton Berta Clara David Elif Emil Frieda Georg Hanna Igor Jana Karl Lena Mert Nora Oskar Paula
Rosa Samir Tilda Udo Vera Willi Yusuf Zoe""".split()
LAST_NAMES = """Muster Mustermann Beispiel Probe Exempel Vorlage Entwurf Platzhalter Schablone Modell Skizze
Stichprobe""".split()

MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
CATEGORIES = "Politik Wirtschaft Gesellschaft Kultur Sport Präsident".split()
