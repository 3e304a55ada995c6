"""429 only for who keeps fetching what it has, and only where it is switched on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feeds.config import Serve
from feeds.dates.instants import HOUR
from feeds.web.document import FEED, OTHER, PAGE
from feeds.web.limit import Limit
from feeds.web.publication import Publication


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
