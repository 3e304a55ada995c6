"""The least that the duties of a build cost in Python: what `feeds` is measured against from below.

    python -m benchmarks.floor SEEDS OUTPUT

Pages are read as by the plain script (`benchmarks.plain`). What `feeds build` owes beyond that is done in straight
statements: a row and a text a page; an id, a path and a line of the ledger an article; its entry in three formats,
parsed once and packed as ours; documents of fifty entries a feed, archives in Atom and JSON among them. One layout, no
settings, no rules, no index of the library, nothing incremental, nothing told, nothing that outlives a killed run.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
import unicodedata
import uuid
from collections import defaultdict
from contextlib import closing
from email.utils import format_datetime
from html import escape
from pathlib import Path
from xml.parsers import expat

from benchmarks.plain import ENTRIES, Article, read
from feeds.feed import FormatName
from feeds.store.packing import pack_entry, unpack_bodies

BASE = "https://example.org"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, BASE)
ROWS_AT_ONCE = 500
SHELLS: dict[FormatName, tuple[str, str, str]] = {
    "atom": ('<feed xmlns="http://www.w3.org/2005/Atom">', "", "</feed>"),
    "json": ('{"version": "https://jsonfeed.org/version/1.1", "items": [', ",", "]}"),
    "rss": ('<rss version="2.0" xmlns:content="content"><channel>', "", "</channel></rss>"),
}
SCHEMA = """
    CREATE TABLE seeds (path TEXT PRIMARY KEY, size, mtime, inode, digest, words, article) WITHOUT ROWID;
    CREATE TABLE texts (path TEXT PRIMARY KEY, record);
    CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT UNIQUE, path TEXT UNIQUE, stamp, line);
    CREATE TABLE entries (number INTEGER PRIMARY KEY, packed);
    CREATE TABLE places (feed, document, number);
    BEGIN IMMEDIATE;
"""


def build(seeds: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as library:
        library.executescript(SCHEMA)
        feeds = take_in(library, seeds, folder / "ledger.jsonl")
        for number, name in enumerate(feeds):
            write(library, folder, f"feed{number}", sorted(feeds[name]))
        library.execute("COMMIT")


def take_in(library: sqlite3.Connection, seeds: Path, ledger: Path) -> dict[str, list[tuple[str, int]]]:
    """Read all pages; instants and numbers of the articles of each feed."""
    feeds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    waiting: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    with ledger.open("w", encoding="utf-8") as lines:
        for number, path in enumerate(sorted(seeds.rglob("*.txt"))):
            found = path.stat()
            article = read(path)
            if article is None:
                continue
            text = article.text.encode()
            words = digest(" ".join(f"{article.title} {article.text}".split()).casefold().encode())
            name, place, stamp = mint(article)
            line = json.dumps({"id": name, "path": place, "seen": stamp, "words": words, "keys": [article.name]})
            lines.write(f"{line}\n")
            record = json.dumps([article.title, article.category, stamp, article.text.split("\n\n")])
            marks = (found.st_size, found.st_mtime_ns, found.st_ino, digest(text))
            waiting["seeds"].append((str(path), *marks, words, number))
            waiting["texts"].append((str(path), record))
            waiting["articles"].append((number, name, place, stamp, line))
            waiting["entries"].append((number, pack_entry(record, render(article, name, place))))
            for feed in ("alle", article.category):
                feeds[feed].append((stamp, number))
            if len(waiting["seeds"]) == ROWS_AT_ONCE:
                put(library, waiting)
    put(library, waiting)
    return feeds


def mint(article: Article) -> tuple[str, str, str]:
    """Id, path and stamp of an article."""
    plain = unicodedata.normalize("NFKD", article.title.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:80]
    key = digest(article.name.encode())[:10]
    return uuid.uuid5(NAMESPACE, article.name).urn, f"/artikel/{key}/{slug}/", article.published.isoformat()


def render(article: Article, name: str, place: str) -> dict[FormatName, bytes]:
    """The article as an entry of each format; what is no XML is an error. `name` is its id."""
    html = "".join(f"<p>{escape(part)}</p>" for part in article.text.split("\n\n"))
    stamp, summary, url = article.published.isoformat(), article.text[:300], BASE + place
    title, told, escaped, category = map(escape, (article.title, summary, html, article.category))
    rss = (
        f'<item><title>{title}</title><link>{url}</link><guid isPermaLink="false">{name}</guid>'
        f"<category>{category}</category><pubDate>{format_datetime(article.published)}</pubDate>"
        f"<description>{told}</description><content:encoded>{escaped}</content:encoded></item>"
    )
    atom = (
        f'<entry><id>{name}</id><title>{title}</title><link href="{url}"/><category term="{category}"/>'
        f"<published>{stamp}</published><updated>{stamp}</updated><summary>{told}</summary>"
        f'<content type="html">{escaped}</content></entry>'
    )
    for entry in (rss, atom):
        expat.ParserCreate().Parse(f'<entries xmlns:content="content">{entry}</entries>', True)  # noqa: FBT003
    item = {"id": name, "url": url, "title": article.title, "summary": summary, "content_html": html}
    dated = {"date_published": stamp, "date_modified": stamp, "tags": [article.category]}
    return {"rss": rss.encode(), "atom": atom.encode(), "json": json.dumps(item | dated, ensure_ascii=False).encode()}


def put(library: sqlite3.Connection, waiting: dict[str, list[tuple[object, ...]]]) -> None:
    for table, rows in waiting.items():
        if rows:
            library.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
            rows.clear()


def write(library: sqlite3.Connection, folder: Path, feed: str, articles: list[tuple[str, int]]) -> None:
    """The documents of a feed in three formats, fifty entries each, with their places."""
    for start in range(0, len(articles), ENTRIES):
        numbers = [number for _, number in articles[start : start + ENTRIES]]
        library.executemany("INSERT INTO places VALUES (?, ?, ?)", [(feed, start, number) for number in numbers])
        asked = f"SELECT packed FROM entries WHERE number IN ({', '.join(map(str, numbers))})"  # noqa: S608
        entries = [unpack_bodies(packed) for (packed,) in library.execute(asked)]
        is_newest = start + ENTRIES >= len(articles)
        for form, (head, between, end) in SHELLS.items():
            if form != "rss" or is_newest:
                bodies = between.encode().join([entry[form] for entry in entries])
                document = head.encode() + bodies + end.encode()
                digest(document)
                (folder / f"{feed}-{start // ENTRIES}.{form}").write_bytes(document)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
