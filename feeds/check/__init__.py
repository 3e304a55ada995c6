"""What a reader or a validator would object to: one small rule each, one module a format or concern.

    rules        what a rule, an objection and a report are
    nodes        XML as plain nodes, read safely
    text, values, dates, html, namespaces          what holds in every format
    shapes, links, media, entries                  what several formats share
    atom, rss, json_feed, opml, sitemap            one format each
    documents    one document, one entry, one document whose entries were checked before
    tree, archives                                 what only a whole site shows
    answer       what an HTTP answer does wrong

Whatever is read, objections come back and nothing is raised. Pure but for `tree`, which reads a folder, and `answer`,
which asks the network; never the clock: `now` comes in.
"""

from __future__ import annotations

from collections.abc import Iterator

from feeds.check import (
    answer,
    archives,
    atom,
    dates,
    documents,
    entries,
    html,
    json_feed,
    links,
    media,
    namespaces,
    opml,
    rss,
    shapes,
    sitemap,
    text,
    tree,
    values,
)
from feeds.check.documents import check_document, check_entry, check_shell
from feeds.check.rules import Objection, Rule
from feeds.check.tree import check_phrases, check_tree

__all__ = [
    "Objection",
    "Rule",
    "check_document",
    "check_entry",
    "check_phrases",
    "check_shell",
    "check_tree",
    "list_rules",
]

_MODULES = (
    text,
    namespaces,
    shapes,
    values,
    dates,
    html,
    links,
    entries,
    media,
    rss,
    atom,
    json_feed,
    opml,
    sitemap,
    documents,
    tree,
    archives,
    answer,
)


def list_rules() -> list[Rule]:
    """Every rule, each once, in the order of the modules and of the rules in them."""
    return list(dict.fromkeys(_walk()))


def _walk() -> Iterator[Rule]:
    for module in _MODULES:
        yield from (value for value in vars(module).values() if isinstance(value, Rule))
