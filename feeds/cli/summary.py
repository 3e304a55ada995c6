"""A run's summary in Markdown, as code hosts show it beside a job: published, changed, left out, what readers see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds.cli.diff import group_formats, say
from feeds.cli.findings import Finding
from feeds.diff import COUNTED, FeedDiff
from feeds.errors import say_number
from feeds.publish.published import Published

MAX_ROWS = 50
"""Rows of a table; further ones are counted."""
_BLANKS = str.maketrans("\r\n\t", "   ")
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>|#@~$&!"})


def render_summary(
    published: Published | None, findings: Iterable[Finding], diffs: Iterable[FeedDiff] | None, *, dry_run: bool
) -> str:
    """The summary as Markdown; `published` is None where an error ended the run before anything was published."""
    found = list(findings)
    lines = ["## feeds", ""]
    if published is None:
        lines += ["**Nothing was published.**", ""]
    else:
        lines += [*_tell_counts(published, dry_run=dry_run), ""]
    if diffs is not None:
        lines += _tell_diffs(list(diffs))
    undated = [finding for finding in found if finding.rule == "undated"]
    aside = [finding for finding in found if finding.rule.startswith("set-aside")]
    others = [finding for finding in found if finding not in undated and finding not in aside]
    groups = {
        "Errors": [finding for finding in others if finding.level == "error"],
        "Set aside": aside,
        "Without a date": undated,
        "Warnings": [finding for finding in others if finding.level == "warning"],
        "Notes": [finding for finding in found if finding.level == "notice"],
    }
    for head, group in groups.items():
        lines += _tell_findings(head, group)
    return "\n".join(lines).rstrip() + "\n"


def _tell_counts(published: Published, *, dry_run: bool) -> Iterator[str]:
    report, built = published.report, published.built
    articles = say_number(report.articles, "article")
    yield f"**{articles} published**" + (" (a dry run: nothing was written)" if dry_run else "")
    yield ""
    yield f"- texts: {report.summarise()}"
    yield f"- site: {built.summarise()}"
    if published.hosting is not None:
        yield f"- hosts: {escape(published.hosting.summarise())}"
        if (reload := published.hosting.say_reload()) is not None:
            yield f"- hosts: {escape(reload)}"
    if report.waiting or report.drafts or report.withheld:
        drafts = say_number(report.drafts, "draft")
        yield f"- {report.waiting} under embargo, {drafts}, {report.withheld} withheld by rules"


def _tell_diffs(diffs: list[FeedDiff]) -> Iterator[str]:
    shown = group_formats([diff for diff in diffs if not diff.is_unchanged])
    yield "### What subscribers see"
    yield ""
    if not shown:
        yield "Nothing new." if diffs else "Nothing to compare with: no feeds were published before."
        yield ""
        return
    heads = [name for _, name in COUNTED]
    yield f"| feed | {' | '.join(heads)} |"
    yield f"|---|{'--:|' * len(heads)}"
    for name, (diff, *_) in shown[:MAX_ROWS]:
        counts = diff.count()
        emptied = f" (emptied of {diff.before})" if diff.is_emptied else ""
        corrected = f" ({diff.say_rewritten()})" if diff.is_rewritten else ""
        if diff.state == "kept":
            cells = [str(counts[kind]) for kind, _ in COUNTED]
        else:
            cells = [say(diff), *[""] * (len(COUNTED) - 1)]
        yield f"| {escape(name)}{emptied}{corrected} | {' | '.join(cells)} |"
    if len(shown) > MAX_ROWS:
        yield f"| and {len(shown) - MAX_ROWS} more | {' | ' * (len(heads) - 1)} |"
    yield ""


def _tell_findings(head: str, findings: list[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield f"### {head}: {len(findings)}"
    yield ""
    yield "| place | what |"
    yield "|---|---|"
    for finding in findings[:MAX_ROWS]:
        place = (finding.path or "") + (f":{finding.line}" if finding.line is not None else "")
        yield f"| {escape(place)} | {escape(finding.say())} |"
    if len(findings) > MAX_ROWS:
        yield f"| | and {len(findings) - MAX_ROWS} more |"
    yield ""


def escape(text: str) -> str:
    """A text that comes from pages, safe in a table's cell: no markup, no @mentions, one line."""
    return text.translate(_BLANKS).translate(_MARKS)
