"""`feeds adopt`: take over the subscribers of an existing feed, or bring a lost ledger back."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeds.cli.consent import ask_consent
from feeds.cli.options import TARGET, base_url_option, config_option, load_settings, now_option, read_now
from feeds.errors import say_number, show_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.adopt import Adoption, ArticleChange, Newsroom, OldFeed, OurArticle
    from feeds.config import Config

MAX_SHOWN = 200
"""Lines of each list that are printed; the rest is counted. --json lists all."""
_YES_DOES = "takes it over"
_DOUBTFUL = (
    "the site shows that texts were withdrawn, erased or removed, but not which: `feeds build` publishes them again "
    "where their files are there\n  before you build, remove the files below that must not come back, or write status: "
    "draft into their front matter"
)


@click.command()
@click.argument("target", type=TARGET, metavar="URL|FILE|FOLDER")
@click.option("--category", metavar="NAME", help="The category that this feed is of: its label or slug; / is all.")
@click.option("--yes", is_flag=True, help="Take it over without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken over, and change nothing.")
@click.option("--replace", "replace_ids", is_flag=True, help="Also where our ids were published before.")
@click.option(
    "--resolve-guids",
    "makes_absolute",
    is_flag=True,
    help="Make relative guids absolute, as readers with feedparser do.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object; without --yes, nothing changes.")
@config_option
@base_url_option
@now_option
def adopt(
    target: str,
    category: str | None,
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    *,
    yes: bool,
    dry_run: bool,
    replace_ids: bool,
    makes_absolute: bool,
    as_json: bool,
) -> int:
    """Take ids, addresses and paths of an existing feed into the ledger, so that no reader shows an article twice.

    The feed may be RSS, Atom or JSON Feed, with its archive; ours or another system's; a file, a folder such as a
    published site, or an address. Its articles are matched with ours and shown; nothing changes before you say yes.
    A lost ledger comes back the same way, from the folder or address of the published site.
    """
    from feeds.adopt import carry_out
    from feeds.ingest.seeds.listing import check_folders
    from feeds.store import open_library

    config = load_settings(config_path, base_url=base_url)
    check_folders(config)
    feeds, adoption = _plan(
        config, target, read_now(now_text), category=category, replace_ids=replace_ids, makes_absolute=makes_absolute
    )
    if not as_json:
        _print_plan(feeds, adoption)
    code, answer = _decide(adoption, replace_ids=replace_ids, dry_run=dry_run, as_json=as_json, yes=yes)
    taken = code == 0 and answer is None
    if taken:
        with closing(open_library(config.library.database)) as library, library.hold():
            carry_out(adoption, config)
        answer = f"{config.library.ledger}: taken over; `feeds build` publishes it"
    if as_json:
        told = {"target": target, "taken": taken, "why_not": None if taken else answer}
        print(json.dumps({**told, **_dump_adoption(adoption)}))
    elif code:
        print(f"error: {answer}", file=sys.stderr)
    else:
        print(answer)
    return code


def _plan(
    config: Config, target: str, now: datetime, *, category: str | None, replace_ids: bool, makes_absolute: bool
) -> tuple[list[OldFeed], Adoption]:
    """The feeds at a target, and what of them would be taken over."""
    from feeds.adopt import find_namespace, list_pages, load_feeds, plan_adoption, resolve_guids
    from feeds.text import load_catalogue

    newsroom = _load_newsroom(config, now)
    for error in newsroom.report.errors:
        print(f"error: {error}", file=sys.stderr)
    # The slugs of our feeds, for a site of ours: its feeds are likely to be at the same paths.
    loaded = load_feeds(target, slugs=[feed.slug for feed in newsroom.ledger.feeds])
    feeds = loaded.feeds
    if (namespace := find_namespace(feeds, newsroom)) is not None:
        newsroom = _load_newsroom(config, now, namespace)
    if makes_absolute:
        feeds = list(map(resolve_guids, feeds))
    adoption = plan_adoption(
        feeds,
        newsroom,
        config,
        category=category,
        replace_ids=replace_ids,
        pages=list_pages(Path(target), load_catalogue(config.site.language).paths["article"]),
    )
    adoption.plan.notes += loaded.notes
    return feeds, adoption


def _load_newsroom(config: Config, now: datetime, namespace: str | None = None) -> Newsroom:
    from feeds.adopt import load_newsroom
    from feeds.cli.progress import show_progress
    from feeds.store import open_library

    with (
        closing(open_library(config.library.database)) as library,
        show_progress() as progress,
        # Rolled back at the end, with everything that the ingest did in it.
        library.read() as connection,
    ):
        return load_newsroom(connection, config, now=now, namespace=namespace, progress=progress)


def _decide(
    adoption: Adoption, *, replace_ids: bool, dry_run: bool, as_json: bool, yes: bool
) -> tuple[int, str | None]:
    """Exit code, and why nothing is taken over; None where it is."""
    plan = adoption.plan
    if not plan.articles and not plan.feeds:
        return 1, "nothing of it was matched with what the seeds give, so nothing was taken over"
    replacing = len(plan.replacing) + sum(change.replaces for change in plan.feeds)
    if replacing and not replace_ids:
        return 1, (
            f"{replacing} ids are in the ledger and would be replaced: whoever has subscribed to our feeds would be "
            "shown these articles again; nothing was taken over\n  if nobody has yet, say so with --replace"
        )
    if adoption.is_unchanged:
        return 0, "the ledger has all of this already"
    if as_json and not (yes or dry_run):
        return 0, f"nothing was changed; --yes {_YES_DOES}"
    return ask_consent("Take this into the ledger?", yes_does=_YES_DOES, yes=yes, dry_run=dry_run)


def _print_plan(feeds: list[OldFeed], adoption: Adoption) -> None:
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


def _dump_adoption(adoption: Adoption) -> dict[str, Any]:
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
