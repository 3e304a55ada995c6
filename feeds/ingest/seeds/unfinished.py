"""Files that somebody may still be writing: a server leaves them until they are quiet, for what it reads is public.

Whoever builds does so when the texts are there; a build leaves none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from feeds.ingest.seeds.listing import SeedFile, find_time

QUIET_SECONDS = 2.0
"""A file that changed no longer ago than this may be half a file."""
PATIENCE_SECONDS = 30.0
"""A file that is written to without a pause is read after this time all the same."""


class Unfinished:
    """What the rounds of one server leave for later, and since when each path is left.

    `again` is the instant at which the next round should look; None where the last one left nothing.
    """

    def __init__(self) -> None:
        self.again: datetime | None = None
        self._now = 0.0
        self._since: dict[str, float] = {}

    def begin(self, now: datetime) -> None:
        """Begin a round; `now` to the microsecond, as the times of files are."""
        self._now = now.timestamp()
        self.again = None

    def leave(self, todo: Iterable[SeedFile], gone: Sequence[str]) -> set[str]:
        """The paths that this round leaves, of the files that it would read, and of those that are gone.

        What is gone may be what is being written, under the name that it had: it stays as long as there is that.
        A time far in the future, as of a copied file or by a clock that is wrong, says nothing.
        """
        quiet = {seed.path: find_time(seed) / 1e9 + QUIET_SECONDS for seed in todo}
        quiet = {path: end for path, end in quiet.items() if self._now < end < self._now + PATIENCE_SECONDS}
        left = self._leave(quiet)
        ends = [min(quiet[path], self._since[path] + PATIENCE_SECONDS) for path in left]
        if left:
            self.again = datetime.fromtimestamp(min(ends), UTC)
            left |= self._leave(gone)
        self._since = {path: self._since[path] for path in left}
        return left

    def _leave(self, paths: Iterable[str]) -> set[str]:
        """Those of the paths that have not been left for too long."""
        return {path for path in paths if self._now < self._since.setdefault(path, self._now) + PATIENCE_SECONDS}
