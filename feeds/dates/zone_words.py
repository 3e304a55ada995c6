"""The words of time zones: abbreviations, names and places, with what each means.

Owns every zone that the grammar knows. Lookups are by lower-case spelling, those of abbreviations by upper-case.
"""

from __future__ import annotations

from typing import TypeVar

MINUTES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "UT": 0,
    "WET": 0,
    "WEZ": 0,
    "WEST": 60,
    "WESZ": 60,
    "BST": 60,
    "CET": 60,
    "MEZ": 60,
    "CEST": 120,
    "MESZ": 120,
    "EET": 120,
    "OEZ": 120,
    "EEST": 180,
    "OESZ": 180,
    "MSK": 180,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
}
"""Minutes east of Greenwich of the zone abbreviations that pages print; RFC 2822 section 4.3 for the US ones."""

EITHER = {"CET/CEST": "Europe/Berlin", "MEZ/MESZ": "Europe/Berlin"}
"""Pairs of abbreviations that leave open which holds: the wall clock of a place."""

NAMES = {
    "mitteleuropäische sommerzeit": 120,
    "mitteleuropäische normalzeit": 60,
    "mitteleuropäische winterzeit": 60,
    "westeuropäische sommerzeit": 60,
    "westeuropäische normalzeit": 0,
    "osteuropäische sommerzeit": 180,
    "osteuropäische normalzeit": 120,
    "koordinierte weltzeit": 0,
    "mittlere greenwich-zeit": 0,
    "weltzeit": 0,
    "greenwich-zeit": 0,
    "greenwicher zeit": 0,
}
"""The same for zones whose offset is in their name (CLDR 47, metazones)."""

ADJECTIVES = {
    "deutscher": "Europe/Berlin", "österreichischer": "Europe/Vienna", "schweizer": "Europe/Zurich",
    "berliner": "Europe/Berlin", "wiener": "Europe/Vienna", "zürcher": "Europe/Zurich", "genfer": "Europe/Zurich",
    "londoner": "Europe/London", "britischer": "Europe/London", "irischer": "Europe/Dublin",
    "pariser": "Europe/Paris", "französischer": "Europe/Paris", "brüsseler": "Europe/Brussels",
    "belgischer": "Europe/Brussels", "luxemburger": "Europe/Luxembourg", "niederländischer": "Europe/Amsterdam",
    "römischer": "Europe/Rome", "italienischer": "Europe/Rome", "madrider": "Europe/Madrid",
    "spanischer": "Europe/Madrid", "portugiesischer": "Europe/Lisbon", "lissaboner": "Europe/Lisbon",
    "warschauer": "Europe/Warsaw", "polnischer": "Europe/Warsaw", "prager": "Europe/Prague",
    "tschechischer": "Europe/Prague", "budapester": "Europe/Budapest", "ungarischer": "Europe/Budapest",
    "belgrader": "Europe/Belgrade", "stockholmer": "Europe/Stockholm", "schwedischer": "Europe/Stockholm",
    "norwegischer": "Europe/Oslo", "dänischer": "Europe/Copenhagen", "finnischer": "Europe/Helsinki",
    "athener": "Europe/Athens", "griechischer": "Europe/Athens", "istanbuler": "Europe/Istanbul",
    "türkischer": "Europe/Istanbul", "moskauer": "Europe/Moscow", "minsker": "Europe/Minsk",
    "belarussischer": "Europe/Minsk", "kiewer": "Europe/Kyiv", "kyjiwer": "Europe/Kyiv", "ukrainischer": "Europe/Kyiv",
    "kairoer": "Africa/Cairo", "ägyptischer": "Africa/Cairo", "jerusalemer": "Asia/Jerusalem",
    "israelischer": "Asia/Jerusalem", "teheraner": "Asia/Tehran", "iranischer": "Asia/Tehran",
    "bagdader": "Asia/Baghdad", "irakischer": "Asia/Baghdad", "kabuler": "Asia/Kabul",
    "afghanischer": "Asia/Kabul", "indischer": "Asia/Kolkata", "pekinger": "Asia/Shanghai",
    "chinesischer": "Asia/Shanghai", "hongkonger": "Asia/Hong_Kong", "tokioter": "Asia/Tokyo",
    "japanischer": "Asia/Tokyo", "seouler": "Asia/Seoul", "südkoreanischer": "Asia/Seoul",
    "new yorker": "America/New_York", "washingtoner": "America/New_York", "chicagoer": "America/Chicago",
    "kalifornischer": "America/Los_Angeles",
    "kaliningrader": "Europe/Kaliningrad", "wolgograder": "Europe/Volgograd",
    "jekaterinburger": "Asia/Yekaterinburg", "omsker": "Asia/Omsk", "nowosibirsker": "Asia/Novosibirsk",
    "krasnojarsker": "Asia/Krasnoyarsk", "irkutsker": "Asia/Irkutsk", "jakutsker": "Asia/Yakutsk",
    "wladiwostoker": "Asia/Vladivostok", "arabischer": "Asia/Riyadh", "armenischer": "Asia/Yerevan",
    "aserbaidschanischer": "Asia/Baku", "georgischer": "Asia/Tbilisi", "kasachischer": "Asia/Almaty",
    "kirgisischer": "Asia/Bishkek", "tadschikischer": "Asia/Dushanbe", "turkmenischer": "Asia/Ashgabat",
    "usbekischer": "Asia/Tashkent", "nepalesischer": "Asia/Kathmandu", "pakistanischer": "Asia/Karachi",
    "malaysischer": "Asia/Kuala_Lumpur", "philippinischer": "Asia/Manila", "singapurischer": "Asia/Singapore",
    "westindonesischer": "Asia/Jakarta", "koreanischer": "Asia/Seoul", "ostaustralischer": "Australia/Sydney",
    "zentralaustralischer": "Australia/Adelaide", "westaustralischer": "Australia/Perth",
    "südafrikanischer": "Africa/Johannesburg", "ostafrikanischer": "Africa/Nairobi",
    "zentralafrikanischer": "Africa/Maputo", "westafrikanischer": "Africa/Lagos", "grönländischer": "America/Nuuk",
    "argentinischer": "America/Argentina/Buenos_Aires", "bolivianischer": "America/La_Paz",
    "chilenischer": "America/Santiago", "ecuadorianischer": "America/Guayaquil", "kolumbianischer": "America/Bogota",
    "kubanischer": "America/Havana", "paraguayischer": "America/Asuncion", "peruanischer": "America/Lima",
    "uruguayischer": "America/Montevideo",
}  # fmt: skip
"""Adjectives in front of "Zeit" and the like: the wall clock of a place, or of a country that has one alone (CLDR 47,
metazones, beside others)."""

