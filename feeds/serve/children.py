"""Child processes: each ends with its parent, however that ends, and leaves Ctrl-C to it."""

from __future__ import annotations

import os

from feeds.workers import end_with_parent


def stay_with_parent() -> None:
    """Leave the terminal's process group, and make this process end as soon as the one that started it is gone."""
    os.setpgid(0, 0)
    end_with_parent()
