"""What the steps of one run share: what they are given, and what they leave for each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from feeds.config import Config
from feeds.ingest.feedrows import FeedRows
from feeds.ingest.report import Report
from feeds.ingest.seeds.unfinished import Unfinished
from feeds.progress import Progress, no_progress
from feeds.store import Connection, LedgerState, ask_value
from feeds.text import digest
from feeds.workers import Workers

ERASED_PREFIX = "erased:"
"""What the keys of erased articles begin with, of which only a digest is kept."""
_ERASED_KEY_LENGTH = 24
PAGE_DIGEST_LENGTH = 16
"""Digits of a file's digest that the ledger keeps of the one that gives an article its text."""
TEXT_STATES = ("article", "error")
"""States of seeds that give an article its text: one in "error" still has what it last said."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the library: what `ingest` and `refresh` are given.

    `connection` is a write transaction of the library (`Library.write`), which the caller commits. Without `workers`
    everything is done in this process. Where it `is_cautious`, what looks like an accident stops it
    (`feeds.ingest.accidents`). Where it `keeps_lost`, articles stay that lost their files in such an accident. With
    `unfinished`, files are left that somebody may still be writing.
    """

    connection: Connection
    config: Config
    now: datetime
    progress: Progress = no_progress
    workers: Workers = field(default_factory=Workers)
    is_cautious: bool = False
    keeps_lost: bool = False
    unfinished: Unfinished | None = None


@dataclass(frozen=True, slots=True)
class Losses:
    """What a source has lost at once: ids of the published articles that have no file any more.

    `texts` counts those that it had before. Where it `is_empty`, it has none any more.
    """

    articles: frozenset[str]
    texts: int
    is_empty: bool


@dataclass(slots=True)
class Work:
    """One ingest in progress."""

    connection: Connection  # a write transaction of the library
    config: Config
    now: int  # the instant that counts as now
    progress: Progress
    report: Report
    namespace: str
    feeds: FeedRows
    redo_parse: bool  # settings or code changed that all texts are read by
    redo_render: bool  # settings or code changed that all entries are rendered by
    redo_links: bool  # pages were switched on or off
    ledger_found: LedgerState | None  # the state of the ledger's file that was there
    workers: Workers
    last_number: int  # of the article that arrived last before this run; 0 for none
    is_cautious: bool = False  # what looks like an accident stops the run
    keeps_lost: bool = False  # articles stay that lost their files in what looks like one
    losses: dict[int, Losses] = field(default_factory=dict)  # of sources, by number, that look like an accident
    is_trial: bool = False  # files are read for these that somebody may still be writing: nothing may come of the run
    unfinished: Unfinished | None = None  # leaves files that somebody may still be writing
    rewrites: bool = False  # a line of the ledger that was there has changed
    is_renewed: bool = False  # the library was made again from the ledger
    is_new: bool = False  # the library knew nothing before this run
    keeps_texts: bool = False  # it was made again, and what was published of articles was kept
    held_keys: frozenset[str] | None = None  # of drafts and embargoes; read once (feeds.ingest.publication.candidates)
    months: set[str] = field(default_factory=set)  # those whose articles changed (feeds.ingest.publication.places)
    idle_sources: set[int] = field(default_factory=set)  # numbers of the sources that read nothing and should
    empty_sources: set[int] = field(default_factory=set)  # of those whose folder holds no text
    shared: set[str] = field(default_factory=set)  # ids of the articles with several files, of those of this run
    names: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """What rules could name, by the key of a rule: each name, and the id of an article that has it."""

    @property
    def is_first(self) -> bool:
        """Whether the ledger was empty, so that every article counts as first seen when it was published."""
        return self.last_number == 0

    def has_erased(self) -> bool:
        """Whether there are articles that were erased."""
        query = "SELECT key FROM aliases WHERE key BETWEEN :first AND :last LIMIT 1"
        return ask_value(self.connection, query, first=ERASED_PREFIX, last=f"{ERASED_PREFIX}\uffff") is not None


@dataclass(slots=True)
class Changes:
    """What changed in the seeds: paths whose row is new or other, and ids of articles that one of their seeds left."""

    paths: set[str]
    articles: set[str]


def erase_key(key: str) -> str:
    """A natural key of an erased article: its kind and a digest, which reveals nothing and still matches."""
    return f"{ERASED_PREFIX}{key.partition(':')[0]}:{digest(key)[:_ERASED_KEY_LENGTH]}"
