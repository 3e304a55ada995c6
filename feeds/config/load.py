"""Reading `config.toml`: syntax, types, unknown keys, overrides; each error with its file, line and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from feeds.config.contradictions import Flaw, find_contradictions
from feeds.config.lines import Key, find_line, find_line_of_error, find_line_of_key
from feeds.config.services import find_service_variables
from feeds.config.settings import Config, list_tables
from feeds.errors import ConfigError

ENVIRONMENT_PREFIX = "FEEDS_"
NOT_SETTINGS = frozenset({"FEEDS_CONFIG"})
"""Variables with our prefix that are no settings: the command line reads them itself."""
DEFAULT_SOURCE = {"name": "seeds", "folder": "seeds"}

_LISTS = frozenset({"tuple_type", "list_type"})
_RECORDS = frozenset({"model_type", "dict_type"})
_HINTS = {
    "string_type": "write a single text, in quotes",
    **dict.fromkeys(("bool_type", "bool_parsing"), "write true or false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "write a whole number"),
}
"""What to write, by pydantic's name of the error, where its message doesn't say it."""
_SHORT = frozenset({"too_short", "string_too_short"})
_TABLES = frozenset({"sources", "categories", "rules"})
"""Tables that a file may have several of."""


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
    """The settings of a text that is in `path`, which relative paths start from.

    `environ` gives FEEDS_<TABLE>_<KEY> variables for the single-valued tables, `overrides` options by (table, key);
    options win over variables, variables over the text. Raises ConfigError with every error found.
    """
    data = _parse_toml(text, path)
    origins: dict[Key, str] = {}
    options = [(place, value, f"--{place[1].replace('_', '-')}") for place, value in (overrides or {}).items()]
    for (table, key), value, origin in [*_read_environment(environ or {}), *options]:
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
    config = _resolve(config, folder).model_copy(update={"path": path})
    if told := [_tell(flaw, path, text, origins) for flaw in find_contradictions(config)]:
        raise ConfigError.gather(told)
    return config


def guess_database(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the library is by settings that can't be used: what they say of it where that can be read, or the default.

    Relative paths start as in `parse_config`.
    """
    try:
        library = tomllib.loads("" if path is None else _read(path)).get("library")
    except (ConfigError, tomllib.TOMLDecodeError):
        # Whoever asks has been told.
        library = None
    named = environ.get("FEEDS_LIBRARY_DATABASE") or (library.get("database") if isinstance(library, dict) else None)
    known = Path(named) if isinstance(named, str) else Config.model_fields["library"].default.database
    return (Path() if path is None else path.parent) / known


def blame(config: Config, key: Key, what: str, *, text: str | None = None, hint: str | None = None) -> ConfigError:
    """The error of a setting that only its use shows, at its line."""
    line = find_line(config.path, key)
    return ConfigError(f"{_name(key)}: {what}", path=str(config.path or "defaults"), line=line, text=text, hint=hint)


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
        line = find_line_of_error(error, text)
        lines = text.splitlines()
        shown = lines[line - 1] if 0 < line <= len(lines) else None
        what = str(error).partition(" (at ")[0].lower()
        hint = "this is not TOML; strings are in quotes, tables in [brackets]"
        if what.startswith("cannot declare"):
            what, hint = "is there twice", "move its keys below the first"
        elif what.startswith("cannot overwrite"):
            what, hint = "is there twice", "keep one of the two"
        raise ConfigError(what, path=str(path or "settings"), line=line, text=shown, hint=hint) from error


def _read_environment(environ: Mapping[str, str]) -> list[tuple[tuple[str, str], Any, str]]:
    known = {
        f"{ENVIRONMENT_PREFIX}{table}_{key}".upper(): ((table, key), isinstance(setting.default, tuple))
        for table, field in Config.model_fields.items()
        if isinstance(field.default, BaseModel)
        for key, setting in type(field.default).model_fields.items()
    }
    found = []
    ours = {name for name in environ if name.startswith(ENVIRONMENT_PREFIX)} - NOT_SETTINGS
    for name in sorted(ours - find_service_variables(environ)):
        if name not in known:
            table = name.removeprefix(ENVIRONMENT_PREFIX).partition("_")[0].lower()
            hint = f"variables are for tables that appear once; write {table} into config.toml"
            if table not in {*_TABLES, "redirects"}:
                hint = _suggest(name, [*known, *NOT_SETTINGS]) or hint
            raise ConfigError("no setting has this name", path=name, text=environ[name], hint=hint)
        key, is_list = known[name]
        found.append((key, _read_list(environ[name]) if is_list else environ[name], name))
    return found


def _read_list(text: str) -> Any:
    """The list in a variable, written as in the file; any other text as it is."""
    try:
        return tomllib.loads(f"list = {text}")["list"]
    except tomllib.TOMLDecodeError:
        return text


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
    """One ConfigError for all validation errors, each with its place."""
    told = []
    for item in error.errors():
        key: Key = item["loc"]
        name = _name(key)
        what = item["msg"].removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
        hint = _HINTS.get(item["type"])
        if item["type"] == "extra_forbidden":
            what = "unknown key"
            hint = _suggest(str(key[-1]), [each for each, field in _fields_beside(key).items() if not field.exclude])
        elif item["type"] == "missing":
            what = "is missing"
        elif item["type"] in _SHORT:
            field = _fields_beside(key).get(str(key[-1]))
            is_required = field is not None and field.is_required()
            what, hint = "is empty", "write a text" if is_required else "write a text, or leave it out"
        elif item["type"] == "path_type":
            what, hint = "is no text", _HINTS["string_type"]
        elif item["type"] in _LISTS:
            what = "is no list"
            hint = f"write [[{name}]] above each" if name in _TABLES else 'write it in brackets, such as ["a", "b"]'
        elif item["type"] in _RECORDS:
            what = "is no table"
            hint = f"write [{name}], and its keys below"
        value = item["input"]
        shown = value if isinstance(value, str) else repr(value) if isinstance(value, int | float) else None
        told.append(_tell(Flaw(key, what, shown, hint), path, text, origins))
    return ConfigError.gather(told)


def _tell(flaw: Flaw, path: Path | None, text: str, origins: Mapping[Key, str]) -> ConfigError:
    """The error of a flaw: at the line of its key, or at the variable or option that gave it."""
    key = flaw.key
    # A variable gives a list as a whole, and the flaw may be of an item.
    origin = next((origins[key[:length]] for length in range(len(key), 0, -1) if key[:length] in origins), None)
    where, line = (str(path or "defaults"), find_line_of_key(text, key)) if origin is None else (origin, None)
    what = f"{_name(key)}: {flaw.what}" if key else flaw.what
    return ConfigError(what, path=where, line=line, text=flaw.text, hint=flaw.hint)


def _name(key: Key) -> str:
    return ".".join(map(str, key))


def _fields_beside(key: Key) -> Mapping[str, FieldInfo]:
    """The fields of the table that `key` is in; none where that is no table of the settings."""
    models: dict[str, type[BaseModel]] = {"": Config}
    models |= {header.strip("[]"): model for header, model in list_tables()}
    model = models.get(".".join(part for part in key[:-1] if isinstance(part, str)))
    return {} if model is None else model.model_fields


def _suggest(name: str, known: Sequence[str]) -> str | None:
    # Imported only where something is wrong.
    import difflib

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]}?"
    return f"known here: {', '.join(sorted(known))}" if known else None
