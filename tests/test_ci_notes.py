"""action.yml and the workflows in docs/ are YAML, name options that exist, and run as far as no network is needed."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import feedparser
import pytest
import yaml

from feeds.cli.build import build
from tests.newsroom import COMMAND, ROOT, Newsroom
from tests.processes import WAIT_SECONDS
from tests.served import serve

NOTE = ROOT / "docs" / "one-command-publishes-from-any-ci.md"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
FILES = [NOTE, ROOT / "action.yml"]
OPTIONS = {name for parameter in build.params for name in parameter.opts if isinstance(parameter, click.Option)}
BLOCKS = re.findall(
    r"^```(yaml|crontab|bash|sh)\n(.*?)^```", NOTE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
GITHUB, ONLY_CHANGED, GITLAB = (yaml.safe_load(text) for language, text in BLOCKS if language == "yaml")
STEPS: list[dict[str, Any]] = GITHUB["jobs"]["publish"]["steps"]
SCRIPT: list[str] = GITLAB["pages"]["script"]
IDENTITY = "-c user.name=a -c user.email=a@b.example"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom.make(tmp_path / "room")
    room.write("a.txt")
    return room


def run_step(room: Newsroom, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as a runner does, with bash that stops at the first error."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    # A hook names its repository by these, and the steps must not act on that one.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "GIT_CONFIG_GLOBAL": os.devnull, **variables}
    return subprocess.run(
        command, cwd=room.folder, env=environment, capture_output=True, text=True, timeout=WAIT_SECONDS, check=False
    )


def make_action(room: Newsroom) -> dict[str, str]:
    """An installed action beside the newsroom, and the variables that a runner sets."""
    place = room.folder.parent / "action"
    (place / ".venv" / "bin").mkdir(parents=True)
    program = place / ".venv" / "bin" / "feeds"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    temporary = room.folder.parent / "temporary"
    temporary.mkdir()
    inputs = {name.upper().replace("-", "_"): spec["default"] for name, spec in ACTION["inputs"].items()}
    return {
        **inputs,
        "GITHUB_ACTION_PATH": str(place),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(temporary / "output"),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "SOURCE_DATE_EPOCH": "1767268800",
        "PYTHONPATH": str(ROOT),
    }


def test_the_action_installs_from_its_own_checkout_by_a_rule_that_exists() -> None:
    install = ACTION["runs"]["steps"][0]["run"]
    target = install.split()[-1]
    assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "$GITHUB_ACTION_PATH" in install


def test_every_input_is_used_and_none_is_part_of_a_script() -> None:
    step = ACTION["runs"]["steps"][1]
    assert {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]} == set(step["env"].values())
    for each in ACTION["runs"]["steps"]:
        assert "${{" not in each["run"]


def test_the_action_builds_annotates_summarises_and_tells_what_changed(room: Newsroom) -> None:
    variables = make_action(room)
    script = ACTION["runs"]["steps"][1]["run"]
    done = run_step(room, script, **{**variables, "BASE_URL": "https://blatt.example/feeds/"})
    assert done.returncode == 0, done.stderr
    assert "::notice file=ledger.jsonl" in done.stdout
    output = Path(variables["GITHUB_OUTPUT"]).read_text(encoding="utf-8")
    assert "changed=true\n" in output
    files = Path(re.findall(r"^files=(.*)$", output, re.MULTILINE)[0])
    assert "politik/atom.xml" in files.read_text(encoding="utf-8").splitlines()
    assert b"https://blatt.example/feeds/politik/atom.xml" in room.site()["politik/atom.xml"]
    assert "1 article published" in Path(variables["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")


def test_the_action_fails_where_the_gate_stops(room: Newsroom) -> None:
    variables = make_action(room)
    script = ACTION["runs"]["steps"][1]["run"]
    assert run_step(room, script, **variables).returncode == 0
    room.write("a.txt", stamp="26 Juni 2024, 14:05")
    done = run_step(room, script, **variables)
    assert done.returncode == 1
    assert "::error file=seeds/a.txt,title=gate::would get another date" in done.stdout
    assert "changed=false\n" in Path(variables["GITHUB_OUTPUT"]).read_text(encoding="utf-8")


def test_a_dry_run_says_what_subscribers_would_see_and_leaves_the_checkout_as_it_is(room: Newsroom) -> None:
    """As for a pull request: in a fresh checkout, against what is published."""
    variables, script = make_action(room), ACTION["runs"]["steps"][1]["run"]
    assert run_step(room, script, **variables).returncode == 0
    job = room.copy_to(room.folder.parent / "job")
    job.write("b.txt", "Etwas anderes")
    job.write("ohne.txt", "Ohne Tag", stamp="")
    before = sorted(job.folder.rglob("*"))
    dry = {**variables, "DRY_RUN": "true", "AGAINST": str(room.public)}
    done = run_step(job, script, **dry)
    assert done.returncode == 0, done.stderr
    assert "/politik/: 1 new, 0 corrected, 0 shown again" in done.stdout
    assert "::warning file=seeds/ohne.txt," in done.stdout
    assert "a dry run: nothing was written" in Path(variables["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    job.write("a.txt").write_text("---\nurl: [\n---\nText", encoding="utf-8")
    done = run_step(job, script, **dry)
    assert done.returncode == 1
    assert "::error file=seeds/a.txt,line=3,title=textless::1 published article would go" in done.stdout
    assert sorted(job.folder.rglob("*")) == before


def test_an_input_is_data_whatever_stands_in_it(room: Newsroom) -> None:
    variables = {**make_action(room), "OUTPUT": "$(touch here); x"}
    assert run_step(room, ACTION["runs"]["steps"][1]["run"], **variables).returncode == 0
    assert not (room.folder / "here").exists()
    assert (room.folder / "$(touch here); x" / "atom.xml").exists()


def test_workflows_call_the_action_with_inputs_that_it_has() -> None:
    steps = [step for job in GITHUB["jobs"].values() for step in job["steps"]]
    (ours,) = [step for step in steps if "/feeds@" in step.get("uses", "")]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    # One page that is refused holds back no other, and is told in the end.
    assert ours["continue-on-error"] is True
    assert steps[-1]["if"] == f"steps.{ours['id']}.outcome == 'failure'"
    # On project pages the base has a path.
    assert ours["with"]["base-url"].count("/") == 4


def test_the_ledger_is_pushed_before_the_site_is_published() -> None:
    names = [step.get("name") or step["uses"] for step in STEPS]
    assert names.index("Keep the ledger") < names.index("actions/deploy-pages@v4")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_step_that_keeps_the_ledger_commits_it_once(room: Newsroom) -> None:
    room.build_well()
    remote = room.folder.parent / "remote.git"
    (script,) = [step["run"] for step in STEPS if step.get("name") == "Keep the ledger"]
    prepared = run_step(
        room,
        f"git init -q -b main . && git init -q --bare -b main {shlex.quote(str(remote))} && git config user.name x"
        f" && git config user.email x@blatt.example && git add seeds config.toml && git commit -qm Texts"
        f" && git remote add origin {shlex.quote(str(remote))} && git push -q -u origin main",
    )
    assert prepared.returncode == 0, prepared.stderr
    for _ in range(2):
        done = run_step(room, script)
        assert done.returncode == 0, done.stderr
    assert run_step(room, "git ls-files").stdout.splitlines() == ["config.toml", "ledger.jsonl", "seeds/a.txt"]
    log = run_step(room, f"git -C {shlex.quote(str(remote))} log --format=%s")
    assert log.stdout.splitlines() == ["Ledger", "Texts"]


def test_a_run_that_waited_for_another_has_its_ledger() -> None:
    """By default a run gets the commit that it was started at, which may be older than the last run's ledger."""
    (checkout,) = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout")]
    assert checkout["with"]["ref"] == "${{ github.ref_name }}"


