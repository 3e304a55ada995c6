"""The cases of tests/data/web/rules.toml, filled in for a site that is served."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

CASES = tomllib.loads((Path(__file__).parent.parent / "data" / "web" / "rules.toml").read_text(encoding="utf-8"))[
    "case"
]
DOCUMENT = "/politik/atom.xml"


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    status: int
    path: str = DOCUMENT
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    coding: str = ""
    tag_suffix: str | None = None
    location: str | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def fill(case: dict[str, Any], *, base: str, etag: str, last_modified: str, withdrawn: str) -> Case:
    """The case with what it names of the document put in."""
    changed = parsedate_to_datetime(last_modified)
    values = {
        "tag": etag.strip('"'),
        "changed": last_modified,
        "changed_850": changed.strftime("%A, %d-%b-%y %H:%M:%S GMT"),
        "changed_asctime": changed.strftime("%a %b %e %H:%M:%S %Y"),
        "before": format_http(changed - timedelta(seconds=1)),
        "after": format_http(changed + timedelta(seconds=1)),
        "future": format_http(changed + timedelta(days=365)),
        "base": base,
        "withdrawn": withdrawn,
        "long": "x" * 5000,
    }

    def put(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    made: dict[str, Any] = {key: put(value) if isinstance(value, str) else value for key, value in case.items()}
    made["headers"] = {name: put(value) for name, value in case.get("headers", {}).items()}
    return Case(**made)


def format_http(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)
