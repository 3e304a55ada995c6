"""What `withdraw`, `restore` and `erase` tell and ask, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from feeds.check import Objection
from feeds.cli.status import MAX_WITHDRAWN
from tests.newsroom import SETTINGS, Newsroom, Terminal

LATER, THEN = "2026-02-02T02:02:02Z", "2026-02-03T03:03:03Z"
TITLE = "Brücke eröffnet"
ORDERS = [["withdraw"], ["restore"], ["erase", "--yes"]]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    return newsroom


def state_of(newsroom: Newsroom) -> tuple[dict[str, bytes], bytes]:
    """All that an order may change."""
    return newsroom.site(), newsroom.ledger.read_bytes()


def test_each_order_says_first_what_was_done_to_which_article(newsroom: Newsroom) -> None:
    identifier = newsroom.ids()[TITLE]
    for command, word in zip(ORDERS, ("withdrawn", "restored", "erased"), strict=True):
        run = newsroom.feeds(*command, "seeds/a.txt", "--now", LATER)
        assert run.code == 0, run.told
        assert run.out.startswith(f"{word}: {TITLE!r} ({identifier})\n")


def test_an_article_whose_headline_is_known_no_more_is_named_by_its_path(newsroom: Newsroom) -> None:
    line = next(line for line in newsroom.lines() if "bruecke" in line["path"])
    newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    run = newsroom.feeds("erase", "--yes", "seeds/a.txt", "--now", THEN)
    assert run.out.startswith(f"erased: {line['path']!r} ({line['id']})\n")


def test_an_order_that_readers_do_not_see_yet_says_so(newsroom: Newsroom) -> None:
    identifier = newsroom.ids()[TITLE]
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    run = newsroom.feeds("withdraw", identifier, "--now", LATER)
    assert run.code == 0
    assert run.out.startswith("not yet withdrawn: '/artikel/")
    left = f"note: {identifier}: has left all feeds, so that no notice takes its place; it is withdrawn when "
    assert f"{left}its file is back\n" in run.err
    newsroom.write("a.txt", status="withdrawn")
    newsroom.build_well(now=LATER)
    run = newsroom.feeds("restore", identifier, "--now", THEN)
    assert run.out.startswith(f"not yet restored: {TITLE!r}")
    assert f"note: {identifier}: is still withdrawn: its front matter says so too" in run.err


def test_an_order_for_what_rules_withhold_says_that_it_waits_for_them(newsroom: Newsroom) -> None:
    identifier = newsroom.ids()[TITLE]
    newsroom.configure(f'{SETTINGS}[[rules]]\ncategory = "Politik"\ncontent = "none"\n')
    run = newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    assert "it is withdrawn when [[rules]] of the settings let it through again\n" in run.err
    newsroom.configure(SETTINGS)
    newsroom.build_well(now=THEN)
    assert newsroom.ids()[f"Zurückgezogen: {TITLE}"] == identifier


def test_a_reason_stays_until_another_is_given(newsroom: Newsroom) -> None:
    for given, reason in ((["--reason", "Falsch."], "Falsch."), ([], "Falsch."), (["--reason", ""], None)):
        assert newsroom.feeds("withdraw", "seeds/a.txt", *given, "--now", LATER).code == 0
        assert [line.get("reason") for line in newsroom.lines() if "order" in line] == [reason]


def test_why_nothing_can_be_restored_is_told(newsroom: Newsroom) -> None:
    run = newsroom.feeds("restore", "seeds/a.txt", "--now", LATER)
    assert run.code == 1
    assert run.err.splitlines() == [
        f"error: is not withdrawn: {newsroom.ids()[TITLE]!r}",
        "  `feeds restore` takes back a withdrawal, and there is none",
    ]
    newsroom.write("a.txt", status="withdrawn")
    newsroom.build_well(now=LATER)
    run = newsroom.feeds("restore", "seeds/a.txt", "--now", LATER)
    assert "is not withdrawn by an order" in run.err
    assert "its front matter says `status: withdrawn`: change it there" in run.err
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    run = newsroom.feeds("restore", "seeds/a.txt", "--now", LATER)
    assert "is not withdrawn by an order" in run.err
    assert "its file is gone" in run.err
    newsroom.write("a.txt")
    # It is back, and no build has seen it since.
    run = newsroom.feeds("restore", "seeds/a.txt", "--now", LATER)
    assert "when the file is back, `feeds build` brings its text back" in run.err


@pytest.mark.parametrize("broken", ["", "---\ntitle: [\n---\nText\n"])
def test_what_is_wrong_with_other_texts_is_told_and_is_no_failure_of_an_order(newsroom: Newsroom, broken: str) -> None:
    (newsroom.folder / "seeds/kaputt.txt").write_text(broken, encoding="utf-8")
    assert newsroom.build(now=LATER).code == 1
    for command in ORDERS:
        run = newsroom.feeds(*command, "seeds/a.txt", "--now", LATER)
        assert run.code == 0
        assert "error: seeds/kaputt.txt" in run.err


@pytest.mark.parametrize("command", [["withdraw"], ["erase", "--yes"]])
def test_an_order_fails_where_a_document_stays_as_it_was(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    def object_to(path: str, *_: object, **__: object) -> list[Objection]:
        told = Objection("planted", "error", "a test", path, None, "is broken", None, "mend it")
        return [told] if path == "politik/atom.xml" else []

    monkeypatch.setattr("feeds.check.check_shell", object_to)
    run = newsroom.feeds(*command, "seeds/a.txt", "--now", LATER)
    assert run.code == 1
    assert "error: /politik/atom.xml: is not published" in run.err
    assert TITLE in newsroom.ids("politik")


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_is_asked_before_an_erasure(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    identifier, before = newsroom.ids()[TITLE], state_of(newsroom)
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    run = newsroom.feeds("erase", "seeds/a.txt", "--now", LATER)
    assert run.code == 0
    assert run.out.startswith(f"would be erased: {TITLE!r} ({identifier})\nits page: https://example.org/artikel/")
    assert "its file, which you delete yourself: seeds/a.txt\n" in run.out
    assert "Erase it, for good?" in run.out
    assert (TITLE in newsroom.ids()) == (answer == "n")
    assert (f"erased: {TITLE!r} ({identifier})\n" in run.out.split("?", 1)[1]) == (answer == "y")
    assert (state_of(newsroom) == before) == (answer == "n")


def test_what_was_shown_is_what_is_erased(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a person thinks about it, another article may get the file's name."""
    identifier = newsroom.ids()[TITLE]

    def answer(_question: str) -> bool:
        newsroom.write("a.txt", "Ganz neu", stamp="26 Juni 2024, 10:00")
        newsroom.build(now=LATER)
        return True

    monkeypatch.setattr("click.confirm", answer)
    monkeypatch.setattr("sys.stdin", Terminal())
    assert newsroom.feeds("erase", "seeds/a.txt", "--now", THEN).code == 0
    assert [line["id"] for line in newsroom.lines() if "order" in line] == [identifier]
    assert "Ganz neu" in newsroom.ids()


