"""A worker: the process that answers requests. It follows the library and knows of no other process."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.workers import stay_with_parent

# What only a worker needs is imported in its functions: the supervisor imports this module too, to name them.
if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from feeds.config import Config
    from feeds.web.publication import Publication
    from feeds.web.tally import Tally

POLL_SECONDS = 0.2
"""How often a worker looks whether the library changed: a few microseconds each time."""
TALLY_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
"""How long the counts wait that could not be written."""
RETRY_SECONDS = 5.0
LOG = logging.getLogger("feeds.worker")


def load_worker(config: Config, run_folder: Path) -> WSGIApplication:
    """The WSGI application of a worker process, which from now on follows the library. Called once, in the process."""
    from feeds.serve.logs import log_failure, set_up_logs

    stay_with_parent()
    set_up_logs(config.serve.log_format)
    with log_failure("a worker"):
        return _make_application(config, run_folder)


def _make_application(config: Config, run_folder: Path) -> WSGIApplication:
    from feeds.serve.logs import log_requests
    from feeds.serve.run_folder import find_tally
    from feeds.store import open_library
    from feeds.web import utc_now
    from feeds.web.app import make_app
    from feeds.web.limit import Limit
    from feeds.web.publication import Publication

    publication = Publication(open_library(config.library.database), config, now=utc_now, follow_settings=True)
    tally = find_tally(run_folder, os.getpid())
    # A worker that can't follow would serve old bytes for ever: it ends, and another takes its place.
    threading.excepthook = _end
    threading.Thread(target=_follow, args=(publication, tally), name="follower", daemon=True).start()
    app: WSGIApplication = make_app(publication, polls=False).wsgi_app
    if config.serve.unconditional_per_hour:
        app = Limit(app, publication, config.serve, clock=time.monotonic)
    if config.serve.access_log:
        app = log_requests(app)
    # The server would copy the environment, which nothing here reads any more, into each request.
    os.environ.clear()
    return app


def _follow(publication: Publication, tally: Path) -> None:
    waiting = threading.Event()
    written, due = "", 0.0
    while True:
        try:
            publication.poll()
        except (sqlite3.DatabaseError, OSError):
            # Workers go on serving what they have; the ingester reports what is wrong.
            LOG.warning("the library can't be read", exc_info=True)
            waiting.wait(RETRY_SECONDS)
        if (now := time.monotonic()) >= due:
            due = now + TALLY_SECONDS
            # A worker is known by its counts, and their folder goes where all beside the library is deleted.
            if (counted := publication.tally.dump()) != written or not tally.exists():
                if _keep_tally(publication.tally, tally):
                    written = counted
                else:
                    due = now + PATIENCE_SECONDS
        waiting.wait(POLL_SECONDS)


def _keep_tally(tally: Tally, path: Path) -> bool:
    """Write the counts; whether that could be done. Without them readers are served as well."""
    from feeds.ownership import make_folder, write_text

    try:
        make_folder(path.parent)
        if not path.exists():
            # By this file a worker is known: on a full disk, an empty one can be made.
            write_text(path, "")
        write_text(path, tally.dump())
    except OSError as error:
        LOG.warning("the counts of requests can't be written: %s", error)
        return False
    return True


def _end(failure: threading.ExceptHookArgs) -> None:
    from feeds.serve.logs import log_thread

    log_thread(failure)
    os._exit(1)
