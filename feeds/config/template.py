"""The commented `config.toml` that `feeds init` writes: written from the settings themselves, so it names them all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from feeds.config.settings import Category, Config, Source

_HEADER = """\
# Settings of feeds. Every line that starts with # shows a default: take the # away to change it.
# Paths are relative to this file. FEEDS_SITE_BASE_URL=... in the environment overrides base_url of [site], and so on.
"""
_EXAMPLES: dict[str, Any] = {
    "Source.name": "seeds",
    "Source.folder": "seeds",
    "Category.label": "Politik",
    "Category.slug": "politik",
}


def render_template(title: str, base_url: str) -> str:
    """The text of a new `config.toml` for a site of this title and address."""
    lines = [_HEADER]
    values = {("site", "title"): title, ("site", "base_url"): base_url}
    for table, field in Config.model_fields.items():
        if not isinstance(field.default, BaseModel):
            continue
        lines.append(f"[{table}]")
        lines += _render_keys(
            type(field.default), {key: value for (where, key), value in values.items() if where == table}
        )
        lines.append("")
    lines.append("# One table a place where pages come from.")
    lines.append("[[sources]]")
    lines += _render_keys(Source, {"name": "seeds", "folder": "seeds"})
    lines += ["", "# One table a category that is known beforehand; others appear by themselves.", "# [[categories]]"]
    lines += [line if line.startswith("#") else f"# {line}" for line in _render_keys(Category, {"label": "Politik"})]
    lines += ["", "# Addresses that have moved.", "# [redirects]", '# "/alt/" = "/politik/"', ""]
    return "\n".join(lines)


def _render_keys(model: type[BaseModel], given: dict[str, Any]) -> list[str]:
    lines = []
    for key, field in model.model_fields.items():
        lines.append(f"# {field.description}")
        if isinstance(field.default, BaseModel):
            # A table inside the table stands last: what follows it in the file would belong to it.
            lines += [f"# [sources.{key}]", *_render_keys(type(field.default), {})]
        elif key in given:
            lines.append(f"{key} = {_render_value(given[key])}")
        else:
            default = "" if field.is_required() else field.get_default(call_default_factory=True)
            lines.append(f"# {key} = {_render_value(default)}")
    return lines


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
