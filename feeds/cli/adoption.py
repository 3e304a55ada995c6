"""What `feeds adopt` would take over: for a person, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feeds.errors import say_number, show_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.adopt import Adoption, ArticleChange, OldFeed, OurArticle

MAX_SHOWN = 200
"""Lines of each list that are printed; the rest is counted. --json lists all."""
_DOUBTFUL = (
    "the site shows that texts were withdrawn, erased or removed, but not which: `feeds build` publishes them again "
    "where their files are there\n  before you build, remove the files below that must not come back, or write status: "
    "draft into their front matter"
)


def print_plan(feeds: list[OldFeed], adoption: Adoption) -> None:
    """Print what taking over these feeds would do, for a person."""
    from feeds.store.feeds import CORRECTIONS

    plan = adoption.plan
    documents = sum(len(feed.documents) for feed in feeds)
    print(f"{say_number(len(feeds), 'feed')} in {say_number(documents, 'document')}")
    for change in plan.feeds:
        label = change.feed.label or ("corrections" if change.feed.key == CORRECTIONS else "all articles")
        print(f"  {show_text(change.old.head.path)} -> {label}: {_say_change(change.feed.id, change.id)}")
    for feed in plan.unmatched_feeds:
        print(f"  {feed.head.path}: no feed of ours is like it ({feed.head.title!r}); --category names one")
    _print_list("matched", map(_say_match, plan.articles))
    _print_list(
        "only in the old feed: readers keep it, no new feed has it",
        [f"{old.title or old.id!r} ({show_text(old.links[0] if old.links else old.id)})" for old in plan.unmatched_old],
    )
    _print_list("only ours: readers see it as new", map(_say_ours, plan.unmatched_ours))
    for note in plan.notes:
        print(f"note: {show_text(note)}")
    if plan.doubtful:
        print(f"warning: {_DOUBTFUL}")
        _print_list("may be such a text", map(_say_ours, plan.doubtful))
    if plan.moves:
        moves = sorted(plan.moves.items())
        _print_list(
            "on another host, for its operator to redirect",
            [f"let {show_text(old)} answer 301 to {new}" for old, new in moves],
        )
    if plan.redirects:
        print("for config.toml, so that the old addresses lead to the new ones:\n\n[redirects]")
        for old, new in sorted(plan.redirects.items()):
            print(f"{json.dumps(old, ensure_ascii=False)} = {json.dumps(new, ensure_ascii=False)}")
        print()


def _print_list(title: str, items: Iterable[str]) -> None:
    lines = list(items)
    print(f"{len(lines)} {title}")
    for line in lines[:MAX_SHOWN]:
        print(f"  {line}")
    if len(lines) > MAX_SHOWN:
        print(f"  and {len(lines) - MAX_SHOWN} more; --json lists all")


def _say_ours(ours: OurArticle) -> str:
    return f"{ours.headline!r} ({ours.seed})"


def _say_match(change: ArticleChange) -> str:
    match = change.match
    told = f"{match.old.title or match.old.id!r} -> {match.ours.seed}, by {match.why}"
    known = match.ours.guid or match.ours.id
    told += f": {_say_change(known, change.guid or change.id)}"
    if change.path != match.ours.path:
        told += f", page {change.path}"
    return told + (" [REPLACES a published id]" if change.replaces else "")


def _say_change(before: str, after: str) -> str:
    now = f"id {show_text(after)}"
    return f"{now} stays" if before == after else f"{now} instead of {show_text(before)}"


def dump_adoption(adoption: Adoption) -> dict[str, Any]:
    """The plan as JSON values."""
    plan = adoption.plan
    return {
        "restored": adoption.is_restored,
        "feeds": [
            {
                "old": change.old.head.path,
                "category": change.feed.label,
                "slug": change.feed.slug,
                "id": change.id,
                "id_before": change.feed.id,
                "replaces": change.replaces,
            }
            for change in plan.feeds
        ],
        "matched": [
            {
                "seed": change.match.ours.seed,
                "title": change.match.old.title,
                "why": change.match.why,
                "id": change.id,
                "guid": change.guid,
                "path": change.path,
                "id_before": change.match.ours.id,
                "path_before": change.match.ours.path,
                "replaces": change.replaces,
            }
            for change in plan.articles
        ],
        "unmatched_old": [
            {"id": old.id, "guid": old.guid, "title": old.title, "links": old.links} for old in plan.unmatched_old
        ],
        "unmatched_ours": _dump_ours(plan.unmatched_ours),
        "doubtful": _dump_ours(plan.doubtful),
        "unmatched_feeds": [feed.head.path for feed in plan.unmatched_feeds],
        "redirects": plan.redirects,
        "moves": plan.moves,
        "notes": plan.notes,
    }


def _dump_ours(articles: Iterable[OurArticle]) -> list[dict[str, str]]:
    return [{"seed": ours.seed, "headline": ours.headline, "id": ours.id} for ours in articles]
