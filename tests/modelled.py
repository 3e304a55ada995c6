"""A modelled newsroom that publishes as `feeds` does, in memory: a window of entries, sealed archives, no library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from feeds.diff.paths import relate
from feeds.text import digest_bytes

BASE = "https://blatt.example/"
WINDOW = 6
NOTICE = "Diese Meldung wurde zurückgezogen."
START = 1_719_316_000


@dataclass(slots=True)
class Article:
    """An article: `number` is its natural key, which its id and link are made of."""

    number: int
    title: str
    text: str
    category: str
    published: int
    updated: int
    is_withdrawn: bool = False
    is_removed: bool = False

    @property
    def id(self) -> str:
        return f"urn:x:{self.number}"

    @property
    def link(self) -> str:
        # The notice of a withdrawn one is a page of ours; other articles are at home elsewhere.
        return f"{BASE}artikel/{self.number}/" if self.is_withdrawn else f"https://zeitung.example/{self.number}.html"


@dataclass(slots=True)
class Model:
    """Articles by number, and each feed's sequence of arrival, sealed WINDOW by WINDOW. The feed of all is ""."""

    articles: dict[int, Article] = field(default_factory=dict)
    sequences: dict[str, list[int]] = field(default_factory=lambda: {"": []})
    clock: int = START

    def add(self, category: str, *, late: bool = False) -> Article:
        """A new article, or one that is older than all others and comes late."""
        number = len(self.articles)
        published = START - 1000 * number - 500_000 if late else self.clock
        article = Article(number, f"Meldung {number}", f"Text {number}.", category, published, published)
        self.articles[number] = article
        self._place(article)
        return article

    def recategorise(self, article: Article, category: str) -> None:
        article.category = category
        self._place(article)

    def _place(self, article: Article) -> None:
        for key in ("", article.category):
            places = self.sequences.setdefault(key, [])
            if article.number not in places:
                places.append(article.number)

    def publish(self) -> Published:
        """All documents, as a State."""
        documents: dict[str, bytes] = {}
        for key, places in self.sequences.items():
            folder = f"{key}/" if key else ""
            sealed = len(places) // WINDOW
            current = [self.articles[number] for number in places if self._belongs(self.articles[number], key)]
            newest = sorted(current, key=lambda article: (article.published, article.number), reverse=True)
            waiting = set(places[sealed * WINDOW :])
            shown = [article for rank, article in enumerate(newest) if rank < WINDOW or article.number in waiting]
            documents[f"{folder}atom.xml"] = render_atom(key, folder, shown, gone=[], archives=sealed)
            documents[f"{folder}rss.xml"] = render_rss(folder, shown)
            for number in range(1, sealed + 1):
                kept = [self.articles[place] for place in places[(number - 1) * WINDOW : number * WINDOW]]
                there = [article for article in kept if not article.is_removed]
                gone = [article for article in kept if article.is_removed]
                path = f"{folder}archiv/{number}/"
                documents[f"{path}atom.xml"] = render_atom(
                    key, path, there, gone=gone, archives=number - 1, folder=folder
                )
        left = {
            (f"{key}/{name}" if key else name, article.id): "removed" if article.is_removed else "left"
            for key, places in self.sequences.items()
            for article in map(self.articles.__getitem__, places)
            if not self._belongs(article, key)
            for name in ("atom.xml", "rss.xml")
        }
        return Published(documents, left)

    def _belongs(self, article: Article, key: str) -> bool:
        return not article.is_removed and key in {"", article.category}


@dataclass(slots=True)
class Published:
    """A published state of a model: see `feeds.diff.State`. `reasons` is what its library would say."""

    documents: dict[str, bytes]
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    single: str | None = None

    def save(self, folder: Path) -> Path:
        """Write the documents into a folder."""
        for path, body in self.documents.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        return folder

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:  # noqa: ARG002 (the protocol's signature)
        return [path for path in self.documents if path.endswith(".xml") and "archiv" not in path]

    def covers(self, path: str) -> bool:  # noqa: ARG002 (the protocol's signature)
        return True

    def load(self, path: str) -> bytes | None:
        return self.documents.get(path)

    def find_digest(self, path: str) -> str | None:
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> list[str] | None:
        return sorted(path for path in self.documents if path.startswith(f"{folder}archiv/"))

    def leads_on(self, path: str) -> bool:
        return path in self.documents

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:  # noqa: ARG002 (the protocol's)
        return relate(address, base=BASE)

    def find_successor(self, path: str) -> str | None:  # noqa: ARG002 (the protocol's)
        return None

    def explain(self, path: str, name: str) -> str | None:
        return self.reasons.get((path, name))


def render_atom(
    key: str, path: str, articles: list[Article], *, gone: list[Article], archives: int, folder: str | None = None
) -> bytes:
    """An Atom document; with `folder`, an archive document of the feed there."""
    of = path if folder is None else folder
    previous = f'<link rel="prev-archive" href="{BASE}{of}archiv/{archives}/atom.xml"/>' if archives else ""
    mark = "" if folder is None else '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
    tombstones = "".join(
        f'<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="{article.id}"/>' for article in gone
    )
    entries = "".join(
        f"<entry><id>{article.id}</id><title>{escape(article.title)}</title><link href='{article.link}'/>"
        f"<published>{_rfc3339(article.published)}</published><updated>{_rfc3339(article.updated)}</updated>"
        f"<summary>{escape(NOTICE if article.is_withdrawn else article.text)}</summary></entry>"
        for article in articles
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed:{key}</id>'
        f'<link rel="self" href="{BASE}{path}atom.xml"/>{previous}{mark}{tombstones}{entries}</feed>'
    ).encode()


def render_rss(folder: str, articles: list[Article]) -> bytes:
    """An RSS document."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{article.id}</guid><title>{escape(article.title)}</title>"
        f"<link>{article.link}</link><pubDate>{_rfc822(article.published)}</pubDate>"
        f"<description>{escape(NOTICE if article.is_withdrawn else article.text)}</description></item>"
        for article in articles
    )
    atom = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{BASE}{folder}rss.xml"/>'
    return f'<rss version="2.0"><channel><title>Blatt</title>{atom}{items}</channel></rss>'.encode()


def _rfc3339(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rfc822(seconds: int) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC))
