"""A seed file's bytes -> a Reading: the Article, or the reason why the page is not one.

Chooses the layout and the zone, and lets the front matter win over what the page says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.article import Acceptable, Article, Dateline, Found
from feeds.config import Config, Patterns, Source, blame
from feeds.dates import Stamp, load_zone
from feeds.dates.instants import find_ahead
from feeds.errors import ConfigError, Problem
from feeds.parse.agencies import read_sources
from feeds.parse.boilerplate import NOTHING, Boilerplate
from feeds.parse.datelines.year import settle_year
from feeds.parse.draft import Draft
from feeds.parse.front import read_dates
from feeds.parse.layouts import Layout, list_layouts
from feeds.parse.page import Page, parse_page

EARLIEST_YEAR: Final = 1990
"""Before this no page was published: the date is a typing error, or that of something else."""
FRONT_MATTER: Final = "front matter"
"""The rule of what is found there."""
NO_PATTERNS: Final = Patterns()
_DATE_RULES: Final = frozenset(["unknown-year", "unreadable-stamp", "no-such-day"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one page.

    `kind` is "article", or what the page is instead ("index", "home", "video", "photo", "gallery", "empty"), and then
    `reason` says why and `article` is None. `layout` names how it was read. `problems` are those of the article too.
    """

    path: str
    kind: str
    reason: str | None
    article: Article | None
    layout: str
    problems: tuple[Problem, ...]
    first_line: int
    offsets: tuple[tuple[int, str], ...] = ()

    @property
    def marks(self) -> Mapping[int, str]:
        """What each line of the file is, by its number from 1; lines that say nothing are not in it."""
        marks: dict[int, str] = {}
        for offset, role in self.offsets:
            marks[offset + self.first_line] = role
        return marks


def parse_page_bytes(
    data: bytes, *, path: str, source: Source | None, zone: str, language: str, boilerplate: Boilerplate = NOTHING
) -> Reading:
    """The Reading of a seed file's bytes.

    `zone` (IANA) and `language` are the site's: a source's own win over them, a layout's zone too. `boilerplate` is
    what was learned from the source; layouts in code don't need it. Raises UnreadableError and FrontMatterError where
    the file can't be used, ConfigError where the source's layout is unknown. A page that is no article, or whose date
    is unknown, is no error.
    """
    page = parse_page(data, path=path)
    return read_page(page, source=source, zone=zone, language=language, boilerplate=boilerplate)


def read_page(
    page: Page,
    *,
    source: Source | None,
    zone: str,
    language: str,
    boilerplate: Boilerplate = NOTHING,
    site: str | None = None,
    layout: Layout | None = None,
) -> Reading:
    """The Reading of a Page; see `parse_page_bytes`. What the `site` or the source is called is no headline in HTML.

    `layout` is the page's where it was chosen already.
    """
    if source is not None and source.verbatim is not None and page.front.verbatim is None:
        page = replace(page, front=replace(page.front, verbatim=source.verbatim))
    layout = layout or choose_layout(page, source)
    zone = (source.timezone if source is not None else None) or layout.zone or zone
    draft = _read(page, layout, source, boilerplate, url=page.front.url, tz=load_zone(zone), site=site)
    kind, reason, article = draft.kind, draft.reason, None
    problems = (*page.problems, *draft.problems)
    if kind == "article" or (page.front.title and page.front.published):
        kind, reason = "article", None
        article = _make_article(page, draft, source, zone=zone, language=language)
        problems = article.problems
    return Reading(page.path, kind, reason, article, layout.name, problems, page.first_line, tuple(draft.marks))


