"""Articles that may be published, each with the text of the best of its seeds; conflicts are noted."""

from __future__ import annotations

import json
from typing import Any

from feeds.article import Article, load_record
from feeds.errors import ConflictError
from feeds.ingest.identity.aliases import load_identities
from feeds.ingest.identity.keys import WEAK_KINDS, kind_of, rank_key
from feeds.ingest.publication.publisher import Candidate, find_label, find_sections, make_ghost
from feeds.ingest.publication.rights import Names, find_rights, list_names
from feeds.ingest.work import PAGE_DIGEST_LENGTH, Work
from feeds.store import Identity, ask, ask_values
from feeds.store.feeds import ALL
from feeds.store.packing import unpack_record, unpack_text

_TEXTS = """
    SELECT seeds.path, digest, natural_keys, rank, words, layout, article, reason, state, packed
    FROM seeds JOIN texts ON texts.path = seeds.path WHERE article IN :ids ORDER BY rank DESC
"""


def find_candidates(work: Work, identifiers: list[str]) -> tuple[list[Candidate], list[Identity]]:
    """The articles to publish, each with the text of its best seed, in this order, and those that leave.

    An article leaves if it has no seed, or if rules let nothing of it be published.
    """
    identities = {identity.id: identity for identity in load_identities(work, identifiers)}
    rows_of = _find_texts(work, identifiers)
    candidates, orphans = [], []
    held = frozenset[str]() if all(rows_of.values()) else find_held_keys(work)
    for identifier, rows in rows_of.items():
        identity = identities.get(identifier)
        candidate = _choose(identifier, identity, rows) if rows else _find_vanished(work, identity, held)
        if candidate is not None and _is_permitted(work, candidate):
            candidates.append(candidate)
        elif identity is not None:
            orphans.append(identity)
    return candidates, orphans


def _find_texts(work: Work, identifiers: list[str]) -> dict[str, list[Any]]:
    """The seeds that give each article its text, the best first; not those that only claim its id."""
    rows_of: dict[str, list[Any]] = {identifier: [] for identifier in identifiers}
    # States are distinguished here: in a WHERE clause, they make SQLite read all seeds of a state for each batch.
    for row in ask(work.connection, _TEXTS, ids=identifiers):
        if row.state == "error" or (row.state == "article" and row.reason is None):
            rows_of[row.article].append(row)
    return rows_of


def _find_vanished(work: Work, identity: Identity | None, held: frozenset[str]) -> Candidate | None:
    """An article whose seeds are gone, if the settings keep or withdraw it; None if it leaves.

    One that was withdrawn stays so, whatever the settings say, even if there is a draft of it: its notice is for those
    who have its text. `held` are the keys of files that are held back.
    """
    if identity is None or ALL in identity.left:
        return None
    policy, is_withdrawn = work.config.feeds.vanished, identity.withdrawn is not None or identity.order == "withdraw"
    if not is_withdrawn and (policy == "remove" or not held.isdisjoint(identity.keys)):
        return None
    if is_withdrawn or policy == "withdraw":
        # From the ledger alone, so that the library need not know it.
        ghost = make_ghost(identity)
        return Candidate(identity.id, identity.keys, ghost, "", identity.page, "", None, identity, stays=True)
    query = "SELECT packed, seed FROM entries JOIN articles ON articles.id = article WHERE articles.id = :id"
    row = ask(work.connection, query, id=identity.id).fetchone()
    if row is None:
        return None
    record, seed = unpack_record(row.packed), row.seed or ""
    return Candidate(
        identity.id, identity.keys, load_record(record), seed, identity.page, record, None, identity, stays=True
    )


def find_held_keys(work: Work) -> frozenset[str]:
    """The natural keys of files that are drafts, or under embargo: no file becomes one while articles are published."""
    if work.held_keys is None:
        held = ask_values(work.connection, "SELECT natural_keys FROM seeds WHERE state IN ('draft', 'waiting')")
        work.held_keys = frozenset(key for found in held for key in json.loads(found))
    return work.held_keys