def test_gitlab_runs_what_exists_and_keeps_its_report(room: Newsroom) -> None:
    report = GITLAB["pages"]["artifacts"]["reports"]["codequality"]
    (line,) = [line for line in SCRIPT if "feeds build" in line]
    assert f"> {report} || " in line
    variables = make_action(room)
    (room.folder / "feeds").symlink_to(variables["GITHUB_ACTION_PATH"])
    line = line.replace('--against "$CI_PAGES_URL/" ', "")
    done = run_step(room, line, **{**variables, "CI_PAGES_URL": "https://gruppe.blatt.example/feeds"})
    assert done.returncode == 0, done.stderr
    issues = json.loads((room.folder / report).read_text(encoding="utf-8"))
    assert "ledger-new" in {issue["check_name"] for issue in issues}
    # A page that is refused is in the report, and the rest goes out; where nothing is published the job fails.
    room.write("kaputt.txt", title="x").write_text("---\nurl: [\n---\nText", encoding="utf-8")
    done = run_step(room, line, **{**variables, "CI_PAGES_URL": "https://gruppe.blatt.example/feeds"})
    assert done.returncode == 0, done.stderr
    assert "kaputt.txt" in (room.folder / report).read_text(encoding="utf-8")
    shutil.rmtree(room.public)
    room.configure("[kaputt")
    assert run_step(room, line, **{**variables, "CI_PAGES_URL": "https://gruppe.blatt.example/feeds"}).returncode == 1


