"""A build for static hosts: coded copies, and a configuration with which nginx answers as our server does."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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
    include {folder}/public/_nginx.conf;
  }}
}}
"""


def build(folder: Path, *options: str, base_url: str = "http://127.0.0.1:8000/") -> str:
    command = [sys.executable, "-m", "feeds", "build", "--config", str(folder / "config.toml"), "--base-url", base_url]
    command += ["--output", str(folder / "public"), *options]
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


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    shutil.copytree(DATA / "newsroom", folder, dirs_exist_ok=True)
    port = find_free_port()
    base = f"http://127.0.0.1:{port}/"
    build(folder, "--compress", base_url=base)
    # Started by root, it would drop the rights that it needs for pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(folder=folder, port=port, user=user)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(folder, port, base)
    server.wait_for("/robots.txt", 200)
    yield server
    process.terminate()
    process.wait(30)


@pytest.mark.debian
def test_nginx_answers_as_our_server_does(nginx: Server) -> None:
    feed = nginx.request("/politik/atom.xml")
    assert feed.status == 200
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.headers["Access-Control-Allow-Origin"] == "*"
    assert feed.headers["Cache-Control"].startswith("public, max-age=600")
    assert feed.headers["X-Content-Type-Options"] == "nosniff"
    coded = nginx.request("/politik/atom.xml", headers={"Accept-Encoding": "gzip"})
    assert coded.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(coded.body) == feed.body
    assert nginx.request("/politik/atom.xml", headers={"If-None-Match": feed.headers["Etag"]}).status == 304
    dated = nginx.request("/politik/atom.xml", headers={"If-Modified-Since": feed.headers["Last-Modified"]})
    assert dated.status == 304
    moved = nginx.request("/innenpolitik/rss.xml")
    assert (moved.status, moved.headers["Location"]) == (301, f"{nginx.base}politik/rss.xml")
    assert nginx.request("/alte-stra%C3%9Fe/").headers["Location"] == f"{nginx.base}politik/"
    assert nginx.request("/vorbei/rss.xml").status == 410
    page = next((nginx.folder / "public" / "artikel").rglob("eine-meldung-die-nicht-stimmte/index.html"))
    withdrawn = nginx.request("/" + str(page.parent.relative_to(nginx.folder / "public")) + "/")
    assert (withdrawn.status, withdrawn.body) == (410, page.read_bytes())
    missing = nginx.request("/gibt-es-nicht/")
    assert missing.status == 404
    assert "Seite nicht gefunden" in missing.body.decode()
    assert nginx.request("/_nginx.conf").status == 404
    assert nginx.request("/.feeds-manifest.json").status == 404
    assert nginx.request("/politik/").headers["Content-Type"] == "text/html; charset=utf-8"
