"""`feeds serve`: build, watch and serve."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.options import base_url_option, config_option, load_settings
from feeds.errors import FeedsError

if TYPE_CHECKING:
    from feeds.config import Config


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command line, kept because they override settings that are read again, too."""

    config_path: Path | None
    base_url: str | None
    host: str | None
    port: int | None
    workers: int | None

    def load(self) -> Config:
        """The settings of this moment under these options. Raises ConfigError."""
        given = {"host": self.host, "port": self.port, "workers": self.workers}
        overrides = {("serve", key): str(value) for key, value in given.items() if value is not None}
        return load_settings(self.config_path, base_url=self.base_url, overrides=overrides)


@click.command()
@config_option
@base_url_option
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer.  [default: 1]")
def serve(
    config_path: Path | None, base_url: str | None, host: str | None, port: int | None, workers: int | None
) -> int:
    """Serve the site, and follow every change of seeds and settings.

    The first answers come while the first build runs; errors in seeds are reported and stop nothing. SIGHUP reads the
    settings again; Ctrl-C and SIGTERM end it once the answers in flight are sent.
    """
    from feeds.serve.logs import LOG, set_up_logs

    options = Options(config_path, base_url, host, port, workers)
    config = options.load()
    # From now on this file is read: if it is missing later, as while somebody replaces it, that is an error, and the
    # defaults are not used.
    options = replace(options, config_path=config.path)
    if config.serve.log_format != "json":
        _serve(options, config)
        return 0
    set_up_logs(config.serve.log_format)
    try:
        _serve(options, config)
    except FeedsError as error:
        # Who collects logs as JSON finds it among them.
        LOG.critical(str(error))
        return error.exit_code
    return 0


def _serve(options: Options, config: Config) -> None:
    from feeds.cli.announcements import announce_address
    from feeds.ingest.seeds.listing import check_folders
    from feeds.serve.supervision import listen, supervise
    from feeds.store import open_library

    if not config.library.database.exists():
        # With a library, the server starts even if the texts are gone, and serves what it has. Here it has nothing.
        check_folders(config)
    listener = listen(config.serve.host, config.serve.port)
    # Made or checked before other processes open it, so that what is wrong with it is an error at the start.
    open_library(config.library.database).close()
    supervise(config, listener, partial(run_ingester, options, config), on_start=partial(announce_address, config))


def run_ingester(options: Options, started: Config, run_folder: Path) -> None:
    """Run the ingester's process, for a server that started with these settings."""
    from feeds.serve.logs import log_failure, set_up_logs
    from feeds.workers import stay_with_parent

    stay_with_parent()
    set_up_logs(started.serve.log_format)
    with log_failure("the ingester"):
        _ingest(options, started, run_folder)


def _ingest(options: Options, started: Config, run_folder: Path) -> None:
    from feeds.cli.announcements import LOG, LoggingReporter
    from feeds.cli.progress import show_progress
    from feeds.errors import ServeError
    from feeds.serve.ingestion import Ingester, load_first
    from feeds.serve.listener import start_listener
    from feeds.serve.operation import Operation
    from feeds.serve.run_folder import declare_settings
    from feeds.serve.settings import digest_shared, follow
    from feeds.serve.state import read_served
    from feeds.serve.watching import Watch, stamp_file
    from feeds.web import utc_now

    as_json = started.serve.log_format == "json"
    reporter = LoggingReporter(tells_all=as_json)

    def load() -> Config:
        config, told = follow(started, options.load())
        declare_settings(run_folder, digest_shared(config))
        if told is not None:
            reporter.warn(told)
        return config

    # Told from the start, for it is served from the start.
    operation = Operation(run_folder, utc_now, state=read_served(started.library.database))
    if started.serve.operation_port:
        try:
            start_listener(operation, started.serve.operation_host, started.serve.operation_port)
        except ServeError as error:
            # No feed depends on this listener.
            reporter.warn(error)
    # Loaded again, because this may be a later ingester, in place of one that failed.
    woken = threading.Event()
    # By default, it would end the process.
    signal.signal(signal.SIGHUP, lambda _number, _frame: woken.set())
    config, read = load_first(load, lambda: stamp_file(options.config_path), operation, reporter, woken)
    with closing(Watch(config, read=read)) as watch:
        signal.signal(signal.SIGHUP, lambda _number, _frame: watch.wake())
        # A bar is for who sits before it.
        with show_progress(None if sys.stderr.isatty() and not as_json else LOG.info) as progress:
            Ingester(config, load, utc_now, reporter, progress, operation).run(watch)
