"""`feeds build --compress`: copies are repaired, told like all other files, and nothing of others is touched."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path

import pytest

from feeds.text import digest_bytes
from tests.newsroom import Newsroom

MANIFEST = ".feeds-hosting.json"
OWN = {MANIFEST, ".feeds-manifest.json"}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.build_well("--compress")
    return newsroom


def list_changed(newsroom: Newsroom, *args: str) -> list[str]:
    """What `--changed-files` lists of a build, which must be just what it wrote and removed."""
    before = newsroom.site()
    newsroom.build_well("--changed-files", "changed.txt", *args)
    after = newsroom.site()
    listed = (newsroom.folder / "changed.txt").read_text(encoding="utf-8").splitlines()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert listed == sorted(changed - OWN)
    return listed


@pytest.mark.parametrize("damage", [b"junk\n", b"", None])
def test_a_copy_that_was_lost_or_damaged_is_made_again_and_no_other(newsroom: Newsroom, damage: bytes | None) -> None:
    site = newsroom.site()
    copy = newsroom.public / "atom.xml.gz"
    if damage is None:
        copy.unlink()
    else:
        copy.write_bytes(damage)
    (newsroom.public / "_headers").unlink()
    dry = newsroom.build("--compress", "--dry-run", "--exit-code")
    assert dry.code == 1
    assert "1 files compressed, " in dry.out
    assert list_changed(newsroom, "--compress") == ["_headers", "atom.xml.gz"]
    assert newsroom.site() == site
    assert copy.stat().st_mtime_ns == (newsroom.public / "atom.xml").stat().st_mtime_ns
    assert "public: nothing to do\n" in newsroom.build_well("--compress").out


def test_copies_of_another_machine_stay_as_they_are(newsroom: Newsroom) -> None:
    # Another compressor makes other bytes of the same file, and the note in the folder says so.
    copy, note = newsroom.public / "atom.xml.gz", newsroom.public / MANIFEST
    old = note.read_text(encoding="utf-8")
    digest = json.loads(old)["files"]["atom.xml.gz"]
    copy.write_bytes(gzip.compress((newsroom.public / "atom.xml").read_bytes(), 1, mtime=0))
    note.write_text(old.replace(digest, sha256(copy)), encoding="utf-8")
    assert list_changed(newsroom, "--compress") == []


def sha256(path: Path) -> str:
    return digest_bytes(path.read_bytes())


def test_a_copy_has_the_time_of_its_file(newsroom: Newsroom) -> None:
    feed, copy = newsroom.public / "atom.xml", newsroom.public / "atom.xml.gz"
    os.utime(feed, (1_000_000_000, 1_000_000_000))
    newsroom.build_well("--compress")
    assert copy.stat().st_mtime == feed.stat().st_mtime == 1_000_000_000


def test_a_folder_whose_note_is_damaged_goes_on_and_loses_its_copies_without_the_option(newsroom: Newsroom) -> None:
    note = newsroom.public / MANIFEST
    note.write_text("{", encoding="utf-8")
    (newsroom.public / "atom.xml.gz").write_bytes(b"junk")
    assert list_changed(newsroom, "--compress") == ["atom.xml.gz"]
    note.write_text("{", encoding="utf-8")
    newsroom.build_well()
    left = {name for name in newsroom.site() if name.endswith((".gz", ".br", ".zst"))}
    assert left == set()
    assert note.exists() is False
    assert (newsroom.public / "_headers").exists()


def test_all_that_is_written_and_removed_is_told_by_every_way(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    dry = newsroom.build("--compress", "--dry-run", "--format", "json")
    told = json.loads(dry.out)["files"]
    listed = list_changed(newsroom, "--compress", "--summary", "summary.md")
    assert {"kultur/atom.xml", "kultur/atom.xml.gz", "atom.xml.br"} <= {*listed}
    names = [path + "index.html" if path.endswith("/") else path for key in ("new", "changed") for path in told[key]]
    assert sorted(name.removeprefix("/") for name in names) == listed
    assert "- hosts: " in (newsroom.folder / "summary.md").read_text(encoding="utf-8")

    copies = {name for name in newsroom.site() if name.endswith((".gz", ".br", ".zst"))}
    dry = newsroom.build("--dry-run", "--exit-code")
    assert dry.code == 1
    assert f"{len(copies) + 4} copies and settings of hosts removed" in dry.out
    assert copies <= newsroom.site().keys()
    assert set(list_changed(newsroom)) > copies
    assert newsroom.build("--dry-run", "--exit-code").code == 0
    dry = newsroom.build("--compress", "--dry-run", "--exit-code")
    assert dry.code == 1
    assert "nothing to do" not in dry.out
    assert not copies & newsroom.site().keys()
    assert set(list_changed(newsroom, "--compress")) > copies


def test_settings_that_a_running_host_has_read_are_told_where_they_change(newsroom: Newsroom) -> None:
    # A first build has nothing that could have been read, and a new text changes nothing in it.
    newsroom.write("b.txt", "Noch eine Meldung")
    assert "reload" not in newsroom.build_well("--compress").out
    (newsroom.folder / "seeds/b.txt").unlink()
    told = "_nginx.conf and _Caddyfile changed: reload nginx and Caddy, "
    assert f"public: {told}" in newsroom.build("--compress", "--dry-run").out
    assert f"public: {told}" in newsroom.build_well("--compress", "--summary", "summary.md").out
    assert "changed: reload nginx and Caddy, " in (newsroom.folder / "summary.md").read_text(encoding="utf-8")
    assert "reload" not in newsroom.build_well("--compress").out
    assert "reload" not in newsroom.build_well().out


def test_files_of_others_are_told_and_left_alone(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    names = ["_headers", "_nginx.conf", "atom.xml.gz"]
    newsroom.public.mkdir()
    for name in names:
        (newsroom.public / name).write_bytes(b"eigenes")
    for args in (("--dry-run",), (), ()):
        run = newsroom.build("--compress", *args)
        assert run.code == 1
        for name in names:
            assert f"error: public/{name}: is in the way" in run.err
    assert (newsroom.public / "atom.xml.br").exists()
    newsroom.build_well()
    assert {name: newsroom.site()[name] for name in names} == dict.fromkeys(names, b"eigenes")
    assert not (newsroom.public / "_Caddyfile").exists()
    # What has the bytes that are to be written is nobody's in particular.
    for name in names:
        (newsroom.public / name).unlink()
    newsroom.build_well("--compress")
    (newsroom.public / MANIFEST).unlink()
    assert list_changed(newsroom, "--compress") == []


def test_what_is_a_file_of_the_build_by_now_stays(newsroom: Newsroom) -> None:
    note = newsroom.public / MANIFEST
    data = json.loads(note.read_text(encoding="utf-8"))
    data["files"]["404.html"] = sha256(newsroom.public / "404.html")
    note.write_text(json.dumps(data), encoding="utf-8")
    assert "404.html" not in list_changed(newsroom, "--compress")
    assert (newsroom.public / "404.html").exists()


@pytest.mark.parametrize("options", [[], ["--compress"]])
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_file_of_the_site_that_an_earlier_version_wrote_for_hosts_is_ours_as_it_was_written(
    newsroom: Newsroom, options: list[str], *, is_edited: bool
) -> None:
    page, site = newsroom.public / "404.html", newsroom.site()
    page.write_text("<p>Nicht gefunden", encoding="utf-8")
    for note in (newsroom.public / MANIFEST, newsroom.public / ".feeds-manifest.json"):
        data = json.loads(note.read_text(encoding="utf-8"))
        data["files"].pop("404.html", None)
        if note.name == MANIFEST:
            data["files"]["404.html"] = sha256(page)
        note.write_text(json.dumps(data), encoding="utf-8")
    if is_edited:
        page.write_text("<p>Eigenes", encoding="utf-8")
    for _ in range(2):
        run = newsroom.build_well(*options)
        assert ("public/404.html: was left as it is" in run.err) == is_edited
        assert (page.read_bytes() == site["404.html"]) != is_edited


def test_settings_of_hosts_that_were_edited_since_stay(newsroom: Newsroom) -> None:
    (newsroom.public / "_headers").write_text("/*\n  X-Own: yes\n", encoding="utf-8")
    (newsroom.public / "atom.xml.gz").write_bytes(b"junk")
    newsroom.build_well()
    assert (newsroom.public / "_headers").exists()
    assert not (newsroom.public / "atom.xml.gz").exists()
    assert not (newsroom.public / MANIFEST).exists()


def test_copies_that_cannot_be_removed_are_an_error(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "atom.xml.gz":
            raise PermissionError(13, "Permission denied")
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        run = newsroom.build()
    assert run.code == 1
    assert "error: public/atom.xml.gz: can't be written: Permission denied" in run.err
    newsroom.build_well()
    assert not [name for name in newsroom.site() if name.endswith((".gz", ".br", ".zst")) or name == MANIFEST]


def test_copies_of_a_folder_that_goes_go_with_it(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well("--compress")
    page = next((newsroom.public / "artikel").glob("*/konzert-am-abend"))
    assert (page / "index.html.gz").exists()
    (newsroom.folder / "seeds/b.txt").unlink()
    assert str(page.relative_to(newsroom.public) / "index.html.gz") in list_changed(newsroom, "--compress")
    assert not page.exists()
    shutil.rmtree(newsroom.public)
    newsroom.build_well("--compress")


@pytest.mark.parametrize("options", [[], ["--compress"]])
@pytest.mark.parametrize("damage", [b"", b"{"])
def test_around_a_damaged_note_no_copy_outlives_its_file(newsroom: Newsroom, damage: bytes, options: list[str]) -> None:
    newsroom.write("b.txt", "Etwas anderes")
    newsroom.build_well("--compress")
    (page,) = newsroom.public.glob("artikel/*/etwas-anderes/index.html")
    others = newsroom.public / "daten.csv.gz"
    others.write_bytes(b"von anderen")
    (newsroom.folder / "seeds/b.txt").unlink()
    (newsroom.public / MANIFEST).write_bytes(damage)
    # Nobody knows whether the settings of hosts are ours then: they are told, and left alone.
    assert newsroom.build(*options).code == len(options)
    assert not page.parent.exists()
    assert others.exists()
    assert (newsroom.public / "atom.xml.gz").exists() == bool(options)
