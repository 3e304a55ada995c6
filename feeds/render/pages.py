"""Pages for people: view records -> bytes of HTML, through the Jinja2 templates beside this file.

Pure: no clock, no store, no settings. Every page works without script and in any folder: pages link to each other
relatively, except error pages, which have no path of their own; feed addresses are absolute, to be copied.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feeds.render.compiled import CompiledTemplates
from feeds.render.phrases import link_label, say, say_count, say_dateline, say_names
from feeds.render.views import ArchiveView, ArticleView, CategoryView, FeedAddress, IndexView, SiteView, WithdrawnView
from feeds.text import find_direction, find_prefix, is_web_address, load_catalogue

View = IndexView | CategoryView | ArchiveView | ArticleView | WithdrawnView
Message = Literal["gone", "not_found", "unavailable"]
_TEMPLATES: dict[type[View], str] = {
    IndexView: "index",
    CategoryView: "category",
    ArchiveView: "archive",
    ArticleView: "article",
    WithdrawnView: "withdrawn",
}
"""The template of each view, which knows the view by the same name."""
_WORDS: dict[Message, tuple[str, str]] = {
    "gone": ("gone_title", "gone_text"),
    "not_found": ("not_found_title", "not_found_text"),
    "unavailable": ("unavailable_title", "unavailable_text"),
}


def render_page(site: SiteView, view: View) -> bytes:
    """The page that a view describes."""
    name = _TEMPLATES[type(view)]
    feeds = () if isinstance(view, ArchiveView | WithdrawnView) else view.feeds
    return _render(name, site, view.path, feeds, **{name: view})


def render_message(site: SiteView, message: Message) -> bytes:
    """The page that is shown instead of another one that is gone, not found, or being built."""
    title, text = map(load_catalogue(site.language).say, _WORDS[message])
    return _render("message", site, None, title=title, text=text)


def render_text(language: str, message: Message) -> bytes:
    """The same message as plain text, for a site without pages."""
    title, text = map(load_catalogue(language).say, _WORDS[message])
    return f"{title}\n\n{text}\n".encode()


def _render(
    template: str, site: SiteView, path: str | None, feeds: tuple[FeedAddress, ...] = (), **values: Any
) -> bytes:
    page = _load_environment(site.language).get_template(f"{template}.html.jinja")
    return page.render(site=site, here=path, root=find_root(path, site.base_url), feeds=feeds, **values).encode()


def find_root(path: str | None, base_url: str) -> str:
    """The prefix that makes a path of the site ("/…") a reference from the page at `path` (RFC 3986 section 5.2).

    An error page (None) is shown in place of any address, at any depth, so its references start from the path of the
    base URL.
    """
    if path is None:
        return find_prefix(base_url)
    return "/".join([".."] * (path.count("/") - 1)) or "."


def _link_from(target: str, root: str) -> str:
    """The reference to an imprint or contact as settings name it: an address, an e-mail address or a path."""
    if target.startswith("/"):
        return root + target
    return target if urlsplit(target).scheme else f"mailto:{target}"


def _break_address(url: str) -> Markup:
    """An address that may be broken after a slash on a narrow screen, and is copied unchanged."""
    scheme, mark, rest = url.partition("://")
    return Markup("{}{}{}").format(scheme, mark, Markup("/<wbr>").join(rest.split("/")))


@cache
def _load_environment(language: str) -> Environment:
    catalogue = load_catalogue(language)
    environment = Environment(
        loader=PackageLoader("feeds.render"),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(catalogue),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Filters, not functions: Jinja2 folds a filter of a constant into the compiled template, so words cost nothing.
    # Only they may be folded: `CompiledTemplates` knows when they are others, but not what other filters do.
    environment.filters.update(
        say=partial(say, catalogue=catalogue),
        say_count=partial(say_count, catalogue=catalogue),
        say_names=partial(say_names, catalogue=catalogue),
        direction=find_direction,
        breakable=_break_address,
        link_from=_link_from,
        link_label=link_label,
        say_dateline=say_dateline,
    )
    environment.tests["web_address"] = is_web_address
    return environment
