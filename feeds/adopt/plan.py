"""The plan of what taking over old feeds would change in the ledger, and the ledger after it. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from feeds.adopt.matching import Match, Matching
from feeds.adopt.records import OldArticle, OldFeed, OurArticle
from feeds.check import is_id
from feeds.config import Config
from feeds.ingest.identity.keys import canonicalise_url
from feeds.render.formats import BY_FILE_NAME, BY_NAME
from feeds.site.names import absolute
from feeds.store import FeedIdentity, Ledger
from feeds.text import load_catalogue

_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]{1,200}")


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What becomes of a matched article: its id, its guid (None: the id), its page's path.

    `replaces`: the ledger had another id or guid for it before, so those who have subscribed to our feeds already would
    see it again.
    """

    match: Match
    id: str
    guid: str | None
    path: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class FeedChange:
    """The feed of ours that an old feed becomes, and the id that it has then. `replaces` as with articles."""

    old: OldFeed
    feed: FeedIdentity
    id: str
    replaces: bool


@dataclass(slots=True)
class Plan:
    """All that taking over would do.

    `redirects` are old path -> new path, for `[redirects]` of the settings; `moves` are old address -> new address, of
    feeds and articles, where the old one is on another site. `notes` say what readers may still see twice, and what
    can't be kept. `doubtful` are articles that may have been withdrawn, and that a build would publish again.
    """

    articles: list[ArticleChange] = field(default_factory=list)
    feeds: list[FeedChange] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    unmatched_old: tuple[OldArticle, ...] = ()
    unmatched_ours: tuple[OurArticle, ...] = ()
    unmatched_feeds: list[OldFeed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubtful: tuple[OurArticle, ...] = ()

    @property
    def replacing(self) -> list[ArticleChange]:
        """The articles whose published id would change."""
        return [change for change in self.articles if change.replaces]


def make_plan(
    matching: Matching,
    feeds: Iterable[tuple[OldFeed, FeedIdentity | None]],
    ledger: Ledger,
    config: Config,
    *,
    is_known: bool,
) -> Plan:
    """The plan for these matches and feeds. `ledger` is what a build would write; `is_known`: there is one already."""
    plan = Plan(unmatched_old=matching.old, unmatched_ours=matching.ours)
    _plan_feeds(plan, feeds, ledger, config, is_known=is_known)
    _plan_articles(plan, matching.matches, ledger, config)
    return plan


def apply_plan(ledger: Ledger, plan: Plan) -> Ledger:
    """The ledger with everything taken over; the order of its lines stays."""
    changes = {change.match.ours.id: change for change in plan.articles}
    feed_ids = {change.feed.key: change.id for change in plan.feeds}
    articles = [
        identity
        if (change := changes.get(identity.id)) is None
        else replace(identity, id=change.id, guid=change.guid, path=change.path)
        for identity in ledger.articles
    ]
    feeds = [replace(feed, id=feed_ids.get(feed.key, feed.id)) for feed in ledger.feeds]
    return replace(ledger, feeds=tuple(feeds), articles=tuple(articles))


def find_path(link: str, config: Config) -> str | None:
    """The path on our site that an address under our base has, query included; None for an address elsewhere.

    Scheme and `www.` don't matter: pages that moved to https or to a plain host have kept their paths.
    """
    try:
        parts, base = urlsplit(link), urlsplit(config.site.base_url)
        same = _host(parts) == _host(base)
    except ValueError:
        return None
    path = parts.path or "/"
    if not same or parts.scheme not in {"http", "https"} or not path.startswith(base.path):
        return None
    return "/" + path.removeprefix(base.path) + (f"?{parts.query}" if parts.query else "")


def is_article_path(path: str, config: Config) -> bool:
    """Whether a path is one that pages of articles have: "/artikel/<key>/" or "/artikel/<key>/<slug>/"."""
    folder = f"/{load_catalogue(config.site.language).paths['article']}/"
    segments = path.removeprefix(folder).removesuffix("/").split("/")
    return (
        path.startswith(folder)
        and path.endswith("/")
        and len(segments) <= 2
        and all(_SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments)
    )


def _plan_articles(plan: Plan, matches: Sequence[Match], ledger: Ledger, config: Config) -> None:
    owners: dict[str, str] = {}
    for identity in ledger.articles:
        owners[identity.id] = identity.id
        if identity.guid is not None:
            owners[identity.guid] = identity.id
    paths = {identity.path: identity.id for identity in ledger.articles}
    own = _list_own_paths(ledger)
    relative = odd = 0
    for match in matches:
        identifier, guid, note = _choose_ids(match, owners)
        plan.notes += [note] if note else []
        path = _choose_path(match, paths, config)
        paths[path] = match.ours.id
        replaces = match.ours.is_known and (identifier, guid or identifier) != (
            match.ours.id,
            match.ours.guid or match.ours.id,
        )
        plan.articles.append(ArticleChange(match, identifier, guid, path, replaces))
        odd += _redirect(plan, match, path, own, config)
        relative += match.old.is_relative
    if relative:
        plan.notes.append(
            f'{relative} guids are relative and are not marked isPermaLink="false": kept as they are written, as most '
            "readers know them; readers that resolve them by the feed's address show these entries again "
            "(--resolve-guids keeps them for those instead)"
        )
    if odd:
        plan.notes.append(
            f"{odd} old addresses have a query (such as ?p=12), by which no static host can redirect; where a server "
            "is in front of the site, let it"
        )


def _choose_ids(match: Match, owners: dict[str, str]) -> tuple[str, str | None, str | None]:
    """The new id and guid of an article, and a note about them, or None.

    Atom's id must be an IRI (RFC 4287 section 4.2.6): another stays that of RSS and JSON Feed, beside one of ours.
    """
    old, ours = match.old, match.ours
    note = None
    identifier, guid = old.id, old.guid
    if not is_id(identifier):
        if guid is not None:
            note = f"{identifier!r} is no IRI, so it can't be an id in Atom: readers of the old Atom feed see it again"
        identifier, guid = ours.id, guid if guid is not None else identifier
    for wanted in (identifier, guid):
        if wanted is not None and owners.get(wanted, ours.id) != ours.id:
            return ours.id, ours.guid, f"{wanted!r} is the id of another article already: {ours.seed} keeps its own"
    owners[identifier] = ours.id
    if guid is not None:
        owners[guid] = ours.id
    if old.others:
        note = f"{old.others[0]!r} is one more id of {ours.seed}: it can have only {identifier!r} and {guid!r}"
    return identifier, None if guid == identifier else guid, note


def _choose_path(match: Match, paths: Mapping[str, str], config: Config) -> str:
    """The old page's path, if it has the form of ours and our page was never published; else our page's path."""
    ours = match.ours
    if not ours.is_known:
        for link in match.old.links:
            path = find_path(link, config)
            if path is not None and is_article_path(path, config) and paths.get(path, ours.id) == ours.id:
                return path
    return ours.path


def _redirect(plan: Plan, match: Match, path: str, own: Container[str], config: Config) -> int:
    """Plan redirects from an article's old addresses to its page; return how many of them have a query."""
    odd = 0
    for link in match.old.links:
        old = find_path(link, config)
        if old is None:
            if _leads_elsewhere(link, match, config):
                plan.moves.setdefault(link, absolute(config, path))
                odd += "?" in link
        elif "?" in old:
            odd += 1
        elif old != path and old not in own:
            plan.redirects.setdefault(_readable(old), path)
    return odd


def _leads_elsewhere(link: str, match: Match, config: Config) -> bool:
    """Whether an old address on another site has to lead to our page: it is not the one that the text itself names."""
    if urlsplit(link).scheme not in {"http", "https"} or not config.output.pages:
        return False
    return match.ours.url is None or canonicalise_url(match.ours.url) != canonicalise_url(link)


def _plan_feeds(
    plan: Plan, feeds: Iterable[tuple[OldFeed, FeedIdentity | None]], ledger: Ledger, config: Config, *, is_known: bool
) -> None:
    ids = {feed.id: feed.key for feed in ledger.feeds}
    own = _list_own_paths(ledger)
    chosen: dict[str, str] = {}
    for old, feed in feeds:
        if feed is None:
            plan.unmatched_feeds.append(old)
            continue
        wanted = old.head.id if old.head.id is not None and is_id(old.head.id) else None
        if wanted is not None and chosen.get(feed.key, wanted) != wanted:
            plan.notes.append(f"{old.head.path} is one more feed of {feed.label or 'all'}: its id {wanted!r} goes")
            wanted = chosen[feed.key]
        elif wanted is not None and ids.get(wanted, feed.key) != feed.key:
            plan.notes.append(f"{wanted!r} is the id of another feed already: {feed.label or 'all'} keeps its own")
            wanted = None
        elif wanted is not None:
            chosen[feed.key] = wanted
            ids[wanted] = feed.key
        identifier = wanted or chosen.get(feed.key, feed.id)
        plan.feeds.append(FeedChange(old, feed, identifier, is_known and identifier != feed.id))
        _move_feed(plan, old, feed, own, config)


def _list_own_paths(ledger: Ledger) -> frozenset[str]:
    """The paths of our feeds' folders and documents, which nothing may redirect away."""
    folders = [feed.folder for feed in ledger.feeds]
    return frozenset(folder + name for folder in folders for name in ("", *BY_FILE_NAME))


def _move_feed(plan: Plan, old: OldFeed, feed: FeedIdentity, own: Container[str], config: Config) -> None:
    """Plan the redirect of the old feed: to our feed in the same format, which has the same ids."""
    address = old.head.path if "://" in old.head.path else old.head.location
    if address is None or "://" not in address:
        return
    # At a copy of our site, feeds name the addresses that they have there.
    if old.head.location is not None and find_path(old.head.location, config) in own:
        return
    new = feed.folder + BY_NAME[old.head.format].file_name
    path = find_path(address, config)
    if path is not None and path in own:
        return
    if path is not None and "?" not in path:
        plan.redirects[_readable(path)] = new
    else:
        plan.moves[address] = absolute(config, new)


def _host(parts: SplitResult) -> tuple[str, int | None]:
    host = (parts.hostname or "").removeprefix("www.")
    if not host.isascii():
        host = host.encode("idna").decode()
    return host, None if parts.port in {80, 443} else parts.port


def _readable(path: str) -> str:
    """A path percent-decoded, as the site compares it, if the result is printable and still only a path."""
    try:
        plain = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path
    return plain if plain.isprintable() and not any(mark in plain for mark in " ?#") else path
