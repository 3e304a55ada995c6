"""Reading `config.toml`: syntax, types, unknown keys, overrides; each error with its file, line and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from feeds.config.settings import Config, Source
from feeds.errors import ConfigError

ENVIRONMENT_PREFIX = "FEEDS_"
NOT_SETTINGS = frozenset({"FEEDS_CONFIG"})
"""Variables with our prefix that are no settings: the command line reads them itself."""
DEFAULT_SOURCE = {"name": "seeds", "folder": "seeds"}

_LISTS = frozenset({"tuple_type", "list_type"})
_RECORDS = frozenset({"model_type", "dict_type"})
_TABLES = frozenset({"sources", "categories", "rules"})
"""Tables that may stand there several times."""

Key = tuple[str | int, ...]


def load_config(
    path: Path | None,
    *,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[tuple[str, str], str] | None = None,
) -> Config:
    """The settings of a file, or the defaults where `path` is None; otherwise as `parse_config`."""
    return parse_config("" if path is None else _read(path), path, environ=environ, overrides=overrides)


def parse_config(
    text: str,
    path: Path | None,
    *,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[tuple[str, str], str] | None = None,
) -> Config:
    """The settings of a text that stands in `path`, which relative paths start from.

    `environ` gives FEEDS_<TABLE>_<KEY> variables for the single-valued tables, `overrides` options by (table, key);
    options win over variables, variables over the text. Raises ConfigError, which tells every error found.
    """
    data = _parse_toml(text, path)
    origins: dict[Key, str] = {}
    for (table, key), value, origin in [*_read_environment(environ or {}), *_read_options(overrides or {})]:
        section = data.setdefault(table, {})
        if isinstance(section, dict):
            section[key] = value
            origins[(table, key)] = origin
    data.setdefault("sources", [dict(DEFAULT_SOURCE)])
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise _explain(error, path, text, origins) from error
    folder = Path() if path is None else path.parent
    return _resolve(config, folder).model_copy(update={"path": path})


def find_line(path: Path | None, key: Key) -> int | None:
    """The line (from 1) of a key such as ("categories", 1, "slug") in the file; None where it has none."""
    if path is None:
        return None
    return _find_line(path.read_text(encoding="utf-8-sig"), key)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(
            "there is no such file", path=str(path), hint="name another with --config, or run `feeds init` to write one"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8", path=str(path), hint="save it as UTF-8") from error
    except IsADirectoryError as error:
        raise ConfigError("is a folder", path=str(path), hint="name the file in it with --config") from error
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror}", path=str(path), hint="check its permissions") from error


def _parse_toml(text: str, path: Path | None) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _line_of_syntax_error(error, text)
        lines = text.splitlines()
        shown = lines[line - 1] if 0 < line <= len(lines) else None
        what = str(error).partition(" (at ")[0].lower()
        hint = "this is not TOML; strings stand in quotes, tables in [brackets]"
        if what.startswith("cannot declare"):
            what, hint = "stands twice", "move its keys below the first"
        elif what.startswith("cannot overwrite"):
            what, hint = "stands twice", "keep one of the two"
        raise ConfigError(
            what,
            path=str(path or "settings"),
            line=line,
            text=shown,
            hint=hint,
        ) from error


def _line_of_syntax_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    # Until Python 3.14 the position stands only in the message: "... (at line 3, column 8)".
    if (line := getattr(error, "lineno", None)) is not None:
        return int(line)
    place = str(error).rpartition("(at line ")[2]
    number = place.partition(",")[0]
    return int(number) if number.isdigit() else max(1, text.count("\n") + 1)


def _read_environment(environ: Mapping[str, str]) -> list[tuple[tuple[str, str], str, str]]:
    known = {
        f"{ENVIRONMENT_PREFIX}{table}_{key}".upper(): (table, key)
        for table, field in Config.model_fields.items()
        if isinstance(field.default, BaseModel)
        for key in type(field.default).model_fields
    }
    found = []
    for name in sorted(environ):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in NOT_SETTINGS:
            continue
        if name not in known:
            raise ConfigError(
                "no setting has this name", path=name, text=environ[name], hint=_suggest(name, [*known, *NOT_SETTINGS])
            )
        found.append((known[name], environ[name], name))
    return found


def _read_options(overrides: Mapping[tuple[str, str], str]) -> list[tuple[tuple[str, str], str, str]]:
    return [(key, value, f"--{key[1].replace('_', '-')}") for key, value in overrides.items()]


def _resolve(config: Config, folder: Path) -> Config:
    """The settings with every relative path made absolute or relative to the current folder, as the file's own is."""

    def settle(path: Path | None) -> Path | None:
        return None if path is None else folder / path

    library = config.library.model_copy(
        update={"database": settle(config.library.database), "ledger": settle(config.library.ledger)}
    )
    site = config.site.model_copy(update={"icon": settle(config.site.icon), "logo": settle(config.site.logo)})
    sources = tuple(source.model_copy(update={"folder": settle(source.folder)}) for source in config.sources)
    output = config.output.model_copy(update={"folder": settle(config.output.folder)})
    return config.model_copy(update={"library": library, "site": site, "sources": sources, "output": output})


