"""What operators order: withdraw, restore, erase; and what corrections leave behind."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest

from tests.newsroom import SETTINGS, Newsroom

LATER, THEN = "2026-02-02T02:02:02Z", "2026-02-03T03:03:03Z"
TITLE = "Brücke eröffnet"
PACKED = 200
"""Bytes of a packed entry by which it is known."""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    return newsroom


@pytest.mark.parametrize("by", ["id", "path", "file", "./file", "whole path"])
def test_withdrawing_puts_a_notice_in_the_articles_place(newsroom: Newsroom, by: str) -> None:
    line = next(line for line in newsroom.lines() if "brucke" in line["path"] or "bruecke" in line["path"])
    target = {"id": line["id"], "path": line["path"], "file": "seeds/a.txt"}.get(by)
    target = target or {"./file": "./seeds/a.txt", "whole path": str(newsroom.folder / "seeds/a.txt")}[by]
    run = newsroom.feeds("withdraw", target, "--reason", "Stimmt nicht.", "--now", LATER)
    assert run.code == 0, run.told
    entry = next(entry for entry in newsroom.entries() if entry.id == line["id"])
    assert entry.title == f"Zurückgezogen: {TITLE}"
    assert entry.updated == LATER
    assert "Stimmt nicht." in entry.content[0].value
    assert "Mehr dazu später" not in entry.content[0].value
    assert newsroom.parse().feed.updated == LATER


def test_a_withdrawal_survives_builds_and_a_lost_library_until_it_is_restored(newsroom: Newsroom) -> None:
    newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    other = newsroom.copy_to(newsroom.folder.parent / "other")
    other.build_well(now="2026-02-10T00:00:00Z")
    assert other.site() == newsroom.site()
    assert newsroom.feeds("restore", "seeds/a.txt", "--now", "2026-02-11T00:00:00Z").code == 0
    assert TITLE in newsroom.ids()


def test_an_article_is_known_by_its_file_on_another_machine(newsroom: Newsroom) -> None:
    other = newsroom.copy_to(newsroom.folder.parent / "other")
    run = other.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    assert run.code == 0, run.told
    other.build_well(now=LATER)
    assert f"Zurückgezogen: {TITLE}" in other.ids()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_is_known_in_whatever_form_its_umlauts_are_typed(
    newsroom: Newsroom, form: Literal["NFC", "NFD"]
) -> None:
    name = normalize(form, "übung größe.txt")
    newsroom.write(name, "Eine Übung")
    newsroom.build_well()
    typed = normalize("NFC" if form == "NFD" else "NFD", f"seeds/{name}")
    run = newsroom.feeds("withdraw", typed, "--reason", "Irrtum", "--now", LATER)
    assert run.out.startswith("withdrawn: 'Eine Übung'")
    (newsroom.folder / "seeds" / name).unlink()
    assert "restored: 'Eine Übung'" in newsroom.feeds("restore", typed, "--now", LATER).out
    # Of two files, the one whose name is typed is meant.
    newsroom.write(name, "Eine Übung")
    newsroom.write(normalize("NFC" if form == "NFD" else "NFD", name), "Ein Versuch", stamp="24 Juni 2024, 10:00")
    newsroom.build_well(now=LATER)
    assert newsroom.feeds("erase", typed, "--yes", "--now", LATER).out.startswith("erased: 'Ein Versuch'")


def test_a_reason_may_hold_what_feeds_may_not(newsroom: Newsroom) -> None:
    run = newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "Ein\x0bFehler\x00", "--now", LATER)
    assert run.code == 0, run.told
    entry = next(entry for entry in newsroom.entries() if entry.title == f"Zurückgezogen: {TITLE}")
    assert "Ein Fehler" in entry.content[0].value


def test_the_notice_becomes_a_tombstone_alone(newsroom: Newsroom) -> None:
    identifier = newsroom.ids()[TITLE]
    newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    newsroom.build_well(now="2026-03-05T00:00:00Z")
    assert identifier not in newsroom.ids().values()
    body = (newsroom.public / "atom.xml").read_text(encoding="utf-8")
    assert f'<at:deleted-entry ref="{identifier}" when="2026-03-04T02:02:02Z"/>' in body
    assert newsroom.parse().feed.updated == "2026-03-04T02:02:02Z"


def test_what_is_erased_is_nowhere_and_never_comes_back(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", rest="Sie nannte den geheimen Satz.")
    newsroom.build_well(now="2026-01-15T00:00:00Z")
    packed = newsroom.packed_entry(newsroom.ids()[TITLE])[:PACKED]
    assert packed in newsroom.library.read_bytes()
    run = newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER)
    assert run.code == 0, run.told
    assert "https://example.org/politik/atom.xml" in run.out
    (newsroom.folder / "seeds" / "a.txt").rename(newsroom.folder / "seeds" / "wieder.txt")
    again = newsroom.build(now="2026-02-03T00:00:00Z")
    assert "wieder.txt: was erased by order" in again.err
    for path in newsroom.folder.rglob("*"):
        if path.is_file() and "seeds" not in path.parts:
            data = path.read_bytes()
            for secret in ("geheimen Satz", TITLE, "bruecke-eroeffnet"):
                assert secret.encode() not in data, path
            assert packed not in data, path
    lost = newsroom.copy_to(newsroom.folder.parent / "lost")
    lost.build(now="2026-02-03T00:00:00Z")
    assert lost.site() == newsroom.site()


def test_no_line_of_an_erased_page_without_a_layout_is_kept(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace('layout = "belta"\n', ""))
    seed = newsroom.folder / "seeds/a.txt"
    text = "Kopf\n\nSie nannte es\n\n25.06.2024, 14:05\n\nDer geheime Satz steht hier, und er ist lang genug.\n\nFuß\n"
    seed.write_text(f"---\npublished: 2024-06-25 14:05\n---\n{text}", encoding="utf-8")
    newsroom.build_well()
    assert b"geheime Satz" in newsroom.library.read_bytes()
    assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER).code == 0
    for rest in ("", "Nachtrag.\n"):
        seed.write_text(f"---\npublished: 2024-06-25 14:05\n---\n{text}{rest}", encoding="utf-8")
        newsroom.build(now="2026-02-03T00:00:00Z")
        for path in newsroom.library.parent.iterdir():
            assert b"geheime Satz" not in path.read_bytes()


def test_orders_are_carried_out_in_the_folder_that_is_named(newsroom: Newsroom) -> None:
    site = newsroom.site()
    newsroom.build_well("--output", "anderswo")
    feed = newsroom.folder / "anderswo/atom.xml"
    for command, text, is_there in (
        (["withdraw"], "Zurückgezogen: ", True),
        (["restore"], "Zurückgezogen: ", False),
        (["erase", "--yes"], TITLE, False),
    ):
        run = newsroom.feeds(*command, "seeds/a.txt", "--output", "anderswo", "--now", LATER)
        assert run.code == 0, run.told
        assert (text in feed.read_text(encoding="utf-8")) == is_there, command
    assert newsroom.site() == site


def test_orders_leave_addresses_and_the_settings_of_hosts_as_they_were(newsroom: Newsroom) -> None:
    elsewhere = ("--base-url", "https://anderswo.example/x/", "--now", LATER)
    run = newsroom.feeds("build", "--compress", *elsewhere)
    assert run.code == 0, run.told
    hosts = {name for name in newsroom.site() if name.startswith("_") or name.endswith(".gz")}
    for command, is_gone in ((["withdraw"], True), (["restore"], False), (["erase", "--yes"], True)):
        run = newsroom.feeds(*command, "seeds/a.txt", *elsewhere)
        assert run.code == 0, run.told
        site = newsroom.site()
        assert hosts & {"_nginx.conf", "atom.xml.gz"} <= site.keys(), command
        assert (b"return 410" in site["_nginx.conf"]) == is_gone, command
        assert b"https://example.org/" not in site["atom.xml"], command
        assert gzip.decompress(site["atom.xml.gz"]) == site["atom.xml"], command


@pytest.mark.parametrize("command", ["withdraw", "restore", "erase"])
def test_an_unknown_target_is_a_clear_error(newsroom: Newsroom, command: str) -> None:
    run = newsroom.feeds(command, "seeds/gibt-es-nicht.txt")
    assert run.code == 1
    assert "no article has this id, address or file: 'seeds/gibt-es-nicht.txt'" in run.err
    run = newsroom.feeds(command, os.fsdecode(b"seeds/\xff.txt"))
    assert run.code == 1
    assert "no article has a name that is not UTF-8: 'seeds/\\udcff.txt'" in run.err


def test_the_list_of_corrections_is_no_category(newsroom: Newsroom) -> None:
    page = (newsroom.public / "korrekturen/index.html").read_text(encoding="utf-8")
    assert "Blatt: was an Meldungen berichtigt oder zurückgezogen wurde und warum" in page
    assert "Diesen Feed abonnieren" in page
    assert "Hier steht noch nichts." in page
    assert "Rubrik abonnieren" not in page


def test_a_correction_is_told_in_the_text_and_in_a_feed_of_its_own(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", rest="Weniger dazu später.", reason="Eine Zahl war falsch.")
    newsroom.build_well(now=LATER)
    entry = next(entry for entry in newsroom.entries() if entry.title == TITLE)
    assert entry.content[0].value.endswith("<p>Korrektur vom 2. Februar 2026: Eine Zahl war falsch.</p>")
    (correction,) = newsroom.entries("korrekturen")
    assert correction.title == f"Korrektur: {TITLE}"
    assert correction.updated == LATER
    assert "Eine Zahl war falsch." in correction.summary
    assert correction.id != entry.id
    assert "Eine Zahl war falsch." in (newsroom.public / "korrekturen/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["order", "front matter", "deletion"])
def test_what_is_published_again_word_for_word_is_no_correction(tmp_path: Path, by: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '\n[feeds]\nvanished = "withdraw"\n')
    page = newsroom.write("a.txt")
    newsroom.build_well()
    text = page.read_bytes()
    if by == "order":
        newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "Stimmt nicht.", "--now", LATER)
        newsroom.feeds("restore", "seeds/a.txt", "--now", THEN)
    else:
        if by == "deletion":
            page.unlink()
        else:
            newsroom.write("a.txt", status="withdrawn", reason="Stimmt nicht.")
        newsroom.build_well(now=LATER)
        page.write_bytes(text)
        newsroom.build_well(now=THEN)
    (told,) = newsroom.entries("korrekturen")
    assert told.title == f"Wieder veröffentlicht: {TITLE}"
    assert told.summary == "Diese Meldung ist seit dem 3. Februar 2026 wieder veröffentlicht."
    (entry,) = newsroom.entries()
    assert entry.updated == THEN
    assert "Korrektur" not in entry.content[0].value
    other = newsroom.copy_to(tmp_path / "other")
    other.build_well(now=THEN)
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()
    # Corrected while it was withdrawn, it is corrected.
    newsroom.feeds("withdraw", "seeds/a.txt", "--now", "2026-02-04T00:00:00Z")
    newsroom.write("a.txt", rest="Weniger dazu später.")
    newsroom.feeds("restore", "seeds/a.txt", "--now", "2026-02-05T00:00:00Z")
    assert [told.title for told in newsroom.entries("korrekturen")] == [
        f"Korrektur: {TITLE}",
        f"Wieder veröffentlicht: {TITLE}",
    ]


def test_a_reason_is_that_of_the_correction_it_came_with(newsroom: Newsroom, tmp_path: Path) -> None:
    def tell(day: int, rest: str, reason: str | None) -> list[str]:
        newsroom.write("a.txt", rest=rest, **({} if reason is None else {"reason": reason}))
        newsroom.build_well(now=f"2026-02-0{day}T00:00:00Z")
        return [told.summary.partition("berichtigt.")[2].strip() for told in newsroom.entries("korrekturen")]

    assert tell(1, "Weniger.", "Eine Zahl.") == ["Grund: Eine Zahl."]
    assert tell(2, "Noch weniger.", "Eine Zahl.") == ["", "Grund: Eine Zahl."]
    text = next(entry for entry in newsroom.entries() if entry.title == TITLE).content[0].value
    assert text.endswith("<p>Korrektur vom 1. Februar 2026: Eine Zahl.</p>")
    # Written or changed later, it is that of the last one.
    assert tell(3, "Noch weniger.", "Ein Name.") == ["Grund: Ein Name.", "Grund: Eine Zahl."]
    assert tell(4, "Noch weniger.", "Zwei Namen.") == ["Grund: Zwei Namen.", "Grund: Eine Zahl."]
    assert tell(5, "Noch weniger.", None) == ["", "Grund: Eine Zahl."]
    assert tell(6, "Nichts.", None) == ["", "", "Grund: Eine Zahl."]
    other = newsroom.copy_to(tmp_path / "other")
    other.build_well(now="2026-02-06T00:00:00Z")
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()
    # A withdrawal has its own, too.
    newsroom.write("a.txt", rest="Nichts.", reason="Eine Zahl.")
    newsroom.build_well(now="2026-02-07T00:00:00Z")
    newsroom.feeds("withdraw", "seeds/a.txt", "--now", "2026-02-08T00:00:00Z")
    assert newsroom.entries("korrekturen")[0].summary.endswith("zurückgezogen.")


def test_corrections_of_one_run_stand_in_one_order_in_feed_and_page(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", rest="Weniger dazu später.")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00", rest="Weniger dazu später.")
    newsroom.build_well(now=LATER)
    titles = [entry.title.removeprefix("Korrektur: ") for entry in newsroom.entries("korrekturen")]
    page = (newsroom.public / "korrekturen/index.html").read_text(encoding="utf-8")
    assert sorted(titles) == sorted([TITLE, "Etwas anderes"])
    assert sorted(titles, key=page.index) == titles


def test_entries_of_corrections_link_to_places_that_pages_have(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", rest="Weniger dazu später.")
    newsroom.build_well(now=LATER)
    newsroom.feeds("withdraw", "seeds/b.txt", "--now", LATER)
    newsroom.write("a.txt", rest="Nichts.")
    newsroom.build_well(now=THEN)
    links = [told.link for told in newsroom.entries("korrekturen")]
    assert [link.partition("#")[2] for link in links] == ["korrekturen-2", "korrekturen-1", "korrekturen-1"]
    for link in links:
        path, _, mark = link.removeprefix("https://example.org/").partition("#")
        assert f'<span id="{mark}"></span>' in (newsroom.public / path / "index.html").read_text(encoding="utf-8")
    assert newsroom.feeds("check", "--strict", "public").code == 0


def test_reading_the_same_file_otherwise_corrects_nothing(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an upgrade: the words differ, the file doesn't."""
    monkeypatch.setattr("feeds.ingest.seeds.reading.digest_words", lambda _article: "0123456789abcdef")
    newsroom.library.unlink()
    newsroom.build_well(now=LATER)
    assert all(entry.updated < LATER for entry in newsroom.entries())
    assert {line["words"] for line in newsroom.lines()} == {"0123456789abcdef"}


