"""What `withdraw`, `restore` and `erase` share, which carry out an order for one article."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feeds.build import HOSTING_MANIFEST
from feeds.cli.options import TARGET, base_url_option, config_option, load_settings, now_option, output_option, read_now
from feeds.cli.progress import show_progress
from feeds.cli.reporting import print_published, print_seeds
from feeds.errors import CheckError, OutputError, show_text
from feeds.publish.published import Published

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.ingest.orders import OperatorOrder
    from feeds.ingest.report import CarriedOrder, OrderKind, Report
    from feeds.publish.run import Job

Command = TypeVar("Command", bound=Callable[..., Any])
_DONE: dict[OrderKind, str] = {"withdraw": "withdrawn", "restore": "restored", "erase": "erased"}


def order_options(command: Command) -> Command:
    """TARGET, and the options of a run for an order."""
    for option in (output_option, now_option, base_url_option, config_option, click.argument("target", type=TARGET)):
        command = option(command)
    return command


def carry_out(order: OperatorOrder, *, scrub: bool = False, **options: Any) -> tuple[Config, Published]:
    """Carry an order out, bring library, ledger and folder up to date, and print what was done.

    Returns the settings and what was published. With `scrub`, nothing that was deleted can be read any more. `options`
    are those of `order_options`.
    """
    # Costs a quarter of a second to import, and `feeds --help` needs none of it.
    from feeds.publish.run import publish

    job, published = _run(partial(publish, scrub=scrub), order, **options)
    for carried in published.report.orders:
        print(f"{'not yet ' if carried.is_open else ''}{_DONE[carried.kind]}: {name_article(carried)}")
        if carried.text_from is not None:
            print(f"warning: {say_other_file(carried)}", file=sys.stderr)
    if job.folder is None:
        print_seeds(job.config, published.report)
        print(f"{job.config.output.folder}: is not there, and is not made for an order; `feeds build` makes it")
    else:
        print_published(job.config, published, job.folder)
    return job.config, published


def plan_order(order: OperatorOrder, **options: Any) -> tuple[Config, Published]:
    """The settings, and what `carry_out` would do. Changes nothing, prints nothing."""
    from feeds.publish.run import dry_run

    job, published = _run(dry_run, order, **options)
    return job.config, published


def _run(
    publish: Callable[[Job], Published],
    order: OperatorOrder,
    *,
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    output: Path | None,
) -> tuple[Job, Published]:
    """A run for an order: what it was asked to do, and what it did.

    Without `output`, a folder of the settings that isn't there is not made. Coded copies and the configuration of hosts
    are kept up to date where the folder has them.
    """
    from feeds.publish.run import Job

    config = load_settings(config_path, base_url=base_url)
    folder: Path | None = output or config.output.folder
    if output is None and not config.output.folder.exists():
        # What is only served has none; one that nobody asked for would go stale, with texts that are deleted later.
        folder = None
    compress = folder is not None and (folder / HOSTING_MANIFEST).exists()
    with show_progress() as progress:
        job = Job(
            config=config, now=read_now(now_text), folder=folder, orders=[order], compress=compress, progress=progress
        )
        return job, publish(job)


def say_other_file(order: CarriedOrder) -> str:
    """That the article of the file that was named has its text from another one."""
    named, other = show_text(order.named or ""), show_text(order.text_from or "")
    return f"{named} is a file of this article, and not the one that its published text comes from: {other}"


def name_article(order: CarriedOrder) -> str:
    """The article of an order as a person knows it, and by its id."""
    return f"{order.headline or order.path!r} ({order.id})"


def find_exit_code(report: Report) -> int:
    """0 where the order was carried out, whatever is wrong with other texts.

    1 where a document could not be published, or a file that no build wrote is in its way: readers may still get what
    was there before.
    """
    return int(any(isinstance(error, CheckError | OutputError) for error in report.errors))
