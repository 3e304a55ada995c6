"""Which files are seeds: by their names, in one order, each once."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from feeds.config import Config, parse_config
from feeds.errors import ConfigError, SeedError
from feeds.ingest.seeds.listing import list_seeds
from feeds.ingest.seeds.seedfile import is_seed_name, look_at, open_folder
from feeds.ingest.seeds.selection import Selector
from tests.newsroom import Newsroom

NAMES = [
    ("a.txt", True), ("a.TXT", True), ("a.html", True), ("a.htm", True), ("a.md", True), ("a.markdown", True),
    ("a.text", True), ("README.md", False), ("readme.txt", False), ("README", False), (".a.txt", False),
    ("a", False), ("a.txt~", False), ("a.pdf", False), ("a.txt.bak", False), ("readme-neu.txt", True),
    (".txt", False),
]  # fmt: skip


def make_config(folder: Path, sources: str) -> Config:
    return parse_config(sources, folder / "config.toml")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


PARTS = ["seeds/a_files/frame.html", "seeds/a_files/mehr/frame.htm", "seeds/Ö ä-Dateien/frame.html"]
PAGES = ["seeds/a.htm", "seeds/b_files/c.txt", "seeds/_files/d.html", "seeds/Ö ä.html"]


@pytest.mark.parametrize("reads", ['folder = "seeds"', 'glob = "seeds/**/*.*"', 'glob = "**/*.*"'])
def test_what_a_browser_saved_beside_a_page_is_part_of_it(tmp_path: Path, reads: str) -> None:
    touch(tmp_path, *PARTS, *PAGES)
    config = make_config(tmp_path, f'[[sources]]\nname = "x"\n{reads}\n')
    assert [seed.path for seed in list_seeds(config).seeds] == sorted(PAGES)
    selector = Selector(config)
    assert [path for path in (*PARTS, *PAGES) if any(selector.look(str(tmp_path / path)).values())] == PAGES
    assert selector.unsettled is None
    assert {name for _, names in selector.parts for name in names} == {"seeds/a_files", "seeds/Ö ä-Dateien"}


def test_a_page_that_is_gone_leaves_its_parts_to_a_listing(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a_files/frame.html")
    selector = Selector(make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n'))
    assert not any(selector.look(str(tmp_path / "seeds/a.html")).values())
    assert selector.unsettled is not None


@pytest.mark.parametrize(("name", "is_seed"), NAMES)
def test_what_a_seed_is_called(name: str, *, is_seed: bool) -> None:
    assert is_seed_name(name) is is_seed


def test_seeds_of_all_folders_are_sorted_by_path(tmp_path: Path) -> None:
    touch(
        tmp_path, "seeds/b.txt", "seeds/a/z.txt", "seeds/a.txt", "seeds/.git/x.txt", "seeds/a/README.md", "seeds/x.pdf"
    )
    seeds, errors, *_ = list_seeds(make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n'))
    assert [seed.path for seed in seeds] == ["seeds/a.txt", "seeds/a/z.txt", "seeds/b.txt"]
    assert errors == []


@pytest.mark.parametrize("place", ['folder = "seeds"', 'glob = "seeds/**/*"'])
def test_pages_of_another_kind_are_counted_and_told(tmp_path: Path, place: str) -> None:
    settings = f'[[sources]]\nname = "x"\n{place}\n'
    assets = ["seeds/a-Dateien/stil.css", "seeds/a-Dateien/bild.png", "seeds/.x.pdf"]
    assets += ["seeds/bild.JPG", "seeds/a.txt~", "seeds/README", "seeds/README.rst", "seeds/.ohne"]
    others = ["seeds/a.mhtml", "seeds/b/index.php?id=12", "seeds/c.PDF", "seeds/d.pdf", "seeds/ohne", "seeds/e.rst"]
    touch(tmp_path, *others, *assets)
    listing = list_seeds(make_config(tmp_path, settings))
    assert listing.others[0].counts == {"": 1, "mhtml": 1, "php": 1, "pdf": 2, "rst": 1}
    if "glob" in place:
        assert listing.idle == {0: "no file of a kind that is read matches its pattern"}
    newsroom = Newsroom(tmp_path)
    newsroom.configure(settings)
    run = newsroom.build_well()
    told = "6 files of another kind not read, such as seeds/a.mhtml: no suffix, .mhtml, .pdf, .php, .rst\n"
    assert f"note: seeds: {told}  files that are read end with one" in run.err
    touch(tmp_path, "seeds/neu.txt")
    (tmp_path / "seeds/neu.txt").rename(tmp_path / "seeds/neu.md")
    assert ".htm, .html, .markdown, .md, .text, .txt: save pages as HTML" in newsroom.build_well().err


@pytest.mark.parametrize("place", ['folder = "seeds"', 'glob = "seeds/**/*"'])
def test_a_readme_that_is_an_article_is_told(tmp_path: Path, place: str) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.configure(f'[[sources]]\nname = "x"\n{place}\n')
    touch(tmp_path, "seeds/a.txt", "seeds/b/README.md", "seeds/Readme.txt", "seeds/readme.html", "seeds/README.rst")
    article = "---\ntitle: Ein Bericht\npublished: 2026-11-05\n---\nDer Rat hat getagt.\n"
    (tmp_path / "seeds/b/README.md").write_text(article, encoding="utf-8")
    (tmp_path / "seeds/README.rst").write_text(article, encoding="utf-8")
    (tmp_path / "seeds/Readme.txt").write_text("---\ntitle: Linie\n", encoding="utf-8")
    told = newsroom.build().err
    assert told.count("has front matter with a title") == 1
    what = "has front matter with a title, and is not read: a README tells of the folder"
    assert f"note: seeds/b/README.md: {what}\n  if it is an article, give it another name\n" in told


def test_a_file_of_two_sources_belongs_to_the_first(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a.txt", "seeds/unten/b.txt")
    sources = '[[sources]]\nname = "x"\nglob = "seeds/unten/*.txt"\n[[sources]]\nname = "y"\nfolder = "seeds"\n'
    seeds, *_ = list_seeds(make_config(tmp_path, sources))
    assert [(seed.path, seed.source.name) for seed in seeds] == [("seeds/a.txt", "y"), ("seeds/unten/b.txt", "x")]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a/x.txt")
    (tmp_path / "seeds/a/kreis").symlink_to("..")
    (tmp_path / "seeds/b").symlink_to("a")
    (tmp_path / "seeds/0").symlink_to("a")
    seeds, errors, *_ = list_seeds(make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n'))
    assert [seed.path for seed in seeds] == ["seeds/a/x.txt"]
    assert errors == []


def test_a_link_to_itself_hides_no_other_file(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a.txt", "seeds/z.txt")
    (tmp_path / "seeds/kreis.txt").symlink_to("kreis.txt")
    (tmp_path / "seeds/ordner").symlink_to("ordner")
    seeds, errors, *_ = list_seeds(make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n'))
    assert [seed.path for seed in seeds] == ["seeds/a.txt", "seeds/z.txt"]
    assert [error.path for error in errors] == ["seeds/kreis.txt"]


def test_a_source_may_lie_outside_and_be_reached_by_a_link(tmp_path: Path) -> None:
    touch(tmp_path, "anderswo/a.txt", "blatt/config.toml")
    (tmp_path / "blatt/seeds").symlink_to(tmp_path / "anderswo")
    for folder in ("seeds", "../anderswo"):
        sources = f'[[sources]]\nname = "x"\nfolder = "{folder}"\n'
        seeds, errors, *_ = list_seeds(make_config(tmp_path / "blatt", sources))
        assert [seed.path for seed in seeds] == [f"{folder}/a.txt"]
        assert errors == []


def test_a_pattern_never_reaches_what_was_published(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a.html", "public/index.html", "public/artikel/a/index.html")
    seeds, errors, *_ = list_seeds(make_config(tmp_path, '[[sources]]\nname = "x"\nglob = "**/*.html"\n'))
    assert [seed.path for seed in seeds] == ["seeds/a.html"]
    assert errors == []


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder"):
        list_seeds(make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "fehlt"\n'))


def test_a_file_in_place_of_a_folder_is_named_as_such(tmp_path: Path) -> None:
    touch(tmp_path, "seeds")
    with pytest.raises(ConfigError, match=r"sources\.0\.folder: this is no folder: '"):
        list_seeds(make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n'))


def test_a_file_that_vanishes_while_its_folder_is_listed_is_no_error(tmp_path: Path) -> None:
    touch(tmp_path, "seeds/a.txt")
    (tmp_path / "seeds/link.txt").symlink_to("a.txt")
    (source,) = make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n').sources
    errors: list[SeedError] = []
    folder = tmp_path / "seeds"
    with open_folder(str(folder)) as handle:
        (folder / "a.txt").unlink()
        assert look_at("a.txt", "seeds/a.txt", source, errors, handle=handle) is None
        assert errors == []
        assert look_at("link.txt", "seeds/link.txt", source, errors, handle=handle) is None
        assert [error.path for error in errors] == ["seeds/link.txt"]
    (folder / "link.txt").unlink()
    assert look_at(str(folder / "link.txt"), "seeds/link.txt", source, errors) is None
    assert len(errors) == 1


def test_a_large_folder_is_listed_with_little_memory(tmp_path: Path) -> None:
    number = 2000
    touch(tmp_path, *(f"seeds/{count}.txt" for count in range(number)))
    config = make_config(tmp_path, '[[sources]]\nname = "x"\nfolder = "seeds"\n')
    list_seeds(config)
    tracemalloc.start()
    listing = list_seeds(config)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(listing.seeds) == number
    # What the system says of a file takes more room than all else; none is kept longer than it takes to look at it.
    assert most - held < 150 * number
