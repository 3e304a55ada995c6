"""`feeds restore`: an order for one article, kept in the ledger."""

from __future__ import annotations

from typing import Any

import click

from feeds.cli.ordering import carry_out, find_exit_code, order_options


@click.command()
@order_options
def restore(target: str, **options: Any) -> int:
    """Take back the withdrawal of the article that TARGET names.

    TARGET is the article's id, its original address, the path or address of its page, or the path of its file.
    """
    from feeds.ingest.orders import OperatorOrder

    _, published = carry_out(OperatorOrder("restore", target), **options)
    return find_exit_code(published.report)
