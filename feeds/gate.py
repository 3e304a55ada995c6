"""The gate: what subscribers would see if a Site were published now, and whether that should stop it.

Reads the Site and what is published now; writes nothing. `feeds.diff` knows what readers notice; this module adds what
only the library knows, such as that an article was recategorised, or removed on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from feeds.dates.instants import to_seconds
from feeds.diff import FeedDiff, Folder, Reason, State, compare, find_removed, judge, open_state
from feeds.diff.documents import parse_document
from feeds.diff.paths import folder_of, relate
from feeds.errors import BlockedError, GateError, TextlessError, say_number
from feeds.ingest.report import LEDGER_BEHIND, Report
from feeds.render.formats import BY_FILE_NAME
from feeds.site import Site
from feeds.store.documents import find_digests
from feeds.store.feeds import list_stale_archives
from feeds.store.standing import find_id, find_standing, list_removed
from feeds.text import digest_bytes

_HINT = "nothing was published; undo what caused it, or build without --gate if readers should see it"
_HINT_TEXTLESS = (
    "nothing was published; correct the file, or put the library of the last run back, which has what the file said; "
    "without --gate its article goes"
)
_HINTS = {"shown-again": f"{_HINT}; a corrected text keeps its id where `id:` in its front matter names the old one"}


class SiteState:
    """A Site as a published state: see `feeds.diff.State`."""

    single: str | None = None

    def __init__(self, site: Site) -> None:
        self._site = site
        self._base = site.config.site.base_url
        self._feeds = {
            feed.folder.removeprefix("/"): feed for feed in site.feeds.values() if not site.routes.is_removed(feed)
        }

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:  # noqa: ARG002 (the protocol's signature)
        """The paths of the subscription documents of all feeds."""
        return [folder + name for folder in self._feeds for name in BY_FILE_NAME]

    def covers(self, path: str) -> bool:  # noqa: ARG002 (the protocol's signature)
        """True: the site knows all of its feeds."""
        return True

    def load(self, path: str) -> bytes | None:
        """The document at a path, as it would be published."""
        resource = self._site.render(f"/{path}")
        return resource.body if resource.status == HTTPStatus.OK else None

    def find_digest(self, path: str) -> str | None:
        """The digest of an archive document as it would be published; it is rendered only where it is stale."""
        known = find_digests(self._site.connection, [f"/{path}"]).get(f"/{path}")
        if known is not None and folder_of(path) not in self._stale:
            return known
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> list[str]:
        """The paths of the archive documents of the feed in a folder."""
        feed = self._feeds.get(folder)
        numbers = range(1, feed.documents + 1) if feed is not None else ()
        return [
            path[1:] for number in numbers if feed for path in self._site.routes.list_archive(feed, number).values()
        ]

    def leads_on(self, path: str) -> bool:
        """Whether the site has a page at a path, or redirects it."""
        return self._site.render(f"/{unquote(path)}").status in {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY}

    @cached_property
    def _stale(self) -> frozenset[str]:
        """The folders of the archive documents that this run renders again."""
        feeds, routes = self._site.feeds, self._site.routes
        stale = list_stale_archives(self._site.connection)
        return frozenset(routes.folder_of_archive(feeds[key], number)[1:] for key, number in stale if key in feeds)

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:  # noqa: ARG002 (the protocol's)
        """The path of an address of the site."""
        return relate(address, base=self._base)

    def find_successor(self, path: str) -> str | None:
        """The path that a redirect leads to; "" for a category that is no longer published on purpose (410)."""
        resource = self._site.render(f"/{path}")
        if resource.status == HTTPStatus.GONE:
            return ""
        return None if resource.location is None else relate(resource.location, base=self._base)

    def explain(self, path: str, name: str) -> str | None:
        """What the library knows of an article that is not in a feed's document."""
        feed = self._feeds.get(folder_of(path))
        return find_standing(self._site.connection, feed.key, name) if feed is not None else None


