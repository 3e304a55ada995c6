"""The ledger: the few facts about each article that can't be had again from its seed.

`ledger.jsonl` is made to be committed: one JSON object a line, first the ledger's own, then one a feed, then one an
article in order of arrival. No headline, no text; `words` is a digest that distinguishes a correction from a new line
break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from feeds.errors import FeedsError, LedgerError
from feeds.store.identities import FeedIdentity, Identity, dump_line, read_feed, read_identity, render_feed
from feeds.store.merging import join_feeds, settle_places

VERSION = 1
MAX_PLACE = 2**63 - 1
"""The largest integer of SQLite."""
MAX_ERRORS = 1000
"""Lines that are wrong after which no further ones are read."""
RESTORE = "restore it from version control; without it every reader would see old articles again"
_SOLVE = "two branches were merged: keep the lines of both, and delete the lines with the marks"
_FOLDER = re.compile(r"/(?:(?!\.{1,2}/)[^/\\\x00-\x1f\x7f]+/)+")
"""The path of an article's page or of a feed: "/artikel/<key>/<slug>/"."""
_UNMARK = "it begins with a byte order mark, as some editors write it: save it as UTF-8 without one"
_SPACE = re.compile(r"\s")
_FEED: dict[str, Any] = {"feed": "", "id": "x:", "slug": ""}
_ARTICLE: dict[str, Any] = {
    "id": "x:",
    "path": "/x/",
    "keys": [],
    "seen": "2024-06-25T12:05:00Z",
    "words": "",
    "places": {},
}
"""What every line of a feed and of an article has, in values that are right."""
_CONFLICT_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger: the namespace that ids are minted in, the feeds, and the articles in order of arrival.

    `is_published` is False from an adoption to the first build after it: until then no reader knows a minted id.
    `merged` are the keys of feeds about which its lines disagreed, as after a merge of two branches.
    """

    namespace: str
    feeds: tuple[FeedIdentity, ...] = ()
    articles: tuple[Identity, ...] = ()
    is_published: bool = True
    merged: tuple[str, ...] = ()

    @property
    def former_slugs(self) -> dict[str, str]:
        """Slug that a feed had during a rename that was undone -> its slug now."""
        return {slug: feed.slug for feed in self.feeds for slug in feed.was}


def parse_ledger(text: str, path: str = "ledger") -> Ledger:
    """The ledger that a text holds, settled where it was merged.

    Raises LedgerError with the line that is wrong; its `others` are further ones, `MAX_ERRORS` in all.
    """
    reader = _Reader(path)
    errors: list[FeedsError] = []
    # Not splitlines: an id may contain a character that it treats as a line end.
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line:
                reader.read(number, line)
        except LedgerError as error:
            errors.append(error)
            if reader.is_newer or len(errors) == MAX_ERRORS:
                break
    feeds = tuple(feed for _, feed in reader.feeds.values())
    try:
        articles, moved = settle_places(reader.articles, feeds, path=path, lines=reader.lines)
    except LedgerError as error:
        errors += [error, *error.others]
    if errors:
        raise FeedsError.gather(errors[:MAX_ERRORS])
    if reader.namespace is None:
        raise LedgerError("has no first line with the namespace", path=path, line=1, hint=RESTORE)
    return Ledger(
        reader.namespace, feeds, tuple(articles), reader.is_published, tuple(sorted({*reader.merged, *moved}))
    )


@dataclass(slots=True)
class _Reader:
    """Reads a ledger's lines; what they say is a Ledger's, each feed and article with the number of its line."""

    path: str
    namespace: str | None = None
    is_published: bool = True
    is_newer: bool = False
    feeds: dict[str, tuple[int, FeedIdentity]] = field(default_factory=dict)
    articles: list[Identity] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    unique: dict[tuple[str, str], int] = field(default_factory=dict)
    """What only one line may say, and which does."""

    def read(self, number: int, line: str) -> None:
        """Read the line of this number. Raises LedgerError."""
        try:
            data = json.loads(line)
            if "ledger" in data:
                self._read_head(number, data)
            elif "feed" in data:
                self._read_feed(number, read_feed(data))
            else:
                self._read_article(number, read_identity(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what, text = _find_flaw(line)
            raise LedgerError(what, path=self.path, line=number, text=text, hint=_find_hint(line)) from error

    def _read_head(self, number: int, data: dict[str, Any]) -> None:
        self.is_newer = data["ledger"] > VERSION
        if self.is_newer:
            raise LedgerError(
                f"was written by a newer program (version {data['ledger']}; this one knows {VERSION})",
                path=self.path,
                line=number,
                hint="install a newer feeds; this one leaves the ledger as it is",
            )
        self.namespace, self.is_published = str(data["namespace"]), data.get("published", True) is True

    def _read_feed(self, number: int, feed: FeedIdentity) -> None:
        self._check_folders(number, *(f"/{slug}/" for slug in (feed.slug, *feed.was) if slug))
        if feed.key in self.feeds:
            first, other = self.feeds[feed.key]
            self.feeds[feed.key] = first, join_feeds(other, feed, path=self.path, lines=(first, number))
            self.merged.add(feed.key)
        else:
            self._check_unique(number, slug=feed.slug)
            self.feeds[feed.key] = number, feed

    def _read_article(self, number: int, identity: Identity) -> None:
        _check_facts(identity)
        self._check_folders(number, identity.path)
        self._check_unique(number, id=identity.id, path=identity.path)
        if identity.guid is not None:
            self._check_unique(number, guid=identity.guid)
        self.articles.append(identity)
        self.lines.append(number)

    def _check_folders(self, number: int, *folders: str) -> None:
        """Raise LedgerError for what can't be a folder of a site: a build would write elsewhere."""
        for folder in folders:
            if _FOLDER.fullmatch(folder) is None:
                what = "is no folder of a site"
                hint = f"it begins and ends with a slash, without . and .. between; {RESTORE}"
                raise LedgerError(what, path=self.path, line=number, text=folder, hint=hint)

    def _check_unique(self, number: int, **values: str) -> None:
        for name, value in values.items():
            first = self.unique.setdefault((name, value), number)
            if first != number:
                raise LedgerError(
                    f"this {name} is on two lines, here and on line {first}",
                    path=self.path,
                    line=number,
                    text=value,
                    hint="two branches were merged: of one article keep the line that says more (`corrected`, "
                    "`withdrawn`, `left`, `order`), else the one with the earlier `seen`",
                )


