"""An article's id stays: whatever is renamed, moved, corrected or crawled again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.ingest.identity.groups import MAX_HOLDERS
from tests.newsroom import BASE, SETTINGS, Newsroom

URL = "https://deu.belta.by/politics/view/bruecke-eroeffnet-65969-2024/"
OTHER = URL.replace("65969", "65970")
TAG = "tag:blatt.example,2024:zwei"
PLAIN = "https://deu.belta.by/politics/view/neue-bruecke/"
LATER = "2026-02-02T02:02:02Z"
FIRST = "Brücke eröffnet"
SEED = "seeds/a.txt"


def rename(newsroom: Newsroom) -> None:
    (newsroom.folder / SEED).rename(newsroom.folder / "seeds/ganz-anders.txt")


def move_folder(newsroom: Newsroom) -> None:
    (newsroom.folder / "seeds").rename(newsroom.folder / "texte")
    newsroom.configure(SETTINGS.replace('folder = "seeds"', 'folder = "texte"'))


def rename_category(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nslug = "staat"\nwas = ["politik"]\n')


def recategorise(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", category="Kultur", url=URL)


def go_to_https(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS.replace(BASE, BASE.replace("https", "http")).replace('id = "blatt"\n', ""))


def change_host(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS.replace(BASE, "https://anderswo.example/pfad/").replace('id = "blatt"\n', ""))


def correct_headline(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", "Brücke wieder eröffnet", lead=f"MINSK, 25. Juni (BelTA) – {FIRST}, so steht es fest.")


def correct_lead(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", FIRST, lead="MINSK, 25. Juni (BelTA) – Ganz anders war es.")


def correct_all_but_the_address(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", "Doch keine Brücke", lead="Ein neuer Text.", stamp="26 Juni 2024, 08:00", url=URL)


def crawl_again_with_address(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", url=URL)


def crawl_again_without_address(newsroom: Newsroom) -> None:
    newsroom.write("b.txt")


def lose_the_address(newsroom: Newsroom) -> None:
    newsroom.write("a.txt")


def change_section_and_slug_in_the_address(newsroom: Newsroom) -> None:
    address = "http://www.deu.belta.by/society/view/ein-anderer-titel-65969-2024?utm_source=x"
    newsroom.write("a.txt", "Neu gefasst", lead="Neuer Text.", url=address)


def correct_the_number_in_the_address(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", url=OTHER)
    newsroom.write("z.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00", url=URL)


def give_an_id(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", url=URL, id="nr-17")


def lose_the_library(newsroom: Newsroom) -> None:
    newsroom.library.unlink()


CHANGES = [
    rename, move_folder, rename_category, recategorise, go_to_https, change_host, correct_all_but_the_address,
    crawl_again_with_address, crawl_again_without_address, lose_the_address, change_section_and_slug_in_the_address,
    correct_the_number_in_the_address, give_an_id, lose_the_library,
]  # fmt: skip
WITHOUT_ADDRESS = [
    rename, move_folder, rename_category, recategorise, go_to_https, change_host, correct_headline, correct_lead,
    crawl_again_with_address, crawl_again_without_address, lose_the_library,
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "url"), [*((change, URL) for change in CHANGES), *((change, None) for change in WITHOUT_ADDRESS)]
)
def test_the_id_stays(tmp_path: Path, change: Callable[[Newsroom], None], url: str | None) -> None:
    newsroom = Newsroom.make(tmp_path / "a", SETTINGS.replace('id = "blatt"\n', ""))
    newsroom.write("a.txt", **({"url": url} if url else {}))
    newsroom.write("z.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    ids, paths = set(newsroom.ids().values()), {line["path"] for line in newsroom.lines()}
    change(newsroom)
    run = newsroom.build_well(now=LATER)
    assert "2 articles" in run.out
    assert set(newsroom.ids().values()) == ids
    assert {line["path"] for line in newsroom.lines()} == paths


def test_the_id_stays_by_its_file_where_its_source_is_renamed(tmp_path: Path) -> None:
    settings = SETTINGS.replace('layout = "belta"\n', "")
    newsroom = Newsroom.make(tmp_path / "a", settings)
    text = '---\ntitle: "Radwege"\npublished: 2024-06-25 14:05\n---\nGestern wurden endlich neue Radwege eröffnet.\n'
    (newsroom.folder / "seeds" / "a.md").write_text(text, encoding="utf-8")
    newsroom.build_well()
    ids = newsroom.ids()
    newsroom.configure(settings.replace('name = "seeds"', 'name = "redaktion"'))
    newsroom.build_well(now=LATER)
    assert newsroom.ids() == ids
    assert len(newsroom.lines()) == 1


@pytest.mark.parametrize("change", [rename_category, go_to_https, change_host, lose_the_library])
def test_the_ids_of_feeds_stay(tmp_path: Path, change: Callable[[Newsroom], None]) -> None:
    newsroom = Newsroom.make(tmp_path / "a", SETTINGS.replace('id = "blatt"\n', ""))
    newsroom.write("a.txt")
    newsroom.build_well()
    before = {newsroom.parse().feed.id, newsroom.parse("politik").feed.id}
    change(newsroom)
    newsroom.build_well(now=LATER)
    slug = "staat" if change is rename_category else "politik"
    assert {newsroom.parse().feed.id, newsroom.parse(slug).feed.id} == before


def test_a_renamed_category_keeps_its_entries_though_pages_print_the_old_name(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt")
    newsroom.build_well()
    rename_category(newsroom)
    newsroom.write("b.txt", "Noch eine Nachricht")
    newsroom.build_well(now=LATER)
    assert set(newsroom.ids("staat")) == {FIRST, "Noch eine Nachricht"}
    assert not (newsroom.public / "politik").exists()


def test_two_categories_may_swap_their_slugs(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", "Eins ist da", category="Alpha")
    newsroom.write("b.txt", "Zwei ist da", category="Beta")
    newsroom.build_well()
    ids = {slug: newsroom.parse(slug).feed.id for slug in ("alpha", "beta")}
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Gamma"\nwas = ["beta"]\n')
    newsroom.build_well(now=LATER)
    assert newsroom.parse("gamma").feed.id == ids["beta"]
    assert newsroom.parse("alpha").feed.id == ids["alpha"]


def test_an_iri_in_the_front_matter_is_the_id(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", id="tag:blatt.example,2020:4711")
    newsroom.build_well()
    assert set(newsroom.ids().values()) == {"tag:blatt.example,2020:4711"}


def test_an_id_with_odd_characters_is_found_again(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", id="a b\u3000„ü“\x7f")
    newsroom.build_well()
    ids = newsroom.ids()
    newsroom.library.unlink()
    newsroom.write("a.txt", "Alles ist neu", stamp="1 Juli 2024, 09:00", id="a b\u3000„ü“\x7f")
    newsroom.build_well(now=LATER)
    assert list(newsroom.ids().values()) == list(ids.values())


def test_of_two_crawls_the_newest_update_gives_the_text(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", url=URL, updated="2024-06-25T18:00:00+03:00", rest="Der neue Stand.")
    newsroom.write("b.txt", url=URL, rest="Der alte Stand.")
    newsroom.build_well()
    (entry,) = newsroom.entries()
    assert "Der neue Stand." in entry.content[0].value
    assert "Der alte Stand." not in entry.content[0].value


CONFLICT = [("a.txt", "Eins ist da", "24 Juni 2024, 10:00"), ("b.txt", "Zwei ist da", "25 Juni 2024, 10:00")]


@pytest.mark.parametrize("published", ["a.txt", "b.txt"])
def test_two_articles_on_one_id_are_an_error_and_the_published_one_stays(tmp_path: Path, published: str) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    texts = {name: (headline, stamp) for name, headline, stamp in CONFLICT}
    headline, stamp = texts[published]
    newsroom.write(published, headline, stamp=stamp, url=URL)
    newsroom.build_well()
    ids = newsroom.ids()
    for name, (title, stamp) in texts.items():
        newsroom.write(name, title, stamp=stamp, url=URL)
    newsroom.write("c.txt", "Ein dritter Bericht")
    other = next(name for name in texts if name != published)
    for _ in range(2):  # told in every run, not only in the one that finds it
        run = newsroom.build(now=LATER)
        assert run.code == 1
        assert f"error: seeds/{other}:2: is another article than seeds/{published}" in run.err
        assert ids.items() <= newsroom.ids().items()
        assert set(newsroom.ids()) == {headline, "Ein dritter Bericht"}
    machine = newsroom.copy_to(tmp_path / "b")
    assert machine.build(now=LATER).code == 1
    assert machine.site() == newsroom.site()


def test_the_published_one_stays_without_a_library_too_though_it_is_changed_as_another_takes_its_id(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("b.txt", "Zwei ist da", stamp="25 Juni 2024, 10:00", url=URL)
    newsroom.build_well()
    newsroom.write("b.txt", "Zwei ist da", stamp="25 Juni 2024, 10:00", url=URL, rest="Das ist neu.")
    for name, headline in (("a.txt", "Eins ist da"), ("c.txt", "Drei ist da")):
        newsroom.write(name, headline, stamp="24 Juni 2024, 10:00", url=URL)
    machine = newsroom.copy_to(tmp_path / "b")
    for each in (newsroom, machine):
        run = each.build(now=LATER)
        assert run.err.count("is another article than seeds/b.txt, but claims the same id") == 2
    assert machine.site() == newsroom.site()


def test_an_article_that_left_all_feeds_is_not_taken_up_by_the_first_paragraph_of_another(tmp_path: Path) -> None:
    newsroom, lead = Newsroom.make(tmp_path / "a"), "Heute ist das Wetter wie folgt, meldet der Dienst."
    newsroom.write("a.txt", "Wetter a.txt", lead=lead, url=URL, stamp="24 Juni 2024, 10:00")
    newsroom.write("b.txt", "Wetter b.txt", lead=lead, url=OTHER)
    newsroom.build_well()
    before = newsroom.ids()
    (newsroom.folder / SEED).unlink()
    newsroom.build_well(now=LATER)
    newsroom.write("b.txt", "Wetter, korrigiert", lead=lead)
    newsroom.build_well(now=LATER)
    assert newsroom.ids() == {"Wetter, korrigiert": before["Wetter b.txt"]}


def test_a_conflict_that_was_published_changes_nothing_in_the_next_build(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("e.txt", "Polizeibericht", lead=SERIES[0], rest="")
    newsroom.build_well()
    newsroom.write("b.txt", "Polizeibericht", lead=SERIES[1], rest="", id="eins")
    newsroom.build_well(now=LATER)
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert len(newsroom.ids()) == 1
    assert len(newsroom.entries()) == 2
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_a_conflict_names_the_file_that_has_the_same_id_and_that(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", "Eins ist da", stamp="24 Juni 2024, 10:00", url=URL)
    newsroom.write("c.txt", "Eins ist da", stamp="24 Juni 2024, 10:00", url=URL, id="eins")
    newsroom.write("d.txt", "Zwei ist da", stamp="25 Juni 2024, 10:00", url=f"{URL}-2", id="eins")
    for _ in range(2):
        run = newsroom.build(now=LATER)
        assert run.code == 1
        assert (
            "error: seeds/d.txt:3: is another article than seeds/c.txt, but claims the same id: 'id:eins'\n" in run.err
        )


def test_a_conflict_ends_when_one_of_the_two_is_corrected(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    for name, headline, stamp in CONFLICT:
        newsroom.write(name, headline, stamp=stamp, url=URL)
    assert newsroom.build().code == 1
    newsroom.write("b.txt", "Zwei ist da", stamp="25 Juni 2024, 10:00", url=OTHER)
    newsroom.build_well(now=LATER)
    assert set(newsroom.ids()) == {"Eins ist da", "Zwei ist da"}


def test_a_conflict_ends_when_the_other_file_gets_another_id(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_reports(newsroom, {}, {})
    assert newsroom.build().code == 1
    write_reports(newsroom, {"id": "eins"}, {"id": "zwei"})
    assert "2 articles" in newsroom.build_well(now=LATER).out
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.site() == newsroom.site()


def test_an_address_that_a_file_had_by_mistake_goes_to_the_file_that_it_belongs_to(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_conflict(newsroom, {"url": PLAIN})
    newsroom.build_well()
    before = newsroom.ids()
    write_conflict(newsroom, {"url": PLAIN}, {"url": PLAIN})
    assert newsroom.build(now=LATER).code == 1
    write_conflict(newsroom, {"url": f"{PLAIN}neu/"})
    assert "2 articles" in newsroom.build_well(now=LATER).out
    both = newsroom.ids()
    assert both["Eins ist da"] == before["Eins ist da"] != both["Zwei ist da"]
    assert ["url:deu.belta.by/politics/view/neue-bruecke" in line["keys"] for line in newsroom.lines()] == [False, True]
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.site() == newsroom.site()
    # It stays with that file, whatever becomes of either.
    write_conflict(newsroom, {}, {"url": PLAIN, "rest": "Mehr steht nun fest."})
    newsroom.build_well(now=LATER)
    assert newsroom.ids() == both


def write_conflict(newsroom: Newsroom, *fronts: dict[str, str]) -> None:
    for (name, headline, stamp), front in zip(CONFLICT, fronts, strict=False):
        newsroom.write(name, headline, stamp=stamp, **front)


@pytest.mark.parametrize("stay", ["a.txt", "b.txt"])
def test_a_headline_that_is_corrected_binds_no_other_text(tmp_path: Path, stay: str) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    texts = dict(zip(("a.txt", "b.txt"), SERIES, strict=False))
    newsroom.write(stay, "Polizeibericht", lead=texts[stay], rest="")
    newsroom.build_well()
    (identifier,) = newsroom.ids().values()
    write_reports(newsroom, {}, {})
    assert newsroom.build(now=LATER).code == 1
    newsroom.write(stay, "Polizeibericht vom Morgen", lead=texts[stay], rest="")
    assert "2 articles" in newsroom.build_well(now=LATER).out
    assert newsroom.ids()["Polizeibericht vom Morgen"] == identifier
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.site() == newsroom.site()


@pytest.mark.parametrize("identifier", ["zwei", TAG])
def test_an_id_tells_a_report_from_another_with_its_headline_and_time(tmp_path: Path, identifier: str) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_reports(newsroom, {}, {})
    assert "give it an `id` of its own" in newsroom.build().err
    write_reports(newsroom, {}, {"id": identifier})
    assert "2 articles" in newsroom.build_well(now=LATER).out
    both = {entry.id for entry in newsroom.entries()}
    other, first = newsroom.copy_to(tmp_path / "b"), newsroom.copy_to(tmp_path / "c")
    first.ledger.unlink()
    for machine in (other, first):
        machine.build_well(now=LATER)
        assert {entry.id for entry in machine.entries()} == both
    assert other.site() == newsroom.site()


def test_a_refused_text_gives_the_published_one_no_id(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_conflict(newsroom, {"url": PLAIN}, {"url": PLAIN, "id": TAG})
    assert newsroom.build().code == 1
    published = newsroom.ids()
    assert published.keys() == {"Eins ist da"}
    assert TAG not in published.values()
    write_conflict(newsroom, {"url": PLAIN}, {"url": f"{PLAIN}neu/", "id": TAG})
    newsroom.build_well(now=LATER)
    assert newsroom.ids() == {**published, "Zwei ist da": TAG}


def test_a_refused_text_is_that_of_the_file_with_its_id(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_conflict(newsroom, {"url": PLAIN})
    newsroom.build_well()
    write_conflict(newsroom, {}, {"url": PLAIN, "id": "zwei"})
    write_conflict(newsroom, {"url": PLAIN})
    assert newsroom.build(now=LATER).code == 1
    newsroom.write("c.txt", CONFLICT[1][1], stamp=CONFLICT[1][2], id="zwei")
    assert "2 articles" in newsroom.build_well(now=LATER).out
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.site() == newsroom.site()


def test_an_address_is_free_though_its_file_has_a_former_one_of_a_third(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("c.txt", "Drei folgt nun", stamp="26 Juni 2024, 10:00", url=f"{PLAIN}neu/")
    write_conflict(newsroom, {"url": PLAIN})
    newsroom.build_well()
    newsroom.write("c.txt", "Drei folgt nun", stamp="26 Juni 2024, 10:00")
    write_conflict(newsroom, {"url": PLAIN}, {"url": PLAIN})
    assert newsroom.build(now=LATER).code == 1
    write_conflict(newsroom, {"url": f"{PLAIN}neu/"})
    assert "3 articles" in newsroom.build_well(now=LATER).out


def test_a_published_id_stays_that_of_its_article_though_its_file_has_it_no_more(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_conflict(newsroom, {"id": TAG})
    newsroom.build_well()
    write_conflict(newsroom, {}, {"id": TAG})
    assert f"claims the same id: 'id:{TAG}'" in newsroom.build(now=LATER).err
    assert newsroom.ids() == {"Eins ist da": TAG}


def test_two_reports_with_one_headline_and_time_are_told_and_not_lost(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_reports(newsroom, {}, {})
    run = newsroom.build()
    assert run.code == 1
    assert "seeds/b.txt: is another article than seeds/a.txt, but has its headline and its time" in run.err
    assert "correct `title` or `published` of one of the two" in run.err
    write_reports(newsroom, {}, {"title": "Polizeibericht, zweiter Teil"})
    assert "2 articles" in newsroom.build_well(now=LATER).out


def write_reports(newsroom: Newsroom, *fronts: dict[str, str]) -> None:
    for name, text, front in zip(("a.txt", "b.txt"), SERIES, fronts, strict=False):
        newsroom.write(name, "Polizeibericht", lead=text, rest="", **front)


def test_a_conflict_ends_when_the_other_file_goes(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    for name, headline, stamp in CONFLICT:
        newsroom.write(name, headline, stamp=stamp, url=URL)
    assert newsroom.build().code == 1
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    assert set(newsroom.ids()) == {"Zwei ist da"}


def test_a_standing_first_paragraph_joins_no_two_articles(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    for number in range(12):
        newsroom.write(f"{number:02}.txt", f"Das Wetter am {number + 1}.", lead="Heute ist das Wetter wie folgt.",
                       url=URL.replace("65969", str(70000 + number)))  # fmt: skip
    run = newsroom.build_well()
    assert "12 articles" in run.out


SERIES = [
    "Die Feuerwehr bekommt endlich neue Fahrzeuge, teilte Kommandantin Muster mit. Ausgeliefert wird nächsten Herbst.",
    "Das Schwimmbad schließt während der Ferien wegen dringender Reparaturen. Anwohner protestieren heftig dagegen.",
    "Radwege entlang der Bahnstrecke werden asphaltiert; Gutachter fanden Mängel, berichteten mehrere Zeitungen.",
]


def write_series(newsroom: Newsroom, number: int, *, days: int, **front: str) -> None:
    headline, stamp = f"Ausgabe {number}", f"{20 + number * days} Juni 2024, 14:05"
    lead = "Das sind die Meldungen der Woche aus dem Rathaus."
    newsroom.write(f"{number}.txt", headline, lead=lead, rest=SERIES[number - 1], stamp=stamp, **front)


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
def test_articles_of_a_series_that_begin_alike_are_all_published(
    tmp_path: Path, order: tuple[int, ...], days: int
) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    write_series(newsroom, order[0], days=days)
    newsroom.build_well()
    before = newsroom.ids()
    for number in order[1:]:
        write_series(newsroom, number, days=days)
    newsroom.build_well("--strict", now=LATER)
    assert newsroom.ids().keys() == {"Ausgabe 1", "Ausgabe 2", "Ausgabe 3"}
    assert newsroom.ids().items() >= before.items()
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.site() == newsroom.site()


def test_the_ledger_holds_no_word_of_an_article(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", "Geheimnisvolle Überschrift", rest="Vertraulicher Inhalt.")
    newsroom.build_well()
    (line,) = newsroom.lines()
    told = json.dumps({key: value for key, value in line.items() if key != "path"}, ensure_ascii=False)
    assert "eheimnis" not in told
    assert "Inhalt" not in told


REPORTS = (
    "Ein Fahrrad wurde am Bahnhof gestohlen und später gefunden, wie die Wache am Morgen mitteilte.",
    "In der Innenstadt stießen zwei Autos zusammen, verletzt wurde niemand, der Schaden ist hoch.",
    "Unbekannte beschmierten eine Mauer hinter dem Rathaus, Zeugen werden um Hinweise gebeten.",
)


@pytest.mark.parametrize("how", ["delete", "withdraw"])
def test_the_next_report_of_a_day_takes_the_place_of_no_other(tmp_path: Path, how: str) -> None:
    """Nor does its headline tell, where days have no clock; what is rewritten in its file stays itself."""
    newsroom = Newsroom.make(tmp_path / "a")
    path = newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="", stamp="25 Juni 2024")
    newsroom.build_well()
    newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[2], rest="", stamp="25 Juni 2024")
    newsroom.build_well(now=LATER)
    (line,) = newsroom.lines()
    if how == "withdraw":
        assert newsroom.feeds("withdraw", SEED, "--now", LATER).code == 0
    path.unlink()
    newsroom.build_well(now=LATER)
    newsroom.write("b.txt", "Polizeibericht", lead=REPORTS[1], rest="", stamp="25 Juni 2024")
    newsroom.build_well(now=LATER)
    first, second = newsroom.lines()
    assert (first["id"], how == "withdraw") == (line["id"], "withdrawn" in first)
    assert newsroom.ids()["Polizeibericht"] == second["id"]
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_an_id_tells_a_report_from_several_with_its_headline_and_time(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="", url=URL)
    newsroom.write("b.txt", "Polizeibericht", lead=REPORTS[1], rest="", url=OTHER)
    newsroom.build_well()
    newsroom.write("c.txt", "Polizeibericht", lead=REPORTS[2], rest="", id="eigene")
    assert "3 articles" in newsroom.build_well(now=LATER).out


def test_erasing_a_report_leaves_another_with_its_headline_whatever_the_library_knows(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="")
    newsroom.write("b.txt", "Polizeibericht", lead=REPORTS[1], rest="", id="zwei")
    newsroom.build_well()
    assert newsroom.feeds("erase", SEED, "--yes", "--now", LATER).code == 0
    newsroom.build(now=LATER)
    other = newsroom.copy_to(tmp_path / "b")
    other.build(now=LATER)
    assert len(other.entries()) == len(newsroom.entries()) == 1


def test_what_an_erased_report_refused_is_published_whatever_the_library_knows(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="")
    newsroom.write("b.txt", "Etwas anderes", lead=REPORTS[2], stamp="24 Juni 2024, 10:00", url=URL)
    newsroom.build_well()
    newsroom.write("b.txt", "Etwas anderes", lead=REPORTS[2], stamp="24 Juni 2024, 10:00", url=OTHER)
    newsroom.write("c.txt", "Polizeibericht", lead=REPORTS[1], rest="", url=URL)
    assert "c.txt: is another article than seeds/a.txt" in newsroom.build(now=LATER).err
    other = newsroom.copy_to(tmp_path / "b")
    for room in (newsroom, other):
        assert room.feeds("erase", SEED, "--yes", "--now", LATER).code == 0
        run = room.build(now=LATER)
        assert run.err.count("was erased by order") == 1
        assert len(room.entries()) == 2
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_a_text_that_is_known_by_standing_phrases_alone_takes_the_id_of_no_other(tmp_path: Path) -> None:
    newsroom, phrase = Newsroom.make(tmp_path / "a"), "Heute ist das Wetter wie folgt, meldet der Dienst."
    newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="")
    newsroom.build_well()
    for number in range(MAX_HOLDERS + 1):
        lead = " ".join(f"{word}{chr(97 + number) * 3}" for word in REPORTS[1].split())
        newsroom.write(f"b{number}.txt", "Polizeibericht", lead=lead, rest="", id=f"b{number}")
        newsroom.write(f"c{number}.txt", f"Wetter {number}", lead=phrase, id=f"c{number}")
    newsroom.build_well()
    known = {line["id"] for line in newsroom.lines()}
    newsroom.write("d.txt", "Polizeibericht", lead=phrase)
    newsroom.build_well(now=LATER)
    assert len({line["id"] for line in newsroom.lines()} - known) == 1
    assert not [line for line in newsroom.lines() if "left" in line]
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()
    assert other.site() == newsroom.site()


def test_none_of_many_articles_gets_the_id_that_another_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What the ledger knows of the ids is asked for in several batches.
    monkeypatch.setattr("feeds.store.rows.BATCH", 2)
    newsroom = Newsroom.make(tmp_path / "room")

    def write(name: str, day: int, address: str, *, has_id: bool = False) -> None:
        for number in range(5):
            said, stamp = f"{name}{number}", f"{day} Juni 2024, 10:00"
            front = {"url": f"https://deu.belta.by/politics/view/{address}-{number}/"}
            front |= {"id": f"urn:uuid:{number}"} if has_id else {}
            newsroom.write(f"{said}.txt", said, lead=f"Hier geht es um {said}.", rest="", stamp=stamp, **front)

    write("erste", 1, "alt")
    newsroom.build_well()
    before = newsroom.ids()
    write("erste", 1, "neu")
    write("zweite", 2, "alt", has_id=True)
    newsroom.build(now="2026-01-02T00:00:00Z")
    for number in range(5):
        (newsroom.folder / "seeds" / f"zweite{number}.txt").unlink()
    write("dritte", 3, "alt")
    newsroom.build_well(now="2026-01-03T00:00:00Z")
    after = newsroom.ids()
    assert len(set(after.values())) == 10
    assert {headline: after[headline] for headline in before} == before


@pytest.mark.parametrize("front", [{"access": "paid"}, {"id": "urn:uuid:12"}], ids=["withheld", "malformed"])
@pytest.mark.parametrize("removes", [False, True])
def test_an_unpublished_text_is_in_conflict_with_another_whatever_the_library_knows(
    tmp_path: Path, front: dict[str, str], *, removes: bool
) -> None:
    newsroom = Newsroom.make(tmp_path / "room", f'{SETTINGS}\n[[rules]]\naccess = "paid"\ncontent = "none"\n')
    newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="", url=URL, **front)
    newsroom.build()
    newsroom.write("b.txt", "Scheune brennt", lead=REPORTS[2], rest="", stamp="24 Juni 2024, 10:00", url=URL)
    runs = []
    for day in (2, 3):
        if day == 3 and removes:
            (newsroom.folder / "seeds" / "a.txt").unlink()
        elif day == 3:
            newsroom.write("a.txt", "Polizeibericht", lead=REPORTS[0], rest="", url=OTHER, **front)
        other = newsroom.copy_to(tmp_path / f"lost {day}")
        runs = [room.build(now=f"2026-01-0{day}T00:00:00Z").err for room in (newsroom, other)]
        assert ["b.txt:2: is another article than seeds/a.txt" in run for run in runs] == [day == 2] * 2
        assert other.site() == newsroom.site()
        assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()
    assert newsroom.ids().keys() == {"Scheune brennt"}


@pytest.mark.parametrize("front", [{"access": "paid"}, {"id": "urn:uuid:12"}], ids=["withheld", "malformed"])
def test_no_article_gets_the_id_that_another_has_from_an_address_it_had_before(
    tmp_path: Path, front: dict[str, str]
) -> None:
    rule = '\n[[rules]]\naccess = "paid"\ncontent = "none"\n'
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + rule)
    wrong, right = (f"https://deu.belta.by/politics/view/bruecke-{number}-2024/" for number in (1, 2))
    newsroom.write("x.txt", "Brücke eröffnet", url=wrong)
    newsroom.build_well()
    identifier = newsroom.ids()["Brücke eröffnet"]
    newsroom.write("x.txt", "Brücke eröffnet", url=right)
    newsroom.write(
        "z.txt",
        "Haushalt beschlossen",
        stamp="26 Juni 2024, 09:00",
        lead="Der Rat hat den Haushalt beschlossen, gegen die Stimmen zweier Fraktionen.",
        rest="Kämmerer Schmidt sprach gestern.",
        url=wrong,
        **front,
    )
    newsroom.build(now="2026-01-02T00:00:00Z")
    (newsroom.folder / "seeds" / "z.txt").unlink()
    newsroom.write(
        "w.txt",
        "Scheune abgebrannt",
        stamp="27 Juni 2024, 09:00",
        lead="Am Morgen brannte eine Scheune nieder, verletzt wurde niemand.",
        rest="Feuerwehrleute löschten.",
        url=wrong,
    )
    other = newsroom.copy_to(tmp_path / "other")
    for room in (newsroom, other):
        room.build_well(now="2026-01-03T00:00:00Z")
        assert room.ids().keys() == {"Brücke eröffnet", "Scheune abgebrannt"}
        assert room.ids()["Brücke eröffnet"] == identifier
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_keys_of_a_kind_that_another_version_writes_are_kept_and_stop_nothing(tmp_path: Path) -> None:
    # A kind of key is no other form of the ledger: its version stays.
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Scheune brennt")
    newsroom.build_well()
    ids = newsroom.ids()
    text = newsroom.ledger.read_text(encoding="utf-8")
    newsroom.ledger.write_text(text.replace('"keys": ["', '"keys": ["smell:eins", "'), encoding="utf-8")
    newsroom.write("a.txt", rest="Nun ein anderer Text.")
    newsroom.write("c.txt", "Rathaus öffnet")
    for _ in range(2):
        newsroom.build_well(now=LATER)
        assert ids.items() <= newsroom.ids().items()
        assert ["smell:eins" in line["keys"] for line in newsroom.lines()] == [True, True, False]
        shutil.rmtree(newsroom.library.parent)
