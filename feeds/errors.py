"""Every deliberate error of `feeds`, in one tree, and problems, which are noted and stop nothing.

    FeedsError
    ├── ConfigError      config.toml, an environment variable or an option is wrong
    ├── SeedError        a seed file can't be used
    │   ├── FrontMatterError   its front matter is malformed
    │   └── UnreadableError    it can't be read, or is no text
    │       ├── MissingError       it is not there
    │       └── UnlistedError      it is a folder, of which nobody knows what is in it
    ├── DateError        a text is no date (also a ValueError)
    ├── ConflictError    two different articles claim one id
    ├── LedgerError      the ledger is malformed, or newer than this program
    ├── LibraryError     the library can't be opened, is locked, or is newer than this program
    ├── OutputError      the output folder can't be written
    ├── ServeError       the server can't start
    ├── AdoptError       an existing feed can't be taken over
    ├── CheckError       a document or an address can't be read, or fails the check
    └── GateError        a publication is stopped, for what subscribers would see
        └── BlockedError       a file is why: the ledger is missing, or says less than what was published
            └── TextlessError      a published article would go, for a file that can't be used may have its text

An error holds its subject and prints `path:line: what is wrong: 'the text'`, then what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

MAX_TEXT_SHOWN = 120
"""Characters of the offending text that a message shows."""
_PASSWORD = re.compile(r"(?<=://)([^/@:\s]*):[^/\s]*@")
MAX_REASONS_SHOWN = 20
"""Reasons against a publication, or errors of a ledger, that are shown; further ones are counted."""


def describe(
    what: str, *, path: str | None = None, line: int | None = None, text: str | None = None, hint: str | None = None
) -> str:
    """One message in the form that all our errors have: `path:line: what: 'text'`, then the hint on its own line."""
    where = "" if path is None else f"{show_text(path)}: " if line is None else f"{show_text(path)}:{line}: "
    if path is None and line is not None:
        where = f"line {line}: "
    shown = ""
    if text is not None:
        cut = text if len(text) <= MAX_TEXT_SHOWN else text[: MAX_TEXT_SHOWN - 1] + "…"
        shown = f": {quote(cut)}"
    advice = "" if hint is None else f"\n  {hint}"
    return f"{where}{what}{shown}{advice}"


def quote(text: str) -> str:
    """A text from outside in quotes: as it is written, backslashes too, but without the password of an address."""
    shown = repr(_PASSWORD.sub(r"\1:…@", text))
    # Doubled are only those that Python's notation adds, where nothing else in the text needs it.
    return shown.replace("\\\\", "\\") if text.isprintable() else shown


def show_text(text: str) -> str:
    """A text from outside, such as a file's name, as a message shows it: on one line, whatever characters it holds."""
    return text if text.isprintable() else repr(text)[1:-1]


