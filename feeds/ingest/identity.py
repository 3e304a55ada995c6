"""Identity: natural keys, which articles they may join, and the id that is minted once. Pure."""

from __future__ import annotations

import base64
import re
import string
import uuid
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from feeds.article import Article, list_texts
from feeds.dates import Stamp
from feeds.text import Catalogue, digest, fold_spaces, is_tracking, slugify

STRONG_KINDS = ("id", "number", "url")
"""Kinds of natural keys that a publisher gives; "report" and "lead" are what the text itself gives."""
KINDS = (*STRONG_KINDS, "report", "lead")
"""All kinds, best first."""

_DIGEST_LENGTH = 24
_KEY_LENGTH = 10
_TYPOGRAPHY = string.punctuation + "„“”‚‘’«»‹›–—―−…·•"
_LONG_WORD = re.compile(r"\w{5,}")
MIN_WORDS = 8
"""Sharing words proves nothing between texts of fewer long words than this."""
MIN_SHARE = 0.2
"""The share of its long words that a text has in common with what corrects it. Two reports of a day share a tenth."""


def find_keys(article: Article, *, origin: str, url_id: str | None) -> tuple[str, ...]:
    """The natural keys of an article, best first, each `kind:value`: all are kept, and the best one mints the id.

    `origin` names where the page comes from, `url_id` is the pattern of the article's number in its address.
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
    if texts := list_texts(article):
        keys.append(f"lead:{digest(origin, fold_spaces(texts[0]))[:_DIGEST_LENGTH]}")
    return tuple(keys)


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
    """Sorts natural keys, best first."""
    return KINDS.index(kind_of(key)), key


def may_join(one: Iterable[str], other: Iterable[str], *, by: str) -> bool:
    """Whether two articles that share the key `by` can be one.

    A key from the text joins only where no better key contradicts it: two numbers, or (for the first paragraph
    alone) two addresses, that differ are two articles.
    """
    kind = kind_of(by)
    if kind in STRONG_KINDS:
        return True
    against = ("id", "number") if kind == "report" else STRONG_KINDS
    mine, theirs = _by_kind(one), _by_kind(other)
    return not any(mine[name] and theirs[name] and not mine[name] & theirs[name] for name in against)


def are_named_apart(one: Iterable[str], other: Iterable[str], *, by: str) -> bool:
    """Whether one alone of two that begin alike has an id in its front matter: it was written to tell them apart."""
    if kind_of(by) != "lead":
        return False
    return any(kind_of(key) == "id" for key in one) != any(kind_of(key) == "id" for key in other)


def _by_kind(keys: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for key in keys:
        kinds[kind_of(key)].add(key)
    return kinds


def mint_id(namespace: str, keys: Iterable[str]) -> str:
    """The id of an article, from its best key: a `urn:uuid:` of version 5, or the front matter's IRI as it is."""
    best = min(keys, key=rank_key)
    if best.startswith("id:") and is_absolute_iri(best.removeprefix("id:")):
        return best.removeprefix("id:")
    return mint_uuid(namespace, best)


def mint_uuid(namespace: str, name: str) -> str:
    """A `urn:uuid:` (RFC 9562 section 5.5) for a name in the site's namespace."""
    return f"urn:uuid:{uuid.uuid5(_find_namespace(namespace), name)}"


@lru_cache(maxsize=8)
def _find_namespace(namespace: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, namespace)


def is_absolute_iri(text: str) -> bool:
    """Whether a text can be an id by itself: a scheme and something after it, no white space."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", text) is not None


def mint_path(identifier: str, headline: str, catalogue: Catalogue) -> str:
    """The path of an article's page: "/artikel/<key>/<slug>/", or without the slug where the headline gives none."""
    slug = slugify(headline)
    return f"/{catalogue.paths['article']}/{key_of_path(identifier)}/{f'{slug}/' if slug else ''}"


def key_of_path(identifier: str) -> str:
    """The key of an article in its page's address: lower-case base 32 of a digest of its id."""
    # Five bytes are eight characters; what is cut off is not encoded first.
    start = bytes.fromhex(digest(identifier))[: -(-_KEY_LENGTH // 8) * 5]
    return base64.b32encode(start).decode()[:_KEY_LENGTH].lower()


def are_different(one: Article, other: Article) -> bool:
    """Whether two articles on one key are two: headline and first paragraph differ, and the day, or the whole text.

    With one first paragraph they are two where the headline differs, and all that follows. A corrected text keeps most
    of its words, whatever else is new in it. One headline is that of two, such as of a day's reports of the police,
    where their texts share next to nothing; but not at one address.
    """
    mine, theirs = list_texts(one), list_texts(other)
    if not (mine and theirs):
        return False
    begin_alike = fold_spaces(mine[0]) == fold_spaces(theirs[0])
    if one.headline == other.headline:
        return not begin_alike and not _is_same_name(one, other) and _share_few_words(mine, theirs)
    if one.published is None or other.published is None:
        return False
    if begin_alike:
        # A standing phrase, as of a series.
        return _share_few_words(mine[1:], theirs[1:])
    return _day_of(one.published) != _day_of(other.published) or _share_few_words(mine, theirs)


def _is_same_name(one: Article, other: Article) -> bool:
    """Whether two texts say that they are one article: by their addresses, else by an `id` in their front matter."""
    if one.url and other.url:
        return canonicalise_url(one.url) == canonicalise_url(other.url)
    return one.key is not None and one.key == other.key


def _day_of(stamp: Stamp) -> str:
    return stamp.value.isoformat()[:10]


def _share_few_words(texts: Iterable[str], others: Iterable[str]) -> bool:
    words, more = (set(_LONG_WORD.findall(" ".join(each).casefold())) for each in (texts, others))
    least = min(len(words), len(more))
    return least >= MIN_WORDS and len(words & more) < MIN_SHARE * least


def digest_words(article: Article) -> str:
    """A digest of the words of headline and text: the same where only white space or typography changed."""
    text = " ".join([article.headline or "", *list_texts(article)]).casefold()
    # Looking for each sign by itself takes a sixth of the time of one pattern or a translation.
    for sign in _TYPOGRAPHY:
        text = text.replace(sign, " ")
    return digest(" ".join(text.split()))[:16]
