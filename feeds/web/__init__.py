"""The Flask application over a Site: conditional requests, content codings, headers. Renders nothing itself.

`negotiation` reads what requests ask for, `compression` makes the codings, `document` answers a request for a document,
`publication` follows the library, `pack` keeps bodies in a file that all processes share, `layer` answers before Flask
what is at hand, `app` puts them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.web.app import create_app, utc_now

__all__ = ["create_app", "utc_now"]


def __getattr__(name: str) -> Any:
    # `feeds build` writes what hosts are told by modules of this package, and needs no Flask for it: 0.2 s.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from feeds.web import app

    found = globals()[name] = getattr(app, name)
    return found
