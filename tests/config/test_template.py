"""The file that `feeds init` writes names every setting, and says of each what holds without it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel

from feeds.config import Config, list_tables, parse_config, render_template

TEMPLATE = render_template("Blatt", "https://example.org/")
UNCOMMENTED = re.sub(r'^# (\[.*\]|("/\w+/"|\w+) = (?!""$).+)$', r"\1", TEMPLATE, flags=re.MULTILINE)
"""All that it shows, but for settings that say nothing by default."""


def list_models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and all that its fields are made of, by their schemas' names."""
    names = model.model_json_schema().get("$defs", {})
    known = {each.__name__: each for each in BaseModel.__subclasses__() for each in each.__subclasses__()}
    return {model, *(known[name] for name in names)}


def test_every_model_of_the_settings_is_a_table() -> None:
    assert list_models(Config) == {Config, *(model for _, model in list_tables())}


def test_it_names_every_setting_in_its_table() -> None:
    parts = re.split(r"^(?:# )?(\[.+\])$", TEMPLATE, flags=re.MULTILINE)
    tables = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert [*tables] == [*(header for header, _ in list_tables()), "[redirects]"]
    for header, model in list_tables():
        keys = re.findall(r"^(?:# )?(\w+) = ", tables[header], re.MULTILINE)
        own = [name for name, field in model.model_fields.items() if not isinstance(field.default, BaseModel)]
        assert keys == own, header


def test_as_it_is_written_it_changes_nothing_but_title_and_address() -> None:
    config = parse_config(TEMPLATE, Path("config.toml"))
    assert (config.site.title, config.site.base_url) == ("Blatt", "https://example.org/")
    bare = parse_config("", Path("config.toml"))
    assert config.model_copy(update={"site": bare.site}) == bare


def test_what_it_shows_can_be_taken_as_it_is_and_is_what_holds_by_default() -> None:
    config = parse_config(UNCOMMENTED, Path("config.toml"))
    assert [category.label for category in config.categories] == ["Politik"]
    assert [(rule.agency, rule.content) for rule in config.rules] == [("dpa", "summary")]
    assert config.redirects == {"/alt/": "/politik/"}
    bare = parse_config("", Path("config.toml"))
    examples = {"site": bare.site, "categories": (), "rules": (), "redirects": {}}
    assert config.model_copy(update=examples) == bare
    assert set(tomllib.loads(UNCOMMENTED)) == {name for name, field in Config.model_fields.items() if not field.exclude}
