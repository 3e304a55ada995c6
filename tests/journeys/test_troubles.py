"""What is wrong is named with file, line and text, and everything else is published; no traceback reaches a user."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import BASE, NOW, ROOT, SETTINGS, Newsroom, Run

LATER = "2026-02-02T02:02:02Z"
GOOD = "Brücke eröffnet"
PAGES = json.loads((ROOT / "tests/data/journeys/bad-pages.json").read_text(encoding="utf-8"))
SETTINGS_CASES = json.loads((ROOT / "tests/data/journeys/bad-settings.json").read_text(encoding="utf-8"))
LEDGERS = json.loads((ROOT / "tests/data/journeys/bad-ledgers.json").read_text(encoding="utf-8"))


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("gut.txt")
    return newsroom


def check_told(run: Run, code: int, *parts: str) -> None:
    """The run ended with the code, told these parts, and showed no traceback."""
    assert run.code == code, run.told
    assert "Traceback" not in run.told
    for part in parts:
        assert part in run.told


@pytest.mark.parametrize("case", PAGES, ids=[case["name"] for case in PAGES])
def test_a_bad_page_is_named_and_the_others_are_published(newsroom: Newsroom, case: dict[str, str | int]) -> None:
    data = str(case["page"]).encode("latin-1" if case.get("bytes") else "utf-8")
    (newsroom.folder / "seeds" / "schlecht.txt").write_bytes(data)
    assert isinstance(case["code"], int)
    for _ in range(2):
        check_told(newsroom.build(), case["code"], f"seeds/schlecht.txt{case['where']}: {case['what']}")
        assert GOOD in newsroom.ids()


def test_a_page_that_stays_broken_is_not_counted_as_changed(newsroom: Newsroom) -> None:
    """Of a text that no layout in code reads, the source is counted before it is read again."""
    newsroom.configure(SETTINGS.replace('layout = "belta"\n', ""))
    newsroom.write("b.txt", published="2026-02-30")
    check_told(newsroom.build(), 1, "2 read, 2 new, 0 changed")
    check_told(newsroom.build(), 1, "1 read, 0 new, 0 changed, 2 unchanged", "no calendar has this day: '2026-02-30'")
    newsroom.write("b.txt", published="2026-02-29")
    check_told(newsroom.build(), 1, "1 read, 0 new, 1 changed, 1 unchanged", "no calendar has this day: '2026-02-29'")


def test_a_page_set_aside_is_no_failure_but_with_strict(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", stamp="")
    run = newsroom.build()
    check_told(run, 0, "0 set aside, 1 without a date", "without a date: seeds/b.txt")
    assert run.err.count("seeds/b.txt") == 1
    check_told(newsroom.build("--strict"), 1, "without a date: seeds/b.txt")
    (newsroom.folder / "seeds/b.txt").unlink()
    check_told(newsroom.build("--strict"), 0)


@pytest.mark.parametrize("text", [b"---\ntitle: [\n---\n", b"\x00\x01\x02\x03" * 99, b""])
def test_what_a_broken_file_said_before_stays_published(newsroom: Newsroom, text: bytes) -> None:
    newsroom.build_well()
    site = newsroom.site()
    whole = (newsroom.folder / "seeds/gut.txt").read_bytes()
    (newsroom.folder / "seeds/gut.txt").write_bytes(text)
    for _ in range(2):
        check_told(newsroom.build(now=LATER), 1, "seeds/gut.txt")
        assert newsroom.site() == site
    (newsroom.folder / "seeds/gut.txt").write_bytes(whole)
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site


@pytest.mark.parametrize("has_layout", [True, False])
@pytest.mark.parametrize("typo", ["publishd", "Published", "date"])
def test_a_published_page_that_loses_its_date_is_broken(newsroom: Newsroom, typo: str, *, has_layout: bool) -> None:
    """Only a person takes an article from readers: a misspelt key must not."""
    if not has_layout:
        newsroom.configure(SETTINGS.replace('layout = "belta"\n', ""))
    path = newsroom.write("b.txt", "Ohne Stempel", stamp="", published="2024-06-24 10:00")
    newsroom.build_well()
    site, whole = newsroom.site(), path.read_text(encoding="utf-8")
    path.write_text(whole.replace("published:", f"{typo}:"), encoding="utf-8")
    why = f"no date of publication is known; the front matter has an unknown key: '{typo}'"
    what = f"error: seeds/b.txt:2: {why}, and its article is published\n"
    for changed in (1, 0):
        run = newsroom.build(now=LATER)
        check_told(run, 1, what, f"{changed} changed, ", "0 removed, 0 set aside, 1 with an error; 2 articles")
        assert newsroom.site() == site
    assert "1 with an error" in newsroom.feeds("status").out
    path.write_text(whole, encoding="utf-8")
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site
    path.write_text(whole.replace("published:", "status: draft\nfoo:"), encoding="utf-8")
    newsroom.build_well(now=LATER)
    assert "Ohne Stempel" not in newsroom.ids()


def test_a_new_page_without_a_date_is_set_aside_with_the_key_that_is_misspelt(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", stamp="", publishd="2024-06-24 10:00")
    told = "seeds/b.txt:2: no date of publication is known; the front matter has an unknown key: 'publishd'"
    run = newsroom.build()
    check_told(run, 0, f"without a date: {told}\n  write `published:")
    assert run.err.count("publishd") == 1


def test_a_broken_copy_keeps_what_is_wrong_with_it(newsroom: Newsroom) -> None:
    text = newsroom.write("kopie.txt").read_bytes()
    newsroom.build_well()
    (newsroom.folder / "seeds/kopie.txt").write_bytes(b"---\ntitle: [\n---\n" + text)
    for _ in range(2):
        check_told(newsroom.build(now=LATER), 1, "error: seeds/kopie.txt:3: the front matter is not YAML")
        library = sqlite3.connect(newsroom.library)
        assert library.execute("SELECT reason FROM seeds WHERE state = 'error' AND reason IS NULL").fetchall() == []
        library.close()


def test_a_file_that_can_be_read_again_is_read_again(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str | Path, *args: int, **more: int) -> int:
        if str(path).endswith("gut.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        check_told(newsroom.build(), 1, "error: seeds/gut.txt: can't be read: Permission denied", "permissions")
    newsroom.build_well()  # chmod changes neither size nor time
    assert GOOD in newsroom.ids()


@pytest.mark.parametrize("place", ["seeds", "seeds/unten"])
def test_a_folder_that_cannot_be_listed_takes_nothing_out(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    newsroom.write("unten/tief/b.txt", "Tief unten")
    newsroom.build_well()
    site = newsroom.site()
    real = os.open

    def refuse(path: str | Path, *args: int, **more: int) -> int:
        if str(path) == place:
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        check_told(newsroom.build(now=LATER), 1, f"error: {place}: can't be listed: Permission denied")
    assert newsroom.site() == site
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site


def test_a_folder_that_a_pattern_cannot_see_into_takes_nothing_out(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's search passes over it without a word."""
    newsroom.configure(SETTINGS.replace('folder = "seeds"', 'glob = "seeds/**/*.txt"'))
    newsroom.write("unten/b.txt", "Tief unten")
    newsroom.write("oben/c.txt", "Weit oben")
    newsroom.build_well()
    glob, scan, closed = Path.glob, os.scandir, newsroom.folder / "seeds/unten"

    def glob_what_is_open(folder: Path, pattern: str) -> list[Path]:
        return [path for path in glob(folder, pattern) if path.parent.name != closed.name]

    def refuse(path: str | Path = ".") -> Any:
        if Path(path).resolve() == closed:
            raise PermissionError(13, "Permission denied")
        return scan(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "glob", glob_what_is_open)
        patched.setattr(os, "scandir", refuse)
        (newsroom.folder / "seeds/oben/c.txt").unlink()
        check_told(newsroom.build(now=LATER), 1, "error: seeds/unten: can't be listed: Permission denied")
        assert len(newsroom.ids()) == 2
    newsroom.build_well(now=LATER)
    assert len(newsroom.ids()) == 2


