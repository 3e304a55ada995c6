"""What git tracks works on every machine: no registry's host, no path of a developer's machine, locks with hashes."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]

# None of these patterns matches its own spelling: a backslash or a bracket stands where the host or path has none.
REGISTRY = re.compile(
    r"""
    \bpypi\.(?:org|python\.org) | \bpythonhosted\.org                           # Python
    | \b(?:npmjs|yarnpkg|npmmirror)\.(?:org|com) | \bcrates\.io                 # JavaScript, Rust
    | \bproxy\.golang\.org | \brubygems\.org | \b(?:ana)?conda\.(?:org|com)     # Go, Ruby, conda
    | \bmaven\.(?:org|apache\.org) | \bpackagist\.org | \bnuget\.org            # Java, PHP, .NET
    | \b[\w-]+\.(?:jfrog|gemfury|fury|cloudsmith)\.(?:io|com) | \bpkg\.dev\b    # rented ones
    | \bcodeartifact\.[\w-]+\.amazonaws\b | \bpkgs\.dev\.azure\b
    | https?://[^\s/"']*(?:artifactory|nexus|devpi|mirror)[^\s/"']*/            # a company's own
    | https?://[^\s"']+/simple/?(?=[\s"']|$)
    | --?(?:extra-)?(?:index|find)-?(?:url|links)[\s=]+["']?[a-z]+://
    """,
    re.VERBOSE | re.IGNORECASE,
)
HOMES = ["home", "Users", "root", "work", "workspace", "workspaces", "builds"]
MACHINE_PATH = re.compile(
    rf"(?<![\w.~/:*-])/(?:{'|'.join(HOMES)})/\w|file:///(?!etc/passwd)\w|\b[A-Za-z]:\\{{1,2}}Users\\"
)
REQUIREMENT = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)(?:\[[a-z0-9,._-]+\])?==(?P<version>[\w.!+-]+)(?: ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@cache
def list_tracked() -> tuple[str, ...]:
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return tuple(path for path in run.stdout.decode().split("\0") if path and (ROOT / path).is_file())


def find_in_tracked(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path in list_tracked()
        for text in [(ROOT / path).read_bytes().decode("utf-8", "replace")]
        for match in pattern.finditer(text)
    ]


def load_lock(name: str) -> dict[str, tuple[str, int]]:
    """Name -> version and number of hashes, of every requirement in a lock file; nothing else may stand in it."""
    found: dict[str, tuple[str, int]] = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+(?=--hash=)", line)
        match = REQUIREMENT.fullmatch(requirement.strip())
        assert match is not None, f"{name}: no pinned requirement: {requirement!r}"
        assert all(HASH.fullmatch(item.strip()) for item in hashes), f"{name}: {match['name']}"
        version, count = found.get(match["name"], ("", 0))
        found[match["name"]] = (f"{version} {match['version']}".strip(), count + len(hashes))
    return found


def canonicalize(requirement: str) -> str:
    """The name in a requirement, in the form of PEP 503."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def test_no_tracked_file_names_the_host_of_a_registry() -> None:
    assert len(list_tracked()) > 20
    assert find_in_tracked(REGISTRY) == []


def test_no_tracked_file_names_a_path_of_a_developers_machine() -> None:
    assert find_in_tracked(MACHINE_PATH) == []


@pytest.mark.parametrize(
    "parts",
    [
        ("https://py", "pi.org/simple"), ("files.python", "hosted.org"), ("registry.npm", "js.org"),
        ("https://static.crates", ".io/x"), ("https://nex", "us.firma.example/repository/"),
        ("--index", "-url https://example.org/"), ("https://mir", "ror.example/py/"),
        ("https://example.org/py/", "simple/"),
    ],
)  # fmt: skip
def test_hosts_of_registries_are_found(parts: tuple[str, str]) -> None:
    assert REGISTRY.search("".join(parts))


@pytest.mark.parametrize(
    "parts", [("/ho", "me/erika/feeds"), ('"/Us', 'ers/max/feeds"'), (" /wo", "rk/x"), ("C:\\Us", "ers\\max")]
)
def test_paths_of_machines_are_found(parts: tuple[str, str]) -> None:
    assert MACHINE_PATH.search("".join(parts))


@pytest.mark.parametrize("text", ["https://example.org/home/x", "benchmarks/.work/x", "PyPI's tzdata", "$HOME/x"])
def test_addresses_and_relative_paths_are_no_finding(text: str) -> None:
    assert not MACHINE_PATH.search(text)
    assert not REGISTRY.search(text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_of_a_lock_has_a_hash(name: str) -> None:
    locked = load_lock(name)
    assert len(locked) > 20
    assert {package: count for package, (_, count) in locked.items() if count == 0} == {}


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {canonicalize(item) for item in [*project["project"]["dependencies"], *groups["build"]]}
    assert wanted <= load_lock("requirements.lock").keys()
    extras = [item for items in project["project"]["optional-dependencies"].values() for item in items]
    wanted |= {canonicalize(item) for item in [*extras, *groups["dev"]] if isinstance(item, str)}
    assert wanted <= load_lock("requirements-dev.lock").keys()


def test_both_locks_pin_the_same_versions() -> None:
    users, developers = load_lock("requirements.lock"), load_lock("requirements-dev.lock")
    assert {name: developers[name][0] for name in users} == {name: version for name, (version, _) in users.items()}
