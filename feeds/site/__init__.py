"""The URL space: path -> Resource. The one thing that `build` and `web` both publish.

Writes no file and speaks no HTTP. `routes` says what a path is, `documents` makes feeds and lists, `people` the views
of pages, `site` puts them together, `refresh` records what changed.
"""

from feeds.site.refresh import GENERATION, refresh
from feeds.site.resource import Resource
from feeds.site.site import Site

__all__ = ["GENERATION", "Resource", "Site", "refresh"]
