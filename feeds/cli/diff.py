"""`feeds diff`: what subscribers will see."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.options import TARGET, config_option, load_settings, make_find_successor
from feeds.errors import say_number

if TYPE_CHECKING:
    from feeds.diff import FeedDiff


@click.command()
@click.argument("old", type=TARGET, metavar="OLD")
@click.argument("new", type=TARGET, metavar="NEW")
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and feed instead of a text for a person.")
@click.option("--gate", is_flag=True, help="Exit with 1 if `feeds build --gate` would not publish this.")
def diff(old: str, new: str, config_path: Path | None, *, as_json: bool, gate: bool) -> int:
    """Say what subscribers of OLD will see when NEW takes its place: folders, saved feeds, or published addresses.

    The comparison models a reader that has the old feeds, keeps entries by their id, and polls the new ones. Entries
    that have moved into archive documents are searched for there.
    """
    from feeds.diff import compare, judge, open_state, say_unasked

    config = load_settings(config_path)
    # A folder can't redirect: where readers of a feed that is gone are sent, only settings and ledger say.
    states = {old: open_state(old), new: open_state(new, make_find_successor(config))}
    diffs = compare(states[old], states[new])
    for target, state in states.items():
        if (told := say_unasked(state)) is not None:
            print(f"note: {target}: {told}", file=sys.stderr)
    if diffs and all(found.state == "added" for found in diffs):
        print(f"note: {old}: has none of these feeds: what subscribers will see is unknown", file=sys.stderr)
    if as_json:
        for found in diffs:
            print(json.dumps(dump_diff(found), ensure_ascii=False))
    else:
        for line in list_lines(diffs):
            print(line)
    if not gate:
        return 0
    reasons = judge(diffs, config.gate)
    for reason in reasons if not as_json else ():
        print(f"blocked: {reason}")
    return 1 if reasons else 0


def list_lines(diffs: list[FeedDiff]) -> list[str]:
    """One line for each feed, for a person, and one for each change that is not ordinary."""
    from feeds.diff.verdict import BLOCKING

    lines: list[str] = []
    for name, group in group_formats(diffs):
        lines.append(f"{name}: {say(group[0])}")
        told = {
            f"  {change.kind}: {change.title!r} {change.what}": None
            for found in group
            for change in found.changes
            if change.kind in BLOCKING or change.kind == "removed"
        }
        lines += list(told)
    return lines or ["no feeds in either"]


def group_formats(diffs: list[FeedDiff]) -> list[tuple[str, list[FeedDiff]]]:
    """The documents of each feed, by its folder where all formats say the same, else each by its own path."""
    folders: dict[str, list[FeedDiff]] = {}
    for found in diffs:
        folders.setdefault(found.path.rpartition("/")[0], []).append(found)
    groups: list[tuple[str, list[FeedDiff]]] = []
    for folder, group in folders.items():
        if len({say(found) for found in group}) == 1:
            groups.append((f"/{folder}/" if folder else "/", group))
        else:
            groups += [(f"/{found.path}", [found]) for found in group]
    return groups


def say(found: FeedDiff) -> str:
    """What a reader notices of one document, in one line."""
    if found.state == "added":
        return f"a new feed with {say_number(found.after, 'entry', 'entries')}"
    if found.state == "gone":
        return f"gone, with {say_number(found.before, 'entry', 'entries')}"
    if found.state == "closed":
        return "no longer published (410)"
    return found.summarise()


def dump_diff(found: FeedDiff) -> dict[str, object]:
    """A document's diff as JSON values."""
    return {
        "path": f"/{found.path}",
        "state": found.state,
        "entries": {"before": found.before, "after": found.after},
        **{kind.replace("-", "_"): number for kind, number in found.count().items()},
        "rewritten": found.is_rewritten,
        "feed_id_before": found.id_before,
        "location_before": found.location_before,
        "location_after": found.location_after,
        "changes": list(map(asdict, found.changes)),
    }
