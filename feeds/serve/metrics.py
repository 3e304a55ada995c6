"""The metrics of a server, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from feeds.serve.operation import Operation
from feeds.serve.run_folder import list_tallies, list_workers
from feeds.serve.state import State
from feeds.web.tally import Tally, add_tallies


class ServerMetrics(Collector):
    """The metrics of a server: counts of the workers' files, and what the library holds."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
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
