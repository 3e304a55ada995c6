"""The settings: one frozen model a table of `config.toml`. A field's description is what the docs say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Literal, get_args
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, model_validator

from feeds.config.values import (
    BaseUrl,
    Contact,
    FilePattern,
    Language,
    LanguageTag,
    Network,
    Number,
    NumberPattern,
    PageAddress,
    PathName,
    Pattern,
    Slug,
    Text,
    WebAddress,
    Words,
    ZoneName,
)
from feeds.text import name_slug

_WILD = re.compile(r"[*?\[]")

FeedSet = Literal["source", "place", "author", "tag"]
FEED_SETS: tuple[FeedSet, ...] = get_args(FeedSet)
"""What a further feed can be made of each of; the catalogue names their words in paths."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Site(_Table):
    """Who publishes: `[site]`."""

    title: Text = Field("Nachrichten", description="The name of the publication, on pages and in feed titles.")
    description: Words | None = Field(None, description="One sentence about the publication.")
    base_url: BaseUrl = Field(
        "http://127.0.0.1:8000/", description="Where the feeds will be found; may have a path, as on project pages."
    )
    id: Words | None = Field(
        None, min_length=1, description="What ids are minted from; by default the base URL of the first build."
    )
    language: Language = Field("de", description="Language of the feeds and pages (RFC 5646).")
    timezone: ZoneName = Field("Europe/Berlin", description="Zone of pages whose source and layout name none.")
    author: Words | None = Field(
        None, min_length=1, description="Author of articles that name none; default: the title."
    )
    rights: Words | None = Field(None, min_length=1, description="Copyright line of feeds and pages.")
    imprint: PageAddress | None = Field(
        None, description="Address of the imprint (Impressum), or the path below the site at which you publish it."
    )
    privacy: PageAddress | None = Field(
        None, description="Address of the privacy notice (Datenschutz), or its path, likewise."
    )
    contact: Contact | None = Field(None, description="E-mail address or URL of the editors, or a path, likewise.")
    icon: PathName | None = Field(
        None, description="Square picture (svg, png, ico) of the site; a plain one by default."
    )
    logo: PathName | None = Field(
        None, description="Picture (svg, png, jpg) that stands for the feeds, twice as wide as high."
    )
    fallback_category: Text = Field("Ohne Rubrik", description="Category of articles that have none.")


class Library(_Table):
    """Where the facts are kept: `[library]`."""

    database: PathName = Field(Path(".feeds/library.sqlite"), description="The library: a cache that can be deleted.")
    ledger: PathName = Field(
        Path("ledger.jsonl"), description="The ledger: ids and first-seen times; commit it to git."
    )


class Output(_Table):
    """What is published beside the feeds, and where `feeds build` writes it: `[output]`."""

    folder: PathName = Field(
        Path("public"),
        description="The folder that becomes the site; texts, settings, library and ledger lie outside.",
    )
    pages: bool = Field(
        default=True, description="Pages for people, and sitemaps of them; without, there are only the feeds and lists."
    )
    home: WebAddress | None = Field(
        None, description="Without pages: the address of your own, which feeds name as theirs."
    )


class Build(_Table):
    """How a build works: `[build]`."""

    workers: Number = Field(
        0,
        ge=0,
        le=64,
        description="Processes that help with a large build; 1: none beside its own; 0: one a core, up to four.",
    )


class Feeds(_Table):
    """What a feed holds: `[feeds]`."""

    entries: Number = Field(50, ge=1, le=1000, description="The newest so many articles.")
    hours: Number = Field(
        24, ge=0, le=24 * 31, description="And all that was published or first seen in the last so many hours of it."
    )
    sets: tuple[FeedSet, ...] = Field(
        (), description="Further feeds beside those of the categories: one a source, place, author or tag."
    )
    archives: tuple[Literal["atom", "json", "rss"], ...] = Field(
        ("atom", "json"), description="Formats that carry the whole history in archive documents (RFC 5005)."
    )
    notice_days: Number = Field(
        30,
        ge=1,
        le=3650,
        description="How long the notice of a withdrawn article is shown before only a tombstone is left.",
    )
    vanished: Literal["remove", "keep", "withdraw"] = Field(
        "remove",
        description='What becomes of an article whose file is deleted: it goes ("remove"), it stays ("keep"), or a '
        'notice takes its place ("withdraw"). What stays has its text in the library alone, so that must be kept then. '
        "A withdrawn article keeps its notice in any case.",
    )
    content: Literal["full", "summary"] = Field("full", description="Full text, or the summary only.")
    near_copies: bool = Field(
        default=False,
        description="Link articles of different sources that are nearly one text to each other (extra dedup).",
    )
    max_bytes: Number = Field(
        1_000_000,
        ge=10_000,
        le=10_000_000,
        description="A feed document is cut below this size, one entry at least; "
        "of an article that is larger alone, feeds have the summary.",
    )
    max_age_seconds: Number = Field(
        600, ge=60, le=86_400, description="How long a reader may wait before it asks again: Cache-Control and RSS ttl."
    )