def test_links_that_lead_out_are_named_and_not_followed(newsroom: Newsroom, tmp_path: Path) -> None:
    outside = Newsroom.make(tmp_path / "outside")
    outside.write("geheim.txt", "Geheimes")
    (newsroom.folder / "seeds/datei.txt").symlink_to(outside.folder / "seeds/geheim.txt")
    (newsroom.folder / "seeds/ordner").symlink_to(outside.folder / "seeds")
    (newsroom.folder / "seeds/nirgends.txt").symlink_to("fehlt.txt")
    (newsroom.folder / "seeds/kreis").symlink_to(".")
    run = newsroom.build()
    check_told(run, 1, *(f"seeds/{name}: " for name in ("datei.txt", "ordner", "nirgends.txt")))
    assert set(newsroom.ids()) == {GOOD}


def test_a_pattern_follows_no_link_that_leads_out(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.configure(SETTINGS.replace('folder = "seeds"', 'glob = "seeds/**/*.txt"'))
    outside = Newsroom.make(tmp_path / "outside")
    outside.write("geheim.txt", "Geheimes")
    newsroom.write("unten/b.txt", "Tief unten")
    (newsroom.folder / "seeds/datei.txt").symlink_to(outside.folder / "seeds/geheim.txt")
    check_told(newsroom.build(), 1, "seeds/datei.txt: is a link that leads out")
    newsroom.configure(SETTINGS.replace('folder = "seeds"', 'glob = "seeds/*/*.txt"'))
    (newsroom.folder / "seeds/ordner").symlink_to(outside.folder / "seeds")
    check_told(newsroom.build(now=LATER), 1, "seeds/ordner/geheim.txt: is a link that leads out")
    assert set(newsroom.ids()) == {"Tief unten"}


def test_a_name_that_is_no_utf8_is_named(newsroom: Newsroom) -> None:
    odd = os.fsencode(newsroom.folder) + b"/seeds/\xffnicht.txt"
    with open(odd, "wb") as file:  # noqa: PTH123 (no Path holds these bytes)
        file.write(b"x")
    check_told(newsroom.spawn("build", "--now", NOW, env={"LC_ALL": "C"}), 1, "xffnicht.txt: has a")
    assert set(newsroom.ids()) == {GOOD}


@pytest.mark.parametrize("case", SETTINGS_CASES, ids=[case["name"] for case in SETTINGS_CASES])
def test_wrong_settings_are_told_with_line_and_key(newsroom: Newsroom, case: dict[str, object]) -> None:
    settings = str(case["settings"])
    newsroom.configure(settings if case.get("whole") else SETTINGS + settings)
    env = case.get("env") or {}
    assert isinstance(env, dict)
    assert isinstance(case["told"], list)
    run = newsroom.build(env=env)
    check_told(run, 1, *case["told"])
    assert run.err.startswith("error: ")
    assert not list(newsroom.public.rglob("*.*"))


@pytest.mark.parametrize(
    ("name", "data", "is_picture"),
    [
        ("bild.PNG", b"\x89PNG\r\n\x1a\n", True),
        ("bild.svg", b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', True),
        ("bild.ico", b"\0\0\1\0", True),
        ("bild.jpg", b"\xff\xd8\xff\xe0", True),
        ("bild.png", b"x", False),
        ("bild.svg", b"\x89PNG\r\n\x1a\n", False),
    ],
)
def test_icon_and_logo_are_pictures(newsroom: Newsroom, name: str, data: bytes, *, is_picture: bool) -> None:
    (newsroom.folder / name).write_bytes(data)
    newsroom.configure(SETTINGS.replace("[site]", f'[site]\nicon = "{name}"\nlogo = "{name}"'))
    run = newsroom.build()
    if is_picture:
        assert run.code == 0, run.told
        assert (newsroom.public / f"static/logo{Path(name).suffix.lower()}").read_bytes() == data
    else:
        told = f"error: config.toml:2: site.icon: is not a picture of the kind that its name says: '{name}'"
        check_told(run, 1, told, "  name a picture: svg, png, ico, ")
        assert not newsroom.public.exists() or not list(newsroom.public.rglob("*.*"))


def test_a_category_of_the_settings_that_no_page_has_is_told(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Politk"\n')
    run = newsroom.build()
    check_told(run, 0, "config.toml:11: categories.0.label", "'Politk'", "did you mean 'Politik'?")
    assert newsroom.parse("politk").entries == []
    check_told(newsroom.build("--strict"), 1)


def test_a_missing_folder_of_seeds_is_told(newsroom: Newsroom) -> None:
    newsroom.build_well()
    site = newsroom.site()
    (newsroom.folder / "seeds").rename(newsroom.folder / "weg")
    check_told(newsroom.build(now=LATER), 1, "config.toml", "seeds")
    assert newsroom.site() == site


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["--config", "nirgends.toml"], 1, "nirgends.toml: there is no such file"),
        (["--output", "seeds"], 1, "seeds: the site can't be written among the texts"),
        (["--output", "seeds/unten", "--dry-run"], 1, "seeds/unten: the site can't be written among the texts"),
        (["--output", "."], 1, ".: the site can't be written around what would be published with it: 'config.toml'"),
        (["--output", "..", "--dry-run"], 1, "..: the site can't be written around"),
        (["--config", "seeds"], 1, "seeds: is a folder"),
        (["--output", "config.toml"], 1, "config.toml: is no folder"),
        (["--output", "config.toml/unten"], 1, "config.toml/unten: is no folder"),
        (["--base-url", "beispiel"], 2, "Invalid value for --base-url: site.base_url: write a whole address"),
        (["--now", "gestern"], 2, "'gestern' is no ISO 8601 instant"),
        (["--now", "2026-01-01T00:00:00"], 2, "has no offset"),
        (["--now", "9999-12-31T23:59:59-14:00"], 2, "is no ISO 8601 instant"),
        (["--unbekannt"], 2, "No such option"),
        (["extra"], 2, "unexpected extra argument"),
    ],
)
def test_wrong_options_are_told(newsroom: Newsroom, args: list[str], code: int, told: str) -> None:
    check_told(newsroom.feeds("build", *args), code, told)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("public", "error: public: is no folder\n  name another"),
        (".feeds", "error: public: can't be locked: File exists\n  .feeds is to be a folder"),
        (".feeds/library.sqlite", "error: .feeds/library.sqlite: can't be opened: "),
        ("ledger.jsonl", "error: ledger.jsonl: can't be read: Too many levels"),
        ("config.toml", "error: config.toml: can't be read: Too many levels"),
    ],
)
def test_a_link_to_itself_is_told_wherever_it_is(newsroom: Newsroom, name: str, told: str) -> None:
    path = newsroom.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)
    for args in ((), ("--gate", "--dry-run"), ("--compress",)):
        check_told(newsroom.build(*args), 1, told if args[-1:] != ("--dry-run",) else f"error: {name}")


