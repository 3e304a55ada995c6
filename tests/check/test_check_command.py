"""`feeds check` as people and CI call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from feeds.cli import main
from tests.newsroom import BASE, SETTINGS, Newsroom

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "check"
NOW = "--now=2024-06-26T12:00:00Z"


def run(*args: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["check", NOW, *args])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_a_careful_folder_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(DATA / "good" / "site"), capsys=capsys) == (0, "0 errors, 0 warnings\n", "")


def test_errors_exit_with_1_and_tell_file_line_rule_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(DATA / "bad" / "wrong-weekday.rss.xml")
    code, out, _ = run(path, capsys=capsys)
    assert code == 1
    assert out.startswith(
        f"{path}:19: error: pubDate of the item was a Tue: 'Wed, 25 Jun 2024 14:05:00 GMT'\n  Compute"
    )
    assert out.endswith("1 error, 0 warnings\n")


def test_warnings_exit_with_0_unless_strict(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(DATA / "bad" / "date-fraction.atom.xml")
    assert run(path, capsys=capsys)[0] == 0
    assert run("--strict", path, capsys=capsys)[0] == 1


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(DATA / "bad" / name) for name in ("wrong-weekday.rss.xml", "duplicate-id.atom.xml")]
    code, out, _ = run("--json", *paths, capsys=capsys)
    assert code == 1
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["path"], row["rule"], row["level"]) for row in rows] == [
        (paths[0], "wrong-weekday", "error"),
        (paths[1], "duplicate-id", "error"),
    ]
    assert set(rows[0]) == {"rule", "level", "source", "path", "line", "what", "text", "hint"}


def test_without_target_the_output_folder_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text('[site]\nbase_url = "https://example.org/"\n', encoding="utf-8")
    shutil.copytree(DATA / "good" / "site", tmp_path / "public")
    assert run(capsys=capsys)[0] == 0
    (tmp_path / "public" / "artikel" / "4" / "index.html").unlink()
    code, out, _ = run(capsys=capsys)
    assert code == 1
    assert "missing-page" in out


def test_the_redirects_of_the_settings_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(DATA / "good" / "site", tmp_path / "public")
    page = tmp_path / "public" / "artikel" / "4" / "index.html"
    page.write_text(page.read_text(encoding="utf-8") + '<a href="https://example.org/alt/1">', encoding="utf-8")
    settings = '[site]\nbase_url = "https://example.org/"\n'
    (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    assert "missing-target" in run("--strict", capsys=capsys)[1]
    (tmp_path / "config.toml").write_text(f'{settings}[redirects]\n"/alt/1" = "/politik/"\n', encoding="utf-8")
    assert run("--strict", capsys=capsys) == (0, "0 errors, 0 warnings\n", "")


def test_pages_of_your_own_that_settings_name_are_there(tmp_path: Path) -> None:
    own = 'imprint = "/impressum/"\nprivacy = "/recht.html#datenschutz"\ncontact = "/kontakt?an=uns"\n'
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace("[site]\n", f"[site]\n{own}"))
    newsroom.write("a.txt")
    newsroom.build_well()
    assert newsroom.feeds("check", "--strict").told == "0 errors, 0 warnings\n"
    assert list_missing(newsroom) == []
    # A build leaves such a page where it is put.
    page = newsroom.public / "impressum" / "index.html"
    page.parent.mkdir()
    page.write_text("Impressum", encoding="utf-8")
    newsroom.write("b.txt", "Noch eine Meldung")
    newsroom.build_well()
    assert page.is_file()


def test_what_was_renamed_is_there_as_the_site_leads_on_from_it(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    paths = ["politik/", "politik/atom.xml", "staat/", "staat/atom.xml", "staat/nichts.html", "politik/nichts.html"]
    links = "".join(f"[mehr]({BASE}{path})\n" for path in paths)
    seed = newsroom.folder / "seeds" / "a.md"
    text = f"---\nid: a\ntitle: A\ncategory: Politik\npublished: 2024-06-25\n---\n\nEin Text.\n\n{links}"
    seed.write_text(text, encoding="utf-8")
    newsroom.build_well()
    assert list_missing(newsroom) == paths[2:]
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nwas = ["politik"]\n')
    seed.write_text(text.replace("Politik", "Staat"), encoding="utf-8")
    newsroom.build_well()
    assert list_missing(newsroom) == paths[4:]
    # Taken back: only the ledger knows the other name now.
    newsroom.configure(SETTINGS)
    seed.write_text(text, encoding="utf-8")
    newsroom.build_well()
    assert list_missing(newsroom) == paths[4:]


def list_missing(newsroom: Newsroom) -> list[str]:
    """The paths of the site at which there is nothing, in the order in which they are told."""
    run = newsroom.feeds("check", "--json", "--now", "2026-02-01T12:00:00Z")
    assert run.code == 0, run.told
    return [json.loads(line)["text"].removeprefix(BASE) for line in run.out.splitlines()]


def test_a_target_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("nirgends.xml", capsys=capsys)
    assert code == 1
    assert "nirgends.xml: can't be read" in err


@pytest.mark.parametrize("name", ["a" * 5000, "loop"])
def test_what_cannot_be_read_is_told_and_the_rest_is_checked(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    code, out, err = run(name, str(DATA / "bad" / "wrong-weekday.rss.xml"), capsys=capsys)
    assert code == 1
    assert f"error: {name}: can't be read: " in err
    assert "wrong-weekday" in out
    assert out.endswith("2 errors, 0 warnings\n")


@pytest.mark.parametrize("now", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize("name", ["careful", "site"])
def test_now_may_be_the_first_or_the_last_instant(name: str, now: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run("--now", now, str(DATA / "good" / name), capsys=capsys)
    assert out.endswith((" warnings\n", " warning\n"))
    assert not err


def test_a_folder_without_documents_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "index.html").write_text("<p>Nichts</p>", encoding="utf-8")
    code, out, _ = run(str(tmp_path), capsys=capsys)
    assert code == 1
    assert out.startswith(".: error: the folder holds no document")


def test_with_a_base_url_a_file_is_found_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(DATA / "good" / "site", tmp_path / "public")
    shutil.copy(DATA / "good" / "careful" / "rss.xml", tmp_path)
    paths = ("rss.xml", "public/politik/atom.xml")
    assert run("--base-url", "https://example.org/", *paths, capsys=capsys)[1] == "0 errors, 0 warnings\n"
    _, out, _ = run("--base-url", "https://example.net/", *paths, capsys=capsys)
    assert "rss.xml:10: warning: the channel, found at https://example.net/rss.xml, names another address" in out
    assert "the feed, found at https://example.net/politik/atom.xml, names another address" in out


def test_the_note_lists_all_rules(capsys: pytest.CaptureFixture[str]) -> None:
    _, table, _ = run("--rules", capsys=capsys)
    note = (ROOT / "docs" / "what-feeds-check-objects-to.md").read_text(encoding="utf-8")
    assert table in note, "replace the table in the note by what `feeds check --rules` prints"
