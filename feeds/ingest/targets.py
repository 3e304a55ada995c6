"""Which article an operator means: by its id, by an address, or by the file that it has, or had."""

from __future__ import annotations

import json
from collections.abc import Iterator

from feeds.errors import FeedsError, say_number
from feeds.ingest.identity.aliases import find_holders
from feeds.ingest.identity.keys import canonicalise_url
from feeds.ingest.report import OrderKind
from feeds.ingest.seeds.seedfile import name_path
from feeds.ingest.seeds.selection import list_forms
from feeds.ingest.work import Work, erase_key
from feeds.store import ask, ask_value, ask_values
from feeds.store.standing import find_id, list_withdrawn

MAX_NAMED = 10
"""Withdrawn articles that an error names; `feeds status --json` names all."""
_WHERE = "its id is in the feeds and in the ledger; the path of its file begins at the folder of config.toml"
_WHY_NOT = {
    "draft": "a draft",
    "waiting": "under embargo",
    "article": "not built yet, or withheld by [[rules]]",
}


def find_article(work: Work, kind: OrderKind, target: str) -> str:
    """The id of the article that an operator names. Raises FeedsError where there is none, or where it may be several.

    An id may be that of its front matter. An address may be that of its page here, or the original one that the feeds
    link to, written in any way that makes the same natural key (feeds.ingest.identity.keys.canonicalise_url).
    """
    try:
        target.encode()
    except UnicodeEncodeError as error:
        # Bytes from a shell; no seed may have such a name (feeds.ingest.seeds.seedfile).
        raise FeedsError("no article has a name that is not UTF-8", text=target, hint=_WHERE) from error
    names = _list_names(work, target)
    for found in _find_all(work, target, names):
        # What rules withhold has an id, and was never published.
        if found is not None and ask_value(work.connection, "SELECT id FROM articles WHERE id = :id", id=found):
            return found
    raise _explain(work, kind, target, names)


def find_files(work: Work, identifier: str) -> tuple[str, ...]:
    """The paths of the files of an article."""
    return tuple(ask_values(work.connection, "SELECT path FROM seeds WHERE article = :id ORDER BY path", id=identifier))


def is_file(work: Work, target: str, path: str | None) -> bool:
    """Whether an operator names the seed with this path, in whatever form its umlauts are typed."""
    names = _list_names(work, target)
    return path in [*names, *list_forms(names)]


def _find_all(work: Work, target: str, names: list[str]) -> Iterator[str | None]:
    """The ids that a target may mean, the likeliest first; each is looked up when it is asked for."""
    yield find_id(work.connection, target)
    yield _find_by_page(work, target)
    yield _find_by_keys(work, [f"id:{target}"])
    yield _find_by_keys(work, [f"url:{canonicalise_url(target)}"])
    yield _find_by_file(work, names)
    yield _find_by_former_file(work, names)
    forms = list_forms(names)
    yield _find_by_file(work, forms)
    yield _find_by_former_file(work, forms)


def _list_names(work: Work, target: str) -> list[str]:
    """A file's path as the library has it, of one as the library has it or as a shell gives it."""
    return [target, name_path(target, work.config)]


def _find_by_page(work: Work, target: str) -> str | None:
    """The id of the article whose page has this path or address, with or without the slash at its end."""
    base = work.config.site.base_url
    path = canonicalise_url(target).removeprefix(canonicalise_url(base))
    paths = [target.removeprefix(base.rstrip("/")), path, f"{path}/"]
    found: str | None = ask_value(work.connection, "SELECT id FROM articles WHERE path IN :paths", paths=paths)
    return found


def _find_by_keys(work: Work, keys: list[str]) -> str | None:
    """The id of the article that has the first of these natural keys that one has."""
    known = [*keys, *map(erase_key, keys)]
    holders = find_holders(work, known)
    return next((holders[key][0] for key in known if key in holders), None)


def _find_by_file(work: Work, names: list[str]) -> str | None:
    row = ask(work.connection, "SELECT article, natural_keys FROM seeds WHERE path IN :names", names=names).fetchone()
    if row is None:
        return None
    # Read in this run, as on another machine: it is not grouped yet, but the ledger may know its keys.
    return row.article or _find_by_keys(work, json.loads(row.natural_keys))


def _find_by_former_file(work: Work, names: list[str]) -> str | None:
    """The id of the article whose file this was: of one that is kept, or withdrawn, or whose file went just now."""
    kept = ask_value(work.connection, "SELECT id FROM articles WHERE seed IN :names", names=names)
    if kept is not None:
        return str(kept)
    found = [each.identity.id for each in list_withdrawn(work.connection) if each.identity.file in names]
    if len(found) > 1:
        raise FeedsError(
            f"was the file of {say_number(len(found), 'article')} that are withdrawn",
            path=names[0],
            hint=f"name one by its id: {', '.join(found)}",
        )
    return found[0] if found else None


def _explain(work: Work, kind: OrderKind, target: str, names: list[str]) -> FeedsError:
    """Why there is no article to carry an order out for."""
    query = "SELECT state, kind, reason FROM seeds WHERE path IN :names"
    row = ask(work.connection, query, names=[*names, *list_forms(names)]).fetchone()
    if row is not None:
        if row.kind == "erased":
            return FeedsError(row.reason, path=target)
        return FeedsError(
            f"is not published ({_WHY_NOT.get(row.state, row.reason)})",
            path=target,
            hint="what was never published needs no order: change its file, or delete it",
        )
    hint = _WHERE
    if kind == "restore":
        hint = "\n  ".join(_list_restorable(work)) or "no article is withdrawn by an order"
    return FeedsError("no article has this id, address or file", text=target, hint=hint)


def _list_restorable(work: Work) -> list[str]:
    """Lines that name the articles that may be restored; none where there are none."""
    found = [each for each in list_withdrawn(work.connection) if each.identity.order is not None]
    lines = [f"{each.identity.id} {each.headline or each.identity.path!r}" for each in found[:MAX_NAMED]]
    more = [f"and {len(found) - MAX_NAMED} more; `feeds status --json` names all"] if len(found) > MAX_NAMED else []
    return ["withdrawn by an order are:", *lines, *more] if found else []
