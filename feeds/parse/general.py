"""The general reading: pages of sites that have no layout of their own."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from feeds.parse.body import Line, add_blocks
from feeds.parse.draft import Draft
from feeds.parse.layouts import Layout
from feeds.parse.page import Page


def read_generally(page: Page, url: str | None, zone: ZoneInfo) -> Draft:  # noqa: ARG001
    """Plain."""
    draft = Draft()
    body = [Line(offset, text.strip()) for offset, text in enumerate(page.lines) if text.strip()]
    draft.headline = body[0].text
    add_blocks(draft, body[1:], first_line=page.first_line)
    return draft


GENERAL: Final = Layout(name="general", read=read_generally)
