"""The lines of the logs: whatever a client sent, it looks like no line of ours."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any, cast

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feeds.cli.announcements import LoggingReporter
from feeds.config import Config
from feeds.ingest.report import Report, SetAside
from feeds.serve.logs import log_requests, set_up_logs
from feeds.web.app import make_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@pytest.mark.parametrize("name", ["anothers", make_app(cast("Any", None), polls=False).logger.name])
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_line_break_of_a_client_starts_no_line_of_the_log(
    log_format: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, written = logging.getLogger(), io.StringIO()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr("sys.stderr", written)
    level = root.level
    try:
        set_up_logs(log_format)
        logging.getLogger(name).error("Exception on %s [%s]", "/artikel/\n2026-01-01 forged", "GET")
    finally:
        root.setLevel(level)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert "forged" in lines[0]


@pytest.mark.parametrize(("method", "sent"), [("GET", 5), ("HEAD", 0)])
def test_a_request_is_logged_with_the_bytes_that_were_sent(
    method: str, sent: int, caplog: pytest.LogCaptureFixture
) -> None:
    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "5")])
        return [b"hallo"] if environ["REQUEST_METHOD"] == "GET" else []

    caplog.set_level(logging.INFO)
    run_wsgi_app(log_requests(app), EnvironBuilder(method=method).get_environ())
    (record,) = caplog.records
    assert vars(record)["fields"]["bytes"] == sent


def test_a_page_is_called_in_the_log_what_the_counts_call_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pages = [SetAside("a.md", "article", "no date is known"), SetAside("b.md", "video", "its address is a video's")]
    report = Report(seeds=2, read=2, set_aside=pages)
    LoggingReporter(tells_all=False).ingested(Config.model_validate({}), report, [])
    first, second, counts, _built = (record.getMessage() for record in caplog.records)
    assert first.startswith("without a date: ")
    assert second.startswith("set aside: ")
    assert "1 set aside, 1 without a date" in counts
