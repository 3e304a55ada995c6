"""The URL space: path -> Resource. The one thing that `build` and `web` both publish.

    resource     what stands behind a path
    routes       what a path is; `names` what feeds are called, and addresses
    documents    feed documents and the list of subscriptions; `corrections` the entries of a feed of their own
    people       pages for people; `articles` those of articles
    sitemaps     the pages, as search engines want to know of them
    static       the files of the site's looks
    site         all of these behind their paths
    redirects    those of the settings that do nothing
    refresh      renders what is stale, and records what changed

Writes no file and speaks no HTTP.
"""

from feeds.site.refresh import GENERATION, refresh
from feeds.site.resource import Resource
from feeds.site.site import Site

__all__ = ["GENERATION", "Resource", "Site", "refresh"]
