"""Mixed polling while seeds change: `python -m benchmarks.soak` (two minutes), or `soak(...)` for a short form.

Clients of every quality poll a server that runs on a newsroom whose seeds change every second. Each body must be that
of its entity tag, and of a state that existed a moment ago; no answer may be a 5xx; the memory of the processes stays
as it was.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from benchmarks.server import find_free_port, list_children, wait_for
from benchmarks.serving import FEED, serve_command

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PATHS = ("/atom.xml", "/rss.xml", "/feed.json", "/takt/atom.xml", "/takt/rss.xml", "/takt/", "/", "/feeds.opml")
DECODERS = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}
MALFORMED = (
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x00\x01\x02\x03\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /%ff%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: ;;;q=\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde",
    b'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: """\r\n\r\n',
)
SEED = """\
---
title: Takt {number}
category: Takt
published: 2026-03-01T{hour:02d}:{minute:02d}:{second:02d}+01:00
---
Takt {number}

Stand {revision} der Meldung {number}: Die Uhr geht weiter, und was hier steht, steht in jedem Feed so oder gar nicht.
"""

SEEDS = 20


@dataclass(slots=True)
class Soak:
    """What a run saw. `revision` is the newest state of the seeds.

    It ends at `ends`; where the machine is so busy that there were not `states` states and the `least` answers of each
    status by then, it goes on until there are, and at most to `latest`.
    """

    port: int
    ends: float
    latest: float
    states: int
    least: Mapping[int, int]
    revision: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    failed_connections: int = 0
    memory: list[int] = field(default_factory=list)

    def is_over(self) -> bool:
        """Whether the time is up, and enough was seen."""
        now = time.monotonic()
        has_enough = self.revision >= self.states and all(self.statuses[key] >= self.least[key] for key in self.least)
        return now >= (self.ends if has_enough else self.latest)

    def note(self, problem: str) -> None:
        """Keep a problem; a few are enough to see what it is."""
        if len(self.problems) < 20:
            self.problems.append(problem)


def soak(
    seconds: float, clients: int, *, pause: float, workers: int = 2, least: Mapping[int, int] | None = None
) -> Soak:
    """Run it, for longer where that takes the `least` numbers of answers by status.

    `pause` is the mean number of seconds between two polls of a client.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = find_free_port()
        (folder / "seeds").mkdir()
        (folder / "config.toml").write_text(
            '[site]\ntitle = "Takt"\n[serve]\noperation_port = 0\n[[sources]]\nname = "Takt"\nfolder = "seeds"\n',
            encoding="utf-8",
        )
        for number in range(SEEDS):
            write_seed(folder, number, 0)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(serve_command(folder, port, workers), stdout=log, stderr=log)
        try:
            wait_for(port, FEED, lambda status: status == 200)
            start = time.monotonic()
            run = Soak(port, start + seconds, start + 20 * seconds, int(seconds), least or {})
            asyncio.run(poll_all(run, folder, clients, pause, process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(300)
        if code:
            run.note(f"the server ended with {code}: {(folder / 'log').read_text(encoding='utf-8')[-500:]}")
        return run


def write_seed(folder: Path, number: int, revision: int) -> None:
    """Write a seed whole: into another name first, as an editor does."""
    text = SEED.format(number=number, revision=revision, hour=20 - number, minute=number, second=number)
    temporary = folder / "seeds" / f".{number}.tmp"
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(folder / "seeds" / f"{number}.txt")


async def poll_all(run: Soak, folder: Path, clients: int, pause: float, pid: int) -> None:
    """All clients, the change every second, and the look at memory."""
    await asyncio.gather(
        change(run, folder), watch_memory(run, pid), *(poll(run, number, pause) for number in range(clients))
    )


async def change(run: Soak, folder: Path) -> None:
    """One seed after another changes, one every second: a server leaves one alone that changed a moment ago."""
    while run.revision < run.states and not run.is_over():
        run.revision += 1
        # Before the file: a state may be seen as soon as it is written.
        write_seed(folder, run.revision % SEEDS, run.revision)
        await asyncio.sleep(1)


async def watch_memory(run: Soak, pid: int) -> None:
    """The summed private memory of all processes, several times."""
    while not run.is_over():
        run.memory.append(sum(map(read_private, [pid, *list_children(pid)])))
        await asyncio.sleep(1)


def read_private(pid: int) -> int:
    """Bytes that are a process's own."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_"))


