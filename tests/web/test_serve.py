"""The processes of `feeds serve`: how they start, follow, fail and end."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from benchmarks.server import find_free_port
from feeds.errors import ServeError
from feeds.ingest.seeds.unfinished import PATIENCE_SECONDS, QUIET_SECONDS
from feeds.serve.run_folder import list_run_folders, list_workers
from feeds.serve.supervision import BACKLOG, listen
from tests.processes import WAIT_SECONDS, is_running, wait_until
from tests.web.serving import Server

SEED = """\
---
title: {title}
category: Politik
published: {published}
---
{title}

{title}: ein Absatz, der lang genug ist, um als Text einer Meldung zu gelten, und der nichts weiter sagt als das.
"""


def write_seed(server: Server, name: str, title: str, published: str = "2026-03-09T10:00:00+01:00") -> None:
    text = SEED.format(title=title, published=published)
    (server.folder / "seeds" / name).write_text(text, encoding="utf-8")


def find_processes(server: Server) -> list[int]:
    """The process ids of the ingester and of the workers, once all have started."""
    (folder,) = list_run_folders(server.folder / ".feeds" / "library.sqlite")
    # In another order than that of their start: the numbers begin anew after the highest.
    wait_until(lambda: len(list_workers(folder)) == server.workers, "all workers show themselves")
    workers = list_workers(folder)
    (ingester,) = {pid for pid in server.children() if not is_tracker(pid)} - {*workers}
    return [ingester, *workers]


def is_tracker(pid: int) -> bool:
    """Whether a process is multiprocessing's own, which looks after what others leave."""
    if sys.platform == "linux":
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    else:
        command = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=True).stdout
    return b"resource_tracker" in command


def test_a_taken_port_is_an_error_even_where_sockets_may_share_it(newsroom: Server) -> None:
    with socket.socket() as other:
        # The first, because the port is kept for the server that is started here.
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            other.setsockopt(socket.SOL_SOCKET, option, 1)
        other.bind(("127.0.0.1", newsroom.port))
        other.listen()
        newsroom.start(wait=False)
        assert newsroom.process is not None
        assert newsroom.process.wait(WAIT_SECONDS) == 1
    assert newsroom.log.startswith(f"error: 127.0.0.1:{newsroom.port}: can't listen on it")
    assert "--port" in newsroom.log
    assert "Traceback" not in newsroom.log


def test_a_library_that_is_none_is_an_error(newsroom: Server) -> None:
    (newsroom.folder / ".feeds").write_text("a file where a folder should be", encoding="utf-8")
    newsroom.start(wait=False)
    assert newsroom.process is not None
    assert newsroom.process.wait(WAIT_SECONDS) == 1
    assert "library.sqlite" in newsroom.log
    assert "Traceback" not in newsroom.log


def test_a_missing_folder_of_texts_ends_the_first_start_and_no_later_one(newsroom: Server) -> None:
    (newsroom.folder / "seeds").rename(newsroom.folder / "sedes")
    newsroom.start(wait=False)
    assert newsroom.process is not None
    assert newsroom.process.wait(WAIT_SECONDS) == 1
    assert ": sources.0.folder: there is no such folder: " in newsroom.log
    assert not (newsroom.folder / ".feeds").exists()

    (newsroom.folder / "sedes").rename(newsroom.folder / "seeds")
    newsroom.start()
    assert newsroom.stop() == 0
    (newsroom.folder / "seeds").rename(newsroom.folder / "sedes")
    newsroom.start()
    wait_until(lambda: "What was served before is served on" in newsroom.log, "it is told")
    assert newsroom.request("/politik/atom.xml").status == 200
    assert newsroom.stop() == 0


@pytest.fixture
def second(newsroom: Server) -> Iterator[Server]:
    """Another server on the newsroom's library, with the same settings but for its port."""
    other = Server(newsroom.folder, find_free_port(), newsroom.base, log_name="second.log")
    yield other
    if other.process is not None:
        other.stop()


