"""The note of all settings says what the settings say. REWRITE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from feeds.config import list_tables

NOTE = Path(__file__).parents[2] / "docs" / "every-setting-has-a-default.md"
HEAD = """\
# Every setting has a default

`feeds init` writes a `config.toml` that names them all. An unknown key is an error that names the nearest known one,
with file and line. `FEEDS_<TABLE>_<KEY>` in the environment overrides a setting of a single table, such as
`FEEDS_SITE_BASE_URL`, with a list as the file has it (`FEEDS_FEEDS_SETS='["tag"]'`); options such as `--base-url`
override both. Paths are relative to the file. A variable that no setting has is an error, but for those that Kubernetes
sets in every pod beside a service called `feeds` (`FEEDS_PORT=tcp://…`, `FEEDS_SERVICE_HOST` and so on).

`feeds serve` follows every change but those of `[serve]` and of `database` in `[library]`: it keeps what it started
with, and says that another value needs a restart.
"""
TAIL = """
## `[redirects]`

Old path = new path or whole address: answers 301. `"/alt/" = "/politik/"`
What the site has itself goes on to be answered: such a line is an error, and all else is published. A path that leads
to a path where the site has nothing is warned of. Lines that lead in a circle are an error, and so is an old path with
a query: what follows `?` is never compared.
"""


def render_table(name: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"\n## `{name}`\n\n| key | default | what |\n|---|---|---|\n"
    for key, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            continue
        default = "*needed*" if field.is_required() else render_value(field.get_default(call_default_factory=True))
        assert field.description, f"{name} {key} has no description"
        yield f"| `{key}` | {default} | {field.description.replace('|', '&#124;')} |\n"


def render_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return f"`{value}`" if value else ""
    if isinstance(value, tuple):
        return f"`{json.dumps(list(value))}`"
    return f"`{json.dumps(value.as_posix() if isinstance(value, Path) else value, ensure_ascii=False)}`"


def test_the_note_names_every_setting() -> None:
    tables = [part for header, model in list_tables() for part in render_table(header, model)]
    text = HEAD + "".join(tables) + TAIL
    if os.environ.get("REWRITE_GOLDEN"):
        NOTE.write_text(text, encoding="utf-8")
    assert NOTE.read_text(encoding="utf-8") == text
