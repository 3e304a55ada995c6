"""An entry in every format, held against the rules for entries; or its tombstone. Needs nothing but the entry."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from feeds.errors import CheckError
from feeds.feed import Entry
from feeds.render.atom import render_tombstone
from feeds.render.formats import render_entry

if TYPE_CHECKING:
    from feeds.check.rendered import EntryKind


def make_rendition(asked: tuple[str, Entry, datetime | None]) -> dict[str, bytes] | CheckError:
    """The bytes of an entry by the format's name, or the error where it would break readers.

    `asked` is the seed's path, which the error names, the entry, and since when only a tombstone is left of it, which
    Atom alone has.
    """
    seed, entry, buried = asked
    if buried is not None:
        return {"atom": render_tombstone(entry.id, buried), "rss": b"", "json": b""}
    # Costs a tenth of a second to import, and most runs publish nothing.
    from feeds.check import check_entry

    rendered = render_entry(entry)
    for form, body in rendered.items():
        for objection in check_entry(seed, body, cast("EntryKind", form)):
            if objection.level == "error":
                return CheckError(
                    f"its {form} entry is not published: {objection.what} ({objection.rule})",
                    path=seed,
                    text=objection.text,
                    hint=objection.hint,
                )
    return rendered
