"""The Flask application over a Site: conditional requests, content codings, headers. Renders nothing itself.

`negotiation` reads what requests ask for, `compression` makes the codings, `document` answers a request for a document,
`publication` follows the library, `pack` keeps bodies in a file that all processes share, `layer` answers before Flask
what is at hand, `app` puts them together.
"""

from feeds.web.app import create_app, utc_now

__all__ = ["create_app", "utc_now"]
