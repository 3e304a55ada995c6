"""`[[rules]]` that name what no article has: a typing error there lets through what must not be published.

The names are collected where the rights of articles are determined anyway. If the rules change, these are all articles,
and from then on those that are new or changed. Of each name that an article has, one that has it is known, and of the
nearest to a name that none has. It is looked at again in every run: when it has the name no more, and no article of the
run has it, all are read. So a library that was made again tells the same, and nothing of what is gone.
"""

from __future__ import annotations

import json

from feeds.ingest.publication.candidates import find_candidates
from feeds.ingest.publication.rights import CRITERIA, Criterion, is_met
from feeds.ingest.report import Remark
from feeds.ingest.work import Work
from feeds.store import ask_values, batches, read_fact, write_fact

NAMED = "rule-names"
"""Name of the fact that holds each name in a rule: number of the rule, key, nearest name, id of an article that has it.

The nearest is null where an article has the name itself, and the id then that article's. It is empty where the settings
tell, and null where no name is near.
"""
_Named = tuple[int, Criterion, str | None, str | None]


def remark_idle_rules(work: Work) -> None:
    """Remark every name in a rule that no article has, with the nearest that one has."""
    import difflib

    known = read_fact(work.connection, NAMED)
    sources = enumerate(work.config.sources)
    work.names["source"].update({source.name: "" for index, source in sources if index not in work.idle_sources})
    listed = _list_all(work) if known is None or work.redo_render else json.loads(known)
    _note_bearers(work, listed)
    kept: list[_Named] = []
    for index, criterion, _, _ in listed:
        name, names = getattr(work.config.rules[index], criterion), work.names[criterion]
        if (bearer := _find_bearer(work, criterion, name)) is not None:
            kept.append((index, criterion, None, bearer))
            continue
        nearest = next(iter(difflib.get_close_matches(name, sorted(names), n=1)), None)
        kept.append((index, criterion, nearest, None if nearest is None else names[nearest]))
        is_source = criterion == "source" and not any(source.name == name for source in work.config.sources)
        what = "no source has this name" if is_source else f"no article has this {criterion}"
        hint = f"did you mean {nearest!r}? " if nearest else ""
        work.report.remarks.append(
            Remark("idle-rule", ("rules", index, criterion), what, name, f"{hint}so far the rule binds none")
        )
    write_fact(work.connection, NAMED, json.dumps(kept, ensure_ascii=False))


def _note_bearers(work: Work, listed: list[_Named]) -> None:
    """Note what the articles have that had the names in the rules; and what all have, where a name is lost with one."""
    for some in batches(sorted({bearer for *_, bearer in listed if bearer})):
        find_candidates(work, some)
    if any(bearer is not None and _is_lost(work, index, criterion, near) for index, criterion, near, bearer in listed):
        query = """
            SELECT article FROM seeds WHERE article IS NOT NULL UNION SELECT id FROM articles WHERE seed IS NOT NULL
            ORDER BY 1
        """
        for some in batches(ask_values(work.connection, query)):
            find_candidates(work, some)


def _is_lost(work: Work, index: int, criterion: Criterion, near: str | None) -> bool:
    """Whether no article whose names are noted has the name in a rule, or the nearest to it so far."""
    name = getattr(work.config.rules[index], criterion)
    return near not in work.names[criterion] and _find_bearer(work, criterion, name) is None


def _find_bearer(work: Work, criterion: Criterion, name: str) -> str | None:
    """The id of an article that has a name in a rule, among those whose names are noted; None where none has."""
    names = work.names[criterion]
    if not is_met(criterion, name, names):
        return None
    return next(bearer for known, bearer in names.items() if is_met(criterion, name, [known]))


def _list_all(work: Work) -> list[_Named]:
    """Every name in a rule, by the rule's number and the key."""
    rules = enumerate(work.config.rules)
    return [(index, each, None, None) for index, rule in rules for each in CRITERIA if getattr(rule, each) is not None]
