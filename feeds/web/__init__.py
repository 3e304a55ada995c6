"""The Flask application over a Site: conditional requests, content codings, headers.

    negotiation    what a request asks for
    compression    the content codings
    document       a document ready to be sent, and the answer to any request for it
    publication    the documents of a library, which it follows
    pack           bodies in a file that all processes share
    layer          WSGI middleware that answers from memory, before Flask
    limit, tally   WSGI middleware that refuses greedy clients; counts of what was answered
    app            all of these together
    hosting, hosts    the same answers from static hosts: coded copies of files, and configuration

Renders nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.web.app import create_app, utc_now

__all__ = ["create_app", "utc_now"]


def __getattr__(name: str) -> Any:
    # `feeds build` uses `hosting`, and must not pay for the import of Flask: 0.2 s.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from feeds.web import app

    found = globals()[name] = getattr(app, name)
    return found
