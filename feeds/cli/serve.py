"""`feeds serve`: build, watch and serve."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from feeds.cli.options import base_url_option, config_option, load_settings
from feeds.errors import say_number

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.errors import FeedsError
    from feeds.ingest.report import Report


LOG = logging.getLogger("feeds.ingester")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; kept, so that settings read anew are overridden by it again."""

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
@click.option("--port", type=int, help="Port to listen on.  [default: 8000]")
@click.option("--workers", type=int, help="Processes that answer.  [default: 1]")
def serve(
    config_path: Path | None, base_url: str | None, host: str | None, port: int | None, workers: int | None
) -> None:
    """Serve the site, and follow every change of seeds and settings.

    The first answers come while the first build runs; what is wrong with seeds is told and stops nothing. SIGHUP reads
    the settings anew; Ctrl-C and SIGTERM end it when the answers in flight are sent.
    """
    from feeds.serve.supervision import listen, supervise
    from feeds.store import open_library

    options = Options(config_path, base_url, host, port, workers)
    config = options.load()
    listener = listen(config.serve.host, config.serve.port)
    # Made or checked before anybody else opens it: what is wrong with it is an error of the start.
    open_library(config.library.database).close()
    _warn_of_others(config.library.database)
    supervise(config, listener, partial(run_ingester, options, config), on_start=partial(_say_address, config))


def run_ingester(options: Options, started: Config, run_folder: Path) -> None:
    """The life of the ingester's process, of a server that started with these settings."""
    from feeds.cli.progress import show_progress
    from feeds.errors import ServeError
    from feeds.serve.family import stay_with_parent
    from feeds.serve.ingestion import Ingester
    from feeds.serve.logs import set_up_logs
    from feeds.serve.operation import Operation, start_listener
    from feeds.serve.settings import follow
    from feeds.serve.watching import Watch
    from feeds.web import utc_now

    stay_with_parent()
    set_up_logs(started.serve.log_format)
    teller = _LogTeller() if started.serve.log_format == "json" else _Teller()

    def load() -> Config:
        config, told = follow(started, options.load())
        if told is not None:
            teller.warn(told)
        return config

    operation = Operation(run_folder, utc_now)
    if started.serve.operation_port:
        try:
            start_listener(operation, started.serve.operation_host, started.serve.operation_port)
        except ServeError as error:
            # Nobody's feed depends on it.
            teller.warn(error)
    # Not those of the start: this may be another ingester, in the place of one that failed.
    config = load()
    with closing(Watch(config)) as watch:
        signal.signal(signal.SIGHUP, lambda _number, _frame: watch.wake())
        with show_progress() as progress:
            Ingester(config, load, utc_now, teller, progress, operation).run(watch)


class _Teller:
    """Prints what the ingester did: all of the first round, of later ones what changed."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._is_first = True
        self._failure = ""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:
        from feeds.cli.reporting import print_categories, print_report

        if self._is_first:
            print_report(report)
            print_categories(config, report)
            print(f"{config.site.base_url} is built; Ctrl-C ends it", flush=True)
        else:
            self._print_news(report, changed)
        self._is_first = False
        self._failure = ""
        self._told = {str(item) for item in [*report.errors, *report.set_aside]}

    def failed(self, error: FeedsError) -> None:
        # It is tried again every few seconds: one word is enough.
        if str(error) != self._failure:
            print(f"error: {error}\n  What was served before is served on.", file=sys.stderr, flush=True)
        self._failure = str(error)

    def warn(self, error: FeedsError) -> None:
        """Something is not as wished, and everything else goes on."""
        print(f"warning: {error}", file=sys.stderr, flush=True)

    def _print_news(self, report: Report, changed: list[str]) -> None:
        from feeds.cli.reporting import list_unpublished

        for name, items in (("error", report.errors), ("set aside", report.set_aside)):
            for item in items:
                if str(item) not in self._told:
                    print(f"{name}: {item}", file=sys.stderr, flush=True)
        if changed or report.read or report.removed:
            documents = f"{say_number(len(changed), 'document')} changed"
            print("; ".join([report.summarise(), *list_unpublished(report), documents]), flush=True)


class _LogTeller(_Teller):
    """Logs what the ingester did, for who collects logs."""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:  # noqa: ARG002 (the interface)
        for level, items in ((logging.ERROR, report.errors), (logging.WARNING, report.set_aside)):
            for item in items:
                if str(item) not in self._told:
                    LOG.log(level, str(item))
        names = ("seeds", "read", "new", "changed", "unchanged", "removed", "articles", "waiting", "drafts", "withheld")
        fields = {name: getattr(report, name) for name in names}
        LOG.info("", extra={"fields": {"event": "ingested", **fields, "documents_changed": len(changed)}})
        self._told = {str(item) for item in [*report.errors, *report.set_aside]}

    def failed(self, error: FeedsError) -> None:
        if str(error) != self._failure:
            LOG.error(str(error))
        self._failure = str(error)

    def warn(self, error: FeedsError) -> None:
        LOG.warning(str(error))


def _warn_of_others(database: Path) -> None:
    """Say which servers keep the library already: each would take what the other writes for a change."""
    from feeds.serve.run_folder import list_run_folders

    for folder in list_run_folders(database):
        print(
            f"warning: {database}: a server, process {folder.name}, keeps it already; the two never come to rest\n"
            "  stop one of them, or give each a library of its own: database in [library]",
            file=sys.stderr,
            flush=True,
        )


def _say_address(config: Config) -> None:
    host = f"[{config.serve.host}]" if ":" in config.serve.host else config.serve.host
    address = f"http://{host}:{config.serve.port}/"
    print(f"{config.site.title}: listening on {address}", flush=True)
    base = urlsplit(config.site.base_url)
    if base.hostname in {"127.0.0.1", "localhost"} and base.port != config.serve.port:
        print(
            f"warning: feeds and redirects name {config.site.base_url}, which is not where this listens\n"
            f"  name it with --base-url {address}, or in config.toml",
            file=sys.stderr,
            flush=True,
        )
