"""`feeds withdraw`: an order for one article, kept in the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeds.cli.consent import ask_consent, can_ask
from feeds.cli.options import load_settings
from feeds.cli.ordering import carry_out, find_exit_code, name_article, order_options, plan_order, say_other_file

if TYPE_CHECKING:
    from feeds.config import Config


@click.command()
@click.option("--reason", help="Why; readers see it. Without it, a reason that was given before stays.")
@click.option("--yes", is_flag=True, help="Don't ask, though no file has the text, or it comes from another file.")
@order_options
def withdraw(target: str, reason: str | None, *, yes: bool, **options: Any) -> int:
    """Withdraw the article that TARGET names: a notice is in its place, under the same id.

    TARGET is the article's id, its original address, the path or address of its page, or the path of its file.

    Where its file is deleted, and `vanished = "keep"` kept its text, that is gone with it; and where TARGET is a file,
    the article's text may come from another one. Of both you are asked at a terminal.
    """
    from feeds.ingest.orders import OperatorOrder

    order = OperatorOrder("withdraw", target, reason)
    # A script that names an article means it.
    if not yes and can_ask() and _may_need_consent(load_settings(options["config_path"]), target):
        _, planned = plan_order(order, **options)
        (carried,) = planned.report.orders
        if carried.takes_text or carried.text_from is not None:
            print(f"would be withdrawn: {name_article(carried)}")
            if carried.takes_text:
                print("its file is gone: the library alone has its text, and would have it no more")
                question = "Withdraw it, and lose its text?"
            else:
                print(f"mind: {say_other_file(carried)}")
                question = "Withdraw it?"
            _, why_not = ask_consent(question, yes_does="withdraws it", yes=yes, dry_run=False)
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


def _may_need_consent(config: Config, target: str) -> bool:
    """Whether to find out first what would be withdrawn: the text may be lost, or come from another file."""
    return config.feeds.vanished == "keep" or Path(target).is_file() or (config.folder / target).is_file()
