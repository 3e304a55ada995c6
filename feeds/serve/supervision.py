"""The supervisor: checks that it can serve, starts ingester and workers, starts them again, ends them.

It opens neither seeds nor library while it runs, so that nothing in them can stop it.
"""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import resource
import signal
import socket
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from feeds.config import Config
from feeds.errors import ServeError
from feeds.serve.logs import FOR_GRANIAN, set_up_logs
from feeds.serve.run_folder import open_run_folder
from feeds.serve.settings import digest_shared
from feeds.serve.worker import load_worker

LOG = logging.getLogger("feeds.supervisor")
STOP_SECONDS = 10
"""How long a worker may take to finish answers in flight."""
BACKLOG = 1024
MAX_CONNECTIONS = 8192
"""Connections that a worker may have open; beyond that, clients wait until one is closed."""
_OTHER_FILES = 256
"""Files that a worker may need beside its connections; half of what it may have where that is little."""
MAX_RESTART_SECONDS = 30.0
HEADER_MILLISECONDS = 15_000
"""How long a client may take to send a request's headers."""
BUFFER_BYTES = 64 * 1024
"""Bytes of a request's headers at most; more is answered with 431."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address and shares it with nobody. Raises ServeError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # So that the address can be used again right after another process stopped listening on it, and not before.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ServeError(
            f"can't listen on it: {(error.strerror or str(error)).lower()}", path=f"{host}:{port}", hint=_advise(error)
        ) from error
    listener.settimeout(0)
    return listener


def _advise(error: OSError) -> str:
    """What to do where a server can't listen."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "name an address of this machine with --host, such as 127.0.0.1, 0.0.0.0 for all, or ::1"
    if error.errno == errno.EACCES:
        return "only the system's own programs may have ports below 1024; name another with --port"
    return "another program may listen there; stop it, or name another with --port or --host"


def supervise(
    config: Config, listener: socket.socket, run_ingester: Callable[[Path], None], *, on_start: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM; SIGHUP reads the settings again.

    Raises ServeError where another server of the library has other settings.

    `run_ingester` is called in a process of its own, with the folder where the processes meet; it must be importable
    there.
    """
    serve = config.serve
    # Under "fork", a child would hold its siblings' pipes to the parent open, and threads would be copied halfway.
    multiprocessing.set_start_method("spawn", force=True)
    set_up_logs(serve.log_format)
    server = _Server(
        listener,
        "feeds.serve.worker",
        address=serve.host,
        port=serve.port,
        interface=Interfaces.WSGI,
        workers=serve.workers,
        # One thread is enough for an application that never waits: the server waits for clients outside of Python.
        blocking_threads=1,
        # By default, all workers together may have no more open connections than may wait.
        backpressure=allow_connections(),
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=BUFFER_BYTES),
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=FOR_GRANIAN,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    with open_run_folder(config.library.database, digest_shared(config)) as run_folder:
        keeper = _Keeper(partial(run_ingester, run_folder))
        server.on_startup(on_start)
        server.on_startup(keeper.start)
        server.reread = keeper.reload
        server.on_shutdown(partial(LOG.info, "ends; answers in flight are sent first", extra=_event("ending")))
        server.on_shutdown(keeper.stop)
        try:
            server.serve(target_loader=partial(load_worker, config, run_folder), wrap_loader=False)
        finally:
            keeper.stop()
    LOG.info("has ended", extra=_event("ended"))


def _event(name: str, **more: object) -> dict[str, dict[str, object]]:
    return {"fields": {"event": name, **more}}


def _say_end(exit_code: int) -> str:
    return f"by signal {-exit_code}" if exit_code < 0 else f"with {exit_code}"


def allow_connections() -> int:
    """How many connections a worker may have open, after its files were allowed as far as the system lets us.

    Each is a file, and the rest of a worker needs some: a change that it can't open would not be served.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + _OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted - min(_OTHER_FILES, wanted // 2)


class _Server(MPServer):
    """The server with one listening socket that all workers share.

    On Linux the base class opens a socket for each worker: connections that wait at a worker which ends would be reset,
    and a second server could listen on the same port.
    """

    def __init__(self, listener: socket.socket, target: str, **options: Any) -> None:
        super().__init__(target, **options)
        self._listener = listener
        self.reread: Callable[[], None] = lambda: None

    def signal_handler_reload(self, *_args: object, **_options: object) -> None:
        """Read the settings again, which workers follow by themselves, instead of replacing the workers.

        That would close connections which were accepted and have sent nothing yet.
        """
        self.reread()

    def _respawn_workers(self, workers: list[int], *args: Any, **options: Any) -> None:
        """Say how workers ended before others take their place."""
        for index in workers:
            code = self.wrks[index].inner.exitcode or 0
            fields = _event("worker-ended", worker=index + 1, exit_code=code)
            LOG.error("worker %d ended %s; another starts", index + 1, _say_end(code), extra=fields)
        super()._respawn_workers(workers, *args, **options)

    def _init_shared_socket(self) -> None:
        # What the base class does on macOS; there too, the socket goes to the workers by its number.
        self._sso = self._listener
        self._sfd = self._listener.fileno()  # type: ignore[assignment] # declared by its first value, None
        self._shd = SocketHolder(self._sfd, uds=False, backlog=BACKLOG)  # type: ignore[assignment, call-arg]
        self._ssp = None


class _Keeper:
    """Keeps the ingester running: where it fails, another starts, after a while that grows."""

    def __init__(self, run: Callable[[], None]) -> None:
        self._run = run
        self._stopping = threading.Event()
        self._process: SpawnProcess | None = None
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def reload(self) -> None:
        process = self._process
        if process is not None and process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGHUP)

    def stop(self) -> None:
        self._stopping.set()
        process = self._process
        # Whatever it is doing: its transaction is undone, and nothing is lost.
        if process is not None and process.is_alive():
            process.terminate()
            process.join(STOP_SECONDS)
            process.kill()

    def _keep(self) -> None:
        wait = 0.1
        while not self._stopping.is_set():
            self._process = multiprocessing.get_context("spawn").Process(target=self._run, name="feeds-ingester")
            self._process.start()
            self._process.join()
            if self._stopping.is_set():
                return
            code = self._process.exitcode or 0
            fields = _event("ingester-ended", exit_code=code, restart_seconds=wait)
            LOG.error("the ingester ended %s; another starts in %.1f s", _say_end(code), wait, extra=fields)
            if self._stopping.wait(wait):
                return
            wait = min(2 * wait, MAX_RESTART_SECONDS)
