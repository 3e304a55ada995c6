"""Fetching an address over HTTP, with limits on size, redirects and time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import string
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from feeds.check.text import MAX_BYTES
from feeds.errors import CheckError, show_text

MAX_REDIRECTS: Final = 5
TIMEOUT_SECONDS: Final = 10.0
DEADLINE_SECONDS: Final = 30.0
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. Names of `headers` are in lower case; `url` is where it came from, behind `redirects`."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirects: tuple[int, ...] = ()


def ask(url: str) -> Answer:
    """The answer to a plain request. Raises CheckError."""
    return fetch(url, {"accept-encoding": "identity"}, deadline=find_deadline())


def find_deadline() -> float:
    """The instant of time.monotonic() by which every request from now on must be answered."""
    return time.monotonic() + DEADLINE_SECONDS


def fetch(url: str, headers: Mapping[str, str], *, deadline: float) -> Answer:
    """The answer to a GET, redirects followed. Raises CheckError where there is none.

    `deadline` is an instant of time.monotonic(); a body beyond 15 MB is cut there, which the document's check reports.
    """
    redirects: list[int] = []
    while True:
        answer = _fetch_once(url, headers, deadline)
        location = answer.headers.get("location")
        if answer.status not in _REDIRECTS or location is None:
            return Answer(answer.url, answer.status, answer.headers, answer.body, tuple(redirects))
        redirects.append(answer.status)
        if len(redirects) > MAX_REDIRECTS:
            raise CheckError("redirects more than five times", path=url, hint="Check the redirects of the server.")
        try:
            # Bytes that are no ASCII, as they came in the header (RFC 9110 section 5.5), as browsers read them.
            url = urljoin(url, quote(location, safe=string.punctuation, encoding="latin-1"))
        except ValueError as error:
            hint = "Check the redirects of the server."
            raise CheckError("redirects to what is no address", path=url, text=location, hint=hint) from error


def _fetch_once(url: str, headers: Mapping[str, str], deadline: float) -> Answer:
    connection, target = _prepare(url)
    watch: threading.Timer | None = None
    try:
        connection.connect()
        # The socket itself: the connection forgets it where the server means to close.
        watch = threading.Timer(max(0.0, deadline - time.monotonic()), _abort, [connection.sock])
        watch.daemon = True
        watch.start()
        connection.request("GET", target, headers={"user-agent": "feeds-check", "accept": "*/*", **headers})
        response = connection.getresponse()
        body = _read(response)
        if time.monotonic() > deadline:
            raise _make_too_slow(url)
        received = {name.lower(): value for name, value in response.getheaders()}
        return Answer(url, response.status, received, body)
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() > deadline:
            raise _make_too_slow(url) from error
        reason = error.strerror or error if isinstance(error, OSError) else error
        # Some errors of http.client repeat what the server sent, a terminal's commands among it.
        reason = show_text(str(reason))
        hint = "Check the address, and that its server runs and can be reached from here."
        raise CheckError(f"can't be fetched: {reason}", path=url, hint=hint) from error
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()


def _prepare(url: str) -> tuple[http.client.HTTPConnection, str]:
    """A connection to the host of an address, not made yet, and what to ask it for. Raises CheckError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise CheckError("is no address", path=url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isascii():
        raise CheckError("is no address that can be asked", path=url, hint="Write http:// or https://, in ASCII.")
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        # As the resolver will: it refuses names with a part that is empty or too long.
        parts.hostname.encode("idna")
        connection = connect(parts.hostname, port, timeout=TIMEOUT_SECONDS)
    except (ValueError, http.client.InvalidURL) as error:
        raise CheckError("is no address that can be asked", path=url, hint="Check the name of the host.") from error
    return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _read(response: http.client.HTTPResponse) -> bytes:
    """The body of a response, up to a piece beyond MAX_BYTES."""
    pieces: list[bytes] = []
    size = 0
    while size <= MAX_BYTES and (piece := response.read1(65_536)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _make_too_slow(url: str) -> CheckError:
    return CheckError("takes too long to answer", path=url, hint=f"It has {DEADLINE_SECONDS:.0f} seconds.")


def _abort(connected: socket.socket) -> None:
    """End a connection that takes too long: a server that sends a byte now and then never runs into a timeout."""
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
