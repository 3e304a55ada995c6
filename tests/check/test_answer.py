"""HTTP answers: recorded ones, one a rule, and those of real servers.

tests/data/check/answers/ holds, by the name of the rule, the answers to a plain request, to one that asks for gzip,
and to a conditional one.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from feeds.check import fetching
from feeds.check.answer import check_answer, compare_answers
from feeds.check.fetching import Answer, ask, fetch
from feeds.errors import CheckError

DATA = Path(__file__).parents[1] / "data" / "check"
NOW = datetime(2024, 6, 26, 12, tzinfo=UTC)
BODY = (DATA / "good" / "careful" / "atom.xml").read_bytes()


def read_answer(recorded: dict[str, Any]) -> Answer:
    url = "https://example.org/atom.xml"
    return Answer(url, recorded["status"], recorded["headers"], BODY, tuple(recorded.get("redirects", ())))


@pytest.mark.parametrize("path", sorted((DATA / "answers").iterdir()), ids=lambda path: path.stem)
def test_only_its_rule_objects_to_an_answer(path: Path) -> None:
    answers = {name: read_answer(recorded) for name, recorded in json.loads(path.read_text(encoding="utf-8")).items()}
    found = compare_answers(answers["plain"], answers["zipped"], answers["again"], now=NOW)
    assert [objection.rule for objection in found] == [rule for rule in [path.stem] if rule != "good"]


@pytest.mark.parametrize("date", ["gestern", "", "Tue, 25 Jun 2024 14:30:00 +99999999999999999999"])
def test_a_last_modified_that_is_no_date_is_told(date: str) -> None:
    good = json.loads((DATA / "answers" / "good.json").read_text(encoding="utf-8"))["plain"]
    plain = read_answer({**good, "headers": {**good["headers"], "last-modified": date}})
    told = [(found.rule, found.text) for found in compare_answers(plain, None, None, now=NOW)]
    assert told == [("http-validators", date)]


class Careful(BaseHTTPRequestHandler):
    """Answers as a good feed server does, and at other paths as bad ones do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = BODY.replace(b"https://example.org/atom.xml", f"http://{self.headers['host']}/atom.xml".encode())
        if self.path == "/moved":
            self.reply(302, b"", {"Location": "/atom.xml"})
        elif self.path == "/raw":
            self.reply(301, b"", {"Location": "/zürich/atom.xml".encode().decode("latin-1")})
        elif self.path == "/round":
            self.reply(301, b"", {"Location": "/round"})
        elif self.path == "/away":
            self.reply(301, b"", {"Location": "file:///etc/passwd"})
        elif self.path == "/nowhere":
            self.reply(301, b"", {"Location": "http://a..example/"})
        elif self.path == "/unsound":
            self.reply(301, b"", {"Location": "http://[x"})
        elif self.path == "/terminal":
            self.wfile.write(b"\x1b]0;owned\x07\x1b[31m\r\n\r\n")
        elif self.path == "/slow":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            for _ in range(40):
                time.sleep(0.05)
                self.wfile.write(b" ")
        elif self.path == "/bare":
            self.reply(200, b"<html></html>", {"Content-Type": "text/html"})
        elif self.headers.get("If-None-Match") == '"a"':
            self.reply(304, b"", {})
        elif "gzip" in self.headers.get("Accept-Encoding", ""):
            self.reply(200, gzip.compress(body), {"Content-Encoding": "gzip"})
        else:
            self.reply(200, body, {})

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        careful = {
            "ETag": '"a"',
            "Last-Modified": "Tue, 25 Jun 2024 14:30:00 GMT",
            "Cache-Control": "public, max-age=600",
            "Content-Type": "application/atom+xml; charset=utf-8",
        }
        self.send_response(status)
        for name, value in ({} if self.path == "/bare" else careful | headers).items():
            self.send_header(name, value)
        if self.path == "/bare":
            self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its result."""


class Quiet(ThreadingHTTPServer):
    """A server that keeps broken connections to itself: the client of these tests breaks some."""

    def handle_error(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serve() -> Iterator[str]:
    server = Quiet(("127.0.0.1", 0), Careful)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serve() as address:
        yield address


def test_a_careful_server_passes(base: str) -> None:
    assert not list(map(str, check_answer(ask(f"{base}/atom.xml"), now=NOW)))


def test_a_redirect_is_followed_and_told(base: str) -> None:
    found = check_answer(ask(f"{base}/moved"), now=NOW)
    assert [(objection.rule, objection.text) for objection in found] == [("http-redirect", "302")]


def test_a_redirect_may_hold_an_address_that_is_not_encoded(base: str) -> None:
    assert ask(f"{base}/raw").url == f"{base}/z%C3%BCrich/atom.xml"


def test_a_page_is_no_feed(base: str) -> None:
    rules = {objection.rule for objection in check_answer(ask(f"{base}/bare"), now=NOW)}
    assert rules == {"http-validators", "http-caching", "http-uncompressed", "unknown-format"}


@pytest.mark.parametrize("path", ["/round", "/away", "/nowhere", "/unsound"])
def test_redirects_that_lead_nowhere_are_an_error(base: str, path: str) -> None:
    with pytest.raises(CheckError) as caught:
        ask(base + path)
    assert caught.value.hint


def test_what_a_server_sends_instead_of_http_commands_no_terminal(base: str) -> None:
    with pytest.raises(CheckError, match="can't be fetched") as caught:
        ask(f"{base}/terminal")
    assert all(line.isprintable() for line in str(caught.value).splitlines())


def test_a_server_that_drips_is_given_up(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DEADLINE_SECONDS", 0.2)
    with pytest.raises(CheckError, match="takes too long"):
        ask(f"{base}/slow")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "http:///x",
        "http://[::1",
        "http://127.0.0.1:1/",
        "http://x:y/",
        "http://a..example/",
        f"https://{'a' * 64}.example/",
        "http://a\0b/",
        "http://a b/",
    ],
)
def test_what_cannot_be_asked_is_an_error(url: str) -> None:
    with pytest.raises(CheckError):
        fetch(url, {}, deadline=time.monotonic() + 5)
