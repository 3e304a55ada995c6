"""A Resource: the answer for a path, ready to be written or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from feeds.text import digest_bytes

HTML, TEXT = "text/html", "text/plain"
_TEXTUAL = ("text/", "image/svg", *(f"application/{name}" for name in ("xml", "rss+xml", "atom+xml", "feed+json")))


@dataclass(frozen=True, slots=True)
class Resource:
    """The answer for a path.

    `status` is 200, 301, 404, 410 or 503; `location` the absolute address of a 301. `media_type` is without charset;
    everything textual is UTF-8. `digest` is the hex SHA-256 of `body`; `changed` when the body last changed, as the
    library recorded it, in UTC.
    """

    path: str
    status: int
    body: bytes
    media_type: str
    digest: str
    changed: datetime | None = None
    location: str | None = None

    @property
    def content_type(self) -> str:
        """The media type with its charset, as HTTP sends it."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith(_TEXTUAL) else self.media_type


def make_resource(path: str, status: int, body: bytes, media_type: str) -> Resource:
    """A Resource with the digest of its body."""
    return Resource(path, status, body, media_type, digest_bytes(body))


def make_redirect(path: str, location: str) -> Resource:
    """The Resource of a path that has moved for good, to an absolute address."""
    return Resource(path, HTTPStatus.MOVED_PERMANENTLY, b"", HTML, digest_bytes(b""), location=location)
