"""`feeds status`: what the library holds, and whether a server runs on it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from feeds.cli.options import DEFAULT_CONFIG, config_option, load_settings, read_now
from feeds.cli.reporting import say_states
from feeds.errors import ConfigError, say_number

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.serve.state import State
    from feeds.store.standing import Withdrawal
    from feeds.web.tally import Tally

MAX_WITHDRAWN = 20
"""Withdrawn articles that are printed; the rest is counted."""


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(config_path: Path | None, as_json: bool) -> int:  # noqa: FBT001 (click's way)
    """Show what the library holds, and the servers that run on it: whether they are well, and else what is wrong.

    Exit code 1 where nothing was built yet. Where the settings can't be used, it is 1 too, and only servers are shown.
    """
    from feeds.serve.state import read_state
    from feeds.store import open_existing
    from feeds.store.standing import list_withdrawn

    try:
        config = load_settings(config_path)
    except ConfigError:
        _show_servers(config_path or DEFAULT_CONFIG, as_json=as_json)
        raise
    library = open_existing(config.library.database)
    if library is None:
        found = "library of this version" if config.library.database.is_file() else "library"
        print(f"{config.library.database}: there is no {found} yet; `feeds build` or `feeds serve` makes it")
        return 1
    with library.read() as connection:
        state = read_state(connection)
        withdrawn = list_withdrawn(connection)
    library.close()
    servers = find_servers(config.library.database)
    if as_json:
        print(json.dumps(dump_status(state, withdrawn, servers), ensure_ascii=False))
    else:
        _print_status(config, state, withdrawn, servers)
    return 0 if state.is_built else 1


class Server(NamedTuple):
    """A server that runs: its supervisor's process id and its workers', and what it says of itself ("ok" if well)."""

    pid: int
    workers: list[int]
    tally: Tally
    health: str | None


def find_servers(database: Path) -> list[Server]:
    """The servers that run on a library."""
    from feeds.serve.run_folder import find_supervisor, list_run_folders, list_tallies, list_workers, read_health
    from feeds.web.tally import add_tallies

    return [
        Server(find_supervisor(folder), list_workers(folder), add_tallies(list_tallies(folder)), read_health(folder))
        for folder in list_run_folders(database)
    ]


def _show_servers(config_path: Path, *, as_json: bool) -> None:
    """Show the servers that are known although the settings can't be used."""
    from feeds.config import guess_database

    servers = find_servers(guess_database(config_path, os.environ))
    if as_json:
        print(json.dumps({"servers": _dump_servers(servers)}, ensure_ascii=False))
    elif servers:
        _print_servers(servers)


def dump_status(state: State, withdrawn: list[Withdrawal], servers: list[Server]) -> dict[str, Any]:
    """The status as JSON values: what is unknown is null."""
    from feeds.dates import format_rfc3339

    def say(instant: datetime | None) -> str | None:
        return None if instant is None else format_rfc3339(instant)

    return {
        "articles": state.articles,
        "documents": state.documents,
        "seeds": state.seeds,
        "newest": say(state.newest),
        "changed": say(state.changed),
        "next_embargo": say(state.due),
        "ingested": say(state.ingested),
        "withdrawn": [
            {
                "id": each.identity.id,
                "headline": each.headline,
                "path": each.identity.path,
                "file": each.identity.file,
                "since": say(_find_instant(each)),
                "by_order": each.identity.order is not None,
                "reason": each.identity.reason,
            }
            for each in withdrawn
        ],
        "servers": _dump_servers(servers),
    }


def _dump_servers(servers: list[Server]) -> list[dict[str, Any]]:
    return [
        {
            "pid": each.pid,
            "workers": each.workers,
            "requests": sum(each.tally.requests.values()),
            "health": each.health,
        }
        for each in servers
    ]


def _print_status(config: Config, state: State, withdrawn: list[Withdrawal], servers: list[Server]) -> None:
    now = read_now(None)
    articles = say_number(state.articles, "article")
    notices = f", {state.notices} withdrawn" if state.notices else ""
    print(f"{config.library.database}: {articles}{notices}, {say_number(state.documents, 'document')}")
    print(f"seeds: {say_states(state.seeds)}")
    for name, instant in (
        ("newest article", state.newest),
        ("last change", state.changed),
        ("last ingest of a server", state.ingested),
        ("next end of an embargo", state.due),
    ):
        if instant is not None:
            print(f"{name}: {_say_instant(instant, now)}")
    if withdrawn:
        print(f"{len(withdrawn)} withdrawn; `feeds restore` takes an order back:")
    for each in withdrawn[:MAX_WITHDRAWN]:
        print(f"  {_say_withdrawal(each)}")
    if len(withdrawn) > MAX_WITHDRAWN:
        print(f"  and {len(withdrawn) - MAX_WITHDRAWN} more; --json lists all")
    _print_servers(servers)


def _print_servers(servers: list[Server]) -> None:
    for each in servers:
        count = sum(each.tally.requests.values())
        unchanged = sum(number for (code, _), number in each.tally.requests.items() if code == "304")
        asked = f"{say_number(count, 'request')}, {unchanged} of them 304"
        print(f"server {each.pid}: {say_number(len(each.workers), 'worker')}, {asked}; {_say_health(each.health)}")
    if not servers:
        print("no server runs")


def _say_health(health: str | None) -> str:
    if health is None:
        return "has not said yet how it is"
    return "ok" if health == "ok" else f"not well, and serves what was there before: {health}"


def _say_withdrawal(withdrawal: Withdrawal) -> str:
    from feeds.dates import format_rfc3339

    identity, since = withdrawal.identity, _find_instant(withdrawal)
    when = "when its file is back" if since is None else f"since {format_rfc3339(since)}"
    by = "by order" if identity.order is not None else "without an order"
    return f"{withdrawal.headline or identity.path!r} ({identity.id}), {by}, {when}"


def _find_instant(withdrawal: Withdrawal) -> datetime | None:
    from feeds.dates.instants import to_datetime

    withdrawn = withdrawal.identity.withdrawn
    return None if withdrawn is None else to_datetime(withdrawn)


def _say_instant(instant: datetime, now: datetime) -> str:
    from feeds.dates import format_rfc3339

    minutes = abs(int((now - instant.astimezone(UTC)).total_seconds())) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    length = f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"
    return f"{format_rfc3339(instant)} ({length} {'ago' if instant <= now else 'ahead'})"