def test_settings_that_a_link_no_longer_finds_are_no_reason_for_defaults(newsroom: Newsroom) -> None:
    (newsroom.folder / "config.toml").unlink()
    (newsroom.folder / "config.toml").symlink_to("nicht-eingehängt/config.toml")
    check_told(newsroom.build(), 1, "error: config.toml: there is no such file\n")
    assert not newsroom.public.exists()


def test_a_folder_in_the_ledgers_place_is_to_be_moved(newsroom: Newsroom) -> None:
    newsroom.ledger.mkdir()
    check_told(newsroom.build(), 1, "ledger.jsonl: can't be read: Is a directory\n  move that folder elsewhere")


@pytest.mark.parametrize("epoch", ["²", "morgen", "99999999999999", "1.5"])
def test_a_wrong_source_date_epoch_is_told(newsroom: Newsroom, epoch: str) -> None:
    check_told(newsroom.feeds("build", env={"SOURCE_DATE_EPOCH": epoch}), 1, "SOURCE_DATE_EPOCH: ", repr(epoch))


@pytest.mark.parametrize("case", LEDGERS, ids=[case["name"] for case in LEDGERS])
def test_a_wrong_ledger_is_told_and_left_as_it_is(newsroom: Newsroom, case: dict[str, str]) -> None:
    newsroom.build_well()
    site = newsroom.site()
    lines = newsroom.ledger.read_text(encoding="utf-8").splitlines()
    feed, other = (next(line for line in lines if f'"feed": "{key}"' in line) for key in ("/", "politik"))
    text = case["ledger"].format(head=lines[0], feed=feed, other=other, article=lines[-1])
    newsroom.ledger.write_text(text, encoding="utf-8")
    newsroom.write("neu.txt", "Etwas Neues")
    check_told(
        newsroom.build(now=LATER), 1, f"error: ledger.jsonl{case['where']}: {case['what']}", case.get("hint", "")
    )
    assert newsroom.ledger.read_text(encoding="utf-8") == text
    assert newsroom.site() == site


