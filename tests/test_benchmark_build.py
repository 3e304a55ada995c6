"""What the benchmark of building measures: a process's memory and time, the work alone, the same articles for Hugo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from benchmarks import corpus, floor, measuring, plain
from benchmarks.hugo import write_site
from benchmarks.measuring import keep_compiled, measure
from tests.newsroom import ROOT, SETTINGS, Newsroom

HOLD = """
import pathlib, time
held = bytearray(80_000_000)
time.sleep(0.3)
while not pathlib.Path("seen").exists():
    time.sleep(0.02)
"""


def test_a_process_is_measured_with_what_it_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_noted(process: int) -> int:
        found = read(process)
        if found >= 80_000_000 or not Path("/proc/self/status").exists():
            (tmp_path / "seen").touch()
        return found

    read = measuring._read_anonymous
    monkeypatch.setattr(measuring, "_read_anonymous", read_noted)
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}], check=True)"
    cost = measure(sys.executable, "-c", start, folder=tmp_path)
    assert cost.wall >= 0.3
    assert cost.resident >= 80_000_000
    assert cost.anonymous is None or cost.anonymous >= 80_000_000
    with pytest.raises(subprocess.CalledProcessError):
        measure(sys.executable, "-c", "raise SystemExit(3)", folder=tmp_path)


def test_what_is_measured_is_compiled_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "package").mkdir()
    for name in ("package/one.py", "two.py"):
        (tmp_path / name).write_text("", encoding="utf-8")
    keep_compiled(tmp_path / "package")
    assert list((tmp_path / "package/__pycache__").iterdir())
    measure(sys.executable, "-c", "import two", folder=tmp_path)
    assert list((tmp_path / "__pycache__").iterdir())


def test_the_work_of_a_command_is_timed_without_its_imports(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room", SETTINGS, real_seed=True)
    record = tmp_path / "record.json"
    config = str(room.folder / "config.toml")
    command = (sys.executable, "-m", "benchmarks.command", str(record), "build", "--config", config)
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        found = json.loads(record.read_text(encoding="utf-8"))
        assert "feedgen" in found["modules"]
        assert found["seconds"] > 0
    assert (room.folder / "public/atom.xml").exists()


def test_hugo_gets_every_article_in_the_section_of_its_category(tmp_path: Path) -> None:
    corpus.write_pages(tmp_path, corpus.iterate_pages(20))
    articles = [article for path in tmp_path.rglob("*.txt") if (article := plain.read(path)) is not None]
    assert len(articles) == 20
    write_site(tmp_path / "hugo", articles)
    written = [path for path in (tmp_path / "hugo/content").glob("*/*.md") if path.name != "_index.md"]
    assert len(written) == 20
    assert {"politik", "praesident"} <= {path.parent.name for path in written}
    assert written[0].read_text(encoding="utf-8").startswith('---\ntitle: "')


def test_the_floor_publishes_every_article_twice_in_each_archived_format(tmp_path: Path) -> None:
    corpus.write_pages(tmp_path / "seeds", corpus.iterate_pages(120))
    floor.build(tmp_path / "seeds", tmp_path / "floor")
    lines = (tmp_path / "floor/ledger.jsonl").read_text(encoding="utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert len(set(ids)) == 120
    # In the feed of all, and in that of its category.
    items = [
        item["id"] for path in (tmp_path / "floor").glob("*.json") for item in json.loads(path.read_bytes())["items"]
    ]
    assert sorted(items) == sorted(ids * 2)
    atoms = [etree.parse(path) for path in (tmp_path / "floor").glob("*.atom")]
    assert sorted(str(found.text) for atom in atoms for found in atom.iterfind(".//{*}id")) == sorted(items)
    newest = [etree.parse(path) for path in (tmp_path / "floor").glob("*.rss")]
    assert len(newest) == len(list((tmp_path / "floor").glob("feed*-0.atom")))
    assert all(rss.findtext("channel/item/guid") in ids for rss in newest)
