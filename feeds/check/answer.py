"""What an HTTP answer does wrong, and the asking: three requests, bounded in size and time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from feeds.check.documents import check_document
from feeds.check.rules import Objection, Report, Rule
from feeds.check.text import MAX_BYTES
from feeds.check.values import name_type
from feeds.errors import CheckError

HTTP_STATUS = Rule(
    "http-status",
    "error",
    "RFC 9110 section 15",
    "A feed is answered with 200.",
    "Check the address; answer 301 where the feed moved, 410 where it is gone.",
)
HTTP_REDIRECT = Rule(
    "http-redirect",
    "warning",
    "readers (sfeed follows none; some don't follow 308; few store the new address)",
    "A feed is found at its own address, without redirects.",
    "Publish the address at which it is found; where it moved, answer 301 with an absolute Location.",
)
HTTP_TYPE = Rule(
    "http-type",
    "error",
    "RFC 9110 section 8.3; readers (FreshRSS and SimplePie refuse answers without)",
    "An answer has a media type.",
    "Send application/atom+xml, application/rss+xml or application/feed+json.",
)
HTTP_CHARSET = Rule(
    "http-charset",
    "warning",
    "RFC 7303 section 3.2",
    "The media type of an XML document says charset=utf-8.",
    "Send charset=utf-8 with it.",
)
HTTP_VALIDATORS = Rule(
    "http-validators",
    "warning",
    "RFC 9110 section 8.8; readers (17 of 58 ask conditionally)",
    "An answer has both ETag and Last-Modified.",
    "Send an ETag made from the bytes, and the instant at which they changed.",
)
HTTP_FUTURE = Rule(
    "http-future",
    "error",
    "RFC 9110 section 8.8.2.1; readers (the feed never changes for them again)",
    "Last-Modified is not in the future.",
    "Send the instant at which the document changed.",
)
HTTP_CONDITIONAL = Rule(
    "http-conditional",
    "warning",
    "RFC 9110 section 13",
    "Asked with the ETag or the date that it sent, the server answers 304.",
    "Compare If-None-Match with the ETag (without W/ and the suffix of an encoding), else If-Modified-Since.",
)
HTTP_FORCED_ENCODING = Rule(
    "http-forced-encoding",
    "error",
    "RFC 9110 section 12.5.3; readers (9 of 23 fail)",
    "An answer is compressed only for those who ask.",
    "Compress by Accept-Encoding, and send Vary: Accept-Encoding.",
)
HTTP_UNCOMPRESSED = Rule(
    "http-uncompressed",
    "warning",
    "RFC 9110 section 8.4",
    "An answer is gzip where the client asks for it.",
    "Compress feeds ahead of time, and send Vary: Accept-Encoding.",
)
HTTP_CACHING = Rule(
    "http-caching",
    "warning",
    "RFC 9111 section 5.2; readers (NetNewsWire and FreshRSS obey it)",
    "An answer says how long it is fresh.",
    "Send Cache-Control: public, max-age= with some minutes.",
)
HTTP_COOKIE = Rule(
    "http-cookie",
    "warning",
    "RFC 9111 section 7.3",
    "A feed sets no cookie.",
    "Serve feeds without session.",
)

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


def check_address(url: str, *, now: datetime | None = None) -> list[Objection]:
    """Everything that is wrong with the feed at an address, and with how it is answered. Raises CheckError."""
    return check_answered(ask(url), now=now)


def ask(url: str) -> Answer:
    """The answer to a plain request. Raises CheckError."""
    return fetch(url, {"accept-encoding": "identity"}, deadline=time.monotonic() + DEADLINE_SECONDS)


def check_answered(plain: Answer, *, now: datetime | None) -> list[Objection]:
    """As `check_address`, with the answer that the address gave to `ask`."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    zipped = fetch(plain.url, {"accept-encoding": "gzip"}, deadline=deadline)
    conditions = {"accept-encoding": "identity"}
    if etag := plain.headers.get("etag"):
        conditions["if-none-match"] = etag
    elif modified := plain.headers.get("last-modified"):
        conditions["if-modified-since"] = modified
    again = fetch(plain.url, conditions, deadline=deadline) if len(conditions) > 1 else None
    objections = check_answers(plain, zipped, again, now=now)
    if plain.status == http.client.OK and "content-encoding" not in plain.headers:
        objections += check_document(plain.url, plain.body, plain.headers.get("content-type"), now=now)
    return objections


