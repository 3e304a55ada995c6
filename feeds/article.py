"""The frozen records that a page becomes: Article, its blocks and its dateline, and their form in JSON.

No I/O, no parsing, no rendering. An Article says only what its page says; what is unknown is None.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from feeds.dates import Stamp
from feeds.errors import Problem
from feeds.text import cut_at_word, find_first_sentence, fold_spaces
from feeds.text.sentences import DERIVED_HEADLINE_LIMIT

Status = Literal["published", "draft", "withdrawn"]
Access = Literal["free", "paid"]
Shortened = Literal["summary", "headline"]
Acceptable = Literal["shown-again", "date-moved", "host-moved", "page-gone"]


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed: "MINSK, 25. Juni (BelTA) –".

    `place` as printed; `day` an ISO date, or `--06-25` (ISO 8601:2000 truncated form) where the year is unknown;
    `agency` as printed.
    """

    place: str | None
    day: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `html` is the same text as sanitised inline HTML, where the page had links or emphasis."""

    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Subheadline:
    """A headline inside the text. `html` as of a Paragraph."""

    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set off from the text."""

    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list. Each item is blocks without pictures: mostly one paragraph, with a list below it where one is nested.

    `ordered` lists count 1, 2, 3. Items with other numbers have them in their text (see `feeds.parse.items`).
    """

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at an absolute address. Sizes are pixels; `length` is bytes.

    `embed` is decided at publication: whether readers load it, or get a link.
    """

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None
    media_type: str | None = None
    length: int | None = None
    embed: bool = False


Block = Paragraph | Subheadline | Quote | ItemList | Image
_BLOCKS: dict[str, type[Block]] = {
    "paragraph": Paragraph,
    "subheadline": Subheadline,
    "quote": Quote,
    "list": ItemList,
    "image": Image,
}
_BLOCK_NAMES: dict[type[Block], str] = {cls: name for name, cls in _BLOCKS.items()}


class Found(NamedTuple):
    """Where a field came from: the line (from 1) in the file as it is on disk, and the rule that found it."""

    line: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One report as its page has it.

    `headline` and `category` are as printed. `published` and `updated` are Stamps: an aware datetime, or a date where
    the page has no clock. `zone` is the IANA name of the zone that the page's times are in. `agencies` are all whose
    text it is, wherever the page names them. `source` is the name of the configured source, `key` the `id` of the front
    matter, `crawled` the day on which the page was saved, where it says so, and `reason` why the article was corrected
    or withdrawn. `accept` names what the gate (`feeds.gate`) lets pass of this article. `shortened` is decided at
    publication: what alone may be published of it, None for all. `found` says for each field where it came from.
    """

    headline: str | None = None
    kicker: str | None = None
    summary: str | None = None
    blocks: tuple[Block, ...] = ()
    dateline: Dateline | None = None
    agencies: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    category: str | None = None
    tags: tuple[str, ...] = ()
    published: Stamp | None = None
    updated: Stamp | None = None
    zone: str = "Europe/Berlin"
    language: str | None = None
    source: str | None = None
    url: str | None = None
    key: str | None = None
    crawled: date | None = None
    status: Status = "published"
    access: Access = "free"
    reason: str | None = None
    accept: tuple[Acceptable, ...] = ()
    shortened: Shortened | None = None
    problems: tuple[Problem, ...] = ()
    found: tuple[tuple[str, Found], ...] = field(default=(), compare=False)


def list_texts(article: Article) -> list[str]:
    """The body as plain paragraphs, in order: the texts of all blocks but images, those in lists with their numbers."""
    return list(iterate_texts(article.blocks))


def iterate_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The plain texts of blocks, as `list_texts` has them."""
    for block in blocks:
        if isinstance(block, ItemList):
            for number, item in enumerate(block.items, 1):
                texts = iterate_texts(item)
                if block.ordered:
                    yield f"{number}. {next(texts, '')}"
                yield from texts
        elif not isinstance(block, Image):
            yield block.text


def derive_headline(article: Article) -> str:
    """A headline from the first sentence, cut at a word, for an article whose page shows none; "" without a text."""
    texts = list_texts(article)
    return cut_at_word(fold_spaces(find_first_sentence(texts[0])), DERIVED_HEADLINE_LIMIT) if texts else ""


