"""The Flask application over a Site. It never ingests and never watches: it follows the library that others fill."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import NotFound

from feeds.config import Config
from feeds.store import open_library
from feeds.web.document import answer
from feeds.web.layer import Layer
from feeds.web.publication import Publication


def utc_now() -> datetime:
    """This moment: one of the two edges that read the clock."""
    return datetime.now(UTC)  # noqa: TID251 (the edge that reads the clock)


def create_app(config: Config, *, now: Callable[[], datetime] = utc_now) -> flask.Flask:
    """The application that serves the library of these settings, for any WSGI server.

    It looks at the library before each answer, so that it shows what another process ingested. Raises LibraryError.
    """
    publication = Publication(open_library(config.library.database), config, now=now)
    return make_app(publication, polls=True)


def make_app(publication: Publication, *, polls: bool) -> flask.Flask:
    """The application over a publication. With `polls`, it looks for changes of the library before each answer."""
    app = flask.Flask("feeds.web", static_folder=None)

    def show(_error: NotFound) -> flask.Response:
        """Answer any path without a route, which is all of them unless someone adds a route."""
        environ = flask.request.environ
        # Flask's own path has one slash at its start, however many were asked for.
        document = publication.find(environ["PATH_INFO"].encode("latin-1").decode(errors="replace"))
        status, headers, body = answer(document, environ, publication.freshness)
        publication.tally.count(environ, document, status, len(body))
        response = flask.Response(bytes(body), status=status)
        # Not as an argument: that would add a type to answers which have no body.
        response.headers = Headers(headers)
        return response

    app.register_error_handler(NotFound, show)
    app.extensions["feeds"] = publication
    layer = Layer(app.wsgi_app, publication)

    def follow(environ, start_response):  # type: ignore[no-untyped-def]
        publication.poll()
        return layer(environ, start_response)

    app.wsgi_app = follow if polls else layer  # type: ignore[method-assign]
    return app
