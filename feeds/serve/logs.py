"""Logs of the processes that serve: lines for people or JSON objects; on request, one for each HTTP request."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feeds.errors import show_text

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ACCESS, LOG = logging.getLogger("feeds.access"), logging.getLogger("feeds.serve")
FOR_GRANIAN: dict[str, Any] = {
    "formatters": {},
    "handlers": {},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("_granian", "granian.access")},
}
"""The HTTP server's settings of logs under which its records go where ours go, in the same form."""
_OWN, _FLASK = "feeds.", "feeds.web"
"""What our loggers' names begin with, and the name of Flask's own, by which it tells of failures with their paths."""
_LEVELS = ((logging.ERROR, "error"), (logging.WARNING, "warning"))
MAX_TEXT = 500
"""Characters of what a client sent that a line shows."""


class _Json(logging.Formatter):
    """A record as a JSON object on a line."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = getattr(record, "fields", {})
        if record.msg:
            fields = {**fields, "message": record.getMessage()}
        if record.exc_info:
            fields = {**fields, "exception": self.formatException(record.exc_info)}
        line = {"time": _instant(record), "level": record.levelname.lower(), "logger": record.name, **fields}
        # In ASCII: what a client sent may hold commands for a terminal.
        return json.dumps(line)


class _Text(logging.Formatter):
    """A record as a line for people; what a client sent is quoted, so that it can't look like a line of ours.

    Further lines of a message or of an exception follow without the instant.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's name)
        """The message alone: that of a library may hold what a client sent, and ours quote it already."""
        text = super().formatMessage(record)
        return text if record.name.startswith(_OWN) and record.name != _FLASK else show_text(text)

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = getattr(record, "fields", {})
        text = super().format(record) if record.msg else " ".join(f"{k}={v!r}" for k, v in fields.items())
        level = next((f"{name}: " for least, name in _LEVELS if record.levelno >= least), "")
        return f"{_instant(record)} {record.name} {level}{text}"


def set_up_logs(log_format: str) -> None:
    """Send the records of this process to standard error, in the form of the settings; failures of threads, too."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if log_format == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # It reports every batch of changes; so do we, in terms of seeds and documents.
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    # Of the standard library, such as that a process of its own was killed; it would print them in a form of its own.
    logging.captureWarnings(capture=True)
    threading.excepthook = log_thread


def log_thread(failure: threading.ExceptHookArgs) -> None:
    """Log that a thread failed."""
    name = "a thread" if failure.thread is None else failure.thread.name
    LOG.critical("%s failed", name, exc_info=failure.exc_value)


@contextmanager
def log_failure(what: str) -> Iterator[None]:
    """Log what ends the process, which multiprocessing would print in a form of its own; its exit code is 1."""
    try:
        yield
    except Exception as error:
        LOG.critical("%s failed", what, exc_info=True)
        raise SystemExit(1) from error


def log_requests(app: WSGIApplication) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The application with a line for each request: what was asked and answered, not by whom."""

    def logged(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = time.perf_counter()
        fields = {
            "method": environ["REQUEST_METHOD"][:MAX_TEXT],
            "path": _decode(environ["PATH_INFO"]),
            "agent": _decode(environ.get("HTTP_USER_AGENT", "")),
        }

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            fields["status"] = int(status[:3])
            fields["bytes"] = int(dict(headers).get("Content-Length", 0))
            return start_response(status, headers, *more)

        body = app(environ, start)
        if environ["REQUEST_METHOD"] == "HEAD":
            # The length is that of the answer to GET.
            fields["bytes"] = 0
        fields["ms"] = round((time.perf_counter() - started) * 1000, 3)
        ACCESS.info("", extra={"fields": fields})
        return body

    return logged


def _decode(text: str) -> str:
    """A text of WSGI, in which a character stands for each byte of UTF-8 (PEP 3333)."""
    return text.encode("latin-1").decode(errors="backslashreplace")[:MAX_TEXT]


def _instant(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
