"""Notes on files: on one that is no article of its own, though it has a headline of its own, and on shared names."""

from __future__ import annotations

from collections.abc import Collection

from feeds.article import Article, load_record
from feeds.errors import Problem, show_text
from feeds.ingest.identity.likeness import have_other_headlines
from feeds.ingest.work import Work
from feeds.store import ask_all, ask_value
from feeds.store.packing import unpack_text

OTHER_HEADLINE, NAMESAKE = "other-headline", "shared-feed"
"""Rules of the notes."""
_FOLDED = """
    SELECT seeds.path, articles.seed FROM seeds JOIN articles ON articles.id = seeds.article
    WHERE articles.id IN :ids AND seeds.state = 'article' AND seeds.reason IS NULL AND articles.seed <> seeds.path
"""


def note_folded(work: Work, read: Collection[str] | None) -> None:
    """Note each such file, if it or that of the published text is among those that were read in this run (None: all).

    Most files of one article are copies of one page, and nothing is noted of them. Another headline may be a corrected
    one, or that of another article: who reads the note knows.
    """
    pairs = [
        (row.path, row.seed)
        for row in ask_all(work.connection, _FOLDED, ids=work.shared)
        if read is None or row.path in read or row.seed in read
    ]
    for path, seed in sorted(pairs):
        article = _load(work, path)
        if have_other_headlines(article, _load(work, seed)):
            hint = "if it is an article of its own, give it an `id` in its front matter"
            what = f"is a file of the article whose text is that of {show_text(seed)}, and has another headline"
            work.report.notes.append((path, Problem(OTHER_HEADLINE, what, text=article.headline, hint=hint)))


def _load(work: Work, path: str) -> Article:
    query = "SELECT packed FROM texts WHERE path = :path"
    return load_record(unpack_text(ask_value(work.connection, query, path=path)))


def note_namesakes(work: Work) -> None:
    """Note names that share one feed, though they are not one name: their signs are in no address ("C", "C++").

    Each with a file that says it, of those that were published in this run.
    """
    for (key, label), path in sorted(work.feeds.namesakes.items()):
        feed = work.feeds.by_key[key]
        if feed.is_category:
            hint = f'if they are two, write [[categories]] with label = "{label}" and a slug of its own'
        else:
            hint = "if they are two, write one of them in letters"
        what = f"has a name that shares the feed of {feed.label!r}, for its signs are in no address"
        work.report.notes.append((path, Problem(NAMESAKE, what, text=label, hint=hint)))
