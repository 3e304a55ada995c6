"""An existing feed's subscribers taken over: its ids, links and paths come into the ledger. Publishes nothing.

The way, a module a step: `sources` (address, file or folder -> documents), `formats` (a document -> Document),
`articles` (what a build would publish), `grouping` (entries over all formats -> articles), `namespaces` (what our
own ids were minted in), `matching` (which is which, and why), `feedmap` (which feed is which), `plan` (what changes),
`restoring` (a lost ledger from our own published site), `adoption` (all of it, in order).
"""

from feeds.adopt.adoption import Adoption, carry_out, find_namespace, plan_adoption
from feeds.adopt.articles import Newsroom, load_newsroom
from feeds.adopt.plan import ArticleChange, FeedChange, Plan
from feeds.adopt.records import OldArticle, OldFeed, OurArticle
from feeds.adopt.sources import Loaded, list_pages, load_feeds

__all__ = [
    "Adoption",
    "ArticleChange",
    "FeedChange",
    "Loaded",
    "Newsroom",
    "OldArticle",
    "OldFeed",
    "OurArticle",
    "Plan",
    "carry_out",
    "find_namespace",
    "list_pages",
    "load_feeds",
    "load_newsroom",
    "plan_adoption",
]
