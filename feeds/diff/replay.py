"""One feed document, old and new: what a reader notices that has the old one, keeps entries by id, and polls the new.

Pure: what the documents can't say (archives, other feeds, what the library knows) comes in as `Before` and `After`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal
from urllib.parse import urlsplit

from feeds.dates import format_rfc3339
from feeds.dates.instants import to_datetime
from feeds.diff.history import History
from feeds.diff.likeness import Texts, Vanished
from feeds.diff.records import Change, FeedDiff, Kind
from feeds.foreign import Document, Entry

Fate = Literal["removed", "withdrawn", "lost"]
MAX_ALIKE = 20
"""How many entries with the same link, headline or date of publication are compared."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a reader has: the old document, and the history that it could have read before."""

    document: Document
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What a reader finds."""

    document: Document  # the new one
    history: History
    added: tuple[Document, ...]  # archive documents that weren't there before
    gone: frozenset[str]  # the ids of the feed's tombstones, in any format
    explain: Callable[[str], str | None]  # why an id isn't in the document: `State.explain`
    is_elsewhere: Callable[[str], bool]  # whether another feed has an id
    is_about_others: bool  # `paths.is_about_others`
    sealed_gone: tuple[Entry, ...]  # entries that went from archive documents
    is_page_gone: Callable[[Entry, Entry], bool]  # whether an entry's link has changed, and the old one leads nowhere


def replay(before: Before, after: After) -> FeedDiff:
    """What a reader notices of a feed document."""
    old, new = _by_id(before.document.entries), _by_id(after.document.entries)
    arrived = {**_by_id(entry for document in after.added for entry in document.entries), **new}
    replaced: set[str] = set()
    changes: list[Change] = []
    find_fate = cache(lambda name: _find_fate(old[name], old, new, after))
    texts = Texts(chain(old.values(), (entry for entry in arrived.values() if entry.id not in old)))
    known = _Known(old.values(), texts)
    vanished = Vanished(_iterate_vanished(old, arrived, after, find_fate), texts)
    for entry, is_late in _iterate_new(old, new, arrived, before, after):
        if is_late:
            known.add_history(before.history)
        twin = None
        if not after.is_about_others:
            twin = _find_twin(entry, known.find_like(entry), arrived, after) or next(vanished.find_like(entry), None)
        if twin is not None:
            replaced.add(twin.id)
        changes.append(_notice_new(entry, twin, arrived))
    for entry in old.values():
        if entry.id in new:
            changes += _notice_kept(entry, new[entry.id], after)
            if not after.is_about_others:
                changes += _notice_taken(entry, new[entry.id], known)
        elif entry.id in arrived:
            # Another format may carry the archive, which says less, or the same in other words.
            is_same_format = after.history.format == after.document.format
            changes += _notice_kept(entry, arrived[entry.id], after, is_same_format=is_same_format)
        elif entry.id not in replaced:
            changes += _notice_missing(entry, find_fate(entry.id))
    has_moved = _has_moved(before.document, after.document)
    archive = before.history.newest
    if archive is not None and not after.history.exists and after.document.previous is None:
        changes.append(Change("lost", archive, "", "the archive is gone"))
    return FeedDiff(
        path=before.document.path,
        state="kept",
        before=len(old),
        after=len(new),
        changes=tuple(changes),
        id_before=before.document.id if before.document.id != after.document.id else None,
        location_before=before.document.location if has_moved else None,
        location_after=after.document.location if has_moved else None,
        both=len(old.keys() & new.keys()),
    )


def _iterate_new(
    old: Mapping[str, Entry], new: Mapping[str, Entry], arrived: Mapping[str, Entry], before: Before, after: After
) -> Iterator[tuple[Entry, bool]]:
    """The entries that a reader has never had, and whether each is late: no newer than the newest that it has."""
    newest = max((entry.published or 0 for entry in old.values()), default=0)
    for entry in arrived.values():
        is_late = bool(old) and (entry.published is None or entry.published <= newest)
        if entry.id in old or (is_late and before.history.find(entry.id) is not None):
            continue
        if not _is_known_by_another_id(entry, old, before, after, is_late=is_late, is_shown=entry.id in new):
            yield entry, is_late


def _is_known_by_another_id(
    entry: Entry, old: Mapping[str, Entry], before: Before, after: After, *, is_late: bool, is_shown: bool
) -> bool:
    """Whether an entry has another id only because another format carries the archive.

    An id that can't be in Atom is an article's guid in RSS and JSON Feed, and another is in Atom's archive.
    """
    carrier = before.history.format if is_shown else after.history.format
    if carrier in {None, before.document.format} or entry.link is None:
        return False
    if any(_is_same(entry, other) for other in old.values()):
        return not is_shown
    return is_shown and is_late and any(_is_same(entry, other) for each in before.history for other in each.entries)


def _is_same(entry: Entry, other: Entry) -> bool:
    return entry.link == other.link and entry.published == other.published


class _Known:
    """The entries that a reader has, by link, headline and date of publication: up to MAX_ALIKE of each."""

    def __init__(self, entries: Iterable[Entry], texts: Texts) -> None:
        self._texts = texts
        self._found: dict[tuple[str, str], list[Entry]] = {}
        self._has_history = False
        self._add(entries)

    def add_history(self, history: History) -> None:
        """Take in the archive too, the first time."""
        if not self._has_history:
            self._has_history = True
            self._add(entry for document in history for entry in document.entries)

    def find_like(self, entry: Entry) -> Iterator[Entry]:
        """Entries with the same link, then with the same headline, then of the same time with nearly the same text."""
        for key in _keys(entry):
            for other in self._found.get(key, ()):
                if key[0] != "published" or self._texts.is_nearly_same(entry, other):
                    yield other

    def _add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            for key in _keys(entry):
                alike = self._found.setdefault(key, [])
                if len(alike) < MAX_ALIKE:
                    alike.append(entry)


def _keys(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.link is not None:
        yield "link", entry.link
    if entry.title:
        yield "title", entry.title
    if entry.published is not None:
        yield "published", str(entry.published)


def _notice_new(entry: Entry, twin: Entry | None, arrived: Mapping[str, Entry]) -> Change:
    if twin is None:
        return _change("new", entry, "is new")
    same = "time and text" if entry.published == twin.published else "text"
    same = "link" if entry.link == twin.link else "headline" if entry.title == twin.title else same
    if twin.id in arrived:
        return _change("shown-again", entry, f"is there twice, with the same {same} as {twin.id}", twin)
    return _change("shown-again", entry, f"had the id {twin.id} before (same {same})", twin)


def _find_twin(entry: Entry, known: Iterable[Entry], arrived: Mapping[str, Entry], after: After) -> Entry | None:
    """The entry that a reader has of the same article under another id, or None.

    Articles may share a headline ("Wetter"), and follow-ups a link. So an entry that is still there under its own id
    counts only where link and date of publication are the same. Where headline and link both differ, only time and text
    have matched: then a tombstone of the old entry in the archive doesn't explain that it went.
    """
    for other in known:
        is_renamed = entry.link != other.link and entry.title != other.title
        if other.id in arrived:
            if entry.link == other.link and entry.published == other.published:
                return other
        elif after.explain(other.id) in {"here", "left"}:
            continue
        elif not after.history.has(other.id) or (is_renamed and after.history.is_deleted(other.id)):
            return other
    return None


def _notice_kept(old: Entry, new: Entry, after: After, *, is_same_format: bool = True) -> Iterator[Change]:
    # A notice for an article whose file is gone may not know when that was published.
    before, now = old.published, new.published
    if before is not None and now is not None and before != now and (old.is_notice or not new.is_notice):
        what = f"was published {_say(before)}, now {_say(now)}"
        yield Change("date-moved", new.id, new.title, what, moved_seconds=now - before)
    host, host_before = _host(new.link), _host(old.link)
    # A notice links to its page here, not to an original. An entry about another article may link to either.
    is_ours = not (after.is_about_others or old.is_notice or new.is_notice)
    if is_ours and host_before is not None and host != host_before:
        yield _change("host-moved", new, f"links to {host or 'nothing'}, not to {host_before} any more")
    elif is_ours and old.link != new.link and after.is_page_gone(old, new):
        yield _change("page-gone", new, f"links to {new.link} now, and nothing leads there from {old.link}")
    if new.is_notice and not old.is_notice:
        yield _change("withdrawn", new, "is withdrawn")
    elif not is_same_format:
        return
    elif old.digest != new.digest:
        yield _change("corrected", new, "is corrected")
    elif old.updated != new.updated:
        yield _change("redated", new, "has another date of change, and the same words")


def _notice_taken(old: Entry, new: Entry, known: _Known) -> Iterator[Change]:
    """An id that stands for another article now: it has the link that another id had."""
    if new.link is not None and new.link != old.link:
        other = next((other for other in known.find_like(new) if other.link == new.link and other.id != new.id), None)
        if other is not None:
            yield _change("shown-again", new, f"has the link now that {other.id} had", other)


def _has_moved(old: Document, new: Document) -> bool:
    """Whether a document names another address as its own; of one that took another's place, only the host counts."""
    if old.location is None or new.location is None:
        return False
    if old.path != new.path:
        return _host(old.location) != _host(new.location)
    return old.location.partition("://")[2] != new.location.partition("://")[2]


