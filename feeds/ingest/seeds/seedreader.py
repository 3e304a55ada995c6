"""Reads seed files into rows: those with a layout at once, the others when all pages of their source are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from feeds.ingest.seeds.learning import Learner
from feeds.ingest.seeds.reading import SeedRow, Uncounted, Vanished, read_counted, read_file, refuse_undated
from feeds.ingest.seeds.seedfile import SeedFile
from feeds.ingest.work import Changes, Work
from feeds.store import BATCH, ask, ask_all, ask_value, put_rows, schema

_KEPT = ("natural_keys", "rank", "published", "zone", "words", "layout", "article")
"""What a seed said before it could not be used any more."""


class SeedReader:
    """Reads seeds for one ingest; what changed is noted in `changes`.

    `known` are the paths of those to be read or forgotten that the library has rows of.
    """

    def __init__(self, work: Work, changes: Changes, *, known: list[str]) -> None:
        self.work = work
        self.changes = changes
        self.known: dict[str, Any] = {}
        """Their rows, and those of others that turn out to be read again, as they were before this run."""
        self._recall(known)
        self.learner = Learner(work.connection)
        self._later: list[tuple[SeedFile, bytes]] = []
        self.vanished: list[str] = []
        """Paths of those that were not there any more when they were to be read."""
        self._rows: list[SeedRow] = []

    def read(self, todo: list[SeedFile]) -> None:
        """Read new and changed files. One that vanished since it was listed is as one that is gone."""
        work = self.work
        asked = ((seed, self._find_known_digest(seed)) for seed in todo)
        read = partial(read_file, config=work.config, now=work.now)
        for number, found in enumerate(work.workers.map(read, asked, count=len(todo)), 1):
            self._see(todo[number - 1], found)
            if number % BATCH == 0 or number == len(todo):
                self.work.progress("reading", number, len(todo))
        self._flush()
        self.forget([path for path in self.vanished if path in self.known])

    def forget(self, gone: list[str]) -> None:
        """Take what is gone out of the library, and out of the counts of its sources."""
        for path in gone:
            self._uncount(path)
        for path in gone:
            self._remove(path)

    def read_learned(self, find: Callable[[str], SeedFile | None]) -> None:
        """Read the pages that boilerplate is applied to, and again those for which it has changed.

        `find` gives the seed of a path that was read before; None where it isn't as it was then.
        """
        learned, again = self.learner.settle()
        self._recall(list(again))
        waiting = {seed.path: (seed, edges) for seed, edges in self._later}
        tallied = again - waiting.keys()
        for path in sorted(tallied):
            if (seed := find(path)) is not None:
                waiting[path] = (seed, self._find_edges(path) or b"")
            else:
                # It could not be listed, or was not: it is read when it is.
                self._read_next_time(path)
        read = partial(read_counted, config=self.work.config, now=self.work.now, learned=learned)
        counted: list[tuple[SeedFile, bytes]] = []
        rows = self.work.workers.map(read, waiting.values(), count=len(waiting))
        for number, (path, found) in enumerate(zip(waiting, rows, strict=True), 1):
            if isinstance(found, Vanished):
                counted.append(waiting[path])
            elif found is not None:
                old = self.known.get(path)
                row = self._keep_published(found, old)
                if path not in tallied:
                    self._tally(old, row.values["digest"])
                self._take(path, row, old)
            if number % BATCH == 0 or number == len(waiting):
                self.work.progress("reading pages without a layout", number, len(waiting))
        self._flush()
        self._uncount_vanished(counted)

    def _recall(self, paths: list[str]) -> None:
        query = "SELECT path, source, state, digest, article FROM seeds WHERE path IN :paths"
        for row in ask_all(self.work.connection, query, paths=paths):
            self.known.setdefault(row.path, row)

    def _uncount_vanished(self, counted: list[tuple[SeedFile, bytes]]) -> None:
        """Take out files that vanished after they were counted, which other pages were read by."""
        if not counted:
            return
        for seed, edges in counted:
            self.vanished.append(seed.path)
            self.learner.remove(seed.source.name, edges)
            if seed.path in self.known:
                self._remove(seed.path)
        _, again = self.learner.settle()
        for path in again:
            self._read_next_time(path)

    def _read_next_time(self, path: str) -> None:
        ask(self.work.connection, "UPDATE seeds SET digest = '', mark = '' WHERE path = :path", path=path)

    def _remove(self, path: str) -> None:
        ask(self.work.connection, "DELETE FROM seeds WHERE path = :path", path=path)
        ask(self.work.connection, "DELETE FROM texts WHERE path = :path", path=path)
        self.work.report.removed += 1
        if self.known[path].article:
            self.changes.articles.add(self.known[path].article)

    def _uncount(self, path: str) -> None:
        """Take back what a file added to the counts of its source."""
        self.learner.remove(self.known[path].source, self._find_edges(path))

    def _find_edges(self, path: str) -> bytes | None:
        """The digests of the edge lines of a page without a layout."""
        edges: bytes | None = ask_value(self.work.connection, "SELECT edges FROM seeds WHERE path = :path", path=path)
        return edges

    def _find_known_digest(self, seed: SeedFile) -> str | None:
        """The digest of the bytes that need no reading again."""
        old = self.known.get(seed.path)
        if old is None or old.source != seed.source.name or old.state == "error" or self.work.redo_parse:
            return None
        return str(old.digest)

    def _see(self, seed: SeedFile, found: SeedRow | Uncounted | Vanished | None) -> None:
        """Note what was read of a new or changed file, or put it off until its source is counted; count it."""
        work, old = self.work, self.known.get(seed.path)
        if isinstance(found, Vanished):
            self.vanished.append(seed.path)
            return
        work.report.read += 1
        if isinstance(found, SeedRow):
            found = self._keep_published(found, old)
        if found is None:
            ask(work.connection, "UPDATE seeds SET mark = :mark WHERE path = :path", mark=seed.mark, path=seed.path)
            return
        if isinstance(found, SeedRow) and _is_known_error(found.values["digest"], old) and found.error is not None:
            # Still broken in the same way: reported again, and nothing else changes.
            work.report.errors.append(found.error)
            return
        if old is not None:
            self._uncount(seed.path)
        if isinstance(found, SeedRow):
            self._tally(old, found.values["digest"])
            self._take(seed.path, found, old)
        else:
            self._later.append((seed, self.learner.add(seed.source.name, found.edges)))

    def _keep_published(self, row: SeedRow, old: Any) -> SeedRow:
        """The row; a page that lost its date, as by a typo, counts as broken where an article has its text from it."""
        values = row.values
        if values["state"] != "undated" or old is None or not old.article:
            return row
        if old.state != "error" and old.digest == values["digest"]:
            # It is read in another way, and is as it was.
            return row
        query = "SELECT id FROM articles WHERE id = :id AND seed = :path"
        gives_text = ask_value(self.work.connection, query, id=old.article, path=old.path) is not None
        return refuse_undated(row) if gives_text else row

    def _tally(self, old: Any, digest: str) -> None:
        """Count a file as new, or as changed where its bytes are others: it may be read for other settings or code."""
        self.work.report.new += old is None
        self.work.report.changed += old is not None and old.digest != digest

    def _take(self, path: str, row: SeedRow, old: Any) -> None:
        """Note what a row says, and keep it to be written."""
        work = self.work
        work.report.notes += [(path, note) for note in row.notes]
        if row.error is not None:
            work.report.errors.append(row.error)
        self.changes.paths.add(path)
        if old is not None and old.article:
            self.changes.articles.add(old.article)
            if row.error is not None:
                # A file that broke leaves what it last said published: nothing is lost.
                query = f"SELECT {', '.join(_KEPT)} FROM seeds WHERE path = :path"  # noqa: S608 (constants)
                kept = ask(work.connection, query, path=old.path).fetchone()
                row.values.update(zip(_KEPT, kept, strict=True))
                query = "SELECT packed FROM texts WHERE path = :path"
                row = replace(row, packed=ask_value(work.connection, query, path=old.path))
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        _write(self.work, self._rows)
        self._rows = []


def _write(work: Work, rows: list[SeedRow]) -> None:
    put_rows(work.connection, schema.seeds, [row.values for row in rows])
    said = [{"path": row.values["path"], "packed": row.packed} for row in rows if row.packed is not None]
    put_rows(work.connection, schema.texts, said)
    silent = [row.values["path"] for row in rows if row.packed is None]
    if silent:
        ask(work.connection, "DELETE FROM texts WHERE path IN :paths", paths=silent)


def _is_known_error(digest: str, old: Any) -> bool:
    return old is not None and old.state == "error" and old.digest == digest