class Patterns(_Table):
    """How a source's text pages are built, where no layout knows it: `[sources.patterns]`.

    Regular expressions, each searched in every line of a page; the first line that matches counts, and in it the first
    group, or the whole match where there is none.
    """

    headline: Pattern | None = Field(None, min_length=1, description="The headline.")
    category: Pattern | None = Field(None, min_length=1, description="The category.")
    stamp: Pattern | None = Field(None, min_length=1, description="The time of publication.")
    updated: Pattern | None = Field(None, min_length=1, description="The time of the last change.")
    byline: Pattern | None = Field(None, min_length=1, description="The authors.")
    start: Pattern | None = Field(None, min_length=1, description="The line above the text.")
    end: Pattern | None = Field(None, min_length=1, description="The line below the text.")


class Source(_Table):
    """Where pages come from: `[[sources]]`."""

    name: Text = Field(description="Name of the source; part of the natural keys, so it should stay.")
    folder: PathName | None = Field(
        None, description="Folder whose .txt, .text, .html, .htm, .md and .markdown files are read, subfolders too."
    )
    glob: FilePattern | None = Field(
        None, min_length=1, description="Pattern of files instead of a folder, such as pages/*/*.txt."
    )
    layout: str | None = Field(None, description="Layout of the pages; by default found by host and structure.")
    timezone: ZoneName | None = Field(None, description="Zone of the times on the pages.")
    language: LanguageTag | None = Field(None, description="Language of the texts (RFC 5646).")
    verbatim: bool | None = Field(
        None,
        description="Whether plain text below front matter is an author's, word for word (true), or that of a saved "
        "page (false); by default each file is judged by what it shows.",
    )
    category: Text | None = Field(None, description="Category of pages that show none.")
    sections: dict[str, Text] = Field({}, description="Category by the first path segment of the page's address.")
    embed_images: bool = Field(
        default=False,
        description="Show pictures of other hosts whose address begins with `https:`; they are linked by default, for "
        "those hosts see who reads.",
    )
    correction_notice: bool = Field(default=False, description="Say at the end of a text when it was corrected.")
    url_id: NumberPattern | None = Field(
        None, description="Pattern whose first group is the article's number in its address."
    )
    patterns: Patterns = Patterns()

    @model_validator(mode="after")
    def _one_place(self) -> Source:
        if (self.folder is None) == (self.glob is None):
            raise ValueError("name either a folder or a glob")
        return self


class Category(_Table):
    """A category that is known beforehand: `[[categories]]`. Others appear by themselves."""

    label: Text = Field(description="The category as the pages print it.")
    slug: Slug | None = Field(
        None, description="Its word in addresses, no other category's; by default from the label."
    )
    title: Text | None = Field(None, description="Its name for readers; by default the label.")
    description: Words | None = Field(None, min_length=1, description="One sentence about it.")
    was: tuple[Slug, ...] = Field((), description="Former slugs: they answer 301, the feed's id stays.")
    removed: bool = Field(default=False, description="No longer published: its addresses answer 410.")

    @property
    def word(self) -> str:
        """Its word in addresses: its slug, or that of its label."""
        return self.slug or name_slug(self.label)


class Rule(_Table):
    """What may be published of some articles: `[[rules]]`. All that match apply; the strictest of each wins."""

    source: Text | None = Field(None, description="Articles of this source.")
    agency: Text | None = Field(None, description="Articles whose text is of this agency, wherever the page names it.")
    author: Text | None = Field(None, description="Articles of this author.")
    category: Text | None = Field(None, description="Articles of this category, as the pages print it.")
    access: Literal["free", "paid"] | None = Field(None, description="Articles that are free, or for payment.")
    content: Literal["full", "summary", "headline", "none"] | None = Field(
        None,
        description="What of the text: full, summary, headline, or none: not published at all. By default full, and of "
        "articles for payment the summary.",
    )
    images: bool = Field(default=True, description="Whether with pictures.")

    @model_validator(mode="after")
    def _names_something(self) -> Rule:
        if not any((self.source, self.agency, self.author, self.category, self.access)):
            raise ValueError("a rule names a source, an agency, an author, a category or an access")
        return self


