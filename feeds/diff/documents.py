"""Reading a document as the modelled reader does: by `feeds.foreign`, but refusing what most readers refuse."""

from __future__ import annotations

from feeds.check.rules import Report
from feeds.check.text import MAX_BYTES, check_prolog
from feeds.errors import CheckError
from feeds.foreign import Document, parse_feed

_HINT = "It should be an RSS, Atom or JSON Feed document; `feeds check` says more."


def parse_document(path: str, body: bytes) -> Document:
    """The document in some bytes. Raises CheckError where it can't be read, is no feed, or has a DTD in it."""
    if len(body) > MAX_BYTES:
        raise CheckError("is too large to be read", path=path, text=f"{len(body):,} bytes")
    if not check_prolog(Report(path), body.removeprefix(b"\xef\xbb\xbf")):
        raise CheckError("declares what its entities mean, which most readers refuse", path=path, hint=_HINT)
    document = parse_feed(body, path)
    if document is None:
        raise CheckError("is no feed", path=path, hint=_HINT)
    return document
