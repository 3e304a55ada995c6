"""What `feeds build --compress` noted of the copies and settings of hosts that it wrote (feeds.web.hosting)."""

from __future__ import annotations

import json
from typing import Any

from feeds.build.files import Files

HOSTING_MANIFEST = ".feeds-hosting.json"

Noted = dict[str, str]
"""File name -> digest of what was written; empty where it isn't known."""


def load_hosted(files: Files) -> tuple[Noted, Noted] | None:
    """The files that copies were made of, and those that were written, as noted in the folder.

    Both are empty where there is no note; None where it can't be understood. Raises OutputError.
    """
    if files.size_of(HOSTING_MANIFEST) is None:
        return {}, {}
    try:
        found = json.loads(files.read(HOSTING_MANIFEST))
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        return None
    return _read_names(found.get("originals")), _read_names(found["files"])


def _read_names(found: Any) -> Noted:
    """Names with their digests, without those that lead out of the folder."""
    named = {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}
    return {name: digest for name, digest in named.items() if ".." not in name.split("/") and not name.startswith("/")}
