"""A subscriber with a real feed reader, who follows a feed to its new address; and seeds to publish."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import TracebackType

import feedparser
import feedparser_sgmllib

from tests.newsroom import Newsroom


class Subscriber:
    """Subscribes to a feed with `reader`; `move` points the subscription to another document."""

    def __init__(self, folder: Path, feed: Path) -> None:
        # The copy of feedparser inside reader asks for this module by the name that it had in Python 2.
        self._before = sys.modules.get("sgmllib")
        sys.modules["sgmllib"] = feedparser_sgmllib
        import reader

        folder.mkdir()
        self._served = folder / f"feed{feed.suffix}"
        shutil.copy(feed, self._served)
        self._app = reader.make_reader(":memory:", feed_root=str(folder))
        self._app.add_feed(self._served.name)
        self._app.update_feed(self._served.name)

    def __enter__(self) -> Subscriber:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._app.close()
        if self._before is None:
            del sys.modules["sgmllib"]
        else:
            sys.modules["sgmllib"] = self._before

    def ids(self) -> set[str]:
        """The ids of all entries that the reader has."""
        assert not [feed.last_exception for feed in self._app.get_feeds() if feed.last_exception]
        entries = [entry.id for entry in self._app.get_entries()]
        assert len(set(entries)) == len(entries)
        return set(entries)

    def move(self, feed: Path) -> set[str]:
        """Ask again, now answered with another document; the ids of all entries that the reader has then."""
        shutil.copy(feed, self._served)
        self._app.update_feed(self._served.name)
        return self.ids()


def read_ids(path: Path) -> set[str]:
    """The ids of a document's entries as feedparser reads them, or as JSON Feed has them."""
    if path.suffix == ".json":
        return {str(item["id"]) for item in json.loads(path.read_bytes())["items"]}
    return {entry.get("id") or entry.link for entry in feedparser.parse(path.read_bytes()).entries}


def write(newsroom: Newsroom, name: str, *, lead: str, category: str = "Politik", **front: str) -> None:
    """Write a seed with front matter, its first paragraph, and one more."""
    values = {"category": category, **front}
    above = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    text = f"---\n{above}---\n{lead}\n\nMehr dazu später.\n"
    (newsroom.folder / "seeds" / f"{name}.md").write_text(text, encoding="utf-8")
