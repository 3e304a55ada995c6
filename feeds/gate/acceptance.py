"""Which changes of a single article are intended, by what its file says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path

from feeds.article import Article, load_record
from feeds.dates import Stamp, load_zone
from feeds.dates.instants import to_datetime
from feeds.diff import Change, FeedDiff
from feeds.ingest.publication.instants import find_published
from feeds.parse.reading import FRONT_MATTER
from feeds.store import Connection, find_pages
from feeds.store.origins import Origin, find_origin

MAX_ALIKE = 1
"""Articles whose clocks may move alike at once: of two, it is more likely that a zone is wrong."""
_HOUR = 3600
"""Moves that differ by whole hours are alike: a wrong zone moves a summer's clock by an hour more than a winter's."""


class Acceptance:
    """What the files behind the changes of a run accept.

    Front matter names it (`accept: date-moved`). A clock needs no such word: readers only get another time of the same
    day, and the entry stays where it is for all who keep it. It counts where a person wrote it, or where there was none
    before, in a file that is another than the `ledger` knows; a clock that a program has read otherwise is as likely a
    mistake, and so are several that move alike.
    """

    def __init__(self, connection: Connection, ledger: Path, diffs: Iterable[FeedDiff]) -> None:
        self._find_origin = cache(lambda name: _find(connection, name))
        self._ledger = ledger
        self._alike: dict[int, set[str]] = defaultdict(set)
        for diff in diffs:
            for change in diff.list_changes("date-moved"):
                origin, _ = self._find_origin(change.id)
                name = change.id if origin is None else origin.identity.id
                self._alike[change.moved_seconds % _HOUR].add(name)

    def accepts(self, change: Change) -> bool:
        """Whether a change is intended."""
        origin, article = self._find_origin(change.id)
        if origin is None:
            return False
        return change.kind in article.accept or (
            change.kind == "date-moved"
            and self._moves_alone(change)
            and _is_clock(change, origin, article)
            and self._pages.get(origin.identity.id, origin.identity.page) != origin.identity.page
        )

    def _moves_alone(self, change: Change) -> bool:
        return len(self._alike[change.moved_seconds % _HOUR]) <= MAX_ALIKE

    @cached_property
    def _pages(self) -> dict[str, str]:
        """The digests of the files of articles that move alone, as the last run left them."""
        alone = {name for names in self._alike.values() if len(names) <= MAX_ALIKE for name in names}
        return find_pages(self._ledger, alone)


def _find(connection: Connection, name: str) -> tuple[Origin | None, Article]:
    origin = find_origin(connection, name)
    return origin, load_record(None if origin is None else origin.text)


def _is_clock(change: Change, origin: Origin, article: Article) -> bool:
    """Whether a change of date is that of a clock: another one on the same day that a person wrote, or the first."""
    stamp = article.published
    if stamp is None or not isinstance(stamp.value, datetime):
        return False
    now = stamp.value.astimezone(load_zone(article.zone))
    before = find_published(stamp, article.zone, identifier=origin.identity.id, seen=None) - change.moved_seconds
    if to_datetime(before).astimezone(now.tzinfo).date() != now.date():
        return False
    day = Stamp(now.date(), "day")
    is_first = before == find_published(day, article.zone, identifier=origin.identity.id, seen=origin.identity.seen)
    return is_first or any(name == "published" and found.rule == FRONT_MATTER for name, found in article.found)
