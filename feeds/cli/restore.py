"""`feeds restore`: an order for one article, kept in the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import TARGET, config_option, load_settings, now_option, output_option, read_now


@click.command()
@click.argument("target", type=TARGET)
@config_option
@now_option
@output_option
def restore(target: str, config_path: Path | None, now_text: str | None, output: Path | None) -> int:
    """Take back the withdrawal of the article that TARGET names.

    TARGET is the article's id, the path or address of its page, or the path of its file.
    """
    from feeds.cli.publishing import publish
    from feeds.ingest.orders import OperatorOrder

    config = load_settings(config_path)
    orders = [OperatorOrder("restore", target)]
    published = publish(config, now=read_now(now_text), folder=output or config.output.folder, orders=orders)
    return 1 if published.report.errors else 0
