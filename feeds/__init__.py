"""German news texts, saved one a file, become RSS, Atom and JSON feeds.

The road, in order: a seed file becomes a Page, an Article, an entry of the library, part of a Feed, a Resource,
and at last a file or an HTTP answer. Each step is one module or package; imports point backwards along the road only:

    errors, progress, workers, ownership, dates, text, config, article, parse, feed, render, check, foreign, diff,
    store, ingest, site, adopt, gate, build, web, publish, serve, cli
"""

__version__ = "0.1.0"
