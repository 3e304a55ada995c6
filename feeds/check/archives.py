"""Chains of archive documents (RFC 5005 section 4): closed, in order, and without losing an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from feeds.check.rules import Objection, Report, Rule

CHAIN_BROKEN = Rule.error(
    "chain-broken",
    "RFC 5005 section 4",
    "A link from one document of a history to another leads to a document that is there, in the same format.",
    "Publish the document, or remove the link.",
)
CHAIN_ONE_WAY = Rule.warning(
    "chain-one-way",
    "RFC 5005 section 4",
    "An archive document that another names as its predecessor names that one as its successor.",
    'Write rel="next-archive" once there is a next document.',
)
CHAIN_LOOP = Rule.error(
    "chain-loop",
    "RFC 5005 section 4",
    "Following prev-archive (in JSON Feed next_url) comes to an end.",
    "Number the documents, and link each to the one before.",
)
CHAIN_CURRENT = Rule.error(
    "chain-current",
    "RFC 5005 section 4",
    "Every archive document names as current the feed from which it is reached.",
    'Write rel="current" with the address of that feed.',
)
CHAIN_UNMARKED = Rule.error(
    "chain-unmarked",
    "RFC 5005 section 4",
    "A document that is linked as an archive says fh:archive, and the feed that readers subscribe to doesn't.",
    "Write <fh:archive/> into sealed documents only.",
)
CHAIN_UNREACHED = Rule.error(
    "chain-unreached",
    "RFC 5005 section 4",
    "Every archive document is reached from its feed.",
    "Link to it from the document that follows it.",
)
ENTRY_LOST = Rule.error(
    "entry-lost",
    "RFC 5005 section 4; JSON Feed 1.1",
    "The formats of a feed have the same entries, archives included.",
    "Seal the same entries in every format.",
)
ENTRY_SEALED_TWICE = Rule.warning(
    "entry-sealed-twice",
    "RFC 5005 section 4",
    "An entry is in one archive document of a feed only.",
    "Correct a sealed entry in its place; never seal it again.",
)

_FORMATS_WITH_MARKS: Final = frozenset({"atom", "rss"})


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed document as part of a history. Links are whole addresses, or None; `ids` are those of its entries."""

    path: str
    kind: str
    location: str
    is_archive: bool
    current: str | None
    previous: str | None
    following: str | None
    ids: tuple[str, ...]


def check_archives(feeds: Iterable[Feed]) -> list[Objection]:
    """Object to histories that are inconsistent."""
    documents = sorted(feeds, key=lambda feed: feed.path)
    by_location = {feed.location: feed for feed in documents}
    reports = {feed.path: Report(feed.path) for feed in documents}
    reached: set[str] = set()
    histories: dict[str, list[tuple[Feed, frozenset[str]]]] = {}
    targets = {feed.previous for feed in documents}
    for feed in documents:
        # JSON Feed has no mark: there a document that another continues with is an archive.
        if feed.is_archive or (feed.kind == "json" and feed.location in targets):
            continue
        chain = _follow(feed, by_location, reports)
        reached.update(document.path for document in chain)
        ids = frozenset(id_ for document in chain for id_ in document.ids)
        if len(chain) > 1:
            _check_sealed_once(chain, reports)
            histories.setdefault(feed.path.rpartition("/")[0], []).append((feed, ids))
    for feed in documents:
        if feed.is_archive and feed.path not in reached:
            reports[feed.path].add(CHAIN_UNREACHED, None, "no feed leads to this archive document")
    for formats in histories.values():
        _check_same_entries(formats, reports)
    return [objection for report in reports.values() for objection in report.finish()]


def _follow(feed: Feed, by_location: dict[str, Feed], reports: dict[str, Report]) -> list[Feed]:
    """The documents of a feed's history, newest first."""
    chain = [feed]
    document = feed
    while document.previous is not None:
        report = reports[document.path]
        older = by_location.get(document.previous)
        if older is None or older.kind != document.kind:
            report.add(CHAIN_BROKEN, None, "the document that it links to as older is not there", document.previous)
            break
        if any(older is visited for visited in chain):
            newer = "itself" if older is document else "a newer document"
            report.add(CHAIN_LOOP, None, f"it links to {newer} as an older one", document.previous)
            break
        chain.append(older)
        if older.kind in _FORMATS_WITH_MARKS:
            _check_member(feed, document, older, reports[older.path])
        document = older
    if feed.following is not None:
        reports[feed.path].add(CHAIN_UNMARKED, None, "a feed that is no archive links to a newer one", feed.following)
    return chain


def _check_member(feed: Feed, newer: Feed, older: Feed, report: Report) -> None:
    if not older.is_archive:
        report.add(CHAIN_UNMARKED, None, f"{newer.path} links to it as an archive, but it doesn't say fh:archive")
    if older.current is not None and older.current != feed.location:
        report.add(CHAIN_CURRENT, None, f"it is reached from {feed.location}", older.current)
    expected = newer.location if newer is not feed else None
    if older.following != expected and not (expected is None and older.following == feed.location):
        report.add(CHAIN_ONE_WAY, None, f"{newer.path} follows it", older.following)


def _check_sealed_once(chain: list[Feed], reports: dict[str, Report]) -> None:
    sealed: dict[str, str] = {}
    for document in chain[1:]:
        for id_ in document.ids:
            first = sealed.setdefault(id_, document.path)
            if first != document.path:
                reports[document.path].add(ENTRY_SEALED_TWICE, None, f"the entry is in {first} too", id_)


def _check_same_entries(formats: list[tuple[Feed, frozenset[str]]], reports: dict[str, Report]) -> None:
    everything = frozenset[str]().union(*(ids for _, ids in formats))
    for feed, ids in formats:
        for id_ in sorted(everything - ids):
            reports[feed.path].add(ENTRY_LOST, None, "an entry that another format has is nowhere in its history", id_)
