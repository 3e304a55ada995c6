"""`feeds check`: what readers and validators would object to."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from feeds.cli.options import (
    TARGETS,
    base_url_option,
    config_option,
    load_settings,
    make_find_successor,
    now_option,
    read_now,
)
from feeds.cli.reporting import print_error
from feeds.errors import CheckError, say_number, show_text

if TYPE_CHECKING:
    from feeds.check import Objection
    from feeds.check.fetching import Answer
    from feeds.config import Config

MAX_SECONDS = 300.0
"""How long checking the feeds of a site may take in all."""


@click.command()
@click.argument("targets", nargs=-1, type=TARGETS, metavar="[FOLDER|FILE|ADDRESS]...")
@config_option
@base_url_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a text for a person.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--rules", "show_rules", is_flag=True, help="List the rules as a table, and check nothing.")
def check(
    targets: tuple[str, ...],
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    *,
    as_json: bool,
    strict: bool,
    show_rules: bool,
) -> int:
    """Say what feed readers and validators would object to in a site, a document or an address.

    Without a target, the output folder of the settings is checked. An address that answers a page stands for the feeds
    that the page leads to. Exit code 1 where there is an error.

    With --base-url, a file is found at its path in the output folder; one that lies elsewhere, at its name.
    """
    if show_rules:
        _print_rules(as_json=as_json)
        return 0
    settings = load_settings(config_path, base_url=base_url, needed=not targets)
    run = _Check(settings, base_url, read_now(now_text))
    for target in targets or (str(settings.output.folder),):
        try:
            run.objections += run.check(target)
        except CheckError as error:
            run.failures.append(error)
    for told in map(json.dumps, map(asdict, run.objections)) if as_json else _tell(run.objections):
        print(told)
    for failure in run.failures:
        print_error(failure)
    found = len(run.objections) + len(run.failures)
    errors = sum(objection.level == "error" for objection in run.objections) + len(run.failures)
    if not as_json:
        print(f"{say_number(errors, 'error')}, {say_number(found - errors, 'warning')}")
    return 1 if errors or (strict and run.objections) else 0


@dataclass(slots=True)
class _Check:
    """A run of the command, and what it found: objections, and targets that could not be checked."""

    settings: Config
    base_url: str | None
    now: datetime
    objections: list[Objection] = field(default_factory=list)
    failures: list[CheckError] = field(default_factory=list)

    def check(self, target: str) -> list[Objection]:
        """The objections to a target. Raises CheckError."""
        from feeds.check import check_document
        from feeds.check.answer import check_answer
        from feeds.check.documents import is_page
        from feeds.check.fetching import ask
        from feeds.check.files import read_file
        from feeds.check.tree import check_tree
        from feeds.text import find_address

        if (address := find_address(target)) is not None:
            answer = ask(address)
            if answer.status == HTTPStatus.OK and is_page(answer.body):
                return self._check_site(answer)
            return check_answer(answer, now=self.now)
        path, place = Path(target), self._find_place(target)
        try:
            body = None if path.is_dir() else read_file(path)
        except OSError as error:
            hint = "Name a folder, a file or an address."
            raise CheckError(f"can't be read: {error.strerror}", path=target, hint=hint) from error
        if body is not None:
            location = None if self.base_url is None else self.base_url.rstrip("/") + "/" + place
            return check_document(target, body, now=self.now, location=location)
        if place != ".":
            return check_tree(path, base_url=self.base_url, now=self.now)
        site = self.settings.site
        # Pages that people publish beside ours, as settings name them: whether they are there is theirs.
        named = (site.imprint, site.privacy, site.contact)
        others = [*self.settings.redirects, *(urlsplit(page).path for page in named if page and page[0] == "/")]
        # A dozen documents have the links of one article.
        successors = cache(make_find_successor(self.settings))
        base = self.base_url or site.base_url
        return check_tree(path, base_url=base, now=self.now, others=others, find_successor=successors)

    def _find_place(self, target: str) -> str:
        """The path of a target in the output folder, "." where it is that folder; its name where it lies elsewhere."""
        path, top = Path(os.path.realpath(target)), Path(os.path.realpath(self.settings.output.folder))
        return path.relative_to(top).as_posix() if path.is_relative_to(top) else path.name

    def _check_site(self, page: Answer) -> list[Objection]:
        """Check the feeds that a page leads to, and print which; errors of fetching are noted."""
        from feeds.check.answer import check_answer
        from feeds.check.fetching import ask
        from feeds.check.links import join_moved
        from feeds.diff.sites import find_site_feeds

        site = find_site_feeds(page.url, page.body)
        ends = time.monotonic() + MAX_SECONDS
        objections: list[Objection] = []
        checked: list[str] = []
        for address in site.addresses:
            if time.monotonic() > ends:
                break
            checked.append(address)
            try:
                objections += check_answer(ask(address), now=self.now)
            except CheckError as error:
                self.failures.append(error)
        told = f"note: {show_text(page.url)}: is a page; checked {say_number(len(checked), 'feed')} that it leads to"
        print("\n  ".join([told, *map(show_text, checked)]), file=sys.stderr)
        if beyond := site.beyond + len(site.addresses) - len(checked):
            print(f"note: {show_text(page.url)}: not checked: {say_number(beyond, 'more feed')}", file=sys.stderr)
        return join_moved(objections, page.url)


def _tell(objections: Iterable[Objection]) -> Iterator[str]:
    """The objections as texts: a warning of whole documents once, for a static host sends all in the same way."""
    alike: dict[Objection, list[Objection]] = {}
    for one in objections:
        is_of_many = one.level == "warning" and one.line is None
        alike.setdefault(replace(one, path="") if is_of_many else one, []).append(one)
    for first, *others in alike.values():
        yield first.say(others=[other.path for other in others if other.path != first.path])


def _print_rules(*, as_json: bool) -> None:
    from feeds.check import list_rules

    if not as_json:
        print("| rule | level | what must hold | asked for by |\n|---|---|---|---|")
    for rule in list_rules():
        row = f"| `{rule.id}` | {rule.level} | {rule.sentence} | {rule.source} |"
        print(json.dumps(asdict(rule)) if as_json else row.replace("<", "\\<"))
