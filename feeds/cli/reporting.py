"""What a run tells a person at its end: counts, pages set aside, errors, notes."""

from __future__ import annotations

import sys

from feeds.config import Config, find_line
from feeds.dates import format_rfc3339
from feeds.errors import Problem, say_number, show_path
from feeds.ingest.report import Report

MAX_NOTES = 20
"""Notes that are printed; the rest is counted. Errors and pages set aside are all printed."""


def print_report(report: Report) -> None:
    """Print errors, pages set aside and notes to standard error, the counts to standard output."""
    for error in report.errors:
        print(f"error: {error}", file=sys.stderr)
    for page in report.set_aside:
        print(f"set aside: {page}", file=sys.stderr)
    for path, note in report.notes[:MAX_NOTES]:
        print(f"note: {_say(path, note)}", file=sys.stderr)
    if len(report.notes) > MAX_NOTES:
        print(f"note: and {len(report.notes) - MAX_NOTES} more; `feeds parse FILE` tells them", file=sys.stderr)
    print(report.summarise())
    for line in list_unpublished(report):
        print(line)


def list_unpublished(report: Report) -> list[str]:
    """How many articles are not published though nothing is wrong with them, a phrase for each reason."""
    phrases: list[str] = []
    if report.waiting and report.due is not None:
        phrases.append(f"{report.waiting} under embargo, the next until {format_rfc3339(report.due)}")
    if report.drafts:
        phrases.append(say_number(report.drafts, "draft"))
    if report.withheld:
        phrases.append(f"{report.withheld} withheld by [[rules]] of the settings")
    return phrases


def print_categories(config: Config, report: Report) -> None:
    """Tell which categories the settings name and no page has, and which left their subscribers behind."""
    for index, label, near in report.empty_categories:
        line = find_line(config.path, ("categories", index, "label"))
        hint = f"did you mean {near!r}? " if near else ""
        note = Problem(
            "empty-category",
            f"categories.{index}.label: no page has this category",
            line,
            label,
            f"{hint}its feed is published empty",
        )
        print(f"warning: {_say(str(config.path), note)}", file=sys.stderr)
    for index, slug in report.left_behind:
        line = find_line(config.path, ("categories", index, "slug"))
        what = f"categories.{index}.slug: who subscribed to its feed under the former slug gets nothing new"
        note = Problem("left-behind", what, line, slug, f'write was = ["{slug}"] below it, which leads them on')
        print(f"warning: {_say(str(config.path), note)}", file=sys.stderr)


def _say(path: str, note: Problem) -> str:
    text, path = str(note), show_path(path)
    return f"{path}:{text.removeprefix('line ')}" if note.line is not None else f"{path}: {text}"
