"""What leaves, moves or is renamed: nothing of it stays behind, and every feed that it touches says so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from feeds.article import Article, load_record
from feeds.render.formats import BY_FILE_NAME
from tests.newsroom import SETTINGS, Newsroom

SECOND, THIRD = "2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z"


def make(folder: Path, settings: str = "") -> Newsroom:
    newsroom = Newsroom.make(folder / "room", SETTINGS + settings)
    newsroom.write("a.txt", "Weggeschafft", tags="Politik")
    newsroom.write("b.txt", "Etwas anderes", category="Kultur", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    return newsroom


def assert_same_elsewhere(newsroom: Newsroom, now: str = "2026-01-20T00:00:00Z") -> None:
    """Without its library, another machine makes the same site."""
    other = newsroom.copy_to(newsroom.folder.parent / "other")
    other.build_well(now=now)
    assert other.site() == newsroom.site()


@pytest.mark.parametrize("how", ["draft", "gone", "rule"])
def test_a_corrected_article_that_leaves_is_in_no_correction(tmp_path: Path, how: str) -> None:
    newsroom = make(tmp_path)
    newsroom.write("a.txt", "Weggeschafft", rest="Ganz anders.")
    newsroom.build_well(now=SECOND)
    assert newsroom.entries("korrekturen")
    if how == "draft":
        newsroom.write("a.txt", "Weggeschafft", rest="Ganz anders.", status="draft")
    elif how == "gone":
        (newsroom.folder / "seeds/a.txt").unlink()
    else:
        newsroom.configure(SETTINGS + '[[rules]]\ncategory = "politik"\ncontent = "none"\n')
    newsroom.build_well(now=THIRD)
    assert not [path for path, body in newsroom.site().items() if b"eggeschafft" in body or "weggeschafft" in path]
    assert newsroom.parse("korrekturen").feed.updated == THIRD
    assert_same_elsewhere(newsroom)


@pytest.mark.parametrize("policy", ["keep", "withdraw"])
def test_a_draft_leaves_whatever_becomes_of_vanished_files(tmp_path: Path, policy: str) -> None:
    newsroom = make(tmp_path, f'[feeds]\nvanished = "{policy}"\n')
    newsroom.write("a.txt", "Weggeschafft", status="draft")
    newsroom.build_well(now=SECOND)
    assert set(newsroom.ids()) == {"Etwas anderes"}


@pytest.mark.parametrize(("policy", "title"), [("keep", "Weggeschafft"), ("withdraw", "Zurückgezogene Meldung")])
def test_a_vanished_article_stays_in_its_category(tmp_path: Path, policy: str, title: str) -> None:
    newsroom = make(tmp_path, f'[feeds]\nvanished = "{policy}"\n')
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=SECOND)
    assert set(newsroom.ids("politik")) == {title}
    assert not (newsroom.public / "ohne-rubrik").exists()


def test_a_kept_article_has_its_notice_of_correction_once(tmp_path: Path) -> None:
    settings = SETTINGS + 'correction_notice = true\n[feeds]\nvanished = "keep"\n'
    newsroom = Newsroom.make(tmp_path / "room", settings)
    newsroom.write("a.txt")
    newsroom.build_well()
    newsroom.write("a.txt", rest="Ganz anders.")
    newsroom.build_well(now=SECOND)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=THIRD)
    newsroom.configure(settings.replace('title = "Blatt"', 'title = "Zeitung"'))
    newsroom.build_well(now=THIRD)
    assert newsroom.entries()[0].content[0].value.count("korrigiert") == 1


def test_the_page_of_a_withdrawn_article_gives_the_operators_reason(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "Falschmeldung", "--now", SECOND)
    (page,) = newsroom.public.glob("artikel/*/weggeschafft/index.html")
    assert "Falschmeldung" in page.read_text(encoding="utf-8")


def test_an_article_that_changes_category_moves_the_date_of_both_feeds(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    newsroom.write("a.txt", "Weggeschafft", category="Kultur")
    newsroom.build_well(now=SECOND)
    assert newsroom.parse("kultur").feed.updated == newsroom.parse("politik").feed.updated == SECOND
    assert_same_elsewhere(newsroom)


def test_a_category_may_be_declared_renamed_after_pages_had_the_new_name(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    newsroom.write("c.txt", "Ein drittes", category="Staat", stamp="23 Juni 2024, 10:00")
    newsroom.build_well(now=SECOND)
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nwas = ["politik"]\n')
    newsroom.build_well(now=THIRD)
    assert not (newsroom.public / "politik").exists()
    assert set(newsroom.ids("staat")) == {"Weggeschafft", "Ein drittes"}
    assert newsroom.feeds("check", "--now", THIRD).code == 0


def test_a_new_slug_leaves_no_subscriber_behind_unsaid(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    settings = SETTINGS + '[[categories]]\nlabel = "Politik"\nslug = "staat"\n'
    newsroom.configure(settings)
    for form in ("text", "github"):
        run = newsroom.build_well("--format", form, now=SECOND)
        assert "subscribers of " in run.told
        assert "nothing new" in run.told
        assert "politik" in run.told
    newsroom.configure(settings + 'was = ["politik"]\n')
    assert "nothing new" not in newsroom.build_well(now=THIRD).told
    assert not (newsroom.public / "politik").exists()
    newsroom.build_well("--compress", now=THIRD)
    assert "/politik/* https://example.org/staat/:splat 301" in (newsroom.public / "_redirects").read_text()


def test_a_move_that_a_static_host_does_not_tell_is_noted_in_every_build(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    # As in CI: without the output folder, and without a library.
    fresh, compressed = newsroom.copy_to(tmp_path / "fresh"), newsroom.copy_to(tmp_path / "compressed")
    shutil.copytree(newsroom.public, tmp_path / "published")
    for room in (newsroom, fresh, compressed):
        room.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nwas = ["politik"]\n')
    note = "note: config.toml: the feeds of /politik/ are at /staat/ now, and on a static host nothing leads their"
    for room in (newsroom, fresh):
        assert note in room.feeds("build", "--dry-run", "--now", SECOND).err
        run = room.build_well("--gate", "--strict", "--against", str(tmp_path / "published"), now=SECOND)
        assert note in run.err
        assert 'slug = "politik", was = ["staat"]' in run.err
        room.write("c.txt", "Noch eines", category="Staat", stamp="24 Juni 2024, 10:00")
        assert note in room.build_well(now=THIRD).err
        # There is nothing to do, and it is so all the same.
        run = room.build_well(now=THIRD)
        assert ("nothing to do" in run.out, note in run.err) == (True, True)
    assert note not in compressed.build_well("--compress", now=SECOND).err
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nslug = "politik"\nwas = ["staat"]\n')
    assert "nothing leads their" not in newsroom.build_well("--strict", now=THIRD).err
    assert newsroom.parse("politik").feed.title.startswith("Staat")


def test_categories_that_become_one_under_a_new_name_pass_the_gate_and_one_note_tells_where_they_are(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    texts = [(f"{number}.txt", f"Meldung {number}", f"{number + 1} Juni 2024, 10:00") for number in range(6)]
    for number, (name, headline, stamp) in enumerate(texts):
        newsroom.write(name, headline, category=("Kultur", "Freizeit")[number % 2], stamp=stamp)
    newsroom.build_well()
    for name, headline, stamp in texts:
        newsroom.write(name, headline, category="Stadtleben", stamp=stamp)
    category = '[[categories]]\nlabel = "Stadtleben"\n'
    assert newsroom.feeds("build", "--gate", "--now", SECOND).code == 1
    newsroom.configure(f'{SETTINGS}{category}was = ["kultur", "freizeit"]\n')
    run = newsroom.build_well("--gate", "--strict", now=SECOND)
    assert "the feeds of /freizeit/, /kultur/ are at /stadtleben/ now" in run.err
    advice = 'slug = "kultur"\nwas = ["stadtleben", "freizeit"]'
    assert f"there write {advice.replace(chr(10), ', ')} for the category" in run.err
    assert "; who has /freizeit/ must subscribe anew\n" in run.err
    assert run.err.count("slug = ") == 1
    newsroom.configure(f"{SETTINGS}{category}{advice}\n")
    run = newsroom.build_well("--gate", "--strict", now=THIRD)
    assert "the feeds of /freizeit/ are at /kultur/ now" in run.err
    assert "slug = " not in run.err


def test_a_category_that_joins_another_under_a_new_name_keeps_the_id_of_one_of_them(tmp_path: Path) -> None:
    """What the gate lets pass is an id that was published, and no new one."""
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", category="Kultur")
    newsroom.write("b.txt", "Etwas anderes", category="Freizeit")
    newsroom.build_well()
    known = {newsroom.parse(folder).feed.id for folder in ("kultur", "freizeit")}
    newsroom.configure(f'{SETTINGS}[[categories]]\nlabel = "Stadtleben"\nwas = ["kultur", "freizeit"]\n')
    newsroom.build_well("--gate", now=SECOND)
    assert newsroom.parse("stadtleben").feed.id in known
    ledger = newsroom.ledger.read_text(encoding="utf-8")
    newsroom.ledger.write_text(re.sub(r'("feed": "kultur", "id": ")[^"]*', r"\1urn:x:neu", ledger), encoding="utf-8")
    run = newsroom.build("--gate", now=THIRD)
    assert (run.code, "/stadtleben/atom.xml: the feed's own id would change" in run.err) == (1, True)


def test_a_former_slug_under_which_nothing_was_published_is_no_move(tmp_path: Path) -> None:
    """It comes from another system, whose feeds were elsewhere."""
    newsroom = Newsroom.make(
        tmp_path / "room", SETTINGS + '[[categories]]\nlabel = "Politik"\nslug = "staat"\nwas = ["alt"]\n'
    )
    newsroom.write("a.txt")
    assert "note: " not in newsroom.build_well().err


RENAMED = '[[categories]]\nlabel = "Politik"\nslug = "staat"\nwas = ["politik"]\n'


@pytest.mark.parametrize("settings", ["", '[[categories]]\nlabel = "Politik"\n'])
@pytest.mark.parametrize("said", ["Politik", "Staat"])
def test_a_rename_that_is_taken_back_leads_its_readers_back(tmp_path: Path, settings: str, said: str) -> None:
    newsroom = make(tmp_path)
    before = newsroom.parse("politik").feed
    newsroom.configure(f'{SETTINGS}[[categories]]\nlabel = "{said}"\nslug = "staat"\nwas = ["politik"]\n')
    newsroom.write("a.txt", "Weggeschafft", category=said)
    newsroom.build_well(now=SECOND)
    shutil.copytree(newsroom.public, newsroom.folder / "before")
    newsroom.configure(SETTINGS + settings)
    newsroom.write("a.txt", "Weggeschafft")
    run = newsroom.build_well("--gate", "--strict", "--compress", now=THIRD)
    assert "warning" not in run.err
    feed = newsroom.parse("politik").feed
    assert (feed.id, feed.title) == (before.id, before.title)
    assert set(newsroom.ids("politik")) == {"Weggeschafft"}
    assert not (newsroom.public / "staat").exists()
    assert "/staat/* https://example.org/politik/:splat 301" in (newsroom.public / "_redirects").read_text()
    run = newsroom.feeds("diff", "--gate", "before", "public")
    assert run.code == 0, run.told
    newsroom.build_well(now=THIRD)
    assert_same_elsewhere(newsroom, now=THIRD)
    # Renamed once more, its readers are led on from both addresses; a category that begins there has it for itself.
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Kunst"\nwas = ["politik"]\n')
    newsroom.build_well("--gate", "--compress", now=THIRD)
    redirects = (newsroom.public / "_redirects").read_text()
    assert [f"/{slug}/* https://example.org/kunst/:splat 301" in redirects for slug in ("politik", "staat")] == [
        True
    ] * 2
    newsroom.write("c.txt", "Ein drittes", category="Staat", stamp="23 Juni 2024, 10:00")
    newsroom.build_well("--gate", "--compress", now=THIRD)
    assert "/staat/" not in (newsroom.public / "_redirects").read_text()
    assert set(newsroom.ids("staat")) == {"Ein drittes"}


def test_a_name_that_only_settings_gave_goes_with_them(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    before = newsroom.site()
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nslug = "politik"\n')
    newsroom.build_well(now=SECOND)
    assert newsroom.parse("politik").feed.title == "Staat – Blatt"
    newsroom.configure(SETTINGS)
    newsroom.build_well("--gate", now=THIRD)
    assert newsroom.site() == before


def test_a_rename_stays_while_a_text_says_it(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    identifier = newsroom.parse("politik").feed.id
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nwas = ["politik"]\n')
    newsroom.write("c.txt", "Ein drittes", category="Staat", stamp="23 Juni 2024, 10:00")
    newsroom.build_well(now=SECOND)
    warning = told_with(newsroom, "")
    assert (
        "warning: config.toml: categories: the category 'Staat' was published at /politik/ before it moved to /staat/: "
        'its feeds answer 404 there\n  in [[categories]] with label = "Staat", write slug = "staat", was = ["politik"]'
        "; it moves back when no text says 'Staat' any more\n"
    ) in warning
    assert set(newsroom.ids("staat")) == {"Weggeschafft", "Ein drittes"}
    newsroom.build_well(now=THIRD)
    assert_same_elsewhere(newsroom, now=THIRD)
    # Either does what it says.
    assert "warning" not in told_with(newsroom, '[[categories]]\nlabel = "Staat"\nslug = "staat"\nwas = ["politik"]\n')
    told_with(newsroom, "")
    newsroom.write("c.txt", "Ein drittes", stamp="23 Juni 2024, 10:00")
    newsroom.build_well("--strict", "--gate", now=THIRD)
    feed = newsroom.parse("politik").feed
    assert (feed.id, feed.title) == (identifier, "Politik – Blatt")
    assert set(newsroom.ids("politik")) == {"Weggeschafft", "Ein drittes"}
    assert not (newsroom.public / "staat").exists()


@pytest.mark.parametrize(
    ("settings", "said"), [('slug = "spo"', "Sport"), ('slug = "staat"\nwas = ["sport"]', "Kultur")]
)
def test_texts_are_not_read_again_for_a_name_that_no_setting_gives_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, said: str
) -> None:
    newsroom = make(tmp_path)
    newsroom.write("c.txt", "Ein drittes", category="Sport", stamp="23 Juni 2024, 10:00")
    newsroom.configure(f'{SETTINGS}[[categories]]\nlabel = "Sport"\n{settings}\n')
    newsroom.build_well(now=SECOND)
    newsroom.configure(SETTINGS)
    newsroom.write("c.txt", "Ein drittes", category=said, stamp="23 Juni 2024, 10:00")
    newsroom.build_well(now=SECOND)
    read: list[str] = []

    def note(record: str) -> Article:
        read.append(record)
        return load_record(record)

    monkeypatch.setattr("feeds.ingest.renames.load_record", note)
    newsroom.build_well(now=THIRD)
    newsroom.write("d.txt", "Ein viertes", stamp="22 Juni 2024, 10:00")
    newsroom.build_well(now=THIRD)
    assert len(read) == 1
    assert_same_elsewhere(newsroom, now=THIRD)


STEPS: list[tuple[str, str | None]] = [
    ("d.txt", "Kultur"),
    ("d.txt", "Staat"),
    ("e.txt", "STAAT"),
    ("c.txt", None),
    ("e.txt", None),
    ("e.txt", "staat"),
    ("d.txt", "Kultur"),
    ("e.txt", "Kultur"),
    ("c.txt", "Politik"),
    ("c.txt", "Staat"),
]


@pytest.mark.parametrize("kept", ["Politik", "Kultur"])
def test_a_lost_library_takes_back_the_same_renames(tmp_path: Path, kept: str) -> None:
    """What the last run found of names, and what all texts say now, come to the same."""
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[[categories]]\nlabel = "Staat"\nwas = ["politik"]\n')
    newsroom.write("a.txt", "Das erste", category="Politik")
    newsroom.build_well()
    newsroom.write("a.txt", "Das erste", category=kept)
    newsroom.write("c.txt", "Ein drittes", category="Staat", stamp="23 Juni 2024, 10:00")
    newsroom.build_well(now=SECOND)
    newsroom.configure(SETTINGS)
    newsroom.build_well(now=THIRD)
    other = Newsroom(Path(shutil.copytree(newsroom.folder, tmp_path / "other")))
    for number, (name, category) in enumerate(STEPS):
        for each in (newsroom, other):
            if category is None:
                (each.folder / "seeds" / name).unlink()
            else:
                each.write(name, f"Das in {name}", category=category, stamp="20 Juni 2024, 10:00")
            if each is other:
                shutil.rmtree(each.library.parent)
            each.build_well(now=f"2026-01-04T12:00:0{number}Z")
        assert newsroom.ledger.read_bytes() == other.ledger.read_bytes()
        assert newsroom.site() == other.site()


def rename_in_texts(newsroom: Newsroom) -> str:
    """Publish a category under another name that only texts say; what the build says of it."""
    for number in range(3):
        newsroom.write(
            f"{number}.txt", f"Theater Nummer {number}", stamp=f"{number + 1} Juni 2024, 10:00", category="Kultur"
        )
    newsroom.build_well("--strict", "--gate", now=SECOND)
    for number in range(3):
        newsroom.write(
            f"{number}.txt",
            f"Theater Nummer {number}",
            stamp=f"{number + 1} Juni 2024, 10:00",
            category="Bühne & Kunst",
        )
    newsroom.write("b.txt", "Etwas anderes", category="Politik", stamp="24 Juni 2024, 10:00")
    assert "the feed would be empty" in newsroom.build("--gate", now=THIRD).err
    run = newsroom.build("--strict", now=THIRD)
    assert run.code == 1
    assert_same_elsewhere(newsroom, now=THIRD)
    return run.err


def test_who_is_left_behind_by_a_name_that_only_texts_say_is_told_and_led_on(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    told = rename_in_texts(newsroom)
    assert (
        "warning: config.toml: categories: no page has the category 'Kultur' any more: subscribers of /kultur/ get "
        'nothing new\n  in [[categories]] with label = "Bühne & Kunst", write was = ["kultur"], which redirects them\n'
    ) in told
    ids = set(newsroom.ids("buehne-kunst").values())
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Bühne & Kunst"\n')
    run = newsroom.build("--strict", now=THIRD)
    assert (run.code, "config.toml:10: categories.0: no page has the category 'Kultur' any more" in run.err) == (
        1,
        True,
    )
    assert '\n  write was = ["kultur"] below it, which redirects them\n' in run.err
    shutil.copytree(newsroom.public, newsroom.folder / "before")
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Bühne & Kunst"\nwas = ["kultur"]\n')
    run = newsroom.build_well("--strict", "--gate", "--compress", now=THIRD)
    assert "/kultur/: 3 new, 0 corrected, 0 shown again" in run.out
    assert "/kultur/* https://example.org/buehne-kunst/:splat 301" in (newsroom.public / "_redirects").read_text()
    assert set(newsroom.ids("buehne-kunst").values()) == ids
    run = newsroom.feeds("diff", "--gate", "before", "public")
    assert run.code == 0, run.told


def test_its_own_feed_may_be_taken_for_the_name_that_only_texts_say(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    identifier = newsroom.parse("kultur").feed.id
    settings = SETTINGS + '[[categories]]\nlabel = "Bühne & Kunst"\nslug = "kultur"\n'
    rename_in_texts(newsroom)
    newsroom.configure(settings + 'was = ["buehne-kunst"]\n')
    newsroom.build_well("--strict", "--gate", "--compress", now=THIRD)
    feed = newsroom.parse("kultur").feed
    assert (feed.id, feed.title) == (identifier, "Bühne & Kunst – Blatt")
    assert "/buehne-kunst/* https://example.org/kultur/:splat 301" in (newsroom.public / "_redirects").read_text()


@pytest.mark.parametrize(
    "settings",
    ['[[categories]]\nlabel = "Politik"\nwas = ["politk"]\n', '[[categories]]\nlabel = "Politk"\nremoved = true\n'],
)
def test_a_misspelt_category_is_told_when_it_is_corrected_and_can_be_taken_away(tmp_path: Path, settings: str) -> None:
    newsroom = make(tmp_path)
    newsroom.write("c.txt", "Noch etwas", category="Politk", stamp="24 Juni 2024, 11:00")
    newsroom.build_well("--strict", now=SECOND)
    newsroom.write("c.txt", "Noch etwas", category="Politik", stamp="24 Juni 2024, 11:00")
    run = newsroom.build("--strict", now=THIRD)
    assert run.code == 1
    assert (
        "warning: config.toml: categories: no page has the category 'Politk' any more, and all its articles are in "
        "'Politik': its feed stays at /politk/, empty\n  in [[categories]] with label = \"Politik\", write was = "
        '["politk"], which redirects them\n'
    ) in run.err
    assert_same_elsewhere(newsroom, now=THIRD)
    newsroom.configure(SETTINGS + settings)
    newsroom.build_well("--strict", "--gate", now=THIRD)
    assert not (newsroom.public / "politk").exists()
    assert b"politk" not in newsroom.site()["feeds.opml"]


def test_a_category_of_one_article_that_goes_to_another_is_no_warning(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    newsroom.write("b.txt", "Etwas anderes", category="Politik", stamp="24 Juni 2024, 10:00")
    newsroom.build_well("--strict", now=SECOND)


def test_a_category_is_not_given_the_slug_of_another_one(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    site, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    settings = '[[categories]]\nlabel = "Kultur"\nslug = "politik"\n'
    newsroom.configure(SETTINGS + settings)
    for room in (newsroom, newsroom.copy_to(tmp_path / "other")):
        run = room.build(now=SECOND)
        assert run.code == 1
        assert (
            "config.toml:12: categories.0.slug: the category 'Politik' has this slug, and 'Kultur' is at /kultur/: "
            "'politik'\n  give it another slug; if the two are one from now on, write was = [\"kultur\"] below it\n"
        ) in run.err
    newsroom.configure(SETTINGS)
    newsroom.build_well("--strict", "--gate", now=SECOND)
    assert (newsroom.site(), newsroom.ledger.read_bytes()) == (site, ledger)
    # Either does what it says.
    newsroom.configure(f'{SETTINGS}{settings}was = ["kultur"]\n')
    newsroom.build_well("--strict", "--gate", now=SECOND)
    assert set(newsroom.ids("politik")) == {"Weggeschafft", "Etwas anderes"}
    newsroom.configure(SETTINGS)
    newsroom.build_well("--strict", "--gate", now=SECOND)
    assert [newsroom.parse(slug).feed.title for slug in ("politik", "kultur")] == ["Politik – Blatt", "Kultur – Blatt"]
    assert set(newsroom.ids("politik")) == {"Weggeschafft"}
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Kultur"\nslug = "buehne"\nwas = ["kultur"]\n')
    newsroom.build_well("--strict", "--gate", now=SECOND)


def test_a_slug_whose_former_one_is_forgotten_loses_no_feed_and_is_told(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    settings = '[[categories]]\nlabel = "Politik"\nslug = "staat"\n'
    identifier = newsroom.parse("politik").feed.id
    newsroom.configure(SETTINGS + RENAMED)
    newsroom.build_well(now=SECOND)
    newsroom.configure(SETTINGS + settings)
    newsroom.write("c.txt", "Ein drittes", stamp="23 Juni 2024, 10:00")
    run = newsroom.build_well(now=THIRD)
    place = "config.toml:10: categories.0: "
    told = f"warning: {place}the category 'Politik' was published at /politik/ before it moved to /staat/: its feeds"
    assert told in run.err
    assert 'write slug = "staat", was = ["politik"]' in run.err
    assert newsroom.parse("staat").feed.id == identifier
    assert set(newsroom.ids("staat")) == {"Weggeschafft", "Ein drittes"}
    assert not (newsroom.public / "politik").exists()
    assert "politik" not in (newsroom.public / "feeds.opml").read_text(encoding="utf-8")
    assert_same_elsewhere(newsroom, now=THIRD)
    # A redirect is for its path alone: readers ask for the feeds.
    lines = ['"/politik/" = "/staat/"', *(f'"/politik/{name}" = "/staat/{name}"' for name in BY_FILE_NAME)]
    for count in (1, len(lines) - 1, len(lines)):
        redirects = "\n".join(["[redirects]", *lines[:count], ""])
        assert ("feeds answer 404 there" in told_with(newsroom, redirects + settings)) == (count < len(lines))
    # What it says to write is what keeps every reader, whichever is chosen.
    assert "warning" not in told_with(newsroom, RENAMED)
    back = '[[categories]]\nlabel = "Politik"\nslug = "politik"\nwas = ["staat"]\n'
    assert "warning" not in told_with(newsroom, back)
    assert newsroom.parse("politik").feed.id == identifier
    assert "/staat/* https://example.org/politik/:splat 301" in (newsroom.public / "_redirects").read_text()


def test_a_category_whose_former_name_is_forgotten_keeps_its_entries(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    identifier = newsroom.parse("politik").feed.id
    staat = '[[categories]]\nlabel = "Staat"\n'
    newsroom.configure(f'{SETTINGS}{staat}was = ["politik"]\n')
    newsroom.build_well(now=SECOND)
    assert "config.toml:10: categories.0: the category 'Staat' was published at /politik/" in told_with(newsroom, staat)
    assert set(newsroom.ids("staat")) == {"Weggeschafft"}
    assert newsroom.parse("staat").feed.id == identifier
    # Declared, it is another category again.
    told_with(newsroom, f'{staat}[[categories]]\nlabel = "Politik"\n')
    assert set(newsroom.ids("politik")) == {"Weggeschafft"}
    assert newsroom.parse("politik").feed.id != identifier == newsroom.parse("staat").feed.id


def told_with(newsroom: Newsroom, settings: str) -> str:
    newsroom.configure(SETTINGS + settings)
    return newsroom.build_well("--compress", now=THIRD).err


def test_a_category_is_not_the_tag_of_the_same_name(tmp_path: Path) -> None:
    settings = '[feeds]\nsets = ["tag"]\n[[categories]]\nlabel = "Politik"\ntitle = "Aus dem Staat"\n'
    newsroom = make(tmp_path, settings)
    assert newsroom.parse("politik").feed.title == "Aus dem Staat – Blatt"
    assert newsroom.parse("thema/politik").feed.title == "Thema: Politik – Blatt"
    newsroom.configure(SETTINGS + settings + "removed = true\n")
    newsroom.build_well(now=SECOND)
    assert not (newsroom.public / "politik").exists()
    assert set(newsroom.ids("thema/politik")) == {"Weggeschafft"}


def test_a_feed_set_that_is_switched_off_is_not_published(tmp_path: Path) -> None:
    newsroom = make(tmp_path, '[feeds]\nsets = ["tag"]\n')
    newsroom.configure(SETTINGS)
    newsroom.build_well(now=SECOND)
    assert not (newsroom.public / "thema").exists()


def test_a_date_alone_is_not_published_in_the_future(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", published="2026-01-02")
    newsroom.build_well(now="2026-01-02T05:00:00Z")
    (entry,) = newsroom.entries()
    assert entry.published == entry.updated == "2026-01-02T05:00:00Z"
    assert_same_elsewhere(newsroom, now="2026-01-02T05:00:00Z")


def test_what_is_corrected_at_once_has_distinct_times(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    for text in ("Mehr dazu später.", "Ganz anders."):
        for number in range(5):
            newsroom.write(f"{number}.txt", f"Nummer {number}", stamp=f"{number + 1} Juni 2024, 10:00", rest=text)
        newsroom.build_well(now="2026-01-02T12:00:58Z")
    for feed in ("", "korrekturen"):
        assert len({entry.updated for entry in newsroom.entries(feed)}) == 5


def list_tombstones(newsroom: Newsroom, feed: str = "") -> list[tuple[str, str]]:
    """Id and instant of each tombstone in an Atom subscription document."""
    body = (newsroom.public / feed / "atom.xml").read_text(encoding="utf-8")
    return re.findall(r'<at:deleted-entry ref="(.*?)" when="(.*?)"/>', body)


@pytest.mark.parametrize("how", ["removed", "erased", "draft"])
def test_who_polls_is_told_by_a_tombstone_what_went(tmp_path: Path, how: str) -> None:
    newsroom = make(tmp_path)
    identifier = newsroom.ids()["Weggeschafft"]
    # Its subscribers have it too, though it left that feed first.
    newsroom.write("a.txt", "Weggeschafft", category="Kultur")
    newsroom.build_well(now=SECOND)
    assert list_tombstones(newsroom, "politik") == []
    if how == "erased":
        assert newsroom.feeds("erase", "seeds/a.txt", "--yes", "--now", THIRD).code == 0
    if how == "draft":
        newsroom.write("a.txt", "Weggeschafft", status="draft")
    else:
        (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=THIRD)
    for feed in ("", "politik", "kultur"):
        assert list_tombstones(newsroom, feed) == [(identifier, THIRD)]
        assert newsroom.parse(feed).feed.updated == THIRD
        for name in ("rss.xml", "feed.json"):
            assert identifier.encode() not in (newsroom.public / feed / name).read_bytes()
    assert newsroom.feeds("check", "--now", THIRD).code == 0
    assert_same_elsewhere(newsroom, now="2027-01-01T00:00:00Z")


def test_a_tombstone_stands_for_so_long_as_a_notice_and_by_no_clock(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=SECOND)
    for now, count in (("2026-01-31T12:00:00Z", 1), ("2026-02-02T12:00:00Z", 0)):
        assert "nothing to do" in newsroom.build_well(now=now).out
        newsroom.write("b.txt", "Etwas anderes", category="Kultur", stamp="24 Juni 2024, 10:00", rest=f"Am {now}.")
        newsroom.build_well(now=now)
        assert len(list_tombstones(newsroom)) == count
    # Nothing happened in the other feed since.
    assert len(list_tombstones(newsroom, "politik")) == 1


def test_what_comes_back_has_no_tombstone(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=SECOND)
    newsroom.write("a.txt", "Weggeschafft", category="Kultur")
    newsroom.build_well(now=THIRD)
    assert [list_tombstones(newsroom, feed) for feed in ("", "politik", "kultur")] == [[], [], []]
    assert newsroom.parse("politik").feed.updated == THIRD
    assert_same_elsewhere(newsroom)


def test_a_feed_has_so_many_tombstones_as_entries(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + "[feeds]\nentries = 3\nmax_bytes = 10000\n")
    for number in range(12):
        newsroom.write(f"{number}.txt", f"Nummer {number}", stamp=f"{number + 1} Juni 2024, 10:00")
    newsroom.build_well()
    ids = {line["path"]: line["id"] for line in newsroom.lines()}
    for number, now in ((1, SECOND), (5, THIRD), (6, THIRD), (7, THIRD)):
        (newsroom.folder / f"seeds/{number}.txt").unlink()
        newsroom.build_well(now=now)
    told = [identifier for identifier, _ in list_tombstones(newsroom)]
    gone = [identifier for path, identifier in ids.items() if path.endswith(("/nummer-7/", "/nummer-6/", "/nummer-5/"))]
    assert told == gone[::-1]
    assert (newsroom.public / "atom.xml").stat().st_size < 10_000
    assert newsroom.feeds("check", "--now", THIRD).code == 0


def refile(newsroom: Newsroom, prefix: str, categories: Sequence[str | None]) -> None:
    """Write articles into these categories, or delete those of none."""
    for number, category in enumerate(categories, 1):
        path = f"{prefix}{number}.txt"
        if category is None:
            (newsroom.folder / "seeds" / path).unlink()
        else:
            newsroom.write(path, f"{prefix} Nummer {number}", stamp=f"{number} Mai 2024, 10:00", category=category)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Eilmeldung"] * 2, ["Kultur", "Politik"]),
        (["Umwelt"] * 8, ["Politik"] * 2 + [None] * 6),
        (["Umwelt"] * 8, ["Natur"] * 2 + [None] * 6),
        (["Umwelt"] * 3, ["Politik"] * 3),
        (["Umwelt"] * 5, ["Natur"] * 3 + ["Klima"] * 2),
        (["Umwelt"], ["Politik"]),
    ],
)
def test_articles_that_moved_on_are_no_rename(
    tmp_path: Path, before: list[str | None], after: list[str | None]
) -> None:
    newsroom = make(tmp_path)
    refile(newsroom, "U", before)
    newsroom.build_well("--strict", now=SECOND)
    refile(newsroom, "U", after)
    newsroom.build_well("--strict", now=THIRD)
    assert_same_elsewhere(newsroom, now=THIRD)


def test_a_category_of_one_article_that_begins_another_one_is_told(tmp_path: Path) -> None:
    """It looks like a rename, and in either case its subscribers get nothing new."""
    newsroom = make(tmp_path)
    refile(newsroom, "U", ["Umwelt"])
    newsroom.build_well("--strict", now=SECOND)
    refile(newsroom, "U", ["Natur"])
    run = newsroom.build("--gate", "--strict", now=THIRD)
    told = "no page has the category 'Umwelt' any more: subscribers of /umwelt/ get"
    assert (run.code, told in run.err, 'was = ["umwelt"]' in run.err) == (1, True, True), run.told
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Natur"\nwas = ["umwelt"]\n')
    newsroom.build_well("--strict", now=THIRD)


def test_articles_that_come_back_are_no_rename(tmp_path: Path) -> None:
    newsroom = make(tmp_path)
    for day, category in (("01", "Sport"), ("02", "Olympia"), ("03", "Sport")):
        refile(newsroom, "S", [category] * 2 + ["Sport"] * 2)
        newsroom.build_well("--strict", now=f"2026-01-{day}T12:00:00Z")


@pytest.mark.parametrize("begun", [0, 1])
def test_a_rename_in_texts_is_told_until_its_readers_are_led_on(tmp_path: Path, begun: int) -> None:
    """Whatever comes to the new name, and goes, in later builds; `begun`: articles that come with it."""
    newsroom = make(tmp_path)
    refile(newsroom, "K", ["Theater"] * 3)
    refile(newsroom, "M", ["Musik"] * 3)
    newsroom.build_well("--strict", now=SECOND)
    refile(newsroom, "K", ["Bühne"] * 3)
    refile(newsroom, "M", ["Bühne"] * 3)
    refile(newsroom, "N", ["Bühne"] * begun)
    told = [f"no page has the category {name!r} any more" for name in ("Theater", "Musik")]
    assert [each in newsroom.build_well(now=THIRD).err for each in told] == [True] * 2
    refile(newsroom, "N", ["Bühne"] * 9)
    refile(newsroom, "K", [None, "Bühne", "Bühne"])
    run = newsroom.build("--strict", now="2026-01-04T12:00:00Z")
    assert (run.code, [each in run.err for each in told]) == (1, [True] * 2)
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Bühne"\nwas = ["theater", "musik"]\n')
    newsroom.build_well("--strict", now="2026-01-05T12:00:00Z")