def test_an_order_for_a_copy_names_the_file_that_the_text_comes_from(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("kopie.txt", rest="Mehr dazu später. Das steht nun fest.", updated="2024-06-25T18:00:00+03:00")
    newsroom.build_well(now=LATER)
    told = (
        "seeds/a.txt is a file of this article, and not the one that its published text comes from: seeds/kopie.txt\n"
    )
    assert f"mind: {told}" in newsroom.feeds("erase", "--dry-run", "seeds/a.txt", "--now", LATER).out
    before = state_of(newsroom)
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert f"mind: {told}Withdraw it? [y/N]" in newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER).out
    assert state_of(newsroom) == before
    monkeypatch.undo()
    assert f"warning: {told}" in newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER).err
    assert "warning" not in newsroom.feeds("restore", "seeds/kopie.txt", "--now", LATER).err
    assert f"warning: {told}" in newsroom.feeds("erase", "seeds/a.txt", "--now", LATER).err


@pytest.mark.parametrize("options", [["--dry-run"], ["--dry-run", "--yes"]])
def test_a_rehearsal_erases_nothing(newsroom: Newsroom, options: list[str]) -> None:
    before, library = state_of(newsroom), newsroom.library.read_bytes()
    run = newsroom.feeds("erase", *options, "seeds/a.txt", "--now", LATER)
    assert run.code == 0
    assert run.out.startswith(f"would be erased: {TITLE!r}")
    assert "nothing was changed (--dry-run)\n" in run.out
    assert (state_of(newsroom), newsroom.library.read_bytes()) == (before, library)


