"""The URL space: every listed path has bytes, every other its answer, and only what changed is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.config import Config, load_config
from feeds.ingest.run import ingest
from feeds.ingest.work import Run
from feeds.site import Site, refresh
from feeds.store import Connection, ask, open_library
from tests.newsroom import BASE, SETTINGS, Newsroom

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 12, tzinfo=UTC)
MORE = """
[feeds]
entries = 2
sets = ["place"]

[redirects]
"/alt/" = "/politik/"
"/uralt/" = "/alt/"
"/frueher/rss" = "https://example.org/politik/feed/"
"/fort" = "https://anderswo.example/"
"/suche" = "/politik/?q=straße $1"

[[categories]]
label = "Staat"
was = ["politik"]

[[categories]]
label = "Sport"
removed = true

[[categories]]
label = "Leer"
"""


class Open(NamedTuple):
    """A newsroom with its library open for writing."""

    newsroom: Newsroom
    config: Config
    connection: Connection

    def ingest(self, now: datetime) -> list[str]:
        """Bring the library up to date; the paths that changed."""
        run = Run(self.connection, self.config, now)
        return refresh(run, report=ingest(run))

    def site(self, now: datetime) -> Site:
        """The site as it is now."""
        return Site(self.connection, self.config, now=now)

    def recorded(self) -> dict[str, str]:
        """Path -> digest of the bytes behind it, as the library has recorded it."""
        rows = ask(self.connection, "SELECT path, digest FROM documents")
        return {row.path: row.digest for row in rows}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + MORE)
    for number in range(5):
        newsroom.write(f"{number}.txt", f"Meldung {'abcde'[number]}", stamp=f"2{number} Juni 2024, 10:00")
    newsroom.write("kultur.txt", "Konzert am Abend", category="Kultur")
    newsroom.write("sport.txt", "Ein Tor", category="Sport")
    newsroom.write("weg.txt", "Falsche Meldung", category="Kultur", status="withdrawn")
    config = load_config(newsroom.folder / "config.toml")
    library = open_library(config.library.database)
    with library.write() as connection:
        found = Open(newsroom, config, connection)
        found.ingest(NOW)
        yield found
    library.close()


def test_every_listed_path_has_bytes_and_is_listed_once(opened: Open) -> None:
    site = opened.site(NOW)
    paths = list(site.paths())
    assert len(paths) == len(set(paths))
    digests = opened.recorded()
    assert set(paths) == set(digests)
    for path in paths:
        found = site.get(path)
        assert found.status in {200, 410}, path
        assert found.body, path
        assert found.digest == digests[path], path
        assert found.changed == NOW, path
    assert [path for path in paths if site.get(path).status == 410 and not path.startswith("/artikel/")] == []


def test_what_is_linked_to_is_listed_before_what_links_to_it(opened: Open) -> None:
    paths = list(opened.site(NOW).paths())
    articles = [paths.index(path) for path in paths if path.startswith("/artikel/")]
    assert max(articles) < min(paths.index("/atom.xml"), paths.index("/kultur/atom.xml"))
    for folder in ("/", "/kultur/"):
        assert paths.index(f"{folder}atom.xml") < paths.index(folder)


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/", 200, None),
        ("/staat/", 200, None),
        ("/staat", 301, "staat/"),
        ("/staat/atom.xml", 200, None),
        ("/staat/feed", 301, "staat/atom.xml"),
        ("/staat/rss", 301, "staat/rss.xml"),
        ("/feed/", 301, "atom.xml"),
        ("/staat/feed/", 301, "staat/atom.xml"),
        ("/politik/feed/", 301, "staat/atom.xml"),
        ("/sport/feed/", 410, None),
        ("/feed//", 404, None),
        ("/index.xml/", 404, None),
        ("/index.xml", 301, "rss.xml"),
        ("/index.html", 301, ""),
        ("/politik", 301, "staat/"),
        ("/politik/", 301, "staat/"),
        ("/politik/feed.json", 301, "staat/feed.json"),
        ("/politik/archiv/1/atom.xml", 301, "staat/archiv/1/atom.xml"),
        ("/politik/?x=1#2 %", 301, "staat/%3Fx%3D1%232%20%25"),
        ("/politik/\r\nSet-Cookie: a", 404, None),
        ("/politik/../../x", 404, None),
        ("/alt/", 301, "staat/"),
        ("/alt", 301, "staat/"),
        ("/fort/", 404, None),
        ("/uralt/", 301, "staat/"),
        ("/frueher/rss", 301, "staat/atom.xml"),
        ("/suche", 301, "staat/?q=stra%C3%9Fe%20$1"),
        ("/fort", 301, "https://anderswo.example/"),
        ("/sport/", 410, None),
        ("/sport", 410, None),
        ("/sport/rss.xml", 410, None),
        ("/leer/atom.xml", 200, None),
        ("/ort/minsk/atom.xml", 200, None),
        ("/staat/archiv/1/atom.xml", 200, None),
        ("/staat/archiv/99/atom.xml", 404, None),
        ("/staat/archiv/01/atom.xml", 404, None),
        ("/staat/archiv/١/atom.xml", 404, None),
        ("/nichts", 404, None),
        ("/nichts/", 404, None),
        ("/artikel", 404, None),
        ("/artikel/nichts", 404, None),
        ("/artikel/nichts/", 404, None),
        ("/artikel/nichts/mehr", 404, None),
        ("/artikel/\r\nX:1", 404, None),
        ("/staat//", 404, None),
        ("//evil.example/", 404, None),
        ("/../config.toml", 404, None),
        ("/static/../config.toml", 404, None),
        ("/static/style.css", 200, None),
        ("/feeds.opml", 200, None),
        ("/sitemap.xml", 200, None),
        ("/robots.txt", 200, None),
        ("x", 404, None),
        ("/\x00", 404, None),
    ],
)
def test_any_path_has_its_answer(opened: Open, path: str, status: int, location: str | None) -> None:
    found = opened.site(NOW).get(path)
    assert found.status == status
    if location is not None:
        assert found.location == (location if location.startswith("https:") else BASE + location)
        assert found.location is not None
        assert not found.location.startswith("//")


def test_an_articles_page_is_found_by_its_key_and_without_its_slash(opened: Open) -> None:
    site = opened.site(NOW)
    page = next(path for path in site.paths() if path.startswith("/artikel/"))
    folder = page.removesuffix("/").rpartition("/")[0]
    for asked in (folder, f"{folder}/", page.removesuffix("/"), f"{folder}/anders", f"{folder}/anders/"):
        found = site.get(asked)
        assert (found.status, found.location) == (301, BASE.rstrip("/") + page), asked


def test_a_second_refresh_changes_nothing(opened: Open) -> None:
    before = opened.recorded()
    assert opened.ingest(LATER) == []
    assert opened.recorded() == before


def test_only_what_changed_is_recorded_as_changed(opened: Open) -> None:
    opened.newsroom.write("kultur.txt", "Konzert am Abend", category="Kultur", rest="Es war sehr voll.")
    changed = opened.ingest(LATER)
    site = opened.site(LATER)
    for path in site.paths():
        assert site.get(path).changed == (LATER if path in changed else NOW), path
    assert {"/kultur/atom.xml", "/kultur/feed.json", "/atom.xml"} <= set(changed)
    assert not [path for path in changed if path.startswith(("/staat/", "/leer/"))]


def test_an_article_that_goes_is_gone_and_its_documents_are_forgotten(opened: Open) -> None:
    (path,) = [path for path in opened.site(NOW).paths() if "konzert" in path]
    (opened.newsroom.folder / "seeds/kultur.txt").unlink()
    changed = opened.ingest(LATER)
    site = opened.site(LATER)
    assert path in changed
    assert path not in list(site.paths())
    assert path not in opened.recorded()
    assert site.get(path).status == 410
