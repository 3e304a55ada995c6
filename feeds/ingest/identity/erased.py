"""Which seeds are of erased articles: nothing of them is kept but that they are not published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from feeds.ingest.identity.aliases import find_holders, load_identities, rewrite_line
from feeds.ingest.identity.keys import STRONG_KINDS, WEAK_KINDS, group_by_kind, kind_of, may_join
from feeds.ingest.work import ERASED_PREFIX, Work, erase_key
from feeds.store import Identity, add_rows, ask, ask_all, batches, schema

ERASED = "was erased by order; delete the file"
"""Why the seed of an erased article is set aside."""
_MARK: Final = """
    UPDATE seeds SET state = 'aside', kind = 'erased', reason = :reason, published = NULL, zone = NULL, words = NULL,
    article = NULL, natural_keys = '[]', notes = '[]', rank = '', due = NULL WHERE path = :path
"""
_TEXTS: Final = "SELECT path, state, natural_keys FROM seeds WHERE path IN :paths ORDER BY path"
_UNPUBLISHED: Final = """
    SELECT path FROM seeds WHERE state IN ('article', 'waiting', 'draft')
    AND (article IS NULL OR reason IS NOT NULL OR article NOT IN (SELECT id FROM articles))
    AND EXISTS (SELECT 1 FROM json_each(natural_keys) WHERE value IN :keys)
"""


class _Sign(NamedTuple):
    """What tells that a seed is of an erased article: the article, and the seed's better keys, which no article has."""

    article: str
    better: tuple[str, ...]


def mark_erased(work: Work, path: str) -> None:
    """Keep nothing of a seed of an erased article but that it is not published."""
    ask(work.connection, _MARK, path=path, reason=ERASED)
    ask(work.connection, "DELETE FROM texts WHERE path = :path", path=path)


def set_erased_aside(work: Work, paths: Iterable[str]) -> None:
    """Mark those of the seeds that are of erased articles, and those that only their keys tell it of, until none is.

    A seed's keys that are better than the one it is known by are noted with the erased article: else it would be that
    of another one as soon as one has them, and its text would be back.
    """
    asked = sorted(paths) if work.has_erased() else []
    while asked:
        noted = {key for batch in batches(asked) for key in _set_aside(work, batch)}
        if not noted:
            return
        found = {row.path for row in ask_all(work.connection, _UNPUBLISHED, keys=noted)}
        asked = sorted(found.union(asked))


def _set_aside(work: Work, paths: list[str]) -> set[str]:
    """Mark those of a batch that are of erased articles; the keys that were noted."""
    # States are told apart here: in a WHERE clause, they make SQLite read all seeds of a state for each batch.
    keys_of = {
        row.path: tuple(json.loads(row.natural_keys))
        for row in ask(work.connection, _TEXTS, paths=paths)
        if row.state in {"article", "waiting", "draft"}
    }
    hidden = {form for keys in keys_of.values() for key in keys for form in (erase_key(key), _hide_kind(key))}
    query = "SELECT key, article FROM aliases WHERE key IN :keys ORDER BY key, article"
    having: dict[str, list[str]] = {}
    for row in ask(work.connection, query, keys=sorted(hidden)):
        having.setdefault(row.key, []).append(row.article)
    if not having:
        return set()
    erased = {
        each.id: each for each in load_identities(work, sorted({each for ids in having.values() for each in ids}))
    }
    likely = {
        path: keys
        for path, keys in keys_of.items()
        if any(form in having for key in keys for form in (erase_key(key), _hide_kind(key)))
    }
    living = find_holders(work, sorted({key for keys in likely.values() for key in keys}))
    noted: dict[str, dict[str, None]] = {}
    for path, keys in likely.items():
        sign = _find_sign(keys, having, erased, living)
        if sign is not None:
            mark_erased(work, path)
            noted.setdefault(sign.article, {}).update(dict.fromkeys(sign.better))
    for article, better in noted.items():
        if better:
            _note(work, erased[article], better)
    return {key for better in noted.values() for key in better}


def _find_sign(
    keys: Sequence[str], having: dict[str, list[str]], erased: dict[str, Identity], living: dict[str, tuple[str, ...]]
) -> _Sign | None:
    """What tells that a seed with these keys is of an erased article, or None.

    The best key decides: one of an article that is there is nearer than a worse one of the erased article. A first
    paragraph that another article has, too, is that of a series, and tells nothing.
    """
    for key in keys:
        if (form := _hide_kind(key)) in having:
            return _Sign(having[form][0], ())
    own = [erase_key(key) for key in keys]
    for number, (key, form) in enumerate(zip(keys, own, strict=True)):
        article = next((each for each in having.get(form, ()) if _may_be(own, erased[each].keys, by=form)), None)
        is_series = kind_of(key) in WEAK_KINDS and (key in living or kind_of(keys[0]) == "id")
        if article is not None and not is_series:
            # Of another day, it never tells better keys.
            return _Sign(article, () if kind_of(key) == "lead" else tuple(keys[:number]))
        if article is not None or key in living:
            return None
    return None


def _hide_kind(key: str) -> str:
    """The digest of a key without its kind: what has it is of the erased article, whatever its other keys are.

    So were all keys of articles that were erased before digests had kinds.
    """
    return f"{ERASED_PREFIX}{erase_key(key).rpartition(':')[2]}"


def _note(work: Work, identity: Identity, better: Iterable[str]) -> None:
    """Note keys of a seed of an erased article with it.

    Those that a publisher gives without their kind: another file with another address is its text all the same.
    """
    forms = [_hide_kind(key) if kind_of(key) in STRONG_KINDS else erase_key(key) for key in better]
    rewrite_line(work, replace(identity, keys=tuple(dict.fromkeys((*identity.keys, *forms)))))
    add_rows(work.connection, schema.aliases, [{"key": form, "article": identity.id} for form in dict.fromkeys(forms)])


def _may_be(own: Iterable[str], erased: Iterable[str], *, by: str) -> bool:
    """Whether a seed can be of the erased article that it shares a key with; of all keys there are digests."""
    mine, theirs = ([key.removeprefix(ERASED_PREFIX) for key in each] for each in (own, erased))
    kinds = group_by_kind(key for key in theirs if ":" in key)
    return may_join(group_by_kind(mine), kinds, by=by.removeprefix(ERASED_PREFIX))