def _find_flaw(line: str) -> tuple[str, str]:
    """What keeps a line from being one of a ledger, and its text: the field that is missing or wrong, or all of it."""
    what = "no line of a ledger"
    try:
        data = json.loads(line)
    except ValueError:
        return what, line
    if not isinstance(data, dict) or "ledger" in data:
        return what, line
    usual = _FEED if "feed" in data else _ARTICLE
    if (missing := next((name for name in usual if name not in data), None)) is not None:
        return f"{what}: it has no {missing!r}", line
    for name, value in data.items():
        try:
            example = {**usual, name: value}
            read_feed(example) if "feed" in data else _check_facts(read_identity(example))
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{what}: its {name!r} is wrong", json.dumps(value, ensure_ascii=False)
    return what, line


def _find_hint(line: str) -> str:
    """What to do about a line that can't be read."""
    if line.startswith("\ufeff"):
        return _UNMARK
    return _SOLVE if line.startswith(_CONFLICT_MARKS) else RESTORE


def render_head(namespace: str, feeds: Iterable[FeedIdentity], *, is_published: bool = True) -> Iterator[str]:
    """The first lines of the file, each with its line end: the ledger's own, and one a feed."""
    yield dump_line({"ledger": VERSION, "namespace": namespace, "published": None if is_published else False})
    for feed in feeds:
        yield render_feed(feed)


def _check_facts(identity: Identity) -> None:
    """Raise ValueError for facts that no run writes, and that none could work with."""
    if (
        not identity.id
        or _SPACE.search(identity.id)
        or not all(0 < place <= MAX_PLACE for place in identity.places.values())
    ):
        raise ValueError("no id, or one with a blank, or no place")
    if not all(":" in key for key in identity.keys):
        raise ValueError("a key without its kind")
