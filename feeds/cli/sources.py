"""`feeds sources`: what the library knows of each source, with the lines that it learned to be navigation."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeds.cli.options import config_option, load_settings
from feeds.cli.reporting import say_note, say_states
from feeds.errors import say_number, show_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import Config, Source
    from feeds.store import Connection

WIDTH = 100


@click.command()
@config_option
@click.option("--lines", is_flag=True, help="Also the lines learned to be navigation, and on how many pages each is.")
@click.option("--notes", is_flag=True, help="Also what builds noted of its files when they read them.")
@click.option("--copies", is_flag=True, help="The near-copies across sources instead, and why they were joined.")
@click.option("--files", is_flag=True, help="The files whose article has its text from another file instead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def sources(config_path: Path | None, *, lines: bool, notes: bool, copies: bool, files: bool, as_json: bool) -> int:
    """Show each source: its files, what was set aside, how its pages are read, what was learned from them.

    Exit code 1 where nothing was built yet.
    """
    from feeds.store import open_existing

    config = load_settings(config_path)
    library = open_existing(config.library.database)
    if library is None:
        print(
            f"{config.library.database}: there is no library of this version yet; "
            "`feeds build` or `feeds serve` makes it"
        )
        return 1
    with library.read() as connection:
        if copies:
            _show_copies(connection, as_json=as_json)
        elif files:
            _show_files(connection, as_json=as_json)
        else:
            for source in config.sources:
                _show_source(connection, source, config, lines=lines, notes=notes, as_json=as_json)
    library.close()
    return 0


def _show_source(
    connection: Connection, source: Source, config: Config, *, lines: bool, notes: bool, as_json: bool
) -> None:
    from feeds.store.sources import find_notes

    told = dump_source(connection, source, config, lines=lines)
    found = find_notes(connection, source.name) if notes else ()
    if as_json:
        if notes:
            told["notes"] = [{"path": path, **asdict(note)} for path, note in found]
        print(json.dumps(told, ensure_ascii=False))
        return
    print(_say_source(told))
    for path, note in found:
        print(textwrap.indent(say_note(path, note), "    "))


def dump_source(connection: Connection, source: Source, config: Config, *, lines: bool) -> dict[str, Any]:
    """A source as JSON values. `zone` is null where that of each page's layout counts, or else the site's."""
    from feeds.ingest.seeds.learning import load_counts
    from feeds.store.sources import count_noted, load_source

    facts = load_source(connection, source.name)
    pages, learned = load_counts(connection, source.name)
    told: dict[str, Any] = {
        "source": source.name,
        "articles": facts.articles,
        "files": dict(facts.files),
        "set_aside": dict(facts.aside),
        "layouts": dict(facts.layouts),
        "noted_files": count_noted(connection, source.name),
        "zone": source.timezone,
        "site_zone": config.site.timezone,
        "counted_pages": pages,
        "learned_lines": len(learned),
    }
    if lines:
        ranked = sorted(learned.items(), key=lambda pair: (-pair[1], pair[0]))
        told["lines"] = [{"line": line, "pages": count} for line, count in ranked]
    return told


def _say_source(told: Mapping[str, Any]) -> str:
    zones = told["zone"] or f"that of the layout, else {told['site_zone']}"
    pages, learned, noted = told["counted_pages"], told["learned_lines"], told["noted_files"]
    files, articles = say_number(sum(told["files"].values()), "file"), say_number(told["articles"], "article")
    shown = [
        f"{told['source']}: {files}, {articles}",
        f"  files      {say_states(told['files'])}",
        f"  set aside  {_say_counts(told['set_aside'])}",
        f"  layouts    {_say_counts(told['layouts'])}",
        f"  notes      {say_number(noted, 'file') if noted else 'none'}",
        f"  zone       {zones}",
        f"  learned    {learned} lines of navigation from {pages} pages without a layout",
    ]
    shown += [f"    {one['pages']:>6}  {one['line'][:WIDTH]}" for one in told.get("lines", ())]
    return "\n".join(shown)


def _say_counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "none"


def _show_copies(connection: Connection, *, as_json: bool) -> None:
    from feeds.store.copies import list_copies

    found = list_copies(connection)
    for copy in found:
        if as_json:
            one, other = (
                {"headline": end.headline, "seed": end.seed, "path": end.path} for end in (copy.one, copy.other)
            )
            told = {"likeness": copy.likeness, "passage": copy.passage, "articles": [one, other]}
            print(json.dumps(told, ensure_ascii=False))
        else:
            print(f"{copy.likeness:.0%} alike: {copy.one.headline!r} ({copy.one.seed})")
            print(f"            {copy.other.headline!r} ({copy.other.seed})")
            print(f"  both say: {copy.passage}")
    if not found and not as_json:
        print("no near-copies are known; they are looked for with `near_copies = true` in [feeds]")


def _show_files(connection: Connection, *, as_json: bool) -> None:
    from feeds.store.sources import list_folded

    found = list_folded(connection)
    for path, article, seed in found:
        if as_json:
            print(json.dumps({"path": path, "article": article, "text_from": seed}, ensure_ascii=False))
        else:
            print(f"{show_text(path)}: its article has its text from {show_text(seed)} ({article})")
    if not found and not as_json:
        print("each file that is published is an article of its own")
