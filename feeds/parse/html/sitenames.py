"""What a page's site is called, and whether a title says nothing but that: such a title is no headline.

Old systems give every page the title of the site, with the section behind it at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, cast
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from feeds.parse.categories import GENERAL, fold_word
from feeds.parse.html.naming import MAX_NAMES, few_words, names_of
from feeds.parse.words import HOMES, MENU_ENTRIES, SECTIONS, SERVICES
from feeds.text import clean_line

MAX_LOGOS: Final = 100
"""Pictures and headlines that may be the site's logo, at most, and characters at the foot that name its owner."""
MAX_FOOT: Final = 2_000
MAX_TITLE: Final = 400
MAX_WORDS: Final = 7
"""Words of the owner's name, at most."""
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?")
SEPARATORS: Final = (" | ", " - ", " – ", " — ", " · ", " :: ", " « ", " » ", " / ")
"""What titles put between the headline and the site's name."""
LEAST_KEY: Final = 4
"""Letters of a site's name, at least: "de" is none."""
# "Musterländer Anzeiger Online", "ANZEIGER-ONLINE", "Neue Musterpost im Internet"
_PAPER = re.compile(
    r"(?:[A-ZÄÖÜ]\S*\s){0,3}\S*"
    r"(?i:zeitung|anzeiger|blatt|(?<!ange)(?<!ver)(?<!auf)bote|kurier|courier|nachrichten|rundschau|presse|(?<!kom)post"
    r"|merkur|echo|journal|tagesspiegel|volksstimme)"
    r"(?:[ -]?(?i:online|digital|im (?:netz|internet)))?(?i:\.(?:de|at|ch|net|com|info|eu))?"
)
"""The name of a paper, and no other words."""
_ADDED = re.compile(r"online(?:ausgabe)?|homepage|website|internetauftritt")
"""What is put to a site's name, in letters alone."""
_LOGO = re.compile(r"(?<!spip_)logo|signet", re.IGNORECASE)
_OWNER = re.compile(
    r"(?:©|\([cC]\)|Copyright)\s{0,3}(?:by\s)?(?:(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?)?[\s,:]{0,3}"
    r"(?P<name>[A-ZÄÖÜ][^\n|·;:()]{3,60})"
)
_FORMS: Final = frozenset(
    "artikel beitrag detail details detailansicht druckansicht druckversion einzelansicht meldung text".split()
)
_PAGE_WORDS: Final = (SECTIONS | MENU_ENTRIES | GENERAL | HOMES | _FORMS) - SERVICES
"""What a title has beside the site's name that is no headline, case-folded: sections, and what every page is called."""


def list_site_names(tree: HtmlElement, *names: str | None, urls: Iterable[str | None]) -> frozenset[str]:
    """The keys of what a page's site is called: `names` that are known, its hosts, its logos, the owner at its foot."""
    found: list[str | None] = [*names, *(name for url in urls for name in _list_host(url))]
    heads = cast("list[HtmlElement]", tree.xpath("//h1 | //h2 | //h3"))[:MAX_LOGOS]
    found += [few_words(head) for head in heads if is_logo(head)]
    found += [clean_line(image.get("alt") or "") for image in _list_logos(tree)]
    body = tree.find("body")
    foot = "" if body is None else body.text_content()[-MAX_FOOT:]
    for match in _OWNER.finditer(foot):
        # "© 2005 TSV Musterau 1899 e.V. Alle Rechte vorbehalten": where the name ends is known by the title.
        words = match["name"].split()[:MAX_WORDS]
        found += [" ".join(words[: count + 1]) for count in range(len(words))]
    keys = (_key_of(name) for name in found if name)
    return frozenset(key for key in keys if len(key) >= LEAST_KEY)


def is_site_name(text: str, keys: frozenset[str]) -> bool:
    """Whether a title is a site's name, or a paper's, with nothing behind it but a section: "Musterbote: Politik"."""
    parts = _split_all(text)
    named = [_key_of(part) in keys or _PAPER.fullmatch(part) is not None for part in parts]
    return any(named) and all(
        is_name or part.casefold() in _PAGE_WORDS for part, is_name in zip(parts, named, strict=True)
    )


def is_of_any_page(text: str) -> bool:
    """Whether a title is what pages of any article may be called: "Detailansicht", "Politik"."""
    return all(part.casefold() in _PAGE_WORDS for part in _split_all(text))


def is_logo(element: HtmlElement) -> bool:
    """Whether a headline's element is the site's name: all of it is a link to the home page, or one calls itself so."""
    link = element.find(".//a[@href]")
    if link is None:
        return False
    if "home" in (link.get("rel") or "").split():
        return True
    href = (link.get("href") or "").strip()
    return is_home(href) and len(few_words(link)) >= len(few_words(element))


def is_home(href: str) -> bool:
    """Whether a link leads to a home page."""
    return _HOME.fullmatch(href) is not None


def split_separated(title: str) -> list[str]:
    """The parts of a title between its separators."""
    parts = [title]
    for separator in SEPARATORS:
        parts = [inner for part in parts for inner in part.split(separator)]
    return parts


def _split_all(title: str) -> list[str]:
    """The same, at its colons, too."""
    parts = (clean_line(part) for whole in split_separated(title[:MAX_TITLE]) for part in whole.split(": "))
    return [part for part in parts if part]


def _list_host(url: str | None) -> Iterable[str]:
    """The host of an address, without its ending, and with it: "musterbote", "musterbote.de"."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return (host.rpartition(".")[0].rpartition(".")[2], host) if host else ()


def _list_logos(tree: HtmlElement) -> list[HtmlElement]:
    """The pictures that are the site's logo: what leads to the home page, or is called so and in no article."""
    images = cast("list[HtmlElement]", tree.xpath("//img[@alt]"))[:MAX_LOGOS]
    return [image for image in images if _is_logo(image)]


def _is_logo(image: HtmlElement) -> bool:
    if any(_HOME.fullmatch(link.get("href") or "x") for link in image.iterancestors("a")):
        return True
    names = f"{names_of(image)} {(image.get('src') or '')[-MAX_NAMES:]}"
    return _LOGO.search(names) is not None and next(image.iterancestors("article", "main"), None) is None


def _key_of(name: str) -> str:
    """A name as names are compared: letters and digits alone, without umlauts and what any site adds to its own."""
    letters = "".join(char for char in fold_word(name) if char.isalnum())
    return _ADDED.sub("", letters) or letters
