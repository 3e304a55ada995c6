"""The id that is minted once from the best natural key, and the path of the article's page. Pure."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterable
from functools import lru_cache

from feeds.ingest.identity.keys import rank_key
from feeds.text import Catalogue, digest, slugify

_KEY_LENGTH = 10


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
