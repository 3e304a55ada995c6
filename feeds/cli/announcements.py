"""What `feeds serve` tells: where it listens, and what each round of the ingester did, printed or logged."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.cli.reporting import count_seeds, explain_remarks, list_unpublished, print_remarks, print_report
from feeds.errors import say_number
from feeds.serve.run_folder import list_run_folders

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.errors import FeedsError
    from feeds.ingest.report import Report

LOG = logging.getLogger("feeds.ingester")


def print_address(config: Config) -> None:
    """Print where the server listens, with a warning where its feeds name another place."""
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


class PrintingReporter:
    """Prints what the ingester did: all of the first round, of later ones what changed."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._is_first = True
        self._failure = ""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:
        """Tell what a round did; these paths changed."""
        self._tell(config, report, changed)
        # What fails again is reported again.
        self._failure = ""
        self._told = {item for _, item in _list_items(config, report)}

    def failed(self, error: FeedsError) -> None:
        """Tell that a round, or reading the settings, failed: once, for it is tried again every few seconds."""
        if str(error) != self._failure:
            self._tell_failure(error)
        self._failure = str(error)

    def warn(self, error: FeedsError) -> None:
        """Tell what is wrong and stops nothing."""
        print(f"warning: {error}", file=sys.stderr, flush=True)

    def _tell_failure(self, error: FeedsError) -> None:
        print(f"error: {error}\n  What was served before is served on.", file=sys.stderr, flush=True)

    def _tell(self, config: Config, report: Report, changed: list[str]) -> None:
        if self._is_first:
            print_report(report, config)
            print_remarks(config, report)
            print(f"{_say_place(config)} is built; Ctrl-C ends it", flush=True)
        else:
            self._print_news(config, report, changed)
        self._is_first = False

    def _print_news(self, config: Config, report: Report, changed: list[str]) -> None:
        for name, item in self._list_news(config, report):
            print(f"{name}: {item}", file=sys.stderr, flush=True)
        # After a failure also where nothing is new: it is over.
        if changed or report.read or report.removed or self._failure:
            documents = f"{say_number(len(changed), 'document')} changed"
            print("; ".join([report.summarise(), *list_unpublished(report), documents]), flush=True)

    def _list_news(self, config: Config, report: Report) -> list[tuple[str, str]]:
        """The items that the last round didn't report, each with its level."""
        return [(name, item) for name, item in _list_items(config, report) if item not in self._told]


class LoggingReporter(PrintingReporter):
    """Logs what the ingester did, for log collectors."""

    def _tell(self, config: Config, report: Report, changed: list[str]) -> None:
        for name, item in self._list_news(config, report):
            LOG.log(logging.ERROR if name == "error" else logging.WARNING, item)
        fields = {"event": "ingested", **count_seeds(report), "documents_changed": len(changed)}
        LOG.info("", extra={"fields": fields})

    def warn(self, error: FeedsError) -> None:
        """Log what is wrong and stops nothing."""
        LOG.warning(str(error))

    def _tell_failure(self, error: FeedsError) -> None:
        LOG.error(str(error))


def _list_items(config: Config, report: Report) -> list[tuple[str, str]]:
    return [
        *(("error", str(error)) for error in report.errors),
        *(("set aside", str(page)) for page in report.set_aside),
        *(("warning", str(error)) for error in explain_remarks(config, report)),
    ]


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