def list_agencies(article: Article) -> list[str]:
    """The agencies whose text it is, that of the dateline first."""
    signed = article.dateline.agency if article.dateline is not None else None
    return list(dict.fromkeys((*([signed] if signed else []), *article.agencies)))


def dump_stamp(stamp: Stamp | None) -> list[Any] | None:
    """A Stamp as JSON values: [ISO text, precision, zone or None, problems]."""
    if stamp is None:
        return None
    zone = (
        stamp.value.tzinfo.key
        if isinstance(stamp.value, datetime) and isinstance(stamp.value.tzinfo, ZoneInfo)
        else None
    )
    return [stamp.value.isoformat(), stamp.precision, zone, list(stamp.problems)]


def load_stamp(data: list[Any] | None) -> Stamp | None:
    """The Stamp that `dump_stamp` wrote."""
    if data is None:
        return None
    text, precision, zone, problems = data
    value: date | datetime
    if precision == "day":
        value = date.fromisoformat(text)
    else:
        value = datetime.fromisoformat(text)
        if zone is not None:
            value = value.astimezone(ZoneInfo(zone))
    return Stamp(value, precision, tuple(problems))


_NAMES = {cls: tuple(f.name for f in fields(cls)) for cls in (Article, *_BLOCK_NAMES)}


def dump_article(article: Article) -> dict[str, Any]:
    """An Article as JSON values, without the fields that are empty; `load_article` reads it back."""
    data: dict[str, Any] = {}
    for name in _NAMES[Article]:
        value = getattr(article, name)
        if value is None or value == ():
            continue
        if name in {"published", "updated"}:
            data[name] = dump_stamp(value)
        elif name == "crawled":
            data[name] = value.isoformat()
        elif name == "blocks":
            data[name] = list(map(_dump_block, value))
        elif name == "dateline":
            data[name] = [value.place, value.day, value.agency]
        elif name == "problems":
            data[name] = [[p.rule, p.what, p.line, p.text, p.hint] for p in value]
        elif name == "found":
            data[name] = [[key, found.line, found.rule] for key, found in value]
        else:
            data[name] = value
    return data


def load_article(data: dict[str, Any]) -> Article:
    """The Article that `dump_article` wrote."""
    values = dict(data)
    for name in ("published", "updated"):
        values[name] = load_stamp(values.get(name))
    values["blocks"] = tuple(_load_block(*block) for block in values.get("blocks", ()))
    if (crawled := values.get("crawled")) is not None:
        values["crawled"] = date.fromisoformat(crawled)
    if (dateline := values.get("dateline")) is not None:
        values["dateline"] = Dateline(*dateline)
    values["problems"] = tuple(Problem(*problem) for problem in values.get("problems", ()))
    values["found"] = tuple((key, Found(line, rule)) for key, line, rule in values.get("found", ()))
    for name in ("accept", "agencies", "authors", "tags"):
        values[name] = tuple(values.get(name, ()))
    return Article(**values)


def load_record(text: str | None) -> Article:
    """The Article in a JSON text of the values that `dump_article` gave; an empty one where there is no text.

    A notice whose file is deleted has no text: only the ledger knows its article.
    """
    return load_article(json.loads(text)) if text else Article()


def _dump_block(block: Block) -> list[Any]:
    values = [getattr(block, name) for name in _NAMES[type(block)]]
    if isinstance(block, ItemList):
        values[0] = list(map(_dump_item, block.items))
    return [_BLOCK_NAMES[type(block)], *values]


def _load_block(name: str, *values: Any) -> Block:
    cls = _BLOCKS[name]
    if cls is ItemList:
        items, ordered = values
        return ItemList(tuple(map(_load_item, items)), ordered)
    return cls(*values)


def _dump_item(item: tuple[Block, ...]) -> str | list[Any]:
    """An item as its text where it is but that, as most are and all were before items held blocks; else its blocks."""
    match item:
        case (Paragraph(text, None),):
            return text
    return list(map(_dump_block, item))


def _load_item(data: str | list[Any]) -> tuple[Block, ...]:
    return (Paragraph(data),) if isinstance(data, str) else tuple(_load_block(*block) for block in data)
