"""A document ready to be sent: its headers and its body in every coding, and the answer to any request for it.

Both ways to an answer, the thin layer and the Flask application, end in `answer`. No store, no Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.http import http_date

from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.site.resource import HTML, Resource
from feeds.web.compression import CODINGS
from feeds.web.negotiation import IDENTITY, TAG_LENGTH, is_unmodified, matches_tag, parse_instant, rank_codings

Header = tuple[str, str]
Body = bytes | memoryview
Answer = tuple[str, list[Header], Body]
"""A status line, the headers, the body."""

FEED, PAGE, OTHER = "feed", "page", "other"
METHODS = "GET, HEAD, OPTIONS"
STATUS_LINES = {
    200: "200 OK", 204: "204 No Content", 301: "301 Moved Permanently", 304: "304 Not Modified", 400: "400 Bad Request",
    404: "404 Not Found", 405: "405 Method Not Allowed", 406: "406 Not Acceptable", 410: "410 Gone",
    412: "412 Precondition Failed", 429: "429 Too Many Requests", 503: "503 Service Unavailable",
}  # fmt: skip
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY: tuple[Header, ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
VARY = ("Vary", "Accept-Encoding")
SHORT_CACHE = ("Cache-Control", "public, max-age=60")
"""For addresses that are unknown now and may exist a minute later."""
NO_CACHE = ("Cache-Control", "no-store")
CORS: tuple[Header, ...] = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Last-Modified, Link"),
)
PREFLIGHT: tuple[Header, ...] = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", METHODS),
    ("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since"),
    ("Access-Control-Max-Age", "86400"),
)
_SUBSCRIBED = frozenset({*(each.media_type for each in FORMATS), opml.MEDIA_TYPE})
_TAG_SUFFIXES = {IDENTITY: "", **{coding.name: coding.tag_suffix for coding in CODINGS}}


@dataclass(slots=True)
class Freshness:
    """How long an answer may be kept, as all documents of a site say it. `pair` is the header of this moment.

    `due` is the next end of an embargo: no answer may be kept beyond it.
    """

    max_age_seconds: int
    now: Callable[[], datetime]
    due: datetime | None = None
    pair: Header = ("", "")

    def tick(self) -> None:
        """Set `pair` for this moment."""
        seconds = self.max_age_seconds
        if self.due is not None:
            left = int((self.due - self.now()).total_seconds())
            if left < 2 * seconds:
                # No stale-while-revalidate: a stale answer would still be given after the embargo's end.
                seconds = max(0, min(seconds, left))
                self.pair = ("Cache-Control", f"public, max-age={seconds}, stale-if-error=86400")
                return
        self.pair = ("Cache-Control", say_freshness(seconds))


def say_freshness(seconds: int) -> str:
    """The Cache-Control of documents that may change at any time."""
    return f"public, max-age={seconds}, stale-while-revalidate={seconds}, stale-if-error=86400"


@dataclass(frozen=True, slots=True)
class Variant:
    """A document in one coding: its entity tag, its body, the headers of a 200 and of a 304, without Cache-Control."""

    coding: str
    etag: str
    body: Body
    headers: list[Header]
    unchanged: list[Header]


@dataclass(frozen=True, slots=True)
class Document:
    """A document in every coding, the smallest first. `tag` is its part of entity tags; `changed` as in Resource.

    `kind` is "feed" for what readers subscribe to or import, "page" for what people read, "other" for the rest.
    `cache` is its own Cache-Control, where it doesn't have that of the site.
    """

    status: int
    tag: str
    changed: datetime | None
    last_modified: str | None
    kind: str
    variants: tuple[Variant, ...]
    cache: Header | None = None

    def choose(self, accept_encoding: str) -> Variant | None:
        """The variant that an Accept-Encoding header likes best, the smallest of several; None where it refuses all."""
        for codings in rank_codings(accept_encoding):
            for variant in self.variants:
                if variant.coding in codings:
                    return variant
        return None


def make_document(
    resource: Resource,
    bodies: Mapping[str, Body],
    *,
    address: str,
    now: datetime,
    cache: Header | None = None,
    more: tuple[Header, ...] = (),
) -> Document:
    """The document of a resource. `bodies` holds its body in every coding, "identity" for the resource's own.

    `address` is its own on the configured base.
    A time of change that is after `now` is sent as `now` (RFC 9110 section 8.8.2.1).
    """
    tag = resource.digest[:TAG_LENGTH]
    kind = FEED if resource.media_type in _SUBSCRIBED else PAGE if resource.media_type == HTML else OTHER
    changed = None if resource.changed is None or resource.status != 200 else min(resource.changed, now)
    last_modified = None if changed is None else http_date(changed)
    common: list[Header] = [VARY]
    if kind == FEED:
        common += [("Link", f'<{address}>; rel="self"'), *CORS]
    head: list[Header] = [*SECURITY, *more]
    if last_modified is not None:
        # Not in a 304: RFC 9110 section 15.4.5 wants it there only where there is no entity tag.
        head.append(("Last-Modified", last_modified))
    if resource.location is not None:
        head.append(("Location", resource.location))
    variants = []
    for coding, body in sorted(bodies.items(), key=lambda item: len(item[1])):
        headers: list[Header] = [("Content-Type", resource.content_type), ("Content-Length", str(len(body)))]
        if coding != IDENTITY:
            headers.append(("Content-Encoding", coding))
        etag = f'"{tag}{_TAG_SUFFIXES[coding]}"'
        validators = [("ETag", etag)] if resource.status == 200 else []
        unchanged = [*validators, *common]
        variants.append(Variant(coding, etag, body, [*headers, *unchanged, *head], unchanged))
    return Document(resource.status, tag, changed, last_modified, kind, tuple(variants), cache)


def answer(document: Document, environ: Mapping[str, Any], freshness: Freshness) -> Answer:
    """The answer to a WSGI request for a document: HEAD without the body, 304, 405, 406 and 412 where they are due."""
    method = environ["REQUEST_METHOD"]
    if method not in {"GET", "HEAD"}:
        return answer_method(method, is_feed=document.kind == FEED)
    variant = document.choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
    cache = document.cache or freshness.pair
    if variant is None:
        return _say(406, "This address has no content coding that you accept.\n", VARY)
    if document.status == 200:
        verdict = _check(document, variant, environ, freshness)
        if verdict == 304:
            return STATUS_LINES[304], [*variant.unchanged, cache], b""
        if verdict == 412:
            return _say(412, "The document has changed.\n", VARY)
    return STATUS_LINES[document.status], [*variant.headers, cache], variant.body if method == "GET" else b""


def answer_method(method: str, *, is_feed: bool) -> Answer:
    """The answer to any method but GET and HEAD: what is allowed."""
    allow = ("Allow", METHODS)
    if method == "OPTIONS":
        return STATUS_LINES[204], [allow, *SECURITY, *(PREFLIGHT if is_feed else ())], b""
    return _say(405, f"Only {METHODS} here.\n", allow)


def answer_malformed() -> tuple[str, list[Header], bytes]:
    """The answer to a request that is none of HTTP's."""
    return _say(400, "Ask for a path, such as /atom.xml, and name one host.\n")


def _check(document: Document, variant: Variant, environ: Mapping[str, Any], freshness: Freshness) -> int:
    """200, 304 or 412, by the request's conditions in the order of RFC 9110 section 13.2.2."""
    if (header := environ.get("HTTP_IF_MATCH")) is not None:
        if not matches_tag(header, document.tag, weak=False):
            return 412
    elif (header := environ.get("HTTP_IF_UNMODIFIED_SINCE")) is not None and document.changed is not None:
        instant = parse_instant(header)
        if instant is not None and document.changed > instant:
            return 412
    if (header := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        return 304 if header == variant.etag or matches_tag(header, document.tag) else 200
    if (header := environ.get("HTTP_IF_MODIFIED_SINCE")) is None or document.changed is None:
        return 200
    if header == document.last_modified or is_unmodified(header, document.changed, freshness.now()):
        return 304
    return 200


def _say(status: int, text: str, *headers: Header) -> tuple[str, list[Header], bytes]:
    """A refusal, which is of this request alone: a cache that kept it would give it to those who ask for no more."""
    body = text.encode()
    fixed = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return STATUS_LINES[status], [*fixed, *headers, NO_CACHE, *SECURITY], body
