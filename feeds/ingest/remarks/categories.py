"""Warnings about categories: empty ones, and addresses whose readers are not redirected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from feeds.ingest.identity.aliases import load_identities
from feeds.ingest.report import Remark
from feeds.ingest.work import Work
from feeds.render.formats import FORMATS
from feeds.store import BATCH, ask, ask_values
from feeds.store.feeds import StoredFeed
from feeds.text import fold_name

_DESERTED = """
    SELECT key, last_place FROM feeds WHERE last_place > 0
    AND NOT EXISTS (SELECT 1 FROM places WHERE places.feed = feeds.key AND places.current = 1)
"""
_WENT = """
    SELECT own.feed, count(*) AS number, min(own.place) AS first
    FROM places AS former JOIN places AS own ON own.article = former.article
    WHERE former.feed = :key AND own.feed != :key GROUP BY own.feed HAVING max(own.current) = 1
"""
_CAME = """
    SELECT article FROM places AS own WHERE feed = :successor AND place <= :last
    AND EXISTS (SELECT 1 FROM places AS former WHERE former.article = own.article AND former.feed IN :deserted)
"""
_LEFT = "no page has the category {!r} any more: subscribers of /{}/ get nothing new"
_MISSPELT = "no page has the category {!r} any more, and all its articles are in {!r}: its feed stays at /{}/, empty"
_MIN_LIKENESS = 0.85
"""Of two names of categories that are one, misspelt ("Politk", "Politik": 0.92; "Nord", "Norden": 0.8)."""
_MIN_SHARE = 0.9
"""The share of a category's first articles that come from deserted ones, where it is those by another name."""


def remark_categories(work: Work) -> None:
    """Remark what is odd about categories, when all articles are in their feeds."""
    odd = (_find_empty(work), _find_deserted(work), _find_left_behind(work), _find_untold_moves(work))
    work.report.remarks += chain.from_iterable(odd)


