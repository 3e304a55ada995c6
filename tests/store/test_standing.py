"""What became of an article in a feed is one question to the library, whatever id the asker knows it by."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from feeds.store import open_library
from feeds.store.standing import find_id, find_standing, list_removed
from tests.newsroom import SETTINGS, Newsroom

LATER, SECONDS = "2026-01-02T12:00:00Z", 1_767_355_200


def test_each_article_is_here_or_left_or_withdrawn_or_removed(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room", SETTINGS)
    for number, name in enumerate(("bleibt", "zieht um", "gelöscht", "getilgt", "entwurf")):
        room.write(f"{name}.txt", f"Was {name}", stamp=f"{number + 1} Juni 2024, 10:00")
    room.build_well()
    ids = room.ids()
    room.write("zieht um.txt", "Was zieht um", category="Kultur", stamp="2 Juni 2024, 10:00")
    (room.folder / "seeds/gelöscht.txt").unlink()
    room.write("entwurf.txt", "Was entwurf", stamp="5 Juni 2024, 10:00", status="draft")
    assert room.feeds("erase", "seeds/getilgt.txt", "--yes", "--now", LATER).code == 0
    # An adopted article has another id in RSS.
    text = room.ledger.read_text(encoding="utf-8")
    room.ledger.write_text(text.replace('"places"', '"guid": "nr \\"eins\\"", "places"', 1), encoding="utf-8")
    first = room.lines()[0]["id"]
    room.build(now="2026-01-03T12:00:00Z")
    with closing(open_library(room.library)) as library, library.read() as connection:
        standing = {title: find_standing(connection, "politik", identifier) for title, identifier in ids.items()}
        assert standing == {
            "Was bleibt": "here",
            "Was zieht um": "left",
            "Was gelöscht": "removed",
            "Was getilgt": "withdrawn",
            "Was entwurf": "removed",
        }
        assert find_standing(connection, "politik", "urn:x:unbekannt") is None
        assert find_standing(connection, "kultur", ids["Was bleibt"]) is None
        assert find_id(connection, 'nr "eins"') == first
        gone = {ids["Was gelöscht"], ids["Was entwurf"]}
        assert list_removed(connection, since=SECONDS) == gone
        assert list_removed(connection, since=SECONDS + 1) == set()
