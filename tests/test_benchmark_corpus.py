"""The benchmark corpus: the same pages on every machine, all different, of the promised size and form."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from itertools import islice
from math import gcd
from pathlib import Path

import pytest

from benchmarks import corpus, words

PAGES = list(corpus.iterate_pages(3000))
MONTH_NAMES = "|".join(words.MONTHS)
FORM = re.compile(
    r"Projekte\nStaatsorgane\nflag (?P<weekday>\w+), (?P<crawled>\d+ \w+ \d{4})\nAlle Nachrichten\nAlle Nachrichten\n"
    rf"(?P<category>\w+)\n(?P<stamp>\d\d (?:{MONTH_NAMES}) \d{{4}}), \d\d:\d\d\n\n"
    r"(?P<headline>[^\n]+)\n\n(?P<lead>[A-ZÄÖÜß]+, [^\n]+)\n\n(?P<rest>.+?)\n\n?"
    r"Abonnieren Sie uns auf\nTwitter\nTop-Nachrichten\nLetzte Nachrichten aus Belarus\n?",
    re.DOTALL,
)


def read(page: corpus.Page) -> re.Match[str]:
    match = FORM.fullmatch(page.data.decode())
    assert match is not None, page.path
    return match


def parse_day(text: str) -> date:
    day, month, year = text.split()
    return date(int(year), words.MONTHS.index(month) + 1, int(day))


def test_a_page_depends_on_its_number_only() -> None:
    assert corpus.render_page(2718) == PAGES[2718]
    assert list(islice(corpus.iterate_pages(10_000), 3000)) == PAGES
    assert list(corpus.iterate_pages(5, start=100)) == PAGES[100:105]


def test_pages_stay_the_same_between_versions() -> None:
    # A figure in docs/ names this corpus: whoever changes its bytes changes this line and the figures.
    digest = hashlib.blake2b(digest_size=8)
    for page in PAGES:
        digest.update(page.path.encode() + b"\0" + page.data)
    assert digest.hexdigest() == "6f467a12bd7eb002"


def test_pages_have_the_form_of_the_seed() -> None:
    seed = next(Path(__file__).parent.parent.joinpath("seeds").glob("000_*.txt"))
    assert FORM.fullmatch(seed.read_text(encoding="utf-8"))
    for page in PAGES:
        read(page)


def test_pages_have_two_to_five_kilobytes() -> None:
    assert min(len(page.data) for page in PAGES) >= corpus.MIN_BYTES
    assert max(len(page.data) for page in PAGES) <= corpus.MAX_BYTES


@pytest.mark.parametrize("part", ["headline", "lead"])
def test_no_two_pages_share_a_headline_or_a_first_paragraph(part: str) -> None:
    assert len({read(page)[part] for page in PAGES}) == len(PAGES)
    # Page numbers are mapped to combinations of words one to one: this holds for the pages not drawn here too.
    assert gcd(corpus.STRIDE, corpus.COMBINATIONS) == 1
    assert corpus.COMBINATIONS >= 10_000_000
    for table in (words.NOUNS, words.PLACES, words.PREDICATES):
        assert len(set(table)) == len(table)


def test_stamps_spread_over_the_years_and_none_is_later_than_its_crawl() -> None:
    days = [parse_day(read(page)["stamp"]) for page in PAGES]
    assert {day.year for day in days} == set(range(2017, 2025))
    for page, day in zip(PAGES, days, strict=True):
        crawled = parse_day(read(page)["crawled"])
        assert day <= crawled
        assert read(page)["weekday"] == words.WEEKDAYS[crawled.weekday()]


def test_every_category_has_its_share() -> None:
    found = [read(page)["category"] for page in PAGES]
    assert len(words.CATEGORIES) >= 5
    for category in words.CATEGORIES:
        assert found.count(category) > len(found) / len(words.CATEGORIES) / 2


def test_there_are_about_three_thousand_words() -> None:
    tables = [words.NOUNS, words.PLACES, words.VERBS, words.ADVERBS, words.ADJECTIVES, words.FIRST_NAMES]
    assert len({word for table in tables for word in table}) >= 2_900


def test_an_edited_page_keeps_its_name_headline_and_stamp_and_changes_its_text() -> None:
    edits = list(corpus.iterate_edits(len(PAGES), 30))
    before = {page.path: page for page in PAGES}
    assert len({page.path for page in edits}) == 30
    for page in edits:
        old, new = read(before[page.path]), read(page)
        for part in ("headline", "stamp", "category", "lead", "crawled"):
            assert new[part].partition(". Das wurde")[0] == old[part].partition(". Das wurde")[0]
        assert new["rest"] != old["rest"]
    assert edits != list(corpus.iterate_edits(len(PAGES), 30, revision=2))


def test_more_edits_than_pages_are_refused() -> None:
    with pytest.raises(ValueError, match="can't edit 6 of 5"):
        corpus.iterate_edits(5, 6)


def test_the_command_writes_adds_and_edits(tmp_path: Path) -> None:
    corpus.main([str(tmp_path), "--articles", "1005"])
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt"))
    assert files == sorted(page.path for page in PAGES[:1005])
    assert all((tmp_path / page.path).read_bytes() == page.data for page in PAGES[:1005])

    corpus.main([str(tmp_path), "--articles", "1", "--start", "1005"])
    assert (tmp_path / PAGES[1005].path).read_bytes() == PAGES[1005].data

    corpus.main([str(tmp_path), "--articles", "1005", "--edit", "3"])
    changed = [page.path for page in PAGES[:1006] if (tmp_path / page.path).read_bytes() != page.data]
    assert changed == [page.path for page in corpus.iterate_edits(1005, 3)]
