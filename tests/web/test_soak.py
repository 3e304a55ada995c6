"""A short form of `make soak`."""

from __future__ import annotations

from benchmarks.soak import soak


def test_mixed_polling_while_seeds_change() -> None:
    run = soak(6, 100, pause=0.4, least={200: 101, 304: 21})
    assert run.problems == []
    assert run.statuses[200] > 100
    assert run.statuses[304] > 20
    assert run.revision > 3