def _explain(error: ValidationError, path: Path | None, text: str, origins: Mapping[Key, str]) -> ConfigError:
    """One ConfigError that tells every validation error, each with where it stands."""
    told = []
    for item in error.errors():
        key: Key = item["loc"]
        name = "".join(f"{part}." for part in key)[:-1]
        what = item["msg"].removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
        hint = None
        if item["type"] == "extra_forbidden":
            what = "unknown key"
            hint = _suggest(str(key[-1]), _siblings(key))
        elif item["type"] == "missing":
            what = "is missing"
        elif item["type"] in _LISTS:
            what = "is no list"
            hint = f"write [[{name}]] above each" if name in _TABLES else 'write it in brackets, such as ["a", "b"]'
        elif item["type"] in _RECORDS:
            what = "is no table"
            hint = f"write [{name}], and its keys below"
        line = _find_line(text, key)
        value = item["input"]
        where, shown_line = (origins[key], None) if key in origins else (str(path or "defaults"), line)
        told.append(
            ConfigError(
                f"{name}: {what}" if name else what,
                path=where,
                line=shown_line,
                text=value if isinstance(value, str) else repr(value) if isinstance(value, int | float) else None,
                hint=hint,
            )
        )
    return ConfigError.gather(told)


def _siblings(key: Key) -> list[str]:
    """The keys that are known where `key` stands."""
    model: type[BaseModel] = Config
    for part in key[:-1]:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        if field is None:
            return []
        if isinstance(field.default, BaseModel):
            model = type(field.default)
        else:
            model = (
                Source
                if part == "sources"
                else next((arg for arg in getattr(field.annotation, "__args__", ()) if isinstance(arg, type)), model)
            )
    return [name for name, field in model.model_fields.items() if not field.exclude]


def _suggest(name: str, known: Sequence[str]) -> str | None:
    # Only where something is wrong.
    import difflib

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]}?"
    return f"known here: {', '.join(sorted(known))}" if known else None


def _find_line(text: str, key: Key) -> int | None:
    """Walk tomlkit's document, counting line ends, until the key is found; the line of its table where it is absent."""
    if not text or not key:
        return None
    # Costs 60 ms to import: only where something is wrong.
    import tomlkit
    from tomlkit.container import Container
    from tomlkit.items import AoT, Table

    best: list[tuple[int, int]] = []  # (parts matched, line)

    def walk(container: Container, wanted: Key, line: int, depth: int) -> int:
        for name, item in container.body:
            here = line
            raw = item.as_string() if name is None else ""
            if name is None:
                line += raw.count("\n")
                continue
            matches = bool(wanted) and name.key == wanted[0]
            if isinstance(item, AoT):
                for index, table in enumerate(item.body):
                    inside = matches and len(wanted) > 1 and wanted[1] == index
                    line += table.trivia.indent.count("\n")
                    if inside or (matches and len(wanted) == 1 and index == 0):
                        best.append((depth + 2, line))
                    line = walk(table.value, wanted[2:] if inside else (), line + 1, depth + 2)
                continue
            if isinstance(item, Table):
                line += item.trivia.indent.count("\n")
                if matches:
                    best.append((depth + 1, line))
                if not item.is_super_table():
                    line += 1
                line = walk(item.value, wanted[1:] if matches else (), line, depth + 1)
                continue
            if matches:
                best.append((depth + 1, here + item.trivia.indent.count("\n")))
            line = here + (name.as_string() + item.trivia.indent + item.as_string() + item.trivia.trail).count("\n")
        return line

    walk(tomlkit.parse(text), key, 1, 0)
    return max(best)[1] if best else None
