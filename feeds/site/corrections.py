"""What was corrected or withdrawn, when and why: the entries of the feed of corrections, and of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from feeds.article import Paragraph, load_record
from feeds.config import Config
from feeds.dates import format_german, load_zone
from feeds.dates.instants import to_datetime
from feeds.feed import Entry
from feeds.ingest.identity.ids import mint_uuid
from feeds.ingest.publication.links import link_to_original, link_to_page
from feeds.render.body import render_body
from feeds.store import Connection, Identity, parse_identity
from feeds.store.articles import StoredArticle, find_corrected
from feeds.text import Catalogue

Kind = Literal["corrected", "resumed", "withdrawn"]
_SAYINGS: Final[Mapping[Kind, str]] = {
    "corrected": "correction_entry", "resumed": "correction_resumed", "withdrawn": "correction_withdrawn",
}  # fmt: skip
_TITLES: Final[Mapping[Kind, str]] = {"corrected": "correction_title", "resumed": "correction_resumed_title"}


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction or withdrawal of an article: its number (from 1), and its instant in seconds since 1970.

    "resumed" is what was withdrawn and is published again, word for word.
    """

    article: StoredArticle
    number: int
    at: int
    kind: Kind
    reason: str | None


def find_corrections(connection: Connection, *, limit: int) -> list[tuple[int, Correction]]:
    """The last corrections, newest first, each with the instant of its entry.

    One ingest may correct many articles at one instant: in order of their paths, each gets a second more than the one
    before, so that no two entries share an `updated`, and none moves when older ones leave the feed.
    """
    found: list[Correction] = []
    for article in find_corrected(connection, limit=limit):
        identity = parse_identity(article.line)
        if identity.withdrawn is not None:
            number = len(identity.corrected) + 1
            found.append(Correction(article, number, identity.withdrawn, "withdrawn", identity.reason))
        for number, at in enumerate(identity.corrected, 1):
            # A correction and a withdrawal in one second are listed once.
            if at != identity.withdrawn:
                kind: Kind = "resumed" if at in identity.resumed else "corrected"
                found.append(Correction(article, number, at, kind, identity.reasons.get(at)))
    last = sorted(found, key=lambda each: (-each.at, each.article.path))[:limit]
    ranks: Counter[int] = Counter()
    instants: list[tuple[int, Correction]] = []
    for correction in last:
        instants.append((correction.at + ranks[correction.at], correction))
        ranks[correction.at] += 1
    return sorted(instants, key=lambda pair: (-pair[0], pair[1].article.path))


def list_marks(identity: Identity, catalogue: Catalogue) -> tuple[str, ...]:
    """The marks on an article's page that the entries of its corrections link to, the first one's first."""
    count = len(identity.corrected) + (identity.withdrawn is not None)
    return tuple(_name_mark(number, catalogue) for number in range(1, count + 1))


def _name_mark(number: int, catalogue: Catalogue) -> str:
    return f"{catalogue.paths['corrections']}-{number}"


def make_entries(
    corrections: list[tuple[int, Correction]], config: Config, catalogue: Catalogue, *, namespace: str
) -> Iterator[Entry]:
    """The corrections as entries. Each has an id of its own, since the article's id is the article's."""
    for at, correction in corrections:
        yield _make_entry(correction, at, config, catalogue, namespace)


def say_correction(correction: Correction, config: Config, catalogue: Catalogue) -> str:
    """What happened, when and why, in one paragraph."""
    local = to_datetime(correction.at).astimezone(load_zone(config.site.timezone))
    day = format_german(local.date(), catalogue.months)
    text = catalogue.say(_SAYINGS[correction.kind], day=day)
    return text + (" " + catalogue.say("correction_why", reason=correction.reason) if correction.reason else "")


def _make_entry(correction: Correction, at: int, config: Config, catalogue: Catalogue, namespace: str) -> Entry:
    site = config.site
    # The article's own entry has the address without a mark, and no two entries may share one.
    mark = _name_mark(correction.number, catalogue)
    is_notice = correction.kind == "withdrawn"
    url = None if config.output.pages or is_notice else load_record(correction.article.record).url
    link = link_to_original(url, mark=mark) if url else link_to_page(config, correction.article.path, mark=mark)
    headline = correction.article.headline or ""
    title = headline if is_notice else catalogue.say(_TITLES[correction.kind], headline=headline)
    text = say_correction(correction, config, catalogue)
    instant = to_datetime(correction.at) + timedelta(seconds=at - correction.at)
    return Entry(
        id=mint_uuid(namespace, f"correction:{correction.article.id}:{correction.at}"),
        link=link,
        title=title,
        summary=text,
        content=render_body((Paragraph(text),), catalogue),
        published=instant,
        updated=instant,
        authors=(site.author or site.title,),
        categories=(),
        language=site.language,
    )