def _choose(identifier: str, identity: Identity | None, rows: list[Any]) -> Candidate:
    """The candidate with the text of the best of its seeds: the newest update, then the later crawl, then the path."""
    best = rows[0]
    record = unpack_text(best.packed)
    keys = {key for row in rows for key in json.loads(row.natural_keys)} | set(identity.keys if identity else ())
    return Candidate(
        id=identifier,
        keys=tuple(sorted(keys, key=rank_key)),
        article=load_record(record),
        seed=best.path,
        # A file that broke doesn't say it any more.
        page=identity.page if identity and best.state == "error" else best.digest[:PAGE_DIGEST_LENGTH],
        record=record,
        words=best.words,
        layout=best.layout,
        identity=identity,
    )


def may_publish(work: Work, path: str, identifier: str) -> bool:
    """Whether the text of a seed may be published under an id, as far as the rules and that id tell."""
    # Costs a tenth of a second to import, and most runs publish nothing.
    from feeds.check import is_id

    if not is_id(identifier):
        return False
    if not work.config.rules:
        return True
    query = "SELECT packed, layout FROM seeds JOIN texts ON texts.path = seeds.path WHERE seeds.path = :path"
    row = ask(work.connection, query, path=path).fetchone()
    article = load_record(unpack_text(row.packed))
    label = work.feeds.label_of(article, find_sections(row.layout))
    return not _is_withheld(work, article, list_names(article, work.feeds.names_of(label)))


def list_conflicts(work: Work) -> list[ConflictError]:
    """The seeds that are not the article that has their id, whether found in this run or before."""
    conflicts = """
        SELECT own.path, own.reason, own.natural_keys, rival.natural_keys AS theirs, texts.packed
        FROM seeds AS own LEFT JOIN seeds AS rival ON rival.path = own.reason
        JOIN texts ON texts.path = own.path
        WHERE own.state = 'article' AND own.reason IS NOT NULL ORDER BY own.path
    """
    return [
        _tell_conflict(
            row.path,
            row.reason,
            _find_claim(json.loads(row.natural_keys), json.loads(row.theirs or "[]")),
            load_record(unpack_text(row.packed)),
        )
        for row in ask(work.connection, conflicts)
    ]


def _tell_conflict(path: str, rival: str, claim: str, article: Article) -> ConflictError:
    if kind_of(claim) == "report":
        what = f"is another article than {rival}, but has its headline and its time, by which it is known"
        hint = "correct `title` or `published` of one of the two, or give it an `id` of its own in its front matter"
        return ConflictError(what, path=path, hint=hint)
    key = "id" if kind_of(claim) == "id" else "url"
    return ConflictError(
        f"is another article than {rival}, but claims the same id",
        path=path,
        line=next((found.line for name, found in article.found if name == key), None),
        text=claim,
        hint="correct the `url` or `id` of one of the two; until then this one is not published",
    )


def _find_claim(own: list[str], theirs: list[str]) -> str:
    """The best key that two seeds share, but for weak ones, which bind none; else the best of the first."""
    return next((key for key in own if key in theirs and kind_of(key) not in WEAK_KINDS), own[0])


def _is_permitted(work: Work, candidate: Candidate) -> bool:
    """Whether the rules let something of an article be published; what they could name of it is noted."""
    names = list_names(candidate.article, work.feeds.names_of(find_label(candidate, work.feeds)))
    if work.config.rules:
        for criterion, own in names.items():
            work.names[criterion].update(dict.fromkeys(own, candidate.id))
    return not _is_withheld(work, candidate.article, names)


def _is_withheld(work: Work, article: Article, names: Names) -> bool:
    """Whether the rules say that nothing of an article may be published."""
    extent = find_rights(names, article.access, work.config.rules).extent
    # A headline of our own would be taken from the text that is protected.
    return extent == "none" or (extent == "headline" and not article.headline)
