"""The commented `config.toml` that `feeds init` writes: written from the settings themselves, so it names them all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from feeds.config.settings import Config, list_tables

_HEADER = """\
# Settings of feeds. Every line that starts with # shows a default or an example: take the # away to change it.
# Paths are relative to this file. FEEDS_SITE_BASE_URL=... in the environment overrides base_url of [site], and so on.
# `feeds serve` follows every change but those of [serve] and of database in [library]: these need a restart.
"""
_EXAMPLES: dict[str, dict[str, Any]] = {
    "[[sources]]": {"name": "seeds", "folder": "seeds"},
    "[[categories]]": {"label": "Politik"},
    "[[rules]]": {"agency": "dpa", "content": "summary"},
}
_OPTIONAL = frozenset({"[sources.patterns]", "[[categories]]", "[[rules]]"})
"""Tables that a new site doesn't have."""
_REDIRECTS = f"""\
# {Config.model_fields["redirects"].description}
# [redirects]
# "/alt/" = "/politik/"
"""


def render_template(title: str, base_url: str) -> str:
    """The text of a new `config.toml` for a site of this title and address."""
    given = {"[site]": {"title": title, "base_url": base_url}, **_EXAMPLES}
    parts = [_HEADER]
    for header, model in list_tables():
        lines = [header, *_render_keys(model, given.get(header, {}))]
        if header in _OPTIONAL:
            lines = [line if line.startswith("#") else f"# {line}" for line in lines]
        parts.append("\n".join([f"# {_describe(model)}", *lines, ""]))
    return "\n".join([*parts, _REDIRECTS])


def _describe(model: type[BaseModel]) -> str:
    """What a table is for: the first line of its model's docstring, without the table's name in it."""
    return re.sub(r": `\[.*?\]`", "", (model.__doc__ or "").partition("\n")[0])


def _render_keys(model: type[BaseModel], given: Mapping[str, Any]) -> Iterator[str]:
    for key, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            # A table of its own.
            continue
        yield f"# {field.description}"
        if key in given:
            yield f"{key} = {_render_value(given[key])}"
        else:
            default = "" if field.is_required() else field.get_default(call_default_factory=True)
            yield f"# {key} = {_render_value(default)}"


def _render_value(value: Any) -> str:
    if isinstance(value, Path):
        return json.dumps(value.as_posix())
    if isinstance(value, tuple):
        return "[" + ", ".join(_render_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{}"
    if value is None:
        return '""'
    return json.dumps(value, ensure_ascii=False)
