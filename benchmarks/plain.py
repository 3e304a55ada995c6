"""The alternative that building is measured against: read, one regular expression, feedgen for RSS and Atom.

    python -m benchmarks.plain SEEDS OUTPUT

No ids that last, no library, no pages for people, nothing incremental: what a script of an afternoon does.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path
from typing import NamedTuple

from feedgen.feed import FeedGenerator

from benchmarks.words import MONTHS

ENTRIES = 50
"""Entries of a document; what is older goes into archives of as many."""
_ZONE = timezone(timedelta(hours=3))
_PAGE = re.compile(
    r"Alle Nachrichten\n(?P<category>[^\n]+)\n(?P<day>\d+) (?P<month>\w+) (?P<year>\d{4}), "
    r"(?P<hour>\d+):(?P<minute>\d+)\n\n(?P<title>[^\n]+)\n\n(?P<text>.+?)\n\nAbonnieren",
    re.DOTALL,
)


class Article(NamedTuple):
    """What the regular expression found."""

    name: str
    category: str
    title: str
    published: datetime
    text: str


def read(path: Path) -> Article | None:
    found = _PAGE.search(path.read_text(encoding="utf-8"))
    if found is None:
        return None
    month = MONTHS.index(found["month"]) + 1
    published = datetime(
        int(found["year"]), month, int(found["day"]), int(found["hour"]), int(found["minute"]), tzinfo=_ZONE
    )
    return Article(path.stem, found["category"], found["title"], published, found["text"])


def write(folder: Path, name: str, articles: list[Article]) -> None:
    document = FeedGenerator()
    document.id(f"https://example.org/{name}")
    document.title(name)
    document.description(name)
    document.link(href=f"https://example.org/{name}")
    for article in articles:
        item = document.add_entry(order="append")
        item.id(f"https://example.org/{article.name}")
        item.title(article.title)
        item.link(href=f"https://example.org/{article.name}")
        item.summary(article.text[:300])
        item.content("".join(f"<p>{escape(part)}</p>" for part in article.text.split("\n\n")), type="html")
        item.published(article.published)
        item.updated(article.published)
    (folder / f"{name}.rss.xml").write_bytes(document.rss_str())
    (folder / f"{name}.atom.xml").write_bytes(document.atom_str())


def build(seeds: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    articles = sorted(
        (article for path in sorted(seeds.rglob("*.txt")) if (article := read(path)) is not None),
        key=lambda article: article.published,
    )
    feeds: dict[str, list[Article]] = {"alle": articles}
    for article in articles:
        feeds.setdefault(article.category, []).append(article)
    for name, found in feeds.items():
        write(folder, name, found[-ENTRIES:])
        for start in range(0, len(found) - ENTRIES, ENTRIES):
            write(folder, f"{name}-{start // ENTRIES + 1}", found[start : start + ENTRIES])


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
