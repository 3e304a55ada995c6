"""A warning about a `now` far behind the ledger: a wrong clock holds back articles that readers already have."""

from __future__ import annotations

from feeds.dates import format_rfc3339
from feeds.dates.instants import DAY, to_datetime
from feeds.errors import say_number
from feeds.ingest.report import Remark
from feeds.ingest.work import Work
from feeds.store import ask_value, ask_values, parse_identity, read_fact, write_fact

NEWEST = "newest-seen"
"""Name of the fact that holds when the article was first seen that was so last, in seconds since 1970."""


def remark_clock(work: Work) -> None:
    """Remark if `now` is more than a day before the newest first sight in the ledger."""
    newest = _find_newest(work)
    if newest - work.now <= DAY:
        return
    query = "SELECT count(*) FROM seeds WHERE state = 'waiting' AND due <= :newest"
    held = ask_value(work.connection, query, newest=newest)
    now, seen = format_rfc3339(to_datetime(work.now)), format_rfc3339(to_datetime(newest))
    articles = say_number(held, "article that is due by then is", "articles that are due by then are")
    result = f": {articles} held back" if held else ""
    work.report.remarks.append(
        Remark(
            "clock-behind",
            (),
            f"has an article that was first seen at {seen}, and for this run it is {now}{result}",
            hint="correct the clock, `--now` or SOURCE_DATE_EPOCH; if it was ahead then, correct `seen` in the ledger",
            path=str(work.config.library.ledger),
            is_passing=True,
        )
    )


def _find_newest(work: Work) -> int:
    """The newest first sight in the ledger; of a library that knows it, only what came in this run is read."""
    known = read_fact(work.connection, NEWEST)
    last = 0 if known is None else work.last_number
    here = ask_value(work.connection, "SELECT max(seen) FROM articles WHERE number > :last", last=last)
    # What is in no feed is only in the ledger's line.
    gone = ask_values(work.connection, "SELECT line FROM articles WHERE number > :last AND seed IS NULL", last=last)
    newest = max(int(known or 0), here or 0, *(parse_identity(line).seen for line in gone))
    if str(newest) != known:
        write_fact(work.connection, NEWEST, str(newest))
    return newest
