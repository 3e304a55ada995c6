"""Hostile texts: whatever a seed says, the site is built and nothing in it is objected to."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.newsroom import NOW, ROOT, SETTINGS, Newsroom

SEEDS = sorted((ROOT / "tests/data/journeys/hostile").iterdir())


def test_hostile_texts_give_a_site_without_objections(tmp_path: Path) -> None:
    settings = SETTINGS.replace('layout = "belta"\n', "") + '\n[feeds]\nsets = ["tag"]\n'
    newsroom = Newsroom.make(tmp_path / "room", settings)
    for seed in SEEDS:
        shutil.copy(seed, newsroom.folder / "seeds")
    newsroom.build_well()
    assert len(newsroom.entries()) == len(SEEDS)
    assert all(entry.title for entry in newsroom.entries())
    run = newsroom.feeds("check", "--now", NOW)
    assert "0 errors, 0 warnings" in run.out, run.told
