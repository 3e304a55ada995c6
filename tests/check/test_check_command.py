"""`feeds check` as people and CI call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from feeds.cli import main

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


def test_a_target_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("nirgends.xml", capsys=capsys)
    assert code == 1
    assert "nirgends.xml: can't be read" in err


def test_the_note_lists_all_rules(capsys: pytest.CaptureFixture[str]) -> None:
    _, table, _ = run("--rules", capsys=capsys)
    note = (ROOT / "docs" / "what-feeds-check-objects-to.md").read_text(encoding="utf-8")
    assert table in note, "replace the table in the note by what `feeds check --rules` prints"
