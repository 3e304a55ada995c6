"""Sentences: where one ends in German, and how a text is cut to a length without breaking one."""

from __future__ import annotations

import re

from feeds.text.characters import fold_spaces

SUMMARY_LIMIT = 300
"""Characters of a summary taken from the text."""
DERIVED_HEADLINE_LIMIT = 90
"""Characters of a headline that is derived from the first sentence, where the page shows none."""

_END = re.compile(r"[.!?…][“”\"»«’']?(?=\s+[„“\"»«‚'(]?[A-ZÄÖÜ0-9])")
_OPENERS = "(„“\"»«‚'"
# A dot after these, after a lone letter or after a number ends no sentence.
_ABBREVIATIONS = frozenset(
    """abs art bd bzw ca co dipl dr etc evtl ff geb ggf hl hrsg inkl ing jh jr kap lt max min mio mrd mr mrs nr phil
    prof rd s sog sr st str tel u usw v vgl z zzgl""".split()
)


def find_sentence_ends(text: str) -> list[int]:
    """Offsets just after each sentence of a paragraph; abbreviations, initials and ordinal numbers end none."""
    ends = []
    for match in _END.finditer(text):
        if text[match.start()] == ".":
            # The word in front of the dot; nothing that counts here is longer than a few letters.
            word = text[max(0, match.start() - 24) : match.start()].rpartition(" ")[2].lstrip(_OPENERS)
            last = word.rpartition(".")[2]
            if last.isdigit() or len(last) <= 1 or last.casefold() in _ABBREVIATIONS:
                continue
        ends.append(match.end())
    ends.append(len(text))
    return ends


def find_first_sentence(text: str) -> str:
    """The first sentence of a paragraph."""
    return text[: find_sentence_ends(text)[0]].strip()


def cut_at_word(text: str, limit: int) -> str:
    """The text, or as many whole words as fit into `limit` characters with an ellipsis after them."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace():
        head = head.rpartition(" ")[0] or head
    return head.rstrip(" ,;:–—-.") + "…"


def summarise(text: str, *, limit: int = SUMMARY_LIMIT) -> str:
    """As many whole sentences of a paragraph as fit into `limit` characters; a longer first one is cut at a word."""
    text = fold_spaces(text)
    if len(text) <= limit:
        return text
    fitting = [end for end in find_sentence_ends(text[: limit + 2]) if end <= limit and end < len(text[: limit + 2])]
    return text[: fitting[-1]].strip() if fitting else cut_at_word(text, limit)
