"""An article as the neutral Entry that every format renders: its text, or the notice of its withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from feeds.article import Article, Image, Paragraph, derive_headline, list_texts
from feeds.config import Category, Config
from feeds.dates import format_german, load_zone
from feeds.dates.instants import to_datetime
from feeds.feed import Entry, Origin, Term
from feeds.ingest.identity.ids import mint_uuid
from feeds.ingest.publication.links import link_to_original, link_to_page
from feeds.render.body import render_body
from feeds.render.elements import clean_title
from feeds.store import Identity
from feeds.store.feeds import StoredFeed
from feeds.text import Catalogue, fold_spaces, summarise


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger and the settings add to an article. Instants are seconds since 1970, UTC."""

    identity: Identity
    category: StoredFeed
    setting: Category | None
    namespace: str
    published: int
    updated: int


def make_entry(article: Article, facts: Facts, config: Config, catalogue: Catalogue) -> Entry:
    """The entry of an article that is published."""
    site = config.site
    agency = article.dateline.agency if article.dateline else None
    title = fold_spaces(article.headline or derive_headline(article))
    link = link_to_original(article.url) if article.url else link_to_page(config, facts.identity.path)
    return Entry(
        id=facts.identity.id,
        guid=facts.identity.guid,
        link=link,
        # Readers show an entry without a title by its address or not at all.
        title=title if clean_title(title) else catalogue.say("untitled"),
        summary=summarise_article(article),
        content=render_body(article.blocks, catalogue) if config.feeds.content == "full" else "",
        published=to_datetime(facts.published),
        updated=to_datetime(facts.updated),
        authors=article.authors or ((agency,) if agency else (site.author or site.title,)),
        categories=(_term(facts, config),),
        language=article.language or site.language,
        tags=article.tags,
        images=tuple(block for block in article.blocks if isinstance(block, Image) and block.embed),
        foreign_language=None if article.language in {None, site.language} else article.language,
        origin=_make_origin(agency, facts) if agency else None,
        is_shortened=_is_shortened(article, config),
    )


def make_notice(article: Article, facts: Facts, config: Config, catalogue: Catalogue) -> Entry:
    """The entry that takes the place of a withdrawn article: the same id, nothing of its text."""
    site = config.site
    headline = article.headline
    title = catalogue.say("entry_withdrawn_title", headline=headline) if headline else catalogue.say("withdrawn_title")
    text = catalogue.say("entry_withdrawn_summary")
    if reason := facts.identity.reason:
        text += " " + catalogue.say("entry_withdrawn_reason", reason=reason)
    link = link_to_page(config, facts.identity.path)
    return Entry(
        id=facts.identity.id,
        guid=facts.identity.guid,
        link=link,
        title=fold_spaces(title),
        summary=text,
        content=render_body((Paragraph(text),), catalogue),
        published=to_datetime(facts.published),
        updated=to_datetime(facts.updated),
        authors=(site.author or site.title,),
        categories=(_term(facts, config),),
        language=site.language,
    )


def make_corrections(
    article: Article, identity: Identity, config: Config, catalogue: Catalogue
) -> tuple[Paragraph, ...]:
    """The notices at the end of a corrected text: of the last correction that has a reason, and of a later one without.

    The second only where the article's source asks for it.
    """
    zone = load_zone(config.site.timezone)
    corrected = [at for at in identity.corrected if at not in identity.resumed]
    told = [at for at in corrected if at in identity.reasons][-1:]
    if corrected[-1:] != told and any(
        source.correction_notice for source in config.sources if source.name == article.source
    ):
        told.append(corrected[-1])
    days = {at: format_german(to_datetime(at).astimezone(zone).date(), catalogue.months) for at in told}
    return tuple(
        Paragraph(catalogue.say("correction_reason", day=day, reason=identity.reasons[at]))
        if at in identity.reasons
        else Paragraph(catalogue.say("correction_notice", day=day))
        for at, day in days.items()
    )


def summarise_article(article: Article) -> str:
    """The article's summary: its own, else from its first paragraph; empty where its rights leave none."""
    if article.summary is not None:
        return article.summary
    texts = list_texts(article)
    return summarise(texts[0]) if texts else ""


def _is_shortened(article: Article, config: Config) -> bool:
    """Whether an article says more than its entry: its rights or the settings leave only a part of the text."""
    if article.shortened is not None:
        return True
    return config.feeds.content != "full" and list_texts(article) != [summarise_article(article)]


def _make_origin(agency: str, facts: Facts) -> Origin:
    """Where an agency's text comes from (RFC 4287 section 4.2.11: a source has an id, a title and an updated)."""
    return Origin(_mint_agency(facts.namespace, agency), agency, None, to_datetime(facts.updated))


@lru_cache(maxsize=256)
def _mint_agency(namespace: str, agency: str) -> str:
    """The id of an agency, of which a few write nearly all."""
    return mint_uuid(namespace, f"agency:{agency}")


def _term(facts: Facts, config: Config) -> Term:
    label = (facts.setting.title if facts.setting else None) or facts.category.label
    return Term(facts.category.slug, label, config.site.base_url)