@pytest.mark.parametrize("policy", ["remove", "withdraw", "keep"])
def test_a_vanished_seed_follows_the_policy(tmp_path: Path, policy: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + f'\n[feeds]\nvanished = "{policy}"\n')
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    identifier = newsroom.ids()[TITLE]
    (newsroom.folder / "seeds" / "a.txt").unlink()
    newsroom.build_well(now=LATER)
    titles = {entry.id: entry.title for entry in newsroom.entries()}
    wanted = {"remove": None, "withdraw": "Zurückgezogene Meldung", "keep": TITLE}
    assert titles.get(identifier) == wanted[policy]
    if policy != "keep":
        lost = newsroom.copy_to(tmp_path / "lost")
        lost.build_well(now="2026-02-03T00:00:00Z")
        assert lost.site() == newsroom.site()


def test_an_erased_text_does_not_come_back_when_another_article_takes_its_address(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    url = "https://deu.belta.by/politics/view/ein-urteil-4711-2024"
    page = {"headline": "Max Muster verurteilt", "lead": "Max Muster wurde gestern verurteilt, wie es hieß."}
    newsroom.write("x.txt", **page)
    newsroom.build_well()
    assert newsroom.feeds("erase", "seeds/x.txt", "--yes", "--now", LATER).code == 0
    (newsroom.folder / "seeds" / "x.txt").unlink()
    # Crawled again, with its address this time; then corrected, without the name.
    newsroom.write("f.txt", url=url, **page)
    newsroom.build(now="2026-02-03T00:00:00Z")
    newsroom.write("e.txt", "Urteil gefallen", lead="Ein Mann wurde gestern verurteilt, wie es hieß.", url=url)
    newsroom.write("h.txt", url=f"{url}-amp", **page)
    for day in (4, 5):
        lost = newsroom.copy_to(tmp_path / f"lost {day}")
        for room in (newsroom, lost):
            run = room.build(now=f"2026-02-0{day}T00:00:00Z")
            for name in "feh":
                assert f"{name}.txt: was erased by order" in run.err
            assert room.ids() == {}
        assert lost.site() == newsroom.site()
        assert lost.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_what_waits_of_an_erased_text_does_not_come_back_either(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    url = "https://deu.belta.by/politics/view/ein-urteil-4711-2024"
    page = {"headline": "Max Muster verurteilt", "lead": "Max Muster wurde gestern verurteilt, wie es hieß."}
    newsroom.write("x.txt", **page)
    newsroom.write("f.txt", url=url, status="draft", **page)
    newsroom.build_well()
    assert newsroom.feeds("erase", "seeds/x.txt", "--yes", "--now", LATER).code == 0
    newsroom.write("e.txt", "Urteil gefallen", lead="Ein Mann wurde gestern verurteilt, wie es hieß.", url=url)
    newsroom.build(now="2026-02-03T00:00:00Z")
    lost = newsroom.copy_to(tmp_path / "lost")
    assert "f.txt: was erased by order" in lost.build(now="2026-02-03T00:00:00Z").err
    assert lost.site() == newsroom.site()


@pytest.mark.parametrize("front", [{"status": "draft"}, {"published": "2030-01-01T10:00:00+01:00"}])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_copy_that_waits_is_erased_too(newsroom: Newsroom, front: dict[str, str], when: str) -> None:
    url = "https://deu.belta.by/politics/view/bruecke-eroeffnet-4711-2024"
    newsroom.write("a.txt", url=url)
    newsroom.build_well(now="2026-01-02T00:00:00Z")
    for step in ("before", "after"):
        if step == when:
            newsroom.write("kopie.txt", rest="Sie nannte den geheimen Satz.", url=url, **front)
            newsroom.build(now="2026-01-15T00:00:00Z")
        if step == "before":
            assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER).code == 0
    assert b"geheimen Satz" not in newsroom.library.read_bytes()
    assert "kopie.txt: was erased by order" in newsroom.build(now="2026-02-03T00:00:00Z").err


@pytest.mark.parametrize("is_old", [False, True], ids=["kinds", "without kinds"])
def test_another_article_with_the_first_paragraph_of_an_erased_one_stays(tmp_path: Path, *, is_old: bool) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    phrase = "MINSK, 25. Juni (BelTA) – Das sind die Meldungen des Tages."
    urls = {name: f"https://deu.belta.by/politics/view/der-tag-{number}-2024/" for number, name in enumerate("abc")}
    for name, url in urls.items():
        status = "draft" if name == "c" else "published"
        newsroom.write(f"{name}.txt", f"Der Tag {name}", lead=phrase, rest=f"Text {name}.", url=url, status=status)
    newsroom.build_well()
    assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER).code == 0
    newsroom.write("c.txt", "Der Tag c", lead=phrase, rest="Text c.", url=urls["c"])
    run = newsroom.build(now=LATER)
    assert run.err.count("was erased by order") == 1
    assert newsroom.ids().keys() == {"Der Tag b", "Der Tag c"}
    other = newsroom.copy_to(tmp_path / "other")
    if is_old:
        # Nothing tells them from those of the erased article.
        told = other.ledger.read_text(encoding="utf-8")
        other.ledger.write_text(re.sub(r"erased:\w+:", "erased:", told), encoding="utf-8")
        assert other.build(now=LATER).err.count("was erased by order") == 3
    else:
        other.build(now=LATER)
        assert other.site() == newsroom.site()


