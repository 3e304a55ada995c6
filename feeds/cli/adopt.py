"""`feeds adopt`: take over the subscribers of an existing feed, or bring a lost ledger back."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.consent import ask_consent
from feeds.cli.options import TARGET, base_url_option, config_option, load_settings, now_option, read_now
from feeds.cli.reporting import print_error

if TYPE_CHECKING:
    from feeds.adopt import Adoption, Newsroom, OldFeed
    from feeds.config import Config

_YES_DOES = "takes it over"


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
    from feeds.cli.adoption import dump_adoption, print_plan
    from feeds.ingest.seeds.listing import check_folders
    from feeds.store import open_library

    config = load_settings(config_path, base_url=base_url)
    check_folders(config)
    feeds, adoption = _plan(
        config, target, read_now(now_text), category=category, replace_ids=replace_ids, makes_absolute=makes_absolute
    )
    if not as_json:
        print_plan(feeds, adoption)
    code, answer = _decide(adoption, replace_ids=replace_ids, dry_run=dry_run, as_json=as_json, yes=yes)
    taken = code == 0 and answer is None
    if taken:
        with closing(open_library(config.library.database)) as library, library.hold():
            carry_out(adoption, config)
        answer = f"{config.library.ledger}: taken over; `feeds build` publishes it"
    if as_json:
        told = {"target": target, "taken": taken, "why_not": None if taken else answer}
        print(json.dumps({**told, **dump_adoption(adoption)}))
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
        print_error(error)
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
