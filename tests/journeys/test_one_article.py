"""One article, many files: what belongs together is one article with its corrections, what doesn't is two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.newsroom import SEED, SETTINGS, Newsroom

URL = "https://deu.belta.by/politics/view/bruecke-eroeffnet-65969-2024/"
LATER = "2026-02-02T02:02:02Z"
FIRST = "Brücke eröffnet"
PLAIN = """\
[site]
base_url = "https://example.org/"
id = "blatt"
"""
PARAGRAPH = (
    "Am Dienstag ist in der Stadt die neue Brücke über den Fluss eröffnet worden, wie das Rathaus mitteilte. "
    "Sie hat zwölf Millionen Euro gekostet und soll den Verkehr im Zentrum entlasten."
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", url=URL)
    newsroom.build_well()
    return newsroom


def write_plain(
    newsroom: Newsroom, name: str, headline: str, stamp: str, *, text: str = PARAGRAPH, url: str = ""
) -> None:
    """A page of no known layout."""
    front = f"---\nurl: {url}\n---\n" if url else ""
    page = f"{front}{headline}\n{stamp}\n{text}\nDie Arbeiten dauerten drei Jahre, und nun ist alles fertig.\n"
    (newsroom.folder / "seeds" / name).write_text(page, encoding="utf-8")


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("https", "http"),
        URL.replace("https://deu.", "https://m.deu."),
        URL.replace("https://deu.", "https://www.deu.").rstrip("/"),
        URL + "?utm_source=x&fbclid=1",
        URL + "#kommentare",
    ],
)
def test_the_same_page_by_another_address_is_one_article(newsroom: Newsroom, url: str) -> None:
    ids = newsroom.ids()
    newsroom.write("zweiter-lauf/b.txt", url=url)
    assert "1 article" in newsroom.build_well(now=LATER).out
    assert newsroom.ids() == ids
    assert not newsroom.lines()[0].get("corrected")


def test_a_copy_under_another_name_is_one_article(newsroom: Newsroom) -> None:
    ids = newsroom.ids()
    newsroom.write("kopie.txt", url=URL)
    newsroom.write("noch eine kopie.txt")
    assert "1 article" in newsroom.build_well(now=LATER).out
    assert newsroom.ids() == ids


@pytest.mark.parametrize("url", [URL, None])
def test_a_corrected_version_is_one_article_with_its_correction(tmp_path: Path, url: str | None) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    front = {"url": url} if url else {}
    newsroom.write("a.txt", rest="Die Brücke ist 300 Meter lang.", **front)
    newsroom.build_well()
    ids = newsroom.ids()
    newsroom.write("b.txt", rest="Die Brücke ist 310 Meter lang.", updated="2024-06-25T18:00:00+03:00", **front)
    newsroom.build_well(now=LATER)
    assert newsroom.ids() == ids
    (entry,) = newsroom.entries()
    assert "310 Meter" in entry.content[0].value
    (line,) = newsroom.lines()
    assert len(line["corrected"]) == 1


def test_a_corrected_version_with_a_newer_stamp_and_headline_is_one_article(newsroom: Newsroom) -> None:
    ids = set(newsroom.ids().values())
    newsroom.write("b.txt", "Brücke doch nicht eröffnet", stamp="25 Juni 2024, 18:30", url=URL, rest="Anders.")
    newsroom.build_well(now=LATER)
    assert set(newsroom.ids().values()) == ids
    assert set(newsroom.ids()) == {"Brücke doch nicht eröffnet"}


def test_of_two_crawls_of_one_stamp_the_later_day_gives_the_text(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    later = newsroom.write("a.txt", rest="Der Stand vom Samstag.", url=URL)
    newsroom.write("b.txt", rest="Der Stand vom Freitag.", url=URL)
    later.write_text(later.read_text(encoding="utf-8").replace("Freitag, 19 Juli", "Samstag, 20 Juli"), "utf-8")
    newsroom.build_well()
    (entry,) = newsroom.entries()
    assert "Der Stand vom Samstag." in entry.content[0].value


def test_two_reports_on_one_event_minutes_apart_are_two(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Minister lobt neue Brücke", stamp="25 Juni 2024, 14:09", url=URL.replace("65969", "65970"))
    newsroom.write("c.txt", "Verkehr rollt über neue Brücke", stamp="25 Juni 2024, 14:11")
    assert "3 articles" in newsroom.build_well(now=LATER).out


def test_two_reports_of_one_minute_and_headline_with_two_numbers_are_two(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", FIRST, lead="BREST, 25. Juni (BelTA) – Anderswo.", url=URL.replace("65969", "65970"))
    assert "2 articles" in newsroom.build_well(now=LATER).out


def test_two_reports_without_addresses_that_differ_in_headline_and_text_are_two(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", PLAIN)
    write_plain(newsroom, "a.txt", "Neue Brücke ist offen", "25.06.2024, 14:05 Uhr")
    other = PARAGRAPH.replace("wie das Rathaus mitteilte", "sagte der Bürgermeister")
    write_plain(newsroom, "b.txt", "Bürgermeister: Brücke entlastet Stadt", "25.06.2024, 14:09 Uhr", text=other)
    assert "2 articles" in newsroom.build_well().out


WEATHER = "Der Deutsche Wetterdienst gibt für die Region die folgende Vorhersage heraus. Sie gilt für einen Tag."


def write_weather(newsroom: Newsroom, day: int, *, rest: str = "", url: str = "") -> None:
    rest = rest or f"In Ort{day} regnet es, im Süden scheint die Sonne bei {day} Grad."
    newsroom.write(f"w{day}.txt", f"Wetter am {day}. Juni", lead=WEATHER, rest=rest, stamp=f"{day} Juni 2024, 06:00",
                   **({"url": url} if url else {}))  # fmt: skip


def test_daily_reports_that_begin_with_one_paragraph_are_one_a_day(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    for day in (10, 11, 12):
        write_weather(newsroom, day)
    run = newsroom.build_well("--strict")
    assert "3 articles" in run.out
    scratch = newsroom.copy_to(tmp_path / "scratch")
    (scratch.folder / "ledger.jsonl").unlink()
    scratch.build_well()
    assert scratch.site() == newsroom.site()
    # One a day, and each stays what it is.
    days = Newsroom.make(tmp_path / "days")
    for day in (10, 11, 12):
        write_weather(days, day)
        days.build_well(now=f"2024-06-{day}T12:00:00Z")
    assert days.ids() == newsroom.ids()
    assert not any(line.get("corrected") for line in days.lines())


def test_a_daily_report_that_goes_as_the_next_one_comes_is_not_corrected_by_it(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    for day in (10, 11):
        write_weather(newsroom, day)
    newsroom.build_well()
    before = newsroom.ids()
    (newsroom.folder / "seeds/w10.txt").unlink()
    write_weather(newsroom, 12)
    newsroom.build_well(now=LATER)
    assert newsroom.ids().keys() == {"Wetter am 11. Juni", "Wetter am 12. Juni"}
    assert newsroom.ids()["Wetter am 12. Juni"] not in before.values()
    assert not any(line.get("corrected") for line in newsroom.lines())


LONG = (
    "Nach zwei Jahren Bauzeit wurde gestern die neue Brücke über den Fluss feierlich freigegeben, sagte das Bauamt. "
    "Sie ist 310 Meter lang, hat zwölf Millionen Euro gekostet und soll den Verkehr im Zentrum der Stadt entlasten."
)


@pytest.mark.parametrize(
    ("rests", "url", "articles"),
    [
        (("Mehr dazu später.", "Mehr dazu später."), "", "2 articles"),
        (("Mehr dazu später.", "Mehr dazu später."), URL, "1 article"),
        ((LONG.replace("310", "300"), LONG), "", "2 articles"),
        ((LONG.replace("310", "300"), LONG), URL, "1 article"),
    ],
    ids=["short", "short at one address", "a number differs", "a number differs at one address"],
)
def test_a_text_of_another_day_and_headline_that_begins_alike_is_another_article_unless_its_publisher_names_both(
    tmp_path: Path, rests: tuple[str, str], url: str, articles: str
) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    for day, rest in zip((10, 11), rests, strict=True):
        write_weather(newsroom, day, rest=rest, url=url)
    assert newsroom.build_well().out.splitlines()[0].endswith(f"; {articles}")


def test_a_source_without_a_layout_joins_by_address_and_by_report(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", PLAIN)
    headline, stamp, url = "Neue Brücke ist offen", "25.06.2024, 14:05 Uhr", "https://blatt.example/lokales/bruecke"
    write_plain(newsroom, "a.txt", headline, stamp, url=url)
    write_plain(newsroom, "b.txt", headline, stamp, url="http://m.blatt.example/lokales/bruecke/?utm_medium=y")
    write_plain(newsroom, "c.txt", headline, stamp)
    assert "1 article" in newsroom.build_well().out


def test_a_crawl_with_address_and_one_without_meet_whatever_comes_first(tmp_path: Path) -> None:
    one, other = Newsroom.make(tmp_path / "a"), Newsroom.make(tmp_path / "b")
    for newsroom, names in ((one, ("a.txt", "b.txt")), (other, ("b.txt", "a.txt"))):
        for name in names:
            newsroom.write(name, **({"url": URL} if name == "a.txt" else {}))
            assert "1 article" in newsroom.build_well().out
    # Whichever was published first has minted the id: the ledger keeps it.
    assert one.ids() != other.ids()
    scratch = Newsroom.make(tmp_path / "c")
    for name in ("a.txt", "b.txt"):
        scratch.write(name, **({"url": URL} if name == "a.txt" else {}))
    scratch.build_well()
    assert scratch.ids() == one.ids()


def test_the_first_seed_crawled_again_is_one_article(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    again = SEED.read_text(encoding="utf-8").replace("Freitag, 19 Juli 2024", "Montag, 22 Juli 2024")
    (newsroom.folder / "seeds/noch-einmal.txt").write_text(again, encoding="utf-8")
    assert "1 article" in newsroom.build_well().out


LEAD = "MINSK, 25. Juni (BelTA) – Brücke eröffnet, so steht es fest."
NEW_HOST = "https://anderswo.example/pfad/"


@pytest.mark.parametrize(
    ("url", "name", "changes", "with_ledger", "without"),
    [
        (None, "unten/b.txt", {}, True, True),
        (URL, "b.txt", {"url": URL.replace("https://deu.", "http://m.deu.")}, True, True),
        (URL, "a.txt", {"url": "https://deu.belta.by/society/view/neu-65969-2024/"}, True, True),
        (URL, "a.txt", {"url": "https://deu.belta.by/society/view/ohne-nummer/"}, True, False),
        (URL, "a.txt", {"headline": "Neu gefasst", "lead": "Neu.", "stamp": "26 Juni 2024, 10:00"}, True, True),
        (None, "a.txt", {"headline": "Neu gefasst", "lead": LEAD}, True, False),
        (None, "a.txt", {"stamp": "25 Juni 2024, 15:00"}, True, False),
        (None, "a.txt", {"headline": "Neu gefasst", "lead": "Neu.", "stamp": "26 Juni 2024, 10:00"}, False, False),
        (URL, "a.txt", {"url": None}, True, False),
        (None, "a.txt", {"category": "Kultur"}, True, True),
    ],
)
def test_where_natural_keys_reach(
    tmp_path: Path, url: str | None, name: str, changes: dict[str, str | None], *, with_ledger: bool, without: bool
) -> None:
    for number, keeps in enumerate((with_ledger, without)):
        newsroom = Newsroom.make(tmp_path / str(number))
        first = newsroom.write("a.txt", **({"url": url} if url else {}))
        newsroom.build_well()
        before = set(newsroom.ids().values())
        first.unlink()
        told = {"url": url, **changes}
        newsroom.write(name, **{key: value for key, value in told.items() if value is not None})
        if number:
            newsroom.library.unlink()
            newsroom.ledger.unlink()
        newsroom.build_well(now=LATER)
        assert (set(newsroom.ids().values()) == before) is keeps, "without the ledger" if number else "with it"


@pytest.mark.parametrize(
    ("settings", "keeps"),
    [
        (SETTINGS.replace("https://example.org/", "http://example.org/").replace('id = "blatt"\n', ""), True),
        (SETTINGS.replace("https://example.org/", NEW_HOST).replace('id = "blatt"\n', ""), False),
        (SETTINGS.replace("https://example.org/", NEW_HOST), True),
    ],
)
def test_where_ids_go_when_the_site_moves_without_its_ledger(tmp_path: Path, settings: str, *, keeps: bool) -> None:
    before = SETTINGS if 'id = "blatt"' in settings else SETTINGS.replace('id = "blatt"\n', "")
    newsroom = Newsroom.make(tmp_path / "room", before)
    newsroom.write("a.txt")
    newsroom.build_well()
    ids = newsroom.ids()
    newsroom.library.unlink()
    newsroom.ledger.unlink()
    newsroom.configure(settings)
    if not keeps:
        # All is new: it might as well be another project, whose build takes no site away.
        assert "holds the site of another ledger" in newsroom.build(now=LATER).err
        shutil.rmtree(newsroom.public)
    newsroom.build_well(now=LATER)
    assert (newsroom.ids() == ids) is keeps