def test_a_second_server_with_other_settings_is_refused(newsroom: Server, second: Server) -> None:
    newsroom.start()
    second.base = f"http://127.0.0.1:{second.port}/"
    second.start(wait=False)
    assert second.process is not None
    assert newsroom.process is not None
    assert second.process.wait(WAIT_SECONDS) == 1
    holder = rf"\(process {newsroom.process.pid} on .*: feeds serve\)"
    told = (
        rf"error: .*library\.sqlite: is served under other settings by another server {holder}\n  stop one of the two"
    )
    assert re.match(told, second.log)
    # Nobody but who runs keeps another out.
    os.kill(newsroom.process.pid, signal.SIGKILL)
    newsroom.process.wait(WAIT_SECONDS)
    second.start()
    assert second.stop() == 0


def test_a_server_is_seen_again_after_all_beside_its_library_was_deleted(newsroom: Server, second: Server) -> None:
    newsroom.start()
    assert newsroom.process is not None
    database = newsroom.folder / ".feeds" / "library.sqlite"
    (folder,) = list_run_folders(database)
    before = (folder / "settings").read_text(encoding="utf-8")
    # Renamed first: the server goes on writing into a folder of this name.
    shutil.rmtree(database.parent.rename(newsroom.folder / "deleted"))

    def is_seen() -> bool:
        settings = folder / "settings"
        return list_run_folders(database) == [folder] and settings.exists() and settings.read_text() == before

    wait_until(is_seen, "the server shows itself again")
    second.base = f"http://127.0.0.1:{second.port}/"
    second.start(wait=False)
    assert second.process is not None
    assert second.process.wait(WAIT_SECONDS) == 1
    assert f"by another server (process {newsroom.process.pid} on " in second.log
    assert newsroom.stop() == 0
    assert not folder.exists()


def test_servers_with_the_same_settings_follow_the_same_and_come_to_rest(newsroom: Server, second: Server) -> None:
    newsroom.start()
    second.start()
    write_seed(newsroom, "neu.txt", "Etwas Neues")
    for server in (newsroom, second):
        server.wait_for("/politik/atom.xml", 200, "Etwas Neues")
    text = newsroom.config.read_text(encoding="utf-8").replace("Prüfblatt", "Anderes Blatt")
    newsroom.config.write_text(text, encoding="utf-8")
    for server in (newsroom, second):
        server.wait_for("/", 200, "Anderes Blatt")
    with closing(sqlite3.connect(newsroom.folder / ".feeds" / "library.sqlite")) as library:

        def rests() -> bool:
            before = library.execute("PRAGMA data_version").fetchone()
            time.sleep(1.5)
            return bool(library.execute("PRAGMA data_version").fetchone() == before)

        wait_until(rests, "neither wakes the other")
    assert "other settings" not in newsroom.log + second.log
    assert "is not where this listens" not in newsroom.log + second.log
    assert second.stop() == newsroom.stop() == 0
    assert "Traceback" not in newsroom.log + second.log


