"""A folder that is served over HTTP while a test runs."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Quiet(SimpleHTTPRequestHandler):
    missing = HTTPStatus.NOT_FOUND

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is not there as the server does that it stands for."""
        super().send_error(self.missing if code == HTTPStatus.NOT_FOUND else code, message, explain)


class _Storage(_Quiet):
    """Storage that may not list its files."""

    missing = HTTPStatus.FORBIDDEN


@contextmanager
def serve(folder: Path, *, is_storage: bool = False) -> Iterator[str]:
    """The address of the folder, with a slash at its end. With `is_storage`, what is not there is forbidden."""
    handler = _Storage if is_storage else _Quiet
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
