"""Any articles, in any order, with any edits: valid documents, one entry an id, sealed archives keep their sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import feedparser
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feeds.check import check_document
from feeds.config import load_config
from feeds.dates.instants import to_seconds
from feeds.ingest.run import ingest
from feeds.ingest.work import Run
from feeds.site import Site, refresh
from feeds.store import open_library

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
SETTINGS = """\
[site]
base_url = "https://example.org/"
[[sources]]
name = "seeds"
folder = "seeds"
[feeds]
entries = 2
hours = 0
archives = ["atom", "json", "rss"]
"""
AWKWARD = [
    "</entry>",
    "]]>",
    "&amp;lt;b&gt;",
    "&#8;",
    "„Ja“",
    "#",
    "- a",
    "\u202e",
    "Präsident",
    "Praesident",
    "static",
    "😀",
]
# What looks like text that was encoded twice ("Â©") is warned of, whoever wrote it.
lines = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="ÂÃâ"), max_size=40), st.sampled_from(AWKWARD)
)
pages = st.fixed_dictionaries(
    {
        "headline": lines,
        # Of a lone "&" in the list of feeds, and only there, the validator says that it is no HTML.
        "category": lines.filter(lambda line: "&" not in line or line in AWKWARD),
        "text": st.lists(lines, max_size=3).map("\n\n".join),
        "minute": st.integers(0, 3),
        "status": st.sampled_from(["published", "published", "published", "draft", "withdrawn"]),
    }
)
arrivals = st.lists(st.tuples(st.integers(0, 7), pages), min_size=1, max_size=5)


def write_page(folder: Path, number: int, page: dict[str, object]) -> None:
    """A Markdown seed; its texts are quoted as YAML wants it, its id is its number's."""
    quoted = {name: str(page[name]).replace("'", "''").replace("\n", " ") for name in ("headline", "category")}
    front = "".join(
        f"{key}: '{value}'\n" for key, value in (("title", quoted["headline"]), ("category", quoted["category"]))
    )
    stamp = f"2025-12-0{number + 1} 10:0{page['minute']}"
    front += f"id: 'n{number}'\npublished: {stamp}\nstatus: {page['status']}\n"
    (folder / f"{number}.md").write_text(f"---\n{front}---\n{page['text']}\n", encoding="utf-8")


@given(days=st.lists(arrivals, min_size=1, max_size=4))
# Shrinking a failure would take minutes.
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_whatever_arrives_the_documents_are_valid_and_sealed_sets_stay(
    days: list[list[tuple[int, dict[str, object]]]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
        config = load_config(folder / "config.toml", environ={})
        library = open_library(None)
        sealed: dict[str, list[str]] = {}
        for day, arrived in enumerate(days):
            for number, page in arrived:
                write_page(folder / "seeds", number, page)
            now = NOW + timedelta(days=day)
            with library.write() as connection:
                run = Run(connection, config, now)
                report = ingest(run)
                refresh(run, report=report)
                assert not [error for error in report.errors if "published" in str(error)], report.errors
                site = Site(connection, config, now=now)
                for path in site.paths():
                    check(site, path, sealed)
        library.close()


def check(site: Site, path: str, sealed: dict[str, list[str]]) -> None:
    """Hold one document against every rule, and an archive document's entries against those that it had before."""
    if not path.endswith((".xml", ".json", ".opml")):
        return
    resource = site.get(path)
    objections = check_document(
        path, resource.body, resource.content_type, base_url="https://example.org/", now=site.now
    )
    assert not [str(each) for each in objections], (path, objections)
    assert resource.changed is None or to_seconds(resource.changed) <= to_seconds(site.now)
    if path.endswith("atom.xml"):
        ids = [entry.id for entry in feedparser.parse(resource.body).entries]
        ids += [each.split(b'"')[0].decode() for each in resource.body.split(b'<at:deleted-entry ref="')[1:]]
        assert len(ids) == len(set(ids))
        if "/archiv/" in path:
            assert sealed.setdefault(path, sorted(ids)) == sorted(ids)
