"""The authors whose names are alone on their lines: below the headline, the lead or the stamp, or above their role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import islice, takewhile
from typing import Final, NamedTuple

from feeds.parse.body import closes_with_credit, is_sentence
from feeds.parse.bylines import is_person, is_place, is_role, without_place
from feeds.parse.head.judging import is_relative_stamp
from feeds.parse.prose import NOISE_LINE, is_prose
from feeds.parse.words import GIVEN_NAMES

MAX_SIGNERS: Final = 3
"""Authors whose names are below each other, at most."""
MAX_TOOLS: Final = 4
"""Lines of tools below a name, at most."""
TOPIC_TEXTS: Final = 3
"""Paragraphs at the beginning of a text that name whom it is about, at most."""


class Signers(NamedTuple):
    """The names of authors, the numbers of the lines that hold them, and the rule by which they are that."""

    names: tuple[str, ...]
    lines: range
    rule: str


def find_signers(texts: Sequence[str], numbers: Iterable[int], *, headline: int, stamps: Set[int]) -> Signers | None:
    """The Signers among the lines with these numbers; None where there are none.

    `stamps` are the numbers of the lines that hold nothing but a stamp.
    """
    for number in numbers:
        above, text = texts[number - 1], texts[number]
        if number - 1 in stamps and text.startswith(", ") and is_person(text[2:]):
            # What began on the stamp's line goes on below it.
            return Signers((text[2:],), range(number, number + 1), "behind the stamp")
        names = list_names(texts, number)
        stop = number + len(names)
        if not names or stop == len(texts):
            continue
        if is_role(texts[stop]):
            return Signers(names, range(number, stop + 1), "above what the person does")
        stop += stop + 1 < len(texts) and is_place(texts[stop])
        follows = _behind_tools(texts, stop)
        is_stamped = stop in stamps or is_relative_stamp(texts[stop])
        if is_stamped and is_sentence(above):
            return Signers(names, range(number, stop), "between lead and stamp")
        is_near = number - 1 == headline or number - 1 in stamps
        if len(names) == 1 and is_near and (is_stamped or (follows < len(texts) and is_prose(texts[follows]))):
            below = (line for line in islice(texts, stop, None) if is_prose(line) and not closes_with_credit(line))
            if not _is_topic(names[0], [texts[headline], *islice(below, TOPIC_TEXTS)]):
                return Signers(names, range(number, stop), "a name alone")
    return None


def find_below_lead(texts: Sequence[str], lead: int, *, headline: int, stamps: Set[int]) -> Signers | None:
    """The Signer whose name is alone between a lead and a paragraph, where the stamp is above; None where none is.

    `lead` is the number of its line. A text that has the person in it is about that person.
    """
    names = list_names(texts, lead + 1)
    stop = _behind_tools(texts, lead + 2)
    is_stamped = any(number in stamps for number in range(max(0, headline - 1), lead))
    # "Clara Muster – Genua" is nothing else.
    is_stamped = is_stamped or (lead + 1 < len(texts) and without_place(texts[lead + 1]) != texts[lead + 1])
    if len(names) != 1 or names[0].split()[0] not in GIVEN_NAMES or not is_stamped or stop >= len(texts):
        # Right below the first paragraph, "Klare Worte" is a sub-headline.
        return None
    if not (is_sentence(texts[lead]) and is_prose(texts[stop])):
        return None
    below = filter(is_prose, islice(texts, stop, None))
    if _is_topic(names[0], [texts[headline], texts[lead], *islice(below, TOPIC_TEXTS)]):
        return None
    return Signers(names, range(lead + 1, lead + 2), "a name alone below the lead")


def list_names(texts: Sequence[str], number: int) -> tuple[str, ...]:
    """The persons whose names are alone on the lines from this number on, without their places."""
    return tuple(takewhile(_is_name, map(without_place, texts[number : number + MAX_SIGNERS])))


def _behind_tools(texts: Sequence[str], number: int) -> int:
    """The number of the first line from this one on that is no tool of the page."""
    return number + sum(1 for _ in takewhile(_is_tool, texts[number : number + MAX_TOOLS]))


def _is_tool(text: str) -> bool:
    return NOISE_LINE.fullmatch(text) is not None or text == "Keine Kommentare"


def _is_name(text: str) -> bool:
    """Whether a line is a person's name, and not what one does: "Redaktor News"."""
    return is_person(text) and not is_role(text)


def _is_topic(name: str, texts: Iterable[str]) -> bool:
    """Whether a text is about a person: its headline or one of its first paragraphs has the last name."""
    last = re.compile(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}s?\b")
    return any(map(last.search, texts))
