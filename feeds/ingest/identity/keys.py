"""The natural keys of an article, and which of them may join two. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from feeds.article import Article, Block, Image, ItemList
from feeds.text import digest, fold_spaces, is_tracking, normalise

STRONG_KINDS = ("id", "number", "url")
"""Kinds of natural keys that a publisher gives; the others are what the text itself gives."""
WEAK_KINDS = ("dated", "lead", "file")
"""Those that several articles may have: the first paragraph, with the day and alone, and the file's path on a day."""
KINDS = (*STRONG_KINDS, "report", *WEAK_KINDS)
"""All kinds, best first."""
KeysByKind = dict[str, set[str]]
"""Natural keys by their kind, so that those of articles with many files are compared at once."""
_DIGEST_LENGTH = 24


def find_keys(article: Article, *, origin: str, url_id: str | None, path: str) -> tuple[str, ...]:
    """The natural keys of an article, best first, each `kind:value`: all are kept, and the best one mints the id.

    `origin` names where the page comes from, `url_id` is the pattern of the article's number in its address, `path` is
    that of its file, by which it is known where its publisher gives it no name.
    """
    keys = []
    if article.key:
        keys.append(f"id:{article.key}")
    if article.url:
        if url_id and (match := re.search(url_id, urlsplit(article.url).path)) and match[1]:
            keys.append(f"number:{origin}:{match[1]}")
        keys.append(f"url:{canonicalise_url(article.url)}")
    if article.headline and article.published:
        stamp = article.published.value.isoformat()
        keys.append(f"report:{digest(origin, stamp, fold_spaces(article.headline))[:_DIGEST_LENGTH]}")
    if text := _find_lead(article.blocks):
        lead = fold_spaces(text)
        if article.published:
            day = article.published.day.isoformat()
            keys.append(f"dated:{digest(origin, day, lead)[:_DIGEST_LENGTH]}")
        keys.append(f"lead:{digest(origin, lead)[:_DIGEST_LENGTH]}")
        if article.published and not (article.key or article.url):
            keys.append(f"file:{digest(normalise(path), day)[:_DIGEST_LENGTH]}")
    return tuple(keys)


def _find_lead(blocks: Iterable[Block]) -> str | None:
    """The first text of blocks; in an ordered list without its number, which is no part of what the item says."""
    for block in blocks:
        if isinstance(block, ItemList):
            return _find_lead(block.items[0])
        if not isinstance(block, Image):
            return block.text
    return None


def canonicalise_url(url: str) -> str:
    """The address as a key: no scheme, no `www.` or `m.`, no trailing slash, fragment or tracking parameter."""
    from w3lib.url import canonicalize_url

    try:
        parts = urlsplit(canonicalize_url(url))
    except ValueError:
        # No address at all (a port of 99999, an open bracket): as good a key as any text.
        return url
    host = re.sub(r"^(?:www|m|mobil|mobile|amp)\.", "", (parts.hostname or "").rstrip("."))
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = "&".join(pair for pair in parts.query.split("&") if pair and not is_tracking(pair.partition("=")[0]))
    return host + port + parts.path.rstrip("/") + (f"?{query}" if query else "")


def kind_of(key: str) -> str:
    """The kind of a natural key."""
    return key.partition(":")[0]


def rank_key(key: str) -> tuple[int, str]:
    """Sorts natural keys, best first; those of kinds that only another version of this program knows come last."""
    kind = kind_of(key)
    return KINDS.index(kind) if kind in KINDS else len(KINDS), key


def group_by_kind(keys: Iterable[str]) -> KeysByKind:
    """Natural keys by their kind, without the kinds of which there is none."""
    kinds: KeysByKind = {}
    for key in keys:
        kinds.setdefault(kind_of(key), set()).add(key)
    return kinds


def may_join(one: KeysByKind, other: KeysByKind, *, by: str) -> bool:
    """Whether two articles that share the key `by` can be one.

    A key from the text joins only where no better key contradicts it: two numbers, or (but for headline and time) two
    addresses, that differ are two articles.
    """
    kind = kind_of(by)
    if kind in STRONG_KINDS:
        return True
    against = ("id", "number") if kind == "report" else STRONG_KINDS
    return not any(name in one and name in other and one[name].isdisjoint(other[name]) for name in against)


def are_named_apart(one: KeysByKind, other: KeysByKind, *, by: str) -> bool:
    """Whether one alone of two with a weak key has an id in its front matter: it was written to tell them apart."""
    return kind_of(by) in WEAK_KINDS and ("id" in one) != ("id" in other)