def test_it_answers_503_while_the_first_build_runs_and_ends_cleanly_on_sigterm_and_ctrl_c(newsroom: Server) -> None:
    newsroom.start()
    assert newsroom.stop() == 0
    library = newsroom.folder / ".feeds" / "library.sqlite"
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("DELETE FROM documents")
    with closing(sqlite3.connect(library, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        newsroom.start(wait=False)
        reply = newsroom.wait_for("/politik/atom.xml", 503, "wird gerade aufgebaut")
        assert reply.headers["Retry-After"].isdigit()
        assert newsroom.request("/static/style.css").status == 200
        holder.execute("ROLLBACK")
    newsroom.wait_for("/robots.txt", 200)
    assert "wird gerade aufgebaut" not in newsroom.request("/gibt-es-nicht").body.decode()

    children = newsroom.children()
    assert newsroom.stop(signal.SIGINT) == 0
    wait_until(lambda: not any(map(is_running, children)), "no child outlives its parent")
    assert "Traceback" not in newsroom.log


def test_changes_of_seeds_settings_and_time_show_up_and_errors_stop_nothing(newsroom: Server) -> None:
    newsroom.workers = 2
    write_seed(newsroom, "kaputt.txt", "Kaputt", "2026-99-99")
    (newsroom.folder / "seeds" / "offen.txt").write_text("---\ntitle: ohne Ende\n", encoding="utf-8")
    newsroom.start()
    # Told once the round is over: what it published is served before.
    wait_until(lambda: "offen.txt:1:" in newsroom.log, "the broken seed is told")

    write_seed(newsroom, "neu.txt", "Etwas Neues")
    newsroom.wait_for("/politik/atom.xml", 200, "Etwas Neues")
    (newsroom.folder / "seeds" / "neu.txt").unlink()
    wait_until(lambda: "Etwas Neues" not in newsroom.request("/politik/atom.xml").body.decode(), "removed")

    end = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)  # noqa: TID251 (the server reads it too)
    write_seed(newsroom, "sperrfrist.txt", "Endlich frei", end.isoformat())
    reply = newsroom.wait_for("/politik/atom.xml", 200, "Endlich frei")
    assert datetime.now(UTC) >= end, "an embargo ends on the second"  # noqa: TID251 (the server reads it too)
    assert "stale-while-revalidate" in reply.headers["Cache-Control"]

    text = newsroom.config.read_text(encoding="utf-8")
    newsroom.config.write_text(text.replace("Prüfblatt", "Anderes Blatt"), encoding="utf-8")
    newsroom.wait_for("/", 200, "Anderes Blatt")
    newsroom.config.write_text(text.replace("[site]", "[seite]"), encoding="utf-8")
    wait_until(lambda: "served on" in newsroom.log, "the broken settings are told")
    assert "config.toml:3" in newsroom.log
    # Waited for, since the other worker may follow a moment later.
    newsroom.wait_for("/", 200, "Anderes Blatt")
    newsroom.config.write_text(text, encoding="utf-8")
    newsroom.wait_for("/", 200, "Prüfblatt")

    rule = '\n[[rules]]\ncategory = "Politik"\ncontent = "none"\n'
    newsroom.config.write_text(text + rule, encoding="utf-8")
    wait_until(lambda: re.search(r"articles?; \d+ withheld by \[\[rules\]\]", newsroom.log) is not None, "withheld")
    newsroom.config.write_text(text, encoding="utf-8")

    # Renamed first: the server goes on writing into a folder of this name.
    shutil.rmtree((newsroom.folder / ".feeds").rename(newsroom.folder / "deleted"))
    write_seed(newsroom, "neu.txt", "In der neuen Bibliothek")
    newsroom.wait_for("/politik/atom.xml", 200, "In der neuen Bibliothek")
    wait_until((newsroom.folder / ".feeds" / "library.sqlite").is_file, "the library is filled anew")
    assert "Traceback" not in newsroom.log


def test_a_file_that_arrives_in_parts_is_published_whole(newsroom: Server) -> None:
    """As scp and sftp write it. The times of the parts lie ahead, so that the machine may pause between two of them."""
    newsroom.start()
    wait_until(lambda: "is built" in newsroom.log, "the first round")
    text = SEED.format(title="Etwas Neues", published="2026-03-09T10:00:00+01:00")
    with (newsroom.folder / "seeds" / "neu.txt").open("w", encoding="utf-8") as file:
        for number in range(5):
            file.write(text if number == 0 else f"\nDer Absatz Nummer {number}.\n")
            file.flush()
            later = time.time() + PATIENCE_SECONDS - QUIET_SECONDS - 1  # noqa: TID251 (the server reads it too)
            os.utime(file.fileno(), (later, later))
            time.sleep(0.7)
            assert "Etwas Neues" not in newsroom.request("/politik/atom.xml").body.decode()
        file.write("\nDas ist alles.\n")
    reply = newsroom.wait_for("/politik/atom.xml", 200, "Etwas Neues")
    assert "Das ist alles." in reply.body.decode()
    wait_until(lambda: "1 new" in newsroom.log, "the round is told")
    assert "1 changed" not in newsroom.log


@pytest.mark.parametrize("syntax", [True, False])
def test_the_status_tells_how_a_server_is_even_if_its_settings_are_broken(newsroom: Server, *, syntax: bool) -> None:
    text = newsroom.config.read_text(encoding="utf-8")
    if not syntax:
        text += '\n[library]\ndatabase = "anderswo/library.sqlite"\n'
        newsroom.config.write_text(text, encoding="utf-8")
    newsroom.start()
    assert newsroom.process is not None

    def ask(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "feeds", "status", "--config", str(newsroom.config), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def health() -> str | None:
        (server,) = json.loads(ask("--json").stdout)["servers"]
        return None if server["health"] is None else str(server["health"])

    wait_until(lambda: health() == "ok", "the first round")
    assert "of them 304; ok\n" in ask().stdout
    ledger = newsroom.folder / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(b"".join(whole.splitlines(keepends=True)[:-2]))
    wait_until(lambda: f"{ledger}: says less than" in (health() or ""), "it is stuck, and says so")
    newsroom.config.write_text("[site\n" if syntax else text.replace("[site]", "[seite]"), encoding="utf-8")
    wait_until(lambda: "config.toml:" in (health() or ""), "it says so of the settings, too")
    run = ask()
    assert run.returncode == 1
    told = f"server {newsroom.process.pid}: 1 worker, "
    assert run.stdout.startswith(told)
    assert f"not well, and serves what was there before: {newsroom.config}:" in run.stdout
    assert run.stderr.startswith(f"error: {newsroom.config}:")
    newsroom.config.write_text(text, encoding="utf-8")
    ledger.write_bytes(whole)
    wait_until(lambda: health() == "ok", "it is well again")
    assert f"{newsroom.config} was read again" in newsroom.log


def test_settings_that_are_gone_for_a_while_are_told_and_no_default_counts(newsroom: Server) -> None:
    newsroom.finds_settings = True
    newsroom.start()
    wait_until(lambda: "is built" in newsroom.log, "the first round")
    away = newsroom.config.rename(newsroom.folder / "config.toml~")
    wait_until(lambda: "error: config.toml: there is no such file" in newsroom.log, "it is told")
    write_seed(newsroom, "neu.txt", "Etwas Neues")
    newsroom.wait_for("/politik/atom.xml", 200, "Etwas Neues")
    assert "Prüfblatt" in newsroom.request("/").body.decode()
    newsroom.config.write_text(away.read_text(encoding="utf-8").replace("Prüfblatt", "Anderes Blatt"), encoding="utf-8")
    newsroom.wait_for("/", 200, "Anderes Blatt")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_failure_that_comes_again_is_told_again_and_its_end_too(newsroom: Server, log_format: str) -> None:
    with newsroom.config.open("a", encoding="utf-8") as file:
        file.write(f'\n[serve]\nlog_format = "{log_format}"\n')
    newsroom.start()
    seeds = newsroom.folder / "seeds"
    counts = "0 documents changed" if log_format == "text" else '"documents_changed": 0'

    def goes_and_comes(times: int) -> None:
        away = seeds.rename(newsroom.folder / "away")
        wait_until(lambda: newsroom.log.count("there is no such folder") == times, "it is told")
        before = newsroom.log.count(counts)
        away.rename(seeds)
        wait_until(lambda: newsroom.log.count(counts) > before, "its end is told")

    goes_and_comes(1)
    goes_and_comes(2)


@pytest.mark.parametrize("host", ["999.1.1.1", "[::1]", "192.0.2.1"])
def test_what_is_no_address_of_this_machine_is_told_as_such(host: str) -> None:
    with pytest.raises(ServeError, match="can't listen on it") as caught:
        listen(host, 8000)
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("name an address of this machine with --host")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 (a server may)
def test_the_last_line_of_the_start_says_where_the_site_is_to_be_seen(newsroom: Server, host: str) -> None:
    newsroom.start("--base-url", "https://blatt.example/pfad/", "--host", host)
    wait_until(lambda: "is built" in newsroom.log, "the first round")
    here = f"http://127.0.0.1:{newsroom.port}/pfad/"
    assert f"{here}, as https://blatt.example/pfad/, is built; Ctrl-C ends it" in newsroom.log


def test_the_library_and_what_serves_stay_those_of_the_start(newsroom: Server) -> None:
    newsroom.start()
    wait_until(lambda: "is built" in newsroom.log, "the first round")
    text = newsroom.config.read_text(encoding="utf-8").replace("Prüfblatt", "Anderes Blatt")
    text += '\n[library]\ndatabase = ".neu/library.sqlite"\n\n[serve]\nport = 1\nlog_format = "json"\n'
    newsroom.config.write_text(text, encoding="utf-8")
    newsroom.wait_for("/", 200, "Anderes Blatt")
    write_seed(newsroom, "neu.txt", "Etwas Neues")
    newsroom.wait_for("/politik/atom.xml", 200, "Etwas Neues")
    # The port is that of an option, which the settings don't change.
    line = text[: text.index("database")].count("\n") + 1
    told = "another value needs a restart of the server; until then the old one is used"
    assert f"warning: {newsroom.config}:{line}: library.database: {told}" in newsroom.log
    assert f"{newsroom.config}:{line + 4}: serve.log_format: {told}" in newsroom.log
    assert "serve.port" not in newsroom.log
    assert not (newsroom.folder / ".neu").exists()

    # The one that takes a failed ingester's place has the same library.
    os.kill(find_processes(newsroom)[0], signal.SIGKILL)
    write_seed(newsroom, "neuer.txt", "Etwas noch Neueres")
    newsroom.wait_for("/politik/atom.xml", 200, "Etwas noch Neueres")
    assert not (newsroom.folder / ".neu").exists()
    assert newsroom.log.count("error:") == newsroom.log.count("error: the ingester ended by signal 9") == 1


def test_a_build_works_beside_the_server(newsroom: Server) -> None:
    newsroom.start()
    command = [sys.executable, "-m", "feeds", "build", "--config", str(newsroom.config), "--base-url", newsroom.base]
    folder = newsroom.folder / "public"
    for number in range(3):
        write_seed(newsroom, f"neu{number}.txt", f"Etwas Neues, Teil {number}")
        done = subprocess.run(
            [*command, "--output", str(folder)], capture_output=True, timeout=WAIT_SECONDS, check=False
        )
        assert done.returncode == 0, done.stderr
        # Whoever was first: both publish it, under one id and at one instant.
        reply = newsroom.wait_for("/politik/atom.xml", 200, f"Teil {number}")
        assert (folder / "politik/atom.xml").read_bytes() == reply.body
    # One for another address leaves the server what it was.
    told = newsroom.log.count("documents changed")
    command[-1] = "https://anderswo.example/"
    done = subprocess.run([*command, "--output", "fort"], cwd=newsroom.folder, timeout=WAIT_SECONDS, check=False)
    assert done.returncode == 0
    assert b"https://anderswo.example/" in (newsroom.folder / "fort/politik/atom.xml").read_bytes()
    wait_until(lambda: newsroom.log.count("documents changed") > told, "the server renders its own again")
    here = (folder / "politik/atom.xml").read_bytes()
    wait_until(lambda: newsroom.request("/politik/atom.xml").body == here, "as before")
    assert newsroom.stop() == 0
    assert "Traceback" not in newsroom.log
    assert "error:" not in newsroom.log


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes by /proc")
def test_whatever_process_is_killed_answers_go_on_and_nobody_is_left_behind(newsroom: Server) -> None:
    newsroom.workers = 2
    newsroom.start()
    assert newsroom.process is not None
    ingester, worker, _ = find_processes(newsroom)
    before = newsroom.children()
    for pid in (ingester, worker):
        os.kill(pid, signal.SIGKILL)
        wait_until(partial(newsroom.has_lost, pid), "it is gone")
        wait_until(lambda: len(newsroom.children()) == len(before), "another process takes its place")
        newsroom.wait_for("/robots.txt", 200)
    write_seed(newsroom, "neu.txt", "Nach dem Absturz")
    newsroom.wait_for("/politik/atom.xml", 200, "Nach dem Absturz")

    children = newsroom.children()
    newsroom.process.kill()
    newsroom.process.wait(WAIT_SECONDS)
    wait_until(lambda: not any(map(is_running, children)), "no child outlives its parent")
    with pytest.raises(OSError, match="refused"):
        newsroom.request("/robots.txt")
    newsroom.start()
    assert "Nach dem Absturz" in newsroom.request("/politik/atom.xml").body.decode()


def test_those_who_keep_connections_open_keep_nobody_out(newsroom: Server) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    newsroom.start()
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * BACKLOG), hard))
    try:
        # On a machine that is too busy to open them all before the first is closed for sending nothing, once more.
        assert any(is_answered_beside(newsroom, BACKLOG + 100) for _ in range(4))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def is_answered_beside(server: Server, number: int) -> bool:
    """Whether the server answers beside so many connections, and not once they were closed for sending nothing."""
    with ExitStack() as open_connections:
        address = ("127.0.0.1", server.port)
        idle = [open_connections.enter_context(socket.create_connection(address)) for _ in range(number)]
        assert server.request("/atom.xml").status == 200
        try:
            idle[0].recv(1, socket.MSG_DONTWAIT)
        except OSError as error:
            return isinstance(error, BlockingIOError)
        # The end of the connection.
        return False


