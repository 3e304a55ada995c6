"""`feeds build` in CI: what it tells machines, what a dry run leaves alone, and when the first time is the first."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from feeds.cli.findings import Finding, render_github, render_gitlab
from feeds.cli.summary import escape
from tests.newsroom import SETTINGS, Newsroom, Run

LATER = "2026-01-02T12:00:00Z"
CATEGORY = '\n[[categories]]\nlabel = "Poltik"\n'


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom.make(tmp_path / "room", SETTINGS + CATEGORY)
    room.write("a.txt")
    room.write("b.txt", "Etwas anderes", category="Kultur")
    (room.folder / "seeds" / "kaputt.txt").write_text("Seite nicht gefunden\n", encoding="utf-8")
    (room.folder / "seeds" / "vorn.txt").write_text("---\ntitle: [\n---\nText\n", encoding="utf-8")
    return room


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_github_gets_an_annotation_for_each_page_with_file_and_line(room: Newsroom) -> None:
    run = room.build("--format", "github")
    assert run.code == 1
    told = [line for line in run.out.splitlines() if line.startswith("::")]
    assert any(
        line.startswith("::warning file=seeds/kaputt.txt,") and ",title=undated::without a date: " in line
        for line in told
    )
    assert any(line.startswith("::error file=seeds/vorn.txt,line=") for line in told)
    assert any(line.startswith("::warning file=config.toml,line=12,title=empty-category::") for line in told)
    assert "2 articles" in run.out


def test_a_files_name_commands_no_terminal_that_shows_the_log(room: Newsroom) -> None:
    (room.folder / "seeds" / "rot\x1b[31m.txt").write_text("Seite nicht gefunden\n", encoding="utf-8")
    run = room.build("--format", "github")
    assert "::warning file=seeds/rot\\x1b[31m.txt," in run.out
    assert "\x1b" not in run.told


def test_strict_makes_errors_of_pages_set_aside(room: Newsroom) -> None:
    run = room.build("--format", "github", "--strict")
    assert "::error file=seeds/kaputt.txt," in run.out


def test_files_are_named_from_where_the_command_runs(room: Newsroom) -> None:
    above = Newsroom(room.folder.parent)
    run = above.feeds("build", "--config", "room/config.toml", "--format", "github", "--now", LATER)
    assert "::warning file=room/seeds/kaputt.txt," in run.out


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "json"])
def test_files_that_can_not_be_found_or_read_are_named_from_there_too(room: Newsroom, form: str) -> None:
    (room.folder / "seeds/nichts.txt").symlink_to("nirgends.txt")
    (room.folder / "seeds/kreis.txt").symlink_to("kreis.txt")
    (room.folder / "seeds/hinaus.txt").symlink_to("../config.toml")
    Path(os.fsdecode(os.fsencode(room.folder) + b"/seeds/stra\xdfe.txt")).write_text("Text\n", encoding="utf-8")
    above = Newsroom(room.folder.parent)
    run = above.feeds("build", "--config", "room/config.toml", "--format", form, "--now", LATER)
    told = run.err if form == "text" else run.out
    shown = r"stra\\\\xdfe" if form in {"gitlab", "json"} else r"stra\\xdfe"
    for name in ("nichts", "kreis", "hinaus", "kaputt", "vorn", shown):
        assert re.search(rf"\broom/seeds/{name}\.txt\b", told), (name, told)
    assert not re.search(r"(?<![\w/])seeds/", told.replace("in seeds/", "")), told


@pytest.mark.parametrize(("form", "variable"), [("github", "GITHUB_WORKSPACE"), ("gitlab", "CI_PROJECT_DIR")])
def test_code_hosts_get_files_from_the_top_of_the_checkout(room: Newsroom, form: str, variable: str) -> None:
    run = room.build("--format", form, env={variable: str(room.folder.parent)})
    assert f"{room.folder.name}/seeds/kaputt.txt" in run.out
    # Elsewhere than in the checkout, as of a build by hand, a file goes by its own name.
    run = room.build("--format", form, env={variable: str(room.folder / "seeds/0")})
    assert "/seeds/kaputt.txt" not in run.out


def test_an_address_is_no_file_of_the_checkout() -> None:
    finding = Finding("notice", "gate-blind", "https://blatt.example/", None, "has no feeds")
    assert list(render_github([finding])) == ["::notice title=gate-blind::https://blatt.example/: has no feeds"]
    (issue,) = json.loads(render_gitlab([finding]))
    assert issue["description"] == "https://blatt.example/: has no feeds"
    assert issue["location"]["path"] == "config.toml"


def test_every_form_says_what_to_do(room: Newsroom) -> None:
    broken, category = "the front matter is not YAML: ", "categories.0.label: no page has this category: 'Poltik'"
    do, mean = "put quotes around values", "did you mean 'Politik'? its feed is published empty"
    (line,) = [line for line in room.build("--format", "github").out.splitlines() if "file=seeds/vorn.txt" in line]
    assert f"%0A{do}" in line
    assert f"{category}%0A{mean}" in room.build("--format", "github").out
    run = room.build("--format", "gitlab", "--summary", "summary.md")
    told = [issue["description"] for issue in json.loads(run.out)]
    assert f"{category}; {mean}" in told
    assert any(text.startswith(broken) and f"; {do}" in text for text in told)
    assert f"; {do}" in (room.folder / "summary.md").read_text(encoding="utf-8")
    found = {each["what"]: each["hint"] for each in json.loads(room.build("--format", "json").out)["findings"]}
    assert found[category] == mean
    assert any(what.startswith(broken) and hint.startswith(do) for what, hint in found.items())
    undated = [hint for what, hint in found.items() if what.startswith("without a date: ")]
    assert undated
    assert all(undated)


def test_pages_without_a_date_and_pages_set_aside_go_by_these_names_everywhere(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    (room.folder / "seeds/ohne.txt").write_text("---\ntitle: Ohne Tag\n---\nEin Satz, mehr nicht.\n", encoding="utf-8")
    (room.folder / "seeds/fehlt.txt").write_text("Startseite\nAlle Nachrichten\n", encoding="utf-8")
    run = room.build("--format", "github", "--summary", "summary.md")
    assert "1 set aside, 1 without a date, " in run.out
    titles = {line.partition("file=")[2].partition("::")[0] for line in run.out.splitlines() if "::warning" in line}
    assert "seeds/ohne.txt,title=undated" in titles
    assert any(title.startswith("seeds/fehlt.txt,title=set-aside-") for title in titles)
    summary = (room.folder / "summary.md").read_text(encoding="utf-8")
    assert "### Set aside: 1\n" in summary
    assert "### Without a date: 1\n" in summary
    shown = room.feeds("sources").out
    assert "1 article, 1 set aside, 1 without a date\n" in shown
    assert "undated" not in shown


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (
            Finding("error", "a:b", "seeds/a,b: 50%.txt", 3, "50% : a, b\r\n::set-output name=x::y"),
            "::error file=seeds/a%2Cb%3A 50%25.txt,line=3,title=a%3Ab::50%25 : a, b%0D%0A::set-output name=x::y",
        ),
        (Finding("notice", "gate", None, None, "100 %"), "::notice title=gate::100 %25"),
    ],
)
def test_workflow_commands_are_escaped(finding: Finding, line: str) -> None:
    assert list(render_github([finding])) == [line]


def test_gitlab_gets_a_report_of_code_quality_and_people_the_rest(room: Newsroom) -> None:
    run = room.build("--format", "gitlab")
    issues = json.loads(run.out)
    assert {"description", "check_name", "fingerprint", "severity", "location"} == set(issues[0])
    assert {("seeds/vorn.txt", "major"), ("seeds/kaputt.txt", "minor"), ("config.toml", "minor")} <= {
        (issue["location"]["path"], issue["severity"]) for issue in issues
    }
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)
    assert "2 articles" in run.err


def test_a_fingerprint_is_unique_and_stays_when_lines_move() -> None:
    one = Finding("error", "x", "a.txt", 3, "wrong")
    first, second = json.loads(render_gitlab([one, one]))
    assert first["fingerprint"] != second["fingerprint"]
    (moved,) = json.loads(render_gitlab([Finding("error", "x", "a.txt", 9, "wrong")]))
    assert moved["fingerprint"] == first["fingerprint"]


def test_json_is_one_object_with_all_that_was_done(room: Newsroom) -> None:
    run = room.build("--format", "json")
    data = json.loads(run.out)
    assert data["exit_code"] == run.code == 1
    assert data["seeds"]["articles"] == 2
    assert "/politik/atom.xml" in data["files"]["new"]
    assert {finding["level"] for finding in data["findings"]} == {"error", "warning", "notice"}
    room.write("c.txt", "Noch etwas")
    diff = json.loads(room.build("--format", "json", now=LATER).out)["diff"]
    assert next(found for found in diff if found["path"] == "/politik/atom.xml")["new"] == 1


@pytest.mark.parametrize("form", ["github", "gitlab", "json"])
def test_an_error_that_ends_the_run_is_told_in_the_same_form(room: Newsroom, form: str) -> None:
    room.configure("[site]\ntitel = 1\n")
    run = room.build("--format", form, "--summary", "summary.md")
    assert run.code == 1
    assert "titel" in run.err
    assert "titel" in run.out
    assert "Nothing was published" in (room.folder / "summary.md").read_text(encoding="utf-8")
    if form != "github":
        json.loads(run.out)
    else:
        assert run.out.startswith("::error file=config.toml,line=2,title=config::")


def test_the_summary_tells_counts_pages_and_what_subscribers_see(room: Newsroom) -> None:
    room.build()
    room.write("c.txt", "Noch etwas")
    room.build("--summary", "summary.md", now=LATER)
    text = (room.folder / "summary.md").read_text(encoding="utf-8")
    assert "**3 articles published**" in text
    assert "| /politik/ | 1 | 0 | 0 | 0 | 0 | 0 |" in text
    assert "| seeds/kaputt.txt" in text


def test_github_collects_summaries_only_in_its_own_form(room: Newsroom) -> None:
    path = room.folder / "step.md"
    path.write_text("before\n", encoding="utf-8")
    room.build("--format", "github", env={"GITHUB_STEP_SUMMARY": str(path)})
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n## feeds")
    room.build(env={"GITHUB_STEP_SUMMARY": str(path)})
    assert path.read_text(encoding="utf-8") == text


def test_a_text_from_a_page_is_no_markup_in_a_summary() -> None:
    assert escape("<img src=x>|[a](b)\n@all #1") == r"\<img src=x\>\|\[a\](b) \@all \#1"


def test_changed_files_are_what_was_written_or_removed(room: Newsroom) -> None:
    room.build()
    before = snapshot(room.public)
    room.write("c.txt", "Noch etwas", category="Kultur")
    (room.folder / "seeds" / "a.txt").unlink()
    room.build("--changed-files", "changed.txt", now=LATER)
    listed = (room.folder / "changed.txt").read_text(encoding="utf-8").splitlines()
    after = snapshot(room.public)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert set(listed) == changed - {".feeds-manifest.json"}
    assert listed == sorted(listed)
    room.build("--changed-files", "changed.txt", now=LATER)
    assert (room.folder / "changed.txt").read_bytes() == b""


@pytest.mark.parametrize("state", ["fresh", "built", "without library", "damaged library"])
def test_a_dry_run_tells_what_a_build_does_and_writes_nothing(room: Newsroom, state: str) -> None:
    if state != "fresh":
        room.build()
        room.write("c.txt", "Noch etwas")
        (room.folder / "seeds" / "a.txt").unlink()
    if state == "without library":
        shutil.rmtree(room.library.parent)
    if state == "damaged library":
        room.library.write_bytes(b"no database" * 1000)
    before = snapshot(room.folder)
    dry = room.build("--dry-run", now=LATER)
    assert snapshot(room.folder) == before
    assert room.public.exists() is (state != "fresh")
    if state == "damaged library":
        shutil.rmtree(room.library.parent)
    real = room.build(now=LATER)
    assert last_line(dry) == last_line(real)
    assert dry.code == real.code


def last_line(run: Run) -> str:
    return run.out.splitlines()[-1]


def test_with_exit_code_a_dry_run_is_1_until_nothing_would_change(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    assert room.build("--dry-run").code == 0
    assert room.build("--dry-run", "--exit-code").code == 1
    assert room.build().code == 0
    assert room.build("--dry-run", "--exit-code").code == 0
    assert room.build("--exit-code").code == 2


@pytest.mark.parametrize("options", [(), ("--strict", "--first"), ("--gate",), ("--gate", "--first")])
def test_the_first_build_works(tmp_path: Path, options: tuple[str, ...]) -> None:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    assert room.build(*options).code == 0
    assert room.ledger.exists()


@pytest.mark.parametrize("option", ["--strict", "--gate"])
def test_a_ledger_that_is_lost_is_an_error_where_feeds_are_published(room: Newsroom, option: str) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    room.ledger.unlink()
    shutil.rmtree(room.library.parent)
    run = room.build(option)
    assert run.code == 1
    assert "ledger.jsonl: is missing, and feeds are published already" in run.err
    assert not room.ledger.exists()
    assert room.build("--gate", "--first").code == 0


@pytest.mark.parametrize("option", ["--strict", "--gate"])
def test_a_ledger_that_the_library_still_knows_is_written_again(room: Newsroom, option: str) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    before = room.ledger.read_bytes()
    room.ledger.unlink()
    run = room.build(option)
    assert "the library knows what it said" in run.err
    assert room.ledger.read_bytes() == before


def test_first_is_refused_where_it_is_not(room: Newsroom) -> None:
    room.build()
    run = room.build("--gate", "--first")
    assert run.code == 1
    assert "it is not the first time" in run.err
    assert room.build("--strict", "--first").code == 1
    assert room.build("--first").code == 2


def test_first_is_refused_in_a_fresh_checkout_whose_ledger_has_articles(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    shutil.rmtree(room.library.parent)
    shutil.rmtree(room.public)
    (room.folder / "seeds" / "a.txt").unlink()
    run = room.build("--gate", "--first")
    assert run.code == 1
    assert "ledger.jsonl: has 2 articles of earlier runs: it is not the first time" in run.err
    assert not room.public.exists()
    assert room.build("--gate", "--first", "--against", "public").code == 0


def test_a_run_that_the_gate_stops_tells_all_else_that_is_wrong(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    room.write("a.txt", stamp="1 Juli 2024, 14:05")
    room.write("b.txt", "Etwas anderes", category="Kultur", stamp="2 Juli 2024, 11:01")
    (room.folder / "seeds" / "vorn.txt").write_text("---\ntitle: [\nstatus: neu\n---\nText\n", encoding="utf-8")
    room.configure(f'{SETTINGS}{CATEGORY}\n[redirects]\n"/kultur/" = "/nirgends/"\n"/alt/" = "/nirgends/"\n')
    run = room.build("--gate", "--strict", "--format", "json", "--summary", "summary.md")
    assert run.code == 1
    told = json.loads(run.out)
    assert "files" not in told
    rules = {(each["rule"], each["path"]) for each in told["findings"] if each["level"] == "error"}
    assert rules == {
        ("gate", "seeds/a.txt"),
        ("gate", "seeds/b.txt"),
        ("frontmatter", "seeds/vorn.txt"),
        ("undated", "seeds/kaputt.txt"),
        ("empty-category", "config.toml"),
        ("config", "config.toml"),
        ("dead-redirect", "config.toml"),
    }
    heads = re.findall("^### (.*)$", (room.folder / "summary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[1:] == ["Errors: 7", "Without a date: 1"]
    run = room.build("--gate", "--strict")
    assert len(re.findall("^error: seeds/[ab].txt: would get another date", run.err, re.MULTILINE)) == 2
    assert re.search("^error: seeds/vorn.txt:2: ", run.err, re.MULTILINE)
    assert re.search("^without a date: seeds/kaputt.txt: ", run.err, re.MULTILINE)
    assert re.search("^warning: config.toml:12: ", run.err, re.MULTILINE)


def test_what_stops_a_run_is_told_once(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    shutil.rmtree(room.library.parent)
    (room.folder / "seeds" / "a.txt").write_text("---\ntitle: [\n---\nText\n", encoding="utf-8")
    run = room.build("--gate", "--format", "json")
    assert run.code == 1
    assert [each["rule"] for each in json.loads(run.out)["findings"] if each["path"] == "seeds/a.txt"] == ["textless"]


def test_each_of_several_errors_is_called_one(room: Newsroom) -> None:
    room.configure(f'{SETTINGS}\n[redirects]\n"alt" = "/neu/"\n"x" = "/y/"\n')
    assert len(re.findall("^error: config.toml:", room.build().err, re.MULTILINE)) == 2


def test_a_gate_with_nothing_to_compare_says_so_and_strictly_stops(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    (room.folder / "seeds" / "kaputt.txt").unlink()
    room.configure(SETTINGS)
    room.build()
    shutil.rmtree(room.public)
    run = room.build("--gate", "--strict")
    assert run.code == 1
    assert "--against" in run.err
    assert not room.public.exists()
    run = room.build("--gate")
    assert run.code == 0
    assert "what subscribers will see is unknown" in run.err


def test_against_compares_with_another_folder(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    room.public.rename(room.folder / "published")
    room.write("a.txt", stamp="26 Juni 2024, 14:05")
    run = room.build("--gate", "--against", "published", now=LATER)
    assert run.code == 1
    assert "would get another date" in run.err


def test_a_published_document_that_can_not_be_read_stops_only_the_gate(room: Newsroom) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    room.build()
    (room.public / "politik" / "rss.xml").write_text("<rss", encoding="utf-8")
    run = room.build("--gate", "--changed-files", "changed.txt")
    assert run.code == 1
    assert "error: politik/rss.xml" in run.err
    assert (room.folder / "changed.txt").read_bytes() == b""
    run = room.build("--format", "json", now=LATER)
    assert run.code == 0
    assert "diff-unknown" in {finding["rule"] for finding in json.loads(run.out)["findings"]}


def test_a_ledger_that_can_not_be_read_is_an_error(room: Newsroom) -> None:
    room.build()
    room.ledger.write_text("kein Ledger\n", encoding="utf-8")
    run = room.build("--format", "json")
    assert run.code == 1
    assert json.loads(run.out)["findings"][0]["rule"] == "ledger"
    assert room.ledger.read_text(encoding="utf-8") == "kein Ledger\n"


def test_diff_tells_what_subscribers_see(room: Newsroom) -> None:
    room.build()
    shutil.copytree(room.public, room.folder / "before")
    room.write("c.txt", "Noch etwas", category="Kultur")
    room.build(now=LATER)
    run = room.feeds("diff", "before", "public")
    assert run.code == 0
    assert "/kultur/: 1 new, 0 corrected, 0 shown again, 0 withdrawn, 0 lost, 0 dates moved\n" in run.out
    rows = list(map(json.loads, room.feeds("diff", "before", "public", "--json").out.splitlines()))
    assert {row["path"]: row["new"] for row in rows}["/kultur/rss.xml"] == 1
    assert room.feeds("diff", "before", "public", "--gate").code == 0
    run = room.feeds("diff", "public", "before", "--gate")
    assert run.code == 1
    assert "blocked: /kultur/atom.xml: would be lost" in run.out
    assert room.feeds("diff", "before", "nowhere").code == 1
    (room.folder / "empty").mkdir()
    run = room.feeds("diff", "empty", "public")
    assert run.err == "note: empty: has none of these feeds: what subscribers will see is unknown\n"
    assert "/kultur/: a new feed with 2 entries\n" in run.out
    assert "would be gone, with 1 entry\n" in room.feeds("diff", "before", "empty", "--gate").out


@pytest.mark.parametrize("option", ["--summary", "--changed-files"])
@pytest.mark.parametrize("form", ["text", "github", "gitlab", "json"])
def test_a_file_that_can_not_be_written_is_told_and_so_is_all_else(room: Newsroom, form: str, option: str) -> None:
    (room.folder / "seeds" / "vorn.txt").unlink()
    run = room.build("--format", form, "--summary", "summary.md", option, "nowhere/x")
    assert run.code == 1
    assert "error: nowhere/x: can't be written: No such file or directory" in run.err
    if form == "json":
        data = json.loads(run.out)
        assert data["exit_code"] == 1
        assert "/politik/atom.xml" in data["files"]["new"]
        assert {"nowhere/x"} == {each["path"] for each in data["findings"] if each["level"] == "error"}
    if form == "gitlab":
        assert "nowhere/x" in {issue["location"]["path"] for issue in json.loads(run.out)}
    if form == "github":
        assert "::error file=nowhere/x,title=output::can't be written" in run.out
    if option == "--changed-files":
        assert "| nowhere/x |" in (room.folder / "summary.md").read_text(encoding="utf-8")


def test_an_error_that_ends_the_run_is_told_where_its_files_can_not_be_written(room: Newsroom) -> None:
    room.configure("[site]\ntitel = 1\n")
    run = room.build("--format", "json", "--summary", "nowhere/x", "--changed-files", "nowhere/y")
    assert run.code == json.loads(run.out)["exit_code"] == 1
    assert [each["rule"] for each in json.loads(run.out)["findings"]][1:] == ["output", "output"]


def test_the_summary_tells_what_a_renamed_category_loses(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    room.write("b.txt", "Noch etwas", category="Kultur")
    room.build_well()
    room.configure(SETTINGS + '\n[[categories]]\nlabel = "Kultur"\nslug = "buehne"\n')
    room.build("--summary", "summary.md", now=LATER)
    text = (room.folder / "summary.md").read_text(encoding="utf-8")
    assert "### Warnings: 1\n" in text
    assert "the former slug 'kultur' get nothing new" in text


def test_a_feed_that_is_emptied_is_not_unchanged(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    room.write("b.txt", "Noch etwas", category="Kultur")
    room.build_well()
    room.write("b.txt", "Noch etwas", category="Politik")
    run = room.build_well("--gate", "--summary", "summary.md", now=LATER)
    text = (room.folder / "summary.md").read_text(encoding="utf-8")
    assert "| /kultur/ (emptied of 1) | 0 | 0 | 0 | 0 | 0 | 0 |" in text
    assert "0 dates moved, emptied of 1\n" in run.out
