"""The report of an ingest: counts, errors, pages set aside, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from feeds.errors import CheckError, ConflictError, FeedsError, Problem, UnlistedError, describe, say_number

TEXT_LOST = "text-lost"
"""Rule of the note that articles can't be kept: what a run leaves open, though it is no error."""
TEXT_MISSING = "text-missing"
"""Rule of the note that published articles are in no feed now: a file that can't be used may have their text."""
UNTOLD_MOVE = "untold-move"
"""Rule of the note that a host which can't redirect leads nobody to where feeds have moved: it holds of every run."""
LEDGER_BEHIND = "ledger-behind"
"""Rule of the remark that the ledger says less than what the last run published: what the gate stops."""
_HINTS = {
    "article": "write `published: 2024-06-25 14:05` into its front matter",
    "erased": "delete the file: what was erased is not published again",
}
"""What to do about pages that are set aside; an article is so for its unknown date."""
MAX_NAMED = 5
"""Articles that a note or a remark names."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page that is not published, and why. `path` is relative to config.toml."""

    path: str
    kind: str
    reason: str
    line: int | None = None

    @property
    def hint(self) -> str:
        """What to do about it."""
        return _HINTS.get(self.kind, "if it is an article, write `title:` and `published:` into front matter above it")

    @property
    def is_undated(self) -> bool:
        """Whether it is an article, and only its date is unknown."""
        return self.kind == "article"

    @property
    def state(self) -> str:
        """What the counts of a run call it."""
        return "without a date" if self.is_undated else "set aside"

    @property
    def rule(self) -> str:
        """The stable name by which machines know it."""
        return "undated" if self.is_undated else f"set-aside-{self.kind}"

    def __str__(self) -> str:
        # Of most pages nobody wants to know how they would be one.
        hint = self.hint if self.is_undated else None
        return describe(self.reason, path=self.path, line=self.line, hint=hint)


OrderKind = Literal["withdraw", "restore", "erase"]


@dataclass(frozen=True, slots=True)
class CarriedOrder:
    """An order that is in the ledger now: for which article, by its id and its page's path.

    `headline` is None where it is not known any more. `files` are the seeds that the article had before. `is_open`:
    readers see nothing of the order yet. `takes_text`: no file has the text that it takes out of the library. Where the
    order names a file, and the article's text comes from another one, `named` and `text_from` are the two.
    """

    kind: OrderKind
    id: str
    path: str
    headline: str | None
    files: tuple[str, ...]
    is_open: bool = False
    takes_text: bool = False
    named: str | None = None
    text_from: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd about a setting, though it stops nothing: which rule noticed it, its key, and what to do about it.

    What is odd about the ledger or the output has its `path` instead of a key. `is_passing`: it may hold of this run
    alone.
    """

    rule: str
    key: tuple[str | int, ...]
    what: str
    text: str | None = None
    hint: str | None = None
    path: str | None = None
    is_passing: bool = False


@dataclass(slots=True)
class Report:
    """Counts of seeds, and everything that a person should know. `due` is when the next embargo ends.

    `read` counts the seeds that were opened, `changed` those whose bytes are others than before: settings, code or a
    file's time may be why one is read.

    `failed` counts the seeds with errors, whose paths among those of the errors are `seed_paths`. `withheld` counts
    articles of which rules let nothing be published. `set_aside` names every page that is not published, `errors` what
    could not be used or is in conflict, `missing` the paths of published articles whose text is not known, and may be
    in that, `notes` what was noticed in seeds that were read in this run, by their path, and `remarks` what in
    settings, ledger or output. `orders` are those of operators that were carried out. `listing` is a digest of the
    files that the run met (`feeds.ingest.seeds.listing`); "" where it did not list all, or some vanished: no listing
    has that.
    """

    seeds: int = 0
    read: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    articles: int = 0
    waiting: int = 0
    drafts: int = 0
    failed: int = 0
    withheld: int = 0
    due: datetime | None = None
    set_aside: list[SetAside] = field(default_factory=list)
    errors: list[FeedsError] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[tuple[str, Problem]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    orders: list[CarriedOrder] = field(default_factory=list)
    listing: str = ""
    seed_paths: set[str] = field(default_factory=set)

    @property
    def unusable(self) -> list[FeedsError]:
        """Those of the errors whose file could not be read or understood, so that nobody knows what text it has."""
        return [error for error in self.errors if not isinstance(error, CheckError | ConflictError)]

    @property
    def unlisted(self) -> list[UnlistedError]:
        """Those of the errors whose folder could not be listed."""
        return [error for error in self.errors if isinstance(error, UnlistedError)]

    @property
    def unchanged(self) -> int:
        """How many seeds are as they were."""
        return self.seeds - self.new - self.changed

    @property
    def undated(self) -> int:
        """How many of the pages set aside are articles whose date is unknown."""
        return sum(page.is_undated for page in self.set_aside)

    @property
    def aside(self) -> int:
        """How many pages are set aside for another reason than an unknown date."""
        return len(self.set_aside) - self.undated

    @property
    def other_errors(self) -> int:
        """How many errors are of no seed: of a setting, of a document, of a link that leads nowhere."""
        return sum(error.path not in self.seed_paths for error in self.errors)

    def summarise(self) -> str:
        """One line of counts, by the names that `feeds status` has."""
        undated = f"{self.undated} without a date, " if self.undated else ""
        others = f", {say_number(self.other_errors, 'other error')}" if self.other_errors else ""
        return (
            f"{say_number(self.seeds, 'seed')}: {self.read} read, {self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.removed} removed, {self.aside} set aside, {undated}"
            f"{say_number(self.failed, 'with an error', 'with errors')}{others}; {say_number(self.articles, 'article')}"
        )
