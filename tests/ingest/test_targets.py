"""Which article an operator means, by whatever readers and shells call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.newsroom import SETTINGS, Newsroom

URL = "https://www.bläh.example/politics/view/Brücke über-4711-2024?nr=815&utm_source=x"
LINK = "https://www.xn--blh-rla.example/politics/view/Br%C3%BCcke%20%C3%BCber-4711-2024?nr=815"
LATER, THEN, LAST = "2026-02-02T02:02:02Z", "2026-02-03T03:03:03Z", "2026-02-04T04:04:04Z"
TITLE, OTHER = "Brücke eröffnet", "Etwas anderes"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make(tmp_path)


def make(tmp_path: Path, feeds: str = "") -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + (f"\n[feeds]\n{feeds}\n" if feeds else ""))
    newsroom.write("a.txt", url=URL)
    newsroom.write("b.txt", OTHER, stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    return newsroom


def order(newsroom: Newsroom, kind: str, target: str, now: str = LATER) -> str:
    """Carry an order out, which must succeed; what was printed."""
    run = newsroom.feeds(kind, target, "--now", now, *(["--yes"] if kind == "erase" else []))
    assert run.code == 0, run.told
    return run.told


@pytest.mark.parametrize("has_library", [True, False])
@pytest.mark.parametrize(
    "target",
    [
        URL,
        LINK,
        LINK.replace("https://www.", "http://"),
        LINK.replace("?", "/?"),
        LINK + "&utm_medium=feed#oben",
        "{path}",
        "https://example.org{path}",
        "http://www.example.org{path}",
        "https://example.org{folder}",
        "{folder}",
        "seeds/a.txt",
    ],
)
def test_an_article_is_known_by_its_addresses(newsroom: Newsroom, target: str, *, has_library: bool) -> None:
    line = next(line for line in newsroom.lines() if "bruecke" in line["path"])
    if not has_library:
        shutil.rmtree(newsroom.library.parent)
    order(newsroom, "withdraw", target.format(path=line["path"], folder=line["path"].rstrip("/")))
    assert newsroom.ids()[f"Zurückgezogen: {TITLE}"] == line["id"]
    assert OTHER in newsroom.ids()


def test_the_link_of_each_feed_is_an_address_of_its_article(newsroom: Newsroom) -> None:
    (link,) = [entry.link for entry in newsroom.entries() if entry.title == TITLE]
    assert link.partition("?")[0] == LINK.partition("?")[0]
    order(newsroom, "withdraw", link)
    assert f"Zurückgezogen: {TITLE}" in newsroom.ids()


def test_an_adopted_article_is_known_by_its_id_in_rss(newsroom: Newsroom) -> None:
    text = newsroom.ledger.read_text(encoding="utf-8")
    newsroom.ledger.write_text(text.replace('"places"', '"guid": "alt 17", "places"', 1), encoding="utf-8")
    first = newsroom.lines()[0]["id"]
    order(newsroom, "withdraw", "alt 17")
    assert [line["id"] for line in newsroom.lines() if "order" in line] == [first]


def test_an_erased_article_is_known_by_its_address_still(newsroom: Newsroom) -> None:
    order(newsroom, "erase", URL)
    assert TITLE not in newsroom.ids()
    run = newsroom.feeds("restore", LINK, "--now", THEN)
    (identifier,) = [line["id"] for line in newsroom.lines() if "order" in line]
    assert (run.code, run.err) == (1, f"error: was erased, and that can't be undone: {identifier!r}\n")
    assert "seeds/a.txt: was erased by order; delete the file" in newsroom.feeds("erase", "--yes", "seeds/a.txt").err


@pytest.mark.parametrize("policy", ["remove", "withdraw", "keep"])
@pytest.mark.parametrize("has_library", [True, False])
def test_a_withdrawn_article_is_known_by_the_file_that_it_had(
    tmp_path: Path, policy: str, *, has_library: bool
) -> None:
    newsroom = make(tmp_path, f'vanished = "{policy}"')
    order(newsroom, "withdraw", URL)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=THEN)
    if not has_library:
        shutil.rmtree(newsroom.library.parent)
    told = order(newsroom, "restore", "seeds/a.txt", LAST)
    assert "is still withdrawn: its file is gone" in told
    assert not [line for line in newsroom.lines() if "order" in line]
    newsroom.write("a.txt", url=URL)
    newsroom.build_well(now=LAST)
    assert TITLE in newsroom.ids()
    assert not [line for line in newsroom.lines() if "file" in line]


def test_the_file_that_was_renamed_is_the_last_one(newsroom: Newsroom) -> None:
    order(newsroom, "withdraw", "seeds/a.txt")
    moved = newsroom.folder / "seeds/neu.txt"
    (newsroom.folder / "seeds/a.txt").rename(moved)
    newsroom.build_well(now=THEN)
    moved.unlink()
    newsroom.build_well(now=THEN)
    order(newsroom, "restore", "seeds/neu.txt", LAST)


@pytest.mark.parametrize("policy", ["remove", "keep"])
def test_a_file_that_was_just_deleted_is_known(tmp_path: Path, policy: str) -> None:
    newsroom = make(tmp_path, f'vanished = "{policy}"')
    (newsroom.folder / "seeds/a.txt").unlink()
    order(newsroom, "withdraw", "seeds/a.txt")
    assert "Zurückgezogene Meldung" in newsroom.ids()
    order(newsroom, "restore", "seeds/a.txt", THEN)


@pytest.mark.parametrize("by", ["id", "address"])
def test_a_file_that_was_just_deleted_is_noted_by_no_library(tmp_path: Path, by: str) -> None:
    newsroom = make(tmp_path, 'vanished = "remove"')
    target = newsroom.ids()[TITLE] if by == "id" else URL
    (newsroom.folder / "seeds/a.txt").unlink()
    other = newsroom.copy_to(tmp_path / "other")
    for each in (newsroom, other):
        order(each, "withdraw", target)
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()
    # An order makes no output folder.
    for each in (newsroom, other):
        each.build_well(now=THEN)
    assert other.site() == newsroom.site()


def test_a_kept_article_is_known_by_the_file_that_it_had(tmp_path: Path) -> None:
    newsroom = make(tmp_path, 'vanished = "keep"')
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    order(newsroom, "withdraw", "seeds/a.txt", THEN)
    order(newsroom, "restore", "seeds/a.txt", LAST)


def test_a_file_that_several_had_is_no_ones(newsroom: Newsroom) -> None:
    for day, headline in ((23, "Erste Meldung"), (24, "Zweite Meldung")):
        newsroom.write("tag.txt", headline, stamp=f"{day} Juni 2024, 10:00")
        newsroom.build_well(now=LATER)
        order(newsroom, "withdraw", "seeds/tag.txt", LATER)
        (newsroom.folder / "seeds/tag.txt").unlink()
        newsroom.build_well(now=LATER)
    run = newsroom.feeds("restore", "seeds/tag.txt", "--now", THEN)
    assert run.code == 1
    assert "seeds/tag.txt: was the file of 2 articles that are withdrawn" in run.err
    assert all(line["id"] in run.err for line in newsroom.lines() if "order" in line)


def test_what_may_be_restored_is_named_where_nothing_else_helps(newsroom: Newsroom) -> None:
    run = newsroom.feeds("restore", "seeds/gibt-es-nicht.txt", "--now", LATER)
    assert "no article is withdrawn by an order" in run.err
    for name in ("a", "b"):
        order(newsroom, "withdraw", f"seeds/{name}.txt")
    (newsroom.folder / "seeds/b.txt").unlink()
    newsroom.build_well(now=THEN)
    run = newsroom.feeds("restore", "seeds/gibt-es-nicht.txt", "--now", LAST)
    lines = {line["path"]: line["id"] for line in newsroom.lines()}
    other = next(path for path in lines if "etwas-anderes" in path)
    assert f"  {lines[other]} {other!r}\n" in run.err
    assert f"{TITLE!r}\n" in run.err


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ({"status": "draft"}, "a draft"),
        ({"published": "2030-01-01T10:00:00+01:00"}, "under embargo"),
        ({"published": "niemals"}, "published: no date: 'niemals'"),
    ],
)
def test_why_a_text_that_was_never_published_is_no_target(newsroom: Newsroom, front: dict[str, str], why: str) -> None:
    newsroom.write("c.txt", "Noch nicht", stamp="", **front)
    run = newsroom.feeds("withdraw", "seeds/c.txt", "--now", LATER)
    assert run.code == 1
    assert run.err.startswith(f"error: seeds/c.txt: is not published ({why})\n")


def test_what_rules_withhold_is_no_target(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS + '\n[[rules]]\ncategory = "Kultur"\ncontent = "none"\n')
    newsroom.write("c.txt", "Noch nicht", category="Kultur", stamp="23 Juni 2024, 10:00")
    newsroom.build_well(now=LATER)
    run = newsroom.feeds("withdraw", "seeds/c.txt", "--now", THEN)
    assert run.code == 1
    assert "seeds/c.txt: is not published (not built yet, or withheld by [[rules]])" in run.err


def test_an_old_ledger_without_files_gives_the_same_site(newsroom: Newsroom, tmp_path: Path) -> None:
    order(newsroom, "withdraw", "seeds/a.txt")
    lines = [json.loads(line) for line in newsroom.ledger.read_text(encoding="utf-8").splitlines()]
    assert [line.pop("file") for line in lines if "file" in line] == ["seeds/a.txt"]
    other = newsroom.copy_to(tmp_path / "other")
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    other.ledger.write_text(text, encoding="utf-8")
    other.build_well(now=THEN)
    newsroom.build_well(now=THEN)
    assert other.site() == newsroom.site()
