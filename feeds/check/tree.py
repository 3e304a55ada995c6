"""A whole site: every document in it, and what only all of them together show wrong.

Reads a folder, or what it is handed; writes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import unquote

from feeds.check.archives import Feed, check_archives
from feeds.check.documents import Document, read_document
from feeds.check.files import read_file
from feeds.check.links import relation_of
from feeds.check.pages import MISSING_MARK, FindSuccessor, Target, UrlSpace, check_pages, has_mark, tell_targets
from feeds.check.rules import Objection, Report, Rule

UNREADABLE = Rule.error(
    "unreadable",
    "feeds check",
    "Every file of a site can be read.",
    "Check the file's rights.",
)
ID_CONFLICT = Rule.error(
    "id-conflict",
    "RFC 4287 section 4.2.6; readers show one of the two",
    "An id stands for the same article, with the same title, link and date, wherever it is listed.",
    "Publish all documents from one state of the articles.",
)
ID_MINTED_TWICE = Rule.warning(
    "id-minted-twice",
    "RFC 4287 section 4.2.6; readers show the article twice",
    "An article has one id, in every document and every format; beside it there may be a guid that is no IRI.",
    "Mint the id once, and keep it in the ledger.",
)

EMPTY_SITE = Rule.error(
    "empty-site",
    "feeds check",
    "A site has a document: a feed, a list of feeds or a sitemap.",
    "Build it first, or name the folder that holds it.",
)

Loader = Callable[[], bytes]


# The signs that our feeds write for angle brackets, because readers take < for the start of a tag.
_ANGLES: Final = str.maketrans("<>", "‹›")


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
    others: Iterable[str] = (),
    find_successor: FindSuccessor = lambda _: None,
) -> list[Objection]:
    """Everything that is wrong with the documents of a site, and between them; ordered by path and line.

    `tree` is a folder, or a function for each path (relative, with slashes) that gives its bytes. Without `base_url` it
    is taken from the addresses that the feeds name as their own. `others` are paths ("/alt/") that are answered though
    no file is there, such as redirects; `find_successor` gives the new path of one in a renamed folder
    ("alt/atom.xml": "neu/atom.xml").
    """
    loaders = _list_files(tree) if isinstance(tree, Path) else dict(tree)
    base_url = base_url or _find_base(loaders)
    paths = frozenset(loaders) | {unquote(path).removeprefix("/") for path in others}
    space = None if base_url is None else UrlSpace(base_url, paths, find_successor)
    site = _Site(base_url, now, space)
    for path in sorted(loaders):
        site.check(path, loaders[path])
    site.check_marks(loaders)
    return sorted(site.finish(), key=lambda objection: (objection.path, objection.line or 0))


@dataclass(slots=True)
class _Site:
    """The documents of a site, and what was found in those that were checked so far."""

    base_url: str | None
    now: datetime | None
    space: UrlSpace | None
    is_empty: bool = True
    objections: list[Objection] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    feeds: list[Feed] = field(default_factory=list)
    seen: dict[str, _Seen] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    marks: dict[str, tuple[str, int | None]] = field(default_factory=dict)

    def check(self, path: str, load: Loader) -> None:
        """Check a file."""
        report = Report(path)
        try:
            body = load()
        except OSError as error:
            self.is_empty = False
            report.add(UNREADABLE, None, f"the file can't be read: {error.strerror}")
            self.objections += report.finish()
            return
        document = None
        if _is_document(path) and not _is_other_json(path, body):
            self.is_empty = False
            document = read_document(path, body, base_url=self.base_url, now=self.now)
            self.objections += document.report.finish()
            _check_identities(report, document, self.seen, self.links)
            if feed := _read_feed(path, document, self.base_url):
                self.feeds.append(feed)
            for entry in document.list_entries():
                if entry.link is not None and "#" in entry.link:
                    self.marks.setdefault(entry.link, (path, entry.line))
        if self.space is not None:
            self.targets += check_pages(report, document, path, body, self.space)
        self.objections += report.finish()

    def check_marks(self, loaders: Mapping[str, Loader]) -> None:
        """Look at the pages that entries link to a place of: few do, so only these are read again."""
        for link, (path, line) in self.marks.items():
            if self.space is None or (found := self.space.find_page(link)) is None:
                continue
            page, mark = found
            try:
                body = loaders[page]()
            except OSError:
                # It is reported where it is checked.
                continue
            if not has_mark(body, mark):
                report = Report(path)
                report.add(MISSING_MARK, line, f"{page} has no element with this id", link)
                self.objections += report.finish()

    def finish(self) -> list[Objection]:
        """All objections, those too that only all documents together show."""
        report = Report(".")
        if self.is_empty:
            report.add(EMPTY_SITE, None, "the folder holds no document that could be checked")
        return [*self.objections, *report.finish(), *tell_targets(self.targets), *check_archives(self.feeds)]


def _list_files(folder: Path) -> dict[str, Loader]:
    files: dict[str, Loader] = {}

    def note(error: OSError) -> None:
        # A folder that can't be listed is reported like a file that can't be read.
        files[Path(error.filename).relative_to(folder).as_posix()] = partial(_refuse, error)

    for top, _, names in os.walk(folder, onerror=note):
        for path in (Path(top, name) for name in names):
            try:
                if path.is_file():
                    files[path.relative_to(folder).as_posix()] = partial(read_file, path)
            except OSError as error:
                note(error)
    return files


def _refuse(error: OSError) -> NoReturn:
    raise error


def _is_document(path: str) -> bool:
    """Whether a file is checked by its format. Hidden files are not published documents."""
    name = path.rpartition("/")[2]
    return name.endswith((".xml", ".json", ".opml", ".atom", ".rss")) and not name.startswith(".")


def _is_other_json(path: str, body: bytes) -> bool:
    """Whether a JSON file is something other than a feed, such as a manifest."""
    return (
        path.endswith(".json") and path.rpartition("/")[2] != "feed.json" and b"jsonfeed.org/version" not in body[:1000]
    )


def _find_base(loaders: Mapping[str, Loader]) -> str | None:
    """The base that the feeds' own addresses agree on, or None."""
    bases: set[str] = set()
    for path in sorted(loaders):
        if not _is_document(path) or "/archiv" in path:
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


def _check_identities(
    report: Report, document: Document, seen: dict[str, _Seen], links: dict[str, tuple[str, str]]
) -> None:
    """Object to an id that stands for another article elsewhere, and to an article that has another id elsewhere."""
    for entry in document.list_entries():
        if entry.id is None:
            continue
        # RSS writes dates in another form, and its feeds are compared by title and link.
        published = entry.published if document.kind != "rss" else None
        title = entry.title.translate(_ANGLES) if entry.title else None
        first = seen.setdefault(entry.id, _Seen(report.path, title, entry.link, published))
        first.published = first.published or published
        for name, here, there in (
            ("title", title, first.title),
            ("link", entry.link, first.link),
            ("date of publication", published, first.published),
        ):
            if here != there and here is not None and there is not None:
                report.add(ID_CONFLICT, entry.line, f"the entry has another {name} than in {first.path}", entry.id)
                break
        if entry.link is not None:
            # An id adopted from another system may be no IRI: then RSS and JSON Feed have it, and Atom has another.
            scope = "" if ":" in entry.id else "guid "
            minted, path = links.setdefault(scope + entry.link, (entry.id, report.path))
            if minted != entry.id:
                report.add(ID_MINTED_TWICE, entry.line, f"the article has the id {minted} in {path}", entry.id)