def check_answers(
    plain: Answer, zipped: Answer | None, again: Answer | None, *, now: datetime | None = None
) -> list[Objection]:
    """What is wrong with the answers to three requests: a plain one, one that asks for gzip, a conditional one."""
    report = Report(plain.url, now=now)
    headers = plain.headers
    if plain.redirects:
        report.add(HTTP_REDIRECT, None, "the address redirects", ", ".join(map(str, plain.redirects)))
    if plain.status != http.client.OK:
        report.add(HTTP_STATUS, None, "the answer is not 200", str(plain.status))
        return report.finish()
    if encoding := headers.get("content-encoding"):
        report.add(HTTP_FORCED_ENCODING, None, "the answer is compressed without being asked for", encoding)
    elif zipped is not None and "content-encoding" not in zipped.headers:
        report.add(HTTP_UNCOMPRESSED, None, "the answer is not compressed when asked for gzip")
    _check_type(report, plain)
    missing = [name for name in ("ETag", "Last-Modified") if name.lower() not in headers]
    if missing:
        report.add(HTTP_VALIDATORS, None, f"the answer has no {' and no '.join(missing)}")
    _check_modified(report, headers.get("last-modified"))
    if again is not None and again.status != http.client.NOT_MODIFIED:
        report.add(
            HTTP_CONDITIONAL, None, "asked again with its own validator, the server doesn't say 304", str(again.status)
        )
    if "max-age" not in headers.get("cache-control", "") and "expires" not in headers:
        report.add(HTTP_CACHING, None, "the answer doesn't say how long it is fresh", headers.get("cache-control"))
    if "set-cookie" in headers:
        report.add(HTTP_COOKIE, None, "the answer sets a cookie", headers["set-cookie"])
    return report.finish()


def _check_type(report: Report, answer: Answer) -> None:
    whole = answer.headers.get("content-type", "")
    kind = name_type(whole)
    if not kind:
        report.add(HTTP_TYPE, None, "the answer has no media type")
    elif kind.endswith("xml") and "charset" not in whole.lower():
        report.add(HTTP_CHARSET, None, "the media type says no charset", whole)


def _check_modified(report: Report, modified: str | None) -> None:
    if modified is None or report.now is None:
        return
    try:
        instant = parsedate_to_datetime(modified)
    except (ValueError, OverflowError):
        report.add(HTTP_VALIDATORS, None, "Last-Modified is no date", modified)
        return
    if instant.tzinfo is not None and instant > report.now:
        report.add(HTTP_FUTURE, None, "Last-Modified is in the future", modified)


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
            url = urljoin(url, location)
        except ValueError as error:
            raise CheckError("redirects to what is no address", path=url, text=location) from error


def _fetch_once(url: str, headers: Mapping[str, str], deadline: float) -> Answer:
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
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    watch: threading.Timer | None = None
    try:
        connection.connect()
        # The socket itself: the connection forgets it where the server means to close.
        watch = threading.Timer(max(0.0, deadline - time.monotonic()), _abort, [connection.sock])
        watch.daemon = True
        watch.start()
        connection.request("GET", target, headers={"user-agent": "feeds-check", "accept": "*/*", **headers})
        response = connection.getresponse()
        pieces: list[bytes] = []
        size = 0
        while size <= MAX_BYTES and (piece := response.read1(65_536)):
            pieces.append(piece)
            size += len(piece)
        if time.monotonic() > deadline:
            raise CheckError("takes too long to answer", path=url, hint=f"It has {DEADLINE_SECONDS:.0f} seconds.")
        received = {name.lower(): value for name, value in response.getheaders()}
        return Answer(url, response.status, received, b"".join(pieces))
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() > deadline:
            raise CheckError(
                "takes too long to answer", path=url, hint=f"It has {DEADLINE_SECONDS:.0f} seconds."
            ) from error
        reason = error.strerror or error if isinstance(error, OSError) else error
        hint = "Check the address, and that its server runs and can be reached from here."
        raise CheckError(f"can't be fetched: {reason}", path=url, hint=hint) from error
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()


def _abort(connected: socket.socket) -> None:
    """End a connection that takes too long: a server that sends a byte now and then never runs into a timeout."""
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
