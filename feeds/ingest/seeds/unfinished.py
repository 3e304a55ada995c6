"""Files that somebody may still be writing: a server leaves them until they are quiet, for what it reads is public.

Whoever builds does so when the texts are there; a build leaves none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from feeds.ingest.seeds.seedfile import SeedFile, find_time

QUIET_SECONDS = 2.0
"""A file that changed no longer ago than this may be half a file."""
PATIENCE_SECONDS = 30.0
"""A file that is written to without a pause is read after this time all the same."""


class StillWritingError(Exception):
    """Nothing can be said before files are quiet that somebody may still be writing; all is as it was."""


class Unfinished:
    """What the rounds of one server leave for later, and since when each path is left.

    `again` is the instant at which the next round should look; None where the last one left nothing.
    """

    def __init__(self) -> None:
        self.again: datetime | None = None
        self._now = 0.0
        self._since: dict[str, float] = {}
        self._last_gone = 0.0
        self._stalled: float | None = None

    def begin(self, now: datetime) -> None:
        """Begin a round; `now` to the microsecond, as the times of files are."""
        self._now = now.timestamp()
        self.again = None

    def end(self, *, is_stalled: bool) -> None:
        """End a round, which `is_stalled` where it came to nothing because of what it left."""
        self._stalled = (self._now if self._stalled is None else self._stalled) if is_stalled else None

    def leave(self, todo: Iterable[SeedFile], met: Iterable[str], gone: Sequence[str]) -> set[str]:
        """The paths that this round leaves, of the files that it would read, and of those that are gone.

        What is gone may be what is being written, under the name that it had: it stays as long as there is that. It
        also stays until no more goes, so that what goes bit by bit is seen as a whole; and so wait the files that are
        new, not those `met` before, which may have its text.
        A time far in the future, as of a copied file or by a clock that is wrong, says nothing. Where the rounds have
        come to nothing for too long, as while new files come all the time, none is left.
        """
        if self._stalled is not None and self._now >= self._stalled + PATIENCE_SECONDS:
            self._since = {}
            return set()
        ends = {seed.path: find_time(seed) / 1e9 + QUIET_SECONDS for seed in todo}
        new = ends.keys() - set(met)
        quiet = {path: end for path, end in ends.items() if self._now < end < self._now + PATIENCE_SECONDS}
        if not self._since.keys() >= set(gone):
            self._last_gone = self._now
        last_gone = self._last_gone + QUIET_SECONDS
        if gone and (quiet or self._now < last_gone):
            last = max([last_gone, *quiet.values()])
            waiting = dict.fromkeys((*gone, *new), last)
            quiet = waiting | {path: max(end, last_gone) for path, end in quiet.items()}
        left = {path for path in quiet if self._now < self._since.setdefault(path, self._now) + PATIENCE_SECONDS}
        if left:
            first = min(min(quiet[path], self._since[path] + PATIENCE_SECONDS) for path in left)
            self.again = datetime.fromtimestamp(first, UTC)
        self._since = {path: self._since[path] for path in left}
        return left
