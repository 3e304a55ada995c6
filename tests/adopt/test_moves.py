"""Moves from another system: whoever subscribed to the old feed is shown no article twice, and loses none."""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.adopt.subscriber import Subscriber, read_ids, write
from tests.newsroom import Newsroom

DATA = Path(__file__).parent.parent / "data/adopt/moves"
ARTICLES = tomllib.loads((DATA / "articles.toml").read_text(encoding="utf-8"))
MOVES = sorted(path.stem for path in DATA.glob("*.toml") if path.stem != "articles")
NEW = {
    "title": "Markt zieht um",
    "published": "2024-06-26T13:00:00+03:00",
    "lead": "Der Wochenmarkt zieht im August auf den Platz vor dem alten Bahnhof um.",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A move that was made: what was expected of it, what was told before, what a subscriber had before and after."""

    case: dict[str, Any]
    newsroom: Newsroom
    old: Path
    told: dict[str, Any]
    printed: str
    before: set[str]
    after: set[str]

    @property
    def ids(self) -> set[str]:
        """The ids of the old articles."""
        return set(self.case["ids"].values())

    @property
    def new(self) -> Path:
        """The new feed that the old one's subscribers get."""
        return self.newsroom.public / str(self.case["file"])


@pytest.fixture(scope="module", params=MOVES)
def move(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Move:
    name: str = request.param
    case = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    old = next(path for path in DATA.glob(f"{name}.*") if path.suffix != ".toml")
    settings = (
        f'[site]\ntitle = "Blatt"\nbase_url = "{case["base_url"]}"\n[[sources]]\nname = "seeds"\nfolder = "seeds"\n'
    )
    if "url_id" in case:
        settings += f"url_id = '{case['url_id']}'\n"
    newsroom = Newsroom.make(tmp_path_factory.mktemp(name) / "room", settings)
    for key, front in case["seeds"].items():
        write(newsroom, key, **ARTICLES[key], **front)
    with Subscriber(newsroom.folder / "served", old) as subscriber:
        before = subscriber.ids()
        told = newsroom.feeds("adopt", str(old), "--json")
        assert told.code == 0, told.told
        assert not newsroom.ledger.exists()
        taken = newsroom.feeds("adopt", str(old), "--yes", "--now", "2024-06-26T10:00:00Z")
        assert taken.code == 0, taken.told
        write(newsroom, "neu", **NEW)
        newsroom.build_well(now="2024-06-26T12:00:00Z")
        after = subscriber.move(newsroom.public / case["file"])
    return Move(case, newsroom, old, json.loads(told.out), taken.out, before, after)


def test_there_are_moves() -> None:
    assert len(MOVES) == 9  # the tenth is that of our own site, in test_restoring.py


def test_a_subscriber_is_shown_no_article_twice_and_loses_none(move: Move) -> None:
    assert len(move.before) >= 2
    assert move.before <= move.ids <= move.after
    # Beside the old articles there is the new one, and nothing else.
    assert len(move.after) == len(move.ids) + 1


def test_feedparser_reads_the_old_ids_in_the_new_feed(move: Move) -> None:
    assert read_ids(move.old) <= move.ids < read_ids(move.new)
    assert len(read_ids(move.new)) == len(move.ids) + 1


def test_the_new_site_passes_the_check(move: Move) -> None:
    run = move.newsroom.feeds("check")
    assert run.code == 0, run.told


def test_each_article_is_matched_for_a_reason_that_is_told(move: Move) -> None:
    assert {Path(row["seed"]).stem: row["why"] for row in move.told["matched"]} == move.case["why"]
    assert move.told["unmatched_old"] == move.told["unmatched_ours"] == []
    assert all(f", by {why}" in move.printed for why in move.case["why"].values())


def test_old_addresses_lead_to_the_new_ones(move: Move) -> None:
    paths = {Path(row["seed"]).stem: row["path"] for row in move.told["matched"]}
    expected = {old: paths.get(new, new) for old, new in move.case.get("redirects", {}).items()}
    assert move.told["redirects"] == expected
    base = move.case["base_url"].removesuffix("/")
    moves = {old: base + paths[new] if new in paths else new for old, new in move.case.get("moves", {}).items()}
    assert move.told["moves"] == moves
    for old, new in move.told["moves"].items():
        assert f"let {old} answer 301 to {new}\n" in move.printed
    if expected:
        table = move.printed[move.printed.index("[redirects]") :].partition("\n\n")[0]
        assert tomllib.loads(table)["redirects"] == expected


def test_queries_on_another_host_are_counted_and_the_address_that_a_text_names_itself_moves_nowhere(
    tmp_path: Path,
) -> None:
    settings = '[site]\ntitle = "Blatt"\nbase_url = "https://neu.example/"\n[[sources]]\nname = "s"\nfolder = "seeds"\n'
    newsroom = Newsroom.make(tmp_path / "room", settings)
    write(newsroom, "bruecke", **ARTICLES["bruecke"])
    write(newsroom, "ernte", **ARTICLES["ernte"], url="https://ghost.example/ernte")
    old = tmp_path / "old.xml"
    feed = (DATA / "ghost.xml").read_text(encoding="utf-8")
    old.write_text(feed.replace("https://ghost.example/bruecke/", "https://ghost.example/?p=12"), encoding="utf-8")
    told = json.loads(newsroom.feeds("adopt", str(old), "--json").out)
    assert list(told["moves"]) == ["https://ghost.example/rss/", "https://ghost.example/?p=12"]
    assert any(note.startswith("1 old addresses have a query") for note in told["notes"])


def test_an_adopted_feed_keeps_its_id(move: Move) -> None:
    if move.old.suffix == ".xml" and move.case["file"] == "atom.xml":
        assert feedparser.parse(move.new.read_bytes()).feed.id == feedparser.parse(move.old.read_bytes()).feed.id


def test_taking_over_once_more_changes_nothing(move: Move, tmp_path: Path) -> None:
    again = Newsroom(tmp_path / "room")
    shutil.copytree(move.newsroom.folder, again.folder)
    assert again.feeds("adopt", str(move.old), "--yes").code == 0
    assert again.ledger.read_bytes() == move.newsroom.ledger.read_bytes()
