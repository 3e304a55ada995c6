"""The configuration with which static hosts answer as the server does: headers, redirects, what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import ColumnElement, select

from feeds.build import file_name_of
from feeds.config import Config
from feeds.render.formats import FORMATS
from feeds.site import Site
from feeds.store import schema
from feeds.web.compression import CODINGS
from feeds.web.document import CORS, SECURITY, say_freshness

NOT_FOUND = "404.html"
SETTINGS = frozenset({NOT_FOUND, "_headers", "_redirects", "_nginx.conf", "_Caddyfile"})
"""The names of all files that hosts are configured by."""


def render_settings(site: Site) -> dict[str, bytes]:
    """The files that tell hosts what our server does by itself, by their names."""
    config, facts = site.config, _Facts(site)
    return {
        **({NOT_FOUND: site.not_found("/").body} if site.routes.has_pages else {}),
        "_headers": _render_headers(config, facts).encode(),
        "_redirects": _render_redirects(facts).encode(),
        "_nginx.conf": _render_nginx(config, facts).encode(),
        "_Caddyfile": _render_caddy(config, facts).encode(),
    }


_TEXTUAL = (
    "text/css", "text/plain", "text/x-opml", "image/svg+xml", "application/xml",
    *(each.media_type for each in FORMATS),
)  # fmt: skip
"""What nginx says a charset of, beside pages: of those it does so by itself, and warns of being told."""

_COPIES = "|".join(re.escape(coding.file_suffix) for coding in CODINGS)
"""How coded copies end: they are answered in place of their files, and not by themselves."""


class _Facts:
    """What hosts are to be told: redirects as pairs of path and address, and paths that are gone.

    `prefix` is the path of the base URL without a slash at its end, `path` the same without percent-encoding.
    """

    def __init__(self, site: Site) -> None:
        self.prefix = urlsplit(site.config.site.base_url).path.rstrip("/")
        self.path = unquote(self.prefix)
        self.folders = site.moves().items()
        self.has_pages = site.routes.has_pages
        # A folder that is not there any more gets no slash by itself.
        bare = {old.rstrip("/"): target for old, target in self.folders} if self.has_pages else {}
        self.paths = (site.redirects() | bare).items()
        articles = schema.articles
        withdrawn = articles.c.seed.is_not(None) & (articles.c.withdrawn != 0)
        gone = articles.c.seed.is_(None)
        self.withdrawn = self._list_pages(site, withdrawn)
        self.gone = self._list_pages(site, gone)
        self.gone_folders = sorted(
            f"/{feed.slug}/" for feed in site.feeds.values() if feed.slug and site.routes.is_removed(feed)
        )

    def _list_pages(self, site: Site, which: ColumnElement[bool]) -> list[str]:
        """The paths of these articles, where articles have pages."""
        paths = schema.articles.c.path
        return sorted(site.connection.scalars(select(paths).where(which))) if self.has_pages else []


def _cache_of(config: Config) -> str:
    return say_freshness(config.feeds.max_age_seconds)


def _render_headers(config: Config, facts: _Facts) -> str:
    """`_headers` as Netlify and Cloudflare Pages read it."""
    prefix = facts.prefix
    lines = [
        f"{prefix}/*",
        *(f"  {name}: {value}" for name, value in SECURITY),
        f"  Cache-Control: {_cache_of(config)}",
    ]
    for each in FORMATS:
        for pattern in (f"{prefix}/{each.file_name}", f"{prefix}/*/{each.file_name}"):
            lines += [pattern, f"  Content-Type: {each.media_type}; charset=utf-8"]
            lines += [f"  {name}: {value}" for name, value in CORS]
    lines += [f"{prefix}/feeds.opml", "  Content-Type: text/x-opml; charset=utf-8"]
    return "\n".join(lines) + "\n"


def _render_redirects(facts: _Facts) -> str:
    """`_redirects` as Netlify and Cloudflare Pages read it: these hosts know no 410."""
    return "".join(f"{line}\n" for line in _list_redirects(facts))


def _list_redirects(facts: _Facts) -> Iterator[str]:
    for old, target in facts.paths:
        yield f"{facts.prefix}{quote(old)} {target} 301"
    for old, target in facts.folders:
        yield f"{facts.prefix}{old}* {target}:splat 301"


def _say_root(facts: _Facts) -> str:
    """What a host's root must be, so that the addresses are those of the base URL."""
    return f"a folder that has the build as {facts.prefix[1:]}/" if facts.prefix else "the build's folder"


def _render_nginx(config: Config, facts: _Facts) -> str:
    """Directives for a `server` block of nginx; of a site under a path, for that path only."""
    lines = _list_nginx(config, facts)
    if facts.prefix:
        lines = [f"location ^~ {_quote_nginx(facts.path + '/')} {{", *(f"  {line}" for line in lines), "}"]
    about = f"# For a server block of nginx, with `root` set to {_say_root(facts)}. brotli_static needs its module."
    return "\n".join([about, *lines]) + "\n"


