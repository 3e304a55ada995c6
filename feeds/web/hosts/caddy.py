"""Directives for Caddy."""

from __future__ import annotations

import re

from feeds.site.routes import MISSING
from feeds.web.document import CORS, SECURITY
from feeds.web.hosts.facts import COPIES, MEDIA_TYPES, PRIVATE, Facts


def render_caddy(facts: Facts) -> str:
    """Directives for a site block of Caddy; of a site under a path, for that path only."""
    prefix = facts.path
    here = _quote(f"{prefix}/*") if prefix else "*"
    lines = [*_serve_files(facts, here), *_set_types(prefix), *_lead_on(facts)]
    if facts.has_pages:
        # `handle_errors 404` would be shorter, but needs Caddy 2.8.
        lines += [
            "handle_errors {",
            "\t@missing {",
            "\t\texpression {err.status_code} == 404",
            *([f"\t\tpath {here}"] if prefix else []),
            "\t}",
            f"\trewrite @missing {_quote(f'{prefix}{MISSING}')}",
            "\tfile_server @missing",
            "}",
        ]
    return "\n".join(lines) + "\n"


def _serve_files(facts: Facts, here: str) -> list[str]:
    """The files with their headers and coded copies; `here` is the pattern of the site's paths."""
    prefix = facts.path
    return [
        f"# For a site block of Caddy, with `root * <{facts.root}>`.",
        f"file_server {here} {{",
        "\tprecompressed zstd br gzip",
        f"\thide {' '.join(sorted(PRIVATE))}",
        "}",
        "@hidden {",
        f"\tpath_regexp {_quote(f'^{re.escape(prefix)}/(.*/)?[.]')}",
        "\tnot path */.well-known/*",
        "}",
        "error @hidden 404",
        "@copies {",
        f"\tpath_regexp {_quote(f'^{re.escape(prefix)}/.*(?:{COPIES})$')}",
        "\tnot path */.well-known/*",
        "}",
        "error @copies 404",
        f"header {here} {{",
        *(f'\t{name} "{value}"' for name, value in SECURITY),
        f'\tCache-Control "{facts.cache}"',
        "}",
    ]


def _set_types(prefix: str) -> list[str]:
    """The media types of feeds, which Caddy doesn't know, and who may read them."""
    lines = []
    for name, media_type in MEDIA_TYPES.items():
        matcher = f"@{name.partition('.')[0]}"
        lines += [
            f"{matcher} path_regexp {_quote(f'^{re.escape(prefix)}/(.*/)?{re.escape(name)}$')}",
            f"header {matcher} {{",
            f'\tContent-Type "{media_type}; charset=utf-8"',
            *(f'\t{key} "{value}"' for key, value in CORS),
            "}",
        ]
    return lines


def _lead_on(facts: Facts) -> list[str]:
    """Redirects, and what is gone."""
    prefix = facts.path
    lines = [f"redir {_quote(prefix + old)} {_quote(target)} 301" for old, target in facts.paths]
    for number, (old, target) in enumerate(facts.folders):
        lines += [
            f"@moved{number} path_regexp moved{number} {_quote(f'^{re.escape(prefix + old)}(.*)$')}",
            f"redir @moved{number} {target}{{re.moved{number}.1}} 301",
        ]
    for path in facts.withdrawn:
        lines += [f"handle {_quote(prefix + path)} {{", "\tfile_server {", "\t\tstatus 410", "\t}", "}"]
    lines += [f"respond {_quote(prefix + path)} 410" for path in facts.gone]
    lines += [f"respond {_quote(prefix + path + '*')} 410" for path in facts.gone_folders]
    return lines


def _quote(text: str) -> str:
    """A string of Caddy's configuration."""
    return '"' + text.replace('"', '\\"') + '"'
