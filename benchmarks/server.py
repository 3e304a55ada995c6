"""A server that runs on this machine: a free port for it, its processes, and requests to it."""

from __future__ import annotations

import atexit
import contextlib
import http.client
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path


def wait_for(port: int, path: str, accept: Callable[[int], bool], seconds: float = 120) -> float:
    """Seconds until a path is answered with an acceptable status."""
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if accept(fetch(port, path)[0]):
                return time.perf_counter() - started
        time.sleep(0.01)
    raise TimeoutError(f"no answer on port {port}")


def fetch(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by lower-case name, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def find_free_port() -> int:
    """A port for a server that this process starts; on Linux, nobody else is given it for as long as the process runs.

    There the server may listen beside a socket that has the port and doesn't listen, where both set SO_REUSEADDR.
    """
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port: int = probe.getsockname()[1]
    if sys.platform == "linux":
        atexit.register(probe.close)
    else:
        probe.close()
    return port


def read_cpu(pid: int) -> float:
    """Seconds of CPU that a process and its children have used."""
    return sum(sum(map(int, read_stat(each)[11:13])) / os.sysconf("SC_CLK_TCK") for each in [pid, *list_children(pid)])


def read_stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()


def list_children(pid: int) -> list[int]:
    """The processes that a process started, and those that these started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    found = [int(child) for child in text.split()]
    for task in Path(f"/proc/{pid}/task").iterdir():
        if task.name != str(pid):
            found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
    return [*found, *(grandchild for child in found for grandchild in list_children(child))]
