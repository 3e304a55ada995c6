"""`feeds parse`: what was understood of a page, for a person or as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeds.cli.options import config_option, load_settings, now_option, read_now

if TYPE_CHECKING:
    from feeds.article import Article
    from feeds.config import Config, Source
    from feeds.dates import Stamp
    from feeds.errors import Problem, SeedError
    from feeds.parse import Boilerplate, Page, Reading


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in the order of the files.")
@config_option
@now_option
def parse(
    files: tuple[str, ...],
    as_json: bool,  # noqa: FBT001 (click's way)
    config_path: Path | None,
    now_text: str | None,
) -> int:
    """Show what is understood of each FILE, and which line each field came from.

    A page that is no article, or whose date is unknown, is shown as such and is no failure; an unusable file is.
    """
    from feeds.cli.page_view import render_view
    from feeds.config import find_source
    from feeds.dates.instants import to_seconds
    from feeds.errors import SeedError
    from feeds.parse import check_dates, check_layouts

    config = load_settings(config_path)
    check_layouts(config)
    now = to_seconds(read_now(now_text))
    failed = False
    known = _Known(config)
    for path in files:
        source = find_source(Path(path), config)
        try:
            page, reading = _read(path, source, config, known)
        except SeedError as error:
            failed = True
            if as_json:
                print(json.dumps(dump_failure(path, error), ensure_ascii=False))
            else:
                print("\n".join(f"error: {message}" for message in error.list_messages()))
            continue
        problems = [*reading.problems, *([] if reading.article is None else check_dates(reading.article, now=now))]
        if as_json:
            print(json.dumps(dump_reading(path, reading, problems), ensure_ascii=False))
        else:
            # click takes the colours off where the output is no terminal.
            click.echo(render_view(reading, page, source=source, problems=problems))
    sys.stdout.flush()
    return 1 if failed else 0


def dump_reading(path: str, reading: Reading, problems: Sequence[Problem]) -> dict[str, Any]:
    """A Reading in the form that `--json` promises: what is unknown is null."""
    return {
        "path": path,
        "kind": reading.kind,
        "reason": reading.reason,
        **_fields(reading.article),
        "problems": [str(problem) for problem in problems],
    }


def dump_failure(path: str, error: SeedError) -> dict[str, Any]:
    """A file that can't be used in the form that `--json` promises."""
    from feeds.errors import FrontMatterError

    kind = "malformed" if isinstance(error, FrontMatterError) else "unreadable"
    return {"path": path, "kind": kind, "reason": str(error), **_fields(None), "problems": error.list_messages()}


def _fields(article: Article | None) -> dict[str, Any]:
    from feeds.article import list_agencies, list_texts

    line = None if article is None else article.dateline
    published = None if article is None else article.published
    return {
        "title": None if article is None else article.headline,
        "category": None if article is None else article.category,
        "published": _iso(published),
        "precision": None if published is None else published.precision,
        "updated": None if article is None else _iso(article.updated),
        "dateline": None if line is None else {"place": line.place, "day": line.day, "agency": line.agency},
        "agencies": [] if article is None else list_agencies(article),
        "authors": [] if article is None else list(article.authors),
        "access": None if article is None else article.access,
        "url": None if article is None else article.url,
        "body": [] if article is None else list_texts(article),
    }


def _iso(stamp: Stamp | None) -> str | None:
    return None if stamp is None else stamp.value.isoformat()


def _read(path: str, source: Source | None, config: Config, known: _Known) -> tuple[Page, Reading]:
    from feeds.parse import load_page, parse_page, read_page

    page = parse_page(load_page(Path(path)), path=path)
    site = config.site
    boilerplate = known.find(page, source)
    reading = read_page(
        page, source=source, zone=site.timezone, language=site.language, boilerplate=boilerplate, site=site.title
    )
    return page, reading


class _Known:
    """What the library has learned of each source, loaded once. The library is never made or changed here."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._found: dict[str, Boilerplate] = {}

    def find(self, page: Page, source: Source | None) -> Boilerplate:
        """What was learned from a page's source; nothing for pages whose layout doesn't use it."""
        from feeds.parse.boilerplate import NOTHING
        from feeds.parse.reading import choose_layout, learns

        if source is None or not learns(page, choose_layout(page, source)):
            return NOTHING
        # The library costs a fifth of a second to open, so only where there is one, and where it matters. One that
        # can't be opened is an error for `feeds build` to report.
        if not os.path.isfile(self._config.library.database):  # noqa: PTH113 (raises nothing)
            return NOTHING
        if source.name not in self._found:
            self._found[source.name] = self._load(source.name)
        return self._found[source.name]

    def _load(self, source: str) -> Boilerplate:
        from feeds.ingest.seeds.learning import load_boilerplate
        from feeds.parse.boilerplate import NOTHING
        from feeds.store import open_existing

        library = open_existing(self._config.library.database)
        if library is None:
            return NOTHING
        with library.read() as connection:
            boilerplate = load_boilerplate(connection, source)
        library.close()
        return boilerplate