def _find_empty(work: Work) -> Iterator[Remark]:
    """Categories of the settings that no article is in, each with the nearest label that pages have."""
    if not work.config.categories:
        return
    # Most runs have no category without an article.
    import difflib

    used = set(ask_values(work.connection, "SELECT DISTINCT category FROM articles WHERE seed IS NOT NULL"))
    labels = [feed.label for key, feed in work.feeds.by_key.items() if key in used]
    for index, category in enumerate(work.config.categories):
        if not category.removed and work.feeds.find_category(category.label).key not in used:
            near = difflib.get_close_matches(category.label, labels, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            key = ("categories", index, "label")
            what = "no page has this category"
            yield Remark("empty-category", key, what, category.label, f"{hint}its feed is published empty")


def _find_deserted(work: Work) -> Iterator[Remark]:
    """Feeds of categories that no setting names, and that go by another name now, which only texts say.

    By all places that were ever given, so that it stays true whatever comes and goes later.
    """
    led = {slug for category in work.config.categories for slug in (category.word, *category.was)}
    labels = {category.label for category in work.config.categories}
    places = {row.key: row.last_place for row in ask(work.connection, _DESERTED)}
    empty = [feed for feed in map(work.feeds.by_key.__getitem__, places) if feed.is_category]
    for feed in empty:
        # A category of the settings that got another slug is told by `_find_left_behind`.
        if (
            feed.slug in led
            or feed.label in labels
            or all(f"/{feed.slug}/{each.file_name}" in work.config.redirects for each in FORMATS)
        ):
            continue
        went = [
            (row.number, row.first == 1, work.feeds.by_key[row.feed])
            for row in ask(work.connection, _WENT, key=feed.key)
            if work.feeds.by_key[row.feed].is_category
        ]
        successors = [(number, each) for number, _, each in went if 2 * number > places[feed.key]]
        # A category that was split has no successor.
        is_split = any(begins for number, begins, _ in went if 2 * number <= places[feed.key])
        for number, successor in successors if len(successors) == 1 and not is_split else ():
            if _began_with(work, successor, empty, last=min(number, BATCH)):
                yield _say_successor(work, feed, successor, _LEFT.format(feed.label, feed.slug))
            elif number == places[feed.key] and is_misspelt(feed.label, successor.label):
                yield _say_successor(work, feed, successor, _MISSPELT.format(feed.label, successor.label, feed.slug))


def _began_with(work: Work, successor: StoredFeed, deserted: list[StoredFeed], *, last: int) -> bool:
    """Whether a category's places up to the last one went to articles of deserted ones: several may have become one."""
    query = {"successor": successor.key, "last": last, "deserted": [feed.key for feed in deserted]}
    came = load_identities(work, ask_values(work.connection, _CAME, **query))
    # Where most came back, it is the older one of the two; one alone may have been a draft in between.
    back = sum(successor.key in each.back for each in came)
    return len(came) >= _MIN_SHARE * last and 2 * back <= len(came)


def is_misspelt(label: str, right: str) -> bool:
    """Whether two names of categories differ by a letter or two only, as where a mistake was corrected."""
    # Most runs have no category without an article.
    import difflib

    one, other = map(fold_name, (label, right))
    if one == other or "".join(filter(str.isdigit, one)) != "".join(filter(str.isdigit, other)):
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= _MIN_LIKENESS


def _say_successor(work: Work, feed: StoredFeed, successor: StoredFeed, what: str) -> Remark:
    was = f'was = ["{feed.slug}"]'
    for index, category in enumerate(work.config.categories):
        if category.word == successor.slug:
            hint = f"write {was} below it, which redirects them"
            return Remark("left-behind", ("categories", index), what, hint=hint)
    slug = "" if work.feeds.find_slug(successor.label) == successor.slug else f'slug = "{successor.slug}", '
    hint = f'in [[categories]] with label = "{successor.label}", write {slug}{was}, which redirects them'
    return Remark("left-behind", ("categories",), what, hint=hint)


def _find_left_behind(work: Work) -> Iterator[Remark]:
    """Feeds of a category of the settings under another slug than its own, which no `was` leads on from."""
    for index, category in enumerate(work.config.categories):
        own = work.feeds.find_category(category.label)
        for feed in work.feeds.by_key.values():
            is_former = feed.is_category and feed is not own and feed.label == category.label
            if is_former and feed.slug not in category.was:
                what = f"subscribers of its feed under the former slug {feed.slug!r} get nothing new"
                hint = f'write was = ["{feed.slug}"] below it, which redirects them'
                yield Remark("left-behind", ("categories", index, "slug"), what, hint=hint)


def _find_untold_moves(work: Work) -> Iterator[Remark]:
    """Feeds of categories whose first folder, which their key remembers, leads their subscribers nowhere now."""
    led = {slug for category in work.config.categories for slug in category.was}
    taken = {feed.slug for feed in work.feeds.by_key.values()}
    for feed in work.feeds.by_key.values():
        first = work.feeds.first_slug(feed)
        is_led = all(f"/{first}/{each.file_name}" in work.config.redirects for each in FORMATS)
        is_told = first == feed.slug or first in led or first in taken or is_led
        if feed.is_category and not is_told:
            yield _say_where(work, feed, first)


def _say_where(work: Work, feed: StoredFeed, first: str) -> Remark:
    moved = f"was published at /{first}/ before it moved to /{feed.slug}/"
    what = f"the category {feed.label!r} {moved}: its feeds answer 404 there"
    hint = f'write slug = "{feed.slug}", was = ["{first}"]'
    for index, category in enumerate(work.config.categories):
        if category.label == feed.label:
            hint = f'{hint}, or to move it back slug = "{first}", was = ["{feed.slug}"] below it'
            return Remark("left-behind", ("categories", index), what, hint=hint)
    hint = f'in [[categories]] with label = "{feed.label}", {hint}'
    back = f"it moves back when no text says {feed.label!r} any more"
    return Remark("left-behind", ("categories",), what, hint=f"{hint}; {back}")
