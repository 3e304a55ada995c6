"""What `feeds serve` logs of itself: where it listens, and what each round of the ingester did."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.cli.reporting import count_seeds, explain_remarks, list_notes, list_unpublished, locate_troubles
from feeds.errors import say_number
from feeds.serve.run_folder import list_run_folders

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.errors import FeedsError
    from feeds.ingest.report import Report

LOG = logging.getLogger("feeds.ingester")
SUPERVISOR = logging.getLogger("feeds.supervisor")


def announce_address(config: Config) -> None:
    """Log where the server listens, with a warning where its feeds name another place."""
    address = _find_address(config)
    fields = {"event": "listening", "address": address}
    SUPERVISOR.info("%s: listening on %s", config.site.title, address, extra={"fields": fields})
    base = urlsplit(config.site.base_url)
    # Servers of one library have the same base URL, which may be the address of another one.
    is_alone = len(list_run_folders(config.library.database)) == 1
    if is_alone and base.hostname in {"127.0.0.1", "localhost"} and base.port != config.serve.port:
        SUPERVISOR.warning(
            "feeds and redirects name %s, which is not where this listens\n"
            "  name it with --base-url %s, or in config.toml",
            config.site.base_url,
            address,
        )


class LoggingReporter:
    """Logs what the ingester did: all of the first round, of later ones what changed.

    Where it `tells_all`, each later round has its line, even one in which nothing changed.
    """

    def __init__(self, *, tells_all: bool) -> None:
        self._tells_all = tells_all
        self._told: set[str] = set()
        self._is_first = True
        self._failure = ""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:
        """Tell what a round did; these paths changed."""
        items = _list_items(config, report)
        for level, item in items:
            # What fails again is reported again.
            if item not in self._told:
                LOG.log(level, item)
        if self._is_first:
            for note in list_notes(config, report):
                LOG.info("note: %s", note)
        # After a failure also where nothing is new: it is over.
        is_news = self._is_first or self._failure or changed or report.read or report.removed
        if is_news or self._tells_all:
            documents = f"{say_number(len(changed), 'document')} changed"
            fields = {"event": "ingested", **count_seeds(report), "documents_changed": len(changed)}
            told = "; ".join([report.summarise(), *list_unpublished(report), documents])
            LOG.info(told, extra={"fields": fields})
        if self._is_first:
            fields = {"event": "built", "base_url": config.site.base_url}
            LOG.info("%s is built; Ctrl-C ends it", _say_place(config), extra={"fields": fields})
        self._is_first, self._failure = False, ""
        self._told = {item for _, item in items}

    def reread(self, config: Config) -> None:
        """Tell that the settings count as they are now."""
        fields = {"event": "settings-read", "path": str(config.path)}
        LOG.info("%s was read again", config.path, extra={"fields": fields})

    def failed(self, error: FeedsError) -> None:
        """Tell that a round, or reading the settings, failed: once, for it is tried again every few seconds."""
        if str(error) != self._failure:
            LOG.error("%s\n  What was served before is served on.", error)
        self._failure = str(error)

    def warn(self, error: FeedsError) -> None:
        """Tell what is wrong and stops nothing."""
        LOG.warning(str(error))


def _list_items(config: Config, report: Report) -> list[tuple[int, str]]:
    """What is wrong with texts and settings, each with the level of its record."""
    errors, aside = locate_troubles(config, report)
    warned = [*(f"{page.state}: {page}" for page in aside), *map(str, explain_remarks(config, report))]
    return [*((logging.ERROR, str(error)) for error in errors), *((logging.WARNING, each) for each in warned)]


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
