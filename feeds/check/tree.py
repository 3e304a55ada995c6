"""A whole site: every document in it, and what only all of them together show.

Reads a folder, or what it is handed; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from feeds.check.archives import Feed, check_archives
from feeds.check.documents import Document, read_document
from feeds.check.links import relation_of
from feeds.check.rules import Objection, Report, Rule

UNREADABLE = Rule(
    "unreadable",
    "error",
    "feeds check",
    "Every file of a site can be read.",
    "Check the file's rights.",
)
ID_CONFLICT = Rule(
    "id-conflict",
    "error",
    "RFC 4287 section 4.2.6; readers show one of the two",
    "An id stands for the same article, with the same title, link and date, wherever it is listed.",
    "Publish all documents from one state of the articles.",
)
ID_MINTED_TWICE = Rule(
    "id-minted-twice",
    "error",
    "RFC 4287 section 4.2.6; readers show the article twice",
    "An article has one id, in every document and every format.",
    "Mint the id once, and keep it in the ledger.",
)
MISSING_PAGE = Rule(
    "missing-page",
    "error",
    "feeds check",
    "Every address of the site that a document of it links to is there.",
    "Publish the page, or remove the link.",
)
PROTECTED_TEXT = Rule(
    "protected-text",
    "error",
    "feeds check",
    "No text that is protected, withdrawn or under embargo is published.",
    "Take it out of the article's summary, its feeds and its pages, and publish again.",
)

Loader = Callable[[], bytes]
MAX_FILES: Final = 1_000_000
_READ: Final = (".xml", ".json", ".opml", ".html", ".atom", ".rss", ".txt")
_TYPES: Final = {
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
}
_NOT_FEEDS: Final = frozenset({"manifest.json", "package.json", "site.json"})
_LINK: Final = re.compile(rb"""<(?:a|link|img|script|source)\s[^<>]*?\b(?:href|src)\s*=\s*["']([^"'<>]{1,2000})["']""")
_CONTENT_LINK: Final = re.compile(r"""\b(?:href|src)="([^"<>]{1,2000})\"""")


@dataclass(slots=True)
class _Seen:
    """Where an id was seen first, and what its entry said."""

    path: str
    title: str | None
    link: str | None
    published: str | None


def check_tree(
    tree: Path | Mapping[str, Loader],
    *,
    base_url: str | None = None,
    now: datetime | None = None,
    phrases: Iterable[str] = (),
    has_checked_documents: bool = False,
) -> list[Objection]:
    """Everything that is wrong with the documents of a site, and between them; ordered by path and line.

    `tree` is a folder, or the bytes of each path (relative, with slashes). Without `base_url` it is told from the
    addresses that the feeds name as their own. `phrases` are texts that must stand nowhere. With
    `has_checked_documents` only what is between the documents is told.
    """
    loaders = _list_files(tree) if isinstance(tree, Path) else dict(tree)
    base_url = base_url or _find_base(loaders)
    paths = frozenset(loaders)
    wanted = tuple(phrase for phrase in phrases if phrase.strip())
    objections: list[Objection] = []
    feeds: list[Feed] = []
    seen: dict[str, _Seen] = {}
    links: dict[str, tuple[str, str]] = {}
    for path in sorted(loaders):
        report = Report(path, base_url=base_url)
        try:
            body = loaders[path]()
        except OSError as error:
            report.add(UNREADABLE, None, f"the file can't be read: {error.strerror}")
            objections += report.finish()
            continue
        suffix = path[path.rfind(".") :].lower()
        document = None
        if _is_document(path, suffix):
            document = read_document(path, body, _TYPES.get(suffix), base_url=base_url, now=now)
            if not has_checked_documents:
                objections += document.report.finish()
            check_identities(report, document, seen, links)
            if feed := _read_feed(path, document, base_url):
                feeds.append(feed)
        if base_url is not None:
            check_pages(report, document, path, body, paths=paths, base_url=base_url)
        check_phrases(report, body, wanted)
        objections += report.finish()
    objections += check_archives(feeds)
    return sorted(objections, key=lambda objection: (objection.path, objection.line or 0))


def _list_files(folder: Path) -> dict[str, Loader]:
    files = (file for file in folder.rglob("*") if file.suffix.lower() in _READ or file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes for file in files if file.is_file()}


def _is_document(path: str, suffix: str) -> bool:
    name = path.rpartition("/")[2]
    return suffix in {".xml", ".opml", ".atom", ".rss"} or (suffix == ".json" and name not in _NOT_FEEDS)


def _find_base(loaders: Mapping[str, Loader]) -> str | None:
    """The base that the feeds' own addresses agree on, or None."""
    bases: set[str] = set()
    for path in sorted(loaders):
        if not _is_document(path, path[path.rfind(".") :].lower()) or "archiv" in path:
            continue
        try:
            document = read_document(path, loaders[path]())
        except OSError:
            continue
        own = _find_relation(document, "self")
        if own is not None and own.endswith("/" + path):
            bases.add(own.removesuffix(path))
        if len(bases) > 1:
            return None
    return bases.pop() if bases else None