def test_all_wrong_lines_of_a_ledger_are_told_at_once(newsroom: Newsroom) -> None:
    newsroom.build_well()
    article = newsroom.ledger.read_text(encoding="utf-8").splitlines()[-1]
    count = len(newsroom.ledger.read_text(encoding="utf-8").splitlines())
    with newsroom.ledger.open("a", encoding="utf-8") as file:
        file.write(f"<<<<<<< HEAD\n{article}\n" + "=======\n" * 30)
    run = newsroom.build(now=LATER)
    check_told(run, 1, "error: and 12 more", "keep the lines of both", "keep the line that says more")
    told = re.findall(r"^error: ledger.jsonl:([0-9]+): ", run.err, re.MULTILINE)
    assert told == [str(count + 1 + number) for number in range(20)]


DELETE_IT = 'delete it, and it is rebuilt from seeds and ledger; with vanished = "keep", move it elsewhere and keep it'


def damage_all(library: Path) -> None:
    library.write_bytes(b"keine Datenbank " * 999)


def damage_some(library: Path) -> None:
    data = bytearray(library.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    library.write_bytes(data)


def turn_a_bit(library: Path, table: str = "entries") -> None:
    """A bit of each text that is kept packed, where the database itself sees nothing."""
    with sqlite3.connect(library) as connection:
        for row, packed in connection.execute(f"SELECT rowid, packed FROM {table}").fetchall():  # noqa: S608 (names of tables)
            turned = bytearray(packed)
            turned[len(turned) // 2] ^= 1
            connection.execute(f"UPDATE {table} SET packed = ? WHERE rowid = ?", (bytes(turned), row))  # noqa: S608 (names of tables)
    connection.close()


def make_newer(library: Path) -> None:
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE facts SET value = '999' WHERE name = 'schema'")
    connection.close()


def make_folder(library: Path) -> None:
    library.unlink()
    library.mkdir()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (damage_all, DELETE_IT),
        (damage_some, DELETE_IT),
        (turn_a_bit, "library.sqlite: can't be used: what is kept of an article is damaged"),
        (turn_a_bit, DELETE_IT),
        (make_newer, "written by a newer program (schema 999"),
        (make_newer, DELETE_IT),
        (make_folder, "can't be opened"),
    ],
)
def test_a_library_that_is_no_use_is_told(newsroom: Newsroom, damage: Callable[[Path], None], told: str) -> None:
    newsroom.build_well()
    site = newsroom.site()
    for name in ("library.sqlite-wal", "library.sqlite-shm"):
        newsroom.library.with_name(name).unlink(missing_ok=True)
    damage(newsroom.library)
    newsroom.write("neu.txt", "Etwas Neues")
    check_told(newsroom.build(now=LATER), 1, "error: .feeds/library.sqlite: ", told)
    assert newsroom.site() == site
    if newsroom.library.is_dir():
        newsroom.library.rmdir()
    else:
        newsroom.library.unlink()
    newsroom.build_well(now=LATER)
    assert set(newsroom.ids()) == {GOOD, "Etwas Neues"}