def _make_article(page: Page, draft: Draft, source: Source | None, *, zone: str, language: str) -> Article:
    """The Article that a page is: what its front matter says of it, else what was read, with what is odd about it."""
    front = page.front
    if page.media != "html":
        read_sources(draft, page.lines, dict(draft.marks))
    written = read_dates(front, path=page.path, tz=load_zone(zone))
    published, updated = written[0] or draft.published, written[1] or draft.updated
    headline = front.title or draft.headline
    return Article(
        headline=headline,
        kicker=draft.kicker,
        summary=front.summary or draft.summary,
        blocks=tuple(draft.blocks),
        dateline=settle_year(_sign(draft.dateline, front.agency), published),
        agencies=draft.agencies if front.agency is None else (front.agency,),
        authors=front.authors or draft.authors,
        category=front.category or draft.category,
        tags=front.tags or draft.tags,
        published=published,
        updated=updated,
        zone=zone,
        language=front.language or (source.language if source is not None else None) or draft.language or language,
        source=None if source is None else source.name,
        url=front.url or draft.url,
        key=front.id,
        crawled=draft.crawled,
        status=cast("Literal['published', 'draft', 'withdrawn']", front.status or "published"),
        access=cast("Literal['free', 'paid']", front.access or draft.access or "free"),
        reason=front.reason,
        accept=cast("tuple[Acceptable, ...]", front.accept),
        problems=(
            *page.problems,
            *draft.problems,
            *_find_odd_stamps(draft, published, updated, page),
            *_find_missing(draft, headline, page),
        ),
        found=_list_found(draft, page),
    )


def _find_missing(draft: Draft, headline: str | None, page: Page) -> Iterator[Problem]:
    """What an article that is to be published lacks: its text, or its headline."""
    if (page.front.status or "published") != "published":
        return
    if not draft.blocks:
        hint = "write the text below the front matter, or `status: draft` into it"
        yield Problem("no-text", "the article has no text: readers get its headline alone", hint=hint)
    elif not headline:
        hint = _say_how(page, "title", "headline")
        what = "no line is certain to be the headline: readers get the first sentence in its place"
        yield Problem("unknown-headline", what, hint=hint)


def _sign(dateline: Dateline | None, agency: str | None) -> Dateline | None:
    """The dateline with the agency that the front matter names, if it does."""
    return dateline if agency is None else replace(dateline or Dateline(None, None, None), agency=agency)


def choose_layout(page: Page, source: Source | None) -> Layout:
    """The layout that reads a page: the source's, else that of the address's host, else one that knows the build."""
    if source is not None and source.layout is not None:
        return find_layout(source.layout)
    host = urlsplit(page.front.url or "").hostname
    for layout in list_layouts():
        if host is None:
            if page.media == "text" and layout.recognise(page):
                return layout
        elif any(host == name or host.endswith(f".{name}") for name in layout.hosts):
            return layout
    return GENERAL


def learns(page: Page, layout: Layout) -> bool:
    """Whether what recurs over the pages of its source is taken off a page: it is text that no layout in code reads."""
    return page.media == "text" and layout is GENERAL


def find_layout(name: str) -> Layout:
    """The facts of a layout by its name. Raises ConfigError where there is none."""
    for layout in (*list_layouts(), GENERAL):
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in (*list_layouts(), GENERAL))
    raise ConfigError("no layout has this name", path="sources.layout", text=name, hint=f"known are {known}")


def check_layouts(config: Config) -> None:
    """Raise ConfigError where a source names a layout that there is not."""
    for index, source in enumerate(config.sources):
        try:
            if source.layout is not None:
                find_layout(source.layout)
        except ConfigError as error:
            raise blame(config, ("sources", index, "layout"), error.what, text=error.text, hint=error.hint) from error


def check_dates(article: Article, *, now: int) -> tuple[Problem, ...]:
    """Problems of dates that are more than a day ahead of `now`, in seconds since 1970.

    A typing error would be an embargo of years, or keep the feed's own `updated` where it is for years.
    """
    problems = []
    ahead = "lies more than a day ahead"
    for name, what, stamp in (
        ("published", f"the publication {ahead}", article.published),
        ("updated", f"the change {ahead}, so it is not believed before that", article.updated),
    ):
        if stamp is not None and find_ahead(stamp, article.zone, now=now) is not None:
            line = next((found.line for key, found in article.found if key == name), None)
            written = any(key == name and found.rule == FRONT_MATTER for key, found in article.found)
            problems.append(_far_off(name, what, stamp.value, line, written=written))
    return tuple(problems)