class Gate(_Table):
    """What `feeds build --gate` lets pass: `[gate]`.

    100 entries are two whole documents of a feed with the usual fifty, and more than a national agency writes between
    two builds; an archive that is taken in by mistake has more.
    """

    max_new: Number = Field(
        100, ge=1, description="So many entries of one feed may be new or changed at once; more is a flood."
    )
    max_removed: Number = Field(
        10, ge=0, description="So many articles may vanish at once without a notice of withdrawal."
    )


class Serve(_Table):
    """How `feeds serve` serves: `[serve]`."""

    host: Text = Field("127.0.0.1", description="Address to listen on.")
    port: Number = Field(8000, ge=1, le=65_535, description="Port to listen on.")
    workers: Number = Field(1, ge=1, le=64, description="Processes that answer.")
    operation_host: Text = Field("127.0.0.1", description="Address of /healthz, /readyz and /metrics.")
    operation_port: Number = Field(
        8001, ge=0, le=65_535, description="Port of /healthz, /readyz and /metrics; 0: none."
    )
    access_log: bool = Field(default=False, description="A line for every request, without the client's address.")
    log_format: Literal["text", "json"] = Field("text", description="Lines for people, or a JSON object each.")
    unconditional_per_hour: Number = Field(
        0,
        ge=0,
        description="A client that fetches an unchanged feed more often than this without asking whether it "
        "changed gets 429; 0: never. A CDN or a hosted reader is one client.",
    )
    limit_clients: Number = Field(10_000, ge=100, description="Clients that are counted for it; the longest silent go.")
    trusted_proxies: tuple[Network, ...] = Field(
        (), description="Addresses or networks whose X-Forwarded-For says who the client is."
    )


class Config(_Table):
    """All settings. `path` is the file they came from, or None; every relative path in it is resolved."""

    site: Site = Site()
    library: Library = Library()
    output: Output = Output()
    build: Build = Build()
    feeds: Feeds = Feeds()
    sources: tuple[Source, ...] = ()
    categories: tuple[Category, ...] = ()
    rules: tuple[Rule, ...] = ()
    redirects: dict[str, str] = Field({}, description="Old path -> new path or address; answers 301.")
    gate: Gate = Gate()
    serve: Serve = Serve()
    path: Path | None = Field(None, exclude=True)

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from: that of the file."""
        return Path() if self.path is None else self.path.parent

    def find_folder(self, source: Source) -> Path:
        """The folder below which a source's files lie; of a pattern, the part before the first `*`."""
        if source.folder is not None:
            return source.folder
        fixed = takewhile(lambda part: not _WILD.search(part), PurePath(source.glob or "").parts[:-1])
        return self.folder.joinpath(*fixed)

    def find_place_key(self, index: int) -> tuple[str, int, str]:
        """The key that says where a source's files are, by the source's number: its folder, or its pattern."""
        return "sources", index, "folder" if self.sources[index].glob is None else "glob"

    @property
    def namespace(self) -> str:
        """What ids are minted in from a first build on; afterwards the ledger says it."""
        return self.site.id or self.site.base_url.partition(":")[2]

    def find_own_path(self, target: str) -> str | None:
        """The path within the site that a redirect leads to, as a client asks for it; None for another site's."""
        base = self.site.base_url
        path = f"/{target.removeprefix(base)}" if target.startswith(base) else target
        return unquote(re.split("[?#]", path, maxsplit=1)[0]) if path.startswith("/") else None


def list_tables() -> Iterator[tuple[str, type[BaseModel]]]:
    """Every table of `config.toml` that has keys of its own, by its header: "[site]", "[[sources]]"."""
    return _walk(Config, "")


def _walk(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        inner = [type(field.default), *get_args(field.annotation)]
        found = next((each for each in inner if isinstance(each, type) and issubclass(each, BaseModel)), None)
        if found is not None:
            yield f"[{prefix}{name}]" if found is inner[0] else f"[[{prefix}{name}]]", found
            yield from _walk(found, f"{prefix}{name}.")
