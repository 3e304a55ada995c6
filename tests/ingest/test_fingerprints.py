"""The code behind the library's rows: another one redoes them, and whether it is another is found out quickly."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.ingest import fingerprints
from tests.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.build_well()
    newsroom.write("b.txt", "Noch eine Meldung")
    fingerprints._digest_part.cache_clear()
    return newsroom


def digest_another(_name: str) -> str:
    return "another"


def test_code_that_is_as_the_last_run_found_it_is_not_read_again(newsroom: Newsroom) -> None:
    assert "1 read, 1 new" in newsroom.build_well().out
    assert fingerprints._digest_part.cache_info().misses == 0


@pytest.mark.parametrize("is_other", [False, True])
def test_code_with_another_status_is_read_and_redoes_what_another_code_would(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, *, is_other: bool
) -> None:
    for module in ("feeds.ingest.preparation", "feeds.publish.last_run"):
        monkeypatch.setattr(f"{module}.find_code_status", lambda: "another")
    if is_other:
        monkeypatch.setattr(fingerprints, "_digest_part", digest_another)
    told = newsroom.build_well().out
    assert ("2 read, 1 new" if is_other else "1 read, 1 new") in told
    assert is_other or fingerprints._digest_part.cache_info().misses > 0
