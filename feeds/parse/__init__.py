"""One page -> one Article, or the reason why it is not one. Knows nothing of feeds, the store or HTTP.

    load_page(path)                  a file's bytes, within bounds
    parse_page(data, path=...)       bytes -> Page: text decoded, front matter read
    parse_page_bytes(data, ...)      bytes -> Reading, the whole way
    find_layout(name)                a layout's facts: zone, url_id, sections
    check_layouts(config)            every source's layout is one
    find_edge_lines, find_boilerplate    what recurs over the pages of a source

The road, a module a step: `page` and `front` (bytes to lines), `layouts` and `general` (lines to a Draft: `dumps` takes
off what a converter put in, `wraps` makes paragraphs whole, `notices` drops notices about cookies, `tiles` puts stamps
together, `menus` and `extent` find the text, `kinds` and `lists` what is no article, `places`, `judging` and
`headlines` the headline, `dateline`, `openings`, `stamps`, `around` and `evidence` the date, `body` the paragraphs),
`html` and `markdown` (markup to a Draft), `reading` (a Draft to an Article).
"""

from feeds.parse.boilerplate import Boilerplate, count_edge_lines, find_boilerplate, find_edge_lines
from feeds.parse.front import FrontMatter
from feeds.parse.layouts import Layout, list_layouts
from feeds.parse.page import Page, load_page, parse_page
from feeds.parse.reading import Reading, check_dates, check_layouts, find_layout, parse_page_bytes, read_page

__all__ = [
    "Boilerplate",
    "FrontMatter",
    "Layout",
    "Page",
    "Reading",
    "check_dates",
    "check_layouts",
    "count_edge_lines",
    "find_boilerplate",
    "find_edge_lines",
    "find_layout",
    "list_layouts",
    "load_page",
    "parse_page",
    "parse_page_bytes",
    "read_page",
]
