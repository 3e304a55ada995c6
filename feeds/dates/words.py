"""The words of dates: one row a month, weekday or unit, with all its spellings.

Owns every word that the grammar knows but those of zones, nothing else: no patterns, no rules. The first spelling of a
month or weekday is the one that `feeds.dates` writes. Names and abbreviations are those of CLDR 47 (de, de_AT, de_CH,
en), then the older, regional and umlaut-free spellings that pages print. Lookups are by lower-case spelling without the
full stop.
"""

from __future__ import annotations

from unicodedata import numeric

MONTHS: tuple[tuple[str, ...], ...] = (
    ("Januar", "Jan", "Jänner", "Jän", "Jaenner", "Jaen", "Janner", "Jannuar", "Janaur", "January"),
    ("Februar", "Feb", "Febr", "Feber", "Febuar", "Feburar", "February"),
    ("März", "Mär", "Mrz", "Maerz", "Maer", "Marz", "Mar", "March"),
    ("April", "Apr"),
    ("Mai", "May"),
    ("Juni", "Jun", "Juno", "June"),
    ("Juli", "Jul", "Julei", "July"),
    ("August", "Aug", "Agust"),
    ("September", "Sept", "Sep", "Septembre", "Septmber"),
    ("Oktober", "Okt", "October", "Oct"),
    ("November", "Nov"),
    ("Dezember", "Dez", "Dezmber", "December", "Dec"),
)

DATED_MONTHS: tuple[tuple[str, ...], ...] = (
    ("Jenner", "Jänn", "Eismonat", "janvier", "gennaio"),
    ("Hornung", "février", "fevrier", "febbraio"),
    ("Merz", "Mertz", "Lenzmonat", "mars", "marzo"),
    ("Aprill", "Ostermonat", "avril", "aprile"),
    ("Maien", "Wonnemonat", "maggio"),
    ("Juny", "Junius", "Brachmonat", "Brachet", "juin", "giugno"),
    ("Julius", "Heumonat", "juillet", "luglio"),
    ("Augst", "Erntemonat", "août", "aout", "agosto"),
    ("Septbr", "Septb", "Septemb", "Herbstmonat", "Scheiding", "settembre"),
    ("Oktbr", "Octbr", "Octob", "Weinmonat", "Gilbhart", "octobre", "ottobre"),
    ("Novbr", "Novemb", "Wintermonat", "Nebelung", "novembre"),
    ("Dezbr", "Decbr", "Dezemb", "Decemb", "Christmonat", "Julmond", "décembre", "decembre", "dicembre"),
)
"""Old names, and those of French and Italian pages: other words or names too, so a month only with a day and year."""

WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("Montag", "Mo", "Mon", "Monday"),
    ("Dienstag", "Di", "Die", "Dienst", "Tuesday", "Tue", "Tues"),
    ("Mittwoch", "Mi", "Mit", "Mitt", "Wednesday", "Wed"),
    ("Donnerstag", "Do", "Don", "Donn", "Thursday", "Thu", "Thur", "Thurs"),
    ("Freitag", "Fr", "Fre", "Frei", "Friday", "Fri"),
    ("Samstag", "Sonnabend", "Sa", "Sam", "Sams", "Saturday", "Sat"),
    ("Sonntag", "So", "Son", "Sonn", "Sunday", "Sun"),
)

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

NUMBERS: tuple[tuple[str, ...], ...] = (
    ("null",),
    ("ein", "eine", "einem", "einen", "einer", "eines", "eins"),
    ("zwei", "zwo", "zweien"),
    ("drei", "dreien"),
    ("vier",),
    ("fünf", "fuenf"),
    ("sechs",),
    ("sieben",),
    ("acht",),
    ("neun",),
    ("zehn",),
    ("elf",),
    ("zwölf", "zwoelf"),
    ("dreizehn",),
    ("vierzehn",),
    ("fünfzehn", "fuenfzehn"),
    ("sechzehn",),
    ("siebzehn",),
    ("achtzehn",),
    ("neunzehn",),
    ("zwanzig",),
)

TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "fuenfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
"""Tens of the spelled-out numbers."""

UNITS: dict[str, tuple[str, ...]] = {
    "millisecond": ("Millisekunde", "Millisekunden"),
    "second": ("Sekunde", "Sekunden", "Sek", "second", "seconds"),
    "minute": ("Minute", "Minuten", "Min", "minutes"),
    "hour": ("Stunde", "Stunden", "Studen", "Std", "Stdn", "hour", "hours"),
    "day": ("Tag", "Tage", "Tagen", "Tg", "day", "days"),
    "week": ("Woche", "Wochen", "week", "weeks"),
    "month": ("Monat", "Monate", "Monaten", "Monats", "month", "months"),
    "quarter": ("Quartal", "Quartale", "Quartalen", "Quart"),
    "year": ("Jahr", "Jahre", "Jahren", "Jahres", "year", "years"),
    "decade": ("Jahrzehnt", "Jahrzehnte", "Jahrzehnten", "Jahrzehnts"),
    "century": ("Jahrhundert", "Jahrhunderte", "Jahrhunderten", "Jahrhunderts"),
}

