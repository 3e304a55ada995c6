"""Progress where there is no terminal: a line for what takes long, none for what does not."""

from __future__ import annotations

import time

import pytest

from feeds.cli.progress import show_progress


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_a_stage_that_takes_long_says_how_far_it_is(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as progress:
        for done in range(5):
            progress("reading", done, 4)
            clock.seconds += 6
    assert capsys.readouterr().err == "reading: 2 of 4\nreading: 4 of 4\n"


def test_the_lines_go_where_a_server_logs(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    with show_progress(told.append) as progress:
        for done in range(5):
            progress("reading", done, 4)
            clock.seconds += 6
    assert told == ["reading: 2 of 4", "reading: 4 of 4"]
    assert capsys.readouterr().err == ""


def test_short_rounds_of_a_server_say_nothing_however_long_it_runs(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with show_progress() as progress:
        for _ in range(3):
            progress("rendering", 4, 5)
            progress("rendering", 4, 4)
            clock.seconds += 100
    assert capsys.readouterr().err == ""


def test_nothing_to_do_says_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as progress:
        for _ in range(3):
            progress("rendering", 0, 0)
            clock.seconds += 100
    assert capsys.readouterr().err == ""
