"""The rules of HTTP, each with a real client against the real server on a port."""

from __future__ import annotations

import gzip
import re
import socket
import sys
from collections.abc import Callable
from typing import Any

import brotli
import feedparser
import pytest

from tests.processes import WAIT_SECONDS
from tests.web.rules import CASES, DOCUMENT, fill
from tests.web.serving import Server

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda body: body,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
KEPT = ("Etag", "Cache-Control", "Vary", "Link")
"""Headers of a 200 that its 304 repeats (RFC 9110 section 15.4.5, and what feed readers keep)."""
SECURITY = ("X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy")


def find_withdrawn(server: Server) -> str:
    """The path of the withdrawn article: it is in the ledger, and in no list for people."""
    lines = (server.folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if "/eine-meldung-die-nicht-stimmte/" in line)
    start = line.index('"/artikel/')
    return line[start + 1 : line.index('"', start + 1)]


@pytest.mark.parametrize("raw", CASES, ids=[case["name"] for case in CASES])
def test_rule(server: Server, raw: dict[str, Any]) -> None:
    whole = server.request(DOCUMENT)
    case = fill(
        raw,
        base=server.base,
        etag=whole.headers["Etag"],
        last_modified=whole.headers["Last-Modified"],
        withdrawn=find_withdrawn(server),
    )
    reply = server.request(case.path, case.method, case.headers)
    assert reply.status == case.status
    for name in case.has:
        assert name.title() in reply.headers
    for name in case.lacks:
        assert name.title() not in reply.headers
    assert reply.headers.get("Location") == case.location
    assert "Traceback" not in server.log
    if case.method == "HEAD" or case.status in {204, 304}:
        assert reply.body == b""
    elif case.status != 301:
        assert int(reply.headers["Content-Length"]) == len(reply.body) > 0
    if case.status == 304:
        suffix = case.tag_suffix or ""
        assert reply.headers["Etag"] == whole.headers["Etag"].removesuffix('"') + suffix + '"'
        assert [reply.headers.get(name) for name in KEPT[1:]] == [whole.headers.get(name) for name in KEPT[1:]]
    elif case.status == 200:
        assert all(name in reply.headers for name in (*KEPT[:3], *SECURITY))
        coding = reply.headers.get("Content-Encoding", "")
        if case.coding != "smallest":
            assert coding == case.coding
        if case.method == "GET" and case.path.partition("?")[0] in {DOCUMENT, "/p%6Flitik/atom%2Exml"}:
            assert DECODERS[coding](reply.body) == whole.body
    elif case.status in {404, 405, 406, 410, 412}:
        assert "Etag" not in reply.headers
        assert all(name in reply.headers for name in SECURITY)
        # What one client's headers led to is kept for no other.
        assert (reply.headers["Cache-Control"] == "no-store") == (case.status in {405, 406, 412})


def test_the_smallest_coding_is_sent_of_those_equally_welcome(server: Server) -> None:
    sizes = {
        coding: len(server.request(DOCUMENT, headers={"Accept-Encoding": coding}).body)
        for coding in ("gzip", "br", "zstd")
    }
    reply = server.request(DOCUMENT, headers={"Accept-Encoding": "gzip, br, zstd"})
    assert len(reply.body) == min(sizes.values()) < len(server.request(DOCUMENT).body)


