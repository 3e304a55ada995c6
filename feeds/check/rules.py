"""What a rule and an objection are, and the report that collects the objections to one document.

Knows no format: each rule is in the module of its format, above the functions that apply it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from feeds.errors import describe, say_number, show_text

Level = Literal["error", "warning"]

MAX_OBJECTIONS_A_RULE = 20
"""Objections by one rule to one document that are listed; further ones are counted."""
MAX_OTHERS_SHOWN = 3
"""Further documents with the same objection that a text names; all are counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that a reader or a validator would object to.

    `id` is a short stable name, `source` the standard that asks for it (with its section) or the readers that need it,
    `sentence` what must hold, `hint` what to do where it doesn't. An `error` breaks the standard or a reader; a
    `warning` is what a validator warns of, or what some readers show wrong.
    """

    id: str
    level: Level
    source: str
    sentence: str
    hint: str

    @classmethod
    def error(cls, name: str, source: str, sentence: str, hint: str) -> Rule:
        """A rule that must not be broken."""
        return cls(name, "error", source, sentence, hint)

    @classmethod
    def warning(cls, name: str, source: str, sentence: str, hint: str) -> Rule:
        """A rule that had better not be broken."""
        return cls(name, "warning", source, sentence, hint)


@dataclass(frozen=True, slots=True)
class Objection:
    """One place in one document that breaks one rule. `line` counts from 1, None where the place is the document."""

    rule: str
    level: Level
    source: str
    path: str
    line: int | None
    what: str
    text: str | None
    hint: str

    def __str__(self) -> str:
        return self.say()

    def say(self, *, others: Sequence[str] = ()) -> str:
        """The objection as a text; with how many `others`, by their paths, are objected to in the same way."""
        message = describe(f"{self.level}: {self.what}", path=self.path, line=self.line, text=self.text)
        if others:
            shown = ", ".join(map(show_text, others[:MAX_OTHERS_SHOWN]))
            message += f"\n  and {say_number(len(others), 'more document')}: {shown}"
            message += ", ..." if others[MAX_OTHERS_SHOWN:] else ""
        return f"{message}\n  {self.hint} ({self.rule}; {self.source})"


class Report:
    """Collects the objections to one document.

    `location` is the address at which readers find the document, `now` the instant that dates are compared with; where
    one is None, rules that need it are skipped. `referring` are the lines with a hexadecimal character reference, which
    is how the RSS profile writes markup characters in plain text. `is_rss` says that the document is RSS, where readers
    take anything that starts like a tag for one.
    """

    __slots__ = ("_counts", "_found", "is_rss", "location", "now", "path", "referring")

    def __init__(self, path: str, *, location: str | None = None, now: datetime | None = None) -> None:
        self.path = path
        self.location = location
        self.now = now
        self.is_rss = False
        self.referring: frozenset[int] = frozenset()
        self._found: list[tuple[Rule, int | None, str, str | None]] = []
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._found)

    def add(self, rule: Rule, line: int | None, what: str, text: str | None = None) -> None:
        """Note an objection: `what` is wrong, with the offending `text`."""
        self._counts[rule.id] += 1
        if self._counts[rule.id] <= MAX_OBJECTIONS_A_RULE:
            self._found.append((rule, line, what, text))
        elif self._counts[rule.id] == MAX_OBJECTIONS_A_RULE + 1:
            self._found.append((rule, None, "", None))

    def add_missing(
        self, rule: Rule, line: int | None, where: str, needed: Iterable[str], there: Container[str]
    ) -> None:
        """Note each name that is needed and not there."""
        for name in needed:
            if name not in there:
                self.add(rule, line, f"{where} has no {name}")

    def finish(self) -> list[Objection]:
        """All objections, in the order of their lines, those to the whole document first."""
        objections = []
        for rule, line, what, text in sorted(self._found, key=lambda found: found[1] or 0):
            told = what or f"{self._counts[rule.id] - MAX_OBJECTIONS_A_RULE} more places break this rule"
            objections.append(Objection(rule.id, rule.level, rule.source, self.path, line, told, text, rule.hint))
        return objections
