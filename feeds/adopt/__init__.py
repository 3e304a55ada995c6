"""Taking over an existing feed's subscribers: its ids, links and paths come into the ledger.

    records      an article and a feed of the old system, and an article of ours
    sources      an address, a file or a folder (`folders`) -> feeds; `documents`: one document of them
    articles     our side: what a build would publish
    grouping     entries in all formats -> articles
    namespaces   the namespaces that our own published ids were minted in
    matching     which article is which, and why; `feedmap`: which feed
    plan         what would change in the ledger
    restoring    a lost ledger from our own published site; `states`, `corrections`: what that says of articles
    adoption     all of it, in order

Publishes nothing, and writes nothing but the ledger.
"""

from feeds.adopt.adoption import Adoption, carry_out, find_namespace, plan_adoption
from feeds.adopt.articles import Newsroom, load_newsroom
from feeds.adopt.folders import list_pages
from feeds.adopt.grouping import resolve_guids
from feeds.adopt.plan import ArticleChange
from feeds.adopt.records import OldFeed, OurArticle
from feeds.adopt.sources import load_feeds

__all__ = [
    "Adoption", "ArticleChange", "Newsroom", "OldFeed", "OurArticle", "carry_out", "find_namespace", "list_pages",
    "load_feeds", "load_newsroom", "plan_adoption", "resolve_guids",
]  # fmt: skip
