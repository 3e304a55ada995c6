"""A ledger that was set back: it says less than what the last run published, because it was cut, or is an older state.

The ledger counts all the same. Only the library can tell, before it is made again from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator

from feeds.errors import say_number
from feeds.ingest.report import LEDGER_BEHIND, MAX_NAMED, Remark
from feeds.store import Connection, Identity, Ledger, iterate_tuples, parse_identity
from feeds.store.feeds import ALL

PAGE_MOVED = "page-moved"
_ORDERED = ('"withdrawn": ', '"order": ')
"""What is in the line of an article that was withdrawn or erased."""


def find_setback(connection: Connection, ledger: Ledger, path: str) -> Remark | None:
    """What the library has as published, withdrawn or erased and the ledger in the file at `path` has not.

    None where that is nothing, or where the ledger was adopted since: that it says otherwise is its purpose.
    """
    if not ledger.is_published:
        return None
    missing: list[str] = []
    lost: list[str] = []
    for known, now in _pair(connection, ledger):
        if now is None:
            missing.append(known.path)
        if _has_lost_order(known, now):
            lost.append(known.path)
    if not missing and not lost:
        return None
    told = [
        *([f"{say_number(len(missing), 'article is', 'articles are')} missing"] if missing else []),
        *([f"{say_number(len(lost), 'withdrawal or erasure is', 'withdrawals or erasures are')} gone"] if lost else []),
    ]
    return Remark(
        LEDGER_BEHIND,
        (),
        f"says less than what the last run published ({', '.join(told)})",
        text=", ".join([*dict.fromkeys([*lost, *missing])][:MAX_NAMED]),
        hint="restore it from version control, or new ids are minted and what was withdrawn is public again; if it is "
        "meant, or that run's site went nowhere, run `feeds build` once without --gate and --strict",
        path=path,
        is_passing=True,
    )


def find_moved_pages(connection: Connection, ledger: Ledger, path: str) -> Remark | None:
    """What the library has at other paths than the ledger in the file at `path`; None where that is nothing.

    A path never changes but by an erasure, which leaves no page. Before a build, what `feeds adopt` wrote may say
    otherwise.
    """
    if not ledger.is_published:
        return None
    now = {identity.id: identity.path for identity in ledger.articles if identity.order != "erase"}
    moved = [
        f"{known} -> {now[identifier]}"
        for rows in iterate_tuples(connection, "SELECT id, path FROM articles ORDER BY number")
        for identifier, known in rows
        if now.get(identifier, known) != known
    ]
    if not moved:
        return None
    pages = say_number(len(moved), "page has", "pages have")
    return Remark(
        PAGE_MOVED,
        (),
        f"{pages} another path than the one that was published",
        text=", ".join(moved[:MAX_NAMED]),
        hint="undo it: a path never changes; only a server redirects from the old one, a static host answers 404",
        path=path,
        is_passing=True,
    )


def _pair(connection: Connection, ledger: Ledger) -> Iterator[tuple[Identity, Identity | None]]:
    """Articles of the library of which the ledger may say less, each with what it says, or None.

    One that had left all feeds by no order may be gone from it.
    """
    by_id = {identity.id: identity for identity in ledger.articles}
    by_key: dict[str, Identity] | None = None
    for rows in iterate_tuples(connection, "SELECT id, line FROM articles ORDER BY number"):
        for identifier, line in rows:
            now = by_id.get(identifier)
            if now is None:
                # One that was given another id, as by `feeds adopt`, is known by its keys.
                by_key = by_key or {key: identity for identity in ledger.articles for key in identity.keys}
                known = parse_identity(line)
                now = next((by_key[key] for key in known.keys if key in by_key), None)
                if now is not None or ALL not in known.left or known.order is not None:
                    yield known, now
            elif any(each in line for each in _ORDERED):
                yield parse_identity(line), now


def _has_lost_order(known: Identity, now: Identity | None) -> bool:
    """Whether an article was withdrawn or erased, and is neither now nor was published again since."""
    if known.order == "erase":
        return now is None or now.order != "erase"
    if known.withdrawn is None and known.order is None:
        return False
    if now is None:
        return True
    # What is published again was corrected then.
    is_restored = known.withdrawn is not None and max(now.corrected, default=0) >= known.withdrawn
    return now.withdrawn is None and now.order is None and not is_restored
