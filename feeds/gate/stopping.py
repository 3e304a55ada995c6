"""The errors by which a publication is stopped: each names the file that is why, where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds.diff import BLOCKING, Reason
from feeds.errors import BlockedError, GateError, TextlessError, say_number
from feeds.ingest.report import LEDGER_BEHIND, MAX_NAMED, Report
from feeds.parse.front import ACCEPTABLE
from feeds.site import Site
from feeds.store.origins import find_origin

_NOTHING = "nothing was published; undo what caused it, or "
_HINT = f"{_NOTHING}build without --gate if readers should see it"
_HINT_TEXTLESS = (
    "nothing was published; correct the file, or put the library of the last run back, which has what the file said; "
    "without --gate its article goes"
)
_KEEPS_ID = "; a corrected text keeps its id where `id:` in its front matter names the old one"
_MOVES = (
    "; a site that moves keeps its ids by its ledger and the same `[site] id`, and its readers by redirects from its "
    "old address; a category with another slug keeps them by `was`"
)
_ALSO = {"shown-again": _KEEPS_ID, "host-moved": _MOVES, "feed-address": _MOVES}
"""What else a person should know of a rule."""


def stop(site: Site, reasons: Iterable[Reason], report: Report) -> None:
    """Raise GateError if there are reasons, or if the report has some of its own.

    Those are a ledger that says less than what was published, and published articles that would vanish because a file
    can't be read.
    """
    errors = [*_find_set_back(report), *_find_textless(report), *_tell_reasons(site, reasons)]
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


def _tell_reasons(site: Site, reasons: Iterable[Reason]) -> Iterator[GateError]:
    """An error for each article, and for each feed, that is wrong; where many are so alike, one for all of them."""
    rules: dict[str, dict[str, list[Reason]]] = {}
    for reason in reasons:
        subject = reason.id if reason.rule in BLOCKING else reason.path
        rules.setdefault(reason.rule, {}).setdefault(subject, []).append(reason)
    for rule, subjects in rules.items():
        noun = "article" if rule in BLOCKING else "feed"
        alike = list(subjects.values())
        more = len(alike) - 1 if len(alike) > MAX_NAMED else 0
        for group in alike[:1] if more else alike:
            yield _tell_reason(site, group, f"; and so {say_number(more, f'more {noun}')}" if more else "")


def _tell_reason(site: Site, group: list[Reason], more: str) -> GateError:
    """The error of the reasons of one article in several feeds, or of one feed; `more` says what else is so."""
    reason = group[0]
    what = str(reason).partition(": ")[2]
    origin = find_origin(site.connection, reason.id) if reason.rule in BLOCKING else None
    also = _ALSO.get(reason.rule, "")
    if origin is None:
        return GateError(what + more, path=f"/{reason.path}", hint=_HINT + also)
    others = f" and {say_number(len(group) - 1, 'more feed')}" if len(group) > 1 else ""
    what = f"{what}, in /{reason.path}{others}"
    other = find_origin(site.connection, reason.other) if reason.other else None
    if other is not None and other.path != origin.path:
        what = f"{what}; {reason.other} is {other.path}"
    hint = _HINT
    if reason.rule in ACCEPTABLE and not more:
        hint = f"{_NOTHING}write `accept: {reason.rule}` into the front matter of the file if readers should see it"
    return GateError(what + more, path=origin.path, hint=hint + also)
