"""How long a date takes to read, beside dateparser and dateutil; and what running text costs.

All in one run, turn by turn, so that a busy machine slows down everyone alike: look at the ratios. The best of many
short turns counts.
"""

from __future__ import annotations

import timeit
import warnings
from collections.abc import Callable
from datetime import datetime

import dateparser
from dateutil import parser as dateutil_parser

from feeds.dates import find_dates, load_zone, parse_date
from feeds.dates.words import MONTHS, WEEKDAYS

BERLIN = load_zone("Europe/Berlin")
NOW = datetime(2024, 6, 26, 18, 30, tzinfo=BERLIN)
STAMP = "25 Juni 2024, 14:05"
LINE = (
    "Von Max Muster · Veröffentlicht am 25. Juni 2024, 14:05 Uhr · Lesezeit: 4 Min. · Politik · Wirtschaft · Regional"
)[:110]
PARAGRAPHS = """MUSTERSTADT, 25. Juni – Der Stadtrat hat am Montag über den Umbau des Marktplatzes beraten. Die
Verwaltung
legte dazu einen Entwurf vor, der 3,5 Millionen Euro kosten soll, 12 Prozent mehr als geplant.

„Wir haben lange gerechnet“, sagte die Leiterin des Bauamts, „und wir bleiben unter dem Wert von 2019.“ Die Arbeiten
sollen nach dem Stadtfest beginnen und im Winter ruhen, wie es in den Unterlagen heißt.

Der Händlerverein hatte gestern gefordert, die Zufahrt offen zu halten. In den 40 Läden am Platz arbeiten rund 300
Menschen, viele von ihnen seit vor der letzten Sanierung im Jahr 1998.

Die Fraktionen sind sich in der Sache einig, streiten aber über die Bäume. Sechs Linden müssten weichen, zwölf neue
sind vorgesehen; der Beirat für Natur hält das für zu wenig und verlangt ein Gutachten.""".split("\n\n")
FIRST, SECOND, THIRD, LAST = PARAGRAPHS
PAGE = "\n\n".join(
    ["Alle Nachrichten\nPolitik\n25 Juni 2024, 14:05", "Neuer Marktplatz", FIRST, SECOND, THIRD, *[SECOND, LAST] * 7]
)[:3000]
TURNS = 60


class German(dateutil_parser.parserinfo):
    """The month and weekday names of our tables; dateutil knows no others."""

    MONTHS = list(MONTHS)  # type: ignore[arg-type]  # noqa: RUF012 - the form that dateutil asks for
    WEEKDAYS = list(WEEKDAYS)  # type: ignore[arg-type]  # noqa: RUF012 - the same
    JUMP = [*dateutil_parser.parserinfo.JUMP, "uhr", "um", "den"]  # noqa: RUF012


GERMAN = German(dayfirst=True)


def best_microseconds(tasks: dict[str, tuple[int, Callable[[], object]]]) -> dict[str, float]:
    """The best time a call of each task, taken turn by turn; the number is that of the calls in one turn."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(TURNS):
        for name, (calls, task) in tasks.items():
            best[name] = min(best[name], timeit.timeit(task, number=calls) / calls * 1e6)
    return best


def main() -> None:
    warnings.simplefilter("ignore")  # dateparser calls what is deprecated
    best = best_microseconds({
        "parse_date": (500, lambda: parse_date(STAMP, now=NOW, tz=BERLIN)),
        "dateparser": (2, lambda: dateparser.parse(STAMP, languages=["de"])),
        "dateutil": (50, lambda: dateutil_parser.parse(STAMP, parserinfo=GERMAN)),
        "fromisoformat": (2000, lambda: datetime.fromisoformat("2024-06-25T14:05:00")),
        "parse_date, relative": (200, lambda: parse_date("vor 3 Stunden", now=NOW, tz=BERLIN)),
        "find_dates, a line": (100, lambda: find_dates(LINE, now=NOW, tz=BERLIN)),
        "find_dates, a page": (10, lambda: find_dates(PAGE, now=NOW, tz=BERLIN)),
    })  # fmt: skip
    ours = best["parse_date"]
    print(f"{STAMP!r}; a line of {len(LINE)} and a page of {len(PAGE)} characters")
    print(f"{'':24}{'µs':>10}{'to parse_date':>16}")
    for name, microseconds in best.items():
        print(f"{name:24}{microseconds:10.2f}{microseconds / ours:16.1f}")
    print(f"as fast as dateparser: {best['dateparser'] / ours:.0f} times (at least 100)")
    print(f"as fast as dateutil:   {best['dateutil'] / ours:.1f} times (at least 6)")


if __name__ == "__main__":
    main()
