"""Reports of a series begin with one paragraph: each is an article, whatever becomes of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newsroom import Newsroom

LEAD = "Das Wetter in Weißrussland, zusammengestellt vom Hydrometeorologischen Dienst der Republik."


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    write(newsroom, 1)
    newsroom.build_well(now=at(1))
    return newsroom


def at(day: int) -> str:
    return f"2024-06-{day:02}T12:00:00Z"


def write(newsroom: Newsroom, day: int, headline: str = "", hour: int = 8, stamp_day: int | None = None) -> None:
    """The report of a day, with a headline of its own if none is given."""
    rest = f"In Ort{day} ist es {day}{day} Grad, Sprecherin{day} warnt vor Hagel{day} und Sturm{day}."
    stamp = f"{stamp_day or day} Juni 2024, {hour:02}:00"
    newsroom.write(f"{day}.txt", headline or f"Wetter am {day}. Juni", stamp=stamp, lead=LEAD, rest=rest)


def build(newsroom: Newsroom, day: int) -> dict[str, str]:
    """Build on a day; the ids by headline, the same as with a library made anew."""
    newsroom.build_well(now=at(day))
    return newsroom.ids()


def test_a_report_never_takes_the_place_of_one_that_was_deleted(newsroom: Newsroom) -> None:
    first = newsroom.ids()
    write(newsroom, 2)
    both = build(newsroom, 2)
    assert len(both) == 2
    (newsroom.folder / "seeds/1.txt").unlink()
    build(newsroom, 3)
    write(newsroom, 4)
    later = build(newsroom, 4)
    assert set(later) == {"Wetter am 2. Juni", "Wetter am 4. Juni"}
    assert later["Wetter am 4. Juni"] not in first.values()
    assert not newsroom.entries("korrekturen")


def test_a_report_never_takes_the_place_of_one_that_was_withdrawn(newsroom: Newsroom) -> None:
    assert newsroom.feeds("withdraw", "seeds/1.txt", "--reason", "Falsch", "--now", at(1)).code == 0
    (newsroom.folder / "seeds/1.txt").unlink()
    write(newsroom, 2)
    assert "Wetter am 2. Juni" in build(newsroom, 2)


def test_the_others_stay_when_one_is_erased(newsroom: Newsroom) -> None:
    write(newsroom, 2)
    before = build(newsroom, 2)
    assert newsroom.feeds("erase", "seeds/1.txt", "--yes", "--now", at(2)).code == 0
    (newsroom.folder / "seeds/1.txt").unlink()
    write(newsroom, 3)
    write(newsroom, 2, "Wetter am Montag")
    after = build(newsroom, 3)
    assert set(after) == {"Wetter am Montag", "Wetter am 3. Juni"}
    assert after["Wetter am Montag"] == before["Wetter am 2. Juni"]


@pytest.mark.parametrize(("headline", "hour", "stamp_day"), [("Wetter am Sonntag", 8, None), ("", 9, None), ("", 8, 5)])
def test_a_corrected_report_stays_the_article_that_it_was(
    newsroom: Newsroom, headline: str, hour: int, stamp_day: int | None
) -> None:
    write(newsroom, 2)
    before = build(newsroom, 2)
    write(newsroom, 2, headline, hour, stamp_day)
    after = build(newsroom, 6)
    assert after[headline or "Wetter am 2. Juni"] == before["Wetter am 2. Juni"]
    assert len(after) == 2
