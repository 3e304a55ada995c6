"""`feeds parse`: what it prints for machines and for people, and what it exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.cli import main
from feeds.config import find_source, parse_config

DATA = Path(__file__).parent.parent / "data" / "parse"
KEYS = """path kind reason title category published precision updated dateline agencies authors access url body
    problems""".split()


def run(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int | str | None, str]:
    with pytest.raises(SystemExit) as caught:
        main(["parse", *map(str, args)])
    return caught.value.code, capsys.readouterr().out


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_json_has_a_line_for_every_argument_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [DATA / "belta/stamp-below.txt", Path("weg.txt"), DATA / "belta/video.txt"]
    code, out = run(capsys, "--json", *paths)
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["path"] for row in rows] == list(map(str, paths))
    assert [row["kind"] for row in rows] == ["article", "unreadable", "video"]
    assert all(list(row) == KEYS for row in rows)
    assert code == 1


def test_what_is_unknown_is_null_and_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "--json", DATA / "belta/text-only-no-year.txt")
    row = json.loads(out)
    assert (row["title"], row["category"], row["published"], row["precision"]) == (None, None, None, None)
    assert row["dateline"] == {"place": "MINSK", "day": "--01-07", "agency": "BelTA"}
    assert code == 0


def test_malformed_front_matter_is_told_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\nstatus: weg\n---\nText.\n")
    code, out = run(capsys, "--json", "a.txt")
    assert json.loads(out)["kind"] == "malformed"
    assert json.loads(out)["problems"][0].startswith("a.txt:2: status is none of published, draft, withdrawn: 'weg'")
    assert code == 1


def test_date_far_ahead_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\npublished: 2124-06-25\ntitle: Der Steg\n---\nEin Text.\n")
    _, out = run(capsys, "--json", "--now", "2024-06-25T12:00:00Z", "a.txt")
    assert json.loads(out)["problems"][0].startswith("line 2: the publication lies more than a day ahead")


def test_change_far_ahead_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "---\npublished: 2024-06-25\nupdated: 2124-06-25\ntitle: Der Steg\n---\nEin Text.\n"
    )
    _, out = run(capsys, "--json", "--now", "2024-06-25T12:00:00Z", "a.txt")
    assert json.loads(out)["problems"][0].startswith("line 3: the change lies more than a day ahead")


def test_change_years_before_the_publication_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = "---\npublished: 2024-06-25\nupdated: {}\ntitle: Der Steg\n---\nEin Text.\n"
    for year in (2022, 2023):
        (tmp_path / f"{year}.txt").write_text(page.format(f"{year}-06-25"))
    _, out = run(capsys, "--json", "--now", "2024-06-25T12:00:00Z", "2022.txt", "2023.txt")
    odd, usual = map(json.loads, out.splitlines())
    assert odd["problems"][0].startswith("line 3: the change lies years before the publication: '2022-06-25'")
    assert not usual["problems"]


def test_file_gets_the_settings_of_its_source(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[[sources]]\nname = "a"\nfolder = "a"\ntimezone = "Asia/Tokyo"\n[[sources]]\nname = "b"\nglob = "b/*.txt"\n'
        'timezone = "America/Lima"\n'
    )
    for name in ("a/1.txt", "b/1.txt", "c/1.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Eine Überschrift\nDatum: 25.06.2024, 14.05 Uhr\n\nEin Text.\n")
    _, out = run(capsys, "--json", "a/1.txt", "b/1.txt", "c/1.txt")
    offsets = [json.loads(line)["published"][-6:] for line in out.splitlines()]
    assert offsets == ["+09:00", "-05:00", "+02:00"]


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("b/1.txt", "b/*.txt", True),
        ("b/c/1.txt", "b/*.txt", False),
        ("b/c/1.txt", "b/**/*.txt", True),
        ("b/1.txt", "b/**/*.txt", True),
        ("b/1.md", "**/*.txt", False),
    ],
)
def test_pattern_of_a_source_fits_as_path_glob_does(path: str, pattern: str, fits: bool, tmp_path: Path) -> None:  # noqa: FBT001 (a case)
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.touch()
    config = parse_config(f'[[sources]]\nname = "a"\nglob = "{pattern}"\n', tmp_path / "config.toml")
    assert (file in tmp_path.glob(pattern)) == fits
    assert (find_source(file, config) is not None) == fits


def test_person_sees_fields_lines_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, DATA / "general/label-lost-date.txt")
    assert "headline     Bücherei am Markt öffnet nun auch am Sonntag  line 7" in out
    assert "published    unknown" in out
    assert "stamp = 'Stand: (.+)$'" in out
    assert "    1 category     │ Kultur" in out
    assert "   13 navigation   │ 1 Minute" in out
    assert code == 0


def test_person_sees_a_time_in_the_zone_that_is_named_with_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    front = "---\npublished: 2026-11-10T10:00:00-05:00\nupdated: 2026-11-11T23:30:00Z\n---\n"
    (tmp_path / "a.txt").write_text(f"{front}Eine Überschrift\n\nEin Text.\n", encoding="utf-8")
    _, out = run(capsys, "--now", "2026-11-30T12:00:00Z", "a.txt")
    assert "published    10. November 2026, 16:00 Uhr (Europe/Berlin)" in out
    assert "updated      12. November 2026, 00:30 Uhr (Europe/Berlin)" in out


def test_person_sees_the_category_that_the_source_gives(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[[sources]]\nname = "a"\nfolder = "a"\ncategory = "Welt"\nsections = { stadt = "Lokales" }\n'
    )
    (tmp_path / "a").mkdir()
    front = "---\npublished: 2024-06-25\n{}---\nEine Überschrift\n\nEin Text.\n"
    (tmp_path / "a/1.txt").write_text(front.format(""), encoding="utf-8")
    (tmp_path / "a/2.txt").write_text(front.format("url: https://blatt.example/stadt/1\n"), encoding="utf-8")
    _, first = run(capsys, "a/1.txt")
    _, second = run(capsys, "a/2.txt")
    assert "category     Welt  by the settings of its source" in first
    assert "category     Lokales  by the settings of its source" in second
    assert "category = " not in first + second
    assert json.loads(run(capsys, "--json", "a/1.txt")[1])["category"] is None


def test_what_rules_about_agency_and_access_go_by_is_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "Eine neue Brücke für die Stadt\n25.06.2024\nDer Rat hat am Dienstag über sie beraten. (dpa)\n"
    (tmp_path / "a.txt").write_text(f"---\naccess: paid\n---\n{text}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    paths: list[str | Path] = ["a.txt", "b.txt", DATA / "belta/video.txt"]
    rows = [json.loads(line) for line in run(capsys, "--json", *paths)[1].splitlines()]
    assert [row["access"] for row in rows] == ["paid", "free", None]
    assert [row["agencies"] for row in rows] == [["dpa"], ["dpa"], []]
    _, out = run(capsys, "a.txt", "b.txt")
    assert "agencies     dpa\n" in out
    assert "access       paid  line 2, front matter\n" in out
    assert "access       free\n" in out


def test_odd_date_of_front_matter_is_corrected_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\npublished: 2124-06-25\ntitle: Der Steg\n---\nEin Text.\n")
    (tmp_path / "b.txt").write_text("---\npublished: 1899-06-25\ntitle: Der Steg\n---\nEin Text.\n")
    for name in ("a.txt", "b.txt"):
        _, out = run(capsys, "--json", "--now", "2024-06-25T12:00:00Z", name)
        assert json.loads(out)["problems"][0].endswith("else correct `published:` in the front matter")


def test_person_sees_why_a_page_is_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, DATA / "belta/video.txt")
    assert "set aside: its address is that of a video" in out


def test_a_link_to_itself_and_a_folder_are_told_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kreis.txt").symlink_to("kreis.txt")
    (tmp_path / "ordner").mkdir()
    code, out = run(capsys, "kreis.txt", "ordner", DATA / "belta/video.txt")
    assert code == 1
    assert "error: kreis.txt: can't be read: Too many levels of symbolic links" in out
    assert "error: ordner: is a folder\n  name the files in it" in out
    assert "belta/video.txt: video" in out


@pytest.mark.parametrize(
    ("name", "text", "is_text"),
    [
        ("a.txt", "{}", True),
        ("a.md", "# Neue Brücke\n\n{}", False),
        ("a.html", "<html><body><article><h1>Neue Brücke</h1><p>{}</p></article></body></html>", False),
    ],
)
def test_patterns_are_advised_for_plain_text_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, *, is_text: bool
) -> None:
    sentence = "Der Rat der Stadt hat am Abend beschlossen, dass die Brücke gebaut wird, und zwar bald."
    (tmp_path / name).write_text(text.format(sentence), encoding="utf-8")
    _, out = run(capsys, name)
    assert "    category: …\n" in out
    assert ("[sources.patterns]" in out) is is_text
    assert ('    category = "…"\n' in out) is not is_text


def test_person_sees_what_is_left_out_of_a_text_above_it_too_and_how_to_keep_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = ["---", "title: Eine Brücke", "published: 2026-11-05", "---", "Startseite", "Kultur", ""]
    lines += ["Der Rat hat getagt.", "", "Eintritt: frei", "", "Impressum"]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    _, out = run(capsys, "a.txt")
    assert "left out     lines 5 to 6, 10, 12\n    if they are of the text, write `verbatim: true`" in out


def test_person_sees_what_is_left_out_below_a_text_by_no_label(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sentence = "Der Rat der Stadt hat am Abend beschlossen, dass die Brücke gebaut wird, und zwar bald."
    lines = ["Neue Brücke am Bach", "12. März 2021", sentence, "Kosten: 3 Euro", "Dauer: ein Jahr", "Impressum"]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n".join([*lines[:3], lines[-1]]), encoding="utf-8")
    _, out = run(capsys, "a.txt")
    assert "left out     lines 4 to 5, as no sentences below the text\n" in out
    assert "    5 no sentence  │ Dauer: ein Jahr\n    6 footer       │ Impressum\n" in out
    assert "left out" not in run(capsys, "b.txt")[1]
