"""One seed file as a row of the library: read, parsed, its natural keys found, its state decided. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from feeds.article import Article, dump_article
from feeds.config import Config
from feeds.dates.instants import find_start
from feeds.errors import MissingError, Problem, SeedError, UndatedError, quote
from feeds.ingest.identity.keys import find_keys
from feeds.ingest.identity.likeness import digest_words
from feeds.ingest.seeds.seedfile import SeedFile
from feeds.parse import Boilerplate, Page, Reading, check_dates, find_layout, load_page, parse_page, read_page
from feeds.parse.boilerplate import NOTHING, find_edge_lines
from feeds.parse.front import guess_key
from feeds.parse.layouts import Layout
from feeds.parse.reading import choose_layout, learns
from feeds.store import schema
from feeds.store.packing import pack_text
from feeds.text import digest

_BLANK = schema.seeds.make_blank()


@dataclass(frozen=True, slots=True)
class SeedRow:
    """What is known of a seed file: a row of the table `seeds`, what it says, and the error or the notes to report.

    `packed` is the JSON of feeds.article.dump_article, packed; None where the file is no article.
    """

    values: dict[str, Any]
    packed: bytes | None = None
    error: SeedError | None = None
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedSeed:
    """A seed file that was read: its bytes' digest, its Page and the layout of that."""

    seed: SeedFile
    digest: str
    page: Page
    layout: Layout


class Uncounted(NamedTuple):
    """A seed file whose source must be counted before it is read: its bytes' digest, and its edge lines."""

    digest: str
    edges: frozenset[str]


class Vanished(NamedTuple):
    """A seed file that was listed, and is not there any more."""

    path: str


def read_file(
    seed_and_digest: tuple[SeedFile, str | None], *, config: Config, now: int
) -> SeedRow | Uncounted | Vanished | None:
    """The row of a seed file; what is known of one whose source must be counted first; None where nothing changed.

    Takes the file and the known digest of its bytes as one argument, for `Workers.map`.
    """
    seed, known = seed_and_digest
    loaded = load_seed(seed, config, known_digest=known)
    if not isinstance(loaded, LoadedSeed):
        return loaded
    if learns(loaded.page, loaded.layout):
        return Uncounted(loaded.digest, find_edge_lines(loaded.page))
    return read_seed(loaded, config, now=now)


def read_counted(
    seed_and_edges: tuple[SeedFile, bytes], *, config: Config, now: int, learned: Mapping[str, Boilerplate]
) -> SeedRow | Vanished | None:
    """The row of a seed file whose source was counted; takes the file with what it added to the counts."""
    seed, edges = seed_and_edges
    loaded = load_seed(seed, config)
    if isinstance(loaded, LoadedSeed):
        boilerplate = learned.get(seed.source.name, NOTHING)
        return read_seed(loaded, config, now=now, boilerplate=boilerplate, edges=edges)
    if isinstance(loaded, SeedRow):
        loaded.values["edges"] = edges
    return loaded


def load_seed(
    seed: SeedFile, config: Config, *, known_digest: str | None = None
) -> LoadedSeed | SeedRow | Vanished | None:
    """The seed's page, or None where its bytes have the digest that is known already.

    A file that can't be used becomes a row, in the state "error", with the error.
    """
    found = ""
    try:
        # No Path: it interns each name, in a table that never shrinks, and takes as long to make as a file to open.
        data = load_page(f"{config.folder}/{seed.path}")
        found = digest(data)
        if found == known_digest:
            return None
        page = parse_page(data, path=seed.path)
    except MissingError:
        return Vanished(seed.path)
    except SeedError as error:
        error.path = seed.path
        return _error_row(seed, found, error)
    return LoadedSeed(seed, found, page, choose_layout(page, seed.source))


def read_seed(
    loaded: LoadedSeed, config: Config, *, now: int, boilerplate: Boilerplate = NOTHING, edges: bytes | None = None
) -> SeedRow:
    """The row of a seed whose page was loaded. `edges` is what it added to the counts of its source."""
    seed, found = loaded.seed, loaded.digest
    try:
        reading = read_page(
            loaded.page,
            source=seed.source,
            zone=config.site.timezone,
            language=config.site.language,
            boilerplate=boilerplate,
            site=config.site.title,
            layout=loaded.layout,
        )
    except SeedError as error:
        row = _error_row(seed, found, error)
    else:
        row = _make_row(seed, found, reading, now=now)
    # Counted is counted, even where it can't be used: so it can be taken back.
    row.values["edges"] = edges
    return row


