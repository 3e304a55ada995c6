"""One page -> one Article, or the reason why it is not one.

    page, front        a file's bytes -> lines and front matter, whose syntax `front_values` reads
    reading            from there to an Article, by one of the readings below, each of which fills a `draft`
    layouts            text of a site that is known
    manuscript         text below front matter of an author's own, word for word
    general            any other text, in these steps:
      mending          the lines are made whole
      boilerplate      what recurs over a source's pages is known
      edges            and left out above the headline and below the text
      outline          by `menus` and `beginning` where the article and its text begin, by `stamps` its dates
      kinds            what is no article
      head             headline, authors and category
      running          the lines of its text, on to its `ending` (by `closing` notices, too) and without `boxes`;
                       `paywalls`: whether it is for those who pay
      paragraphs       the text: `body` makes its blocks, and `datelines` tells what is in front
      dating           its dates; `unusable`: what looks like its stamp, where none is known
      agencies         whose text it is
    patterns           the same text, with the patterns that a source has in the settings
    html, markdown     markup
    prose, bylines, credits, categories, words, addresses, items    what several of them need
    similarity         near-copies, when all pages are read

Knows nothing of feeds, the store or HTTP.
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
