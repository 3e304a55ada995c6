"""The note on forms shows the test data. `REWRITE_GOLDEN=1 pytest tests/dates/test_docs.py` writes it anew."""

from __future__ import annotations

import json
import os
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "dates"
NOTE = ROOT / "docs" / "dates-are-read-in-every-form-that-pages-print.md"
START, END = "<!-- from tests/data/dates -->\n", "<!-- end -->\n"
TITLES = {
    "absolute": "Days",
    "clocks": "Clocks and zones",
    "labels": "What stands around a date",
    "characters": "Characters",
    "relative": "Relative to now",
}
MOST_EXAMPLES = 8


def table_of(name: str) -> str:
    cases = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = ["| form | written | read as |", "|---|---|---|"]
    for form, group in groupby(cases, key=lambda case: str(case["form"])):
        examples = list(group)
        shown = examples[:MOST_EXAMPLES]
        more = f"<br>and {len(examples) - MOST_EXAMPLES} more" if len(examples) > MOST_EXAMPLES else ""
        written = "<br>".join(code(case) for case in shown)
        results = list(dict.fromkeys(case["expected"] for case in shown))
        read_as = results[0] if len(results) == 1 else "<br>".join(case["expected"] for case in shown)
        rows.append(f"| {form} | {written}{more} | {read_as} |")
    return "\n".join(rows)


def code(case: dict[str, Any]) -> str:
    """The text as Markdown code in a table: bars escaped, what can't be seen named by its code."""
    text = "".join(c if c.isprintable() and c not in "\u0308" else f"\\u{ord(c):04x}" for c in case["input"])
    return "`" + text.replace("|", "\\|") + "`" + (" (!)" if "problem" in case else "")


def tables() -> str:
    return "\n".join(f"## {title}\n\n{table_of(name)}\n" for name, title in TITLES.items())


def test_note_shows_the_forms_of_the_test_data() -> None:
    note = NOTE.read_text(encoding="utf-8")
    head, rest = note.split(START)
    shown, foot = rest.split(END)
    if os.environ.get("REWRITE_GOLDEN"):
        NOTE.write_text(f"{head}{START}\n{tables()}\n{END}{foot}", encoding="utf-8")
        return
    assert shown == f"\n{tables()}\n"
