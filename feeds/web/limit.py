"""429 for a client that keeps fetching a feed that it has: off by default, for a CDN or a hosted reader is one client.

Pages are for people, of whom many may have one address.

Each process counts for itself what it has at hand, in bounded memory, and forgets it all when it ends. Conditional
requests are never refused.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.config import Serve
from feeds.dates.instants import HOUR
from feeds.web.document import FEED, NO_CACHE, SECURITY, STATUS_LINES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from feeds.web.publication import Publication


@dataclass(slots=True)
class _Fetches:
    """How often a client fetched one state of a document since an instant of the process's clock."""

    tag: str
    since: float
    count: int = 0


class Limit:
    """WSGI middleware in front of the layer. `clock` is monotonic, in seconds."""

    def __init__(
        self, app: WSGIApplication, publication: Publication, settings: Serve, *, clock: Callable[[], float]
    ) -> None:
        self._app = app
        self._publication = publication
        self._allowed = settings.unconditional_per_hour
        self._max_clients = settings.limit_clients
        self._proxies = [ipaddress.ip_network(proxy) for proxy in settings.trusted_proxies]
        self._clock = clock
        self._fetches: OrderedDict[tuple[str, str], _Fetches] = OrderedDict()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Refuse, or let the application answer."""
        wait = self._count(environ)
        if wait is None:
            return self._app(environ, start_response)
        body = b"You have this document. Ask with If-None-Match or If-Modified-Since, and as often as you like.\n"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(STATUS_LINES[429], [*headers, ("Retry-After", str(wait)), NO_CACHE, *SECURITY])
        return [body] if environ["REQUEST_METHOD"] != "HEAD" else []

    def _count(self, environ: WSGIEnvironment) -> int | None:
        """Seconds to wait where this fetch is one too many, else None."""
        if "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ:
            return None
        path = environ["PATH_INFO"]
        document = self._publication.documents.get(path)
        if document is None or document.status != 200 or document.kind != FEED:
            return None
        key = (self.find_client(environ), path)
        now = self._clock()
        fetches = self._fetches.pop(key, None)
        if fetches is None or fetches.tag != document.tag or now - fetches.since >= HOUR:
            fetches = _Fetches(document.tag, now)
        fetches.count += 1
        self._fetches[key] = fetches
        if len(self._fetches) > self._max_clients:
            self._fetches.popitem(last=False)
        return None if fetches.count <= self._allowed else max(1, int(fetches.since + HOUR - now))

    def find_client(self, environ: WSGIEnvironment) -> str:
        """The client's address: that of the connection, or what the last trusted proxy says of it."""
        client: str = environ.get("REMOTE_ADDR", "")
        for hop in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            if not self._is_trusted(client) or not hop.strip():
                break
            client = hop.strip()
        return client

    def _is_trusted(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in proxy for proxy in self._proxies)
