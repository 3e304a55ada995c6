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
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli
import pytest

from tests.web.serving import DATA, Server, find_free_port

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
  import {folder}/public{path}_Caddyfile
}}
"""
CONFIGURATIONS = {"nginx": NGINX, "caddy": CADDY}
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


@pytest.fixture(params=itertools.product(CONFIGURATIONS, ["/", "/zeitung/"]), ids=" ".join)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A site that a host serves as its note says: the build in a folder below the root where the site has a path."""
    program, path = request.param
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    folder = tmp_path
    shutil.copytree(DATA / "newsroom", folder, dirs_exist_ok=True)
    port = find_free_port()
    server = Server(folder, port, f"http://127.0.0.1:{port}{path}")
    build(folder, "--compress", base_url=server.base, output=f"public{path}")
    order = ["erase", "--yes", "--base-url", server.base, "--output", f"public{path}", "seeds/rathaus-3.txt"]
    subprocess.run([sys.executable, "-m", "feeds", *order], cwd=folder, capture_output=True, check=True)
    (folder / "seeds" / "rathaus-3.txt").unlink()
    build(folder, "--compress", base_url=server.base, output=f"public{path}")
    (folder / "public" / ".well-known").mkdir()
    (folder / "public" / ".well-known" / "security.txt").write_text("Contact: mailto:a@b.example\n", encoding="utf-8")
    (folder / "public" / ".git").mkdir()
    (folder / "public" / path[1:] / ".git-2").write_text("x", encoding="utf-8")
    # Started by root, nginx would drop the rights that it needs for pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    text = CONFIGURATIONS[program].format(folder=folder, port=port, user=user, path=path)
    (folder / "host.conf").write_text(text, encoding="utf-8")
    command = [part.format(folder=folder) for part in COMMANDS[program]]
    with (folder / "error.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)})
    try:
        server.wait_for(f"{path}robots.txt", 200)
        yield server
    finally:
        process.terminate()
        process.wait(30)


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
    slashed = host.request(f"{path}politik")
    assert slashed.status in {301, 308}
    assert urlsplit(slashed.headers["Location"]).path == f"{path}politik/"
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
        assert host.request(path + gone).status == 410, gone
    assert host.request(f"{path}artikel/{key}x/").status == 404
    page = next((folder / "artikel").rglob("eine-meldung-die-nicht-stimmte/index.html"))
    withdrawn = host.request(f"{path}{page.parent.relative_to(folder)}/")
    assert (withdrawn.status, withdrawn.body) == (410, page.read_bytes())
    missing = host.request(f"{path}gibt-es-nicht/")
    assert missing.status == 404
    assert "Seite nicht gefunden" in missing.body.decode()
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


def test_what_a_site_under_a_path_says_to_hosts_is_of_that_path_only(newsroom_folder: Path) -> None:
    build(newsroom_folder, "--compress", base_url="https://example.org/zeitung/", output="below")
    below = newsroom_folder / "below"
    for name in ("_headers", "_redirects"):
        lines = (below / name).read_text(encoding="utf-8").splitlines()
        assert all(line.startswith(("/zeitung/", "  ")) for line in lines), name
    rules = [line for line in (below / "_nginx.conf").read_text(encoding="utf-8").splitlines() if line[0] not in "# }"]
    assert rules == ['location ^~ "/zeitung/" {']