@pytest.mark.parametrize("is_series", [True, False])
def test_a_salutation_tells_of_no_erased_letter_where_another_of_the_day_has_it(
    tmp_path: Path, *, is_series: bool
) -> None:
    newsroom, phrase = Newsroom.make(tmp_path / "room"), "Sehr geehrte Redaktion,"
    newsroom.write("a.txt", "Zum Radweg", lead=phrase, rest="Der Radweg endet plötzlich mitten auf der Kreuzung.")
    if is_series:
        newsroom.write("b.txt", "Zum Theater", lead=phrase, rest="Endlich spielen wieder Stücke für Großeltern.")
    newsroom.build_well()
    assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER).code == 0
    (newsroom.folder / "seeds" / "a.txt").unlink()
    newsroom.write("c.txt", "Zur Müllabfuhr", lead=phrase, rest="Warum bleibt unsere Tonne dienstags stehen?")
    newsroom.build(now=LATER)
    assert newsroom.ids().keys() == ({"Zum Theater", "Zur Müllabfuhr"} if is_series else set())
    other = newsroom.copy_to(tmp_path / "other")
    # The text itself is known by its headline and time.
    newsroom.write("d.txt", "Zum Radweg", lead=phrase, rest="Der Radweg endet plötzlich mitten auf der Kreuzung.")
    assert "seeds/d.txt: was erased by order" in newsroom.build(now=LATER).err
    other.build(now=LATER)
    assert other.site() == newsroom.site()


