"""`feeds erase`: an order for one article, kept in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from feeds.cli.consent import ask_consent, can_ask
from feeds.cli.ordering import carry_out, find_exit_code, name_article, order_options, plan_order, say_other_file
from feeds.errors import say_number, show_text

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.publish.published import Published


@click.command()
@click.option("--yes", is_flag=True, help="Erase it without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and change nothing.")
@order_options
def erase(target: str, *, yes: bool, dry_run: bool, **options: Any) -> int:
    """Erase the article that TARGET names, for good: its text, headline and pictures, everywhere.

    TARGET is the article's id, its original address, the path or address of its page, or the path of its file.

    At a terminal, what would be erased is shown, and nothing changes before you say yes: nothing brings it back. Its id
    stays in the ledger, without content, so that it never comes back. Delete its file yourself. The addresses whose
    copies may still be in caches are printed.
    """
    from feeds.ingest.orders import OperatorOrder

    order = OperatorOrder("erase", target)
    # In a script nobody can be asked, so it is taken at its word.
    if dry_run or (not yes and can_ask()):
        config, planned = plan_order(order, **options)
        _print_plan(config, planned)
        code, why_not = ask_consent("Erase it, for good?", yes_does="erases it", yes=yes, dry_run=dry_run)
        if why_not is not None:
            click.echo(f"error: {why_not}" if code else why_not, err=bool(code))
            return code
        # The article that was shown, whatever the target names by now.
        order = OperatorOrder("erase", planned.report.orders[0].id)
    config, published = carry_out(order, scrub=True, **options)
    print("purge these addresses from caches:")
    for address in _list_changed(config, published):
        print(address)
    return find_exit_code(published.report)


def _print_plan(config: Config, planned: Published) -> None:
    """Say what would be erased."""
    from feeds.site.names import absolute

    (order,) = planned.report.orders
    print(f"would be erased: {name_article(order)}")
    if order.text_from is not None:
        print(f"mind: {say_other_file(order)}")
    print(f"its page: {absolute(config, order.path)}")
    for file in order.files:
        print(f"its file, which you delete yourself: {show_text(file)}")
    changing = len(_list_changed(config, planned))
    print(f"{say_number(changing, 'address', 'addresses')} would change or be gone")


def _list_changed(config: Config, published: Published) -> list[str]:
    """The addresses whose bytes have changed, or that are gone."""
    from feeds.build import path_of_file
    from feeds.site.names import absolute

    paths = sorted({*published.changed, *map(path_of_file, published.built.removed)})
    return [absolute(config, path) for path in paths]
