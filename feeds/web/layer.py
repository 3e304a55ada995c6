"""The thin layer in front of Flask: prepared documents are answered from a table, all else goes to the application.

No routing, no disk, no database here. The table is swapped whole when the library changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from feeds.web.document import answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from feeds.web.publication import Publication


class Layer:
    """WSGI middleware over `app`, with the documents of a publication."""

    def __init__(self, app: WSGIApplication, publication: Publication) -> None:
        self.app = app
        self.publication = publication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the table, or let the application do it."""
        document = self.publication.documents.get(environ["PATH_INFO"])
        if document is None:
            return self.app(environ, start_response)
        status, headers, body = answer(document, environ, self.publication.freshness)
        self.publication.tally.count(environ, document, status, len(body))
        start_response(status, headers)
        return [body]  # type: ignore[list-item] # a view of the mapped file: joined and copied by the server