def test_no_feed_keeps_the_name_of_an_erased_author(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '\n[feeds]\nsets = ["tag"]\n')
    newsroom.write("a.txt", tags="Erika Geheim")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    assert (newsroom.public / "thema/erika-geheim/atom.xml").is_file()
    assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER).code == 0
    assert not (newsroom.public / "thema").exists()
    assert "geheim" not in newsroom.ledger.read_text(encoding="utf-8").casefold()
    other = newsroom.copy_to(tmp_path / "other")
    other.build(now=LATER)
    assert other.site() == newsroom.site()


@pytest.mark.parametrize("is_open", [False, True], ids=["all is well", "another page is broken"])
def test_no_remark_keeps_a_name_of_what_is_erased(tmp_path: Path, *, is_open: bool) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[[rules]]\nagency = "Geheimdienste"\ncontent = "summary"\n')
    newsroom.write("a.txt", lead="MINSK, 25. Juni (Geheimdienst) – Noch ein Satz, der steht da.")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    assert "did you mean 'Geheimdienst'?" in newsroom.build_well().err
    if is_open:
        (newsroom.folder / "seeds/c.txt").write_text("---\n: [\n---\n", encoding="utf-8")
    assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", LATER).code == 0
    (newsroom.folder / "seeds/a.txt").unlink()
    run = newsroom.build(now=LATER)
    assert "no article has this agency: 'Geheimdienste'\n  so far the rule binds none" in run.err
    for path in newsroom.library.parent.rglob("*"):
        # In the library the name of the rule stands without the article's, which it begins with.
        assert path.is_dir() or b"Geheimdienst" not in path.read_bytes().replace(b"Geheimdienste", b""), path


