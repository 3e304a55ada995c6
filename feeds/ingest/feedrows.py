"""The feeds of the library: that of all articles, one a category, and the further feed sets that settings switch on.

An article's labels (category, source, place, author, tag) become feeds, made where they are new. A feed's key never
changes: a renamed category keeps it, and with it its id and its sequence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from feeds.article import Article
from feeds.config import Category, Config, Source, blame, name_category
from feeds.config.settings import FeedSet
from feeds.ingest.identity.ids import mint_uuid
from feeds.store import Connection, FeedIdentity
from feeds.store.feeds import ALL, CORRECTIONS, StoredFeed, load_feeds
from feeds.text import Catalogue, fold_name, load_catalogue, name_key, name_slug, strip_signs

AGAIN = "-2"
"""What is added to a feed's key that another feed has already."""
MAX_TAGS = 20
"""Feeds of tags that one article can be in: a page may list hundreds of words."""


def name_member(name: FeedSet, label: str, catalogue: Catalogue) -> str:
    """The slug of a member of a further feed set: "ort/minsk"."""
    return f"{catalogue.paths[name]}/{name_slug(label)}"


class FeedRows:
    """All feeds; what changed is kept here until `save_feeds`. `known` are a ledger's, where the library is empty.

    `namesakes` are names that texts of this run say and that share the feed of another name, which differs in more than
    case and spelling: key of the feed and name -> a file that says it.
    """

    def __init__(
        self, connection: Connection, config: Config, namespace: str, *, known: Iterable[FeedIdentity] = ()
    ) -> None:
        self._config = config
        self.namespace = namespace
        self._catalogue = load_catalogue(config.site.language)
        self._sources = {source.name: source for source in config.sources}
        self._settings = {fold_name(category.label): category for category in config.categories}
        # Pages may print the former name for years.
        self._former = {slug: category for category in config.categories for slug in category.was}
        self.by_key = load_feeds(connection)
        for feed in known:
            self.by_key[feed.key] = StoredFeed(feed.key, feed.id, feed.slug, feed.label, feed.sealed, feed.was)
        self._by_slug = {feed.slug: feed for feed in self.by_key.values()}
        self._slugs: dict[str, str] = {}
        self.namesakes: dict[tuple[str, str], str] = {}
        if ALL not in self.by_key:
            self._add(ALL, "", "")
        if CORRECTIONS not in self.by_key:
            self._add(CORRECTIONS, self._catalogue.paths["corrections"], "")
        self._rename()
        self._refuse_taken_slugs()
        for category in config.categories:
            self.find_category(category.label)

    def has_slug(self, slug: str) -> bool:
        """Whether a feed has this slug now."""
        return slug in self._by_slug

    def find_category(self, label: str, *, said_in: str = "") -> StoredFeed:
        """The feed of a category as pages print it, made where it is new. `said_in` is the file of such a page."""
        setting = self._find_setting(label)
        slug = setting.word if setting else self._slug(label)
        feed = (
            self._by_slug.get(slug)
            or self._find_moved(slug, is_declared=setting is not None)
            or self._add(slug, slug, setting.label if setting else label)
        )
        if setting is not None:
            feed.label = setting.label
        else:
            self._note_namesake(feed, label, said_in)
        return feed

    def names_of(self, label: str) -> tuple[str, ...]:
        """The names by which rules know the articles of a category as pages print it.

        One that has signs ("Kultur+") goes by the name without them, too, because it is in that feed, and a rule may
        bind too much, not too little; unless a `[[categories]]` table gives it a slug of its own.
        """
        setting = self._settings.get(fold_name(label))
        is_apart = setting is not None and setting.word != self._slug(label)
        plain = strip_signs(label)
        return (label,) if is_apart or plain == label else (label, plain)

    def _note_namesake(self, feed: StoredFeed, label: str, path: str) -> None:
        if path and feed.label != label and name_key(feed.label) != name_key(label):
            self.namesakes.setdefault((feed.key, label), path)

    def find_slug(self, label: str) -> str:
        """The slug that settings, or else its name alone, give a category as pages print it."""
        setting = self._find_setting(label)
        return setting.word if setting else self._slug(label)

    def find_feeds(self, article: Article, category: StoredFeed, *, said_in: str = "") -> list[StoredFeed]:
        """Every feed that an article belongs to, that of all first, then its category's, then the further sets'.

        `said_in` is the file that gives its text.
        """
        found = {ALL: self.by_key[ALL], category.key: category}
        for name, label in self._find_labels(article):
            slug = name_member(name, label, self._catalogue)
            feed = self._by_slug.get(slug) or self._add(slug, slug, label)
            found.setdefault(feed.key, feed)
            self._note_namesake(feed, label, said_in)
        return list(found.values())

    def label_of(self, article: Article, sections: Mapping[str, str]) -> str:
        """The category of an article: its page's, that of its address's section, its source's, or the fallback.

        `sections` is the layout's map of the first path segment of an address to a category.
        """
        if article.category:
            return article.category
        source: Source | None = self._sources.get(article.source or "")
        return name_category(source, article.url, sections) or self._config.site.fallback_category

    def discard_unused(self, feed: StoredFeed) -> None:
        """Take back a feed that was made for an article which is not published after all."""
        if feed.places == 0 and self.setting(feed) is None:
            self.discard(feed)

    def discard(self, feed: StoredFeed) -> None:
        """Drop a feed: its address is unknown from now on."""
        del self.by_key[feed.key]
        del self._by_slug[feed.slug]

    def setting(self, feed: StoredFeed) -> Category | None:
        """The `[[categories]]` table of a feed, or None."""
        return self._settings.get(fold_name(feed.label))

    def identities(self) -> list[FeedIdentity]:
        """The feeds as the ledger keeps them, sorted by key."""
        return [feed.identity for _, feed in sorted(self.by_key.items())]

    def _find_labels(self, article: Article) -> Iterator[tuple[FeedSet, str]]:
        """(feed set, label) of every further feed of an article. Names of sets are those of the catalogue's paths."""
        sets = self._config.feeds.sets
        dateline = article.dateline
        if "source" in sets and article.source:
            yield "source", article.source
        if "place" in sets and dateline is not None and dateline.place:
            yield "place", dateline.place.title()
        if "author" in sets:
            yield from (("author", name) for name in article.authors)
            if dateline is not None and dateline.agency and dateline.agency not in article.authors:
                yield "author", dateline.agency
        if "tag" in sets:
            yield from (("tag", tag) for tag in article.tags[:MAX_TAGS])

    def _rename(self) -> None:
        """Give a feed its category's new slug where `was` names the old one; its key, id and sequence stay."""
        for category in self._config.categories:
            for old in category.was:
                feed = self._by_slug.get(old)
                if feed is not None and category.word not in self._by_slug:
                    del self._by_slug[old]
                    feed.slug, feed.label, feed.stale = category.word, category.label, True
                    self._by_slug[feed.slug] = feed

    def _refuse_taken_slugs(self) -> None:
        """Raise ConfigError where a category that has a feed is given the slug of another one's."""
        for index, category in enumerate(self._config.categories):
            taken, label = self._by_slug.get(category.word), fold_name(category.label)
            if taken is None or fold_name(taken.label) == label:
                continue
            for own in self.by_key.values():
                is_own = own.is_category and fold_name(own.label) == label
                if is_own and own.slug not in category.was:
                    what = f"the category {taken.label!r} has this slug, and {category.label!r} is at /{own.slug}/"
                    hint = f'give it another slug; if the two are one from now on, write was = ["{own.slug}"] below it'
                    key = ("categories", index, "label" if category.slug is None else "slug")
                    raise blame(self._config, key, what, text=category.word, hint=hint)

    def _find_setting(self, label: str) -> Category | None:
        """The `[[categories]]` table of a category as pages print it, by its name now or before."""
        return self._settings.get(fold_name(label)) or self._former.get(self._slug(label))

    def is_untold(self, feed: StoredFeed) -> bool:
        """Whether a category's feed has a slug or a name that neither a setting nor its own beginnings gave it."""
        if not feed.is_category or any(each.word == feed.slug for each in self._config.categories):
            return False
        # Most names are their slugs, and to make one takes more than all else here.
        is_named = feed.label.lower() == feed.slug or self._slug(feed.label) == feed.slug
        return not is_named or self.first_slug(feed) != feed.slug

    def take_back(self, feed: StoredFeed, slug: str, label: str) -> None:
        """Give a feed a name, and a slug that it had before; who subscribed to it in between is led there."""
        if slug != feed.slug:
            feed.was = tuple(dict.fromkeys((*feed.was, feed.slug)))
            del self._by_slug[feed.slug]
            feed.slug = slug
            self._by_slug[slug] = feed
        feed.label, feed.stale = label, True

    def first_slug(self, feed: StoredFeed) -> str:
        """The slug under which a feed was first published: its key, without what made that distinct."""
        key = feed.key
        while key != feed.slug and key.endswith(AGAIN) and key.removesuffix(AGAIN) in self.by_key:
            key = key.removesuffix(AGAIN)
        return key

    def _find_moved(self, slug: str, *, is_declared: bool) -> StoredFeed | None:
        """The feed of a category that was renamed from this slug, where no setting says so any more.

        It stays where the ledger has it, for its subscribers were led there, unless the rename is taken back
        (feeds.ingest.renames). A category that is declared beside the one that the feed is of now begins again.
        """
        feed = self.by_key.get(slug)
        if feed is None or not feed.is_category:
            return None
        is_anothers = any(category.word == feed.slug for category in self._config.categories)
        return None if is_declared and is_anothers else feed

    def _add(self, key: str, slug: str, label: str) -> StoredFeed:
        while key in self.by_key:
            # The key is that of a feed that has been renamed since.
            key += AGAIN
        feed = StoredFeed(key, mint_uuid(self.namespace, f"feed:{key}"), slug, label)
        self.by_key[key] = self._by_slug[slug] = feed
        return feed

    def _slug(self, label: str) -> str:
        if label not in self._slugs:
            slug = name_slug(label)
            prefix = self._catalogue.paths["category_prefix"]
            self._slugs[label] = f"{prefix}-{slug}" if slug in self._catalogue.reserved else slug
        return self._slugs[label]
