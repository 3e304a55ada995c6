"""`feeds erase`: an order for one article, kept in the ledger."""

from __future__ import annotations

from typing import Any

import click

from feeds.cli.ordering import carry_out, order_options


@click.command()
@order_options
def erase(target: str, **options: Any) -> int:
    """Erase the article that TARGET names, for good: its text, headline and pictures, everywhere.

    TARGET is the article's id, the path or address of its page, or the path of its file.

    Its id stays in the ledger, without content, so that it never comes back. Delete its file yourself. The addresses
    whose copies may still stand in caches are printed.
    """
    from feeds.build import path_of_file
    from feeds.ingest.orders import OperatorOrder

    config, published = carry_out(OperatorOrder("erase", target), scrub=True, **options)
    print("purge these addresses from caches:")
    for path in sorted({*published.changed, *map(path_of_file, published.built.removed)}):
        print(config.site.base_url.rstrip("/") + path)
    return 1 if published.report.errors else 0