VANISHED = ["remove", "withdraw", "keep"]


@pytest.mark.parametrize("policy", VANISHED)
@pytest.mark.parametrize("by", ["order", "front matter"])
def test_a_withdrawal_stands_when_its_file_is_deleted(tmp_path: Path, policy: str, by: str) -> None:
    """As long as any notice does, then as a tombstone, with its date and its reason."""
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + f'\n[feeds]\nvanished = "{policy}"\n')
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    # Seen later than it was published, so that the ledger must know when.
    newsroom.write("a.txt")
    newsroom.build_well(now="2026-01-15T00:00:00Z")
    identifier = newsroom.ids()[TITLE]
    if by == "order":
        assert newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "Stimmt nicht.", "--now", LATER).code == 0
    else:
        newsroom.write("a.txt", status="withdrawn", reason="Stimmt nicht.")
        newsroom.build_well(now=LATER)
    (newsroom.folder / "seeds/a.txt").unlink()
    run = newsroom.build_well("--gate", now="2026-02-03T00:00:00Z")
    assert "removed without" not in run.out
    for feed in ("", "politik"):
        (entry,) = [entry for entry in newsroom.entries(feed) if entry.id == identifier]
        assert (entry.title, entry.published, entry.updated) == (
            "Zurückgezogene Meldung",
            "2024-06-25T11:05:00Z",
            LATER,
        )
        assert "Stimmt nicht." in entry.content[0].value
    (told,) = newsroom.entries("korrekturen")
    assert "Stimmt nicht." in told.summary
    assert_same_elsewhere(newsroom, now="2026-02-04T00:00:00Z")
    newsroom.build_well(now="2026-03-05T00:00:00Z")
    body = (newsroom.public / "atom.xml").read_text(encoding="utf-8")
    assert f'<at:deleted-entry ref="{identifier}" when="2026-03-04T02:02:02Z"/>' in body
    assert_same_elsewhere(newsroom, now="2026-03-06T00:00:00Z")
    newsroom.write("a.txt")
    newsroom.build_well(now="2026-03-07T00:00:00Z")
    line = next(line for line in newsroom.lines() if line["id"] == identifier)
    if by == "order":
        assert line["reason"] == "Stimmt nicht."
        assert newsroom.feeds("restore", "seeds/a.txt", "--now", "2026-03-08T00:00:00Z").code == 0
        line = next(line for line in newsroom.lines() if line["id"] == identifier)
    assert not {"reason", "withdrawn", "published", "left"} & line.keys()
    assert TITLE in newsroom.ids()


