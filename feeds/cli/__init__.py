"""The command line: the only place that prints and sets exit codes.

Each command is a file of its name: `init`, `build`, `serve`, `status`, `sources`, `parse`, `check`, `diff`, `withdraw`,
`restore`, `erase`, `adopt`. Beside them:

    options, file_list    what commands are asked; `consent`: what they ask back
    progress              what they show meanwhile
    reporting             what a run did, for a person; `page_view`: what a page says
    findings, summary     what a run found, for machines and code hosts
    build_reports         where `build` tells all that; `announcements`: what `serve` tells while it runs
    ordering              what `withdraw`, `restore` and `erase` share; `adoption`: what `adopt` would take over

Exit codes: 0 all published (pages set aside or without a date are named; with --strict the code is 1), or an order
carried out, whatever is wrong with other texts; 1 something that was asked for could not be done; 2 wrong usage; 130
interrupted.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence

import click

from feeds import __version__
from feeds.errors import FeedsError

COMMANDS = (
    "init", "build", "serve", "status", "sources", "parse", "check", "diff", "withdraw", "restore", "erase", "adopt",
)  # fmt: skip
"""In the order in which help shows them. Each is `feeds.cli.<name>` with a click command of the same name in it."""

INTERRUPTED = 130
GC_OBJECTS = 200_000


class _Commands(click.Group):
    """Commands by name, each imported only when it is used: a run pays for what it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"feeds.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with its whole first sentence, which click would cut at the width of the line."""
        commands = [command for name in COMMANDS if (command := self.get_command(ctx, name)) is not None]
        rows = [(command.name or "", command.get_short_help_str(limit=200)) for command in commands]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="feeds", message="%(prog)s %(version)s")
def feeds() -> None:
    """German news texts, saved one a file, become RSS, Atom and JSON feeds per category."""


def run() -> None:
    """The program: `main`, with a quick exit."""
    # Other installed packages must not change how settings are read, and looking for plugins takes longer than that.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Hardly any object here is part of a cycle; collecting after every 700 takes a tenth of the time of a start.
    gc.set_threshold(GC_OBJECTS, 20, 100)
    # SIGTERM does what Ctrl-C does: work is rolled back, helping processes end. Servers set handlers of their own.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        main()
    finally:
        # At exit Python would search all objects for cycles: a tenth of a second for nothing.
        gc.freeze()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code; deliberate errors are printed, never shown as a traceback."""
    if sys.stdout is None:
        # The caller closed it: there is nobody to tell.
        sys.stdout = io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # UTF-8 in every locale, and no error for names that can't be encoded.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = feeds.main(args=args, prog_name="feeds", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except FeedsError as error:
        from feeds.cli.reporting import print_error

        print_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (`feeds parse ... | head`): nothing is wrong, nothing more to say.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        # All others name a file. Without one, our output could not be written: a full disk, or a device that is gone.
        if error.filename is not None:
            raise
        sys.stdout = io.StringIO()
        print(f"error: what was found can't be written: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
