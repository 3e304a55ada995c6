"""Reading feeds of any system: documents of RSS, Atom and JSON Feed.

    records     an entry and a document, whichever format they come from
    values      dates and HTML as feeds write them -> seconds and plain text
    documents   bytes -> Document
    lists       the feeds that a page or a list of subscriptions names, the pages in a sitemap

Documents are hostile: no DTD is loaded, no entity resolved, nothing fetched; libxml2 bounds depth and sizes. Pure.
"""

from feeds.foreign.documents import parse_feed
from feeds.foreign.records import Document, Entry

__all__ = ["Document", "Entry", "parse_feed"]
