"""However texts came and went: a library that saw each change and one made anew from the ledger publish the same."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.edits import Choice
from tests.newsroom import Newsroom

FILES = [f"{letter}.txt" for letter in "abcdef"]
PLAIN = "https://deu.belta.by/politics/view/neue-bruecke"
ADDRESSES = [f"{PLAIN}/", f"{PLAIN}-a/", f"{PLAIN}-65969-2024/", f"{PLAIN}-65970-2024/"]
IDS = ["eins", "tag:blatt.example,2024:zwei", "drei"]
HEADLINES = ["Polizeibericht", "Neue Brücke ist offen", "Bücherei am Sonntag"]
STAMPS = ["25 Juni 2024, 14:05", "25 Juni 2024, 10:00", "26 Juni 2024, 09:00"]
LEADS = [
    "Ein Fahrrad wurde am Bahnhof gestohlen und später gefunden, wie die Wache mitteilte.",
    "Der Rat hat den Haushalt beschlossen, gegen die Stimmen zweier Fraktionen aus der Mitte.",
    "Am Morgen brannte eine Scheune, verletzt wurde niemand, der Schaden ist hoch.",
    "MINSK, 25. Juni (BelTA) – Die Brücke ist offen, so steht es fest.",
]
RESTS = ["Mehr dazu später.", "Mehr steht nun fest."]


def edit(newsroom: Newsroom, choice: Choice) -> None:
    """Write or remove a text. All have few headlines, times, addresses and ids, so that many contradict each other."""
    name = choice.of(FILES)
    path = newsroom.folder / "seeds" / name
    if path.exists() and choice.below(5) == 0:
        path.unlink()
        return
    front = {}
    if choice.below(2):
        front["url"] = choice.of(ADDRESSES)
    if choice.below(3) == 0:
        front["id"] = choice.of(IDS)
    headline, stamp = choice.of(HEADLINES), choice.of(STAMPS)
    newsroom.write(name, headline, stamp=stamp, lead=choice.of(LEADS), rest=choice.of(RESTS), **front)


@pytest.mark.parametrize("seed", range(4))
def test_a_library_that_saw_each_change_and_a_new_one_publish_the_same(tmp_path: Path, seed: int) -> None:
    choice = Choice(seed)
    newsroom = Newsroom.make(tmp_path / "a")
    now = datetime(2026, 1, 1, 12)  # noqa: DTZ001 (written as UTC)
    for _ in range(14):
        for _ in range(choice.of([1, 1, 2, 3])):
            edit(newsroom, choice)
        now += timedelta(hours=1)
        other = newsroom.copy_to(tmp_path / "b")
        runs = [each.build(now=f"{now.isoformat()}Z") for each in (newsroom, other)]
        assert runs[0].code == runs[1].code, [run.told for run in runs]
        assert newsroom.site() == other.site()
        assert newsroom.lines() == other.lines()
        shutil.rmtree(other.folder)
