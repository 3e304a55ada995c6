"""What is published now, and whether ids would be minted again for its readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from feeds.diff import Folder, State, open_state
from feeds.errors import BlockedError, say_number
from feeds.store import load_ledger


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


def check_first(published: State | None, *, ledger: Path, is_kept: bool, first: bool, is_named: bool) -> None:
    """Raise BlockedError where ids would be minted again for feeds that have readers, or where `first` is not true.

    Without a ledger every article gets a new id, so readers may see all again; but where the library has a copy of it
    (`is_kept`), it is written again from there. A ledger with articles is that of an earlier run, and a fresh checkout
    has nothing else to show it; but what it published is not where it should be if that place `is_named`, and empty.
    """
    if published is not None and not ledger.exists() and not is_kept and not first:
        raise BlockedError(
            "is missing, and feeds are published already",
            path=str(ledger),
            hint="restore it from version control or with `feeds adopt`; --first if nobody has subscribed to them",
        )
    if not first or not ledger.exists():
        return
    if published is not None:
        raise BlockedError(
            "is there, and feeds are published already: it is not the first time",
            path=str(ledger),
            hint="build without --first",
        )
    found = load_ledger(ledger)
    if found is not None and found.articles and found.is_published and not is_named:
        articles = say_number(len(found.articles), "article")
        raise BlockedError(
            f"has {articles} of earlier runs: it is not the first time",
            path=str(ledger),
            hint="build without --first; if none was ever published, name where they will be with --against",
        )