def _find_relation(document: Document, relation: str) -> str | None:
    if document.kind == "json" and isinstance(document.value, dict):
        value = document.value.get({"self": "feed_url", "prev-archive": "next_url"}.get(relation, ""))
        return value if isinstance(value, str) else None
    root = document.root
    if root is None or document.kind not in {"atom", "rss"}:
        return None
    parent = root.find("channel") if document.kind == "rss" else root
    name = "atom:link" if document.kind == "rss" else "link"
    for link in parent.find_all(name) if parent else ():
        if relation_of(link) == relation:
            return link.attributes.get("href")
    return None


def _read_feed(path: str, document: Document, base_url: str | None) -> Feed | None:
    if document.kind not in {"atom", "rss", "json"}:
        return None
    root = document.root
    if document.kind == "rss" and root is not None:
        root = root.find("channel")
    location = _find_relation(document, "self") or (base_url or "") + path
    ids = tuple(entry.id for entry in document.list_entries() if entry.id is not None)
    return Feed(
        path=path,
        kind=document.kind,
        location=location,
        is_archive=root is not None and root.find("fh:archive") is not None,
        current=_find_relation(document, "current"),
        previous=_find_relation(document, "prev-archive"),
        following=_find_relation(document, "next-archive"),
        ids=ids,
    )


def check_identities(
    report: Report, document: Document, seen: dict[str, _Seen], links: dict[str, tuple[str, str]]
) -> None:
    """Object to an id that stands for another article elsewhere, and to an article that has another id elsewhere."""
    for entry in document.list_entries():
        if entry.id is None:
            continue
        # RSS writes dates in another form, and its feeds are compared by title and link.
        published = entry.published if document.kind != "rss" else None
        first = seen.setdefault(entry.id, _Seen(report.path, entry.title, entry.link, published))
        first.published = first.published or published
        for name, here, there in (
            ("title", entry.title, first.title),
            ("link", entry.link, first.link),
            ("date of publication", published, first.published),
        ):
            if here != there and here is not None and there is not None:
                report.add(ID_CONFLICT, entry.line, f"the entry has another {name} than in {first.path}", entry.id)
                break
        if entry.link is not None:
            minted, path = links.setdefault(entry.link, (entry.id, report.path))
            if minted != entry.id:
                report.add(ID_MINTED_TWICE, entry.line, f"the article has the id {minted} in {path}", entry.id)


def check_pages(
    report: Report, document: Document | None, path: str, body: bytes, *, paths: frozenset[str], base_url: str
) -> None:
    """Object to links to addresses of the site at which there is nothing."""
    here = base_url + path
    missing: set[str] = set()
    for link in _find_links(document, path, body):
        try:
            address = urljoin(here, link).partition("#")[0].partition("?")[0]
            is_own = address.startswith(base_url)
            target = unquote(urlsplit(address).path.removeprefix(urlsplit(base_url).path)) if is_own else ""
        except ValueError:
            # An address that is none; the rules for addresses say so.
            continue
        if is_own and not _has_page(target, paths) and link not in missing:
            missing.add(link)
            line = body.count(b"\n", 0, max(body.find(link.encode()), 0)) + 1
            report.add(MISSING_PAGE, line, "the site has nothing at this address", link)


def _has_page(target: str, paths: frozenset[str]) -> bool:
    if not target or target.endswith("/"):
        return f"{target}index.html" in paths
    return target in paths


def _find_links(document: Document | None, path: str, body: bytes) -> Iterator[str]:
    """Every address that a document of the site links to, relative ones of pages included."""
    if document is None:
        if path.endswith(".html"):
            yield from (unescape(link.decode("utf-8", "replace")) for link in _LINK.findall(body))
        return
    if document.kind == "json":
        yield from _find_json_links(document.value)
    elif document.root is not None:
        for node in document.root.walk():
            yield from (
                node.attributes[name] for name in ("href", "xmlUrl", "htmlUrl", "url") if name in node.attributes
            )
            if node.name in {"loc", "link", "icon", "logo", "url", "image:loc"} and node.text.strip():
                yield node.text.strip()
            elif node.name in {"content", "content:encoded", "description", "summary"}:
                yield from (unescape(link) for link in _CONTENT_LINK.findall(node.text) if "://" in link)


def _find_json_links(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    yield from (
        value[key] for key in ("home_page_url", "feed_url", "next_url", "icon") if isinstance(value.get(key), str)
    )
    items = value.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield from (item[key] for key in ("url", "image") if isinstance(item.get(key), str))
            if isinstance(html := item.get("content_html"), str):
                yield from (unescape(link) for link in _CONTENT_LINK.findall(html) if "://" in link)


def check_phrases(report: Report, body: bytes, phrases: Iterable[str]) -> None:
    """Object to each phrase that stands in a document, escaped once or twice or in JSON too; white space is folded."""
    wanted = tuple(phrases)
    if not wanted:
        return
    text = body.decode("utf-8", "replace")
    if body[:1] in {b"{", b"["}:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace('\\"', '"').replace("\\n", " ")
    text = _fold(unescape(unescape(text)))
    # Between the words of a text there may be tags.
    bare = _fold(_TAGS.sub("", text))
    for phrase in wanted:
        folded = _fold(phrase)
        if folded in text or folded in bare:
            report.add(PROTECTED_TEXT, None, "a protected text is published", phrase)


_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAGS: Final = re.compile(r"<[^<>]*>")


def _fold(text: str) -> str:
    return " ".join(text.split())
