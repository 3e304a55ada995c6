"""What a reader or a validator would object to: one small rule each, one module a format or concern.

    rules        what a rule, an objection and a report are
    nodes        XML as plain nodes, read safely; `xhtml`: the XHTML in it
    text, values, dates, html (html_attributes, html_names), namespaces    what holds in every format
    shapes, links, media, entries    what several formats share
    atom (atom_entry, atom_constructs, tombstones), rss (rss_item, rss_leaves), history (of both),
    json_feed (json_reading), opml, sitemap    one format each
    files        reading a file
    documents    one document: which rules apply to it
    rendered     one entry, or a document whose entries were checked before; `usual`, `plain_html`: the fast path
    tree (pages, archives)    what only a whole site shows
    fetching     asking an address
    answer       what an HTTP answer does wrong

Whatever is read, objections come back and nothing is raised. Pure but for `files` and `tree`, which read files and
folders, and `fetching` and `answer`, which ask the network; never the clock: `now` comes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from feeds.check import values
from feeds.check.documents import check_document
from feeds.check.rendered import check_entry, check_shell
from feeds.check.rules import Objection, Report, Rule

__all__ = [
    "Objection", "Rule", "check_document", "check_entry", "check_shell", "is_id", "list_rules",
]  # fmt: skip

_MODULES = (
    "text", "namespaces", "shapes", "values", "dates", "html_attributes", "html", "links", "entries", "media", "rss",
    "rss_item", "atom", "history", "tombstones", "atom_entry", "atom_constructs", "json_reading", "json_feed", "opml",
    "sitemap", "tree", "pages", "archives", "answer",
)  # fmt: skip
"""Those that have rules. By name: a build asks neither the network nor a whole site, and needs no module for that."""


def is_id(text: str) -> bool:
    """Whether an entry may have an id, and be published."""
    report = Report("")
    values.check_id(report, None, text, "the id")
    return not any(objection.level == "error" for objection in report.finish())


def list_rules() -> list[Rule]:
    """Every rule, each once, in the order of the modules and of the rules in them."""
    return list(dict.fromkeys(_walk()))


def _walk() -> Iterator[Rule]:
    for name in _MODULES:
        module = import_module(f"feeds.check.{name}")
        yield from (value for value in vars(module).values() if isinstance(value, Rule))
