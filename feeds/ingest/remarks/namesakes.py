"""A note on names that share one feed, though they are not one name: their signs are in no address ("C", "C++")."""

from __future__ import annotations

from feeds.errors import Problem
from feeds.ingest.work import Work
from feeds.store.feeds import is_category

NAMESAKE = "shared-feed"
"""Rule of the note."""


def note_namesakes(work: Work) -> None:
    """Note each such name with a file that says it, of those that were published in this run."""
    for (key, label), path in sorted(work.feeds.namesakes.items()):
        feed = work.feeds.by_key[key]
        if is_category(key, feed.slug):
            hint = f'if they are two, write [[categories]] with label = "{label}" and a slug of its own'
        else:
            hint = "if they are two, write one of them in letters"
        what = f"has a name that shares the feed of {feed.label!r}, for its signs are in no address"
        work.report.notes.append((path, Problem(NAMESAKE, what, text=label, hint=hint)))
