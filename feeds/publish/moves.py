"""Feeds that have moved, where nothing but a server leads their subscribers on: what is said of that."""

from __future__ import annotations

import json
from collections.abc import Iterator

from feeds.config import Config
from feeds.errors import Problem
from feeds.ingest.report import UNTOLD_MOVE
from feeds.site import Site


def note_moves(site: Site) -> Iterator[tuple[str, Problem]]:
    """A note for each feed that is not where it was first, or has taken in others: a static host leads nobody on.

    A category that is at its first address again left few behind, and can do nothing for them.
    """
    feeds = {feed.folder: feed for feed in site.feeds.values()}
    moves: dict[str, list[str]] = {}
    for folder, target in sorted(site.routes.moved.items()):
        feed = feeds.get(target)
        if folder.strip("/") in site.feeds or (feed is not None and feed.key != feed.slug):
            moves.setdefault(target, []).append(folder)
    for target, folders in sorted(moves.items()):
        first = f"/{feeds[target].key}/" if target in feeds else None
        # What is the key of another feed was that one's folder.
        own = [folder for folder in folders if folder == first or folder.strip("/") not in site.feeds]
        yield _note_move(site.config, folders, target, back=first if first in own else next(iter(own), None))


def _note_move(config: Config, folders: list[str], target: str, *, back: str | None) -> tuple[str, Problem]:
    """The note that the feeds of these folders are at the target, and that its feed can go `back` to one of them."""
    what = f"the feeds of {', '.join(folders)} are at {target} now, and on a static host nothing leads their"
    advice = []
    if back is not None:
        # The first of `was` that has a feed gives the category that one.
        slugs = [folder.strip("/") for folder in (target, *folders) if folder != back]
        setting = f'slug = "{back.strip("/")}", was = {json.dumps(slugs, ensure_ascii=False)}'
        advice.append(f"write {setting} for the category, whose name may change all the same")
    if others := [folder for folder in folders if folder != back]:
        advice.append(f"who has {', '.join(others)} must subscribe anew")
    hint = (
        "`feeds build --compress` writes what nginx, Caddy, Netlify, Cloudflare and GitLab redirect by; GitHub Pages"
        f" and object stores can't redirect: there {'; '.join(advice)}"
    )
    return str(config.path or "config.toml"), Problem(UNTOLD_MOVE, f"{what} subscribers there", hint=hint)