def _notice_missing(entry: Entry, fate: Fate | None) -> Iterator[Change]:
    """An id that is not in the document any more."""
    match fate:
        case "removed":
            yield _change("removed", entry, "was removed without a notice")
        case "withdrawn":
            yield _change("withdrawn", entry, "is withdrawn, and gone")
        case "lost":
            yield _change("lost", entry, "is in no document any more, and nothing says why")


def _find_fate(entry: Entry, old: Mapping[str, Entry], new: Mapping[str, Entry], after: After) -> Fate | None:
    """What became of an entry that is not in the document any more; None where it has ordinarily moved to another."""
    reason = after.explain(entry.id)
    is_gone = reason is None and entry.id in after.gone
    if reason == "removed" or (is_gone and not entry.is_notice):
        return "removed"
    if reason == "withdrawn" or is_gone:
        return "withdrawn"
    is_lost = reason is None and not (
        after.is_about_others
        or after.history.has(entry.id)
        or after.is_elsewhere(entry.id)
        or _has_slid_out(entry, old, new, after)
    )
    return "lost" if is_lost else None


def _iterate_vanished(
    old: Mapping[str, Entry], arrived: Mapping[str, Entry], after: After, find_fate: Callable[[str], Fate | None]
) -> Iterator[Entry]:
    """The entries that a reader has and that are gone, from the document or its archive; new ones may replace them."""
    for entry in old.values():
        if entry.id not in arrived and (find_fate(entry.id) is not None or _is_buried(entry, after)):
            yield entry
    for entry in after.sealed_gone:
        if entry.id not in old and entry.id not in arrived and after.explain(entry.id) not in {"here", "left"}:
            yield entry


def _is_buried(entry: Entry, after: After) -> bool:
    """Whether all that is known of an entry is its tombstone in the archive."""
    is_elsewhere = after.explain(entry.id) is not None or after.history.find(entry.id) is not None
    return not is_elsewhere and after.history.is_deleted(entry.id)


def _has_slid_out(entry: Entry, old: Mapping[str, Entry], new: Mapping[str, Entry], after: After) -> bool:
    """Whether newer entries took an entry's place, where there is no archive that it could have moved to."""
    if after.history.exists or entry.published is None or not new:
        return False
    fresh = len(new.keys() - old.keys())
    dropped = sum(other.id not in new for other in old.values())
    return dropped <= fresh and all(entry.published <= (other.published or 0) for other in new.values())


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by id; of two with one id a reader keeps the first."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return found


def _change(kind: Kind, entry: Entry, what: str, other: Entry | None = None) -> Change:
    return Change(kind, entry.id, entry.title, what, "" if other is None else other.id)


def _host(address: str | None) -> str | None:
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def _say(seconds: int) -> str:
    return format_rfc3339(to_datetime(seconds))
