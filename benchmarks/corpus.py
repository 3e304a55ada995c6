"""The benchmark corpus: news pages in the form of the first seed, as many as asked for, the same bytes every time.

    python -m benchmarks.corpus FOLDER --articles 10000             write pages 0 to 9,999
    python -m benchmarks.corpus FOLDER --articles 1 --start 10000   add one
    python -m benchmarks.corpus FOLDER --articles 10000 --edit 5    write 5 of them again with another text

Page `i` depends on nothing but `i` and its revision, so a corpus of 1,000 is the beginning of one of 100,000. Pages are
made one at a time: memory doesn't grow with their number. Headlines and first paragraphs are distinct (checked by
tests/test_benchmark_corpus.py); stamps spread evenly over the years, in no order.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks import words

PAGES_PER_FOLDER = 1000
FIRST_DAY = date(2017, 1, 2)
DAYS = 2750
"""Days that stamps spread over: until the middle of July 2024."""
MIN_BYTES, MAX_BYTES = 2048, 5120
"""Size of a page (the seed has 2,200 bytes)."""

COMBINATIONS = len(words.NOUNS) * len(words.PLACES) * len(words.PREDICATES)
# Prime, and no divisor of the number of combinations: multiplied by it, numbers in a row fall far apart and never meet.
STRIDE = 15_485_863
_MASK = (1 << 64) - 1

_NAMES = [f"{first} {last}" for last in words.LAST_NAMES for first in words.FIRST_NAMES]
_NUMBERS = [str(number) for number in range(3, 100)]
_THOUSANDS = [f"{number / 10:.1f}00" for number in range(11, 90)]
_SHARES = [f"{whole},{tenth}%" for whole in range(1, 90) for tenth in range(1, 10, 2)]
_YEARS = [str(year) for year in range(1961, 2017)]

_Slots = tuple[list[str], ...]
_SENTENCES: list[tuple[str, _Slots]] = [
    ("%s %s %s %s.", (words.SENTENCE_SUBJECTS, words.VERBS, words.ADVERBS, words.OBJECTS)),
    ("%s %s %s, weil %s das so vorsieht.", (words.SENTENCE_SUBJECTS, words.VERBS, words.OBJECTS, words.SUBJECTS)),
    ("Nach Angaben von %s sind %s von 100 Vorhaben abgeschlossen, darunter %s.", (_NAMES, _NUMBERS, words.SUBJECTS)),
    ("„%s ist %s und bleibt es auch“, sagte %s aus %s.",
     (words.SENTENCE_SUBJECTS, words.ADJECTIVES, _NAMES, words.PLACES)),
    ("In %s und %s ist man %s weiter: Dort gibt es %s seit %s.",
     (words.PLACES, words.PLACES, words.ADVERBS, words.OBJECTS, _YEARS)),
    ("Mit %s rechnet in %s %s kaum jemand.", (words.DATIVES, words.PLACES, words.ADVERBS)),
    ("Rund %s Fachleute aus %s haben %s besichtigt und %s für %s befunden.",
     (_NUMBERS, words.PLACES, words.OBJECTS, words.OBJECTS, words.ADJECTIVES)),
    ("Der Anteil stieg von %s auf %s, vor allem dank %s.", (_SHARES, _SHARES, words.DATIVES)),
    ("Zum ersten Mal seit %s arbeitet %s mit %s zusammen.", (_YEARS, words.SUBJECTS, words.DATIVES)),
    ("Ob %s auch %s und %s berührt, ist %s offen.",
     (words.SUBJECTS, words.OBJECTS, words.OBJECTS, words.ADVERBS)),
    ("%s aus %s hält das für %s & %s.", (_NAMES, words.PLACES, words.ADJECTIVES, words.ADJECTIVES)),
    ("Vor %s Jahren hatte %s noch %s Mitglieder, heute sind es mehr als %s.",
     (_NUMBERS, words.SUBJECTS, _NUMBERS, _THOUSANDS)),
    ("Die Kosten trägt zu %s %s, den Rest %s.", (_SHARES, words.SUBJECTS, words.SUBJECTS)),
    ("Am Ende entscheidet %s; %s hat nur eine beratende Stimme.", (words.SUBJECTS, words.SUBJECTS)),
    ("„Wir haben %s %s gefragt“, erinnert sich %s, „und %s kam die Antwort.“",
     (words.ADVERBS, words.OBJECTS, _NAMES, words.ADVERBS)),
]  # fmt: skip

_HEAD = """\
Projekte
Staatsorgane
flag {crawl}
Alle Nachrichten
Alle Nachrichten
{category}
{stamp}

{headline}

"""
_FOOT = """

