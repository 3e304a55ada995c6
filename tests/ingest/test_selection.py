"""Which of some named files are seeds: the same as a listing of all sources says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.config import Config, parse_config
from feeds.ingest.seeds.listing import list_seeds
from feeds.ingest.seeds.selection import Selector

FOLDERS = ["", "seeds/", "seeds/a/", "seeds/a/b/", "seeds/.b/", "seeds/[x]/", "aus/", "public/"]
NAMES = ["a.txt", "b.TXT", ".c.txt", "README.md", "x.pdf", "ä.html", "[x].md"]
PATHS = st.builds("{}{}".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
READS = [
    'folder = "seeds"', 'folder = "seeds/a"', 'folder = "../room/seeds"', 'folder = "."', 'glob = "seeds/*.txt"',
    'glob = "**/*.txt"', 'glob = "seeds/**/*.*"', 'glob = "seeds/*/*"', 'glob = "seeds/[ab]/*.txt"', 'glob = "*/a.txt"',
    'glob = "../room/seeds/**/?.txt"', 'glob = "seeds/**/b/**/*.txt"', 'glob = "seeds/a/a.txt"',
]  # fmt: skip


def make_config(folder: Path, *reads: str) -> Config:
    sources = "".join(f'[[sources]]\nname = "{number}"\n{read}\n' for number, read in enumerate(reads))
    return parse_config(sources, folder / "config.toml")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


@given(
    paths=st.sets(PATHS, min_size=1, max_size=12),
    reads=st.lists(st.sampled_from(READS), min_size=1, max_size=3, unique=True),
)
@settings(max_examples=150, deadline=None)  # each writes files
def test_each_file_is_what_a_listing_says(
    tmp_path_factory: pytest.TempPathFactory, paths: set[str], reads: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("here") / "room"
    touch(folder, "seeds/a/da.txt", *paths)
    config = make_config(folder, *reads)
    listed = {seed.path: seed for seed in list_seeds(config).seeds}
    selector = Selector(config)
    for path in {*paths, "seeds/nie.txt"}:
        assert selector.look(str(folder / path)) == {path: listed.get(path)}
    assert selector.errors == []
    assert selector.unsettled is None


def test_a_file_is_known_by_whatever_way_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room, far = tmp_path / "room", tmp_path / "fern/texte"
    touch(far, "a.txt")
    touch(room, "config.toml")
    (room / "seeds").symlink_to(far)
    (tmp_path / "auch").symlink_to(room)
    selector = Selector(make_config(room, 'folder = "seeds"'))
    (seed,) = list_seeds(make_config(room, 'folder = "seeds"')).seeds
    monkeypatch.chdir(far)
    for path in ("a.txt", "../texte/./a.txt", str(room / "seeds/a.txt"), str(tmp_path / "auch/seeds/a.txt")):
        assert selector.look(path)["seeds/a.txt"] == seed, path
    (far / "a.txt").unlink()
    assert selector.look("a.txt")["seeds/a.txt"] is None


def test_a_link_out_of_its_source_is_refused_as_in_a_listing(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a.txt", "aus/geheim.txt", "seeds/unten/b.txt")
    (tmp_path / "seeds/link.txt").symlink_to(tmp_path / "aus/geheim.txt")
    (tmp_path / "seeds/nirgends.txt").symlink_to(tmp_path / "seeds/nie.txt")
    (tmp_path / "seeds/gut.txt").symlink_to(tmp_path / "seeds/a.txt")
    (tmp_path / "seeds/unten/link.txt").symlink_to(tmp_path / "aus/geheim.txt")
    config = make_config(tmp_path, 'glob = "seeds/unten/*.txt"', 'folder = "seeds"')
    listing, selector = list_seeds(config), Selector(config)
    names = ("seeds/link.txt", "seeds/nirgends.txt", "seeds/gut.txt", "seeds/unten/link.txt")
    found = {name: seed for path in names for name, seed in selector.look(str(tmp_path / path)).items()}
    assert sorted(map(str, selector.errors)) == sorted(map(str, listing.errors))
    assert {name for name, seed in found.items() if seed} == {"seeds/gut.txt"}


def test_a_folder_and_a_way_through_a_link_need_a_listing(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/.hidden/a.txt", "seeds/a/b.txt", "aus/c.txt")
    (tmp_path / "seeds/link").symlink_to(tmp_path / "seeds/.hidden")
    config = make_config(tmp_path, 'folder = "seeds"')
    for path, why in {
        "seeds/link/a.txt": "leads through a link",
        "seeds/link": "is a folder",
        "seeds/a": "is a folder",
        "seeds": "is a folder",
        ".": "is a folder with texts",
    }.items():
        selector = Selector(config)
        selector.look(str(tmp_path / path))
        assert selector.unsettled is not None, path
        assert why in selector.unsettled
    selector = Selector(config)
    for path in ("aus", "seeds/.hidden", "seeds/.hidden/a.txt", "nie"):
        assert not any(selector.look(str(tmp_path / path)).values())
    assert selector.unsettled is None
