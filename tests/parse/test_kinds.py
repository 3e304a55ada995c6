"""What a page is, by the rule that each case shows: an article, or what else; in tests/data/parse/kinds.json.

`{one}` to `{six}` stand for the paragraphs of `test_whole_pages`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feeds.parse import parse_page_bytes
from tests.parse.test_whole_pages import ADDRESS, TEXT

CASES = json.loads((Path(__file__).parent.parent / "data/parse/kinds.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{rule}-{number}") for rule, cases in CASES.items() for number, case in enumerate(cases)],
)
def test_page_is_what_its_rule_says(case: dict[str, Any]) -> None:
    page = f"---\nurl: {case.get('url', ADDRESS)}\n---\n" + "\n\n".join(line.format_map(TEXT) for line in case["lines"])
    reading = parse_page_bytes(page.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de")
    assert reading.kind == case["kind"], reading.reason
