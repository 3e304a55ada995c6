"""`[[rules]]` that name what no article has: a typing error there lets through what must not be published.

Nothing is read for this: the names are collected where the rights of articles are determined anyway. If the rules
change, these are all articles, and from then on those that are new or changed. A name that an article once had is no
typing error.
"""

from __future__ import annotations

import json

from feeds.article import Article
from feeds.ingest.publication.rights import CRITERIA, Criterion, is_met, list_names
from feeds.ingest.report import Remark
from feeds.ingest.work import Work
from feeds.store import read_fact, write_fact

IDLE = "idle-rules"
"""Name of the fact that holds the names that no article has had so far: number of the rule, key, nearest name."""


def note_names(work: Work, article: Article, categories: tuple[str, ...]) -> None:
    """Note what rules could name of an article."""
    if work.config.rules:
        for criterion, names in list_names(article, categories).items():
            work.names[criterion].update(names)


def remark_idle_rules(work: Work) -> None:
    """Remark every name in a rule that no article has, with the nearest that one has."""
    import difflib

    known = read_fact(work.connection, IDLE)
    # A name that is near may be that of a person whose article is erased: whose it is nobody knows by now.
    is_erasing = any(order.kind == "erase" for order in work.report.orders)
    sources = enumerate(work.config.sources)
    work.names["source"].update(source.name for index, source in sources if index not in work.idle_sources)
    idle = []
    for index, criterion, near in _list_all(work) if known is None or work.redo_render else json.loads(known):
        name, names = getattr(work.config.rules[index], criterion), work.names[criterion]
        if not is_met(criterion, name, names):
            # The nearest of all so far, not only of what this run read.
            met = {*names, near} if near is not None and not is_erasing else names
            nearest = difflib.get_close_matches(name, sorted(met), n=1)
            idle.append((index, criterion, nearest[0] if nearest else None))
    for index, criterion, near in idle:
        name = getattr(work.config.rules[index], criterion)
        is_source = criterion == "source" and not any(source.name == name for source in work.config.sources)
        what = "no source has this name" if is_source else f"no article has this {criterion}"
        hint = f"did you mean {near!r}? " if near else ""
        work.report.remarks.append(
            Remark("idle-rule", ("rules", index, criterion), what, name, f"{hint}so far the rule binds none")
        )
    write_fact(work.connection, IDLE, json.dumps(idle, ensure_ascii=False))


def _list_all(work: Work) -> list[tuple[int, Criterion, str | None]]:
    """Every name in a rule, by the rule's number and the key."""
    rules = enumerate(work.config.rules)
    return [(index, each, None) for index, rule in rules for each in CRITERIA if getattr(rule, each) is not None]
