"""Layouts: how the pages of one site are built. Each is one small file here, with a `LAYOUT` in it.

To add one, copy a file, change what it says, and put pages of that site into `tests/data/parse/<name>/`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import ZoneInfo

from feeds.parse.draft import Draft
from feeds.parse.page import Page


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which pages are built.

    `hosts` are domains whose pages it reads, subdomains too; `recognise` knows its pages by structure where the address
    is unknown; `read` gives a Draft, or None where a page is built otherwise after all. `zone` is an IANA name;
    `url_id` a pattern whose first group is the article's number in its address; `sections` the category by the first
    path segment of the address.
    """

    name: str
    read: Callable[[Page, str | None, ZoneInfo], Draft | None]
    recognise: Callable[[Page], bool] = lambda _page: False
    hosts: tuple[str, ...] = ()
    zone: str | None = None
    url_id: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)


@cache
def list_layouts() -> tuple[Layout, ...]:
    """All layouts, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").LAYOUT for name in names)
