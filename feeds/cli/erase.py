"""`feeds erase`: an order for one article, kept in the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import TARGET, config_option, load_settings, now_option, output_option, read_now


@click.command()
@click.argument("target", type=TARGET)
@config_option
@now_option
@output_option
def erase(target: str, config_path: Path | None, now_text: str | None, output: Path | None) -> int:
    """Erase the article that TARGET names, for good: its text, headline and pictures, everywhere.

    TARGET is the article's id, the path or address of its page, or the path of its file.

    Its id stays in the ledger, without content, so that it never comes back. Delete its file yourself. The addresses
    whose copies may still stand in caches are printed.
    """
    from feeds.cli.publishing import publish
    from feeds.ingest.orders import OperatorOrder

    config = load_settings(config_path)
    orders = [OperatorOrder("erase", target)]
    published = publish(
        config, now=read_now(now_text), folder=output or config.output.folder, orders=orders, scrub=True
    )
    print("purge these addresses from caches:")
    for path in sorted({*published.changed, *published.built.removed}):
        print(config.site.base_url.rstrip("/") + path)
    return 1 if published.report.errors else 0
