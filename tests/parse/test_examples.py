"""The pages of the sample newsroom are read as their labels say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feeds.cli.parse import dump_reading
from feeds.config import find_source, load_config
from feeds.parse import load_page, parse_page_bytes

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "musterstadt"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (EXAMPLE / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
CONFIG = load_config(EXAMPLE / "config.toml")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_page_of_the_sample_is_read_as_labelled(row: dict[str, Any]) -> None:
    path = EXAMPLE / row["path"]
    reading = parse_page_bytes(
        load_page(path),
        path=row["path"],
        source=find_source(path, CONFIG),
        zone=CONFIG.site.timezone,
        language=CONFIG.site.language,
    )
    facts = dump_reading(row["path"], reading, reading.problems)
    body = " ".join(facts["body"])
    facts["first"] = row.get("first") if body.startswith(row.get("first") or "") else body[:80]
    facts["last"] = row.get("last") if body.endswith(row.get("last") or "") else body[-80:]
    assert {key: facts[key] for key in row} == row
