"""The thin layer in front of Flask: prepared documents are answered from a table, all else goes to the application.

No routing, no disk, no database here. The table is swapped whole when the library changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from feeds.web.document import answer, answer_malformed

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
        if is_malformed(environ):
            status, headers, refusal = answer_malformed()
            start_response(status, headers)
            return [refusal] if environ["REQUEST_METHOD"] != "HEAD" else []
        document = self.publication.documents.get(environ["PATH_INFO"])
        if document is None:
            return self.app(environ, start_response)
        status, headers, body = answer(document, environ, self.publication.freshness)
        self.publication.tally.count(environ, document, status, len(body))
        start_response(status, headers)
        return [body]  # type: ignore[list-item] # a view of the mapped file: joined and copied by the server


def is_malformed(environ: WSGIEnvironment) -> bool:
    """Whether a request is one that a server must not answer otherwise than with 400.

    In HTTP/1.1, one Host is sent, and not several, which WSGI servers join (RFC 9112 section 3.2); what is asked for is
    a path that begins with a slash, but for OPTIONS and CONNECT (section 3.2.1). Of one without, servers leave nothing.
    """
    host, path, method = environ.get("HTTP_HOST"), environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if environ["SERVER_PROTOCOL"] == "HTTP/1.1" and (not host or "," in host):
        return True
    if path.startswith("/") or method == "CONNECT" or (method == "OPTIONS" and path == "*"):
        return False
    # An application may stand below a path of its server, and that be asked for.
    return bool(path) or not environ.get("SCRIPT_NAME")
