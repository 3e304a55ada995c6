"""How much memory four workers take with many large feeds: `python -m benchmarks.serving_memory 2000`.

The feeds are not made of articles: what counts is that there are so many bytes. They stand in a library and a pack as
the ingester leaves them, and the workers are those of `feeds serve`; only nobody ingests meanwhile.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from benchmarks.server import fetch, find_free_port, list_children, wait_for
from feeds.config import Config, parse_config
from feeds.serve.worker import load_worker
from feeds.site import Resource
from feeds.store import add_rows, open_library, schema
from feeds.text import digest_bytes
from feeds.web.pack import Packing, folder_of_packs

BODY_BYTES, WORKERS = 200_000, 4
CODINGS = ("", "gzip", "br", "zstd")


def measure_memory(feeds: int) -> None:
    """Print the bodies' bytes and what the workers take, every body of every worker having been sent."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = parse_config("", folder / "config.toml")
        bodies = fill(config, feeds)
        run_folder = folder / "run"
        run_folder.mkdir()
        port = find_free_port()
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=serve, args=(config, run_folder, port))
        process.start()
        assert process.pid is not None
        try:
            wait_for(port, "/0/atom.xml", lambda status: status == 200)
            empty = measure(process.pid)
            for path in (f"/{number}/atom.xml" for number in range(feeds)):
                for coding in CODINGS:
                    # Connections go to the workers by chance: each is sent often enough that all have read all.
                    for _ in range(2):
                        fetch(port, path, {"Accept-Encoding": coding})
            full = measure(process.pid)
        finally:
            process.terminate()
            process.join(30)
    each = (full - bodies) / WORKERS
    print(f"{feeds} feeds of {BODY_BYTES // 1000} KB, {bodies / 1e6:,.0f} MB with all codings; {WORKERS} workers")
    print(
        f"summed PSS {empty / 1e6:,.0f} MB before, {full / 1e6:,.0f} MB after: the bodies and {each / 1e6:,.0f} MB each"
    )


def fill(config: Config, feeds: int) -> int:
    """Put feeds into library and pack; the bytes of all their bodies."""
    text = " ".join(f"{number * 7919 % 100_003:05d} wort" for number in range(BODY_BYTES // 11)).encode()
    library = open_library(config.library.database)
    with library.write() as connection:
        packing = Packing(connection, folder_of_packs(config.library.database))
        for number in range(feeds):
            path = f"/{number}/atom.xml"
            body = b"%06d" % number + text
            resource = Resource(path, 200, body, "application/atom+xml", digest_bytes(body), datetime.now(UTC))  # noqa: TID251 (nothing depends on it)
            row = schema.documents.make_blank() | {"path": path, "digest": resource.digest, "changed": 0}
            add_rows(connection, schema.documents, [row])
            packing.write(resource)
        packing.complete(None)  # type: ignore[arg-type] # nothing is left for it to be asked for
    library.close()
    packs = list(folder_of_packs(config.library.database).glob("*.pack"))
    return sum(pack.stat().st_blocks * 512 for pack in packs)


def serve(config: Config, run_folder: Path, port: int) -> None:
    """Four workers without an ingester."""
    server = MPServer(
        "feeds.serve.worker",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=1,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(load_worker, config, run_folder), wrap_loader=False)


def measure(pid: int) -> int:
    """Bytes of memory that a process's children take, what they share counted once."""
    total = 0
    for child in list_children(pid):
        rollup = Path(f"/proc/{child}/smaps_rollup").read_text(encoding="ascii")
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024
    return total


if __name__ == "__main__":
    measure_memory(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
