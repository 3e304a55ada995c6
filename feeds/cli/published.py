"""How a person is told what a run did."""

from __future__ import annotations

from pathlib import Path

from feeds.cli.reporting import print_remarks, print_report
from feeds.config import Config
from feeds.publish.published import Published


def print_published(config: Config, published: Published, folder: Path) -> None:
    """Tell a person what was done."""
    print_report(published.report)
    print_remarks(config, published.report)
    built = published.built
    print(f"{folder}: nothing to do" if published.files.is_unchanged else f"{folder}: {built.summarise()}")
    if published.hosting is not None:
        print(f"{folder}: {published.hosting.summarise()}")
