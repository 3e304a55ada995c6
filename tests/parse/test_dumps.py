"""What converters and text browsers put into a page is taken off it, and no line goes with it."""

from __future__ import annotations

from feeds.parse.dumps import unmark


def test_lines_stay_as_many_where_a_browser_numbered_the_links() -> None:
    numbers = [f"[{number}]" for number in range(1, 7)]
    lines = [*numbers, "[7]Politik", "", " 1. https://beispiel.de/", " 2. https://beispiel.de/politik"]
    assert unmark(lines) == [*[""] * len(numbers), "Politik", "", "", ""]
