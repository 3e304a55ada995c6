"""What is known of files and of the articles of the ledger when files are grouped, and a group of files. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from feeds.ingest.identity.keys import KeysByKind, kind_of

MAX_HOLDERS = 8
"""A key that more articles hold without being one is a standing phrase: it joins nothing."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A file of an article: its path, its natural keys, best first, and digests of its bytes and of its words.

    Of the files of one article, that with the largest `rank` gives the text.
    """

    path: str
    keys: tuple[str, ...]
    page: str
    words: str | None
    rank: str


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the ledger: its id, all its keys, digests of its file and its words, whether it left all feeds.

    One that `stays` does not leave them when its files are gone.
    """

    id: str
    keys: KeysByKind
    page: str
    words: str
    has_left: bool
    stays: bool = False


@dataclass(slots=True, eq=False)
class Group:
    """Files that are one article: its id, None for a new one, and all natural keys.

    `text` is the file that others are compared with. `refused` claim one of its keys, and are another article.
    """

    id: str | None
    keys: KeysByKind = field(default_factory=dict)
    text: Seed | None = None
    seeds: list[Seed] = field(default_factory=list)
    refused: list[Seed] = field(default_factory=list)
    into: Group | None = None
    """The group that this one was merged into."""

    def root(self) -> Group:
        """The group that this one is part of now."""
        root: Group = self
        while root.into is not None:
            root = root.into
        group: Group = self
        # Straight from now on: it is asked for again and again.
        while group.into is not None:
            group.into, group = root, group.into
        return root

    def add(self, seed: Seed) -> None:
        """Take a file in."""
        for key in seed.keys:
            self.keys.setdefault(kind_of(key), set()).add(key)
        self.seeds.append(seed)
        self.text = self.text or seed

    def best(self) -> Seed:
        """The file that gives the text."""
        return max(self.seeds, key=attrgetter("rank"))

    def list_own_keys(self) -> tuple[str, ...]:
        """The keys that its files have."""
        return tuple(dict.fromkeys(key for seed in self.seeds for key in seed.keys))

    def find_rivals(self) -> dict[str, str]:
        """By the path of each refused file, that of the file whose key it claims, the best one first; else the best."""
        if not self.refused:
            return {}
        ranked = sorted(self.seeds, key=attrgetter("rank"))
        having = {key: number for number, seed in enumerate(ranked) for key in seed.keys}
        last = len(ranked) - 1
        return {
            seed.path: ranked[max((having[key] for key in seed.keys if key in having), default=last)].path
            for seed in self.refused
        }
