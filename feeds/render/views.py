"""The records that the pages for people are rendered from: plain facts, ready to print.

No I/O, no knowledge of the store, of settings or of HTTP. A path is a path of the site ("/politik/"), whatever folder
the site is in; a url is a whole address. Text is plain text: the templates escape it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Time:
    """A point in time: `text` for people ("25. Juni 2024, 14:05 Uhr in Minsk"), `iso` for machines.

    `iso` is a valid value of HTML's datetime attribute: "2024-06-25T14:05:00+03:00", or "2024-06-25".
    """

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site, by its title and path."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """What an article is filed under, such as a tag; `path` is that of its page, where it has one.

    A category's `more` leads there; one without a page is not published any more.
    """

    title: str
    path: str | None = None
    more: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed, ready to print: the place as printed, "25. Juni", the agency."""

    place: Label | None = None
    day: str | None = None
    agency: Label | None = None


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """One feed in one format: `format` as people call it ("Atom"), `title` of the feed, `url` whole, to be copied."""

    format: str
    title: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Headline:
    """An article in a list. `language` only where it differs from the site's (RFC 5646)."""

    title: str
    path: str
    time: Time | None = None
    summary: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A category, or all of them, as the index shows it: `count` articles in all, the newest of them listed."""

    title: str
    path: str
    count: int
    feeds: tuple[FeedAddress, ...]
    headlines: tuple[Headline, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows: the nameplate, the categories, the footer.

    `base_url` ends in "/" and may have a path. `imprint` and `privacy` are whole addresses or paths of the site,
    `contact` may also be an e-mail address. `icon` is a path.
    """

    title: str
    base_url: str
    language: str = "de"
    description: str | None = None
    categories: tuple[Link, ...] = ()
    rights: str | None = None
    imprint: str | None = None
    privacy: str | None = None
    contact: str | None = None
    corrections: Link | None = None
    icon: str = "/static/icon.svg"


@dataclass(frozen=True, slots=True)
class IndexView:
    """The page `/`. `feeds` are the feeds of all categories together; `opml_url` is the list for import.

    `newest` are the newest articles of all categories; none where a single category would list the same.
    """

    feeds: tuple[FeedAddress, ...]
    opml_url: str
    newest: tuple[Headline, ...] = ()
    sections: tuple[Section, ...] = ()
    path: str = "/"


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A page such as `/politik/`: `headlines` newest first, of `count` in all.

    The corrections and the members of further feed sets, such as `/autor/anna-beispiel/`, are no categories. `older` is
    the path of the page of the last archive document, where there is one.
    """

    title: str
    path: str
    count: int
    feeds: tuple[FeedAddress, ...]
    headlines: tuple[Headline, ...] = ()
    description: str | None = None
    is_category: bool = True
    older: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """A page such as `/politik/archiv/12/`: what the archive document in its folder holds, the newest first.

    `newer` is the path of the page after it, or of the category's own; `older` of the one before it, if there is one.
    """

    title: str
    path: str
    headlines: tuple[Headline, ...]
    newer: str
    older: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A page such as `/artikel/<key>/<slug>/`.

    `body` is sanitised HTML of block elements without headings above h2; it is empty where `is_shortened`: of such an
    article the summary alone may be published, or not even that. `url` is the original's address and `source` the name
    of its publisher. `feeds` are those that the page announces: its category's. `language` only where it differs from
    the site's. `copies` are the pages of articles of other publishers with nearly the same text, each by its publisher.
    `marks` are fragments that lead to the page.
    """

    headline: str
    path: str
    body: Markup
    category: Label | None
    feeds: tuple[FeedAddress, ...] = ()
    published: Time | None = None
    updated: Time | None = None
    kicker: str | None = None
    dateline: Dateline | None = None
    summary: str | None = None
    is_shortened: bool = False
    is_paid: bool = False
    authors: tuple[Label, ...] = ()
    tags: tuple[Label, ...] = ()
    source: Label | None = None
    url: str | None = None
    language: str | None = None
    copies: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """The notice at the path of a withdrawn article: never its text, its headline only if that may stay.

    `marks` are fragments that lead to it.
    """

    path: str
    category: Label | None = None
    headline: str | None = None
    reason: str | None = None
    withdrawn: Time | None = None
    language: str | None = None
    marks: tuple[str, ...] = ()