def test_each_coding_has_a_tag_of_its_own(server: Server) -> None:
    tags = {
        coding: server.request(DOCUMENT, headers={"Accept-Encoding": coding}).headers["Etag"]
        for coding in ("identity", "gzip", "br", "zstd")
    }
    tag = tags["identity"].strip('"')
    assert tags == {
        "identity": f'"{tag}"', "gzip": f'"{tag}-gz"', "br": f'"{tag}-br"', "zstd": f'"{tag}-zstd"'
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/politik/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/politik/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/politik/feed.json", "application/feed+json; charset=utf-8"),
        ("/politik/", "text/html; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_content_type(server: Server, path: str, content_type: str) -> None:
    assert server.request(path).headers["Content-Type"] == content_type


def test_feeds_may_be_read_by_scripts_of_other_sites_and_pages_may_not(server: Server) -> None:
    feed = server.request("/politik/feed.json").headers
    assert feed["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link"} <= set(feed["Access-Control-Expose-Headers"].split(", "))
    assert "Access-Control-Allow-Origin" not in server.request("/politik/").headers


def test_a_feed_names_itself_on_the_configured_base(server: Server) -> None:
    reply = server.request(DOCUMENT, headers={"Host": "evil.example"})
    assert reply.headers["Link"] == f'<{server.base}politik/atom.xml>; rel="self"'


def test_an_http_1_0_client_gets_an_answer_and_a_closed_connection(server: Server) -> None:
    answer = exchange(server, b"GET /politik/atom.xml HTTP/1.0\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200 ")
    assert b"transfer-encoding" not in head.lower()
    assert body == server.request(DOCUMENT).body


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    paths = ["/politik/rss.xml", "/gibt-es-nicht", "/robots.txt", "/politik"]
    lines = [f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths]
    lines[-1] = lines[-1].replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
    answer = exchange(server, "".join(lines).encode())
    found = re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)
    assert found == [b"200", b"404", b"200", b"301"]


def test_a_client_that_sends_slowly_is_waited_for_and_stops_nobody(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT_SECONDS) as slow:
        for part in (b"GET /robots.txt HT", b"TP/1.1\r\nHo", b"st: x\r\nConnection: close\r\n"):
            slow.sendall(part)
            assert server.request("/robots.txt").status == 200
        slow.sendall(b"\r\n")
        assert slow.recv(20).startswith(b"HTTP/1.1 200 ")


def test_what_is_no_http_is_refused_and_stops_nobody(server: Server) -> None:
    answer = exchange(server, b"\x16\x03\x01\x02\x00\x01\x00 nonsense\r\n\r\n")
    assert not answer or answer.startswith(b"HTTP/1.1 400 ")
    assert server.request("/robots.txt").status == 200


def test_headers_without_end_are_refused(server: Server) -> None:
    answer = exchange(server, b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\n")
    assert not answer or answer.split()[1] in {b"400", b"431"}
    assert server.request("/robots.txt").status == 200


def test_feedparser_polls_with_what_it_was_given_and_gets_a_304(server: Server) -> None:
    address = f"{server.base}politik/atom.xml"
    first = feedparser.parse(address)
    assert first.status == 200
    assert [entry.title for entry in first.entries] == [f"Meldung {n} aus dem Rathaus" for n in (3, 2, 1)]
    assert feedparser.parse(address, etag=first.etag).status == 304
    assert feedparser.parse(address, modified=first.modified).status == 304
    assert feedparser.parse(address, etag=first.etag, modified=first.modified).status == 304


def exchange(server: Server, sent: bytes) -> bytes:
    """Send bytes, and read until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT_SECONDS) as client:
        received = b""
        try:
            client.sendall(sent)
            while part := client.recv(65_536):
                received += part
        except OSError:
            # The server refused and closed while we were still sending.
            pass
        return received


HOST = "Host: blatt.example\r\n"


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        (f"GET {DOCUMENT} HTTP/1.1", HOST, 200),
        (f"GET {DOCUMENT} HTTP/1.0", "", 200),
        (f"GET {DOCUMENT} HTTP/1.1", "", 400),
        (f"GET {DOCUMENT} HTTP/1.1", "Host:\r\n", 400),
        (f"GET {DOCUMENT} HTTP/1.1", HOST + HOST, 400),
        (f"GET http://blatt.example{DOCUMENT} HTTP/1.1", HOST, 200),
        ("GET http://blatt.example HTTP/1.1", HOST, 200),
        ("GET atom.xml HTTP/1.1", HOST, 400),
        ("GET * HTTP/1.1", HOST, 400),
        ("OPTIONS * HTTP/1.1", HOST, 204),
        ("CONNECT blatt.example:443 HTTP/1.1", HOST, 405),
    ],
)
def test_a_request_names_one_host_and_a_path(server: Server, request_line: str, headers: str, status: int) -> None:
    """RFC 9112 section 3.2."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT_SECONDS) as connection:
        connection.sendall(f"{request_line}\r\n{headers}Connection: close\r\n\r\n".encode())
        with connection.makefile("rb") as reply:
            assert int(reply.readline().split()[1]) == status
