"""Where the running text of a page ends."""

from __future__ import annotations

import pytest

from feeds.parse.body import Line
from feeds.parse.ending import find_end

TEXT = "Die Stadt baut im kommenden Jahr drei neue Radwege, die bis zum Bahnhof führen sollen."


@pytest.mark.parametrize(
    "below",
    [
        ["Aus der Gegend:", "Musterdorf"],
        ["em", "Zum Artikel vom Mi, 3. Juni 2015:"],
        ["(c) Der Gebrauch des Inhalts ist nur mit Angabe der Quelle gestattet."],
        ["Hier können Sie unseren Newsletter bestellen."],
        ["Rechte am Artikel können Sie hier erwerben."],
        ["Haben Sie einen Fehler entdeckt? Schreiben Sie uns."],
        ["Weitere Storys: Musterblatt", "Ein Boot, das seit dem Morgen vermisst wurde, ist wieder da."],
        ["Sie sind bereits Kunde?", "Melden Sie sich an und lesen Sie den ganzen Bericht noch heute."],
        ["0 Kommentare zu „Drei neue Radwege“", "Bitte melden Sie sich an."],
        ["4 Gedanken zu „Drei neue Radwege“", "Erika sagt:", "Das freut mich."],
        [
            "Dieser Beitrag wurde unter Balkon, Gemüse abgelegt und mit Gießen, Tomaten und Beeten verschlagwortet.",
            "Otto braucht Dünger.",
        ],
    ],
)
def test_text_ends_above_labels_offers_and_copyrights(below: list[str]) -> None:
    lines = [Line(number, text) for number, text in enumerate([TEXT, TEXT.upper(), *below])]
    assert find_end(lines, 0, {}, None).after == 2


@pytest.mark.parametrize(
    "last",
    [
        "Wer die Pläne sehen will, kann den Newsletter der Stadt bestellen.",
        "Dieser Beitrag wurde lange diskutiert, weil er nach Ansicht vieler Leute zu hoch war, wie der Rat mitteilte.",
        "Der Rat stimmte zu.",
    ],
)
def test_sentence_of_the_text_ends_nothing(last: str) -> None:
    lines = [Line(number, text) for number, text in enumerate([TEXT, TEXT.upper(), last])]
    assert find_end(lines, 0, {}, None).after == 3