def test_what_was_restored_has_no_text_until_its_file_is_back(newsroom: Newsroom) -> None:
    identifier = newsroom.ids()[TITLE]
    newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now="2026-02-03T00:00:00Z")
    run = newsroom.feeds("restore", identifier, "--now", "2026-02-04T00:00:00Z")
    assert run.code == 0
    assert f"note: {identifier}: is still withdrawn: its file is gone" in run.err
    newsroom.write("a.txt")
    newsroom.build_well(now="2026-02-05T00:00:00Z")
    assert newsroom.ids()[TITLE] == identifier


@pytest.mark.parametrize("policy", VANISHED)
@pytest.mark.parametrize("how", ["order", "front matter", "vanished"])
def test_a_withdrawal_outlasts_a_draft_of_its_article(tmp_path: Path, policy: str, how: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + f'\n[feeds]\nvanished = "{policy}"\n')
    newsroom.write("a.txt")
    newsroom.build_well()
    if how == "order":
        assert newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER).code == 0
    elif how == "front matter":
        newsroom.write("a.txt", status="withdrawn")
    else:
        (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    newsroom.write("a.txt", status="draft")
    newsroom.build_well(now="2026-02-03T00:00:00Z")
    is_withdrawn = how != "vanished" or policy == "withdraw"
    if is_withdrawn:
        assert "Zurückgezogene Meldung" in newsroom.ids()
    if policy != "keep" or is_withdrawn:
        assert_same_elsewhere(newsroom, now="2026-02-04T00:00:00Z")


def test_a_vanished_article_may_be_withdrawn_without_its_date(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '\n[feeds]\nvanished = "withdraw"\n')
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    newsroom.write("a.txt", reason="Eine Zahl war falsch.")
    newsroom.build_well(now=LATER)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well("--gate", now="2026-02-03T00:00:00Z")
    (entry,) = [entry for entry in newsroom.entries() if entry.title == "Zurückgezogene Meldung"]
    assert entry.published == LATER
    # That was the reason of a correction.
    assert "Eine Zahl" not in entry.content[0].value
    assert_same_elsewhere(newsroom, now="2026-02-04T00:00:00Z")


def assert_same_elsewhere(newsroom: Newsroom, now: str) -> None:
    """Without its library, another machine makes the same site."""
    other = newsroom.copy_to(newsroom.folder.parent / f"other {now[:10]}")
    other.build_well(now=now)
    assert other.site() == newsroom.site()


def test_an_order_may_name_the_id_in_front_matter(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room")
    (room.folder / "seeds" / "weg.txt").write_text(
        "---\nid: weg\ntitle: Weg damit\npublished: 2024-06-20 10:00\n---\nDer Text ist falsch gewesen.\n",
        encoding="utf-8",
    )
    room.build_well()
    run = room.feeds("withdraw", "weg", "--now", "2026-01-02T12:00:00Z")
    assert run.code == 0, run.told
    assert "Weg damit" not in room.ids()