def test_connections_leave_a_worker_the_files_that_it_needs_to_follow(newsroom: Server) -> None:
    allowed = 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * allowed), hard))
    try:
        newsroom.start(files=allowed)
        wait_until(lambda: "is built" in newsroom.log, "the first round")
        before = newsroom.children()
        with ExitStack() as open_connections:
            address = ("127.0.0.1", newsroom.port)
            for _ in range(allowed + 50):
                open_connections.enter_context(socket.create_connection(address))
            time.sleep(0.5)
            write_seed(newsroom, "neu.txt", "Etwas Neues")
            wait_until(lambda: "1 new" in newsroom.log, "it is ingested")
            # Workers look for it several times a second.
            time.sleep(1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    newsroom.wait_for("/politik/atom.xml", 200, "Etwas Neues")
    assert newsroom.children() == before
    assert "Too many open files" not in newsroom.log
    assert "Traceback" not in newsroom.log


def test_settings_are_read_anew_on_sighup_without_a_failed_request(newsroom: Server) -> None:
    newsroom.start()
    wait_until(lambda: "is built" in newsroom.log, "the first round")
    assert newsroom.process is not None
    before, statuses, stopping = newsroom.children(), [], threading.Event()

    def poll() -> None:
        while not stopping.is_set():
            statuses.append(newsroom.request("/politik/rss.xml").status)

    thread = threading.Thread(target=poll)
    thread.start()
    try:
        # As long, in the same file, of the same time: nothing but the signal can be the reason to read it.
        status = newsroom.config.stat()
        text = newsroom.config.read_bytes().replace("Prüfblatt".encode(), b"Amtsblatt!")
        with newsroom.config.open("r+b") as file:
            file.write(text)
        os.utime(newsroom.config, ns=(status.st_atime_ns, status.st_mtime_ns))
        newsroom.process.send_signal(signal.SIGHUP)
        newsroom.wait_for("/", 200, "Amtsblatt!")
    finally:
        stopping.set()
        thread.join()
    assert set(statuses) == {200}
    assert newsroom.children() == before
