"""Pages of several articles, recognised by how their texts are arranged: each below a headline of its own.

What is measured is the share of the texts that are apart so, and how alike they are; no wording of a site and no
address is looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import Final

from feeds.parse.body import BULLETS, HEADLINE_BLANKS, Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline
from feeds.parse.kinds.lists import AGO, MAX_STAMP
from feeds.parse.prose import begins_as_tail, is_captioned, is_result
from feeds.parse.stamps.candidate import Candidate

LEAST_LENGTH: Final = 50
"""Characters of a sentence that is an item's text, at least."""
LEAST_BLANKS: Final = 5
"""Blanks in it, at least."""
LEAST_APART: Final = 4
"""Texts that are apart from each other, at least."""
MOST_JOINED: Final = 0.2
"""Share of the texts that have no headline between them and the one above, at most.

Calibrated on 390 articles, none of which has so few below each other, and 140 lists.
"""
LEAST_STAMPED: Final = 3
"""Items that have a stamp of one form each, at least."""
MOST_UNLIKE: Final = 3.2
"""How many times as long as the shortest item the longest is, at most."""
LEAST_HEAD: Final = 28
"""Characters of the headlines of teasers on average, at least: those within a text are shorter."""
MAX_HEAD: Final = 150
"""Characters of a headline, at most."""
BESIDE: Final = 6
"""Lines above the first text, or below the last one, that are searched for the stamp of that item."""
HEAD_LINES: Final = 3
"""Lines above the first text among which a bullet shows that headlines have one."""
LEAST_STUCK: Final = 3
"""Paragraphs to which a headline sticks, at least."""
_DIGITS = re.compile(r"\d+")
_OTHER = re.compile(r"[^0.:/-]+")
# Of "Lk. Nord, 03.05.2024" the first full stop is none of the stamp's.
_LOOSE = re.compile(r"(?<!0)[.:/-]")
# "2. Hundesteuer wird nicht erhöht", "TOP 2: Hundesteuer"
_NUMBERED = re.compile(r"(?:[A-Z]\w{1,6}\s)?\d{1,2}[.:)]\s")
_STOPS: Final = (".", "!", "…", "...]", "…]")
# "Mehr Bäume für den KreisDer Kreis verschenkt ...": the elements of a teaser, run together.
_STUCK = re.compile(r"[^.]{12,140}?[a-zäöüß]{2}[“”\"»?!]?[„“»«]?(?!Innen)[A-ZÄÖÜ][a-zäöüß]{1,20}\s")


def stand_apart(
    lines: Sequence[Line], prose: Sequence[int], candidates: Sequence[Candidate], *, dated: bool, part: int
) -> bool:
    """Whether the texts of a page from its `part` on are those of several items: headlines are between them.

    `prose` are the numbers of its paragraphs. A page with a stamp of its own (`dated`) is a list only where its items
    have one each. What is below the label of other articles makes none of a page.
    """
    follow = sum(1 for above, below in pairwise(prose) if below == above + 1)
    if follow * 2 >= len(prose) > 1 or len(lines) < 2 * LEAST_STAMPED:
        # Most pages are articles: they need no closer look.
        return False
    days = {one.number: one.day for one in candidates if one.whole}
    texts = [number for number in _find_texts(lines, prose, days) if number >= part]
    # Short sentences alone, each below a headline, are no article's, whatever stamp it has.
    dated = dated and bool(prose)
    least_head = LEAST_HEAD if prose else 0
    if not _are_items(lines, texts, days, dated=dated, least_head=least_head):
        return False
    tails = [number for number in range(texts[0], texts[-1]) if begins_as_tail(lines[number].text)]
    return len(tails) != 1


def find_list_above(lines: Sequence[Line], candidates: Sequence[Candidate], lead: int) -> int:
    """The number of the line behind a list of headlines, each with its day above or below, in a head; 0 without one.

    The head ends at the `lead`, and holds another headline below the list.
    """
    days = {one.number: one.match.stamp.value for one in candidates if one.whole and one.match.label is None}
    first = next((number for number in days if number + 2 in days and number + 2 < lead), None)
    if first is None:
        return 0
    last = first
    while last + 2 in days:
        last += 2
    numbers = range(first, last + 1, 2)
    heads = {number for number in range(max(first - 1, 0), lead) if number not in days and _is_head(lines[number].text)}
    if len({days[number] for number in numbers}) < len(numbers) or not heads.issuperset(range(first + 1, last, 2)):
        return 0
    end = last + 1 if first - 1 in heads else last + 2
    return end if any(number in heads for number in range(end, lead)) else 0


def _is_head(text: str) -> bool:
    """Whether a line may be a headline: several words, and no sentence, caption or byline."""
    fits = text.count(" ") >= HEADLINE_BLANKS and len(text) < MAX_HEAD
    return fits and not is_sentence(text) and not is_caption(text) and not is_byline(text)


def have_stuck_headlines(texts: Sequence[str]) -> bool:
    """Whether headlines stick to most paragraphs, as where a page's elements were run together."""
    if len(texts) < LEAST_STUCK:
        return False
    others = 0
    for text in texts:
        if _STUCK.match(text) is None:
            others += 1
            if others > MOST_JOINED * len(texts):
                return False
    return True


