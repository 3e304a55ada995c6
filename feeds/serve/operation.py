"""What /healthz, /readyz and /metrics tell operators of a server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from feeds.errors import ServeError
from feeds.serve.run_folder import declare_health, list_workers, read_health
from feeds.serve.state import State

LOG = logging.getLogger("feeds.operation")
TEXT = "text/plain; charset=utf-8"


@dataclass(slots=True)
class Operation:
    """What `feeds.serve.listener` reports. `state` is replaced by the ingester after each round; None before the first.

    `failure` is why the last round failed, `settings_failure` why the settings could not be read when they last
    changed, `unlisted` which folders of texts the last good round could not list; None where all went well. `errors`
    counts what that round could not use. `begun` is when the round began that runs, None between rounds. `untold` is
    the health that could not be left for `feeds status`.
    """

    run_folder: Path
    now: Callable[[], datetime]
    state: State | None = None
    failure: str | None = None
    settings_failure: str | None = None
    unlisted: str | None = None
    errors: int = 0
    begun: datetime | None = None
    untold: str | None = None
    rounds: int = 0
    failed_rounds: int = 0
    registry: CollectorRegistry = field(default_factory=lambda: CollectorRegistry(auto_describe=False))

    def is_healthy(self) -> tuple[bool, str]:
        """Whether the last round went well, with all texts and under the settings of now.

        Any answer shows that the process lives.
        """
        failures = [each for each in (self.settings_failure, self.failure, self.unlisted) if each is not None]
        return not failures, "; ".join(failures) or "ok"

    def declare(self) -> None:
        """Leave what /healthz says where `feeds status` finds it; what is in the way of that is logged once."""
        _, health = self.is_healthy()
        if read_health(self.run_folder) == health:
            return
        try:
            declare_health(self.run_folder, health)
        except ServeError as error:
            if health != self.untold:
                LOG.warning("`feeds status` can't tell how this server is: %s: %s", error.path, error.what)
            self.untold = health

    def is_ready(self) -> tuple[bool, str]:
        """Whether there is something to serve, and a worker that serves it."""
        if self.state is None or not self.state.is_built:
            return False, "the first build runs"
        return (True, "ok") if list_workers(self.run_folder) else (False, "no worker has started yet")

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body of a request."""
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, generate_latest(self.registry)
        if path not in {"/healthz", "/readyz"}:
            return 404, TEXT, b"only /healthz, /readyz and /metrics here\n"
        is_good, text = self.is_healthy() if path == "/healthz" else self.is_ready()
        return 200 if is_good else 503, TEXT, f"{text}\n".encode()
