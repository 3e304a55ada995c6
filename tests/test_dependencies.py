"""docs/dependencies.md tells for each dependency what it is for and what it was weighed against, and for no other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|")


def list_rows() -> list[tuple[str, str, str]]:
    lines = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
    return [(match[1], match[2], match[3]) for line in lines if (match := ROW.fullmatch(line))]


def canonicalize(requirement: str) -> str:
    """The name in a requirement, in the form of PEP 503."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def iterate_requirements(project: dict[str, Any]) -> Iterator[str]:
    yield from project["build-system"]["requires"]
    yield from project["project"]["dependencies"]
    for group in [*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()]:
        yield from (item for item in group if isinstance(item, str))


def test_every_dependency_has_its_line_and_every_line_its_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [name for name, _, _ in list_rows()]
    assert sorted(names) == sorted({canonicalize(item) for item in iterate_requirements(project)})


def test_the_pip_of_python_3_11_installs_all_that_html_pages_need() -> None:
    # It finds no extra with an underscore, such as trafilatura's lxml[html_clean].
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "lxml-html-clean" in map(canonicalize, project["project"]["optional-dependencies"]["html"])


def test_all_documented_ways_install_the_extra_for_html_pages() -> None:
    """The same seeds must read the same here, in CI and in the image: make, action, GitLab and image take the lock."""
    assert "\ntrafilatura==" in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    notes = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    ways = [
        (path.name, way)
        for path in notes
        for way in re.findall(r"^\$ pip install (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert ways == [("README.md", "'.[html]'")]


def test_every_line_gives_a_reason_and_an_alternative() -> None:
    for name, reason, alternative in list_rows():
        assert len(reason.split()) >= 3, name
        assert alternative.strip(), name


def test_the_index_of_notes_names_every_note_by_its_claim() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    listed = {name: claim for claim, name in re.findall(r"^- \[(.+)\]\(([\w-]+\.md)\)$", index, re.MULTILINE)}
    notes = {path.name: path for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"}
    assert listed == {name: path.read_text(encoding="utf-8").splitlines()[0][2:] for name, path in notes.items()}