def test_a_script_is_not_asked(newsroom: Newsroom) -> None:
    run = newsroom.feeds("erase", "seeds/a.txt", "--now", LATER)
    assert run.code == 0
    assert run.out.startswith(f"erased: {TITLE!r}")
    assert TITLE not in newsroom.ids()


def test_a_rehearsal_counts_what_an_erasure_changes(newsroom: Newsroom) -> None:
    told = newsroom.feeds("erase", "--dry-run", "seeds/a.txt", "--now", LATER).out
    run = newsroom.feeds("erase", "--yes", "seeds/a.txt", "--now", LATER)
    addresses = run.out.partition("purge these addresses from caches:\n")[2].splitlines()
    assert f"\n{len(addresses)} addresses would change or be gone\n" in told


def test_the_status_names_what_is_withdrawn(newsroom: Newsroom) -> None:
    identifier, other = (newsroom.ids()[title] for title in (TITLE, "Etwas anderes"))
    assert "withdrawn" not in newsroom.feeds("status").out
    newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "Stimmt nicht.", "--now", LATER)
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00", status="withdrawn")
    newsroom.build_well(now=THEN)
    run = newsroom.feeds("status")
    assert (
        "2 withdrawn; `feeds restore` takes an order back:\n"
        f"  'Etwas anderes' ({other}), without an order, since {THEN}\n"
        f"  {TITLE!r} ({identifier}), by order, since {LATER}\n"
    ) in run.out
    found = json.loads(newsroom.feeds("status", "--json").out)["withdrawn"]
    assert [(each["id"], each["by_order"], each["since"]) for each in found] == [
        (other, False, THEN),
        (identifier, True, LATER),
    ]
    assert (found[1]["headline"], found[1]["file"], found[1]["reason"]) == (TITLE, "seeds/a.txt", "Stimmt nicht.")
    newsroom.feeds("restore", identifier, "--now", THEN)
    assert "1 withdrawn; " in newsroom.feeds("status").out


def test_the_status_counts_what_it_does_not_name(newsroom: Newsroom) -> None:
    for number in range(MAX_WITHDRAWN + 2):
        newsroom.write(f"{number}.txt", f"Nummer {number}", stamp=f"{number + 1} Mai 2024, 10:00", status="withdrawn")
    newsroom.build_well(now=LATER)
    told = newsroom.feeds("status").out
    assert told.count("without an order, since") == MAX_WITHDRAWN
    assert "  and 2 more; --json lists all\n" in told


@pytest.mark.parametrize("command", ORDERS)
def test_an_order_makes_no_folder_that_was_not_there(newsroom: Newsroom, command: list[str]) -> None:
    """What is only served has none."""
    if command == ["restore"]:
        newsroom.feeds("withdraw", "seeds/a.txt", "--now", LATER)
    shutil.rmtree(newsroom.public)
    before = newsroom.ledger.read_bytes()
    run = newsroom.feeds(*command, "seeds/a.txt", "--now", THEN)
    assert run.code == 0, run.told
    assert "public: is not there, and is not made for an order; `feeds build` makes it\n" in run.out
    assert not newsroom.public.exists()
    assert newsroom.ledger.read_bytes() != before
    # The library has it all the same, and so has the next build, as one of a folder that was there.
    newsroom.build("--now", THEN)
    assert ((command == ["restore"]) == (TITLE in newsroom.ids())) is True
    run = newsroom.feeds("withdraw", "seeds/b.txt", "--output", "elsewhere", "--now", THEN)
    assert run.code == 0, run.told
    assert (newsroom.folder / "elsewhere/atom.xml").exists()