def test_a_wrong_bit_in_what_a_seed_says_is_told_when_that_is_published_anew(newsroom: Newsroom) -> None:
    newsroom.build_well()
    site = newsroom.site()
    turn_a_bit(newsroom.library, "texts")
    newsroom.configure(SETTINGS + '[feeds]\ncontent = "summary"\n')
    check_told(newsroom.build(), 1, "library.sqlite: can't be used: what is kept of an article is damaged", DELETE_IT)
    assert newsroom.site() == site


def test_a_library_that_cannot_be_looked_at_is_told(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.configure(SETTINGS.replace('layout = "belta"\n', ""))
    newsroom.build_well()
    real, real_of_text = Path.stat, os.stat

    def refuse(path: Path, **more: bool) -> os.stat_result:
        if path.name == "library.sqlite":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **more)

    def refuse_text(path: Any, **more: Any) -> os.stat_result:
        if str(path).endswith("library.sqlite"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_of_text(path, **more)

    monkeypatch.setattr(Path, "stat", refuse)
    monkeypatch.setattr(os, "stat", refuse_text)
    for command in (["status"], ["sources"], ["build", "--dry-run", "--now", LATER, "--gate"]):
        check_told(
            newsroom.feeds(*command),
            1,
            "error: .feeds/library.sqlite: can't be looked at: Permission denied",
            "check the permissions of the file and of its folder",
        )
    assert newsroom.feeds("parse", "seeds/gut.txt").code == 0


def test_a_library_of_another_schema_is_made_anew(newsroom: Newsroom) -> None:
    newsroom.build_well()
    site = newsroom.site()
    with sqlite3.connect(newsroom.library) as connection:
        connection.execute("UPDATE facts SET value = 'alt' WHERE name = 'schema'")
    connection.close()
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site


def test_a_library_held_by_another_run_is_told(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.store.library.BUSY_SECONDS", 0.05)
    newsroom.build_well()
    newsroom.write("politik/neu.txt")
    connection = sqlite3.connect(newsroom.library, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    check_told(newsroom.build(), 1, "library.sqlite: is held by another program")
    connection.close()
    newsroom.build_well()


@pytest.mark.parametrize("locale", ["C", "de_DE.ISO-8859-1"])
def test_a_message_with_umlauts_is_printed_whatever_the_locale(newsroom: Newsroom, locale: str) -> None:
    (newsroom.folder / "seeds/müll.txt").write_bytes(b"---\ncategory: a: b\n---\n")
    env = {"LC_ALL": locale, "PYTHONIOENCODING": "ascii"}
    check_told(newsroom.spawn("build", "--now", NOW, env=env), 1, "seeds/müll.txt:2")


def test_without_settings_and_texts_nothing_is_left_behind(newsroom: Newsroom) -> None:
    (newsroom.folder / "config.toml").unlink()
    shutil.rmtree(newsroom.folder / "seeds")
    for command in (["build"], ["serve"], ["adopt", "https://nirgends.example/"], ["erase", "a.txt"]):
        check_told(newsroom.spawn(*command), 1, "there is no such folder: 'seeds'", "no config.toml here; `feeds init`")
        assert not list(newsroom.folder.iterdir())


def test_a_command_without_settings_works_with_defaults(newsroom: Newsroom) -> None:
    (newsroom.folder / "config.toml").unlink()
    newsroom.build_well()
    assert (newsroom.public / "politik/atom.xml").is_file()


@pytest.mark.parametrize("args", [["--version"], ["build", "--help"], ["parse", "--help"]])
def test_help_is_there(newsroom: Newsroom, args: list[str]) -> None:
    check_told(newsroom.feeds(*args), 0, "feeds")


@pytest.mark.parametrize("option", [["--port", "99999"], ["--port", "0"], ["--workers", "0"]])
def test_options_of_the_server_out_of_their_range_are_wrong_usage(newsroom: Newsroom, option: list[str]) -> None:
    check_told(newsroom.feeds("serve", *option), 2, f"Invalid value for '{option[0]}': {option[1]} is not in the range")


def test_init_writes_settings_that_work_and_overwrites_none(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "neu")
    newsroom.folder.mkdir()
    check_told(newsroom.feeds("init", ".", "--title", "Mein „Blatt“", "--base-url", "https://blatt.example/x"), 0)
    newsroom.write("a.txt")
    newsroom.build_well()
    assert newsroom.parse().feed.title == "Mein „Blatt“"
    check_told(newsroom.feeds("init", "."), 1, "config.toml: is there already")
    (tmp_path / "belegt").mkdir()
    (tmp_path / "belegt/seeds").touch()
    check_told(newsroom.feeds("init", "../belegt"), 1, "error: ../belegt/seeds: is there already")
    check_told(
        newsroom.feeds("init", "nie", "--base-url", "blatt"), 1, "error: --base-url: site.base_url: write a whole"
    )
    check_told(newsroom.feeds("init", "nie", "--title", ""), 1, "error: --title: site.title:")
    assert not (newsroom.folder / "nie").exists()
    assert (newsroom.folder / ".gitignore").read_text(encoding="utf-8").splitlines()[1:] == ["/.feeds/", "/public/"]
    attributes = (newsroom.folder / ".gitattributes").read_text(encoding="utf-8")
    assert attributes.splitlines()[1:] == ["/ledger.jsonl merge=union"]
    other = Newsroom(tmp_path / "da")
    other.folder.mkdir()
    (other.folder / ".gitignore").write_text("*.bak\n", encoding="utf-8")
    check_told(other.feeds("init", "."), 0)
    assert (other.folder / ".gitignore").read_text(encoding="utf-8") == "*.bak\n"


def test_a_redirect_to_what_the_site_has_not_is_told(newsroom: Newsroom) -> None:
    newsroom.write("weg.txt", "Fällt weg")
    newsroom.build_well()
    page = next(line["path"] for line in newsroom.lines() if "faellt-weg" in line["path"])
    (newsroom.folder / "seeds/weg.txt").unlink()
    dead = {
        "/a/": "/nichtda/",
        "/b/": "/a/",
        "/c/": "/politik/atom.xlm",
        "/d/": "/artikel/nichtda/",
        "/f/": "/sitemap/x.xml",
    }
    good = {
        "/g/": "/politik",
        "/h/": "/alt/rss?x=1#y",
        "/i/": "/g/",
        "/j/": page,
        "/k/": "https://anderswo.example/nichtda/",
        "/l/": "https://example.org/meine-datei.pdf",
        "/m/": "/fr%C3%BCher/",
        "/n/": "/sitemap.xml",
        "/früher/": "/",
    }
    lines = "".join(f'"{old}" = "{new}"\n' for old, new in (dead | good).items())
    newsroom.configure(f'{SETTINGS}[redirects]\n{lines}[[categories]]\nlabel = "Politik"\nwas = ["alt"]\n')
    run = newsroom.build_well(now=LATER)
    first = SETTINGS.count("\n") + 2
    for number, (old, new) in enumerate(dead.items(), first):
        told = f"warning: config.toml:{number}: redirects.{old}: the site has nothing at the target: '{new}'\n"
        assert told in run.err
    assert run.err.count("warning: ") == len(dead)
    assert newsroom.build("--strict", now=LATER).code == 1
    newsroom.configure(SETTINGS)
    assert newsroom.build("--strict", now=LATER).code == 0


def test_a_redirect_may_take_the_slash_from_what_something_else_publishes(newsroom: Newsroom) -> None:
    newsroom.configure(f'{SETTINGS}[redirects]\n"/kontakt/" = "{BASE}kontakt"\n')
    newsroom.build_well("--compress")
    assert newsroom.site()["_redirects"].decode().splitlines() == [f"/kontakt/ {BASE}kontakt 301"]


def test_a_redirect_away_from_what_the_site_has_is_told_and_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.build_well()
    site = newsroom.site()
    page = next(name for name in site if name.startswith("artikel/")).removesuffix("index.html")
    own = ("/politik/atom.xml", "/politik/", f"/{page}")
    lines = "".join(f'"{path}" = "/feeds.opml"\n' for path in (*own, "/artikel/weg/"))
    newsroom.configure(f"{SETTINGS}[redirects]\n{lines}")
    first = SETTINGS.count("\n") + 2
    run = newsroom.build("--compress")
    told = (f"config.toml:{first + number}: redirects.{path}: the site has this" for number, path in enumerate(own))
    check_told(run, 1, *told)
    assert run.err.count("error: ") == len(own)
    now = newsroom.site()
    assert {name: now[name] for name in site if name not in {".feeds-manifest.json"}}.items() <= site.items()
    assert now["_redirects"].count(b"feeds.opml") == 2
    assert b"/artikel/weg " in now["_redirects"]
    assert b"/artikel/weg/ " in now["_redirects"]


def test_a_dry_run_needs_no_library_that_can_be_written(tmp_path: Path) -> None:
    """As on a disk that is mounted to be read only."""
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    newsroom.build_well()
    # SQLite can't make the file that a writer needs, be it root or not.
    newsroom.library.with_name("library.sqlite-wal").unlink(missing_ok=True)
    newsroom.library.with_name("library.sqlite-wal").symlink_to("nowhere/library.sqlite-wal")
    newsroom.write("neu.txt", "Etwas Neues")
    before = newsroom.site(), newsroom.ledger.read_bytes(), newsroom.library.read_bytes()
    run = newsroom.build("--dry-run")
    assert run.code == 0, run.told
    assert "2 seeds: 1 read, 1 new, 0 changed, 1 unchanged" in run.out
    assert (newsroom.site(), newsroom.ledger.read_bytes(), newsroom.library.read_bytes()) == before
