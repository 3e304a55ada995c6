"""The sample newsroom is whole: its settings hold, every page has its label, and nobody real is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feeds.config import load_config

EXAMPLE = Path(__file__).parent.parent / "examples" / "musterstadt"
PAGES = sorted(path for path in (EXAMPLE / "seeds").rglob("*") if path.is_file())
EXPECTED: list[dict[str, Any]] = [
    json.loads(line) for line in (EXAMPLE / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
CONTRACT = {"path", "kind", "title", "category", "published", "precision", "updated", "dateline", "authors", "url"}
BODY = {"first", "last"}


def test_every_page_has_one_label_and_every_label_its_page() -> None:
    assert len(PAGES) >= 24
    assert [row["path"] for row in EXPECTED] == [path.relative_to(EXAMPLE).as_posix() for path in PAGES]


def test_labels_have_the_keys_of_parse() -> None:
    for row in EXPECTED:
        assert row.keys() <= CONTRACT | BODY
        assert {"path", "kind"} <= row.keys()


def test_headlines_and_texts_of_labels_stand_in_their_pages() -> None:
    for row in EXPECTED:
        page = " ".join((EXAMPLE / row["path"]).read_text(encoding="utf-8").split())
        if row["path"].endswith(".md"):
            page = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", page)
        for text in (row.get("title"), row.get("first"), row.get("last"), *row.get("authors", [])):
            assert text is None or text in page, row["path"]


def test_every_source_has_pages_and_every_page_its_source() -> None:
    config = load_config(EXAMPLE / "config.toml")
    found: set[Path] = set()
    for source in config.sources:
        pages = set(config.folder.glob(source.glob or "") if source.folder is None else source.folder.rglob("*.*"))
        assert pages, source.name
        assert not pages & found, source.name
        found |= pages
    assert found == set(PAGES)


def test_labels_name_every_configured_category_more_than_once_and_no_other() -> None:
    config = load_config(EXAMPLE / "config.toml")
    labels = [row["category"] for row in EXPECTED if row.get("category")]
    assert set(labels) == {category.label for category in config.categories}
    assert all(labels.count(label) > 2 for label in labels)


def test_what_a_run_writes_stays_in_the_folder_of_the_sample() -> None:
    config = load_config(EXAMPLE / "config.toml")
    for path in (config.library.database, config.library.ledger, config.output.folder):
        assert path.is_relative_to(EXAMPLE)


def test_two_different_reports_never_share_a_headline_or_a_first_sentence() -> None:
    for key in ("title", "first"):
        texts: dict[str, str] = {}
        for row in EXPECTED:
            if row.get(key) is None:
                continue
            # Two crawls and a correction are one report: the number or the last part of the address is the same.
            report = urlsplit(row["url"] or row["path"]).path.rstrip("/").rpartition("/")[2]
            assert texts.setdefault(row[key], report) == report


def test_addresses_are_reserved_for_examples() -> None:
    # RFC 2606 section 2; schema.org only names the vocabulary of the saved page's metadata.
    for path in [*PAGES, EXAMPLE / "config.toml"]:
        hosts = re.findall(r"https?://([^/\s\"')]+)", path.read_text(encoding="utf-8"))
        assert [host for host in hosts if not host.endswith(".example") and host != "schema.org"] == []
