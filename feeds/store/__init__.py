"""What is kept: the ledger (facts that can't be had again) and the library (a cache that can).

Never parses a page, never renders a document.
"""

from feeds.store.ledger import FeedIdentity, Identity, Ledger, load_ledger, write_ledger
from feeds.store.library import Library, open_library

__all__ = ["FeedIdentity", "Identity", "Ledger", "Library", "load_ledger", "open_library", "write_ledger"]
