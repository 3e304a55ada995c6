"""The lines of the logs: whatever a client sent, it looks like no line of ours."""

from __future__ import annotations

import io
import logging

import pytest

from feeds.serve.logs import set_up_logs


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_line_break_of_a_client_starts_no_line_of_the_log(log_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root, written = logging.getLogger(), io.StringIO()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr("sys.stderr", written)
    level = root.level
    try:
        set_up_logs(log_format)
        logging.getLogger("anothers").error("Exception on %s [%s]", "/artikel/\n2026-01-01 forged", "GET")
    finally:
        root.setLevel(level)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert "forged" in lines[0]
