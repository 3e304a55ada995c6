"""429 only for who keeps fetching what it has, and only where it is switched on."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.server import find_free_port
from feeds.config import Serve
from feeds.dates.instants import HOUR
from feeds.web.document import FEED, OTHER, PAGE
from feeds.web.limit import Limit
from feeds.web.publication import Publication
from tests.processes import WAIT_SECONDS, wait_until

NOTE = Path(__file__).parents[2] / "docs" / "behind-a-proxy-only-the-base-url-matters.md"
FRAMES = {
    "nginx": """\
daemon off;
{user}
pid {folder}/nginx.pid;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{example}
}}
""",
    "caddy": "{{\n  admin off\n  auto_https off\n}}\n{example}\n",
}
COMMANDS = {
    "nginx": ["nginx", "-c", "{folder}/proxy.conf", "-p", "{folder}", "-e", "{folder}/error.log"],
    "caddy": ["caddy", "run", "--adapter", "caddyfile", "--config", "{folder}/proxy.conf"],
}


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def app(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"x"]


def make(clock: Clock, **settings: Any) -> tuple[Limit, dict[str, Any]]:
    kinds = {"/atom.xml": FEED, "/rss.xml": FEED, "/politik/": PAGE, "/robots.txt": OTHER}
    documents = {path: SimpleNamespace(status=200, tag="a", kind=kind) for path, kind in kinds.items()}
    publication = cast("Publication", SimpleNamespace(documents=documents))
    return Limit(app, publication, Serve(unconditional_per_hour=2, **settings), clock=clock), documents


def ask(limit: Limit, path: str = "/atom.xml", client: str = "192.0.2.1", **headers: str) -> int:
    environ = EnvironBuilder(path=path, headers=list(headers.items())).get_environ()
    environ["REMOTE_ADDR"] = client
    for name, value in headers.items():
        environ[f"HTTP_{name.upper()}"] = value
    return int(run_wsgi_app(limit, environ)[1][:3])


def test_the_third_fetch_of_the_same_state_is_refused_and_another_state_is_not() -> None:
    clock = Clock()
    limit, documents = make(clock)
    assert [ask(limit) for _ in range(4)] == [200, 200, 429, 429]
    assert ask(limit, if_none_match='"b"') == 200
    assert ask(limit, if_modified_since="Wed, 25 Nov 2026 12:00:00 GMT") == 200
    assert ask(limit, "/rss.xml") == 200
    assert ask(limit, client="192.0.2.2") == 200
    documents["/atom.xml"] = SimpleNamespace(status=200, tag="b", kind=FEED)
    assert ask(limit) == 200
    assert [ask(limit) for _ in range(2)] == [200, 429]
    clock.seconds += HOUR
    assert ask(limit) == 200


def test_only_feeds_are_refused() -> None:
    """Behind one address there may be many people, and each may read a page again."""
    limit, _ = make(Clock())
    assert {ask(limit, path) for path in ("/politik/", "/robots.txt") for _ in range(5)} == {200}


def test_memory_is_bounded_and_the_longest_silent_is_forgotten() -> None:
    limit, _ = make(Clock(), limit_clients=100)
    assert [ask(limit) for _ in range(3)] == [200, 200, 429]
    for number in range(100):
        assert ask(limit, client=f"192.0.2.{number + 2}") == 200
    assert ask(limit) == 200


@pytest.mark.parametrize(
    ("connection", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        ("10.0.0.7", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.7", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.7", "203.0.113.9, 10.0.0.8", "203.0.113.9"),
        ("10.0.0.7", "", "10.0.0.7"),
        ("10.0.0.7", "unknown", "unknown"),
        ("2001:db8::1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_a_trusted_proxy_says_who_the_client_is(connection: str, forwarded: str, client: str) -> None:
    limit, _ = make(Clock(), trusted_proxies=("10.0.0.0/8", "2001:db8::/32"))
    assert limit.find_client({"REMOTE_ADDR": connection, "HTTP_X_FORWARDED_FOR": forwarded}) == client


@pytest.fixture
def asked() -> Iterator[tuple[int, list[dict[str, str]]]]:
    """The port of a server behind a proxy, and the environment of each request that came."""
    environs: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = ", ".join(self.headers.get_all("X-Forwarded-For", []))
            environs.append({"REMOTE_ADDR": self.client_address[0], "HTTP_X_FORWARDED_FOR": told})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port, environs
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("program", FRAMES)
def test_behind_each_proxy_as_its_example_has_it_readers_are_told_apart(
    program: str, asked: tuple[int, list[dict[str, str]]], tmp_path: Path
) -> None:
    """Whatever they claim."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    port, environs = asked
    front = find_free_port()
    examples = re.findall(r"(?:^    .*\n|^\n(?=    ))+", NOTE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (example,) = [each for each in examples if ("proxy_pass" if program == "nginx" else "reverse_proxy") in each]
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{port}",
        "/var/cache/nginx": str(tmp_path),
        "server_name nachrichten.example;": f"listen 127.0.0.1:{front};",
        "nachrichten.example {": f"http://127.0.0.1:{front} {{",
    }.items():
        example = example.replace(old, new)
    # Started by root, nginx would drop the rights that it needs for pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    text = FRAMES[program].format(folder=tmp_path, user=user, example=example)
    (tmp_path / "proxy.conf").write_text(text, encoding="utf-8")

    def ask_as(client: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", front, timeout=WAIT_SECONDS, source_address=(client, 0))
        with closing(connection):
            try:
                connection.request("GET", f"/{client}", headers={"X-Forwarded-For": "203.0.113.9"})
            except OSError:
                return False
            return connection.getresponse().status == 204

    command = [part.format(folder=tmp_path) for part in COMMANDS[program]]
    with (tmp_path / "error.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(tmp_path)})
    try:
        clients = ["127.0.0.2", "127.0.0.3"]
        wait_until(lambda: ask_as(clients[0]), "the proxy passes on what it is asked")
        assert ask_as(clients[1])
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)
    limit, _ = make(Clock(), trusted_proxies=("127.0.0.1",))
    assert [limit.find_client(environ) for environ in environs] == clients
