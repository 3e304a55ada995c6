"""What a run found, place by place, for other machines: GitHub's annotations, GitLab's Code Quality report, JSON."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from feeds.build import path_of_file
from feeds.cli.diff import dump_diff
from feeds.cli.reporting import count_seeds, explain_remarks, locate, locate_error, shorten
from feeds.config import Config
from feeds.diff import FeedDiff
from feeds.errors import FeedsError, GateError, Problem, quote, show_text
from feeds.ingest.report import Report
from feeds.publish.published import Published
from feeds.text import digest

Level = Literal["error", "warning", "notice"]
_SEVERITIES: dict[Level, str] = {"error": "major", "warning": "minor", "notice": "info"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, and what to do about it.

    `path` is relative to the current folder where it is below it, `rule` a stable name.
    """

    level: Level
    rule: str
    path: str | None
    line: int | None
    what: str
    hint: str | None = None

    def say(self, *, between: str = "; ") -> str:
        """All of it as one text."""
        return self.what if self.hint is None else f"{self.what}{between}{self.hint}"


def find_findings(config: Config, report: Report, *, strict: bool) -> list[Finding]:
    """Errors, pages set aside, remarks on settings, and notes of a run. With `strict`, pages and remarks are errors."""
    found = [finding for error in report.errors for finding in explain(error, config)]
    level: Level = "error" if strict else "warning"
    found += [
        Finding(
            level,
            page.rule,
            locate(config, page.path),
            page.line,
            f"{page.state}: {page.reason}",
            page.hint,
        )
        for page in report.set_aside
    ]
    for remark, error in zip(report.remarks, explain_remarks(config, report), strict=True):
        told = config.path if remark.path is None else Path(locate(config, remark.path))
        path = None if told is None else shorten(told)
        found.append(Finding(level, remark.rule, path, error.line, _quote(error), error.hint))
    for path, note in report.notes:
        found.append(Finding("notice", note.rule, locate(config, path), note.line, _quote(note), note.hint))
    return found


def explain(error: FeedsError, config: Config | None = None) -> list[Finding]:
    """The findings of an error and of the others that came with it."""
    return [_explain_one(each, config) for each in (error, *error.others)]


def _explain_one(error: FeedsError, config: Config | None) -> Finding:
    rule = type(error).__name__.removesuffix("Error").lower()
    what = _quote(error)
    if type(error) is GateError and (error.path or "").startswith("/"):
        # A feed is no file in the repository.
        return Finding("error", rule, None, None, f"{error.path}: {what}", error.hint)
    path = error.path if config is None else locate_error(config, error)
    return Finding("error", rule, path, error.line, what, error.hint)


def _quote(told: FeedsError | Problem) -> str:
    return told.what if told.text is None else f"{told.what}: {quote(told.text)}"


def render_github(findings: Iterable[Finding]) -> Iterator[str]:
    """Workflow commands, one a line, escaped as GitHub's runner unescapes them.

    In what follows the second ::, percent signs and line ends are escaped, in properties colons and commas too.
    """
    for finding in _see_from_checkout(findings, "GITHUB_WORKSPACE"):
        place = {"file": finding.path, "line": finding.line, "title": finding.rule}
        shown = {key: show_text(str(value)) for key, value in place.items() if value is not None}
        told = ",".join(f"{key}={_escape_property(value)}" for key, value in shown.items())
        what = finding.say(between="\n")
        yield f"::{finding.level} {told}::{_escape(what)}"


def render_gitlab(findings: Iterable[Finding]) -> str:
    """A Code Quality report: a JSON array. A fingerprint stays when lines are added above."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in _see_from_checkout(findings, "CI_PROJECT_DIR"):
        # GitLab shows nothing that has no place.
        path = finding.path or "config.toml"
        name = digest(finding.rule, path, finding.what)
        seen[name] += 1
        issues.append(
            {
                "description": finding.say(),
                "check_name": finding.rule,
                "fingerprint": name if seen[name] == 1 else digest(name, str(seen[name])),
                "severity": _SEVERITIES[finding.level],
                "location": {"path": path, "lines": {"begin": finding.line or 1}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2)


def render_json(
    findings: Iterable[Finding],
    published: Published | None,
    diffs: Iterable[FeedDiff] | None,
    *,
    exit_code: int,
    dry_run: bool,
) -> str:
    """One JSON object that says what was done, or would be. `published` is None where an error ended the run."""
    data: dict[str, Any] = {"exit_code": exit_code, "dry_run": dry_run}
    if published is not None:
        files = published.files
        data["seeds"] = count_seeds(published.report)
        data["files"] = {
            "new": list(map(path_of_file, files.new)),
            "changed": list(map(path_of_file, files.changed)),
            "removed": list(map(path_of_file, files.removed)),
            "unchanged": files.unchanged,
        }
    data["findings"] = list(map(asdict, findings))
    data["diff"] = None if diffs is None else [dump_diff(found) for found in diffs]
    return json.dumps(data, ensure_ascii=False)


def _see_from_checkout(findings: Iterable[Finding], variable: str) -> Iterator[Finding]:
    """Findings as a code host knows their files: from the top of the checkout, which its runner names in a variable.

    An address is no file, and part of what is said.
    """
    top = os.environ.get(variable)
    for finding in findings:
        path = finding.path
        if path is not None and path.startswith(("http://", "https://")):
            yield replace(finding, path=None, what=f"{path}: {finding.what}")
        elif path is None or not top or (relative := os.path.relpath(path, top)).startswith(".."):
            yield finding
        else:
            yield replace(finding, path=Path(relative).as_posix())


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
