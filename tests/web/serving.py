"""The server as a process on a site of its own, and a client that sends what it is told and nothing else."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.server import find_free_port
from tests.processes import WAIT_SECONDS

DATA = Path(__file__).parent.parent / "data" / "web"
NOTHING_ELSE = {"FEEDS_SERVE_OPERATION_PORT": "0"}
"""Only one of several servers could have the listener's usual port."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Server:
    """`feeds serve` on a copy of the newsroom. `base` is the configured base URL."""

    folder: Path
    port: int
    base: str
    workers: int = 1
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    log_name: str = "serve.log"
    finds_settings: bool = False
    """Whether it runs in its folder, and finds its settings there by itself."""

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def log(self) -> str:
        return (self.folder / self.log_name).read_text(encoding="utf-8")

    def start(self, *options: str, wait: bool = True, files: int | None = None) -> None:
        """Start it with these options; with `files`, each of its processes may have only so many open."""
        command = [sys.executable, "-m", "feeds", "serve", "--port", str(self.port)]
        command += [] if self.finds_settings else ["--config", str(self.config)]
        command += ["--base-url", self.base, "--workers", str(self.workers), *options]
        if files is not None:
            command = ["sh", "-c", 'ulimit -n "$0" && exec "$@"', str(files), *command]
        with (self.folder / self.log_name).open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder if self.finds_settings else None,
                stdout=log,
                stderr=log,
                env={**os.environ, **NOTHING_ELSE, **self.environment},
                start_new_session=True,
            )
        if wait:
            self.wait_for("/robots.txt", 200)

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(WAIT_SECONDS)

    def request(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Reply:
        return request(self.port, path, method, headers)

    def wait_for(self, path: str, status: int, text: str = "") -> Reply:
        """Ask again until a path answers with this status and text."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            assert self.process is None or self.process.poll() is None, self.log
            try:
                reply = self.request(path)
            except (OSError, http.client.HTTPException):
                # A worker that was killed may have sent a part.
                time.sleep(0.05)
                continue
            if reply.status == status and text in reply.body.decode():
                return reply
            time.sleep(0.05)
        raise AssertionError(f"{path} never answered {status} with {text!r}:\n{self.log}")

    def children(self) -> list[int]:
        """Process ids of the ingester and the workers, and of a tracker that multiprocessing starts before them."""
        assert self.process is not None
        pid = self.process.pid
        if sys.platform == "linux":
            # Without `pgrep`, which small systems leave out.
            listed = [each.read_text(encoding="ascii") for each in Path(f"/proc/{pid}/task").glob("*/children")]
        else:
            listed = [subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout]
        return sorted(int(child) for text in listed for child in text.split())

    def has_lost(self, pid: int) -> bool:
        """Whether a process is none of its children any more."""
        return pid not in self.children()


def request(port: int, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Reply:
    """One request with these headers and no others but Host; the body as it came, coded or not."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
    try:
        sent = dict(headers or {})
        connection.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return Reply(response.status, {name.title(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


def make_server(folder: Path, *, path: str = "/", workers: int = 1) -> Server:
    """A server that is not started, on a copy of the newsroom; `path` is that of its base URL."""
    shutil.copytree(DATA / "newsroom", folder, dirs_exist_ok=True)
    port = find_free_port()
    return Server(folder, port, f"http://127.0.0.1:{port}{path}", workers)
