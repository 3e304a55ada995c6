"""What may be published of an article: the settings' rules, the strictest of those that match. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args
from urllib.parse import urlsplit

from feeds.article import Article, Image, Paragraph, list_agencies, list_texts
from feeds.config import Config, Rule
from feeds.text import AGENCY_NAMES, fold_name, name_key

Extent = Literal["full", "summary", "headline", "none"]
Criterion = Literal["source", "agency", "author", "category"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
"""The keys of a rule that hold a name."""
_HYPHENS = re.compile("[-_\u2010-\u2013]")
_BETWEEN_NAMES = re.compile(r"[/,;&+]|\bund\b")
_STRICTER: tuple[Extent, ...] = get_args(Extent)


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be published: how much of the text, and whether with pictures."""

    extent: Extent
    images: bool


Names = Mapping[Criterion, tuple[str, ...]]
"""What the names in rules are compared with, by the keys of rules."""


def list_names(article: Article, categories: tuple[str, ...]) -> Names:
    """What the names in rules are compared with; `categories` are the names of its category (`FeedRows.names_of`)."""
    return {
        "source": (article.source,) if article.source else (),
        "agency": (*list_agencies(article), *article.authors),
        "author": article.authors,
        "category": categories,
    }


def is_met(criterion: Criterion, name: str, names: Iterable[str]) -> bool:
    """Whether the name in a rule is one of those."""
    if criterion == "source":
        return name in names
    if criterion == "category":
        return name_key(name) in map(name_key, names)
    if criterion == "agency":
        # "dpa-AFX" and "dpa Deutschland" are of "dpa": a rule for it binds all that has its name as a word.
        return any(_has_word(_fold_agency(each), _fold_agency(wanted)) for wanted in _list_same(name) for each in names)
    return fold_name(name) in _fold_all(names)


def find_rights(names: Names, access: str, rules: Iterable[Rule]) -> Rights:
    """The rights to an article by its names (`list_names`) and its access.

    Of a paid one only the summary, unless a rule about access says how much of it.
    """
    matching = [rule for rule in rules if _matches(rule, names, access)]
    extents: list[Extent] = [rule.content for rule in matching if rule.content]
    if access == "paid" and not any(rule.access == "paid" and rule.content for rule in matching):
        extents.append("summary")
    extent: Extent = max(extents, key=_STRICTER.index, default="full")
    return Rights(extent, all(rule.images for rule in matching))


def keep_to_rights(article: Article, rights: Rights, config: Config, *, summary: str) -> Article:
    """The article with no more than its rights allow: what is left out is in nothing that is made from it.

    `summary` is the one to publish where the text may not be; a text that says no more is not shortened. Pictures of
    other hosts are shown only where the source allows it.
    """
    blocks = tuple(
        replace(block, embed=_may_embed(block, article, config)) if isinstance(block, Image) else block
        for block in article.blocks
        if rights.images or not isinstance(block, Image)
    )
    if rights.extent == "full":
        return article if blocks == article.blocks else replace(article, blocks=blocks)
    if rights.extent == "summary":
        # Of a paid text the page that was read may have the beginning alone.
        if list_texts(article) == [summary] and article.access == "free":
            return replace(article, blocks=(Paragraph(summary),), summary=summary)
        return replace(article, blocks=(), summary=summary, shortened="summary")
    return replace(article, blocks=(), summary="", kicker=None, shortened="headline")


def find_unsafe_picture(article: Article, config: Config) -> Image | None:
    """The first picture that is linked although the article's source has others shown: its address is not encrypted."""
    if not _shows_pictures(article, config):
        return None
    return next((block for block in article.blocks if isinstance(block, Image) and not block.embed), None)


def _may_embed(image: Image, article: Article, config: Config) -> bool:
    """Whether readers load a picture from where it is.

    That of another host only encrypted: our own pages forbid others (`feeds.web.document.POLICY`), and browsers load
    none of them into a page that is encrypted itself (W3C Mixed Content, section 3).
    """
    own, found = urlsplit(config.site.base_url), urlsplit(image.url)
    if (found.scheme, found.netloc) == (own.scheme, own.netloc):
        return True
    return found.scheme == "https" and (found.hostname == own.hostname or _shows_pictures(article, config))


def _shows_pictures(article: Article, config: Config) -> bool:
    return any(source.name == article.source and source.embed_images for source in config.sources)


def _matches(rule: Rule, names: Names, access: str) -> bool:
    wanted = ((criterion, getattr(rule, criterion)) for criterion in CRITERIA)
    return rule.access in {None, access} and all(
        name is None or is_met(criterion, name, names[criterion]) for criterion, name in wanted
    )


def _list_same(agency: str) -> Iterable[str]:
    """What an agency is called: as written in a rule, and in full or in short."""
    folded = _fold_agency(agency)
    pairs = ((short, full) for short, full in AGENCY_NAMES.items() if folded in map(_fold_agency, (short, full)))
    return next(pairs, (agency,))


def _fold_agency(name: str) -> str:
    """An agency's name as others are compared with it: "Deutsche Presse Agentur" is written with a hyphen, too."""
    return fold_name(_HYPHENS.sub(" ", name))


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _fold_all(names: Iterable[str]) -> set[str]:
    """The names, and those of each that names several ("dpa/AFP"): a rule for one of them binds the whole text."""
    return {fold_name(part) for name in names for part in (name, *_BETWEEN_NAMES.split(name))}
