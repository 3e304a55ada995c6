"""What a target of a comparison is: the state that a folder, a saved feed or an address holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from feeds.diff.address import Address
from feeds.diff.folder import Folder
from feeds.diff.saved import SavedFeed
from feeds.diff.states import State
from feeds.text import find_address


def open_state(target: str | Path, find_moved: Callable[[str], str | None] | None = None) -> State:
    """The state that a folder, a file or an address holds; `find_moved` as `Folder` has it. Raises CheckError."""
    if (address := find_address(str(target))) is not None:
        return Address(address)
    path = Path(target)
    return SavedFeed(path, find_moved) if path.is_file() else Folder(path, find_moved)
