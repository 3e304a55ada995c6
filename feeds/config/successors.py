"""Where the settings send readers of a feed that is no longer at its old path."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from feeds.config.settings import FEED_SETS, Config
from feeds.text import load_catalogue


def list_bare_redirects(config: Config) -> dict[str, str]:
    """The redirects of folders for who asks without the slash at their end: paths that the settings don't name.

    Where a redirect leads to such a path, something else publishes it: "/kontakt/" to "/kontakt".
    """
    named = {unquote(old) for old in config.redirects} | {
        config.find_own_path(new) for new in config.redirects.values()
    }
    bare = ((unquote(old).removesuffix("/"), new) for old, new in config.redirects.items())
    return {old: new for old, new in bare if old and old not in named}


def find_successor(config: Config, path: str, *, was: Mapping[str, str]) -> str | None:
    """The path that takes a document's place; "" where it is not published any more on purpose (410); else None.

    Paths are relative to the site: "politik/atom.xml". `was` are slugs of renames that were taken back -> slugs now, as
    the ledger has them. A site answers the same where it is served.
    """
    target = config.redirects.get(f"/{path}")
    if target is None and f"/{path}/" in config.redirects:
        target = list_bare_redirects(config).get(f"/{path}")
    if target is not None:
        target = target.removeprefix(config.site.base_url)
        return None if "://" in target else target.removeprefix("/")
    folder, _, name = path.rpartition("/")
    for category in config.categories:
        if folder in category.was and folder != category.word:
            return f"{category.word}/{name}"
        if folder == category.word and category.removed:
            return ""
    if folder in was:
        return f"{was[folder]}/{name}"
    word, slash, _ = folder.partition("/")
    paths = load_catalogue(config.site.language).paths
    is_switched_off = slash and word in {paths[each] for each in FEED_SETS if each not in config.feeds.sets}
    return "" if is_switched_off else None