def say_number(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun, in the English of messages: "1 entry", "2 entries"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


class FeedsError(Exception):
    """Base of every deliberate error.

    `path` names the file, setting or address that is wrong, `line` counts from 1, `text` is the offending text and
    `hint` says what to do. `exit_code` is that of a run which this error ends. `others` are further errors that are
    reported with it: the message has all of them.
    """

    exit_code: ClassVar[int] = 1
    others: tuple[FeedsError, ...] = ()

    def __init__(
        self,
        what: str,
        *,
        path: str | None = None,
        line: int | None = None,
        text: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.line = line
        self.text = text
        self.hint = hint

    @classmethod
    def gather(cls, errors: Sequence[Self]) -> Self:
        """The first of the errors, with the others in its `others`."""
        first, *others = errors
        first.others = tuple(others)
        return first

    def list_messages(self) -> list[str]:
        """The message of each of the errors: this one, and the `others`."""
        return [
            describe(each.what, path=each.path, line=each.line, text=each.text, hint=each.hint)
            for each in (self, *self.others)
        ]

    def say_short(self) -> str:
        """What is wrong and where, on one line, without what to do about it; how many `others` there are."""
        more = f" (and {len(self.others)} more)" if self.others else ""
        return describe(self.what, path=self.path, line=self.line, text=self.text) + more

    def __str__(self) -> str:
        return "\n".join(self.list_messages())


def _list_alike(errors: Sequence[FeedsError]) -> list[str]:
    """The messages of errors of which many may be alike: one hint stands below all that follow each other with it.

    Those after the first `MAX_REASONS_SHOWN` are counted.
    """
    messages: list[str] = []
    for hint, group in groupby(errors[:MAX_REASONS_SHOWN], key=lambda each: each.hint):
        alike = list(group)
        messages += [
            describe(
                each.what, path=each.path, line=each.line, text=each.text, hint=hint if each is alike[-1] else None
            )
            for each in alike
        ]
    if len(errors) > MAX_REASONS_SHOWN:
        messages.append(f"and {len(errors) - MAX_REASONS_SHOWN} more")
    return messages


class ConfigError(FeedsError):
    """`config.toml`, an environment variable or an option is wrong. `path` is the file or the variable's name.

    `others` are further errors of the same settings.
    """


class SeedError(FeedsError):
    """A seed file can't be used; the run goes on without it."""


class FrontMatterError(SeedError):
    """The front matter of a seed is malformed. `others` are further errors of the same file."""


class UnreadableError(SeedError):
    """A seed can't be read, or holds no text."""


class UndatedError(UnreadableError):
    """A page lost its date, as by a typo, while its article is published."""

    @classmethod
    def of_page(cls, path: str, line: int | None, reason: str) -> UndatedError:
        """That of a page; `reason` is why it has no date."""
        hint = "write `published: 2024-06-25 14:05` into its front matter, or `status: draft` to take its article back"
        return cls(f"{reason}, and its article is published", path=path, line=line, hint=hint)


class MissingError(UnreadableError):
    """A seed is not there."""


class UnlistedError(UnreadableError):
    """A folder of seeds can't be listed: nobody knows what is in it, and all that was in it counts as still there."""


class DateError(FeedsError, ValueError):
    """A text is no date, or an impossible one."""


class ConflictError(FeedsError):
    """Two different articles claim one id."""


class LedgerError(FeedsError):
    """The ledger is malformed, or written by a newer program. `others` are further errors of the same file."""

    def list_messages(self) -> list[str]:
        """The messages of the first `MAX_REASONS_SHOWN` errors, and how many more there are."""
        return _list_alike((self, *self.others))


class LibraryError(FeedsError):
    """The library can't be opened, is held by another run, or was written by a newer program."""


class OutputError(FeedsError):
    """The output folder, or a file in it, can't be written."""


class ServeError(FeedsError):
    """The server can't start."""


class AdoptError(FeedsError):
    """An existing feed can't be read, or can't be taken over. `path` is its address or file."""


class CheckError(FeedsError):
    """A document or an address can't be read as readers would, or a document of ours fails the check."""


class GateError(FeedsError):
    """A publication is stopped because of what subscribers would see; nothing was changed.

    `path` is the file of an article, relative to config.toml, or the path of a feed, which begins with a slash.
    `others` are the reasons beyond the first.
    """

    def list_messages(self) -> list[str]:
        """The messages of the first `MAX_REASONS_SHOWN` reasons, and how many more there are."""
        return _list_alike((self, *self.others))


class BlockedError(GateError):
    """A file is why a publication is stopped. `path` is that file as it was named."""


class TextlessError(BlockedError):
    """A published article would vanish, and an unusable file may have its text. `path` is that file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was noticed and did not stop the work.

    `rule` is a short stable name ("weekday-contradicts-date"), `line` counts from 1 in the file as it is on disk.
    """

    rule: str
    what: str
    line: int | None = None
    text: str | None = None
    hint: str | None = None

    def __str__(self) -> str:
        return describe(self.what, line=self.line, text=self.text, hint=self.hint)
