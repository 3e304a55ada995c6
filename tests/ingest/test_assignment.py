"""Each changed seed has its article, whether seeds are compared at once or only where they may be one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.ingest.identity import assignment
from feeds.ingest.identity.grouping import group_seeds
from feeds.ingest.identity.groups import Seed
from feeds.store import BATCH
from tests.newsroom import Newsroom

# Few of each, so that pages have headline, first paragraph or address in common.
PAGES = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["", "Eins.", "Zwei."]), st.sampled_from(["", "1", "2"])),
    min_size=1,
    max_size=4,
)


def write(newsroom: Newsroom, pages: Iterable[tuple[str, str, str]], folder: str) -> None:
    for number, (headline, lead, url) in enumerate(pages):
        front = {"url": f"https://example.net/{url}"} if url else {}
        newsroom.write(f"{folder}/{number}.txt", f"Haus {headline} steht", lead=lead or None, **front)


@given(before=PAGES, after=PAGES)
@settings(max_examples=5, deadline=None)  # each builds four times
def test_seeds_with_nothing_in_common_are_articles_by_themselves(
    tmp_path_factory: pytest.TempPathFactory, before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    ledgers = []
    for is_any_shared in (assignment._Ties.is_any_shared, lambda *_: True):
        newsroom = Newsroom.make(tmp_path_factory.mktemp("blatt"))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(assignment._Ties, "is_any_shared", is_any_shared)
            patched.setattr(assignment, "BATCH", 0)
            for pages, folder in ((before, "a"), (after, "b")):
                write(newsroom, pages, folder)
                newsroom.build()
        ledgers.append(newsroom.ledger.read_bytes())
    assert ledgers[0] == ledgers[1]


def test_only_seeds_that_may_be_one_article_are_held_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom, held = Newsroom.make(tmp_path / "blatt"), []
    for number in range(BATCH + 100):
        newsroom.write(f"{number:03}.txt", f"Haus {number} eröffnet")
    newsroom.write("kopie.txt", "Haus 7 eröffnet")

    def count(seeds: list[Seed], **given: Any) -> Any:
        held.append([seed.path for seed in seeds])
        return group_seeds(seeds, **given)

    monkeypatch.setattr(assignment, "group_seeds", count)
    newsroom.build_well()
    assert {"seeds/007.txt", "seeds/kopie.txt"} <= set(held[-1])
    assert len(held[-1]) < 30
    assert len(newsroom.lines()) == BATCH + 100


def test_a_refused_file_is_looked_at_again_where_something_it_says_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom, grouped = Newsroom.make(tmp_path / "blatt"), set[str]()

    def note(seeds: list[Seed], **given: Any) -> Any:
        grouped.update(seed.path.removeprefix("seeds/") for seed in seeds)
        return group_seeds(seeds, **given)

    def build() -> set[str]:
        grouped.clear()
        newsroom.build()
        return set(grouped)

    monkeypatch.setattr(assignment, "group_seeds", note)
    url = "https://deu.belta.by/politics/view/haus-eroeffnet-65969-2024/"
    newsroom.write("a.txt", "Haus eröffnet", url=url)
    newsroom.write("b.txt", "Hund entlaufen", lead="Ein Hund lief weg.", stamp="2 Mai 2024, 10:00", url=url)
    assert build() == {"a.txt", "b.txt"}
    newsroom.write("c.txt", "Etwas anderes", stamp="3 Mai 2024, 10:00")
    assert build() == {"c.txt"}
    newsroom.write("d.txt", "Wieder Hunde", lead="Ein Hund lief weg.", stamp="4 Mai 2024, 10:00")
    assert build() == {"a.txt", "b.txt", "d.txt"}
    newsroom.write("a.txt", "Haus eröffnet")
    assert build() == {"a.txt", "b.txt", "d.txt"}
