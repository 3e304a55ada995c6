"""What feed documents cost from a filled library, beside feedgen by itself.

    python -m benchmarks documents        2,000 articles (10,000: `python -m benchmarks.documents 10000`)

CPU time in one process: ours joins kept entries into RSS, Atom and JSON, the newest of each feed and all archives (RSS
too, switched on here); feedgen builds RSS and Atom of the same articles in the same documents, from records in memory.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from feedgen.feed import FeedGenerator

from benchmarks import corpus
from feeds.article import Article, list_texts, load_record
from feeds.config import parse_config
from feeds.ingest.identity.ids import mint_uuid
from feeds.ingest.run import ingest
from feeds.ingest.work import Run
from feeds.site import Site, refresh
from feeds.store import ask_values, open_library
from feeds.store.packing import unpack_record

ARTICLES = 2000
ENTRIES = 50
NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = """\
[site]
title = "Blatt"
base_url = "https://example.org/"
[feeds]
hours = 0
archives = ["atom", "json", "rss"]
"""


def main(articles: int = ARTICLES) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        corpus.write_pages(folder / "seeds", corpus.iterate_pages(articles))
        config = parse_config(CONFIG, folder / "config.toml")
        library = open_library(config.library.database)
        with library.write() as connection:
            run = Run(connection, config, NOW)
            refresh(run, report=ingest(run))
        with library.read() as connection:
            site = Site(connection, config, now=NOW)
            paths = [path for path in site.paths() if path.endswith((".xml", ".json")) and "sitemap" not in path]
            started = time.process_time()
            size = sum(len(site.render(path).body) for path in paths)
            ours = time.process_time() - started
            packed = ask_values(connection, "SELECT packed FROM entries")
            records = [load_record(unpack_record(data)) for data in packed]
        library.close()
    started = time.process_time()
    for number, group in enumerate(group_records(records)):
        write_plain(str(number), group)
    plain = time.process_time() - started
    print(f"{articles:,} articles, {len(paths):,} documents, {size / 1e6:.0f} MB")
    print(f"{'feeds, RSS, Atom and JSON':28}{ours:8.2f} s of CPU   {ours / plain:5.2f} of feedgen (at most 0.35)")
    print(f"{'feedgen, RSS and Atom':28}{plain:8.2f} s of CPU    1.00")


def group_records(records: list[Article]) -> Iterator[list[Article]]:
    """The articles of each document: all and by category, the newest and every archive."""
    feeds: dict[str, list[Article]] = {"": records}
    for record in records:
        feeds.setdefault(record.category or "-", []).append(record)
    for found in feeds.values():
        yield found[-ENTRIES:]
        for start in range(0, len(found) - ENTRIES + 1, ENTRIES):
            yield found[start : start + ENTRIES]


def write_plain(name: str, records: list[Article]) -> None:
    document = FeedGenerator()
    document.id(f"https://example.org/{name}")
    document.title(name)
    document.description(name)
    document.link(href=f"https://example.org/{name}")
    for record in records:
        assert record.published is not None
        assert isinstance(record.published.value, datetime)
        texts = list_texts(record)
        item = document.add_entry(order="append")
        item.id(mint_uuid("x", record.headline or ""))
        item.title(record.headline)
        item.link(href=f"https://example.org/{name}")
        item.summary(texts[0][:300])
        item.content("".join(f"<p>{escape(text)}</p>" for text in texts), type="html")
        item.published(record.published.value)
        item.updated(record.published.value)
    document.rss_str()
    document.atom_str()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
