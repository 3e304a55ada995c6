"""An entry in every format, held against the rules for entries. Needs nothing but the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from feeds.errors import CheckError
from feeds.feed import Entry
from feeds.render.formats import render_entry

if TYPE_CHECKING:
    from feeds.check.rendered import EntryKind


def make_rendition(asked: tuple[str, Entry]) -> dict[str, bytes] | CheckError:
    """The bytes of an entry by the format's name, or the error where it would break readers.

    `asked` is the seed's path, which the error names, and the entry.
    """
    seed, entry = asked
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
