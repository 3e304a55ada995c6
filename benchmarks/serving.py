"""What a poll costs: `feeds serve` beside nginx with gzip_static, and beside Flask views under gunicorn.

All serve one feed of the same site, of about 50 KB in gzip: nginx the files of `feeds build --compress`, one Flask view
the same bytes from memory with Werkzeug's conditional requests, the other a document that feedgen builds at each
request. wrk polls them in turn, several times, so that a busy machine slows everyone alike: look at the ratios. CPU is
what the kernel counted for the server's processes. Needs wrk and nginx, which are Debian packages, and says so.

    python -m benchmarks.serving                   throughput and CPU a request
    python -m benchmarks.serving --start 10000     time until the first answer with so many articles in the library
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import iterate_pages, write_pages
from benchmarks.server import fetch, find_free_port, read_cpu, wait_for

SECONDS, ROUNDS, CONNECTIONS = 2, 3, 16
ARTICLES = 600
FEED = "/atom.xml"
NGINX = """\
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/public;
    include {folder}/public/_nginx.conf;
  }}
}}
"""


@dataclass(slots=True)
class Contender:
    """A server that runs: its name, port and processes, the tag of its feed, and the best of what was measured."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    tag: str = ""
    best: dict[str, tuple[float, float]] = field(default_factory=dict)  # kind -> requests a second, CPU microseconds


def main() -> None:
    """Throughput and CPU a request."""
    missing = [name for name in ("wrk", "nginx") if shutil.which(name) is None]
    if missing:
        print(f"not measured: {' and '.join(missing)} not installed (Debian: apt-get install wrk nginx-light)")
        return
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        make_site(folder, ARTICLES)
        body = (folder / "public" / "atom.xml").read_bytes()
        coded = (folder / "public" / "atom.xml.gz").stat().st_size
        print(f"a feed of {len(body) // 1000} KB, {coded // 1000} KB in gzip; {SECONDS} s a turn, best of {ROUNDS}")
        contenders = [stack.enter_context(start) for start in start_all(folder)]
        for contender in contenders:
            _, headers, _ = fetch(contender.port, FEED, {"Accept-Encoding": "gzip"})
            contender.tag = headers.get("etag", "")
        for _ in range(ROUNDS):
            for contender in contenders:
                for kind in ("304", "200"):
                    measure(contender, kind)
        report(contenders)


def report(contenders: list[Contender]) -> None:
    """Print what was measured, and the ratios."""
    ours = contenders[0]
    for kind in ("304", "200"):
        print(f"\n{kind:<28} requests/s   CPU us/request   ours: throughput   CPU")
        for contender in contenders:
            rate, cpu = contender.best[kind]
            our_rate, our_cpu = ours.best[kind]
            ratio = f"{our_rate / rate:14.2f} x {our_cpu / cpu:8.2f} x"
            print(f"{contender.name:<28} {rate:>10,.0f} {cpu:>16,.1f}   {ratio}")


def measure(contender: Contender, kind: str) -> None:
    """Let wrk poll for a turn; keep the best."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    if kind == "304":
        command += ["-H", f"If-None-Match: {contender.tag}"]
    before = read_cpu(contender.process.pid)
    shown = subprocess.run(
        [*command, f"http://127.0.0.1:{contender.port}{FEED}"], capture_output=True, text=True, check=True
    ).stdout
    spent = read_cpu(contender.process.pid) - before
    requests = int(re.search(r"(\d+) requests in", shown)[1])  # type: ignore[index]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", shown)[1])  # type: ignore[index]
    assert "Non-2xx" not in shown, shown
    best = contender.best.get(kind, (0.0, float("inf")))
    contender.best[kind] = (max(best[0], rate), min(best[1], spent * 1_000_000 / requests))


def make_site(folder: Path, articles: int, *, compress: bool = True) -> None:
    """A site of the benchmark corpus below a folder, built."""
    write_pages(folder / "seeds", iterate_pages(articles))
    (folder / "config.toml").write_text(
        '[site]\ntitle = "Bench"\nbase_url = "http://127.0.0.1:8000/"\n[feeds]\nentries = 60\n'
        '[serve]\noperation_port = 0\n[[sources]]\nname = "BelTA"\nfolder = "seeds"\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "feeds", "build", "--config", str(folder / "config.toml"), "--output"]
    options = ["--compress"] if compress else []
    subprocess.run([*command, str(folder / "public"), *options], check=True, stdout=subprocess.DEVNULL)


def start_all(folder: Path) -> list[contextlib.AbstractContextManager[Contender]]:
    """Ours, nginx, and two Flask views under gunicorn, with one worker each."""
    ports = [find_free_port() for _ in range(4)]
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=ports[1], user=user), encoding="utf-8")
    nginx = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    gunicorn = [sys.executable, "-m", "gunicorn", "-w", "1", "--threads", "4", "--log-level", "error", "-b"]
    view = "benchmarks.flask_views"
    feed = str(folder / "public" / "atom.xml")
    return [
        run("feeds serve", ports[0], serve_command(folder, ports[0])),
        run("nginx, gzip_static", ports[1], nginx),
        run("Flask, cached bytes", ports[2], [*gunicorn, f"127.0.0.1:{ports[2]}", f"{view}:make_cached('{feed}')"]),
        run("Flask, feedgen a request", ports[3], [*gunicorn, f"127.0.0.1:{ports[3]}", f"{view}:make_plain('{feed}')"]),
    ]


def serve_command(folder: Path, port: int, workers: int = 1) -> list[str]:
    """The command of our server."""
    command = [sys.executable, "-m", "feeds", "serve", "--config", str(folder / "config.toml"), "--port", str(port)]
    return [*command, "--workers", str(workers), "--base-url", f"http://127.0.0.1:{port}/"]


@contextlib.contextmanager
def run(name: str, port: int, command: list[str]) -> Iterator[Contender]:
    """A server that runs, and is ended."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, FEED, lambda status: status == 200)
        yield Contender(name, port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def measure_start(articles: int) -> None:
    """Time from the command to the first feed, with a library that is filled already."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_site(folder, articles, compress=False)
        for turn in ("first (fills the pack)", "second", "third"):
            port = find_free_port()
            # Under the base URL of the build: another would be another site, to be rendered anew.
            command = [*serve_command(folder, port), "--base-url", "http://127.0.0.1:8000/"]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            seconds = wait_for(port, FEED, lambda code: code == 200)
            print(f"{articles} articles, {turn}: first answer after {seconds:.2f} s")
            assert process.stdout is not None
            while b"is built" not in process.stdout.readline():
                pass
            process.terminate()
            process.wait(30)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving")
    parser.add_argument("--start", type=int, metavar="ARTICLES")
    asked = parser.parse_args()
    if asked.start:
        measure_start(asked.start)
    else:
        main()