def _make_row(seed: SeedFile, found: str, reading: Reading, *, now: int) -> SeedRow:
    article = reading.article
    if article is None:
        return SeedRow(
            _values(seed, found, state="aside", kind=reading.kind, reason=reading.reason), notes=reading.problems
        )
    layout = find_layout(reading.layout)
    origin = layout.name if layout.url_id else seed.source.name
    keys = find_keys(article, origin=origin, url_id=seed.source.url_id or layout.url_id, path=seed.path)
    if not keys:
        return SeedRow(
            _values(seed, found, state="aside", kind="empty", reason="it has neither a headline nor a text"),
            notes=reading.problems,
        )
    state, due, reason = _find_state(article)
    why = _explain_undated(reading) if state == "undated" else None
    if due is not None and due > now:
        state = "waiting"
    notes = (*reading.problems, *check_dates(article, now=now))
    record = dump_article(article)
    return SeedRow(
        _values(
            seed,
            found,
            state=state,
            kind="article",
            layout=layout.name,
            reason=reason if why is None else f"{reason}; {why.what}: {why.text!r}",
            line=None if why is None else why.line,
            due=due,
            natural_keys=json.dumps(keys),
            rank=_rank(article, seed.path),
            published=json.dumps(record.get("published")),
            zone=article.zone,
            words=digest_words(article),
            notes=json.dumps([[note.rule, note.what, note.line, note.text, note.hint] for note in notes]),
        ),
        packed=pack_text(json.dumps(record, ensure_ascii=False)),
        # A page without a date is set aside for it, or a draft that needs none yet: once is enough.
        notes=tuple(note for note in notes if note.rule != "unknown-date" and note is not why),
    )


def _find_state(article: Article) -> tuple[str, int | None, str | None]:
    """The state of a parsed article's seed, the instant of its release, and the reason where it is not published.

    An embargo ends at its time, or at the start of its day.
    """
    if article.status == "draft":
        return "draft", None, None
    if article.published is None:
        return "undated", None, "no date of publication is known"
    return "article", find_start(article.published, article.zone), None


def _explain_undated(reading: Reading) -> Problem | None:
    """The problem for which a page has no date: a stamp that could not be read, or a key that is misspelt."""
    for problem in reading.problems:
        if problem.rule == "unreadable-stamp" or (
            problem.rule == "unknown-key" and guess_key(problem.text or "") == "published"
        ):
            return problem
    return None


def refuse_undated(row: SeedRow) -> SeedRow:
    """The row of a page without a date, as of one that can't be used: what it said before is published."""
    error = UndatedError.of_page(*(row.values[name] for name in ("path", "line", "reason")))
    return replace(row, values={**row.values, **_state_error(error)}, packed=None, error=error)


def _rank(article: Article, path: str) -> str:
    """Sorts the files of one article: the newest update, then the later crawl, then the path."""
    stamp = article.updated or article.published
    instant = "" if stamp is None else f"{find_start(stamp, article.zone):+014d}"
    crawled = article.crawled.isoformat() if article.crawled else ""
    return "|".join((instant, crawled, path))


def _error_row(seed: SeedFile, found: str, error: SeedError) -> SeedRow:
    return SeedRow(_values(seed, found, **_state_error(error)), error=error)


def _state_error(error: SeedError) -> dict[str, Any]:
    """The values of a file that can't be used."""
    reason = "; ".join(
        f"{each.what}: {quote(each.text)}" if each.text else each.what for each in (error, *error.others)
    )
    # It is read again in every run: nothing in its mark may change when it is mended.
    return {"state": "error", "kind": "unreadable", "reason": reason, "line": error.line, "mark": ""}


def _values(seed: SeedFile, found: str, *, state: str, kind: str, reason: str | None, **more: Any) -> dict[str, Any]:
    own = {"path": seed.path, "source": seed.source.name, "mark": seed.mark, "digest": found}
    return {**_BLANK, **own, "state": state, "kind": kind, "reason": reason, **more}
