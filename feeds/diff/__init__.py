"""What subscribers will see when one published state of a site takes the place of another.

A modelled reader has the old feeds, keeps entries by their id, and polls the new ones.

    records     what that reader notices
    documents   reading a document as that reader does
    paths       paths within a site, and what each is of
    likeness    whether two entries have nearly the same text
    states      a published state, as anything that gives documents by path: `folder`, `address`,
                `saved` (one feed in a file); `targets`: which of these a target on the command line is
    sites       the feeds that a page leads to
    history     archive documents, followed from a subscription document
    sealed      archive documents that are in both states
    replay      one feed, old and new: what the reader notices
    compare     all feeds of two states
    verdict     which of these changes should stop a publication

Pure but for `folder`, `address`, `saved`, `targets` and `sites`, which read folders and ask the network. Knows nothing
of library and site.
"""

from feeds.diff.address import Address, say_unasked
from feeds.diff.compare import compare
from feeds.diff.folder import Folder
from feeds.diff.records import COUNTED, Change, FeedDiff
from feeds.diff.states import State
from feeds.diff.targets import open_state
from feeds.diff.verdict import BLOCKING, Reason, find_removed, judge

__all__ = [
    "BLOCKING", "COUNTED", "Address", "Change", "FeedDiff", "Folder", "Reason", "State", "compare", "find_removed",
    "judge", "open_state", "say_unasked",
]  # fmt: skip
