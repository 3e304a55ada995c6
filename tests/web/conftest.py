"""Servers for tests."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.serving import Server, make_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server, one a module."""
    made = make_server(tmp_path_factory.mktemp("newsroom"))
    made.start()
    # A second later the instant of the last change lies in the past for every rule that compares with it.
    time.sleep(1.1)
    yield made
    made.stop()


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to be started by it."""
    made = make_server(tmp_path / "newsroom")
    yield made
    if made.process is not None:
        made.stop(signal.SIGKILL)