def find_published(
    folder: Path, against: str | None = None, *, find_noted: Callable[[str], tuple[str, int] | None] = lambda _: None
) -> State | None:
    """What subscribers have now: the state `against` if given, else that of the folder; None where it has no feeds.

    `find_noted` gives what was noted of the folder's files when they were written (see `feeds.diff.Folder`).
    Raises CheckError where it can't be asked.
    """
    if against is not None:
        state: State = open_state(against)
    elif folder.is_dir():
        state = Folder(folder, find_noted=find_noted)
    else:
        return None
    return state if state.list_feeds() else None


def check_first(published: State | None, *, ledger: Path, is_kept: bool, first: bool) -> None:
    """Raise BlockedError where ids would be minted again for feeds that have readers, or where `first` is not true.

    Without a ledger every article gets a new id, so readers may see all again; but where the library has a copy of it
    (`is_kept`), it is written again from there.
    """
    if published is not None and not ledger.exists() and not is_kept and not first:
        raise BlockedError(
            "is missing, and feeds are published already",
            path=str(ledger),
            hint="restore it from version control or with `feeds adopt`; --first if nobody has subscribed to them",
        )
    if published is not None and ledger.exists() and first:
        raise BlockedError(
            "is there, and feeds are published already: it is not the first time",
            path=str(ledger),
            hint="build without --first",
        )


def review(site: Site, published: State | None) -> list[FeedDiff]:
    """What subscribers would notice, feed by feed, if this Site took the place of what is published."""
    return [] if published is None else compare(published, SiteState(site))


def find_reasons(site: Site, published: State | None, diffs: Iterable[FeedDiff]) -> list[Reason]:
    """Why these changes should not be published, by the limits of the settings."""
    diffs = list(diffs)
    removed = {find_id(site.connection, name) or name for name in find_removed(diffs)}
    if published is not None:
        # Feeds show only the newest entries, so most articles that vanish are in no feed.
        removed |= list_removed(site.connection, since=_find_last_told(site, published))
    return judge(diffs, site.config.gate, removed=removed)


def _find_last_told(site: Site, published: State) -> int:
    """The instant, in seconds since 1970, from which on removals are unknown to subscribers.

    It is just after the last change of the published feed of all articles, since every removal changes that feed; or
    it is `now`, where no published document says.
    """
    now, there = to_seconds(site.now), set(published.list_feeds())
    for name in BY_FILE_NAME:
        body = published.load(name) if name in there else None
        updated = None if body is None else parse_document(name, body).updated
        if updated is not None:
            return min(updated + 1, now)
    return now


def stop(reasons: Iterable[Reason], report: Report) -> None:
    """Raise GateError if there are reasons, or if the report has some of its own.

    Those are a ledger that says less than what was published, and published articles that would vanish because a file
    can't be read.
    """
    errors: list[GateError] = [*_find_set_back(report), *_find_textless(report)]
    errors += [
        GateError(str(reason).partition(": ")[2], path=f"/{reason.path}", hint=_HINTS.get(reason.rule, _HINT))
        for reason in reasons
    ]
    if errors:
        raise GateError.gather(errors)


def check_ledger(report: Report) -> None:
    """Raise BlockedError where the ledger says less than what was published."""
    if errors := list(_find_set_back(report)):
        raise BlockedError.gather(errors)


def _find_set_back(report: Report) -> Iterator[BlockedError]:
    for remark in report.remarks:
        if remark.rule == LEDGER_BEHIND:
            hint = f"nothing was published; {remark.hint}"
            yield BlockedError(remark.what, path=remark.path, text=remark.text, hint=hint)


def _find_textless(report: Report) -> Iterator[TextlessError]:
    """An error for each unusable file that may have the text of a published article which the library lacks."""
    errors = report.unusable if report.missing else []
    for error in errors:
        articles = say_number(len(report.missing), "published article")
        what = f"{articles} would go ({report.missing[0]!r}), whose text this file may have: {error.what}"
        # A hint that fits all of them is shown once.
        hint = f"{error.hint}\n  {_HINT_TEXTLESS}" if error.hint and len(errors) == 1 else _HINT_TEXTLESS
        yield TextlessError(what, path=error.path, line=error.line, text=error.text, hint=hint)