STEMS = {
    "nordamerikanische ostküsten": "America/New_York", "nordamerikanische zentral": "America/Chicago",
    "nordamerikanische westküsten": "America/Los_Angeles", "rocky-mountains": "America/Denver",
    "ostküsten": "America/New_York", "us-ostküsten": "America/New_York", "us-westküsten": "America/Los_Angeles",
    "alaska": "America/Anchorage", "atlantik": "America/Halifax", "neufundland": "America/St_Johns",
    "hawaii-aleuten": "Pacific/Honolulu", "brasília": "America/Sao_Paulo", "amazonas": "America/Manaus",
    "azoren": "Atlantic/Azores", "golf": "Asia/Dubai", "indochina": "Asia/Bangkok", "hongkong": "Asia/Hong_Kong",
    "taipeh": "Asia/Taipei", "neuseeland": "Pacific/Auckland",
}  # fmt: skip
"""The same for names that "Zeit" is a part of: "Alaska-Zeit", "US-Ostküstenzeit"."""

CLOCKS = "(?:orts|normal|sommer|winter|standard)?zeit"
"""The words for a wall clock. Whether a place has its summer time on a day is asked of its zone."""

NAMES_OF_PLACES = {
    "ortszeit": None, "lokalzeit": None, "lokaler zeit": None,
    "mitteleuropäische zeit": "Europe/Berlin", "westeuropäische zeit": "Europe/Lisbon",
    "osteuropäische zeit": "Europe/Helsinki",
}  # fmt: skip
"""Names for the wall clock of a place; None is the source's own."""

_Zone = TypeVar("_Zone", int, str, str | None)


def inflected(names: dict[str, _Zone]) -> dict[str, _Zone]:
    """The names, and as they are where they follow "nach" or "Uhr": "mitteleuropäischer Sommerzeit"."""
    return names | {name.replace("e ", "er ", 1): zone for name, zone in names.items()}


MINUTES_OF_NAMES = inflected(NAMES)
PLACES = inflected(NAMES_OF_PLACES)
"""Names for the wall clock of a place; None is the source's own."""
ADJECTIVES_INFLECTED = ADJECTIVES | {
    adjective.removesuffix("r"): zone for adjective, zone in ADJECTIVES.items() if adjective.endswith("scher")
}
STEMS_INFLECTED: dict[str, str] = inflected(STEMS)
