"""Redirects in the settings that have no effect: from a path that the site has itself, or to one that doesn't exist."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import unquote

from feeds.config import blame
from feeds.errors import ConfigError
from feeds.ingest.report import Remark
from feeds.site.site import Site
from feeds.store.documents import find_digests


def find_idle_redirects(site: Site) -> Iterator[ConfigError]:
    """An error for each redirect that leads away from what the site has itself."""
    what = "the site has this address itself, and answers with that"
    hint = "remove the line; a category that was renamed has `was`, one that is to go has `removed = true`"
    for old in site.config.redirects:
        if site.has(unquote(old)):
            yield blame(site.config, ("redirects", old), what, hint=hint)


def find_dead_redirects(site: Site) -> Iterator[Remark]:
    """A remark for each redirect whose path leads to nothing here: to a 404.

    A path that answers 410 is no such nothing. A whole address may be that of a file that others put beside ours.
    """
    hint = "name a path that exists; the whole address of a file of your own is not checked"
    redirects = site.config.redirects
    paths = {old: site.config.find_own_path(new) for old, new in redirects.items() if new.startswith("/")}
    there = find_digests(site.connection, {path for path in paths.values() if path is not None})
    for old, path in paths.items():
        if path not in there and not _leads_on(site, path):
            what = "the site has nothing at the target"
            yield Remark("dead-redirect", ("redirects", old), what, redirects[old], hint)


def _leads_on(site: Site, path: str | None) -> bool:
    """Whether a path leads to a document, to a 410, or (where it is None) to another site."""
    met: set[str] = set()
    while path is not None and path not in met:
        met.add(path)
        if site.has(path):
            return True
        answer = site.render(path)
        if answer.location is None:
            return answer.status == HTTPStatus.GONE
        path = site.config.find_own_path(answer.location)
    return path is None
