"""A build for static hosts: coded copies, and configurations with which nginx and Caddy answer as our server does."""

from __future__ import annotations

import gzip
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest

from benchmarks.server import find_free_port
from feeds.web.document import PREFLIGHT
from tests.processes import WAIT_SECONDS
from tests.web.serving import DATA, Server

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DECODERS = {".gz": gzip.decompress, ".br": brotli.decompress, ".zst": zstd.decompress}
NGINX = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  types {{ text/html html; text/css css; image/svg+xml svg; application/xml xml; text/plain txt; }}
  server {{
    listen 127.0.0.1:{port};
    root {folder}/public;
    {own}
    include {folder}/public{path}_nginx.conf;
  }}
}}
"""
CADDY = """\
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  root * {folder}/public
  {own}
  import {folder}/public{path}_Caddyfile
}}
"""
CONFIGURATIONS = {"nginx": NGINX, "caddy": CADDY}
BESIDE = {
    "nginx": 'location / { try_files $uri $uri/index.html @cms; } location @cms { return 200 "CMS"; }',
    "caddy": """\
@cms not file {path} {path}/index.html
  respond @cms "CMS"
  file_server""",
}
"""What serves the pages that somebody has already, some of them from a content management system."""
COMMANDS = {
    "nginx": ["nginx", "-c", "{folder}/host.conf", "-p", "{folder}", "-e", "{folder}/error.log"],
    "caddy": ["caddy", "run", "--adapter", "caddyfile", "--config", "{folder}/host.conf"],
}


def build(folder: Path, *options: str, base_url: str = "http://127.0.0.1:8000/", output: str = "public") -> str:
    command = [sys.executable, "-m", "feeds", "build", "--config", str(folder / "config.toml"), "--base-url", base_url]
    command += ["--output", str(folder / output), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def newsroom_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hosting")
    shutil.copytree(DATA / "newsroom", folder, dirs_exist_ok=True)
    return folder


def test_copies_are_those_of_the_files_and_go_with_them(newsroom_folder: Path) -> None:
    public = newsroom_folder / "public"
    build(newsroom_folder, "--compress")
    copies = [path for path in public.rglob("*") if path.suffix in DECODERS]
    assert {path.suffix for path in copies} == set(DECODERS)
    for copy in copies:
        original = copy.with_suffix("")
        assert DECODERS[copy.suffix](copy.read_bytes()) == original.read_bytes()
        assert copy.stat().st_mtime_ns == original.stat().st_mtime_ns
        assert copy.stat().st_size < original.stat().st_size

    seed = newsroom_folder / "seeds" / "rathaus-1.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("Punkt 1", "Punkt 17"), encoding="utf-8")
    again = build(newsroom_folder, "--compress")
    assert "as they were" in again
    copy = public / "politik" / "atom.xml.br"
    assert b"Punkt 17" in brotli.decompress(copy.read_bytes())

    build(newsroom_folder)
    assert not [path for path in public.rglob("*") if path.suffix in DECODERS or path.name.startswith("_")]


def prepare(folder: Path, program: str, path: str) -> Server:
    """A newsroom whose build a host will serve."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    shutil.copytree(DATA / "newsroom", folder, dirs_exist_ok=True)
    port = find_free_port()
    return Server(folder, port, f"http://127.0.0.1:{port}{path}")


