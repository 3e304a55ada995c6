"""/healthz, /readyz and /metrics for operators, on a listener of their own in the ingester's process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from feeds.errors import ServeError
from feeds.serve.run_folder import declare_health, list_tallies, list_workers, read_health
from feeds.serve.state import State
from feeds.web.tally import Tally, add_tallies

LOG = logging.getLogger("feeds.operation")
TEXT = "text/plain; charset=utf-8"


@dataclass(slots=True)
class Operation:
    """What the listener reports. `state` is replaced by the ingester after each round; None before the first.

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


class _Collector(Collector):
    """The metrics of a server: counts of the workers' files, and what the library holds."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation

    def collect(self) -> Iterator[Metric]:
        operation = self._operation
        yield from _collect_tally(add_tallies(list_tallies(operation.run_folder)))
        yield GaugeMetricFamily("feeds_workers", "Workers that run.", len(list_workers(operation.run_folder)))
        yield CounterMetricFamily("feeds_ingests", "Rounds of the ingester.", operation.rounds)
        yield CounterMetricFamily(
            "feeds_failed_ingests", "Rounds that failed, and settings that could not be read.", operation.failed_rounds
        )
        running = 0.0 if (begun := operation.begun) is None else (operation.now() - begun).total_seconds()
        yield GaugeMetricFamily("feeds_ingest_running_seconds", "How long the round that runs has taken.", running)
        yield GaugeMetricFamily(
            "feeds_errors", "Texts, folders and others that the last round could not use.", operation.errors
        )
        if operation.state is not None:
            yield from _collect_state(operation.state, operation.now())


def _collect_tally(tally: Tally) -> Iterator[Metric]:
    requests = CounterMetricFamily(
        "feeds_requests", "Answers by status and kind of document.", labels=("status", "kind")
    )
    for (status, kind), count in sorted(tally.requests.items()):
        requests.add_metric((status, kind), count)
    yield requests
    polls = sum(count for (status, _), count in tally.requests.items() if status in {"200", "304"})
    unchanged = sum(count for (status, _), count in tally.requests.items() if status == "304")
    yield GaugeMetricFamily(
        "feeds_not_modified_share", "Share of 304 among 200 and 304 since the start.", unchanged / polls if polls else 0
    )
    yield CounterMetricFamily("feeds_sent_bytes", "Bytes of bodies sent.", tally.sent)
    saved = CounterMetricFamily("feeds_saved_bytes", "Bytes of bodies that were not sent.", labels=("by",))
    saved.add_metric(("not_modified",), tally.saved_unchanged)
    saved.add_metric(("coding",), tally.saved_coded)
    yield saved
    subscribers = GaugeMetricFamily(
        "feeds_subscribers",
        "Subscribers of a feed, as hosted readers say in their user agents.",
        labels=("feed", "reader"),
    )
    for (feed, reader), count in sorted(tally.subscribers.items()):
        subscribers.add_metric((feed, reader), count)
    yield subscribers


def _collect_state(state: State, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily("feeds_articles", "Articles that are published.", state.articles)
    yield GaugeMetricFamily("feeds_documents", "Documents that are published.", state.documents)
    seeds = GaugeMetricFamily("feeds_seeds", "Seeds by what became of them.", labels=("state",))
    for name, count in sorted(state.seeds.items()):
        seeds.add_metric((name,), count)
    yield seeds
    if state.newest is not None:
        age = (now - state.newest).total_seconds()
        yield GaugeMetricFamily("feeds_newest_article_age_seconds", "Time since the newest article.", age)
    if state.ingested is not None:
        age = (now - state.ingested).total_seconds()
        yield GaugeMetricFamily("feeds_last_ingest_age_seconds", "Time since the last ingest.", age)


def start_listener(operation: Operation, host: str, port: int) -> ThreadingHTTPServer:
    """Answer on a thread of its own until the process ends. Raises ServeError."""
    operation.registry.register(_Collector(operation))

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            status, content_type, body = operation.answer(self.path.partition("?")[0])
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 (the library's name)

        def do_POST(self) -> None:
            # The connection ends with the answer: the request's body is not read.
            self.send_response(405)
            self.send_header("Allow", "GET, HEAD")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST  # noqa: N815 (the library's names)

        def log_message(self, *_args: object) -> None:
            pass

    class Listener(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            # Most often somebody hung up; the library would print a traceback.
            LOG.warning("a request for /healthz, /readyz or /metrics failed", exc_info=True)

    try:
        server = Listener((host, port), Handler)
    except OSError as error:
        raise ServeError(
            f"/healthz and /metrics can't be there: {(error.strerror or str(error)).lower()}",
            path=f"{host}:{port}",
            hint="name another port with serve.operation_port in config.toml, or 0 for none",
        ) from error
    threading.Thread(target=server.serve_forever, name="operation", daemon=True).start()
    return server