def _read(
    page: Page,
    layout: Layout,
    source: Source | None,
    boilerplate: Boilerplate,
    *,
    url: str | None,
    tz: ZoneInfo,
    site: str | None,
) -> Draft:
    if page.media == "html":
        # Costs 60 ms to import, and only HTML pages need it.
        from feeds.parse.html.document import read_html

        return read_html(page, url, tz, names=[site, None if source is None else source.name])
    if page.media == "markdown":
        from feeds.parse.markdown.document import read_markdown

        return read_markdown(page, url, tz)
    if page.front.verbatim:
        from feeds.parse.manuscript import read_manuscript

        return read_manuscript(page, tz)
    if source is not None and source.patterns != NO_PATTERNS:
        from feeds.parse.patterns import read_with_patterns

        return read_with_patterns(page, source.patterns, url, tz, boilerplate)
    draft = layout.read(page, url, tz) if layout is not GENERAL else None
    if draft is None:
        from feeds.parse.manuscript import note_left_out

        draft = _read_generally(page, url, tz, boilerplate)
        if (problem := note_left_out(page, draft)) is not None:
            draft.problems.append(problem)
    return draft


def _read_generally(page: Page, url: str | None, tz: ZoneInfo, boilerplate: Boilerplate = NOTHING) -> Draft:
    # Costs 20 ms to import, and pages that a layout recognises need none of it.
    from feeds.parse.general import read_generally

    return read_generally(page, url, tz, boilerplate)


GENERAL: Final = Layout(name="general", read=_read_generally)
"""The layout of a page that none recognises."""


def _find_odd_stamps(draft: Draft, published: Stamp | None, updated: Stamp | None, page: Page) -> tuple[Problem, ...]:
    problems = []
    if published is None and not any(problem.rule in _DATE_RULES for problem in draft.problems):
        hint = _say_how(page, "published", "stamp")
        problems.append(Problem("unknown-date", "no date on the page is certain to be its publication's", hint=hint))
    for name, what, stamp in (("published", "publication", published), ("updated", "change", updated)):
        if stamp is None:
            continue
        if stamp.problems or stamp.value.year < EARLIEST_YEAR:
            line = _line_of(name, draft, page)
            problems += [Problem("odd-date", text, line, stamp.value.isoformat()) for text in stamp.problems]
            if stamp.value.year < EARLIEST_YEAR:
                written = page.front.line_of(name) is not None
                odd = f"the {what} lies before {EARLIEST_YEAR}"
                problems.append(_far_off(name, odd, stamp.value, line, written=written))
    if published is not None and updated is not None and updated.value.year + 1 < published.value.year:
        line = _line_of("updated", draft, page)
        written = page.front.line_of("updated") is not None
        odd = "the change lies years before the publication"
        problems.append(_far_off("updated", odd, updated.value, line, written=written))
    return tuple(problems)


def _say_how(page: Page, key: str, pattern: str) -> str:
    """How to tell what no line of a page is certain to be."""
    hint = f"write `{key}:` into front matter above the page"
    return f"{hint}, or a {pattern} pattern for its source into config.toml" if page.media == "text" else hint


def _line_of(name: str, draft: Draft, page: Page) -> int | None:
    found = next((page.first_line + at for key, at, _ in draft.found if key == name and at is not None), None)
    return page.front.line_of(name) or found


def _far_off(name: str, what: str, value: date | datetime, line: int | None, *, written: bool) -> Problem:
    """The problem of a date that is hardly one; `written`: it is in the front matter."""
    mend = f"correct `{name}:` in the front matter" if written else f"write `{name}:` into front matter above the page"
    hint = f"if it is right, leave it; else {mend}"
    return Problem("far-off-date", what, line, value.isoformat(), hint)


def _list_found(draft: Draft, page: Page) -> tuple[tuple[str, Found], ...]:
    first = page.first_line
    found = {name: Found(None if at is None else at + first, rule) for name, at, rule in draft.found}
    for name, line in page.front.lines:
        found["headline" if name == "title" else name] = Found(line, FRONT_MATTER)
    return tuple(found.items())
