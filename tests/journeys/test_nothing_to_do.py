"""A run that has nothing to do: it says the same as one that looked at everything, and never rests on what changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.publish.last_run import Precheck
from tests.newsroom import NOW, SETTINGS, Newsroom

HEAVY = ("feeds.store", "feedgen", "jinja2", "feeds.parse", "feeds.check")

ODD = """
[[categories]]
label = "Sprot"

[[rules]]
author = "Niemand"

[redirects]
"/alt/" = "/nirgends/"
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "newsroom", SETTINGS + ODD)
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Straße gesperrt")
    (newsroom.folder / "seeds/index.txt").write_text("Startseite\nAlle Nachrichten\n", encoding="utf-8")
    newsroom.build_well()
    return newsroom


def list_imports(newsroom: Newsroom, *args: str) -> set[str]:
    """The modules that a build imports in a process of its own."""
    code = "import sys\nfrom feeds.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n    print(*sys.modules)"
    run = newsroom.spawn_code(code, "build", "--now", NOW, *args)
    assert run.code == 0, run.told
    return set(run.out.splitlines()[-1].split())


def test_a_run_without_work_tells_what_a_whole_run_tells(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    short = newsroom.build_well()
    monkeypatch.setattr("feeds.cli.build.precheck", lambda *_, **__: Precheck())
    assert newsroom.build_well() == short
    assert "set aside: seeds/index.txt" in short.err
    assert short.err.count("warning: config.toml:") == 3
    assert "public: nothing to do" in short.out


def test_a_run_without_work_imports_nothing_that_could_do_it(newsroom: Newsroom) -> None:
    assert not list_imports(newsroom).intersection(HEAVY)


def _edit_output(newsroom: Newsroom) -> None:
    path = newsroom.public / "politik/atom.xml"
    path.write_bytes(path.read_bytes().replace(b"<title>", b"<title>X"))


def _edit_output_unseen(newsroom: Newsroom) -> None:
    path = newsroom.public / "politik/atom.xml"
    body, found = path.read_bytes(), path.stat()
    path.write_bytes(body[:-9] + b"</broken>")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1))


def _remove_output(newsroom: Newsroom) -> None:
    (newsroom.public / "index.html").unlink()


def _remove_manifest(newsroom: Newsroom) -> None:
    (newsroom.public / ".feeds-manifest.json").unlink()


def _touch_ledger(newsroom: Newsroom) -> None:
    newsroom.ledger.write_bytes(newsroom.ledger.read_bytes() + b"\n")


@pytest.mark.parametrize("change", [_edit_output, _edit_output_unseen, _remove_output, _remove_manifest, _touch_ledger])
def test_what_was_changed_by_hand_is_put_right(newsroom: Newsroom, change: Callable[[Newsroom], None]) -> None:
    before, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    change(newsroom)
    newsroom.build_well()
    assert newsroom.site() == before
    assert newsroom.ledger.read_bytes() == ledger


def test_other_settings_are_work(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS.replace('title = "', 'title = "Neu: '))
    assert "changed" in newsroom.build_well().out
    assert newsroom.parse().feed.title.startswith("Neu: ")


def test_a_page_set_aside_makes_a_strict_run_fail_however_often(newsroom: Newsroom) -> None:
    assert [newsroom.build("--strict").code for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("seconds", [-1, 0])
def test_an_embargo_ends_on_the_second(newsroom: Newsroom, seconds: int) -> None:
    newsroom.write("c.txt", "Später", stamp="1 Januar 2030, 10:00")
    newsroom.build_well(now="2029-12-31T00:00:00Z")
    due = newsroom.build_well(now="2029-12-31T00:00:00Z").out
    assert "under embargo, the next until 2030-01-01T07:00:00Z" in due
    now = "2030-01-01T07:00:00Z" if seconds == 0 else "2030-01-01T06:59:59Z"
    newsroom.build_well(now=now)
    assert ("Später" in newsroom.ids()) == (seconds == 0)


def test_a_clock_that_went_back_is_work(newsroom: Newsroom) -> None:
    newsroom.write("c.txt", "Später", stamp="1 Januar 2030, 10:00")
    newsroom.build_well(now="2030-02-01T00:00:00Z")
    newsroom.build_well(now="2029-02-01T00:00:00Z")
    assert "Später" not in newsroom.ids()


def test_news_age_while_nothing_changes(newsroom: Newsroom) -> None:
    newsroom.build_well(now="2024-06-26T00:00:00Z")
    assert b"<news:news>" in newsroom.site()["news-sitemap.xml"]
    newsroom.build_well(now="2024-06-27T11:05:00Z")
    assert b"<news:news>" in newsroom.site()["news-sitemap.xml"]
    newsroom.build_well(now="2024-06-27T11:05:01Z")
    assert b"<news:news>" not in newsroom.site()["news-sitemap.xml"]


def test_pages_are_read_again_once_where_an_extra_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom.make(tmp_path / "newsroom")
    (newsroom.folder / "seeds/a.html").write_text(
        "<html><head><title>Weg am Bach</title><meta property='article:published_time' content='2024-06-25T14:05:00Z'>"
        "</head><body><p>Der Rat hat beschlossen, den Weg am Bach zu erneuern.</p></body></html>",
        encoding="utf-8",
    )
    with monkeypatch.context() as patch:
        patch.setattr("feeds.ingest.fingerprints.find_spec", lambda _: None)
        patch.setattr("feeds.parse.html.document.has_extractor", lambda: False)
        assert "install the extra" in newsroom.build_well().err
        assert "nothing to do" in newsroom.build_well().out
    assert "1 seed: 1 read, 0 new" in newsroom.build_well().out
    assert "install the extra" not in newsroom.feeds("sources", "--notes").told
    assert "nothing to do" in newsroom.build_well().out
