"""What who runs a server sees of it: health, readiness, metrics, logs, refusals."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.server import find_free_port
from feeds.config import load_config
from feeds.serve.ingestion import Ingester
from feeds.serve.listener import start_listener
from feeds.serve.operation import Operation
from feeds.serve.run_folder import read_health
from feeds.store import open_library
from feeds.web.tally import parse_subscribers
from tests.newsroom import Newsroom
from tests.processes import WAIT_SECONDS, wait_until
from tests.web.serving import Reply, Server, request
from tests.web.test_ingestion import Told
from tests.web.test_serve import find_processes, is_tracker

FEEDBIN = {"User-Agent": "Feedbin feed-id:1 - 12 subscribers", "Accept-Encoding": "gzip"}


def read_metric(text: str, name: str, **labels: str) -> float:
    """The value of a metric in the text that Prometheus reads, 0 where it is not there."""
    shown = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    match = re.search(rf"^{name}{re.escape('{' + shown + '}') if shown else ''} (\S+)$", text, re.MULTILINE)
    return float(match[1]) if match else 0.0


def test_a_health_that_can_not_be_left_for_the_status_is_logged_once_and_no_old_one_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = Operation(tmp_path / "run", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    operation.declare()
    assert read_health(tmp_path / "run") == "ok"
    operation.failure = "ledger.jsonl: says less"

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("feeds.serve.run_folder.write_text", fail)
        for _ in range(3):
            operation.declare()
        assert read_health(tmp_path / "run") is None
    (record,) = caplog.records
    assert "`feeds status` can't tell how this server is" in record.getMessage()
    operation.declare()
    assert read_health(tmp_path / "run") == "ledger.jsonl: says less"


def test_the_metrics_say_how_long_the_round_that_runs_has_taken(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    config = load_config(newsroom.folder / "config.toml")
    seconds = [0.0]
    operation = Operation(tmp_path, lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds[0]))
    operation.errors = 3
    listener = start_listener(operation, "127.0.0.1", 0)
    found: list[float] = []
    errors: list[float] = []

    def look(*_: object) -> None:
        seconds[0] += 7
        text = request(listener.server_port, "/metrics").body.decode()
        errors.append(read_metric(text, "feeds_errors"))
        found.append(read_metric(text, "feeds_ingest_running_seconds"))

    ingester = Ingester(config, lambda: config, operation.now, Told(), look, operation)
    library = open_library(config.library.database)
    look()
    assert ingester._round(library)
    look()
    library.close()
    listener.shutdown()
    listener.server_close()
    assert (found[0], found[-1]) == (0, 0)
    assert found[1:-1] == [7.0 * number for number in range(1, len(found) - 1)]
    assert len(found) > 2
    assert (errors[0], errors[-1]) == (3, 0)


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
    posted = request(port, "/healthz", "POST")
    assert (posted.status, posted.headers["Allow"]) == (405, "GET, HEAD")

    first = newsroom.request("/politik/rss.xml", headers=FEEDBIN)
    again = {**FEEDBIN, "If-None-Match": first.headers["Etag"]}
    assert [newsroom.request("/politik/rss.xml", headers=again).status for _ in range(9)] == [304] * 9

    def have_counted() -> bool:
        """Whether both workers wrote down what they answered: each does so by itself, every now and then."""
        text = ask("/metrics").body.decode()
        counts = [read_metric(text, "feeds_requests_total", status=status, kind="feed") for status in ("200", "304")]
        return counts == [1, 9] and read_metric(text, "feeds_workers") == 2

    wait_until(have_counted, "counted by both workers")
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
    lines = [json.loads(line) for line in newsroom.log.splitlines()]
    events = {line["event"]: line for line in lines if "event" in line}
    assert list(events) == ["listening", "ingested", "built", "ending", "ended"]
    assert events["ingested"]["articles"] == 6
    requests = [line for line in lines if line["logger"] == "feeds.access"]
    assert sum(line["status"] == 304 for line in requests) == 10
    assert {"method": "GET", "status": 404, "path": '/gibt-es-nicht"\nä\x9b\\x9b'}.items() <= requests[-1].items()
    assert newsroom.log.isascii()
    assert not any("127.0.0.1" in json.dumps(line) for line in requests)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes by /proc")
@pytest.mark.parametrize("log_format", ["json", "text"])
def test_each_line_of_the_log_has_the_form_that_was_asked_for(newsroom: Server, log_format: str) -> None:
    """Of starts, rounds, failures, killed processes and the end."""
    newsroom.environment = {"FEEDS_SERVE_LOG_FORMAT": log_format}
    newsroom.start()
    wait_until(lambda: "is built" in newsroom.log, "the first round")
    ingester, worker = find_processes(newsroom)
    text = newsroom.config.read_text(encoding="utf-8")
    newsroom.config.write_text(text.replace("[site]", "[seite]"), encoding="utf-8")
    wait_until(lambda: newsroom.log.count("served on") == 1, "the broken settings are told")
    # The next ingester can't read them, and waits: it serves no others.
    os.kill(ingester, signal.SIGKILL)
    wait_until(lambda: newsroom.log.count("served on") == 2, "told by the next one, too")
    (tracker,) = filter(is_tracker, newsroom.children())
    os.kill(tracker, signal.SIGKILL)
    # Until then its pipe may be open, and it counts as alive.
    wait_until(lambda: Path(f"/proc/{tracker}/stat").read_text().rpartition(")")[2].split()[0] == "Z", "it has ended")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: "worker 1 ended by signal 9; another starts" in newsroom.log, "the worker's end is told")
    newsroom.wait_for("/robots.txt", 200)
    newsroom.config.write_text(text, encoding="utf-8")
    assert newsroom.process is not None
    newsroom.process.send_signal(signal.SIGHUP)
    wait_until(lambda: newsroom.log.count("is built") == 2, "it need not wait longer")
    assert newsroom.stop() == 0
    assert "the ingester ended by signal 9; another starts" in newsroom.log
    assert newsroom.log.count("resource_tracker: process died unexpectedly, relaunching") == 1
    assert newsroom.log.count("the ingester ended") == 1
    assert "Traceback" not in newsroom.log
    for line in newsroom.log.splitlines():
        if log_format == "json":
            assert {"time", "level", "logger", "message"} <= json.loads(line).keys()
        else:
            # Further lines of an error say what to do.
            who = r"(feeds\.|_granian |py\.warnings )"
            assert re.match(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z {who}|  \S", line), line


def test_a_start_that_fails_is_told_in_the_form_of_the_log(newsroom: Server) -> None:
    newsroom.environment = {"FEEDS_SERVE_LOG_FORMAT": "json"}
    (newsroom.folder / "seeds").rename(newsroom.folder / "sedes")
    newsroom.start(wait=False)
    assert newsroom.process is not None
    assert newsroom.process.wait(WAIT_SECONDS) == 1
    (line,) = newsroom.log.splitlines()
    assert "there is no such folder" in json.loads(line)["message"]


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
