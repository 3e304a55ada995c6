"""Which of the changes that readers would notice should stop a publication. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from feeds.config import Gate
from feeds.diff.paths import is_about_others
from feeds.diff.records import Change, FeedDiff, Kind
from feeds.errors import say_number
from feeds.render.formats import BY_FILE_NAME, FORMATS

_FIRST = FORMATS[0].file_name
BLOCKING: dict[Kind, str] = {
    "shown-again": "would be shown again",
    "lost": "would be lost",
    "date-moved": "would get another date",
    "host-moved": "would move to another host",
    "page-gone": "would leave a page that is gone",
}
"""The kinds of changes of which one is enough to stop a publication."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a publication is stopped: the feed's path, a short stable name, what is wrong, and with which entry.

    `id` and `title` are empty where the whole feed is meant. `other` is the id of another entry that is named.
    """

    path: str
    rule: str
    what: str
    id: str = ""
    title: str = ""
    other: str = ""

    def __str__(self) -> str:
        named = f": {self.title!r} ({self.id})" if self.title else f": {self.id}" if self.id else ""
        return f"/{self.path}: {self.what}{named}"


def judge(
    diffs: Iterable[FeedDiff],
    limits: Gate,
    *,
    removed: Collection[str] | None = None,
    accepts: Callable[[Change], bool] = lambda _: False,
) -> list[Reason]:
    """Why these changes should not be published, in order; a reason that several formats of a feed share comes once.

    `removed` are the ids of all articles that vanish without a notice, where the caller knows more than the documents
    say; `accepts` says whether a change of a single entry is intended.
    """
    told: dict[tuple[str, str, str], Reason] = {}
    found = list(diffs)
    has_added = any(diff.state == "added" and diff.after for diff in found)
    for diff in found:
        for reason in _judge_feed(diff, limits, accepts, has_added=has_added):
            told.setdefault((reason.path.rpartition("/")[0], reason.rule, reason.id), reason)
    gone = find_removed(found) if removed is None else removed
    reasons = list(told.values())
    if len(gone) > limits.max_removed:
        what = f"{len(gone)} articles would vanish without a notice, more than max_removed = {limits.max_removed}"
        reasons.append(Reason(_FIRST, "removed", what))
    return reasons


def find_removed(diffs: Iterable[FeedDiff]) -> set[str]:
    """The ids of what readers would notice as removed without a notice, in any feed."""
    return {change.id for diff in diffs for change in diff.list_changes("removed")}


def _is_emptied(diff: FeedDiff, *, has_added: bool) -> bool:
    """Whether what emptied a feed looks like an accident.

    The only article of a feed may be removed, and of two, one may be removed and the other recategorised. Where several
    vanish, or move to a feed that wasn't there before, it is more likely that pages or a slug were lost.
    """
    removed = len(diff.list_changes("removed"))
    left = diff.before - removed - len(diff.list_changes("withdrawn"))
    return removed > 1 or left > (1 if has_added else 2)


def _judge_feed(
    diff: FeedDiff, limits: Gate, accepts: Callable[[Change], bool], *, has_added: bool
) -> Iterator[Reason]:
    if diff.state == "gone":
        entries = say_number(diff.before, "entry", "entries")
        # A saved feed goes by the name of its file.
        is_named = diff.path.rpartition("/")[2] in BY_FILE_NAME
        which = (
            "" if is_named else f" (a saved feed is told by its file's name: is it that of {', '.join(BY_FILE_NAME)}?)"
        )
        yield Reason(diff.path, "feed-gone", f"the feed would be gone, with {entries}{which}")
        return
    if diff.state == "closed":
        return
    if diff.id_before is not None:
        yield Reason(diff.path, "feed-id", "the feed's own id would change, from", diff.id_before)
    if diff.location_before is not None:
        what = f"the feed's own address would be {diff.location_after or 'unknown'}, and was"
        yield Reason(diff.path, "feed-address", what, diff.location_before)
    if not diff.after and not is_about_others(diff.path) and _is_emptied(diff, has_added=has_added):
        what = f"the feed would be empty, and had {diff.before} entries; a category that is renamed needs `was`"
        yield Reason(diff.path, "emptied", what)
    # Several readers mark as unread what has changed in any way.
    shown = sum(len(diff.list_changes(kind)) for kind in ("new", "corrected", "redated"))
    if shown > limits.max_new:
        what = f"{shown} entries would be new or changed at once, more than max_new = {limits.max_new}"
        yield Reason(diff.path, "flood", what)
    for change in diff.changes:
        if change.kind in BLOCKING and not accepts(change):
            what = f"{BLOCKING[change.kind]}, {change.what}"
            yield Reason(diff.path, change.kind, what, change.id, change.title, change.other)
