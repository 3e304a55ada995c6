"""What may be published of an article: the settings' rules, the strictest of those that match. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from feeds.article import Article, Image
from feeds.config import Config, Rule

Extent = Literal["full", "summary", "headline", "none"]
_STRICTER: tuple[Extent, ...] = ("full", "summary", "headline", "none")


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be published: how much of the text, and whether with pictures."""

    extent: Extent
    images: bool


def find_rights(article: Article, category: str, rules: Iterable[Rule]) -> Rights:
    """The rights to an article. Without a rule about access, only the summary of a paid one is published."""
    matching = [rule for rule in rules if _matches(rule, article, category)]
    extents: list[Extent] = [rule.content for rule in matching]
    if article.access == "paid" and not any(rule.access == "paid" for rule in matching):
        extents.append("summary")
    extent: Extent = max(extents, key=_STRICTER.index, default="full")
    return Rights(extent, all(rule.images for rule in matching))


def keep_to_rights(article: Article, rights: Rights, config: Config, *, summary: str) -> Article:
    """The article with no more than its rights allow: what is left out is in nothing that is made from it.

    `summary` is the one to publish where the text may not be. Pictures of other hosts are shown only where the source
    allows it.
    """
    source = next((each for each in config.sources if each.name == article.source), None)
    own = urlsplit(config.site.base_url).hostname
    blocks = tuple(
        replace(block, embed=_may_embed(block, own, source is not None and source.embed_images))
        if isinstance(block, Image)
        else block
        for block in article.blocks
        if rights.images or not isinstance(block, Image)
    )
    if rights.extent == "full":
        return article if blocks == article.blocks else replace(article, blocks=blocks)
    if rights.extent == "summary":
        return replace(article, blocks=(), summary=summary)
    return replace(article, blocks=(), summary="", kicker=None)


def _may_embed(image: Image, own_host: str | None, source_allows: bool) -> bool:  # noqa: FBT001 (a plain fact)
    return source_allows or urlsplit(image.url).hostname == own_host


def _matches(rule: Rule, article: Article, category: str) -> bool:
    agency = article.dateline.agency if article.dateline else None
    return (
        rule.source in {None, article.source}
        and (rule.agency is None or rule.agency == agency or rule.agency in article.authors)
        and (rule.author is None or rule.author in article.authors)
        and rule.category in {None, category}
        and rule.access in {None, article.access}
    )