Abonnieren Sie uns auf
Twitter
Top-Nachrichten
Letzte Nachrichten aus Belarus
"""


class Page(NamedTuple):
    """One page: its path below the corpus folder, and its bytes."""

    path: str
    data: bytes


def render_page(index: int, *, revision: int = 0) -> Page:
    """Page `index`; another revision of it has the same name, headline and stamp, and another text."""
    digest = hashlib.blake2b(b"%d" % index, digest_size=24).digest()
    name = f"{index:06d}_{digest[:8].hex()}.txt"
    path = f"{index // PAGES_PER_FOLDER:04d}/{name}"
    when = int.from_bytes(digest[8:16], "big")
    day = FIRST_DAY + timedelta(days=when % DAYS)
    minute = when // DAYS % 1020 + 360
    crawled = day + timedelta(days=when // DAYS // 1020 % 30)
    combination = index * STRIDE % COMBINATIONS
    combination, noun = divmod(combination, len(words.NOUNS))
    predicate, place = divmod(combination, len(words.PLACES))
    head = _HEAD.format(
        crawl=f"{words.WEEKDAYS[crawled.weekday()]}, {crawled.day} {words.MONTHS[crawled.month - 1]} {crawled.year}",
        category=words.CATEGORIES[when % len(words.CATEGORIES)],
        stamp=f"{day.day:02d} {words.MONTHS[day.month - 1]} {day.year}, {minute // 60:02d}:{minute % 60:02d}",
        headline=f"{words.NOUNS[noun]} in {words.PLACES[place]} {words.PREDICATES[predicate]}",
    )
    lead = (
        f"{words.PLACES[place].upper()}, {day.day}. {words.MONTHS[day.month - 1]} (MD) – "
        f"{words.SENTENCE_SUBJECTS[noun]} in {words.PLACES[place]} {words.PREDICATES[predicate]}. "
        f"Das wurde am {words.WEEKDAYS[day.weekday()]} bekannt."
    )
    text = _write_text(lead, state=int.from_bytes(digest[16:], "big") ^ revision * STRIDE)
    return Page(path, (head + text + _FOOT).encode())


def iterate_pages(articles: int, *, start: int = 0) -> Iterator[Page]:
    """`articles` pages from page `start` on, one at a time."""
    return (render_page(index) for index in range(start, start + articles))


def iterate_edits(articles: int, edits: int, *, revision: int = 1) -> Iterator[Page]:
    """`edits` of the first `articles` pages, spread evenly, with another text each."""
    if not 0 <= edits <= articles:
        raise ValueError(f"can't edit {edits} of {articles} pages")
    return (render_page(number * articles // edits, revision=revision) for number in range(edits))


def write_pages(folder: Path, pages: Iterator[Page]) -> int:
    """The number of pages written below the folder."""
    count = 0
    made = ""
    for page in pages:
        parent = page.path.partition("/")[0]
        if parent != made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made = parent
        (folder / page.path).write_bytes(page.data)
        count += 1
    return count


def _write_text(lead: str, *, state: int) -> str:
    """The lead and as many sentences behind it as make a page of a drawn size, in paragraphs.

    Numbers come from Knuth's linear congruential generator (MMIX), whose high bits are good enough to choose words.
    """
    kinds = len(_SENTENCES)
    state = (state * 6364136223846793005 + 1442695040888963407) & _MASK
    # Characters, not bytes: the page around the text and its umlauts take up to 600 bytes more.
    wanted = MIN_BYTES + (state >> 33) % (MAX_BYTES - MIN_BYTES - 700)
    parts = [lead]
    size = len(lead)
    left = 2
    while size < wanted:
        state = (state * 6364136223846793005 + 1442695040888963407) & _MASK
        drawn = state >> 24
        drawn, kind = divmod(drawn, kinds)
        form, slots = _SENTENCES[kind]
        chosen = []
        for table in slots:
            state = (state * 6364136223846793005 + 1442695040888963407) & _MASK
            chosen.append(table[(state >> 33) % len(table)])
        sentence = form % tuple(chosen)
        parts.append(" " if left else "\n\n")
        parts.append(sentence)
        size += len(sentence) + 1
        left = left - 1 if left else 2 + drawn % 3
    return "".join(parts)


def main(arguments: list[str] | None = None) -> None:
    """Write a corpus as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description="Write the benchmark corpus.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000, help="how many pages")
    parser.add_argument("--start", type=int, default=0, help="number of the first page; to add to a corpus")
    parser.add_argument("--edit", type=int, metavar="N", help="write N of the pages again with another text")
    parser.add_argument("--revision", type=int, default=1, help="which other text; 0 is the first one")
    asked = parser.parse_args(arguments)
    if asked.edit is None:
        pages = iterate_pages(asked.articles, start=asked.start)
    else:
        pages = iterate_edits(asked.articles, asked.edit, revision=asked.revision)
    print(f"{write_pages(asked.folder, pages)} pages in {asked.folder}")


if __name__ == "__main__":
    main()
