"""What docs/the-ledger-is-all-that-must-be-kept.md says of backups."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.web.serving import DATA
from tests.web.test_hosting import build


def read_all(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_restored_newsroom_is_the_same_to_the_byte(tmp_path: Path) -> None:
    shutil.copytree(DATA / "newsroom", tmp_path / "first")
    build(tmp_path / "first")
    seeds = tmp_path / "first" / "seeds"
    # After this, only the ledger knows under which address the article was published first.
    text = (seeds / "rathaus-1.txt").read_text(encoding="utf-8").replace("Meldung 1 aus dem Rathaus", "Umbenannt")
    (seeds / "rathaus-1.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "first")

    second = tmp_path / "second"
    second.mkdir()
    for name in ("config.toml", "ledger.jsonl"):
        shutil.copy2(tmp_path / "first" / name, second / name)
    shutil.copytree(seeds, second / "seeds")
    ledger = (second / "ledger.jsonl").read_bytes()
    build(second)
    assert read_all(second / "public") == read_all(tmp_path / "first" / "public")
    assert (second / "ledger.jsonl").read_bytes() == ledger
