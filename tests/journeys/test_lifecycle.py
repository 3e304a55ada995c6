"""An article's life: draft, embargo, publication, correction, removal, return, withdrawal."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.store import open_library
from feeds.store.due import load_ahead
from tests.newsroom import NOW, SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"
LAST = "2026-03-03T03:03:03Z"
TITLE = "Brücke eröffnet"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("z.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    return newsroom


def updated_of(newsroom: Newsroom, title: str = TITLE) -> str:
    return str(next(entry.updated for entry in newsroom.entries() if entry.title == title))


def test_a_new_article_moves_no_other_entry(newsroom: Newsroom) -> None:
    before = {entry.id: entry.updated for entry in newsroom.entries()}
    newsroom.write("b.txt", "Die dritte Nachricht", category="Kultur")
    run = newsroom.build_well(now=LATER)
    assert "1 read, 1 new, 0 changed, 2 unchanged" in run.out
    after = {entry.id: entry.updated for entry in newsroom.entries()}
    assert before.items() <= after.items()
    assert newsroom.parse().feed.updated == LATER  # first seen now, though its page is older
    assert newsroom.parse("politik").feed.updated < LATER


def test_only_documents_that_changed_are_written(newsroom: Newsroom) -> None:
    before = newsroom.site()
    newsroom.write("b.txt", "Die dritte Nachricht", category="Kultur")
    newsroom.build_well(now=LATER)
    newsroom.write("b.txt", "Die dritte Nachricht", category="Kultur", rest="Mehr davon.")
    stamps = {path: (newsroom.public / path).stat().st_mtime_ns for path in newsroom.site()}
    newsroom.build_well(now=LAST)
    written = {path for path, stamp in stamps.items() if (newsroom.public / path).stat().st_mtime_ns != stamp}
    assert written
    assert not [path for path in written if path.startswith("politik/")]
    for path in ("politik/atom.xml", "politik/rss.xml", "politik/feed.json"):
        assert newsroom.site()[path] == before[path]


@pytest.mark.parametrize(
    ("rest", "moves"),
    [
        ("Mehr dazu später.", False),
        ("Mehr  dazu\u00a0 später.", False),
        ("Mehr dazu – später!", False),
        ("Weniger dazu später.", True),
        ("Mehr dazu später. Und noch mehr.", True),
    ],
)
def test_updated_moves_only_where_words_changed(newsroom: Newsroom, rest: str, *, moves: bool) -> None:
    before = updated_of(newsroom)
    newsroom.write("a.txt", rest=rest)
    newsroom.build_well(now=LATER)
    assert (updated_of(newsroom) == LATER) is moves
    assert (updated_of(newsroom) == before) is not moves


def test_published_never_moves(newsroom: Newsroom) -> None:
    before = {entry.title: entry.published for entry in newsroom.entries()}
    newsroom.write("a.txt", rest="Ein ganz neuer Text.")
    newsroom.build_well(now=LATER)
    assert {entry.title: entry.published for entry in newsroom.entries()} == before


def test_a_removed_seed_leaves_the_feeds_and_moves_their_date(newsroom: Newsroom) -> None:
    ids = newsroom.ids()
    text = (newsroom.folder / "seeds/a.txt").read_bytes()
    page = newsroom.public / newsroom.lines()[1]["path"].strip("/") / "index.html"
    assert page.is_file()
    (newsroom.folder / "seeds/a.txt").unlink()
    run = newsroom.build_well(now=LATER)
    assert "1 removed" in run.out
    assert set(newsroom.ids()) == {"Etwas anderes"}
    assert newsroom.parse("politik").feed.updated == newsroom.parse().feed.updated == LATER
    assert not page.exists()
    (newsroom.folder / "seeds/neu.txt").write_bytes(text)
    newsroom.build_well(now=LAST)
    assert newsroom.ids() == ids
    assert newsroom.parse("politik").feed.updated == newsroom.parse().feed.updated == LAST
    assert page.is_file()


def test_the_last_article_of_a_category_leaves_an_empty_valid_feed(newsroom: Newsroom) -> None:
    for path in (newsroom.folder / "seeds").iterdir():
        path.unlink()
    newsroom.build_well(now=LATER)
    parsed = newsroom.parse("politik")
    assert parsed.entries == []
    assert parsed.feed.updated == LATER


def test_a_draft_is_not_published_and_a_published_one_leaves(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Noch im Entwurf", status="draft")
    run = newsroom.build_well(now=LATER)
    assert "1 draft" in run.out
    assert "Noch im Entwurf" not in newsroom.ids()
    newsroom.write("b.txt", "Noch im Entwurf")
    newsroom.write("a.txt", status="draft")
    newsroom.build_well(now=LAST)
    assert set(newsroom.ids()) == {"Noch im Entwurf", "Etwas anderes"}


def test_an_embargo_hides_until_its_instant(newsroom: Newsroom) -> None:
    site = newsroom.site()
    newsroom.write("b.txt", "Gesperrt bis Mittag", published="2026-06-01T12:00:00+02:00")
    run = newsroom.build_well(now="2026-06-01T09:59:59Z")
    assert "1 under embargo, the next until 2026-06-01T10:00:00Z" in run.out
    assert newsroom.site() == site
    assert not [line for line in newsroom.lines() if "gesperrt" in line["path"]]
    run = newsroom.build_well(now="2026-06-01T10:00:00Z")
    assert "0 read" in run.out
    assert newsroom.ids()["Gesperrt bis Mittag"]
    assert "2026-06-01T10:00:00Z" in updated_of(newsroom, "Gesperrt bis Mittag")


def test_the_embargo_of_a_day_ends_as_it_begins_there(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Am ersten Juni", published="2026-06-01")
    newsroom.build_well(now="2026-05-31T20:59:59Z")
    assert "Am ersten Juni" not in newsroom.ids()
    newsroom.build_well(now="2026-05-31T21:00:00Z")  # 0:00 in Minsk
    assert newsroom.ids()["Am ersten Juni"]


def test_a_day_that_was_corrected_dates_nothing_in_the_future(newsroom: Newsroom) -> None:
    newsroom.write("tag.txt", "Am Tag danach", published="2026-01-01")
    newsroom.build_well(now="2026-01-01T18:00:00Z")
    newsroom.write("tag.txt", "Am Tag danach", published="2026-01-02")
    newsroom.build_well(now="2026-01-02T05:00:00Z")
    assert newsroom.entries()[0].published == "2026-01-01T21:00:00Z"
    assert newsroom.feeds("check", "--strict", "--now", "2026-01-02T05:00:00Z").code == 0
    newsroom.build_well(now="2026-01-02T12:00:00Z")
    assert newsroom.entries()[0].published == "2026-01-01T21:00:00Z"


def test_an_earlier_now_hides_again_what_was_released(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Gesperrt bis Mittag", published="2026-06-01T12:00:00+02:00")
    newsroom.build_well(now="2026-06-02T00:00:00Z")
    ids = newsroom.ids()
    newsroom.build_well(now="2026-05-01T00:00:00Z")
    assert "Gesperrt bis Mittag" not in newsroom.ids()
    newsroom.build_well(now="2026-06-03T00:00:00Z")
    assert newsroom.ids() == ids


def test_a_change_that_is_still_to_come_dates_nothing_until_it_has_come(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.write("b.txt", "Von morgen", stamp="24 Juni 2024, 11:00", updated="2099-01-01 12:00")
    run = newsroom.build_well()
    assert "note: seeds/b.txt:2: the change lies more than a day ahead, so it is not believed before that" in run.err
    before, (page,) = newsroom.site(), newsroom.public.glob("artikel/*/von-morgen/index.html")
    assert updated_of(newsroom, "Von morgen") == "2024-06-24T08:00:00Z"
    assert newsroom.parse().feed.updated == NOW
    assert "2099" not in page.read_text(encoding="utf-8")
    newsroom.build_well(now="2098-12-31T08:00:00Z")
    assert newsroom.site() == before
    newsroom.build_well(now="2098-12-31T10:00:00Z")
    assert updated_of(newsroom, "Von morgen") == newsroom.parse().feed.updated == "2099-01-01T09:00:00Z"
    assert "2099" in page.read_text(encoding="utf-8")
    other = newsroom.copy_to(tmp_path / "other")
    other.build_well(now="2098-12-31T10:00:00Z")
    assert other.site() == newsroom.site()
    newsroom.build_well()
    assert newsroom.site() == before


def test_a_change_to_come_of_an_article_that_left_wakes_no_run(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Von morgen", stamp="24 Juni 2024, 11:00", updated="2099-01-01 12:00")
    newsroom.build_well()
    (newsroom.folder / "seeds/b.txt").unlink()
    newsroom.build_well(now=LATER)
    newsroom.build_well(now="2099-02-01T10:00:00Z")
    with closing(open_library(newsroom.folder / ".feeds/library.sqlite")) as library, library.read() as connection:
        assert load_ahead(connection) == {}


@pytest.mark.parametrize(
    ("zone", "start"), [("Europe/Berlin", "2024-07-02T22:00:00Z"), ("America/New_York", "2024-07-03T04:00:00Z")]
)
@pytest.mark.parametrize("hours", [25, 24, 23])
def test_a_change_is_told_not_to_be_believed_where_it_is_not(
    newsroom: Newsroom, zone: str, start: str, hours: int
) -> None:
    newsroom.configure(f'{SETTINGS}timezone = "{zone}"\n')
    newsroom.write("b.txt", "Von morgen", published="2024-06-24", updated="2024-07-03")
    now = datetime.fromisoformat(start) - timedelta(hours=hours)
    run = newsroom.build_well(now=f"{now:%Y-%m-%dT%H:%M:%SZ}")
    is_believed = hours <= 24
    assert (updated_of(newsroom, "Von morgen") == start) == is_believed
    assert ("so it is not believed before that" in run.err) != is_believed


def test_a_withdrawn_article_becomes_its_notice_on_the_same_id(newsroom: Newsroom) -> None:
    ids = newsroom.ids()
    newsroom.write("a.txt", status="withdrawn", reason="Die Brücke war keine.")
    newsroom.build_well(now=LATER)
    (entry,) = [entry for entry in newsroom.entries() if entry.id == ids[TITLE]]
    assert entry.title == f"Zurückgezogen: {TITLE}"
    assert entry.updated == LATER
    assert "Die Brücke war keine." in entry.content[0].value
    texts = [body.decode() for path, body in newsroom.site().items() if path.endswith((".xml", ".json", ".html"))]
    assert not [text for text in texts if f"{TITLE}, so steht es fest" in text]
    newsroom.write("a.txt")
    newsroom.build_well(now=LAST)
    assert newsroom.ids() == ids
    assert updated_of(newsroom) == LAST


def test_equal_times_are_nudged_and_stay_so(newsroom: Newsroom) -> None:
    for number in range(3):
        newsroom.write(f"g{number}.txt", f"Gleichzeitig {'abc'[number]}", lead=f"Text {'abc'[number]}.")
    newsroom.build_well(now=LATER)
    updated = {entry.id: entry.updated for entry in newsroom.entries()}
    assert len(set(updated.values())) == len(updated)
    published = {entry.published for entry in newsroom.entries() if "Gleich" in entry.title}
    assert published == {"2024-06-25T11:05:00Z"}
    newsroom.write("g9.txt", "Gleichzeitig d", lead="Text d.")
    newsroom.build_well(now=LAST)
    assert updated.items() <= {entry.id: entry.updated for entry in newsroom.entries()}.items()


def test_a_removed_category_is_gone_and_its_articles_stay_in_the_feed_of_all(newsroom: Newsroom) -> None:
    ids = newsroom.ids()
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Politik"\nremoved = true\n')
    newsroom.build_well(now=LATER)
    assert newsroom.ids() == ids
    assert not (newsroom.public / "politik").exists()
    page = (newsroom.public / newsroom.lines()[0]["path"].strip("/") / "index.html").read_text(encoding="utf-8")
    assert '<a href="../../../">Blatt</a>' in page


def test_settings_change_what_is_published(newsroom: Newsroom) -> None:
    newsroom.configure(
        SETTINGS.replace('title = "Blatt"', 'title = "Zeitung"\nrights = "© Blatt"')
        + '[feeds]\nentries = 1\ncontent = "summary"\n[[categories]]\nlabel = "politik"\ntitle = "Aus der Politik"\n'
    )
    newsroom.build_well(now=NOW)
    parsed = newsroom.parse("politik")
    assert len(parsed.entries) == 1
    assert not parsed.entries[0].get("content")
    assert "Aus der Politik" in parsed.feed.title
    assert "Zeitung" in parsed.feed.title
    assert parsed.feed.rights == "© Blatt"


def test_two_corrections_of_one_second_are_one(newsroom: Newsroom) -> None:
    for rest in ("Es kam anders.", "Es kam noch einmal anders."):
        newsroom.write("a.txt", rest=rest)
        newsroom.build_well(now=LATER)
    assert len(newsroom.entries("korrekturen")) == 1


def test_a_text_from_before_1970_is_dated_as_it_was_published(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", published="1961-08-13 14:05")
    newsroom.build_well()
    (entry,) = newsroom.entries()
    assert entry.published == entry.updated == "1961-08-13T11:05:00Z"
