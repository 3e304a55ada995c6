"""The application in this process: the same bytes as a build, the same answers from the layer and from Flask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import flask
import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feeds.build import file_name_of, open_output
from feeds.config import Config, load_config
from feeds.ingest.run import ingest
from feeds.ingest.work import Run
from feeds.site import Site, refresh
from feeds.store import Library, open_library, write_fact
from feeds.web import create_app
from feeds.web.layer import Layer
from feeds.web.pack import Packing, folder_of_packs, refine_archives
from feeds.web.publication import SETTINGS, Publication
from tests.connections import is_closed, note_connections
from tests.web.rules import CASES, DOCUMENT, fill
from tests.web.serving import DATA

NOW = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def fill_library(library: Library, config: Config, *, now: datetime = NOW, pack: bool = False) -> None:
    """What the ingester does in a round."""
    with library.write() as connection:
        run = Run(connection, config, now)
        refresh(run, report=ingest(run))
        if pack:
            packing = Packing(connection, folder_of_packs(config.library.database))
            packing.complete(Site(connection, config, now=now))
        write_fact(connection, SETTINGS, config.model_dump_json())


@pytest.fixture(
    params=["http://127.0.0.1:8000/", "https://example.org/zeitung/", "https://example.org/stra%C3%9Fe%20x/"]
)
def config(tmp_path: Path, request: pytest.FixtureRequest) -> Config:
    shutil.copytree(DATA / "newsroom", tmp_path, dirs_exist_ok=True)
    return load_config(tmp_path / "config.toml", overrides={("site", "base_url"): request.param})


@pytest.fixture
def library(config: Config) -> Iterator[Library]:
    opened = open_library(config.library.database)
    yield opened
    opened.close()


@pytest.fixture
def app(config: Config) -> Iterator[flask.Flask]:
    made = create_app(config, now=lambda: LATER)
    yield made
    publication: Publication = made.extensions["feeds"]
    publication.close()
    publication.library.close()


def test_every_path_has_the_bytes_that_a_build_writes(
    app: flask.Flask, library: Library, config: Config, tmp_path: Path
) -> None:
    fill_library(library, config, pack=True)
    prefix = config.site.base_url.split("/", 3)[3].rstrip("/")
    with library.read() as connection:
        site = Site(connection, config, now=NOW)
        with open_output(tmp_path / "public", database=config.library.database) as output:
            output.complete(site)
        paths = list(site.paths())
    assert len(paths) > 30
    for path in paths:
        body = (tmp_path / "public" / file_name_of(path)).read_bytes()
        for asked in {path, f"/{prefix}{path}" if prefix else path}:
            assert app.test_client().get(asked).data == body


def test_the_path_of_the_base_url_without_its_slash_leads_to_it(
    app: flask.Flask, library: Library, config: Config
) -> None:
    fill_library(library, config)
    prefix = config.site.base_url.split("/", 3)[3].rstrip("/")
    if prefix:
        answer = app.test_client().get(f"/{prefix}")
        assert (answer.status_code, answer.headers["Location"]) == (301, config.site.base_url)


@pytest.mark.parametrize("is_packed", [True, False])
def test_the_layer_and_flask_give_the_same_answer(
    app: flask.Flask, library: Library, config: Config, *, is_packed: bool
) -> None:
    fill_library(library, config, pack=is_packed)
    client = app.test_client()
    whole = client.get(DOCUMENT)
    with library.read() as connection:
        site = Site(connection, config, now=NOW)
        withdrawn = next(path for path in site.paths() if "/eine-meldung-" in path)
        paths = [*site.paths(), "/politik", "/nichts", "/vorbei/", "/innenpolitik/"]
    publication: Publication = app.extensions["feeds"]
    flask_alone = lambda environ, start: flask.Flask.wsgi_app(app, environ, start)  # noqa: E731
    layer = Layer(flask_alone, publication)
    cases = [
        fill(
            case,
            base=config.site.base_url,
            etag=whole.headers["ETag"],
            last_modified=whole.headers["Last-Modified"],
            withdrawn=withdrawn,
        )
        for case in CASES
    ]
    requests = [(case.method, case.path, case.headers) for case in cases]
    requests += [("GET", path, {"Accept-Encoding": "gzip, br"}) for path in paths]
    for method, path, headers in requests:
        environ = EnvironBuilder(method=method, base_url="http://x/", headers=list(headers.items())).get_environ()
        asked, _, environ["QUERY_STRING"] = path.partition("?")
        environ["PATH_INFO"] = asked
        answers = []
        for application in (layer, flask_alone):
            body, status, found = run_wsgi_app(application, dict(environ), buffered=True)
            answers.append((status, sorted(found), b"".join(body)))
        assert answers[0] == answers[1], (method, path, headers)


def test_sealed_archives_are_made_smaller_and_stay_the_same(app: flask.Flask, library: Library, config: Config) -> None:
    for number in range(120):
        title, published = f"Meldung {number} vom Lauf", f"2026-02-{number % 27 + 1:02d}T{number % 24:02d}:00+01:00"
        text = f"Beim Lauf {number} kamen {number * 37} Menschen ins Ziel, {number * 3} gaben vorher auf."
        (config.folder / "seeds" / f"lauf-{number}.txt").write_text(
            f"---\ntitle: {title}\ncategory: Sport\npublished: {published}\n---\n{title}\n\n{text}\n", encoding="utf-8"
        )
    fill_library(library, config, pack=True)
    with library.read() as connection:
        path = next(path for path in Site(connection, config, now=NOW).paths() if "/archiv/1/atom.xml" in path)
    client = app.test_client()
    before = {coding: client.get(path, headers={"Accept-Encoding": coding}) for coding in ("identity", "br")}
    with library.write() as connection:
        site = Site(connection, config, now=NOW)
        while refine_archives(connection, site, folder_of_packs(config.library.database), limit=3):
            pass
    after = {coding: client.get(path, headers={"Accept-Encoding": coding}) for coding in ("identity", "br")}
    assert after["identity"].data == before["identity"].data
    assert after["br"].headers["ETag"] == before["br"].headers["ETag"]
    assert brotli.decompress(after["br"].data) == after["identity"].data
    assert len(after["br"].data) < len(before["br"].data)


def test_a_library_that_was_never_filled_is_being_built(app: flask.Flask) -> None:
    reply = app.test_client().get("/politik/atom.xml")
    assert reply.status_code == 503
    assert reply.headers["Retry-After"].isdigit()
    assert reply.headers["Cache-Control"] == "no-store"
    assert "wird gerade aufgebaut" in reply.text


def test_a_change_of_the_library_is_in_the_next_answer(app: flask.Flask, library: Library, config: Config) -> None:
    fill_library(library, config)
    client = app.test_client()
    before = client.get(DOCUMENT)
    seed = config.folder / "seeds" / "rathaus-1.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("Punkt 1", "Punkt 17"), encoding="utf-8")
    fill_library(library, config, now=NOW + timedelta(minutes=5))
    after = client.get(DOCUMENT, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Punkt 17" in after.text
    assert before.headers["Last-Modified"] == "Wed, 25 Nov 2026 12:00:00 GMT"
    assert after.headers["Last-Modified"] == "Wed, 25 Nov 2026 12:05:00 GMT"


def test_the_time_of_change_is_never_in_the_future(config: Config, library: Library) -> None:
    fill_library(library, config, now=NOW + timedelta(days=1))
    publication = Publication(library, config, now=lambda: NOW)
    assert publication.find(DOCUMENT).last_modified == "Wed, 25 Nov 2026 12:00:00 GMT"
    publication.close()


@pytest.mark.parametrize(
    ("seconds", "cache"),
    [
        (86_400, "public, max-age=600, stale-while-revalidate=600, stale-if-error=86400"),
        (1000, "public, max-age=600, stale-if-error=86400"),
        (90, "public, max-age=90, stale-if-error=86400"),
        (0, "public, max-age=0, stale-if-error=86400"),
    ],
)
def test_no_answer_may_be_kept_beyond_an_embargos_end(
    config: Config, library: Library, seconds: int, cache: str
) -> None:
    end = NOW + timedelta(days=2)
    (config.folder / "seeds" / "sperrfrist.txt").write_text(
        f"---\ntitle: Später\ncategory: Politik\npublished: {end.isoformat()}\n---\nSpäter\n\n"
        "Das steht erst später da, und bis dahin steht es nirgends, auch nicht in einem Zwischenspeicher.\n",
        encoding="utf-8",
    )
    fill_library(library, config)
    publication = Publication(library, config, now=lambda: end - timedelta(seconds=seconds))
    assert publication.freshness.pair == ("Cache-Control", cache)
    publication.close()


def test_settings_are_followed_with_the_library_that_they_made(config: Config, library: Library) -> None:
    fill_library(library, config)
    publication = Publication(library, config, now=lambda: LATER, follow_settings=True)
    moved = config.model_copy(
        update={"site": config.site.model_copy(update={"base_url": "https://neu.example/", "title": "Neues Blatt"})}
    )
    other = open_library(config.library.database)
    fill_library(other, moved, now=NOW + timedelta(minutes=1), pack=True)
    other.close()
    publication.poll()
    document = publication.find("/politik/rss.xml")
    headers = dict(document.variants[-1].headers)
    assert headers["Link"] == '<https://neu.example/politik/rss.xml>; rel="self"'
    assert b"https://neu.example/politik/rss.xml" in bytes(document.variants[-1].body)
    assert "Neues Blatt" in bytes(publication.find("/nichts").variants[-1].body).decode()
    publication.close()


def test_the_file_of_a_library_that_was_replaced_is_closed(config: Config) -> None:
    path = config.library.database

    def make() -> None:
        for file in path.parent.glob("library.sqlite*"):
            if file.is_file():
                file.unlink()
        with closing(open_library(path)) as made:
            fill_library(made, config)

    make()
    with note_connections() as made:
        library = open_library(path)
        publication = Publication(library, config, now=lambda: NOW)
        (before,) = made
        make()
        del made[:]
        publication.poll()
        (after,) = made
        assert is_closed(before)
        assert not is_closed(after)
        publication.close()
        assert is_closed(after)
        library.close()