@contextmanager
def run(program: str, server: Server, path: str, *, own: str = "") -> Iterator[None]:
    """The host runs, with the configuration of the build, and with `own` directives beside it."""
    folder = server.folder
    # Started by root, nginx would drop the rights that it needs for pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    text = CONFIGURATIONS[program].format(folder=folder, port=server.port, user=user, path=path, own=own)
    (folder / "host.conf").write_text(text, encoding="utf-8")
    command = [part.format(folder=folder) for part in COMMANDS[program]]
    with (folder / "error.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)})
    try:
        server.wait_for(f"{path}robots.txt", 200)
        yield
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


@pytest.fixture(params=itertools.product(CONFIGURATIONS, ["/", "/zeitung/"]), ids=" ".join)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A site that a host serves as its note says: the build in a folder below the root where the site has a path."""
    program, path = request.param
    server = prepare(tmp_path, program, path)
    folder = tmp_path
    build(folder, "--compress", base_url=server.base, output=f"public{path}")
    order = ["erase", "--yes", "--base-url", server.base, "--output", f"public{path}", "seeds/rathaus-3.txt"]
    subprocess.run([sys.executable, "-m", "feeds", *order], cwd=folder, capture_output=True, check=True)
    (folder / "seeds" / "rathaus-3.txt").unlink()
    build(folder, "--compress", base_url=server.base, output=f"public{path}")
    (folder / "public" / ".well-known").mkdir()
    (folder / "public" / ".well-known" / "security.txt").write_text("Contact: mailto:a@b.example\n", encoding="utf-8")
    (folder / "public" / ".git").mkdir()
    (folder / "public" / path[1:] / ".git-2").write_text("x", encoding="utf-8")
    with run(program, server, path):
        yield server


@pytest.mark.debian
def test_a_host_answers_as_our_server_does(host: Server) -> None:
    path = host.base.removeprefix(f"http://127.0.0.1:{host.port}")
    folder = host.folder / "public" / path[1:]
    feed = host.request(f"{path}politik/atom.xml")
    assert feed.status == 200
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.headers["Access-Control-Allow-Origin"] == "*"
    assert feed.headers["Cache-Control"].startswith("public, max-age=600")
    assert feed.headers["X-Content-Type-Options"] == "nosniff"
    assert host.request(f"{path}atom.xml").headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    opml = host.request(f"{path}feeds.opml").headers
    assert (opml["Content-Type"], opml["Access-Control-Allow-Origin"]) == ("text/x-opml; charset=utf-8", "*")
    coded = host.request(f"{path}politik/atom.xml", headers={"Accept-Encoding": "gzip"})
    assert coded.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(coded.body) == feed.body
    assert host.request(f"{path}politik/atom.xml", headers={"If-None-Match": feed.headers["Etag"]}).status == 304
    dated = host.request(f"{path}politik/atom.xml", headers={"If-Modified-Since": feed.headers["Last-Modified"]})
    assert dated.status == 304
    for old, new in {
        "innenpolitik/rss.xml": "politik/rss.xml",
        "alte-stra%C3%9Fe/": "politik/",
        "alte-stra%C3%9Fe": "politik/",
        "alte%20gasse/": "politik/?q=$gasse",
    }.items():
        moved = host.request(path + old)
        assert (moved.status, unquote(moved.headers["Location"])) == (301, host.base + new)
    for name, behind in (("innenpolitik/%C3%A4", "%C3%A4"), ("innenpolitik/a%20b", "a%20b")):
        assert host.request(path + name).headers["Location"] == f"{host.base}politik/{behind}"
    slashed = host.request(f"{path}politik")
    assert (slashed.status, slashed.headers["Location"]) == (301, f"{path}politik/")
    slashed = host.request(f"/{path}politik")
    assert not slashed.headers.get("Location", "").startswith("//")
    assert host.request(f"{path}sitemap.xml").headers["Content-Type"] == "application/xml; charset=utf-8"
    for name in ("politik/atom.xml", "feeds.opml"):
        asked = host.request(path + name, method="OPTIONS")
        assert asked.status == 204
        for key, value in PREFLIGHT:
            assert asked.headers[key] == value
    # An erased article has lost its slug, and published addresses have it.
    (key,) = re.findall(r'"/artikel/([^/"]+)/"', (host.folder / "ledger.jsonl").read_text(encoding="utf-8"))
    for gone in (
        "vorbei",
        "vorbei/",
        "vorbei/rss.xml",
        f"artikel/{key}",
        f"artikel/{key}/",
        f"artikel/{key}/der-titel/",
    ):
        told = host.request(path + gone)
        assert (told.status, told.body) == (410, (folder / "410.html").read_bytes()), gone
        assert told.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "max-age=600" in told.headers["Cache-Control"]
    assert host.request(f"{path}artikel/{key}x/").status == 404
    page = next((folder / "artikel").rglob("eine-meldung-die-nicht-stimmte/index.html"))
    withdrawn = host.request(f"{path}{page.parent.relative_to(folder)}/")
    assert (withdrawn.status, withdrawn.body) == (410, page.read_bytes())
    for name in ("gibt-es-nicht/", "gibt-es-nicht/atom.xml"):
        missing = host.request(path + name)
        assert (missing.status, missing.body) == (404, (folder / "404.html").read_bytes())
        assert missing.headers["Content-Type"] == "text/html; charset=utf-8"
        assert missing.headers["Cache-Control"] == "public, max-age=60"
    message = host.request(f"{path}404.html")
    assert (message.status, message.headers["Cache-Control"]) == (200, "public, max-age=60")
    for name in ("", "politik/", "politik/atom.xml", "robots.txt"):
        posted = host.request(path + name, method="POST")
        assert (posted.status, "max-age" in posted.headers.get("Cache-Control", "")) == (405, False), name
    bare = host.request(f"{path}innenpolitik")
    assert (bare.status, bare.headers["Location"]) == (301, f"{host.base}politik/")
    for name in ("artikel/", "politik/atom.xml.gz", "politik/index.html.br", "atom.xml.zst"):
        there = host.request(path + name)
        assert (there.status, "Seite nicht gefunden" in there.body.decode()) == (404, True), name
    for name in ("_nginx.conf", "_Caddyfile", "_headers", ".feeds-manifest.json", ".git-2"):
        assert (folder / name).is_file()
        assert host.request(path + name).status == 404, name
    assert host.request("/.well-known/security.txt").status == 200
    assert host.request(f"{path}politik/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert host.request(path).body == (folder / "index.html").read_bytes()
    # nginx told a type twice warns; Caddy warns of tabs, and of the test's own lack of certificates.
    assert "[warn]" not in (host.folder / "error.log").read_text(encoding="utf-8")


WITHOUT_PAGES = """
[output]
pages = false

[feeds]
sets = ["tag"]
entries = 1
hours = 0
"""


@pytest.mark.debian
@pytest.mark.parametrize("program", CONFIGURATIONS)
def test_feeds_without_pages_leave_the_root_of_a_host_to_its_own_pages(tmp_path: Path, program: str) -> None:
    server = prepare(tmp_path, program, "/")
    public, settings = tmp_path / "public", tmp_path / "config.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + WITHOUT_PAGES, encoding="utf-8")
    seed = tmp_path / "seeds" / "sport.txt"
    seed.write_text("---\ntags: [Verein]\n---\n" + seed.read_text(encoding="utf-8"), encoding="utf-8")
    build(tmp_path, "--compress", base_url=server.base)
    own = {
        "index.html": b"<h1>Verlag",
        "impressum/index.html": b"<h1>Impressum",
        "blog/rss.xml": b"<rss/>",
        "daten.csv.gz": b"x",
        "404.html": b"<h1>Nicht da",
    }
    for name, body in own.items():
        (public / name).parent.mkdir(exist_ok=True)
        (public / name).write_bytes(body)
    with run(program, server, "/", own=BESIDE[program]):
        for path, name in {
            "/": "index.html",
            "/impressum/": "impressum/index.html",
            "/daten.csv.gz": "daten.csv.gz",
            "/404.html": "404.html",
        }.items():
            page = server.request(path)
            assert (page.status, page.body) == (200, own[name])
            assert "Content-Security-Policy" not in page.headers
            assert "Cache-Control" not in page.headers
        assert "Access-Control-Allow-Origin" not in server.request("/blog/rss.xml").headers
        for path in ("/kontakt", "/kontakt/", "/blog/feed.json", "/thema/", "/politik/"):
            page = server.request(path)
            assert (page.status, page.body) == (200, b"CMS"), path
        feeds = [f"/{path.relative_to(public)}" for path in public.rglob("atom.xml")]
        assert {"/atom.xml", "/politik/atom.xml", "/archiv/1/atom.xml"} <= {*feeds}
        assert any(path.startswith("/thema/") for path in feeds)
        for path in (*feeds, "/robots.txt", "/static/icon.svg", "/feeds.opml"):
            found = server.request(path, headers={"Accept-Encoding": "gzip"})
            assert (found.status, found.headers["X-Content-Type-Options"]) == (200, "nosniff"), path
            assert "max-age=600" in found.headers["Cache-Control"]
            assert server.request(path, method="POST").status == 405
            if path in feeds:
                assert found.headers["Content-Encoding"] == "gzip"
                assert found.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
                assert server.request(path, method="OPTIONS").status == 204
        for path in ("/_nginx.conf", "/_headers", "/.feeds-manifest.json", "/atom.xml.gz"):
            assert server.request(path).status == 404, path
        assert server.request("/innenpolitik/rss.xml").headers["Location"] == f"{server.base}politik/rss.xml"
        for path in ("/vorbei", "/vorbei/", "/vorbei/rss.xml"):
            gone = server.request(path)
            assert (gone.status, gone.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
            assert gone.body.decode().startswith("Nicht mehr da\n\n")
    assert "[warn]" not in (tmp_path / "error.log").read_text(encoding="utf-8")


@pytest.mark.debian
@pytest.mark.parametrize("program", CONFIGURATIONS)
def test_in_a_folder_of_feeds_without_pages_nothing_else_is_there(tmp_path: Path, program: str) -> None:
    server = prepare(tmp_path, program, "/zeitung/")
    settings = tmp_path / "config.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + WITHOUT_PAGES, encoding="utf-8")
    build(tmp_path, "--compress", base_url=server.base, output="public/zeitung/")
    (tmp_path / "public" / "index.html").write_text("<h1>Verlag", encoding="utf-8")
    with run(program, server, "/zeitung/"):
        assert "Content-Security-Policy" not in server.request("/").headers
        for path in ("/zeitung/", "/zeitung/politik/", "/zeitung/nichts/atom.xml"):
            missing = server.request(path)
            assert missing.status == 404
            if program == "caddy":
                assert missing.headers["Content-Type"] == "text/plain; charset=utf-8"
                assert missing.headers["Cache-Control"] == "public, max-age=60"
                assert missing.body.decode().startswith("Seite nicht gefunden\n\n")
        for path in ("/zeitung/vorbei", "/zeitung/vorbei/rss.xml"):
            gone = server.request(path)
            assert (gone.status, gone.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
            assert gone.body.decode().startswith("Nicht mehr da\n\n")


def test_what_a_site_under_a_path_says_to_hosts_is_of_that_path_only(newsroom_folder: Path) -> None:
    build(newsroom_folder, "--compress", base_url="https://example.org/zeitung/", output="below")
    below = newsroom_folder / "below"
    for name in ("_headers", "_redirects"):
        lines = (below / name).read_text(encoding="utf-8").splitlines()
        assert all(line.startswith(("/zeitung/", "  ")) for line in lines), name
    rules = [line for line in (below / "_nginx.conf").read_text(encoding="utf-8").splitlines() if line[0] not in "# }"]
    assert rules == ['location ^~ "/zeitung/" {']
