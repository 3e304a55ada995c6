"""Records: what a reader notices when a feed changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "new", "corrected", "shown-again", "withdrawn", "lost", "date-moved", "host-moved", "page-gone", "redated",
    "removed",
]  # fmt: skip
COUNTED: tuple[tuple[Kind, str], ...] = (
    ("new", "new"),
    ("corrected", "corrected"),
    ("shown-again", "shown again"),
    ("withdrawn", "withdrawn"),
    ("lost", "lost"),
    ("date-moved", "dates moved"),
)
"""The kinds that every line about a feed counts, with their words."""
RARE: tuple[tuple[Kind, str], ...] = (
    ("removed", "removed without a notice"),
    ("redated", "changed in nothing but their date of change"),
    ("host-moved", "on another host"),
    ("page-gone", "with a page that is gone"),
)
"""The kinds that a line names only where there are such changes, with their words."""
MIN_REWRITTEN, SHARE_REWRITTEN = 5, 0.9
"""This many corrected entries, at least, and this share of the entries that stay, make a feed count as rewritten."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader notices of one entry. `what` says it for a person.

    `other` is the id of another entry that `what` names; `moved_seconds` is how much later the date of publication is.
    """

    kind: Kind
    id: str
    title: str
    what: str
    other: str = ""
    moved_seconds: int = 0


@dataclass(frozen=True, slots=True)
class FeedDiff:
    """What a reader notices of one feed document.

    `before` and `after` count its entries. `state` says whether the document is in both states ("kept"), or only in
    one; "moved" means that another document took its place, "closed" that it is no longer published on purpose (410).
    `id_before` is set where the feed's own id has changed, `location_before` and `location_after`
    where its own address has, beyond http and https. `both` counts the entries that are in both documents.
    """

    path: str
    state: Literal["kept", "added", "gone", "moved", "closed"]
    before: int
    after: int
    changes: tuple[Change, ...] = ()
    id_before: str | None = None
    location_before: str | None = None
    location_after: str | None = None
    both: int = 0

    def count(self) -> dict[Kind, int]:
        """How many of each kind, those of `COUNTED` always."""
        found = Counter[str](change.kind for change in self.changes)
        return {kind: found[kind] for kind, _ in COUNTED} | {kind: found[kind] for kind, _ in RARE if found[kind]}

    def list_changes(self, kind: Kind) -> list[Change]:
        """The changes of a kind."""
        return [change for change in self.changes if change.kind == kind]

    @property
    def is_emptied(self) -> bool:
        """Whether the document has lost all of its entries, which may be in other feeds now."""
        return self.state in {"kept", "moved"} and self.before > 0 and self.after == 0

    @property
    def is_rewritten(self) -> bool:
        """Whether nearly all entries are corrected at once, as by a layout that takes navigation for text."""
        corrected = len(self.list_changes("corrected"))
        return corrected >= MIN_REWRITTEN and corrected >= self.both * SHARE_REWRITTEN

    @property
    def is_unchanged(self) -> bool:
        """Whether a reader notices nothing at all."""
        return (
            self.state == "kept"
            and not self.changes
            and not self.is_emptied
            and self.id_before is None
            and self.location_before is None
        )

    def say_rewritten(self) -> str:
        """How many of the entries that stay are corrected: "10 of 10 entries corrected at once"."""
        return f"{len(self.list_changes('corrected'))} of {self.both} entries corrected at once"

    def summarise(self) -> str:
        """One line: "3 new, 1 corrected, 0 shown again, ..."."""
        counts = self.count()
        told = [f"{counts[kind]} {name}" for kind, name in (*COUNTED, *RARE) if kind in counts]
        if self.is_rewritten:
            told.append(self.say_rewritten())
        return ", ".join([*told, f"emptied of {self.before}"] if self.is_emptied else told)
