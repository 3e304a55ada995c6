"""Texts that must stand nowhere: protected, withdrawn, under embargo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from feeds.check.rules import Objection, Report, Rule

PROTECTED_TEXT = Rule(
    "protected-text",
    "error",
    "feeds check",
    "No text that is protected, withdrawn or under embargo is published.",
    "Take it out of the article's summary, its feeds and its pages, and publish again.",
)


def check_phrases(path: str, body: bytes, phrases: Iterable[str]) -> list[Objection]:
    """An objection for each phrase that stands in a document: protected, withdrawn or under embargo.

    It is found with its tags, escaped once or twice, and in JSON; white space is folded.
    """
    report = Report(path)
    note_phrases(report, body, phrases)
    return report.finish()


def note_phrases(report: Report, body: bytes, phrases: Iterable[str]) -> None:
    """As `check_phrases`, into a report that is there."""
    wanted = tuple(phrases)
    if not wanted:
        return
    text = body.decode("utf-8", "replace")
    if body[:1] in {b"{", b"["}:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace('\\"', '"').replace("\\n", " ")
    text = _fold(unescape(unescape(text)))
    # Between the words of a text there may be tags.
    bare = _fold(_TAGS.sub("", text))
    for phrase in wanted:
        folded = _fold(phrase)
        if folded in text or folded in bare:
            report.add(PROTECTED_TEXT, None, "a protected text is published", phrase)


_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAGS: Final = re.compile(r"<[^<>]*>")


def _fold(text: str) -> str:
    return " ".join(text.split())
