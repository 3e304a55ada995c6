"""What the commands share that carry out an order for one article: `withdraw`, `restore`, `erase`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.build import HOSTING_MANIFEST
from feeds.cli.options import (
    TARGET,
    Command,
    base_url_option,
    config_option,
    load_settings,
    now_option,
    output_option,
    read_now,
)
from feeds.cli.progress import show_progress
from feeds.cli.published import print_published
from feeds.publish.published import Published

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.ingest.orders import OperatorOrder


def order_options(command: Command) -> Command:
    """TARGET, and the options that `carry_out` takes."""
    for option in (output_option, now_option, base_url_option, config_option, click.argument("target", type=TARGET)):
        command = option(command)
    return command


def carry_out(
    order: OperatorOrder,
    *,
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    output: Path | None,
    scrub: bool = False,
) -> tuple[Config, Published]:
    """Carry an order out, bring library, ledger and folder up to date, and print what was done; under which settings.

    Coded copies and the configuration of hosts are kept up to date where the folder has them. With `scrub`, nothing
    that was deleted can be read any more.
    """
    # Costs a quarter of a second to import, and `feeds --help` needs none of it.
    from feeds.publish.run import carry_through

    config = load_settings(config_path, base_url=base_url)
    folder = output or config.output.folder
    compress = (folder / HOSTING_MANIFEST).exists()
    with show_progress() as progress:
        published = carry_through(
            config,
            now=read_now(now_text),
            folder=folder,
            orders=[order],
            scrub=scrub,
            compress=compress,
            progress=progress,
        )
    print_published(config, published, folder)
    return config, published
