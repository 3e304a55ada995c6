"""What who runs a server sees of it: health, readiness, metrics, logs, refusals."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

from feeds.web.tally import parse_subscribers
from tests.web.serving import Reply, Server, find_free_port, request
from tests.web.test_serve import wait_until

FEEDBIN = {"User-Agent": "Feedbin feed-id:1 - 12 subscribers", "Accept-Encoding": "gzip"}


def read_metric(text: str, name: str, **labels: str) -> float:
    """The value of a metric in the text that Prometheus reads, 0 where it is not there."""
    shown = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    match = re.search(rf"^{name}{re.escape('{' + shown + '}') if shown else ''} (\S+)$", text, re.MULTILINE)
    return float(match[1]) if match else 0.0


def test_health_readiness_metrics_and_logs(newsroom: Server) -> None:
    port = find_free_port()
    newsroom.environment = {
        "FEEDS_SERVE_OPERATION_PORT": str(port),
        "FEEDS_SERVE_ACCESS_LOG": "true",
        "FEEDS_SERVE_LOG_FORMAT": "json",
        "FEEDS_SERVE_UNCONDITIONAL_PER_HOUR": "3",
    }
    newsroom.workers = 2
    newsroom.start()

    def ask(path: str) -> Reply:
        return request(port, path)

    wait_until(lambda: ask("/readyz").status == 200, "ready")
    assert ask("/healthz").body == b"ok\n"
    assert ask("/nichts").status == 404

    first = newsroom.request("/politik/rss.xml", headers=FEEDBIN)
    again = {**FEEDBIN, "If-None-Match": first.headers["Etag"]}
    assert [newsroom.request("/politik/rss.xml", headers=again).status for _ in range(9)] == [304] * 9

    def has_counted() -> bool:
        return read_metric(ask("/metrics").body.decode(), "feeds_requests_total", status="304", kind="feed") == 9

    wait_until(has_counted, "counted by both workers")
    text = ask("/metrics").body.decode()
    assert read_metric(text, "feeds_subscribers", feed="/politik/rss.xml", reader="Feedbin") == 12
    assert read_metric(text, "feeds_saved_bytes_total", by="not_modified") > 9 * len(first.body)
    assert read_metric(text, "feeds_saved_bytes_total", by="coding") > 0
    assert read_metric(text, "feeds_workers") == 2
    assert read_metric(text, "feeds_articles") == 5
    assert read_metric(text, "feeds_seeds", state="article") == 6
    assert read_metric(text, "feeds_newest_article_age_seconds") > 0
    assert "feeds_last_ingest_age_seconds" in text
    assert "127.0.0.1" not in text

    command = [sys.executable, "-m", "feeds", "status", "--config", str(newsroom.config)]
    shown = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout
    status = json.loads(shown)
    assert status["articles"] == 5
    assert status["newest"].startswith("2026-03-05T11:")
    assert [len(server["workers"]) for server in status["servers"]] == [2]
    assert status["servers"][0]["requests"] >= 10
    assert "no server runs" not in subprocess.run(command, capture_output=True, text=True, check=True).stdout

    # Renamed first: the server goes on writing into a folder of this name.
    shutil.rmtree((newsroom.folder / ".feeds").rename(newsroom.folder / "deleted"))
    wait_until(lambda: ask("/readyz").status == 200, "ready, though all that is beside the library was deleted")

    replies = [newsroom.request("/politik/atom.xml") for _ in range(12)]
    refused = [reply for reply in replies if reply.status == 429]
    assert refused
    assert all(0 < int(reply.headers["Retry-After"]) <= 3600 for reply in refused)
    tag = replies[0].headers["Etag"]
    assert newsroom.request("/politik/atom.xml", headers={"If-None-Match": tag}).status == 304

    newsroom.request("/gibt-es-nicht%22%0A%C3%A4%C2%9B%9B")
    assert newsroom.stop() == 0
    lines = [json.loads(line) for line in newsroom.log.splitlines() if line.startswith("{")]
    assert {"event": "ingested", "articles": 6}.items() <= next(line for line in lines if "event" in line).items()
    requests = [line for line in lines if line["logger"] == "feeds.access"]
    assert sum(line["status"] == 304 for line in requests) == 10
    assert {"method": "GET", "status": 404, "path": '/gibt-es-nicht"\nä\x9b\\x9b'}.items() <= requests[-1].items()
    assert all(line.isascii() for line in newsroom.log.splitlines() if line.startswith("{"))
    assert not any("127.0.0.1" in json.dumps(line) for line in requests)


@pytest.mark.parametrize(
    ("agent", "found"),
    [
        ("Feedbin feed-id:1373711 - 142 subscribers", ("Feedbin", 142)),
        ("Feedly/1.0 (+http://feedly.example/fetcher.html; 16 subscribers; like FeedFetcher-Google)", ("Feedly", 16)),
        ("NewsBlur Feed Fetcher - 3 subscribers - https://newsblur.example/", ("NewsBlur Feed Fetcher", 3)),
        ("theoldreader.com (1 subscribers; feed-id=1a2b)", ("theoldreader.com", 1)),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0", None),
        ("x" * 10_000 + " 12 subscribers", None),
        ("- 12 subscribers", None),
        ("Feed 99999999999999999999 subscribers", None),
    ],
)
def test_subscribers_are_taken_from_what_hosted_readers_say(agent: str, found: tuple[str, int] | None) -> None:
    assert parse_subscribers(agent) == found
