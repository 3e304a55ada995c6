"""When articles were corrected and withdrawn, from our own published feed of corrections. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from feeds.adopt.plan import FeedChange, find_path
from feeds.config import Config
from feeds.foreign import Entry
from feeds.foreign.values import read_text
from feeds.ingest.identity.ids import mint_uuid
from feeds.ingest.identity.keys import canonicalise_url
from feeds.store import Identity
from feeds.store.feeds import CORRECTIONS
from feeds.text import load_catalogue

MAX_MOVED: Final = 1_000
"""Seconds by which an entry may be later than its correction: entries of one ingest are a second apart."""


@dataclass(frozen=True, slots=True)
class History:
    """Instants of an article's corrections, and of its withdrawal, in seconds since 1970; the path of its page.

    `resumed` and `reasons` are what the ledger has under these names.
    """

    path: str | None = None
    corrected: tuple[int, ...] = ()
    resumed: tuple[int, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    withdrawn: int | None = None


def read_corrections(
    changes: Iterable[FeedChange], identities: Iterable[Identity], namespace: str, config: Config
) -> dict[str, History]:
    """What the feed of corrections says about each article, by the article's id.

    Its entries link to the pages, or, where the site has none, to the originals.
    """
    catalogue = load_catalogue(config.site.language)
    corrected, resumed = (catalogue.say(name, headline="") for name in ("correction_title", "correction_resumed_title"))
    why = catalogue.say("correction_why", reason="")
    # The key in a page's path identifies the article, even if its slug comes from another headline.
    by_key: dict[str, str] = {}
    for identity in identities:
        by_key |= dict.fromkeys((*identity.keys, find_key(identity.path)), identity.id)
    found: dict[str, History] = {}
    for entry in sorted(_list_entries(changes), key=lambda one: (one.published or 0, one.id)):
        if entry.link is None or entry.published is None:
            continue
        path = find_path(entry.link, config)
        key = f"url:{canonicalise_url(entry.link)}" if path is None else find_key(path)
        if (identifier := by_key.get(key)) is None:
            continue
        at = _find_instant(entry, entry.published, identifier, namespace)
        history = found.get(identifier, History(path))
        if not entry.title.startswith((corrected, resumed)):
            found[identifier] = replace(history, withdrawn=at)
            continue
        reason = read_text(entry.text).partition(why)[2]
        found[identifier] = replace(
            history,
            corrected=(*history.corrected, at),
            resumed=(*history.resumed, at) if entry.title.startswith(resumed) else history.resumed,
            reasons={**history.reasons, at: reason} if reason else history.reasons,
        )
    return found


def find_key(path: str) -> str:
    """The key in the path of an article's page: "/artikel/<key>/<slug>/"; of another path, the path."""
    parts = path.split("/")
    return parts[2] if len(parts) > 3 else path


def _list_entries(changes: Iterable[FeedChange]) -> list[Entry]:
    """The entries of the feed of corrections, in one format."""
    for change in changes:
        if change.feed.key == CORRECTIONS and change.old.head.is_ours:
            return [entry for document in change.old.documents for entry in document.entries]
    return []


def _find_instant(entry: Entry, told: int, identifier: str, namespace: str) -> int:
    """The instant of a correction: the entry's, or shortly before; the entry's id is minted from it, and proves it."""
    for at in range(told, told - MAX_MOVED, -1):
        if mint_uuid(namespace, f"correction:{identifier}:{at}") == entry.id:
            return at
    return told
