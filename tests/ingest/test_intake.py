"""Which seeds a run reads: what is listed and what the library knows are compared side by side, in one order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.newsroom import Newsroom

# Letters whose order differs between code points, UTF-16 and a locale, and what sorts before a slash.
NAMES = st.text("aÄz-.0\uffed😀", min_size=1, max_size=3).map(lambda text: f"x{text}.txt")
PATHS = st.one_of(NAMES, st.builds("{}/{}".format, st.sampled_from(["x", "xa", "xÄ", "x-", "x😀"]), NAMES))
FOLDERS = st.sets(PATHS, min_size=1, max_size=8)


@given(before=FOLDERS, after=FOLDERS)
@settings(max_examples=12, deadline=None)  # each builds twice
def test_only_what_is_new_is_read_and_only_what_is_gone_is_forgotten(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], after: set[str]
) -> None:
    newsroom = Newsroom.make(tmp_path_factory.mktemp("blatt"))
    for number, name in enumerate(sorted(before)):
        newsroom.write(name, f"Haus {number} eröffnet")
    newsroom.build_well()
    for name in before - after:
        (newsroom.folder / "seeds" / name).unlink()
    for number, name in enumerate(sorted(after - before)):
        newsroom.write(name, f"Brücke {number} gesperrt")
    told = newsroom.build_well().out
    new, removed, unchanged = len(after - before), len(before - after), len(before & after)
    assert f"{new} new, 0 changed, {unchanged} unchanged, {removed} removed" in told
