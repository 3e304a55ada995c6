"""When entries last left a feed or returned to it: that changes the feed, though no entry's own date shows it.

What a run takes out or brings back is noted as it happens (`StoredFeed.note_change`). The ledger says the same,
as long as the latest instant is this run's: where `now` is earlier, it may take the place of a later one.
"""

from __future__ import annotations

from collections.abc import Iterable

from feeds.ingest.work import Work
from feeds.store import Identity, ask_values, is_in_corrections, parse_identity
from feeds.store.feeds import ALL, CORRECTIONS


def find_removals(identities: Iterable[Identity]) -> dict[str, int]:
    """The newest such instant (seconds since 1970) of each feed that has one, by its key."""
    found: dict[str, int] = {}
    for identity in identities:
        for key in identity.places:
            # When it went from all feeds, or came back to some, those changed too that it had left before.
            told = {key, ALL} if key in identity.left else {key}
            instants = [each.get(name, 0) for each in (identity.left, identity.back) for name in told]
            found[key] = max(found.get(key, 0), *instants)
        if is_in_corrections(identity):
            # It has no sequence of its own: what leaves the feed of all leaves it too, and with its notice.
            places = identity.left.get(ALL, 0), identity.back.get(ALL, 0)
            found[CORRECTIONS] = max(found.get(CORRECTIONS, 0), *places, identity.buried or 0)
    return found


def settle_removals(work: Work) -> None:
    """Where an instant that a feed had may be gone from the ledger, find them all again, as a new library does."""
    feeds = work.feeds.by_key.values()
    if not (work.is_renewed or work.redo_render or any(feed.removed > work.now for feed in feeds)):
        return
    telling = " OR ".join(f"instr(line, '\"{name}\": ')" for name in ("left", "back", "buried"))
    lines = ask_values(work.connection, f"SELECT line FROM articles WHERE {telling}")  # noqa: S608 (constants)
    found = find_removals(map(parse_identity, lines))
    for feed in feeds:
        removed = found.get(feed.key, 0)
        feed.stale = feed.stale or removed != feed.removed
        feed.removed = removed
