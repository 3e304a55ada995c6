"""Which entries a feed holds: the unsealed, the newest, the last hours, within the bytes."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import select


class Item(NamedTuple):
    """An entry as `select` sees it."""

    place: int
    published: int
    seen: int = 0
    size: int = 100


candidates = st.lists(
    st.builds(Item, st.integers(1, 40), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 500)),
    max_size=25,
    unique_by=lambda item: item.place,
)
limits = st.fixed_dictionaries(
    {
        "entries": st.integers(1, 20),
        "hours": st.integers(0, 48),
        "max_bytes": st.integers(1, 5000),
        "sealed_through": st.none() | st.integers(0, 40),
    }
)


@given(candidates, limits, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(found: list[Item], limit: dict[str, int], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert select(shuffled, **limit) == select(found, **limit)


@given(candidates, limits)
def test_what_is_held_is_newest_first_and_within_the_limits(found: list[Item], limit: dict[str, int]) -> None:
    held = select(found, **limit)
    assert set(held) <= set(found)
    assert bool(held) is bool(found)
    assert held == sorted(held, key=lambda item: (item.published, item.place), reverse=True)
    sealed = limit["sealed_through"]
    waiting = {item for item in found if sealed is not None and item.place > sealed}
    assert waiting <= set(held)  # an entry is in an archive document or here, never in neither
    rest = [item for item in held if item not in waiting]
    if len(held) > 1 and rest:
        assert sum(item.size for item in held) <= limit["max_bytes"]
    if limit["hours"] == 0:
        assert len(rest) <= limit["entries"]


@pytest.mark.parametrize(
    ("limit", "places"),
    [
        ({"entries": 2}, [5, 4]),
        ({"entries": 2, "hours": 1}, [5, 4, 3]),
        ({"entries": 5, "max_bytes": 250}, [5, 4]),
        ({"entries": 5, "max_bytes": 1}, [5]),
        ({"entries": 1, "sealed_through": 2}, [5, 4, 3]),
        ({"entries": 1, "sealed_through": 2, "max_bytes": 1}, [5, 4, 3]),
        ({"entries": 1, "sealed_through": 5}, [5]),
    ],
)
def test_select(limit: dict[str, int], places: list[int]) -> None:
    found = [Item(place, place * 1800, place * 1800) for place in range(1, 6)]
    held = select(
        found,
        entries=limit.get("entries", 5),
        hours=limit.get("hours", 0),
        max_bytes=limit.get("max_bytes", 10**6),
        sealed_through=limit.get("sealed_through"),
    )
    assert [item.place for item in held] == places
