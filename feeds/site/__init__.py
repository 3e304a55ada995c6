"""The URL space: path -> Resource. The one thing that `build` and `web` both publish.

    resource     the answer for a path: status, bytes, type, validators
    routes       what kind of path a path is; `names`: what feeds are called, and addresses
    documents    feed documents and the list of subscriptions; `archives`: archive documents, which workers can make;
                 `corrections`: the entries of the feed of corrections
    pages        pages for people; `articles`: those of articles
    sitemaps     sitemaps for search engines
    static       style sheet, icon and logo
    site         all of these behind their paths
    redirects    redirects of the settings that have no effect
    refresh      renders what is stale (`stale`), and records what changed

Writes no file and speaks no HTTP.
"""

from feeds.site.refresh import GENERATION, refresh
from feeds.site.resource import Resource
from feeds.site.site import Site

__all__ = ["GENERATION", "Resource", "Site", "refresh"]
