"""A folder that a run was killed in, or that another run writes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from feeds.build import Output, manifest, open_output
from feeds.build.manifest import JOURNAL, describe, load_manifest
from feeds.check.tree import check_tree
from feeds.site import Resource
from feeds.text import digest_bytes
from tests.newsroom import BASE, SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"


class Killed(BaseException):
    """What nobody catches."""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.build_well()
    return newsroom


def kill_in(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, name: str, *args: str) -> None:
    """Build until a method of the output is called, and leave everything as a killed process does."""

    def die(*_args: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Output, "close", lambda _self: None)
        patched.setattr(f"feeds.build.output.{name}", die)
        with pytest.raises(Killed):
            newsroom.build(*args, now=LATER)


def list_strays(newsroom: Newsroom) -> list[str]:
    return [name for name in newsroom.site() if name.endswith(".feeds-tmp") or name.rpartition("/")[2] == JOURNAL]


def test_what_a_killed_run_wrote_and_the_site_has_no_more_is_removed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = newsroom.site()
    seed = newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    kill_in(newsroom, monkeypatch, "Output.complete")
    left = newsroom.site()
    assert any("konzert" in name for name in left)
    assert list_strays(newsroom)
    # Nothing that was published leads to what is new.
    assert {name: left[name] for name in site} == site
    seed.unlink()
    newsroom.build_well(now=LATER)
    assert not [name for name in newsroom.site() if "konzert" in name]
    assert list_strays(newsroom) == []


@pytest.mark.parametrize("name", ["Output._settle", "Output._remove", "write_manifest", "Journal.remove"])
def test_the_next_run_repairs_what_a_killed_one_left(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well()
    (newsroom.folder / "seeds/b.txt").unlink()
    newsroom.write("c.txt", "Noch eine Meldung")
    ledger = newsroom.ledger.read_bytes()
    kill_in(newsroom, monkeypatch, name)
    assert newsroom.ledger.read_bytes() != ledger
    newsroom.build_well(now=LATER)
    assert list_strays(newsroom) == []
    other = newsroom.copy_to(newsroom.folder.parent / "other")
    other.build_well(now=LATER)
    assert newsroom.site() == other.site()


def test_while_a_renamed_category_goes_nothing_leads_to_what_is_gone(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = SETTINGS + "\n[feeds]\nentries = 2\nhours = 0\n"
    newsroom.configure(small)
    for number in range(8):
        newsroom.write(
            f"m{number}.txt", f"Meldung Nummer {number} aus der Stadt", stamp=f"{number + 1} Juni 2024, 10:00"
        )
    newsroom.build_well()
    assert (newsroom.public / "politik/archiv/2/atom.xml").exists()
    newsroom.configure(f'{small}\n[[categories]]\nlabel = "Politik"\nslug = "stadt"\nwas = ["politik"]\n')
    (newsroom.folder / "seeds/m3.txt").unlink()
    looked: list[str] = []
    remove = Output._remove

    def look(output: Output, name: str) -> bool:
        looked.append(name)
        site = {name: (lambda body=body: body) for name, body in newsroom.site().items()}
        going = {*output._old} - {*output._new}
        found = [each for each in check_tree(site, base_url=BASE) if each.rule in {"missing-page", "chain-broken"}]
        # What goes leads to what goes in circles, but no archive is lost to who still reads a feed.
        assert [each for each in found if each.rule == "chain-broken" or each.path not in going] == [], name
        return remove(output, name)

    monkeypatch.setattr(Output, "_remove", look)
    newsroom.build_well(now=LATER)
    assert {"politik/archiv/1/atom.xml", "politik/archiv/2/atom.xml", "politik/index.html"} <= {*looked}
    assert any(name.startswith("artikel/") for name in looked)


def test_a_change_that_is_taken_back_after_a_kill_is_taken_back_in_the_folder(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = newsroom.site()
    settings = (newsroom.folder / "config.toml").read_text()
    newsroom.configure(settings.replace('"Blatt"', '"Platt"'))
    kill_in(newsroom, monkeypatch, "write_manifest")
    newsroom.configure(settings)
    newsroom.build_well()
    assert newsroom.site() == site


@pytest.mark.parametrize("damage", [b"", b"<halb"])
def test_a_file_that_is_not_what_was_written_is_repaired(newsroom: Newsroom, damage: bytes) -> None:
    site = newsroom.site()
    (newsroom.public / "politik/atom.xml").write_bytes(damage)
    newsroom.build_well()
    assert newsroom.site() == site


def test_a_build_that_changes_nothing_leaves_the_manifest_as_it_is(newsroom: Newsroom) -> None:
    manifest = newsroom.public / ".feeds-manifest.json"
    before = manifest.stat()
    newsroom.build_well("--output", str(newsroom.public.resolve()))
    assert (manifest.stat().st_ino, manifest.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    for name, entry in load_manifest(newsroom.public).items():
        body = (newsroom.public / name).read_bytes()
        assert entry == describe(digest_bytes(body), len(body))


def test_a_run_that_changes_little_parses_no_entry_that_it_does_not_ask_for(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def entry_of(line: str) -> str:
        parsed.append(line)
        return parse(line)

    def die(*_args: object) -> None:
        raise AssertionError("all entries are parsed")

    parse = manifest._entry_of
    newsroom.write("b.txt", "Noch eine Meldung")
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "_entry_of", entry_of)
        patched.setattr(manifest, "_read_own", die)
        newsroom.build_well(now=LATER)
    # What it wrote in place of other files was ours.
    assert 0 < len(parsed) < len(load_manifest(newsroom.public)) / 2
    for name, entry in load_manifest(newsroom.public).items():
        body = (newsroom.public / name).read_bytes()
        assert entry == describe(digest_bytes(body), len(body))


def test_a_manifest_that_a_tool_wrote_anew_is_soon_one_of_ours(newsroom: Newsroom) -> None:
    place = newsroom.public / manifest.MANIFEST
    before, site = place.read_bytes(), newsroom.site()
    place.write_text(json.dumps(json.loads(before)), encoding="utf-8")
    newsroom.build_well(now=LATER)
    assert place.read_bytes() == before
    newsroom.write("b.txt", "Noch eine Meldung")
    newsroom.build_well(now=LATER)
    (newsroom.folder / "seeds/b.txt").unlink()
    newsroom.build_well(now=LATER)
    assert site.keys() == newsroom.site().keys()


@pytest.mark.parametrize("before", [b"atom.xml", b"blatt"], ids=["name", "site"])
def test_a_manifest_with_a_damaged_name_is_written_again(newsroom: Newsroom, before: bytes) -> None:
    place = newsroom.public / manifest.MANIFEST
    whole = place.read_bytes()
    damaged = whole.replace(before, before[:2] + rb"\o" + before[2:], 1)
    assert damaged != whole
    place.write_bytes(damaged)
    newsroom.build_well(now=LATER)
    assert place.read_bytes() == whole


@pytest.mark.parametrize("is_doubled", [False, True])
def test_a_manifest_whose_lines_are_not_in_order_is_written_again(newsroom: Newsroom, *, is_doubled: bool) -> None:
    place = newsroom.public / manifest.MANIFEST
    seed = newsroom.write("b.txt", "Noch eine Meldung")
    newsroom.build_well(now=LATER)
    whole = place.read_bytes()
    start, *lines, end, rest = whole.split(b"\n")
    bare = [line.removesuffix(b",") for line in lines]
    # As a merge leaves it that keeps the lines of both sides.
    lines = sorted([*bare, *bare]) if is_doubled else bare[::-1]
    place.write_bytes(b"\n".join([start, b",\n".join(lines), end, rest]))
    newsroom.build_well(now=LATER)
    assert place.read_bytes() == whole
    newsroom.write("a.txt", "Brücke gesperrt")
    seed.unlink()
    newsroom.build_well(now=LATER)
    assert sorted(load_manifest(newsroom.public)) == sorted(newsroom.site().keys() - {manifest.MANIFEST})


def test_a_folder_that_another_run_writes_is_told(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.build.output.WAIT_SECONDS", 0.1)
    newsroom.write("b.txt", "Noch eine Meldung")
    link = newsroom.folder / "link"
    link.symlink_to(newsroom.public)
    with open_output(newsroom.public, database=newsroom.library):
        for args in ((), ("--output", "link")):
            run = newsroom.build(*args, now=LATER)
            assert run.code == 1
            assert f"is held by another run (process {os.getpid()} on " in run.err
        assert newsroom.build("--output", "anderswo", now=LATER).code == 0
    newsroom.build_well(now=LATER)
    assert not [path for path in newsroom.public.rglob("*") if "lock" in path.name]


@pytest.mark.parametrize("line", ['"../../fremd.txt"', '"/etc/hostname"', "{", '"artikel', "3"])
def test_a_journal_leads_to_nothing_outside_the_folder(newsroom: Newsroom, line: str) -> None:
    site = newsroom.site()
    stranger = newsroom.folder.parent / "fremd.txt"
    for path in (stranger, stranger.with_name("fremd.txt.feeds-tmp")):
        path.write_text("fremd")
    (newsroom.public / JOURNAL).write_text(f"{line}\n")
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site
    assert stranger.exists()
    assert stranger.with_name("fremd.txt.feeds-tmp").exists()


def test_what_cannot_take_its_place_is_told_and_left_nowhere(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("b.txt", "Noch eine Meldung")
    site = newsroom.site()
    real = os.replace

    def refuse(source: str, target: str) -> None:
        if "politik" in str(target):
            raise PermissionError(13, "Permission denied")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        run = newsroom.build(now=LATER)
    assert run.code == 1
    assert "can't be written: Permission denied" in run.err
    assert not [name for name in newsroom.site() if name.endswith(".feeds-tmp")]
    assert newsroom.site()["politik/atom.xml"] == site["politik/atom.xml"]
    newsroom.build_well(now=LATER)
    assert "Noch eine Meldung" in newsroom.ids("politik")


def test_copies_of_a_killed_run_are_made_again_or_removed(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    site = newsroom.site()

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("feeds.web.hosting._Place.complete", die)
        with pytest.raises(Killed):
            newsroom.build("--compress")
    assert json.loads((newsroom.public / ".feeds-hosting.json").read_bytes())["files"]["atom.xml.gz"] == ""
    (newsroom.public / "atom.xml.gz").write_bytes(b"halb")
    (newsroom.public / "atom.xml.br.feeds-tmp").write_bytes(b"halb")
    newsroom.build_well("--compress")
    assert (newsroom.public / "atom.xml.gz").read_bytes()[:2] == b"\x1f\x8b"
    newsroom.build_well()
    assert newsroom.site() == site


def test_what_is_linked_to_is_written_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom.make(tmp_path / "first", SETTINGS + "\n[feeds]\nentries = 2\nhours = 0\n")
    for number in range(5):
        newsroom.write(f"{number}.txt", f"Meldung {number}", stamp=f"{number + 1} Juni 2024, 14:05")
    written: list[str] = []
    write = Output.write

    def note(output: Output, resource: Resource) -> None:
        written.append(resource.path)
        write(output, resource)

    monkeypatch.setattr(Output, "write", note)
    newsroom.build_well()
    feed = (newsroom.public / "politik/atom.xml").read_text(encoding="utf-8")
    archive = feed.partition('rel="prev-archive"')[0].rpartition('href="https://example.org')[2].partition('"')[0]
    order = ["/static/style.css", "/artikel/", archive, "/politik/atom.xml", "/"]
    places = [next(place for place, path in enumerate(written) if path.startswith(name)) for name in order[:-1]]
    assert [*places, written.index("/")] == sorted([*places, written.index("/")])


def test_a_folder_gets_what_was_written_into_another_meanwhile(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well("--output", "other", now=LATER)
    newsroom.write("c.txt", "Konzert am Morgen", category="Kultur")
    newsroom.build_well(now=LATER)
    site = newsroom.site()
    newsroom.build_well("--output", "other", now=LATER)
    newsroom.public.rename(newsroom.folder / "first")
    (newsroom.folder / "other").rename(newsroom.public)
    assert newsroom.site() == site


def test_a_run_that_follows_another_looks_at_nothing_but_its_own_changes(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well(now=LATER)

    def refuse(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Output, "_compare", refuse)
    newsroom.write("c.txt", "Konzert am Morgen", category="Kultur")
    assert "1 file new" in newsroom.build_well(now=LATER).out
    seed.unlink()
    assert "1 removed" in newsroom.build_well(now=LATER).out
    monkeypatch.undo()
    site = newsroom.site()
    newsroom.library.unlink()
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site
