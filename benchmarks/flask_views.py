"""What `benchmarks.serving` measures beside us: a Flask view over cached bytes, and one that builds the feed each time.

Both as one would write them: validators by Werkzeug, gzip made once where bytes are cached, at each request where not.
"""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import flask
from feedgen.feed import FeedGenerator
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGED = datetime(2024, 7, 19, tzinfo=UTC)


def make_cached(path: str) -> flask.Flask:
    """An application that keeps the document and its gzip copy in memory."""
    app = flask.Flask(__name__)
    body = Path(path).read_bytes()
    coded = gzip.compress(body, 6, mtime=0)
    tag = hashlib.sha256(body).hexdigest()[:32]

    @app.get("/atom.xml")
    def show() -> flask.Response:
        is_coded = flask.request.accept_encodings.quality("gzip") > 0
        response = flask.Response(coded if is_coded else body, mimetype="application/atom+xml")
        if is_coded:
            response.content_encoding = "gzip"
        response.set_etag(f"{tag}-gz" if is_coded else tag)
        return finish(response)

    return app


def make_plain(path: str) -> flask.Flask:
    """An application that builds the document with feedgen at each request, of entries that it has in memory."""
    app = flask.Flask(__name__)
    entries = [
        {name: entry.findtext(ATOM + name) or "" for name in ("id", "title", "summary", "content", "updated")}
        for entry in etree.parse(path).iter(f"{ATOM}entry")
    ]

    @app.get("/atom.xml")
    def show() -> flask.Response:
        feed = FeedGenerator()
        feed.id("https://example.org/")
        feed.title("Bench")
        feed.updated(CHANGED)
        for each in entries:
            entry = feed.add_entry(order="append")
            entry.id(each["id"])
            entry.title(each["title"])
            entry.summary(each["summary"])
            entry.content(each["content"], type="html")
            entry.updated(each["updated"])
        body = feed.atom_str()
        response = flask.Response(gzip.compress(body, 6, mtime=0), mimetype="application/atom+xml")
        response.content_encoding = "gzip"
        response.set_etag(hashlib.sha256(body).hexdigest()[:32])
        return finish(response)

    return app


def finish(response: flask.Response) -> flask.Response:
    """The headers that both have, and 304 where it is due."""
    response.headers["Vary"] = "Accept-Encoding"
    response.cache_control.public = True
    response.cache_control.max_age = 600
    response.last_modified = CHANGED
    response.make_conditional(flask.request)
    return response
