"""What tells nothing changes nothing: each page reads the same with other line ends, blanks, tools or an author."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from feeds.article import Article
from feeds.parse import parse_page_bytes

SHORT: Final = 40
BROWSER: Final = "Ihr Browser ist veraltet. Bitte aktualisieren Sie ihn, damit diese Seite richtig angezeigt wird."
CONSENT: Final = """Datenschutzeinstellungen
Wir nutzen Cookies auf unserer Website. Einige von ihnen sind essenziell, während andere uns helfen, sie zu verbessern.
Alle akzeptieren
Speichern
Nur essenzielle Cookies akzeptieren
Individuelle Datenschutzeinstellungen"""
DATA = Path(__file__).parent.parent / "data/parse"
PAGES = sorted((DATA / "general").glob("*.txt"))
BELTA = sorted((DATA / "belta").glob("*.txt"))


def read(front: str, text: str) -> Article | None:
    return parse_page_bytes(
        (front + text).encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de"
    ).article


def below_headline(*lines: str) -> Callable[[str, str], str]:
    """What puts these lines below the headline."""
    return lambda text, headline: f"\n{text}".replace(f"\n{headline}\n", "\n".join(["", headline, *lines, ""]), 1)[1:]


def mark(text: str, headline: str) -> str:
    """What html2text writes of a page whose short lines are links."""
    return "\n".join(
        f"# {line}" if line == headline else f"[{line}](/seite)" if 0 < len(line) < SHORT else line
        for line in text.split("\n")
    )


CHANGES: Final[dict[str, Callable[[str, str], str]]] = {
    "line ends": lambda text, _: text.replace("\n", "\r\n"),
    "blanks behind lines": lambda text, _: "\n".join(line + "  " if line else line for line in text.split("\n")),
    "blanks in front of lines": lambda text, _: "\n".join("  " + line if line else line for line in text.split("\n")),
    "blanks in empty lines": lambda text, _: text.replace("\n\n", "\n\u00a0\n"),
    "no-break spaces": lambda text, _: text.replace(" ", "\u00a0"),
    "wide gaps between words": lambda text, _: text.replace(" ", "  "),
    "tools": below_headline("Teilen", "Artikel anhören", "3 Min. Lesezeit", "Drucken"),
    "more tools": below_headline("Mailen", "0:00 / 3:12", "Zur Merkliste hinzufügen", "Artikel verschenken"),
    "caption": below_headline("Die Brücke am Bach ist wieder offen. Foto: dpa/Erika Muster"),
    "numbers": below_headline("Gefällt mir", "12", "Bild 1 von 5", "02:31", "1.234 Aufrufe"),
    "browser": lambda text, _: f"{BROWSER}\n\n{text}",
    "consent": lambda text, _: f"{CONSENT}\n\n{text}",
    "author": below_headline("Von Erika Muster"),
    "Markdown": mark,
}


PLACES = [
    *((page, change) for page in PAGES for change in CHANGES),
    *((page, change) for page in BELTA for change in CHANGES if "blanks" in change or "spaces" in change),
]


@pytest.mark.parametrize(("page", "change"), [pytest.param(*one, id=f"{one[0].stem}-{one[1]}") for one in PLACES])
def test_page_has_the_same_headline_and_publication(page: Path, change: str) -> None:
    whole = page.read_text(encoding="utf-8")
    front, closing, text = whole.rpartition("\n---\n") if whole.startswith("---\n") else ("", "", whole)
    known = read(front + closing, text)
    if known is None or known.headline is None:
        return
    found = read(front + closing, CHANGES[change](text, known.headline))
    assert found is not None
    assert (found.headline, found.published) == (known.headline, known.published)
