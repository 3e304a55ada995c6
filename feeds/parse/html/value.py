"""What a page says of itself, with the place where it does: out of its metadata, or out of what it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A value, the offset of its line in the file, and the rule that found it.

    `form` says what it is: "machine", written for machines; "date", the text of an element named for a date; "text",
    a text that holds a date, to be judged as such.
    """

    text: str
    offset: int | None
    rule: str
    form: str = "machine"
