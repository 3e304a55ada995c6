"""An adoption, from the old feeds and our articles to the new ledger. Only `carry_out` writes anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from feeds.adopt.articles import Newsroom
from feeds.adopt.feedmap import find_feed, name_feed
from feeds.adopt.grouping import group_entries
from feeds.adopt.matching import match_articles
from feeds.adopt.namespaces import find_namespaces
from feeds.adopt.plan import Plan, apply_plan, make_plan
from feeds.adopt.records import OldFeed
from feeds.adopt.restoring import find_doubtful, restore_ledger
from feeds.adopt.states import find_notice_prefix
from feeds.config import Config
from feeds.dates.instants import to_seconds
from feeds.errors import AdoptError, say_number
from feeds.site.names import SET_TITLES
from feeds.store import (
    FeedIdentity,
    Ledger,
    LedgerState,
    look_at_ledger,
    parse_ledger,
    render_head,
    render_identity,
    write_ledger,
)
from feeds.store.feeds import CORRECTIONS
from feeds.text import digest_bytes, load_catalogue


@dataclass(frozen=True, slots=True)
class Adoption:
    """What will be taken over, and the lines of the resulting ledger.

    `state` is that of the ledger's present file. `is_restored`: a lost ledger comes back.
    """

    plan: Plan
    lines: tuple[str, ...]
    state: LedgerState | None
    is_restored: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether the ledger has all of it already."""
        return self.state is not None and digest_bytes("".join(self.lines).encode()) == self.state.digest


def find_namespace(feeds: Sequence[OldFeed], newsroom: Newsroom) -> str | None:
    """The namespace of a lost ledger, where it differs from the one that the settings give; else None.

    With it, `load_newsroom` mints the ids that were minted then.
    """
    is_lost = newsroom.state is None and not newsroom.is_published and any(feed.head.is_ours for feed in feeds)
    found = find_namespaces(feeds, newsroom) if is_lost else []
    return found[0] if found and found[0] != newsroom.ledger.namespace else None


def plan_adoption(
    feeds: Sequence[OldFeed],
    newsroom: Newsroom,
    config: Config,
    *,
    category: str | None,
    replace_ids: bool,
    pages: Mapping[str, str],
) -> Adoption:
    """What taking over these feeds does.

    `category` names the one that a single feed stands for; `pages` are the paths of our own published pages, by key
    (`list_pages`). Where the feeds are our own and there is no ledger (or ids may be replaced), places, archives
    and states come back too. Raises AdoptError.
    """
    is_restored = any(feed.head.is_ours for feed in feeds) and (replace_ids or not newsroom.is_published)
    ledger = newsroom.ledger
    namespaces: list[str] = []
    if is_restored:
        namespaces = find_namespaces(feeds, newsroom)
        namespace = namespaces[0] if namespaces else ledger.namespace
        ledger = _add_feeds(replace(ledger, namespace=namespace), feeds, config)
    pairs = [(feed, find_feed(feed, ledger.feeds, config)) for feed in feeds]
    if category is not None:
        pairs = [(_find_single(feeds, category), _find_named(category, ledger, config))]
    # Entries of the feed of corrections are no articles.
    old = group_entries(feed for feed, ours in pairs if ours is None or ours.key != CORRECTIONS)
    catalogue = load_catalogue(config.site.language)
    matching = match_articles(
        old,
        newsroom.articles,
        base_url=config.site.base_url,
        patterns=newsroom.patterns,
        namespaces=namespaces,
        notice=find_notice_prefix(catalogue) if is_restored else "",
    )
    plan = make_plan(matching, pairs, ledger, config, is_known=newsroom.is_published)
    ledger = apply_plan(ledger, plan)
    if is_restored:
        ledger, notes = restore_ledger(ledger, plan, old, config, pages=pages, now=to_seconds(newsroom.now))
        plan.notes += [*notes, *_say_namespace(ledger, config, is_proven=bool(namespaces))]
        plan.doubtful = find_doubtful(matching, catalogue)
    plan.notes += _say_depth(plan, config)
    head = render_head(ledger.namespace, ledger.feeds, is_published=newsroom.is_published)
    lines = (*head, *map(render_identity, ledger.articles))
    # Raises LedgerError for lines that could not be read again: they must not be written.
    parse_ledger("".join(lines), str(config.library.ledger))
    return Adoption(plan, lines, newsroom.state, is_restored)