MADE_OF = {
    "millisecond": ("second", 0.001),
    "quarter": ("month", 3),
    "decade": ("year", 10),
    "century": ("year", 100),
}
"""Units that are counted in another one."""

SHORT_UNITS = {
    "s": "second",
    "m": "minute",
    "h": "hour",
    "d": "day",
    "t": "day",
    "wo": "week",
    "w": "week",
    "mon": "month",
    "mt": "month",
    "q": "quarter",
    "j": "year",
    "a": "year",
}
"""Units that are believed after digits only."""

HOURS = tuple(
    word
    for row in NUMBERS[1:13]
    for word in row
    if word not in {"ein", "eine", "einem", "einen", "einer", "eines", "zweien", "dreien"}
)
"""The words that are hours of the clock: "um eins", not "um eine"."""

PARTS_OF_DAY = (
    "früh", "frueh", "in der früh", "vorm", "nachm", "morgen", "morgens", "vormittag", "vormittags", "mittag",
    "mittags", "nachmittag", "nachmittags", "abend", "abends", "nacht", "nachts",
)  # fmt: skip

ORDINALS: tuple[tuple[str, ...], ...] = (
    ("erst",), ("zweit",), ("dritt",), ("viert",), ("fünft", "fuenft"), ("sechst",), ("siebt", "siebent"), ("acht",),
    ("neunt",), ("zehnt",), ("elft",), ("zwölft", "zwoelft"), ("dreizehnt",), ("vierzehnt",),
    ("fünfzehnt", "fuenfzehnt"), ("sechzehnt",), ("siebzehnt",), ("achtzehnt",), ("neunzehnt",), ("zwanzigst",),
    ("einundzwanzigst",), ("zweiundzwanzigst",), ("dreiundzwanzigst",), ("vierundzwanzigst",),
    ("fünfundzwanzigst",), ("sechsundzwanzigst",), ("siebenundzwanzigst",),
    ("achtundzwanzigst",), ("neunundzwanzigst",), ("dreißigst", "dreissigst"),
    ("einunddreißigst", "einunddreissigst"),
)  # fmt: skip
"""Stems of the days of a month in words; the endings are -e, -er, -en, -em, -es."""

DAYS_FROM_TODAY = {
    "vorvorgestern": -3,
    "vorgestern": -2,
    "gestern": -1,
    "heute": 0,
    "morgen": 1,
    "übermorgen": 2,
    "uebermorgen": 2,
    "ubermorgen": 2,
    "überübermorgen": 3,
}

UPDATED_WORDS = (
    "aktualisiert", "aktualisierung", "aktualisierte", "aktualisierter", "update", "updated", "upd", "geändert",
    "geaendert", "änderung", "bearbeitet", "überarbeitet", "ergänzt", "korrigiert", "editiert", "modified", "stand",
    "revidiert", "nachgetragen", "datemodified", "lastmod", "modifié", "jour",
)  # fmt: skip
PUBLISHED_WORDS = (
    "veröffentlicht", "veroeffentlicht", "veröffentlichung", "veröffentlichungsdatum", "publiziert", "erschienen",
    "erscheinungsdatum", "erscheint", "erstellt", "erstellungsdatum", "erstellungszeit", "erstveröffentlichung",
    "erstmeldung",
    "online", "published", "gepostet", "posted", "eingestellt", "geschrieben", "verfasst", "publikationsdatum",
    "publikation", "hochgeladen", "hinzugefügt", "freigegeben", "freigeschaltet", "erstmals", "datepublished",
    "pubdate", "publié", "publie",
)  # fmt: skip
"""What the word in front of a date says about it. "Stand" is the state that a text has now, so an update."""
SHORTENED = {
    "akt.": "aktualisiert", "akt:": "aktualisiert", "aktual.": "aktualisiert", "upd.": "updated",
    "veröff.": "veröffentlicht",
}  # fmt: skip
"""Such words as they are shortened: the full stop is theirs, and ends no sentence."""


SMALL_WORDS = frozenset({
    *PARTS_OF_DAY, "den", "der", "dem", "am", "vom", "on", "seit", "zum", "bis", "ab", "the", "of", "um", "von",
    "dated", "zuletzt", "datum", "date", "heute", "gestern", "letzte", "letztes", "letzter", "last", "in", "auf", "zu",
    "für", "le",
})  # fmt: skip
"""What may be between a label or weekday and its date, or in front of both."""

