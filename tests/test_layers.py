"""Imports point backwards along the road only: a module may import what stands before it, never what comes later."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import feeds

PACKAGE = Path(feeds.__file__).parent
ROAD = [
    "errors", "progress", "workers", "ownership", "dates", "text", "config", "article", "parse", "feed", "render",
    "check", "foreign", "diff", "store", "ingest", "site", "adopt", "gate", "build", "web", "publish", "serve", "cli",
]  # fmt: skip
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYOUTS = PACKAGE / "parse" / "layouts"
"""Layouts are all alike: to add one is to add a file, and nothing else."""
PACKAGES = sorted(path.parent for path in MODULES if path.name == "__init__.py" and path.parent != LAYOUTS)


def step_of(path: Path) -> str:
    """The step of the road that a module belongs to: the first name below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def steps_imported(path: Path) -> set[str]:
    """The steps of the road that a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            module = node.module or ""
            names.update(f"{module}.{alias.name}" if module == "feeds" else module for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("feeds.")} & set(ROAD)


def test_there_are_modules() -> None:
    assert len(MODULES) > 1


def test_the_road_is_told_as_it_is() -> None:
    told = re.sub(r"\s", "", (feeds.__doc__ or "").rpartition(":")[2]).split(",")
    note = (PACKAGE.parent / "docs" / "every-article-takes-one-road.md").read_text(encoding="utf-8")
    table = note.partition("|---|")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    assert told == re.findall(r"`(\w+)`", " ".join(rows)) == ROAD


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(PACKAGE.parent)))
def test_a_package_names_its_modules(package: Path) -> None:
    told = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    modules = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    unnamed = {name for name in modules if not name.startswith("__") and re.search(rf"\b{name}\b", told) is None}
    assert not unnamed, f"{package}: its docstring is where a newcomer looks first"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_backwards(path: Path) -> None:
    step = step_of(path)
    if step in {"__init__", "__main__"}:
        return
    assert step in ROAD, f"{path} stands beside the road: name it in ROAD, and in the docstring of feeds/__init__.py"
    later = {other for other in steps_imported(path) if ROAD.index(other) > ROAD.index(step)}
    assert not later, f"{path} imports {sorted(later)}, which come later on the road"
