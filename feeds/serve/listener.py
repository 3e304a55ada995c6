"""The listener for operators, in the ingester's process: what `feeds.serve.operation` says, over HTTP."""

from __future__ import annotations

import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from feeds.errors import ServeError
from feeds.serve.metrics import ServerMetrics
from feeds.serve.operation import Operation

LOG = logging.getLogger("feeds.operation")


def start_listener(operation: Operation, host: str, port: int) -> ThreadingHTTPServer:
    """Answer on a thread of its own until the process ends. Raises ServeError."""
    operation.registry.register(ServerMetrics(operation))

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
