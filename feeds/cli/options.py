"""Options that several commands share, what they name, and the clock: one of the two edges that read it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from feeds.errors import ConfigError, quote

if TYPE_CHECKING:
    from feeds.config import Config

DEFAULT_CONFIG = Path("config.toml")


class AnyPath(click.Path):
    """A path that isn't empty: an empty one, as from an unset variable, would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; raises BadParameter where it is empty."""
        if not value:
            self.fail("is empty; is a variable not set?", param, ctx)
        return super().convert(value, param, ctx)


class NamedPath(AnyPath):
    """A path that a file can have."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; raises BadParameter where it is empty, or longer than the system's paths and names."""
        path = super().convert(value, param, ctx)
        if "://" not in os.fsdecode(value) and _is_too_long(value):
            self.fail("is no path: a name in it, or all of it, is too long", param, ctx)
        return path


def _is_too_long(path: str | Path) -> bool:
    try:
        os.lstat(path)
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


PATH: Final = NamedPath(path_type=Path)
"""The type of options that name a file or a folder."""
TARGET: Final = NamedPath()
"""The type of arguments that name a file, a folder, an address or an article; they stay text."""
TARGETS: Final = AnyPath()
"""The type of arguments that name several of them: what is wrong with one is reported beside the others."""


config_option: Final = click.option(
    "--config", "config_path", type=PATH, envvar="FEEDS_CONFIG", help="Settings.  [default: config.toml]"
)
"""--config FILE, else $FEEDS_CONFIG, else config.toml where there is one."""
base_url_option: Final = click.option(
    "--base-url", metavar="URL", help="Where the feeds will be found; overrides the settings."
)
output_option: Final = click.option("--output", type=PATH, help="Folder to write.  [default: public]")
now_option: Final = click.option(
    "--now", "now_text", metavar="INSTANT", help="The instant that counts as now (ISO 8601).  [default: the clock]"
)
"""--now INSTANT, else $SOURCE_DATE_EPOCH, else the clock."""


def load_settings(
    config_path: Path | None,
    *,
    base_url: str | None = None,
    needed: bool = False,
    overrides: Mapping[tuple[str, str], str] | None = None,
) -> Config:
    """The settings that the options name; `overrides` by (table, key). With `needed`, no config.toml is an error.

    Raises ConfigError, and click.BadParameter where it is an option that is wrong.
    """
    from feeds.config import load_config

    # A link that leads nowhere, as to a volume that is not mounted, is no reason to take the defaults.
    is_there = DEFAULT_CONFIG.exists() or DEFAULT_CONFIG.is_symlink()
    path = config_path or (DEFAULT_CONFIG if needed or is_there else None)
    given = dict(overrides or {})
    if base_url is not None:
        given["site", "base_url"] = base_url
    try:
        return load_config(path, environ=os.environ, overrides=given)
    except ConfigError as error:
        errors = (error, *error.others)
        if all((each.path or "").startswith("--") for each in errors):
            # What is wrong with an option is wrong usage, whoever finds out.
            told = "; ".join(each.what if each.text is None else f"{each.what}: {quote(each.text)}" for each in errors)
            raise click.BadParameter(told, param_hint=error.path) from error
        raise


def make_find_successor(config: Config) -> Callable[[str], str | None]:
    """A function that finds the path that replaces another, by the settings and, if there is one, the ledger."""
    from feeds.config import find_successor
    from feeds.store import load_ledger

    ledger = load_ledger(config.library.ledger)
    return partial(find_successor, config, was={} if ledger is None else ledger.former_slugs)


def read_now(text: str | None) -> datetime:
    """The instant that counts as now, in UTC and whole seconds: the option's, SOURCE_DATE_EPOCH's, or the clock's."""
    if text is not None:
        try:
            now = datetime.fromisoformat(text)
            if now.tzinfo is None:
                raise click.BadParameter(f"{text!r} has no offset; write 2026-11-25T12:00:00Z", param_hint="--now")
            return now.astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError) as error:
            raise click.BadParameter(f"{text!r} is no ISO 8601 instant", param_hint="--now") from error
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise ConfigError(
                "is no number of seconds since 1970", path="SOURCE_DATE_EPOCH", text=epoch, hint="write it in digits"
            ) from error
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 (the edge that reads the clock)