PREPOSITIONS = frozenset({"den", "der", "dem", "am", "vom", "seit", "zum", "bis", "ab", "für"})
"""Those of the small words after which "24.06." is a day."""

WEEKDAYS_THAT_ARE_WORDS = frozenset(
    {"mit", "die", "so", "do", "mi", "frei", "sam", "son", "don", "mo", "dienst", "mon", "sun", "sat", "wed"}
)
"""Short weekdays that are other words too: believed with a capital, and only where they don't contradict."""

BEFORE_A_NUMBER = frozenset({
    "version", "ver", "rev", "release", "php", "java", "node", "mysql", "postgresql", "wordpress", "joomla", "drupal",
    "kernel", "raum", "zimmer", "modell", "los", "ziff", "pos", "position", "python", "macos", "ios", "ipados",
    "android", "windows", "linux", "debian", "ubuntu",
    "firefox", "chrome", "safari", "update", "build", "firmware", "kapitel", "kap", "abschnitt", "punkt", "ziffer",
    "paragraf", "paragraph", "nr", "no", "abs", "absatz", "artikel", "art", "tabelle", "tab", "abbildung", "abb",
    "anlage", "anhang", "teil", "band", "bd", "seite", "satz", "din", "iso", "en", "§", "§§", "tel", "telefon", "fax",
    "mobil", "handy", "az", "aktenzeichen", "geschäftszeichen", "drucksache", "drucksachen", "drs", "drucks", "konto",
    "iban", "blz", "plz", "isbn", "id", "code", "eur", "usd", "chf",
})  # fmt: skip
"""Words in front of digits that make them a number: "Version 10.11.12", "Tel. 030 25 06 20"."""

NUMBERED = BEFORE_A_NUMBER | {"ausgabe", "heft", "folge", "top", "jahrgang", "kw"}
"""Words in front of a number without a full stop that make it none of a day: "Heft 3 Juni 2024"."""

BEFORE_ANY_WEEKDAY = frozenset({
    "jeden", "jedem", "jeder", "eines", "ein", "einem", "einen", "immer", "kein", "keinen", "alle", "manchen",
    "verkaufsoffenen", "verkaufsoffener",
})  # fmt: skip
"""Words in front of a weekday that is no particular one."""

BEFORE_ANY_DAY = frozenset({
    "jeden", "jedem", "jeweils", "jährlich", "alljährlich", "monatlich", "wöchentlich", "immer", "stets",
})  # fmt: skip
"""Words in front of a day and month that make it the day of every year."""

EVERY = frozenset({"jede", "jedes", "jeden", "alle"})
PERIODS = frozenset({"tag", "tage", "woche", "wochen", "monat", "monate", "jahr", "jahre"})
"""What recurs, after one of the former: "jedes Jahr am 3. Mai"."""

BEFORE_A_WEEKDAY = frozenset({
    "am", "seit", "bis", "ab", "für", "vom", "zum", "den", "der", "dem", "schon", "bereits", "noch", "erst", "nur",
    "und", "auch", "heute", "gestern", "morgen", "nacht", "gegen", "diesen", "dieser", "uhr",
})  # fmt: skip
"""Words that may have a capital in front of a weekday; after any other with one it is a name ("Julia Montag")."""

NEWSPAPERS = frozenset({"welt", "bild", "wams", "nzz", "kurier"})
"""Those that have an edition "am Sonntag"."""

BEFORE_THE_MORNING = frozenset({
    "guten", "gute", "am", "gegen", "jeden", "frühen", "nächsten", "diesen", "dieser", "der", "den", "dem", "zum",
    "vom", "eines", "in", "heute", "und", "folgenden",
})  # fmt: skip
"""Words in front of "morgen" that make it the morning."""