def _list_nginx(config: Config, facts: _Facts) -> list[str]:
    # nginx compares paths as they are decoded.
    prefix = facts.path
    lines = [
        "gzip_static on;",
        "# brotli_static on;",
        "gzip_vary on;",
        "etag on;",
        "if_modified_since before;",
        "absolute_redirect off;",
        "charset utf-8;",
        f"charset_types {' '.join(_TEXTUAL)};",
        # By itself it answers a folder without a page with 403.
        f"error_page 403 404 =404 {_quote_nginx(f'{prefix}/{NOT_FOUND}')};"
        if facts.has_pages
        else 'location ~ "/$" { return 404; }',
        *(f'add_header {name} "{value}" always;' for name, value in SECURITY),
        f'add_header Cache-Control "{_cache_of(config)}";',
        # What proves to others whose host it is, certificates among it, is not the build's.
        r'location ~ "/\.(?!well-known/)" { return 404; }',
        rf'location ~ "^(?!/\.well-known/).*({_COPIES})$" {{ return 404; }}',
        *(
            f"location = {_quote_nginx(f'{prefix}/{name}')} {{ return 404; }}"
            for name in sorted(SETTINGS - {NOT_FOUND})
        ),
    ]
    types = {**{each.file_name: each.media_type for each in FORMATS}, "feeds.opml": "text/x-opml"}
    for name, media_type in types.items():
        lines += [
            f"location ~ /{re.escape(name)}$ {{",
            "  types { }",
            f"  default_type {media_type};",
            *(f'  add_header {key} "{value}" always;' for key, value in (*SECURITY, *CORS)),
            f'  add_header Cache-Control "{_cache_of(config)}";',
            "}",
        ]
    for old, target in facts.paths:
        lines.append(
            f"location = {_quote_nginx(prefix + old)} {{ return 301 {_quote_nginx(_without_dollar(target))}; }}"
        )
    for old, target in facts.folders:
        pattern = _quote_nginx(f"^{re.escape(prefix + old)}(.*)$")
        to = _quote_nginx(f"{_without_dollar(target)}$1")
        lines.append(f"location ^~ {_quote_nginx(prefix + old)} {{ rewrite {pattern} {to} permanent; }}")
    for path in facts.withdrawn:
        notice = _quote_nginx(f"{prefix}/{file_name_of(path)}")
        lines.append(f"location = {_quote_nginx(prefix + path)} {{ error_page 410 {notice}; return 410; }}")
    lines += [f"location = {_quote_nginx(prefix + path)} {{ return 410; }}" for path in facts.gone]
    lines += [f"location ^~ {_quote_nginx(prefix + path)} {{ return 410; }}" for path in facts.gone_folders]
    return lines


def _quote_nginx(text: str) -> str:
    """A string of nginx's configuration."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _without_dollar(address: str) -> str:
    """An address without what nginx would take for a variable, for which it knows no other way to write it."""
    return address.replace("$", "%24")


def _render_caddy(config: Config, facts: _Facts) -> str:
    """Directives for a site block of Caddy; of a site under a path, for that path only."""
    prefix = facts.path
    here = _quote_caddy(f"{prefix}/*") if prefix else "*"
    lines = [
        f"# For a site block of Caddy, with `root * <{_say_root(facts)}>`.",
        f"file_server {here} {{",
        "\tprecompressed zstd br gzip",
        f"\thide {' '.join(sorted(SETTINGS - {NOT_FOUND}))}",
        "}",
        "@hidden {",
        f"\tpath_regexp {_quote_caddy(f'^{re.escape(prefix)}/(.*/)?[.]')}",
        "\tnot path */.well-known/*",
        "}",
        "error @hidden 404",
        "@copies {",
        f"\tpath_regexp {_quote_caddy(f'^{re.escape(prefix)}/.*(?:{_COPIES})$')}",
        "\tnot path */.well-known/*",
        "}",
        "error @copies 404",
        f"header {here} {{",
        *(f'\t{name} "{value}"' for name, value in SECURITY),
        f'\tCache-Control "{_cache_of(config)}"',
        "}",
    ]
    for each in FORMATS:
        lines += [
            f"@{each.name} path_regexp {_quote_caddy(f'^{re.escape(prefix)}/(.*/)?{re.escape(each.file_name)}$')}",
            f"header @{each.name} {{",
            f'\tContent-Type "{each.media_type}; charset=utf-8"',
            *(f'\t{key} "{value}"' for key, value in CORS),
            "}",
        ]
    lines += [f"redir {_quote_caddy(prefix + old)} {_quote_caddy(target)} 301" for old, target in facts.paths]
    for number, (old, target) in enumerate(facts.folders):
        lines += [
            f"@moved{number} path_regexp moved{number} {_quote_caddy(f'^{re.escape(prefix + old)}(.*)$')}",
            f"redir @moved{number} {target}{{re.moved{number}.1}} 301",
        ]
    for path in facts.withdrawn:
        lines += [f"handle {_quote_caddy(prefix + path)} {{", "\tfile_server {", "\t\tstatus 410", "\t}", "}"]
    lines += [f"respond {_quote_caddy(prefix + path)} 410" for path in facts.gone]
    lines += [f"respond {_quote_caddy(prefix + path + '*')} 410" for path in facts.gone_folders]
    if facts.has_pages:
        # A status behind `handle_errors` itself is understood from Caddy 2.8 on only.
        lines += [
            "handle_errors {",
            "\t@missing {",
            "\t\texpression {err.status_code} == 404",
            *([f"\t\tpath {here}"] if prefix else []),
            "\t}",
            f"\trewrite @missing {_quote_caddy(f'{prefix}/{NOT_FOUND}')}",
            "\tfile_server @missing",
            "}",
        ]
    return "\n".join(lines) + "\n"


def _quote_caddy(text: str) -> str:
    """A string of Caddy's configuration."""
    return '"' + text.replace('"', '\\"') + '"'