async def poll(run: Soak, number: int, pause: float) -> None:
    """A client: of a hundred, twenty never ask conditionally, five read slowly, one sends rubbish."""
    kind = number % 100
    is_conditional, is_slow, is_malformed = kind >= 20, 20 <= kind < 25, kind == 25
    tags: dict[str, str] = {}
    turn = number
    while not run.is_over():
        await asyncio.sleep(pause * (0.5 + (turn * 7919 % 100) / 100))
        turn += 1
        path = PATHS[(number + turn % 2) % len(PATHS)]
        if is_malformed:
            await send(run, MALFORMED[turn % len(MALFORMED)], slow=False)
            continue
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{run.port}", "Connection: close"]
        coding = ("", "gzip", "br", "zstd", "gzip, br, zstd")[turn % 5]
        if coding:
            lines.append(f"Accept-Encoding: {coding}")
        if is_conditional and path in tags:
            lines.append(f"If-None-Match: {tags[path]}")
        latest = run.revision
        answer = await send(run, "\r\n".join([*lines, "", ""]).encode(), slow=is_slow)
        if answer is not None:
            check(run, path, tags, answer, latest)


async def send(run: Soak, sent: bytes, *, slow: bool) -> bytes | None:
    """Everything that the server says, or None where the connection failed."""
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", run.port), 20)
        if slow:
            for start in range(0, len(sent), 40):
                writer.write(sent[start : start + 40])
                await asyncio.sleep(0.05)
        else:
            writer.write(sent)
        received = b""
        while part := await asyncio.wait_for(reader.read(500 if slow else 65_536), 20):
            received += part
            if slow:
                await asyncio.sleep(0.01)
        writer.close()
    except (OSError, TimeoutError):
        run.failed_connections += 1
        return None
    if received:
        status = int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/") else 0
        run.statuses[status] += 1
        if status >= 500 or not status:
            run.note(f"{status} for {sent[:60]!r}")
    return received


def check(run: Soak, path: str, tags: dict[str, str], answer: bytes, latest: int) -> None:
    """Note what is wrong with an answer to a well-formed request, sent when `latest` was the state of the seeds."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status = int(first.split(" ")[1]) if first else 0
    tag = headers.get("etag", "")
    if status == 304:
        if tag.strip('"')[:32] != tags.get(path, "").strip('"')[:32]:
            run.note(f"{path}: 304 with another tag")
        return
    if status != 200:
        run.note(f"{path}: status {status}")
        return
    if int(headers["content-length"]) != len(body):
        run.note(f"{path}: cut short")
        return
    plain = DECODERS[headers.get("content-encoding", "")](body)
    if hashlib.sha256(plain).hexdigest()[:32] != tag.strip('"')[:32]:
        run.note(f"{path}: the body is not that of its tag")
    tags[path] = tag
    text = plain.decode()
    if "Stand " not in text or path == "/feeds.opml":
        return
    shown = max(int(part.split(" ", 1)[0]) for part in text.split("Stand ")[1:] if part.split(" ", 1)[0].isdigit())
    if shown > run.revision:
        run.note(f"{path}: shows state {shown}, which didn't exist")
    if shown < latest - 10:
        run.note(f"{path}: shows state {shown}, ten seconds after {latest}")


def main() -> None:
    """Run it as the command line asks, and say what was seen; exit code 1 where something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--pause", type=float, default=2.0)
    asked = parser.parse_args()
    run = soak(asked.seconds, asked.clients, pause=asked.pause)
    quarter = max(1, len(run.memory) // 4)
    before, after = (sum(part) / len(part) / 1e6 for part in (run.memory[quarter : 2 * quarter], run.memory[-quarter:]))
    print(f"{sum(run.statuses.values())} answers: {dict(sorted(run.statuses.items()))}")
    print(f"{run.revision} states; {run.failed_connections} connections failed")
    print(f"private memory of all processes: {before:.1f} MB in the second quarter, {after:.1f} MB in the last")
    for problem in run.problems:
        print(f"wrong: {problem}")
    sys.exit(1 if run.problems else 0)


if __name__ == "__main__":
    main()
