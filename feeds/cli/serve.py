"""`feeds serve`: build, watch and serve."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import closing
from dataclasses import dataclass, replace
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
) -> None:
    """Serve the site, and follow every change of seeds and settings.

    The first answers come while the first build runs; errors in seeds are reported and stop nothing. SIGHUP reads the
    settings again; Ctrl-C and SIGTERM end it once the answers in flight are sent.
    """
    from feeds.ingest.seeds.listing import check_folders
    from feeds.serve.supervision import listen, supervise
    from feeds.store import open_library

    options = Options(config_path, base_url, host, port, workers)
    config = options.load()
    # From now on this file is read: if it is missing later, as while somebody replaces it, that is an error, and the
    # defaults are not used.
    options = replace(options, config_path=config.path)
    if not config.library.database.exists():
        # With a library, the server starts even if the texts are gone, and serves what it has. Here it has nothing.
        check_folders(config)
    listener = listen(config.serve.host, config.serve.port)
    # Made or checked before other processes open it, so that what is wrong with it is an error at the start.
    open_library(config.library.database).close()
    supervise(config, listener, partial(run_ingester, options, config), on_start=partial(_say_address, config))


def run_ingester(options: Options, started: Config, run_folder: Path) -> None:
    """Run the ingester's process, for a server that started with these settings."""
    from feeds.cli.progress import show_progress
    from feeds.errors import ServeError
    from feeds.serve.children import stay_with_parent
    from feeds.serve.ingestion import Ingester
    from feeds.serve.logs import set_up_logs
    from feeds.serve.operation import Operation, start_listener
    from feeds.serve.run_folder import declare_settings
    from feeds.serve.settings import digest_shared, follow
    from feeds.serve.watching import Watch, stamp_file
    from feeds.web import utc_now

    stay_with_parent()
    set_up_logs(started.serve.log_format)
    reporter = _LogReporter() if started.serve.log_format == "json" else _Reporter()

    def load() -> Config:
        config, told = follow(started, options.load())
        declare_settings(run_folder, digest_shared(config))
        if told is not None:
            reporter.warn(told)
        return config

    operation = Operation(run_folder, utc_now)
    if started.serve.operation_port:
        try:
            start_listener(operation, started.serve.operation_host, started.serve.operation_port)
        except ServeError as error:
            # No feed depends on this listener.
            reporter.warn(error)
    # Loaded again, because this may be a later ingester, in place of one that failed.
    read = stamp_file(options.config_path)
    config = load()
    with closing(Watch(config, read=read)) as watch:
        signal.signal(signal.SIGHUP, lambda _number, _frame: watch.wake())
        with show_progress() as progress:
            Ingester(config, load, utc_now, reporter, progress, operation).run(watch)


class _Reporter:
    """Prints what the ingester did: all of the first round, of later ones what changed."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._is_first = True
        self._failure = ""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:
        self._tell(config, report, changed)
        # What fails again is reported again.
        self._failure = ""
        self._remember(config, report)

    def failed(self, error: FeedsError) -> None:
        # The round is tried again every few seconds: reporting it once is enough.
        if str(error) != self._failure:
            print(f"error: {error}\n  What was served before is served on.", file=sys.stderr, flush=True)
        self._failure = str(error)

    def warn(self, error: FeedsError) -> None:
        """Print what is wrong and stops nothing."""
        print(f"warning: {error}", file=sys.stderr, flush=True)

    def _tell(self, config: Config, report: Report, changed: list[str]) -> None:
        from feeds.cli.reporting import print_remarks, print_report

        if self._is_first:
            print_report(report)
            print_remarks(config, report)
            print(f"{_say_place(config)} is built; Ctrl-C ends it", flush=True)
        else:
            self._print_news(config, report, changed)
        self._is_first = False

    def _print_news(self, config: Config, report: Report, changed: list[str]) -> None:
        from feeds.cli.reporting import list_unpublished

        for name, item in self._list_news(config, report):
            print(f"{name}: {item}", file=sys.stderr, flush=True)
        # After a failure also where nothing is new: it is over.
        if changed or report.read or report.removed or self._failure:
            documents = f"{say_number(len(changed), 'document')} changed"
            print("; ".join([report.summarise(), *list_unpublished(report), documents]), flush=True)

    def _list_news(self, config: Config, report: Report) -> list[tuple[str, str]]:
        """The items that the last round didn't report, each with its level."""
        return [(name, item) for name, item in _list_items(config, report) if item not in self._told]

    def _remember(self, config: Config, report: Report) -> None:
        self._told = {item for _, item in _list_items(config, report)}


def _list_items(config: Config, report: Report) -> list[tuple[str, str]]:
    from feeds.cli.reporting import explain_remarks

    return [
        *(("error", str(error)) for error in report.errors),
        *(("set aside", str(page)) for page in report.set_aside),
        *(("warning", str(error)) for error in explain_remarks(config, report)),
    ]


class _LogReporter(_Reporter):
    """Logs what the ingester did, for log collectors."""

    def _tell(self, config: Config, report: Report, changed: list[str]) -> None:
        from feeds.cli.reporting import count_seeds

        for name, item in self._list_news(config, report):
            LOG.log(logging.ERROR if name == "error" else logging.WARNING, item)
        fields = {"event": "ingested", **count_seeds(report), "documents_changed": len(changed)}
        LOG.info("", extra={"fields": fields})

    def failed(self, error: FeedsError) -> None:
        if str(error) != self._failure:
            LOG.error(str(error))
        self._failure = str(error)

    def warn(self, error: FeedsError) -> None:
        LOG.warning(str(error))


def _find_address(config: Config) -> str:
    """Where the server listens, as one asks it."""
    host = f"[{config.serve.host}]" if ":" in config.serve.host else config.serve.host
    return f"http://{host}:{config.serve.port}/"


def _say_place(config: Config) -> str:
    """The address of the site here, and what its feeds call it where that differs."""
    base = config.site.base_url
    # Nobody can ask at the address of all interfaces.
    address = _find_address(config).replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    here = address + urlsplit(base).path.removeprefix("/")
    return base if base == here else f"{here}, as {base},"


def _say_address(config: Config) -> None:
    from feeds.serve.run_folder import list_run_folders

    address = _find_address(config)
    print(f"{config.site.title}: listening on {address}", flush=True)
    base = urlsplit(config.site.base_url)
    # Servers of one library have the same base URL, which may be the address of another one.
    is_alone = len(list_run_folders(config.library.database)) == 1
    if is_alone and base.hostname in {"127.0.0.1", "localhost"} and base.port != config.serve.port:
        print(
            f"warning: feeds and redirects name {config.site.base_url}, which is not where this listens\n"
            f"  name it with --base-url {address}, or in config.toml",
            file=sys.stderr,
            flush=True,
        )
