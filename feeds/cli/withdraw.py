"""`feeds withdraw`: an order for one article, kept in the ledger."""

from __future__ import annotations

import sys
from typing import Any

import click

from feeds.cli.consent import ask_consent, can_ask
from feeds.cli.options import load_settings
from feeds.cli.ordering import carry_out, find_exit_code, name_article, order_options, plan_order


@click.command()
@click.option("--reason", help="Why; readers see it. Without it, a reason that was given before stays.")
@click.option("--yes", is_flag=True, help="Don't ask, though no file has the text.")
@order_options
def withdraw(target: str, reason: str | None, *, yes: bool, **options: Any) -> int:
    """Withdraw the article that TARGET names: a notice is in its place, under the same id.

    TARGET is the article's id, its original address, the path or address of its page, or the path of its file.

    Where its file is deleted, and `vanished = "keep"` kept its text, that is gone with it: at a terminal you are asked.
    """
    from feeds.ingest.orders import OperatorOrder

    order = OperatorOrder("withdraw", target, reason)
    # A script that names an article means it.
    if not yes and can_ask() and load_settings(options["config_path"]).feeds.vanished == "keep":
        _, planned = plan_order(order, **options)
        (carried,) = planned.report.orders
        if carried.takes_text:
            print(f"would be withdrawn: {name_article(carried)}")
            print("its file is gone: the library alone has its text, and would have it no more")
            _, why_not = ask_consent("Withdraw it, and lose its text?", yes_does="withdraws it", yes=yes, dry_run=False)
            if why_not is not None:
                print(why_not)
                return 0
            # The article that was shown, whatever the target names by now.
            order = OperatorOrder("withdraw", carried.id, reason)
    _, published = carry_out(order, **options)
    for carried in published.report.orders:
        if carried.takes_text:
            what = "its file is gone, and so is now the text that the library kept of it: only the file brings it back"
            print(f"note: {carried.id}: {what}", file=sys.stderr)
    return find_exit_code(published.report)