def _are_items(
    lines: Sequence[Line], texts: Sequence[int], days: Mapping[int, date], *, dated: bool, least_head: int
) -> bool:
    """The same of some texts: teasers, of which hardly one follows on another, or items that have a stamp each."""
    if len(texts) < LEAST_STAMPED:
        return False
    if any(day < following for day, following in pairwise([days[at] for at in days if at > texts[0]])):
        # Those of a chronicle, where a list has the newest first.
        return False
    # Within a text the items of a list have bullets, too; there none is above the first paragraph.
    bullets = any(line.text[0] in BULLETS for line in lines[max(texts[0] - HEAD_LINES, 0) : texts[0]])
    gaps = [range(above + 1, below) for above, below in pairwise(texts)]
    heads = [_find_headline(lines, [at for at in gap if at not in days], bullets=bullets) for gap in gaps]
    shown = [head for head in heads if head is not None]
    joined = len(heads) - len(shown)
    if not dated and len(texts) >= LEAST_APART and joined <= MOST_JOINED * len(heads):
        sizes = [len(lines[text].text) for text in texts]
        if _are_teasers([lines[head].text for head in shown], sizes, least_head=least_head) and not all(
            is_captioned(lines, head) for head in shown
        ):
            return True
    if len(shown) + 1 < LEAST_STAMPED:
        return False
    parted = zip(gaps, heads, strict=True)
    return _are_stamped(lines, texts, [set() if head is None else _find_marks(lines, gap) for gap, head in parted])


def _are_teasers(heads: Sequence[str], sizes: Sequence[int], *, least_head: int) -> bool:
    """Whether texts of these lengths, with these headlines between them, are teasers."""
    length = sum(map(len, heads))
    return (
        length >= least_head * len(heads)
        and sum(1 for head in heads if _NUMBERED.match(head) or is_result(head)) * 2 < len(heads)
        and _are_alike(sizes)
    )


def _are_stamped(lines: Sequence[Line], texts: Sequence[int], marks: Sequence[set[str]]) -> bool:
    """Whether several items of texts, parted by `marks`, have one mark in common and are alike in length."""
    counts = Counter(chain(*marks))
    # The first item, or the last one, has its stamp above all texts, or below them.
    around = chain(range(max(texts[0] - BESIDE, 0), texts[0]), range(texts[-1] + 1, len(lines))[:BESIDE])
    outer = _find_marks(lines, around) if counts else set()
    form = max(sorted(counts), key=lambda each: (counts[each], each in outer), default="")
    if counts[form] + (form in outer) < LEAST_STAMPED:
        return False
    items = [[len(lines[texts[0]].text)]]
    for text, mark in zip(texts[1:], marks, strict=True):
        if form in mark:
            items.append([])
        items[-1].append(len(lines[text].text))
    if len(items) == LEAST_STAMPED and len(items[0]) > max(map(len, items[1:])):
        # An article has more paragraphs than the two teasers below it.
        return False
    sizes = [sum(item) for item in items]
    # A sentence above the first stamp says what the page is.
    return _are_alike(sizes[1:] if len(sizes) > LEAST_STAMPED and sizes[0] == min(sizes) else sizes)


def _are_alike(sizes: Sequence[int]) -> bool:
    """Whether items are alike in length, as an article and its comments, or teasers below it, are not."""
    return max(sizes) <= MOST_UNLIKE * min(sizes)


def _find_texts(lines: Sequence[Line], prose: Sequence[int], days: Mapping[int, date]) -> list[int]:
    """The numbers of the paragraphs and of sentences, whole or cut: any where there are no paragraphs, else longer.

    The writer may come after one: "Der Pegel sinkt weiter. | Von Max Muster".
    """
    paragraphs = set(prose)
    length, blanks = (LEAST_LENGTH, LEAST_BLANKS) if prose else (0, HEADLINE_BLANKS)
    found = []
    for number, line in enumerate(lines):
        if number in paragraphs:
            found.append(number)
        elif len(line.text) >= length and number not in days:
            text = line.text.partition(" | ")[0]
            if text.endswith(_STOPS) and text.count(" ") >= blanks and not is_caption(line.text):
                found.append(number)
    return found


def _find_marks(lines: Sequence[Line], numbers: Iterable[int]) -> set[str]:
    """What recurs with each item among some lines: the form of a stamp, a byline, a headline that is shown twice."""
    marks = set()
    above = ""
    for number in numbers:
        text = lines[number].text
        if is_result(text):
            # Its numbers are no stamp.
            continue
        if AGO.fullmatch(text) is not None:
            marks.add("ago")
        elif len(text) <= MAX_STAMP and (form := _form_of(text)).count("0") > 1:
            marks.add(form)
        elif is_byline(text):
            marks.add("byline")
        elif text == above:
            marks.add("twice")
        above = text
    return marks


def _form_of(text: str) -> str:
    """The form of the stamp in a short line: its digits, made alike, and the signs between them."""
    return _LOOSE.sub("", _OTHER.sub("", _DIGITS.sub("0", text)))


def _find_headline(lines: Sequence[Line], numbers: Iterable[int], *, bullets: bool) -> int | None:
    """The number of the longest line with the form of a headline among some, or None."""
    texts = {number: lines[number].text for number in numbers}
    heads = (
        number
        for number, text in texts.items()
        if _is_head(text) and (bullets or text[0] not in BULLETS) and not text.endswith(":")
    )
    return max(heads, key=lambda number: len(texts[number]), default=None)
