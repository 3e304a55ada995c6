"""Settings that are each valid and contradict each other, with the key at which that is reported."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from feeds.config.lines import Key
from feeds.config.settings import Config, Patterns
from feeds.config.values import is_path
from feeds.text import is_web_address, load_catalogue

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Flaw(NamedTuple):
    """What is wrong at a key of the settings."""

    key: Key
    what: str
    text: str | None = None
    hint: str | None = None


def find_contradictions(config: Config) -> Iterator[Flaw]:
    """All contradictions between settings with resolved paths, in the order of their tables."""
    yield from _find_published_folder(config)
    yield from _find_unusable_files(config)
    yield from _find_twin_sources(config)
    yield from _find_unread_layouts(config)
    yield from _find_twin_slugs(config)
    for old, new in config.redirects.items():
        yield from _find_bad_redirect(old, new)
    yield from _find_twin_redirects(config)
    yield from _find_loops(config)


def find_private(config: Config, folder: Path) -> Path | None:
    """What is in a folder and must not be published with it: settings, ledger, library or texts; None if nothing is.

    Links are followed, because whoever deploys a folder may follow them too.
    """
    own = _follow(folder)
    files = filter(None, (config.path, config.library.ledger, config.library.database))
    held = [(file, place) for file in files for place in (file.parent, _follow(file).parent)]
    held += [(texts, texts) for texts in map(config.find_folder, config.sources)]
    return next((path for path, place in held if _follow(place).is_relative_to(own)), None)


def _follow(path: Path) -> Path:
    # Unlike Path.resolve it raises nothing at a link to itself.
    return Path(os.path.realpath(path))


def _find_published_folder(config: Config) -> Iterator[Flaw]:
    private = find_private(config, config.output.folder)
    index = next((i for i, source in enumerate(config.sources) if config.find_folder(source) == private), None)
    if index is not None and config.output.folder == config.folder / "public":
        what = "the texts would be published with the site, which is written into this folder"
        key = config.find_place_key(index)
        yield Flaw(key, what, str(private), "keep texts in a folder of their own, or name another one in [output]")
    elif private is not None:
        what = f"the site's folder holds {str(private)!r}, which would be published with it"
        hint = "name a folder of its own, such as public"
        yield Flaw(("output", "folder"), what, str(config.output.folder), hint)


def _find_unusable_files(config: Config) -> Iterator[Flaw]:
    """The library and the ledger where something else is already: an error of theirs may say to delete it."""
    database, ledger = config.library.database, config.library.ledger
    others = {} if config.path is None else {_follow(config.path): "the settings"}
    for key, path, example in (("ledger", ledger, "ledger.jsonl"), ("database", database, ".feeds/library.sqlite")):
        place = _follow(path)
        # Unlike Path.is_dir it raises nothing. Where nobody named it, it is the library's or ledger's own error.
        if path != config.folder / example and os.path.isdir(path):  # noqa: PTH112
            yield Flaw(("library", key), "this is a folder", str(path), f"name a file in it, such as {example}")
        elif place in others:
            yield Flaw(("library", key), f"this is the file of {others[place]}", str(path), "name another file")
        others[place] = f"the {key}"


def _find_twin_sources(config: Config) -> Iterator[Flaw]:
    names: set[str] = set()
    for index, source in enumerate(config.sources):
        if source.name in names:
            yield Flaw(("sources", index, "name"), "two sources have one name", source.name, "give one another name")
        names.add(source.name)


def _find_unread_layouts(config: Config) -> Iterator[Flaw]:
    """Sources whose files are texts word for word, and that say how their pages are built all the same."""
    for index, source in enumerate(config.sources):
        key = "layout" if source.layout is not None else "patterns" if source.patterns != Patterns() else None
        if source.verbatim and key is not None:
            what = f"the texts of {source.name!r} are taken word for word (verbatim = true), so its {key} is for none"
            yield Flaw(("sources", index, "verbatim"), what, hint="keep one of the two")


def _find_twin_slugs(config: Config) -> Iterator[Flaw]:
    reserved = load_catalogue(config.site.language).reserved
    labels: dict[str, str] = {}
    for index, category in enumerate(config.categories):
        own = "label" if category.slug is None else "slug"
        for name, slug in ((own, category.word), *(("was", slug) for slug in category.was)):
            key = ("categories", index, name)
            if slug in reserved:
                what = f"the slug {slug!r} of the category {category.label!r} is reserved"
                yield Flaw(key, what, hint="give it another slug")
            elif name == "was" and slug == category.word:
                what = f"the slug {slug!r} of the category {category.label!r} is its current one, not a former one"
                yield Flaw(key, what, hint="take it out of `was`, or give the category another slug")
            elif labels.get(slug) == category.label and name != "was":
                yield Flaw(key, "this category has two tables", category.label, "put both into one")
            elif slug in labels:
                what = f"the slug {slug!r} stands for {labels[slug]!r} and for {category.label!r}"
                yield Flaw(key, what, hint="give one of the two another slug, or take it out of one `was`")
            labels.setdefault(slug, category.label)


def _find_bad_redirect(old: str, new: str) -> Iterator[Flaw]:
    key = ("redirects", old)
    if _CONTROL.search(unquote(old) + new):
        what = f"the redirect of {old!r} to {new!r} has a control character"
        yield Flaw(key, what, hint="write both on one line, without tabs")
    elif not is_path(old):
        what = f"a redirect starts from a path such as /alt/, not {old!r}"
        yield Flaw(key, what, hint="write the path that follows the host, with one slash in front")
    elif "?" in old or "#" in old:
        what = "a redirect starts from a path alone: what follows ? or # is never compared"
        hint = "write only the path, if all of it moved; a ? that belongs to a path is written %3F"
        yield Flaw(key, what, old, hint)
    if not is_path(new) and not is_web_address(new):
        what = f"the redirect of {old!r} leads to a path or a whole address, not {new!r}"
        yield Flaw(key, what, hint="write a path such as /neu/, or an address such as https://example.org/neu/")


def _find_twin_redirects(config: Config) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for old, new in config.redirects.items():
        before = first.setdefault(unquote(old), old)
        if config.redirects[before] != new:
            what = f"this is the path of {before!r}, which leads elsewhere"
            yield Flaw(("redirects", old), what, old, "keep one of the two lines")


def _find_loops(config: Config) -> Iterator[Flaw]:
    """Each circle of redirects once, at its first line."""
    following = {unquote(old): (old, config.find_own_path(new)) for old, new in config.redirects.items()}
    told: set[str] = set()
    for start in following:
        way: list[str] = []
        path: str | None = start
        while path in following and path not in told:
            told.add(path)
            way.append(path)
            path = following[path][1]
        if path in way:
            circle = way[way.index(path) :]
            shown = " -> ".join(following[each][0] for each in (*circle, circle[0]))
            hint = "let one of them lead to something that exists"
            yield Flaw(("redirects", following[circle[0]][0]), "redirects lead in a circle", shown, hint)
