"""A worker: the process that answers. It follows the library and knows of nobody else."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from feeds.config import Config
from feeds.serve.family import stay_with_parent
from feeds.store import open_library
from feeds.web import utc_now
from feeds.web.app import make_app
from feeds.web.publication import Publication

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

POLL_SECONDS = 0.2
"""How often a worker looks whether the library changed: a few microseconds each time."""


def load_worker(config: Config) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The WSGI application of a worker process, which from now on follows the library. Called once, in the process."""
    stay_with_parent()
    publication = Publication(open_library(config.library.database), config, now=utc_now, follow_settings=True)
    threading.Thread(target=_follow, args=(publication,), name="follower", daemon=True).start()
    app = make_app(publication, polls=False)
    # The server would copy the environment, which nothing here reads any more, into each request.
    os.environ.clear()
    return app.wsgi_app


def _follow(publication: Publication) -> None:
    waiting = threading.Event()
    while True:
        publication.poll()
        waiting.wait(POLL_SECONDS)