def test_the_library_outlasts_a_run_and_is_kept_with_the_ledger_that_it_knows() -> None:
    names = [step.get("name") or step["uses"].partition("@")[0] for step in STEPS]
    order = ["actions/cache/restore", "OWNER/feeds", "Keep the ledger", "actions/cache/save"]
    assert [name for name in names if name in order] == order
    restored, saved = (step["with"] for step in STEPS if "actions/cache/" in step.get("uses", ""))
    assert restored["path"] == saved["path"] == ".feeds"
    assert restored["key"] == saved["key"]
    assert saved["key"].startswith(restored["restore-keys"])
    assert GITLAB["pages"]["cache"]["paths"] == [".feeds"]


@pytest.mark.parametrize("keeps_library", [True, False])
def test_a_published_file_that_breaks_takes_no_article_out(room: Newsroom, *, keeps_library: bool) -> None:
    """On GitLab a job that ends well publishes its folder; there is none before it in a fresh checkout."""
    (line,) = [line for line in SCRIPT if "feeds build" in line]
    line = line.replace('--against "$CI_PAGES_URL/" ', "--against before ")
    room.write("b.txt", "Etwas anderes")
    room.build_well()
    room.public.rename(room.folder / "before")
    if not keeps_library:
        shutil.rmtree(room.library.parent)
    room.write("a.txt", headline="x").write_text("---\nurl: [\n---\nText", encoding="utf-8")
    variables = make_action(room)
    (room.folder / "feeds").symlink_to(variables["GITHUB_ACTION_PATH"])
    done = run_step(room, line, **{**variables, "CI_PAGES_URL": "https://example.org"})
    assert done.returncode == (0 if keeps_library else 1), done.stderr
    if keeps_library:
        assert set(room.ids()) == {"Brücke eröffnet", "Etwas anderes"}
    else:
        assert not room.public.exists()
    (issue,) = json.loads((room.folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert issue["location"] == {"path": "seeds/a.txt", "lines": {"begin": 3}}


@pytest.fixture
def clone(room: Newsroom) -> Newsroom:
    """A newsroom with an upstream that its ledger is pushed to."""
    upstream = room.folder.parent / "upstream.git"
    (room.folder / ".gitignore").write_text(".venv/\n.feeds/\npublic/\n", encoding="utf-8")
    run_step(
        room,
        f"git init -qb main . && git add -A && git {IDENTITY} commit -qm Seeds && git init -qb main --bare {upstream}"
        f" && git remote add origin {upstream} && git push -qu origin main",
    )
    return room


@dataclass(frozen=True, slots=True)
class GitLab:
    """A project on GitLab: its repository, what its jobs keep, and the folder that is published."""

    clone: Newsroom
    top: Path
    pages: Path
    address: str

    def check_out(self, name: str) -> Newsroom:
        """A checkout as a job gets it: of one commit, on no branch, with `feeds` beside the texts."""
        job = Newsroom(self.top / name)
        done = run_step(self.clone, f"git clone -q --depth 1 file://{self.top}/upstream.git {job.folder}")
        assert done.returncode == 0, done.stderr
        run_step(job, "git checkout -q --detach")
        (job.folder / "feeds").symlink_to(self.top / "action")
        return job

    def run(self, job: Newsroom, *, upto: int | None = None) -> subprocess.CompletedProcess[str]:
        """Run the script in a checkout, all of it or its first commands; then keep and publish what a job does."""
        kept = self.top / "cache"
        if kept.exists():
            shutil.copytree(kept, job.folder / ".feeds")
        variables = {
            "CI_PAGES_URL": self.address.removesuffix("/"),
            "CI_SERVER_HOST": "gitlab.example",
            "CI_PROJECT_PATH": "gruppe/blatt",
            "CI_COMMIT_BRANCH": "main",
            "LEDGER_TOKEN": "geheim",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{self.top}/upstream.git.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://feeds:geheim@gitlab.example/gruppe/blatt.git",
            "SOURCE_DATE_EPOCH": "1767268800",
            "PYTHONPATH": str(ROOT),
        }
        done = run_step(job, "\n".join(SCRIPT[:upto]), **variables)
        if upto is None and done.returncode == 0:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(job.folder / ".feeds", kept)
            shutil.rmtree(self.pages)
            shutil.copytree(job.public, self.pages)
        return done

    def push(self, name: str, headline: str) -> None:
        """Commit a text, and push it as somebody does who has the newest state."""
        self.clone.write(name, headline)
        push = f"git add seeds && git {IDENTITY} commit -qm {name} && git pull -q --rebase && git push -q"
        done = run_step(self.clone, push, GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@b.example")
        assert done.returncode == 0, done.stderr

    def log(self) -> list[str]:
        """The branch's commits, newest first."""
        return run_step(self.clone, "git fetch -q && git log --format=%s origin/main").stdout.splitlines()

    def ids(self) -> dict[str, str]:
        """Headline -> id of what is published."""
        return {entry.title: entry.id for entry in feedparser.parse((self.pages / "atom.xml").read_bytes()).entries}


@pytest.fixture
def gitlab(clone: Newsroom) -> Iterator[GitLab]:
    top = clone.folder.parent
    make_action(clone)
    (top / "action" / ".venv" / "user.ok").touch()
    run_step(clone, "git -C ../upstream.git config receive.advertisePushOptions true")
    (top / "pages").mkdir()
    with serve(top / "pages") as address:
        yield GitLab(clone, top, top / "pages", address)


def test_a_gitlab_job_that_waited_for_another_has_its_ledger(gitlab: GitLab) -> None:
    assert GITLAB["pages"]["resource_group"]
    jobs = [gitlab.check_out("job-1"), gitlab.check_out("job-2")]
    gitlab.push("b.txt", "Etwas anderes")
    for job in jobs:
        done = gitlab.run(job)
        assert done.returncode == 0, done.stderr
    assert set(gitlab.ids()) == {"Brücke eröffnet", "Etwas anderes"}
    assert gitlab.log() == ["Ledger", "b.txt", "Seeds"]


def test_a_gitlab_job_that_can_not_push_publishes_nothing(gitlab: GitLab) -> None:
    job = gitlab.check_out("job-1")
    hook = gitlab.top / "upstream.git" / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    done = gitlab.run(job)
    assert done.returncode != 0
    assert "hook declined" in done.stderr
    assert not list(gitlab.pages.iterdir())


@pytest.mark.parametrize("upto", range(2, len(SCRIPT)))
def test_a_gitlab_job_makes_up_for_one_that_was_cancelled(gitlab: GitLab, upto: int) -> None:
    assert gitlab.run(gitlab.check_out("job-1")).returncode == 0
    before = gitlab.ids()
    gitlab.push("b.txt", "Etwas anderes")
    gitlab.run(gitlab.check_out("job-2"), upto=upto)
    assert gitlab.ids() == before
    done = gitlab.run(gitlab.check_out("job-3"))
    assert done.returncode == 0, done.stderr
    assert gitlab.ids() == {**before, "Etwas anderes": gitlab.ids()["Etwas anderes"]}
    assert gitlab.log() == ["Ledger", "b.txt", "Ledger", "Seeds"]


def test_a_gitlab_job_fails_where_the_ledger_is_lost_and_feeds_are_published(gitlab: GitLab) -> None:
    assert gitlab.run(gitlab.check_out("job-1")).returncode == 0
    run_step(gitlab.clone, f"git pull -q && git rm -q ledger.jsonl && git {IDENTITY} commit -qm Weg && git push -q")
    shutil.rmtree(gitlab.top / "cache")
    job = gitlab.check_out("job-2")
    done = gitlab.run(job)
    assert done.returncode == 1
    assert "ledger.jsonl: is missing, and feeds are published already" in done.stderr
    (issue,) = json.loads((job.folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "ledger.jsonl"


def is_true(expression: str, outcome: str, changed: str) -> bool:
    """The value of an expression of GitHub's about the action, of the operators that the workflows use."""
    values = {"steps.feeds.outcome": outcome, "steps.feeds.outputs.changed": changed}
    for name, value in values.items():
        expression = expression.replace(name, repr(value))
    assert re.fullmatch(r"('\w*' [!=]= '\w*'( && | \|\| |$))+", expression), expression
    return bool(eval(expression.replace("&&", "and").replace("||", "or")))  # noqa: S307 (checked above)


@pytest.mark.parametrize("keeps_folder", [True, False])
def test_a_github_job_stops_where_nothing_may_be_published(room: Newsroom, *, keeps_folder: bool) -> None:
    (place,) = [number for number, step in enumerate(STEPS) if step.get("name") == "Stop if nothing may be published"]
    assert STEPS[place - 1].get("id") == "feeds"
    variables, script = make_action(room), ACTION["runs"]["steps"][1]["run"]
    room.build_well()
    against = room.copy_to(room.folder.parent / "published").public
    shutil.copytree(room.public, against)

    def stops() -> bool:
        if not keeps_folder:
            shutil.rmtree(room.public, ignore_errors=True)
        output = Path(variables["GITHUB_OUTPUT"])
        output.unlink(missing_ok=True)
        done = run_step(room, script, **{**variables, "AGAINST": str(against)})
        (changed,) = re.findall("^changed=(.*)$", output.read_text(encoding="utf-8"), re.MULTILINE)
        outcome = "failure" if done.returncode else "success"
        if not is_true(STEPS[place].get("if", "'' == ''"), outcome, changed):
            return False
        return run_step(room, STEPS[place]["run"]).returncode != 0

    assert not stops()
    # A page that is refused doesn't hold up another.
    room.write("kaputt.txt").write_text("---\nurl: [\n---\nText", encoding="utf-8")
    room.write("b.txt", "Etwas anderes")
    assert not stops()
    room.write("a.txt", stamp="26 Juni 2024, 14:05")
    assert stops()


def test_a_kept_folder_tells_the_action_whether_anything_changed(room: Newsroom) -> None:
    """Also in another checkout, whose files have other times."""
    variables, script = make_action(room), ACTION["runs"]["steps"][1]["run"]
    output = Path(variables["GITHUB_OUTPUT"])
    assert run_step(room, script, **variables).returncode == 0
    jobs = [room.copy_to(room.folder.parent / name) for name in ("without", "with")]
    shutil.copytree(room.public, jobs[1].public)
    told = []
    for job in jobs:
        output.write_text("", encoding="utf-8")
        done = run_step(job, script, **{**variables, "AGAINST": str(room.public)})
        assert done.returncode == 0, done.stderr
        told += re.findall("^changed=(.*)$", output.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == ["true", "false"]


def test_the_folder_is_kept_only_once_it_is_published() -> None:
    restored, *publishing, deployed, saved = ONLY_CHANGED
    assert [step["uses"].partition("@")[0] for step in (restored, deployed, saved)] == [
        "actions/cache/restore",
        "actions/deploy-pages",
        "actions/cache/save",
    ]
    assert {step["if"] for step in (*publishing, deployed, saved)} == {"steps.feeds.outputs.changed == 'true'"}
    assert "changed" in ACTION["outputs"]
    assert restored["with"]["key"] == saved["with"]["key"]
    # Another than that of the library.
    (library,) = {step["with"]["key"] for step in STEPS if "actions/cache/" in step.get("uses", "")}
    assert not library.startswith(restored["with"]["restore-keys"])


def test_options_that_are_named_exist() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        found = set()
        for line in re.findall(r"feeds build[^\n`]*|options\+?=\([^)]*\)|^\| `--[^\n]*", text, re.MULTILINE):
            found |= set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line.partition("&&")[0]))
        assert found <= OPTIONS, path.name
        assert found


def publish_from_cron(room: Newsroom, *, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the script of the note in a clone, with a `feeds` and an `rsync` that note that they were called."""
    (script,) = [text for language, text in BLOCKS if language == "bash"]
    tools = room.folder / ".venv" / "bin"
    tools.mkdir(parents=True, exist_ok=True)
    program = f'#!/bin/sh\n{shlex.join(COMMAND)} "$@"\nexit {exit_code}\n'
    for name, text in (("feeds", program), ("rsync", "#!/bin/sh\necho copied\n")):
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    script = script.replace("/srv/blatt", str(room.folder))
    identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.example"}
    identity |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.example"}
    return run_step(room, script, PATH=f"{tools}:{os.environ['PATH']}", **identity)


def test_cron_commits_the_ledger_before_it_copies(clone: Newsroom) -> None:
    run = publish_from_cron(clone)
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith("copied\n")
    log = run_step(clone, "git log --format=%s origin/main").stdout
    assert log == "Ledger\nSeeds\n"
    clone.write("b.txt", "Etwas anderes")
    run_step(clone, "git add -A && git -c user.name=a -c user.email=a@b.example commit -qm Mehr && git push -q")
    assert publish_from_cron(clone).returncode == 0
    assert run_step(clone, "git status --porcelain").stdout == ""


def test_cron_copies_what_there_is_and_tells_what_failed(clone: Newsroom) -> None:
    run = publish_from_cron(clone, exit_code=1)
    assert run.returncode == 1
    assert run.stdout.endswith("copied\n")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_git_names_of_a_push_is_all_that_a_build_looks_at(room: Newsroom) -> None:
    first, each = [text for language, text in BLOCKS if language == "sh"]
    variables = make_action(room)
    variables["PATH"] = f"{variables['GITHUB_ACTION_PATH']}/.venv/bin:{os.environ['PATH']}"
    room.write("b.txt", "Straße gesperrt")
    room.build_well()
    commit = "git add -A seeds && git -c user.name=x -c user.email=x@blatt.example commit -qm Texts"
    for script in (f"git init -q -b main . && {commit}", first):
        done = run_step(room, script, **variables)
        assert done.returncode == 0, done.stderr
    (room.folder / "seeds/b.txt").rename(room.folder / "seeds/straße.txt")
    room.write("c d.txt", "Noch etwas")
    (room.folder / "seeds/a.txt").unlink()
    assert run_step(room, commit, **variables).returncode == 0
    room.write("z.txt", "Noch nicht in git")
    done = run_step(room, each, **variables)
    assert done.returncode == 0, done.stderr
    assert "2 seeds: 2 read, 2 new, 0 changed, 0 unchanged, 2 removed" in done.stdout
    done = run_step(room, each, **variables)
    assert "2 seeds: 0 read" in done.stdout


@pytest.mark.parametrize("upto", ["", "git add ledger.jsonl", "git commit -qam Ledger"])
def test_cron_makes_up_for_a_run_that_was_killed_before_it_pushed(clone: Newsroom, upto: str) -> None:
    assert publish_from_cron(clone).returncode == 0
    other = shlex.quote(str(clone.folder.parent / "other"))
    more = f"cd {other} && touch new && git add new && git {IDENTITY} commit -qm Mehr && git push -q"
    assert run_step(clone, f"git clone -q ../upstream.git {other} && {more}").returncode == 0
    clone.write("a.txt", rest="Der Text wurde berichtigt.")
    clone.build_well()
    run_step(clone, upto.replace("git commit", f"git {IDENTITY} commit"))
    run = publish_from_cron(clone)
    assert run.returncode == 0, run.stderr
    assert run_step(clone, "git status --porcelain ledger.jsonl && git diff origin/main -- ledger.jsonl").stdout == ""
