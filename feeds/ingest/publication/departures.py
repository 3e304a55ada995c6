"""Articles whose seeds are gone: those that leave their feeds, and those that should stay but have lost their text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from feeds.errors import Problem, SeedError, UndatedError, say_number
from feeds.ingest.identity.aliases import find_holders
from feeds.ingest.identity.keys import STRONG_KINDS, kind_of
from feeds.ingest.identity.likeness import are_mostly_same, are_same_words
from feeds.ingest.orders import empty_article
from feeds.ingest.publication.candidates import find_held_keys
from feeds.ingest.publication.places import mark_archives, note_months, write_places
from feeds.ingest.report import MAX_NAMED, TEXT_LOST, TEXT_MISSING
from feeds.ingest.work import Work
from feeds.store import Identity, ask, ask_all, ask_values, batches, is_in_corrections, parse_identity, render_identity
from feeds.store.feeds import ALL, CORRECTIONS


def find_lost(work: Work) -> list[Identity]:
    """Articles that are published by the ledger but have no text in the library, as after the library was lost."""
    lines = ask_values(work.connection, "SELECT line FROM articles WHERE seed IS NULL")
    return [
        identity for identity in map(parse_identity, lines) if ALL not in identity.left and identity.order != "erase"
    ]


def find_missing(work: Work) -> list[Identity]:
    """Lost articles whose text may be in a file that can't be used, or is in one without a date, and is in no other."""
    return [identity for identity, _ in _find_suspected(work)]


def _find_suspected(work: Work) -> list[tuple[Identity, list[SeedError]]]:
    """The lost articles whose text is in no file that can be used, each with the errors of undated pages that have it.

    That of a file which can't be used is unknown: it may be any of them.
    """
    undated = "SELECT path, line, reason, words, natural_keys FROM seeds WHERE state = 'undated'"
    pages = ask(work.connection, undated).fetchall()
    if not (pages or work.report.unusable):
        return []
    lost, held = find_lost(work), find_held_keys(work)
    files = ask_all(work.connection, "SELECT article FROM seeds WHERE article IN :ids", ids=[each.id for each in lost])
    known = {row.article for row in files}
    missing = {each.id: each for each in lost if each.id not in known and held.isdisjoint(each.keys)}
    errors: dict[str, list[SeedError]] = {identifier: [] for identifier in missing}
    keys_of = {page.path: json.loads(page.natural_keys) for page in pages} if missing else {}
    holders = find_holders(work, sorted({key for keys in keys_of.values() for key in keys}))
    for page in pages if missing else ():
        named = {(kind_of(key), each) for key in keys_of[page.path] for each in holders.get(key, ())}
        for each in sorted({each for kind, each in named if each in missing and _has_text(page, kind, missing[each])}):
            errors[each].append(UndatedError.of_page(page.path, page.line, page.reason))
    return [
        (identity, errors[identifier])
        for identifier, identity in missing.items()
        if errors[identifier] or work.report.unusable
    ]


def _has_text(page: Any, kind: str, identity: Identity) -> bool:
    """Whether a page has the text of an article with a key of its own; one that its publisher gave is enough."""
    same = are_same_words(page.words, identity.words) or are_mostly_same(page.words, identity.words)
    return kind in STRONG_KINDS or bool(same)


def find_textless(work: Work, orphans: Iterable[Identity]) -> list[Identity]:
    """Articles that the settings keep although their files are gone, and whose text is no longer known.

    As after the library was lost: they are in no feed until a file or the library is back, and have not left.
    """
    if work.config.feeds.vanished != "keep":
        return []
    found: list[Identity] = []
    held = find_held_keys(work)
    for batch in batches(identity for identity in orphans if ALL not in identity.left):
        known: set[str | None] = set()
        for query in (
            "SELECT article FROM seeds WHERE article IN :ids",
            "SELECT article FROM entries WHERE article IN :ids",
        ):
            known.update(ask_values(work.connection, query, ids=[each.id for each in batch]))
        found += [each for each in batch if each.id not in known and held.isdisjoint(each.keys)]
    return found


def take_out(work: Work, orphans: list[Identity]) -> None:
    """Take articles whose seeds are gone out of their feeds; the ledger keeps what it knows, and when they left."""
    work.rewrites = work.rewrites or bool(orphans)
    for identity in orphans:
        left, back = dict(identity.left), dict(identity.back)
        if ALL not in identity.left:
            # Feeds that it left before get its tombstone too.
            for key in identity.places:
                work.feeds.by_key[key].note_change(work.now)
        for key in identity.places.keys() - left.keys():
            left[key] = work.now
            back.pop(key, None)
        gone = replace(identity, left=left, back=back)
        if is_in_corrections(identity) and ALL not in identity.left:
            work.feeds.by_key[CORRECTIONS].note_change(work.now)
        note_months(work, [identity.id])
        empty_article(work.connection, identity.id, line=render_identity(gone), stale=1)
        write_places(work.connection, [(gone, None)])
        mark_archives(work.connection, [gone])


def forget_unpublished(work: Work) -> None:
    """Delete kept texts of articles that are not published: they were kept for publication only."""
    if work.keeps_texts:
        ask(work.connection, "DELETE FROM entries WHERE article IN (SELECT id FROM articles WHERE seed IS NULL)")


def tell_lost(work: Work, textless: list[Identity]) -> None:
    """Report in every run, before the other notes, which published articles have no text now.

    `textless` are those that the settings can't keep (`find_textless`).
    """
    suspected = _find_suspected(work)
    work.report.missing = [identity.path for identity, _ in suspected]
    undated = {error.path: error for _, errors in suspected for error in errors}
    work.report.errors += undated.values()
    if textless:
        note = _say_textless([identity.path for identity in textless])
    elif work.report.missing:
        note = _say_missing(work.report.missing)
    else:
        return
    work.report.notes.insert(0, (str(work.config.library.ledger), note))


def _say_textless(paths: list[str]) -> Problem:
    return Problem(
        TEXT_LOST,
        f"{say_number(len(paths), 'article')} can't be kept: the files are gone, and the library, which had the texts, "
        "was made again",
        text=", ".join(paths[:MAX_NAMED]),
        hint='put the files or the library back; or set vanished = "remove", and they leave all feeds',
    )


def _say_missing(paths: list[str]) -> Problem:
    articles = say_number(len(paths), "published article is", "published articles are")
    return Problem(
        TEXT_MISSING,
        f"{articles} in no feed now: a file that can't be used may have the text, and the library doesn't have it",
        text=", ".join(paths[:MAX_NAMED]),
        hint="correct the file, or put the library of the last run back; with --gate nothing is published until then",
    )
