"""`config.toml` -> typed, frozen settings; errors name file, key and line.

    settings          the tables and their fields; `values`: what the fields may hold
    load              file, environment and options -> Config; `lines`: where a key is; `services`: whose variables
                      are no settings
    contradictions    what no field shows by itself
    sources           which source a file belongs to
    successors        where a path leads that was renamed or removed
    template          the file that `feeds init` writes

Environment variables (`FEEDS_SITE_BASE_URL`) and options override the file. Paths are relative to the file.
"""

from feeds.config.contradictions import find_private
from feeds.config.load import blame, guess_database, load_config, parse_config
from feeds.config.settings import FEED_SETS, Category, Config, Gate, Patterns, Rule, Serve, Source, list_tables
from feeds.config.sources import find_source, matches_glob, name_category
from feeds.config.successors import find_successor, list_bare_redirects
from feeds.config.template import render_template

__all__ = [
    "FEED_SETS", "Category", "Config", "Gate", "Patterns", "Rule", "Serve", "Source", "blame", "find_private",
    "find_source", "find_successor", "guess_database", "list_bare_redirects", "list_tables", "load_config",
    "matches_glob", "name_category", "parse_config", "render_template",
]  # fmt: skip
