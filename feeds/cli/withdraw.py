"""`feeds withdraw`: an order for one article, kept in the ledger."""

from __future__ import annotations

from typing import Any

import click

from feeds.cli.ordering import carry_out, find_exit_code, order_options


@click.command()
@click.option("--reason", help="Why; readers see it. Without it, a reason that was given before stays.")
@order_options
def withdraw(target: str, reason: str | None, **options: Any) -> int:
    """Withdraw the article that TARGET names: a notice stands in its place, under the same id.

    TARGET is the article's id, its original address, the path or address of its page, or the path of its file.
    """
    from feeds.ingest.orders import OperatorOrder

    _, published = carry_out(OperatorOrder("withdraw", target, reason), **options)
    return find_exit_code(published.report)
