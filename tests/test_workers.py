"""Work that is shared out among processes: the same results in the same order, and no process that outlives its run."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds import workers
from feeds.errors import FeedsError, UnreadableError
from feeds.workers import Workers
from tests.newsroom import SETTINGS, Newsroom
from tests.processes import is_running, wait_until

WORKERS = "FEEDS_BUILD_WORKERS"
SETS = 'sets = ["place", "author"]\nentries = 10\n'
LEARNING = '\n[[sources]]\nname = "andere"\nfolder = "andere"\n'


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Workers that share out however little there is."""
    share_all(monkeypatch)
    found = Workers(2)
    yield found
    found.close()


def share_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LEAST", 1)
    monkeypatch.setattr(workers, "CHUNK", 3)


def double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def refuse(number: int) -> int:
    if number == 5:
        raise UnreadableError("can't be read", path="5.txt", line=5, hint="try another")
    return number


def end(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_results_come_in_order_from_another_process(shared: Workers) -> None:
    found = list(shared.map(double, range(40), count=40))
    assert [value for value, _ in found] == [2 * number for number in range(40)]
    assert os.getpid() not in {pid for _, pid in found}


def test_little_work_is_done_at_once() -> None:
    found = list(Workers(4).map(double, range(40), count=40))
    assert {pid for _, pid in found} == {os.getpid()}


def test_few_items_that_are_much_work_are_shared_out() -> None:
    shared = Workers(2)
    found = list(shared.map(double, range(40), count=40, weight=workers.LEAST // 40))
    shared.close()
    assert [value for value, _ in found] == [2 * number for number in range(40)]
    assert os.getpid() not in {pid for _, pid in found}


def test_processes_have_ended_when_their_work_is_done(shared: Workers) -> None:
    found = list(shared.map(double, range(9), count=9))
    shared.close()
    for pid in {pid for _, pid in found}:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_an_error_in_another_process_is_whole(shared: Workers) -> None:
    with pytest.raises(UnreadableError, match="can't be read") as caught:
        list(shared.map(refuse, range(9), count=9))
    assert (caught.value.path, caught.value.line, caught.value.hint) == ("5.txt", 5, "try another")


def test_a_process_that_is_killed_is_an_error_with_advice(shared: Workers) -> None:
    with pytest.raises(FeedsError, match="was killed, perhaps") as caught:
        list(shared.map(end, range(9), count=9))
    assert "workers = 1" in str(caught.value)


def test_where_there_can_be_no_others_only_who_asked_for_them_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    share_all(monkeypatch)

    def fail(*_args: object, **_more: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", fail)
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    assert [pid for _, pid in Workers(0).map(double, range(4), count=4)] == [os.getpid()] * 4
    with pytest.raises(FeedsError, match="can't start processes"):
        list(Workers(2).map(double, range(4), count=4))


def make(folder: Path) -> Newsroom:
    """A newsroom with articles of many kinds: with a layout and without, broken, without date, twice, refused."""
    newsroom = Newsroom.make(folder, SETTINGS.replace("[[sources]]", f"[feeds]\n{SETS}\n[[sources]]") + LEARNING)
    for number in range(40):
        newsroom.write(f"{number}.txt", f"Haus {number} eröffnet", category=("Politik", "Kultur")[number % 2])
    newsroom.write("41.txt", "Haus 3 eröffnet")
    newsroom.write("42.txt", "Ohne Zeit", stamp="irgendwann")
    newsroom.write("43.txt", "Kein Buchstabe \ufffe", author="A")
    (newsroom.folder / "seeds/44.txt").write_bytes(b"\x00\x01" * 99)
    (newsroom.folder / "andere").mkdir()
    for number in range(14):
        lines = ("Guten Tag", f"Brücke {number} gesperrt", f"25.06.2024, 14:{number:02}", f"Für {number} Tage.", "Ende")
        page = "\n".join(lines)
        (newsroom.folder / f"andere/{number}.txt").write_text(page, encoding="utf-8")
    return newsroom


def test_the_number_of_processes_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, three = make(tmp_path / "one"), make(tmp_path / "three")
    share_all(monkeypatch)
    runs = [one.build(env={WORKERS: "1"}), three.build(env={WORKERS: "3"})]
    assert runs[0].told == runs[1].told
    assert one.site() == three.site()
    assert "politik/archiv/1/atom.xml" in one.site()
    assert one.ledger.read_bytes() == three.ledger.read_bytes()


def test_processes_end_with_the_run_that_asked_them(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "newsroom")
    code = """\
import os, signal, sys
from feeds import workers
workers.LEAST, workers.CHUNK = 1, 1
found = workers.Workers(3)
print(*set(found.map(os.getpgid, [0] * 20, count=20)), flush=True)
print(*found._executor._processes, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    run = newsroom.spawn_code(code)
    assert run.code == -signal.SIGKILL, run.told
    pids = [int(pid) for pid in run.out.splitlines()[1].split()]
    assert pids
    wait_until(lambda: not any(map(is_running, pids)), "no process outlives its run")
