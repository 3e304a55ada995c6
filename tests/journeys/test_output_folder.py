"""The output folder: whole files, only what changed, nothing of others touched, nothing outside it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from feeds.build import open_output
from tests.newsroom import BASE, SETTINGS, Newsroom, Run

LATER = "2026-02-02T02:02:02Z"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well()
    return newsroom


def check_failed(run: Run, *parts: str) -> None:
    assert run.code == 1, run.told
    assert "Traceback" not in run.told
    for part in parts:
        assert part in run.err


def test_files_of_others_are_left_alone(newsroom: Newsroom) -> None:
    others = ["CNAME", ".nojekyll", "bilder/foto.jpg", "politik/eigenes.html", "artikel/liste.txt"]
    for name in others:
        path = newsroom.public / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("von anderen")
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Politik"\nremoved = true\n')
    newsroom.build_well(now=LATER)
    for name in others:
        assert (newsroom.public / name).read_text() == "von anderen"
    assert not (newsroom.public / "politik/atom.xml").exists()


@pytest.mark.parametrize("lost", [False, True])
def test_files_of_ours_that_are_stale_are_removed_with_their_folders(newsroom: Newsroom, *, lost: bool) -> None:
    pages = {line["path"].strip("/") for line in newsroom.lines()}
    assert all((newsroom.public / page / "index.html").is_file() for page in pages)
    if lost:
        shutil.rmtree(newsroom.library.parent)
    (newsroom.folder / "seeds/a.txt").unlink()
    run = newsroom.build_well(now=LATER)
    assert "1 removed" in run.out
    left = [page for page in pages if (newsroom.public / page).parent.exists()]
    assert len(left) == 1
    assert "konzert" in left[0]


def test_a_file_that_is_missing_is_written_again_and_no_other(newsroom: Newsroom) -> None:
    (newsroom.public / "kultur/rss.xml").unlink()
    site = newsroom.site()
    run = newsroom.build_well(now=LATER)
    assert "1 file new, 0 changed, 0 removed" in run.out
    assert site.items() <= newsroom.site().items()
    assert (newsroom.public / "kultur/rss.xml").is_file()


def test_without_its_manifest_the_folder_is_compared_by_bytes(newsroom: Newsroom) -> None:
    site = newsroom.site()
    for text in (None, "[]", '{"files": 3}', "{", '{"files": {"../../fremd.txt": "x", "/etc/hostname": "x"}}'):
        manifest = newsroom.public / ".feeds-manifest.json"
        manifest.unlink()
        if text is not None:
            manifest.write_text(text)
        (newsroom.folder.parent / "fremd.txt").write_text("fremd")
        newsroom.build_well(now=LATER)
        assert newsroom.site() == site
        assert (newsroom.folder.parent / "fremd.txt").read_text() == "fremd"
    assert Path("/etc/hostname").exists()


def test_what_a_killed_run_left_half_written_for_hosts_is_removed(newsroom: Newsroom) -> None:
    left = newsroom.public / ".feeds-hosting.json.feeds-tmp"
    left.write_text("{")
    newsroom.write("c.txt", "Noch eine Meldung")
    newsroom.build_well(now=LATER)
    assert not left.exists()


def test_a_link_in_the_folder_is_never_written_through(newsroom: Newsroom, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "atom.xml").write_text("fremd")
    shutil.rmtree(newsroom.public / "kultur")
    (newsroom.public / "kultur").symlink_to(outside)
    run = newsroom.build(now=LATER)
    check_failed(run, "public/kultur: leads out of the output folder by a link")
    assert (outside / "atom.xml").read_text() == "fremd"
    (newsroom.public / "kultur").unlink()
    (newsroom.public / "atom.xml").unlink()
    (newsroom.public / "atom.xml").symlink_to(outside / "atom.xml")
    newsroom.write("c.txt", "Noch eine Meldung")
    newsroom.build_well(now=LATER)
    assert (outside / "atom.xml").read_text() == "fremd"
    assert not (newsroom.public / "atom.xml").is_symlink()


def test_the_folder_itself_may_be_a_link(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.public.rename(tmp_path / "anderswo")
    newsroom.public.symlink_to(tmp_path / "anderswo")
    newsroom.write("c.txt", "Noch eine Meldung")
    newsroom.build_well(now=LATER)
    assert b"Noch eine Meldung" in (tmp_path / "anderswo/atom.xml").read_bytes()


def test_a_folder_in_a_files_place_is_told(newsroom: Newsroom) -> None:
    (newsroom.public / "kultur/atom.xml").unlink()
    (newsroom.public / "kultur/atom.xml").mkdir()
    (newsroom.public / "kultur/atom.xml/x").write_text("fremd")
    check_failed(
        newsroom.build(now=LATER),
        "public/kultur/atom.xml: can't be written",
        "no build wrote what is there: move it elsewhere",
    )
    assert (newsroom.public / "kultur/atom.xml/x").read_text() == "fremd"


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(28, "No space left on device")])
def test_a_folder_that_cannot_be_written_is_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    newsroom.write("c.txt", "Noch eine Meldung")
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if "public/politik" in str(path) and flags & os.O_CREAT:
            raise error
        return real(path, flags, mode)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        check_failed(newsroom.build(now=LATER), "public/politik/", f"can't be written: {error.strerror}")
    assert not [path for path in newsroom.public.rglob("*") if "tmp" in path.name]
    newsroom.build_well(now=LATER)
    assert "Noch eine Meldung" in newsroom.ids("politik")
    whole = newsroom.copy_to(newsroom.folder.parent / "b")
    whole.build_well(now=LATER)
    assert whole.site() == newsroom.site()


def test_a_ledger_that_cannot_be_written_publishes_nothing(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    site, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    newsroom.write("c.txt", "Noch eine Meldung")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse_sync)
        check_failed(newsroom.build(now=LATER), "ledger.jsonl: can't be written: No space left on device")
    assert newsroom.site() == site
    assert newsroom.ledger.read_bytes() == ledger
    newsroom.build_well(now=LATER)
    assert "Noch eine Meldung" in newsroom.ids()


def refuse_sync(_handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_run_that_ends_between_ledger_and_library_mints_nothing_twice(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("c.txt", "Noch eine Meldung")
    with monkeypatch.context() as patched:
        patched.setattr("feeds.publish.run.refresh", interrupt)
        assert newsroom.build(now=LATER).code == 130
    ledger = newsroom.ledger.read_bytes()
    assert len(newsroom.lines()) == 3
    newsroom.build_well(now="2026-03-03T03:03:03Z")
    assert newsroom.ledger.read_bytes() == ledger
    assert len(newsroom.entries()) == 3


def interrupt(*_args: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_another_base_address_changes_every_absolute_address(newsroom: Newsroom) -> None:
    ids = newsroom.ids()
    newsroom.build_well("--base-url", "https://seiten.example/blatt", now=LATER)
    assert newsroom.ids() == ids
    for path, body in newsroom.site().items():
        if path != ".feeds-manifest.json":
            assert b"https://example.org/" not in body, path
    data = json.loads(newsroom.site()["politik/feed.json"])
    assert data["feed_url"] == "https://seiten.example/blatt/politik/feed.json"
    assert data["items"][0]["url"].startswith("https://seiten.example/blatt/artikel/")


def test_another_output_folder_is_complete(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.build_well("--output", str(tmp_path / "neu"), now=LATER)
    site = newsroom.site()
    newsroom.public.rename(tmp_path / "alt")
    (tmp_path / "neu").rename(newsroom.public)
    assert newsroom.site() == site


def test_a_file_of_others_with_a_name_of_the_site_is_told_and_the_folder_stays_as_it_was(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    names = ["index.html", "robots.txt"]
    newsroom.public.mkdir()
    for name in names:
        (newsroom.public / name).write_text("eigenes")
    before = newsroom.site()
    for args in (("--dry-run",), ("--compress",), ()):
        run = newsroom.build(*args)
        check_failed(
            run, "error: public/index.html: is in the way", "so are robots.txt\n  nothing was written: move it"
        )
        assert newsroom.site() == before
        assert [path.name for path in sorted(newsroom.public.iterdir())] == names
    for name in names:
        (newsroom.public / name).rename(tmp_path / name)
    newsroom.build_well()
    named = newsroom.site()["robots.txt"].decode()
    assert named.partition("\n\n")[2] == f"Sitemap: {BASE}sitemap.xml\nSitemap: {BASE}news-sitemap.xml\n"


@pytest.mark.parametrize(("name", "heading"), [("404.html", "Seite nicht gefunden"), ("410.html", "Nicht mehr da")])
@pytest.mark.parametrize("options", [[], ["--compress"]])
def test_a_page_of_others_for_what_is_missing_or_gone_is_left_alone_and_told(
    tmp_path: Path, options: list[str], name: str, heading: str
) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.public.mkdir()
    own = newsroom.public / name
    own.write_text("eigenes")
    told = (
        f"warning: public/{name}: was left as it is in the place of the site's own: no build wrote it\n  remove it if"
    )
    for args in (["--dry-run"], [], []):
        run = newsroom.build_well(*args, *options)
        assert (run.err.count("warning: "), told in run.err) == (1, True)
        assert own.read_text() == "eigenes"
    newsroom.write("b.txt", "Noch eine Meldung", category="Kultur")
    assert told in newsroom.build_well(*options, now=LATER).err
    assert newsroom.build("--strict", *options, now=LATER).code == 1
    assert f"::warning file=public/{name},title=file-left::" in newsroom.build(*options, "--format", "github").out
    assert f"{name}.gz" not in newsroom.site()
    assert own.read_text() == "eigenes"
    own.unlink()
    assert name not in newsroom.build_well(*options, now=LATER).err
    assert heading in own.read_text(encoding="utf-8")


def test_a_file_of_others_in_the_way_of_what_is_new_leaves_what_was_published(newsroom: Newsroom) -> None:
    own = newsroom.public / "sport/atom.xml"
    own.parent.mkdir()
    own.write_text("eigenes")
    site = newsroom.site()
    newsroom.write("c.txt", "Noch eine Meldung", category="Sport")
    for _ in range(2):
        check_failed(newsroom.build(now=LATER), "public/sport/atom.xml: is in the way")
        assert newsroom.site() == site
    # Not even what goes is removed.
    (newsroom.folder / "seeds/a.txt").unlink()
    check_failed(newsroom.build(now=LATER), "public/sport/atom.xml: is in the way")
    assert newsroom.site() == site
    own.write_bytes(b"")
    newsroom.build_well(now=LATER)
    assert "Noch eine Meldung" in newsroom.ids("sport")


def test_an_old_build_without_its_manifest_is_told_and_one_with_a_damaged_manifest_goes_on(newsroom: Newsroom) -> None:
    manifest = newsroom.public / ".feeds-manifest.json"
    kept = manifest.read_bytes()
    newsroom.write("c.txt", "Noch eine Meldung")
    manifest.unlink()
    site = newsroom.site()
    check_failed(newsroom.build(now=LATER), "public/atom.xml: is in the way", " more\n", "without its .feeds-manifest")
    assert newsroom.site() == site
    manifest.write_bytes(b"<<<<<<< HEAD\n" + kept)
    newsroom.build_well(now=LATER)
    assert "Noch eine Meldung" in newsroom.ids("politik")


@pytest.mark.parametrize("manifest", [b"", b"{"])
@pytest.mark.parametrize("command", ["build", "erase"])
def test_what_goes_is_removed_though_the_manifest_is_damaged(newsroom: Newsroom, manifest: bytes, command: str) -> None:
    others = ["CNAME", "artikel/liste.txt", "politik/feed", "kultur/eigenes.html"]
    for name in others:
        (newsroom.public / name).write_bytes(b"von anderen")
    (page,) = newsroom.public.glob("artikel/*/konzert-am-abend/index.html")
    (newsroom.public / ".feeds-manifest.json").write_bytes(manifest)
    if command == "erase":
        assert newsroom.feeds("erase", "seeds/b.txt", "--yes", "--now", LATER).code == 0
    else:
        (newsroom.folder / "seeds/b.txt").unlink()
        newsroom.build_well(now=LATER)
    assert not page.exists()
    assert all((newsroom.public / name).read_bytes() == b"von anderen" for name in others)


def test_what_went_before_a_manifest_was_damaged_is_removed(newsroom: Newsroom) -> None:
    (page,) = newsroom.public.glob("artikel/*/konzert-am-abend/index.html")
    kept = page.read_bytes()
    (newsroom.folder / "seeds/b.txt").unlink()
    newsroom.build_well(now=LATER)
    site = newsroom.site()
    page.parent.mkdir(parents=True)
    page.write_bytes(kept)
    (newsroom.public / ".feeds-manifest.json").write_bytes(b"{")
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site


def test_a_folder_that_another_project_writes_is_told(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Newsroom.make(tmp_path / "other", SETTINGS)
    other.write("a.txt", "Von anderen")
    monkeypatch.setattr("feeds.build.output.WAIT_SECONDS", 0.1)
    with open_output(newsroom.public, database=newsroom.library):
        run = other.build("--output", str(newsroom.public))
    check_failed(run, "is written by another run, of another project")


def test_a_folder_that_a_link_makes_hold_the_settings_is_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    shutil.rmtree(newsroom.public)
    newsroom.ledger.unlink()
    newsroom.public.symlink_to(tmp_path)
    check_failed(newsroom.build(), "output.folder: the site's folder holds 'config.toml'")
    newsroom.public.unlink()
    newsroom.public.mkdir()
    newsroom.ledger.symlink_to("public/ledger.jsonl")
    check_failed(newsroom.build(), "output.folder: the site's folder holds 'ledger.jsonl'")


def test_a_file_where_the_librarys_folder_is_to_be_is_told(newsroom: Newsroom) -> None:
    shutil.rmtree(newsroom.library.parent)
    newsroom.library.parent.write_text("fremd")
    check_failed(newsroom.build(), "is to be a folder: move what is there elsewhere")


def test_the_root_of_all_folders_is_refused(newsroom: Newsroom) -> None:
    # Only tried out: a build that didn't refuse it would write there.
    check_failed(newsroom.build("--dry-run", "--output", "/"), "/: the site can't be written into the root")


@pytest.mark.parametrize("options", [[], ["--gate"], ["--dry-run"]])
def test_another_projects_site_is_not_taken_away(tmp_path: Path, options: list[str]) -> None:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    room.build_well()
    other = Newsroom.make(tmp_path / "other", SETTINGS.replace('id = "blatt"', 'id = "bote"'))
    other.write("b.txt", "Etwas anderes")
    site = room.site()
    for _ in range(2):
        run = other.build(*options, "--output", str(room.public), now=LATER)
        check_failed(run)
        told = f"error: {room.public}: holds the site of another ledger, whose files would be taken away: 'blatt'\n"
        assert (told in run.err) == ("--gate" not in options)
        assert room.site() == site
    room.build_well("--gate", now=LATER)
    assert room.site() == site
    # Until it is removed.
    shutil.rmtree(room.public)
    assert other.build("--output", str(room.public), now=LATER).code == 0


def test_another_projects_damaged_site_is_not_taken_away_either(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    room.build_well()
    (room.public / "atom.xml").write_bytes(b"<feed><id>\xff</id></feed>")
    other = Newsroom.make(tmp_path / "other", SETTINGS.replace('id = "blatt"', 'id = "bote"'))
    other.write("b.txt", "Etwas anderes")
    site = room.site()
    check_failed(other.build("--output", str(room.public), now=LATER), "holds the site of another ledger")
    assert room.site() == site


def test_who_took_over_the_feeds_of_a_site_may_take_its_place(tmp_path: Path) -> None:
    """A lost ledger that comes back with another namespace is that of the same feeds."""
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    room.build_well()
    ids = room.ids()
    room.ledger.unlink()
    shutil.rmtree(room.library.parent)
    room.configure(SETTINGS.replace('id = "blatt"', 'id = "bote"'))
    assert room.feeds("adopt", "public", "--yes").code == 0
    text = room.ledger.read_text(encoding="utf-8")
    room.ledger.write_text(text.replace('"namespace": "blatt"', '"namespace": "bote"'), encoding="utf-8")
    room.build_well(now=LATER)
    assert room.ids() == ids
