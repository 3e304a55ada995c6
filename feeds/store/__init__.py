"""What is kept: the ledger (facts that can't be had again) and the library (a cache that can).

    identities    what the ledger knows of an article and of a feed, as lines
    ledger        these lines as a whole, in `ledger_file`; `merging` settles what two branches wrote
    lock          one run at a time
    schema        the tables of the library; `rows` and `packing` how they are written and read
    library       its file, and transactions on it; `opening` checks it and makes it again; `troubles` are SQLite's
    facts         single values that it keeps
    feeds, articles, due    what the site asks of it
    documents, pages, copies, sources    what sitemaps, the command line and others ask of it
    standing, origins       what the gate asks of it

Never parses a page, never renders a document.
"""

from feeds.store.facts import SCRUB_FACT, read_fact, write_fact
from feeds.store.identities import FeedIdentity, Identity, is_in_corrections, parse_identity, render_identity
from feeds.store.ledger import Ledger, parse_ledger, render_head
from feeds.store.ledger_file import (
    LedgerState,
    find_pages,
    iterate_article_lines,
    load_ledger,
    look_at_ledger,
    write_ledger,
)
from feeds.store.library import SCRUB_LATER, Library
from feeds.store.lock import hold, hold_folder
from feeds.store.opening import empty, open_existing, open_library, open_library_to_try
from feeds.store.rows import (
    BATCH,
    Connection,
    Row,
    add_rows,
    ask,
    ask_all,
    ask_value,
    ask_values,
    batches,
    has_table,
    iterate_tuples,
    put_rows,
)

__all__ = [
    "BATCH", "SCRUB_FACT", "SCRUB_LATER", "Connection", "FeedIdentity", "Identity", "Ledger", "LedgerState", "Library",
    "Row", "add_rows", "ask", "ask_all", "ask_value", "ask_values", "batches", "empty", "find_pages", "has_table",
    "hold", "hold_folder", "is_in_corrections", "iterate_article_lines", "iterate_tuples", "load_ledger",
    "look_at_ledger", "open_existing", "open_library", "open_library_to_try", "parse_identity",
    "parse_ledger", "put_rows", "read_fact", "render_head", "render_identity", "write_fact", "write_ledger",
]  # fmt: skip