def _say_namespace(ledger: Ledger, config: Config, *, is_proven: bool) -> Iterator[str]:
    """A sentence about a namespace that is not the settings', or that no published id was minted in (`is_proven`)."""
    if not is_proven:
        yield (
            f"ids that are minted from now on come from the namespace {ledger.namespace!r}, which no published id is "
            "from: if [site] id or base_url was another at the first build, remove the ledger that this writes, set id "
            'in [site] to that (of a base URL what follows https:, such as "//blatt.example/"), and do it again'
        )
    elif ledger.namespace != config.namespace:
        told = f"published ids come from the namespace {ledger.namespace!r}, not from what [site] says now"
        yield f"{told}: the ledger has it again"


def _say_depth(plan: Plan, config: Config) -> Iterator[str]:
    """Sentences about articles older than the old feed: their old ids are unknown, so readers may see them again."""
    dates = [change.match.ours.published for change in plan.articles]
    older = [ours for ours in plan.unmatched_ours if dates and ours.published < min(dates)]
    fits = len(dates) + len(plan.unmatched_ours) - len(older)
    if older and config.feeds.entries > fits:
        yield (
            f"{say_number(len(older), 'article of ours is', 'articles of ours are')} older than all that the old feed "
            "tells, so what ids they had is unknown: "
            f"with entries = {fits} (and hours = 0) in [feeds], nobody who had them is shown them again"
        )


def carry_out(adoption: Adoption, config: Config) -> None:
    """Write the ledger. Raises AdoptError where it was changed meanwhile, and LedgerError."""
    path = config.library.ledger
    if look_at_ledger(path, adoption.state) != adoption.state:
        raise AdoptError("was changed meanwhile", path=str(path), hint="nothing was taken over; run it again")
    write_ledger(path, lambda: map(str.encode, adoption.lines), replaces=adoption.state)


def _find_single(feeds: Sequence[OldFeed], category: str) -> OldFeed:
    if len(feeds) != 1:
        raise AdoptError(
            f"there are {len(feeds)} feeds, and one category is named",
            text=category,
            hint="take over one feed at a time: give its own address or file",
        )
    return feeds[0]


def _find_named(category: str, ledger: Ledger, config: Config) -> FeedIdentity:
    feed = name_feed(category, ledger.feeds, config)
    if feed is None:
        labels = ", ".join(repr(feed.label) for feed in ledger.feeds if feed.label)
        raise AdoptError("there is no such category", text=category, hint=f"there are {labels or 'none'}; / is all")
    return feed


def _add_feeds(ledger: Ledger, feeds: Sequence[OldFeed], config: Config) -> Ledger:
    """The ledger with those of our published feeds that no seed has an article for now."""
    known = {feed.slug for feed in ledger.feeds} | {feed.key for feed in ledger.feeds}
    added: dict[str, FeedIdentity] = {}
    for feed in feeds:
        head = feed.head
        if not (head.is_ours and head.format == "atom" and head.id):
            continue
        name = head.title.removesuffix(config.site.title).rstrip(" –")
        slug, label = (head.slug, name) if head.slug else _find_member(head.location or "", name, config)
        if slug and slug not in known:
            added.setdefault(slug, FeedIdentity(slug, head.id, slug, label or slug))
    return replace(ledger, feeds=(*ledger.feeds, *added.values()))


def _find_member(location: str, name: str, config: Config) -> tuple[str | None, str]:
    """Slug and label of a member of a further feed set ("thema/bad", "Bad"), by its address and its name."""
    catalogue = load_catalogue(config.site.language)
    word, member = ["", "", *urlsplit(location).path.split("/")][-3:-1]
    for each in config.feeds.sets:
        before, _, behind = catalogue.say(SET_TITLES[each], name="\0").partition("\0")
        if word == catalogue.paths[each] and name.startswith(before) and name.endswith(behind):
            return f"{word}/{member}", name.removeprefix(before).removesuffix(behind)
    return None, ""