HOLIDAYS: dict[str, tuple[int, ...] | int] = {
    "neujahr": (1, 1), "neujahrstag": (1, 1), "heilige drei könige": (1, 6), "dreikönigstag": (1, 6),
    "valentinstag": (2, 14), "tag der arbeit": (5, 1), "maifeiertag": (5, 1), "mariä himmelfahrt": (8, 15),
    "tag der deutschen einheit": (10, 3), "nationalfeiertag": (10, 26), "reformationstag": (10, 31),
    "halloween": (10, 31), "allerheiligen": (11, 1), "allerseelen": (11, 2), "martinstag": (11, 11),
    "nikolaus": (12, 6), "nikolaustag": (12, 6), "heiligabend": (12, 24), "heiliger abend": (12, 24),
    "weihnachten": (12, 25), "weihnachtstag": (12, 25), "erster weihnachtstag": (12, 25), "christtag": (12, 25),
    "erster weihnachtsfeiertag": (12, 25), "zweiter weihnachtstag": (12, 26),
    "zweiter weihnachtsfeiertag": (12, 26), "stephanstag": (12, 26), "silvester": (12, 31), "sylvester": (12, 31),
    "1. weihnachtstag": (12, 25), "1. weihnachtsfeiertag": (12, 25), "2. weihnachtstag": (12, 26),
    "2. weihnachtsfeiertag": (12, 26), "silvesterabend": (12, 31), "berchtoldstag": (1, 2), "auffahrt": 39,
    "frauentag": (3, 8), "weltfrauentag": (3, 8), "internationaler frauentag": (3, 8), "bundesfeiertag": (8, 1),
    "weiberfastnacht": -52, "rosenmontag": -48, "faschingsdienstag": -47, "aschermittwoch": -46, "palmsonntag": -7,
    "gründonnerstag": -3, "karfreitag": -2, "karsamstag": -1, "ostern": 0, "ostersonntag": 0, "ostermontag": 1,
    "christi himmelfahrt": 39, "himmelfahrt": 39, "vatertag": 39, "pfingsten": 49, "pfingstsonntag": 49,
    "pfingstmontag": 50, "fronleichnam": 60, "muttertag": (2, 6, 5), "maria himmelfahrt": (8, 15),
    "stefanitag": (12, 26), "stephanitag": (12, 26), "mariä empfängnis": (12, 8), "maria empfängnis": (12, 8),
    "dreikönig": (1, 6), "volkstrauertag": (-14,), "buß- und bettag": (-11,), "totensonntag": (-7,),
    "ewigkeitssonntag": (-7,),
    "erster advent": (0,), "1. advent": (0,), "zweiter advent": (7,), "2. advent": (7,), "dritter advent": (14,),
    "3. advent": (14,), "vierter advent": (21,), "4. advent": (21,),
}  # fmt: skip
"""Month and day; days from Easter Sunday; number, weekday and month ("muttertag"); or days from the first Advent.

The "Nationalfeiertag" is that of Austria, the only one of that name."""

FRACTIONS = "¼½¾"
"""What may follow the digits of an amount, or are in their place."""

WHOLE_UNITS = frozenset({"day", "week", "month", "year"})
"""Units of which there are no fractions."""


def spellings(rows: tuple[tuple[str, ...], ...], *, first: int) -> dict[str, int]:
    """Every lower-case spelling with the number of its row, counted from `first`."""
    return {word.lower(): number for number, row in enumerate(rows, first) for word in row}


def long_numbers() -> dict[str, int]:
    """The numbers from 21 on: "einundzwanzig"."""
    return {
        f"{one}und{ten}": value + number
        for ten, value in TENS.items()
        for number, row in enumerate(NUMBERS[:10])
        for one in row[:2]
        if number and one != "eine"
    }


MONTH_OF = spellings(MONTHS, first=1)
DATED_MONTH_OF = spellings(DATED_MONTHS, first=1)
WEEKDAY_OF = spellings(WEEKDAYS, first=0)
ORDINAL_OF = spellings(ORDINALS, first=1)
NUMBER_OF = spellings(NUMBERS, first=0) | TENS | long_numbers() | {"hundert": 100, "einhundert": 100}
LONG_UNIT_OF = {word.lower(): unit for unit, words in UNITS.items() for word in words}
UNIT_OF = LONG_UNIT_OF | SHORT_UNITS
ROMAN_OF = {word: number for number, word in enumerate(ROMAN_MONTHS, 1)}
ORDINALS_INFLECTED = frozenset(f"{stem}e{ending}" for stem in ORDINAL_OF for ending in ("", *"nrms"))
LONG_WEEKDAYS = tuple(word for word in WEEKDAY_OF if word.endswith(("tag", "woch", "abend")))
SHORT_WEEKDAYS = tuple(word for word in WEEKDAY_OF if len(word) <= 4)

_HALVES = {"anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5, "dreieinhalb": 3.5}


def is_number(text: str) -> bool:
    """Whether a text is a number in digits, or a lower-case word of the tables."""
    return text[0].isnumeric() or text in NUMBER_OF or text in _HALVES


def number_of(text: str) -> float:
    """The number that such a text means."""
    if text[-1] in FRACTIONS:
        return float(text[:-1] or 0) + numeric(text[-1])
    if text[0].isdigit():
        return float(text.replace(",", "."))
    return _HALVES.get(text) or float(NUMBER_OF[text])
