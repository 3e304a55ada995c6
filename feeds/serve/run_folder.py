"""The folder in which the processes of one server leave what the others may read: counts, and that they are there.

Beside the library, a folder for each supervisor that runs; what dead ones left is removed by the next.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def make_run_folder(database: Path) -> Path:
    """The folder of the server whose supervisor this process is; those of servers that are gone are removed."""
    top = _top(database)
    for folder in list_run_folders(database, alive=False):
        shutil.rmtree(folder, ignore_errors=True)
    folder = top / str(os.getpid())
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def list_run_folders(database: Path, *, alive: bool = True) -> list[Path]:
    """The folders of servers that run on a library, or of those that are gone."""
    top = _top(database)
    folders = [folder for folder in sorted(top.iterdir()) if folder.name.isdigit()] if top.is_dir() else []
    return [folder for folder in folders if is_running(int(folder.name)) == alive]


def find_tally(folder: Path, pid: int) -> Path:
    """The file of a worker's counts."""
    return folder / f"worker-{pid}.json"


def list_tallies(folder: Path) -> list[Path]:
    """The files of all workers' counts, of those that ended too."""
    return sorted(folder.glob("worker-*.json"))


def list_workers(folder: Path) -> list[int]:
    """The process ids of the workers that run."""
    found = [path.stem.removeprefix("worker-") for path in list_tallies(folder)]
    return [int(pid) for pid in found if pid.isdigit() and is_running(int(pid))]


def is_running(pid: int) -> bool:
    """Whether there is a process with this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _top(database: Path) -> Path:
    return database.with_name(f"{database.name}-run")
