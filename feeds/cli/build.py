"""`feeds build`: write the site into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import base_url_option, config_option, load_settings, now_option, read_now


@click.command()
@config_option
@base_url_option
@now_option
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write.  [default: public]")
@click.option(
    "--compress",
    is_flag=True,
    help="Also write .gz, .br and .zst copies, _headers, _redirects, _nginx.conf, _Caddyfile.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if a page is set aside.")
def build(  # noqa: PLR0917 (click hands options over by name)
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    output: Path | None,
    compress: bool,  # noqa: FBT001 (click's way)
    strict: bool,  # noqa: FBT001 (click's way)
) -> int:
    """Write the site into a folder: only what changed, each file whole."""
    from feeds.cli.publishing import publish

    config = load_settings(config_path, base_url=base_url)
    folder = output or config.output.folder
    report = publish(config, now=read_now(now_text), folder=folder, compress=compress).report
    return 1 if report.errors or (strict and (report.set_aside or report.empty_categories)) else 0
