"""Which files are one article: in any order of the files, and in the next run as in this one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.ingest.identity.grouping import find_forgotten, group_seeds
from feeds.ingest.identity.groups import MAX_HOLDERS, Group, Known, Seed
from feeds.ingest.identity.ids import mint_id
from feeds.ingest.identity.keys import group_by_kind, rank_key

CASES = json.loads((Path(__file__).parent.parent / "data/ingest/identity.json").read_text(encoding="utf-8"))
# Few of each, so that they contradict each other.
KEYS = st.tuples(
    st.sampled_from([None, None, "id:1", "id:2"]),
    st.sampled_from([None, None, "number:b:1", "number:b:2"]),
    st.sampled_from([None, "url:a", "url:b", "url:c"]),
    st.sampled_from(["report:1", "report:2", "report:3"]),
    st.sampled_from(["lead:1", "lead:2"]),
).map(lambda keys: tuple(key for key in keys if key))


@dataclass
class Ledger:
    """What a ledger says of articles, which texts are two (pairs of paths), which may not be published (paths)."""

    known: dict[str, Known] = field(default_factory=dict)
    holders: dict[str, list[str]] = field(default_factory=dict)
    different: set[frozenset[str]] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)

    def add(self, known: Known) -> None:
        self.known[known.id] = known
        self.holders = {}
        for each in self.known.values():
            for key in chain.from_iterable(each.keys.values()):
                self.holders.setdefault(key, []).append(each.id)

    def group(self, seeds: Sequence[Seed]) -> list[Group]:
        return group_seeds(
            seeds,
            holders=self.holders,
            known=self.known,
            differ=self.differ,
            mint=self.mint,
            publishes=self.publishes,
        )

    def differ(self, one: Seed, other: Seed, by: str) -> bool:  # noqa: ARG002 (whatever they share)
        return {one.path, other.path} in self.different

    def publishes(self, group: Group) -> bool:
        return group.best().path not in self.withheld

    def mint(self, group: Group, taken: set[str]) -> str:
        names = sorted(chain.from_iterable(group.keys.values()), key=rank_key)
        for name in [*names, *(f"{names[0]} {number}" for number in range(20))]:
            minted = mint_id("x", [name])
            having = self.known.get(minted)
            if minted not in taken and (having is None or having.page == group.best().page):
                return minted
        raise AssertionError(names)

    def write(self, groups: Sequence[Group]) -> Ledger:
        """The ledger as a run writes it."""
        written = Ledger(dict(self.known), different=self.different, withheld=self.withheld)
        forgotten = find_forgotten(groups, self.holders)
        for group in groups:
            assert group.id is not None
            old, best = self.known.get(group.id), group.best()
            kept = {*chain.from_iterable(old.keys.values() if old else ())} - forgotten.get(group.id, set())
            if self.publishes(group):
                keys = group_by_kind({*kept, *group.list_own_keys()})
                written.add(Known(group.id, keys, best.page, best.words or "", has_left=False))
            elif old is not None:
                written.add(replace(old, keys=group_by_kind(kept), has_left=True))
        with_files = {group.id for group in groups}
        for each in self.known.values():
            if each.id not in with_files:
                # An article leaves the feeds with its last file.
                written.add(replace(each, has_left=True))
        return written


def make_seed(path: str, *keys: str, said: str = "", rank: str = "") -> Seed:
    """A file that says something of its own, or what others do."""
    return Seed(path, keys, f"{said or path}{keys}", said or path, f"{rank}|{path}")


def tell(groups: Iterable[Group]) -> dict[str, tuple[str | None, str | None]]:
    """By path: the article of each file, and the path of the one that has its key, where it is another article."""
    kept = {seed.path: (group.id, None) for group in groups for seed in group.seeds}
    return kept | {path: (group.id, rival) for group in groups for path, rival in group.find_rivals().items()}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Seed], Ledger]:
    """A few files, and a ledger that knows articles that some of them may be."""
    said = st.sampled_from(["eins", "zwei", "drei", ""])
    several = draw(st.lists(st.tuples(KEYS, said, st.sampled_from("012")), min_size=1, max_size=7))
    seeds = [make_seed(f"{n}.txt", *keys, said=said, rank=rank) for n, (keys, said, rank) in enumerate(several)]
    ledger = Ledger()
    for _ in range(draw(st.integers(0, 4))):
        keys = tuple(sorted({*draw(KEYS), *draw(KEYS)}, key=rank_key))
        text = draw(st.sampled_from(seeds))
        page = text.page if draw(st.booleans()) and set(keys) & set(text.keys) else "another"
        identifier = mint_id("x", [draw(st.sampled_from(keys))])
        ledger.add(
            Known(identifier, group_by_kind(keys), page, draw(st.sampled_from(["eins", "zwei"])), draw(st.booleans()))
        )
    pairs = [{a.path, b.path} for a, b in combinations(seeds, 2) if a.words != b.words]
    ledger.different = {frozenset(pair) for pair in pairs if draw(st.integers(0, 2)) == 0}
    return seeds, ledger


@given(worlds())
@settings(max_examples=300)
def test_the_next_run_groups_the_same_files_as_this_one(world: tuple[list[Seed], Ledger]) -> None:
    seeds, ledger = world
    groups = ledger.group(seeds)
    assert sorted(tell(groups)) == sorted(seed.path for seed in seeds)
    written = ledger.write(groups)
    again = written.group(seeds)
    assert tell(again) == tell(groups)
    assert written.write(again).known == written.known


@given(worlds())
def test_whoever_is_published_stays(world: tuple[list[Seed], Ledger]) -> None:
    seeds, ledger = world
    first = ledger.group(seeds)
    written = ledger.write(first)
    for group in first:
        alone = tell(written.group([group.best()]))
        assert alone == {group.best().path: (group.id, None)}


@pytest.mark.parametrize("case", CASES["groups"], ids=lambda case: str(case["name"]))
def test_files_of_one_article_are_one_group_in_any_order(case: dict[str, Any]) -> None:
    files = [make_seed(f"{number}.txt", *keys) for number, keys in enumerate(case["seeds"])]
    wanted = {frozenset(f"{number}.txt" for number in group) for group in case["groups"]}
    minted = {mint_id("x", set().union(*(case["seeds"][number] for number in group))) for group in case["groups"]}
    for order in permutations(files):
        found = Ledger().group(order)
        assert {frozenset(seed.path for seed in group.seeds) for group in found} == wanted
        assert {group.id for group in found} == minted


@given(st.lists(KEYS, min_size=1, max_size=5))
def test_groups_share_no_number(keys: list[tuple[str, ...]]) -> None:
    groups = Ledger().group([make_seed(f"{number}.txt", *each) for number, each in enumerate(keys)])
    numbers = [key for group in groups for key in group.keys.get("number", ())]
    assert len(numbers) == len(set(numbers))


def test_a_standing_first_paragraph_stays_linear_and_joins_nothing() -> None:
    asked = 0

    class Counting(dict[str, list[str]]):
        def get(self, key: str, default: Any = None) -> Any:
            nonlocal asked
            asked += key == "lead:wetter"
            return super().get(key, default)

    files = [make_seed(f"{number}.txt", f"number:b:{number}-2024", "lead:wetter") for number in range(1000)]
    assert len(Ledger(holders=Counting()).group(files)) == 1000
    assert asked < 5000
    assert MAX_HOLDERS < 20


def test_a_text_that_may_not_be_published_is_refused_as_in_the_next_run() -> None:
    ledger = Ledger(different={frozenset({"a.txt", "b.txt"})}, withheld={"a.txt"})
    files = [make_seed("a.txt", "report:1", "lead:1"), make_seed("b.txt", "id:1", "report:1", "lead:2")]
    groups = ledger.group(files)
    published = mint_id("x", ["id:1"])
    assert tell(groups) == {"a.txt": (published, "b.txt"), "b.txt": (published, None)}
    written = ledger.write(groups)
    assert written.known.keys() == {published}
    assert tell(written.group(files)) == tell(groups)


def test_many_files_of_one_article_stay_linear() -> None:
    asked = 0

    class Key(str):
        __slots__ = ()

        def __hash__(self) -> int:
            nonlocal asked
            asked += 1
            return super().__hash__()

    files = [make_seed(f"{n}.txt", Key(f"url:{n}"), Key("report:1"), Key("lead:1"), said="so") for n in range(1000)]
    (group,) = Ledger().group(files)
    assert len(group.seeds) == 1000
    assert asked < 100 * len(files)


def test_an_article_keeps_its_file_though_others_have_better_claims_to_its_keys() -> None:
    ledger = Ledger(different={frozenset({"a.txt", "b.txt"})})
    files = [make_seed("b.txt", "report:1", "lead:1")]
    ledger = ledger.write(ledger.group(files))
    files = [make_seed("a.txt", "id:1", "report:1", "lead:2"), *files]
    one = ledger.group(files)
    assert tell(one) == {"a.txt": (mint_id("x", ["id:1"]), None), "b.txt": (mint_id("x", ["report:1"]), None)}


def test_the_best_key_that_two_files_share_decides_where_a_third_has_a_worse_one() -> None:
    differing = {frozenset({"a.txt", "b.txt"}), frozenset({"a.txt", "c.txt"})}
    # a.txt has the address first; the file with the number of b.txt comes last.
    files = [make_seed("a.txt", "url:a"), make_seed("b.txt", "number:b:1", "url:a"), make_seed("c.txt", "number:b:1")]
    found = tell(Ledger(different=differing).group(files))
    assert {path: rival for path, (_, rival) in found.items()} == {"a.txt": None, "b.txt": None, "c.txt": None}
    assert found["b.txt"][0] == found["c.txt"][0] != found["a.txt"][0]


def test_a_number_that_was_corrected_leaves_the_article_what_it_is() -> None:
    first = make_seed("a.txt", "number:b:1", "report:1", "lead:1", said="so")
    ledger = Ledger(different={frozenset({"a.txt", "b.txt"})})
    (published,) = ledger.group([first])
    ledger = ledger.write([published])
    corrected = make_seed("a.txt", "number:b:2", "report:1", "lead:1", said="so")
    other = make_seed("b.txt", "number:b:1", "report:2", "lead:2")
    groups = ledger.group([corrected, other])
    assert tell(groups)["a.txt"] == (published.id, None)
    assert tell(groups)["b.txt"][0] != published.id
    assert find_forgotten(groups, ledger.holders) == {published.id: {"number:b:1"}}
    # Where its own file is still there, another with its words and another number is another article.
    copy = make_seed("c.txt", "number:b:2", "report:1", "lead:1", said="so")
    assert tell(ledger.group([first, copy]))["c.txt"][0] != published.id
