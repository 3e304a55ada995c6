"""Templates are compiled once, and again wherever they would be compiled to something else."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import jinja2
import pytest
from jinja2 import Environment, FileSystemLoader

from feeds.render import pages
from feeds.render.compiled import CompiledTemplates
from feeds.render.views import SiteView
from feeds.text import Catalogue, load_catalogue

GERMAN = load_catalogue("de")


class Room:
    """A folder of templates, and what was compiled of them."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "kept"
        self.templates = folder / "templates"
        self.templates.mkdir()
        self.write('{{ "page_home"|say }}: {{ title }}')
        self.compiled = 0

    def write(self, text: str) -> None:
        (self.templates / "page.html.jinja").write_text(text, encoding="utf-8")

    def render(self, catalogue: Catalogue = GERMAN) -> str:
        """A page, as a new process renders it."""

        class Counting(Environment):
            def _compile(inner, source: str, filename: str) -> object:  # type: ignore[override] # noqa: N805
                self.compiled += 1
                return super()._compile(source, filename)

        cache = CompiledTemplates(catalogue)
        environment = Counting(loader=FileSystemLoader(self.templates), bytecode_cache=cache, autoescape=True)
        environment.filters["say"] = catalogue.say
        return environment.get_template("page.html.jinja").render(title="<Titel>")

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.kept.rglob("*") if path.is_file())


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room(tmp_path)
    monkeypatch.setattr(sys, "pycache_prefix", str(room.kept))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return room


def test_a_template_is_compiled_once(room: Room) -> None:
    wanted = f"{GERMAN.words['page_home']}: &lt;Titel&gt;"
    assert [room.render() for _ in range(3)] == [wanted] * 3
    assert room.compiled == 1


def test_pages_are_rendered_with_what_is_kept(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def count(environment: Environment, source: str, filename: str) -> object:
        compiled.append(filename)
        return compile_source(environment, source, filename)

    compile_source = Environment._compile
    monkeypatch.setattr(Environment, "_compile", count)
    texts = set()
    for _ in range(2):
        pages._load_environment.cache_clear()
        texts.add(pages.render_message(SiteView("Blatt", "https://example.org/"), "gone"))
    assert len(texts) == 1
    assert len(compiled) == len(set(compiled)) == len(room.files)


def test_another_text_is_compiled(room: Room) -> None:
    room.render()
    room.write("anders")
    assert room.render() == "anders"
    assert room.compiled == 2


def test_other_words_are_compiled_in(room: Room) -> None:
    room.render()
    other = dataclasses.replace(GERMAN, words={**GERMAN.words, "page_home": "Anfang"})
    assert room.render(other).startswith("Anfang: ")
    assert room.compiled == 2


def test_another_jinja_compiles_anew(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room.render()
    (tmp_path / "jinja.py").write_text("another", encoding="utf-8")
    monkeypatch.setattr(jinja2, "__file__", str(tmp_path / "jinja.py"))
    room.render()
    assert room.compiled == 2


def test_languages_are_kept_apart(room: Room) -> None:
    other = dataclasses.replace(GERMAN, language="de-AT")
    for _ in range(2):
        room.render()
        room.render(other)
    assert room.compiled == 2
    assert len(room.files) == 2


@pytest.mark.parametrize("damage", ["empty", "cut", "bit"])
def test_what_was_damaged_is_compiled_again(room: Room, damage: str) -> None:
    wanted = room.render()
    (file,) = room.files
    data = file.read_bytes()
    other = {"empty": b"", "cut": data[:-1], "bit": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]}[damage]
    file.write_bytes(other)
    assert [room.render() for _ in range(2)] == [wanted] * 2
    assert room.compiled == 2


def test_nothing_is_kept_where_python_is_to_keep_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    room.render()
    assert room.files == []


def test_where_nothing_can_be_kept_each_run_compiles(room: Room) -> None:
    room.kept.write_bytes(b"")
    assert room.render() == room.render()
    assert room.compiled == 2
