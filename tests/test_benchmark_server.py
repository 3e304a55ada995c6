"""Ports for servers that benchmarks and tests start."""

from __future__ import annotations

import errno
import socket
import sys

import pytest

from benchmarks.server import find_free_port


@pytest.mark.skipif(sys.platform != "linux", reason="other systems let nobody else listen where a port is kept")
def test_a_port_is_kept_for_the_server_that_it_is_for() -> None:
    port = find_free_port()
    with socket.socket() as another, pytest.raises(OSError, match="in use") as caught:
        another.bind(("127.0.0.1", port))
    assert caught.value.errno == errno.EADDRINUSE
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    # As the server listens, and nginx, Caddy and gunicorn.
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        socket.create_connection(("127.0.0.1", port)).close()
