"""However texts came and went: a library that saw each change and one made anew from the ledger publish the same."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.edits import Choice
from benchmarks.histories import HISTORIES, RULED, SETTINGS, Step, find_difference, reduce_history, write_step
from tests.newsroom import Newsroom


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", HISTORIES)
def test_a_library_that_saw_each_change_and_a_new_one_publish_the_same(tmp_path: Path, kind: str, seed: int) -> None:
    newsroom = Newsroom.make(tmp_path / "a", SETTINGS.format(content="none"))
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for step in HISTORIES[kind](Choice(seed), 10):
        write_step(newsroom.folder / "seeds", step)
        now += timedelta(hours=1)
        other = newsroom.copy_to(tmp_path / "b")
        runs = [each.build(now=now.isoformat()) for each in (newsroom, other)]
        again = newsroom.copy_to(tmp_path / "c")
        runs.append(again.build(now=now.isoformat()))
        assert len({run.code for run in runs}) == 1, [run.told for run in runs]
        assert newsroom.site() == other.site() == again.site()
        assert newsroom.lines() == other.lines() == again.lines()
        for each in (other, again):
            shutil.rmtree(each.folder)


# The first ones made another of the next run, when texts that rules withhold came to published articles, or left them.
@pytest.mark.parametrize("seed", [11, 38, 65, *range(103, 106)])
@pytest.mark.parametrize("kind", HISTORIES)
def test_the_next_run_changes_nothing(kind: str, seed: int) -> None:
    assert find_difference(list(HISTORIES[kind](Choice(seed), 10))) is None


def test_other_rules_group_files_again() -> None:
    thefts, fires = "Ein Fahrrad wurde am Bahnhof gestohlen.", "Am Morgen brannte eine Scheune, der Schaden ist hoch."
    report = {"headline": "Polizeibericht", "stamp": "25 Juni 2024, 10:00", "lead": thefts, "rest": "Mehr dazu später."}
    url = "https://deu.belta.by/politics/view/polizeibericht-65969-2024/"
    first: Step = [
        ("f.txt", {**report, "url": url}),
        ("d.txt", {**report, "lead": fires}),
        ("e.txt", {**report, "headline": "Neue Brücke ist offen", "stamp": "26 Juni 2024, 09:00"}),
    ]
    # Withheld, it stays an article of its own; else it is the later version of the report.
    later = {**report, "stamp": "25 Juni 2024, 14:05", "rest": "Mehr steht nun fest.", "category": "Sport"}
    assert find_difference([first, [("e.txt", later)], [(RULED, {"content": "full"})]]) is None


def test_what_differs_is_reduced_to_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    history = list(HISTORIES["conflicts"](Choice(1), 10))
    wanted = next(page for step in history for _, page in step if page and "url" in page)

    def look(history: list[list[tuple[str, dict[str, str] | None]]]) -> str | None:
        urls = [page.get("url") for step in history for _, page in step if page]
        return "other" if wanted["url"] in urls else None

    monkeypatch.setattr("benchmarks.histories.find_difference", look)
    ((only,),) = reduce_history(history)
    assert only[1] is not None
    assert only[1]["url"] == wanted["url"]
    assert "id" not in only[1]
