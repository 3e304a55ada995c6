"""`feeds build`: write the site into a folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from feeds.cli.options import base_url_option, config_option, load_settings, now_option, read_now


@click.command()
@config_option
@base_url_option
@now_option
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write.  [default: public]")
@click.option("--strict", is_flag=True, help="Exit with 1 if a page is set aside.")
def build(
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    output: Path | None,
    strict: bool,  # noqa: FBT001 (click's way)
) -> int:
    """Write the site into a folder: only what changed, each file whole."""
    from feeds.build import build as build_site
    from feeds.cli.progress import show_progress
    from feeds.cli.reporting import print_empty_categories, print_report
    from feeds.ingest import ingest
    from feeds.site import Site, refresh
    from feeds.store import open_library

    config = load_settings(config_path, base_url=base_url)
    now = read_now(now_text)
    folder = output or config.output.folder
    with closing(open_library(config.library.database)) as library, show_progress() as progress:
        with library.write() as connection:
            report = ingest(connection, config, now=now, progress=progress)
            refresh(connection, config, now=now, progress=progress)
        with library.read() as connection:
            built = build_site(Site(connection, config, now=now), folder, progress=progress)
    print_report(report)
    print_empty_categories(config, report)
    print(f"{folder}: nothing to do" if built.is_unchanged else f"{folder}: {built.summarise()}")
    if report.errors:
        return 1
    return 1 if strict and (report.set_aside or report.empty_categories) else 0
