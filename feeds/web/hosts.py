"""The configuration with which static hosts answer as the server does: headers, redirects, what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from sqlalchemy import ColumnElement, select

from feeds.build import file_name_of
from feeds.config import Config
from feeds.render.formats import FORMATS
from feeds.site import Site
from feeds.store import schema
from feeds.web.document import CORS, SECURITY, say_freshness

NOT_FOUND = "404.html"
SETTINGS = frozenset({NOT_FOUND, "_headers", "_redirects", "_nginx.conf", "_Caddyfile"})
"""The names of all files that hosts are configured by."""


def render_settings(site: Site) -> dict[str, bytes]:
    """The files that tell hosts what our server does by itself, by their names."""
    config, facts = site.config, _Facts(site)
    return {
        **({NOT_FOUND: site.not_found("/").body} if site.routes.has_pages else {}),
        "_headers": _render_headers(config).encode(),
        "_redirects": _render_redirects(facts).encode(),
        "_nginx.conf": _render_nginx(config, facts).encode(),
        "_Caddyfile": _render_caddy(config, facts).encode(),
    }


_TEXTUAL = (
    "text/html", "text/css", "text/plain", "text/x-opml", "image/svg+xml", "application/xml",
    *(each.media_type for each in FORMATS),
)  # fmt: skip


class _Facts:
    """What hosts are to be told: redirects as pairs of path and address, and paths that are gone."""

    def __init__(self, site: Site) -> None:
        self.prefix = urlsplit(site.config.site.base_url).path.rstrip("/")
        self.paths = site.redirects().items()
        self.folders = site.moves().items()
        self.has_pages = site.routes.has_pages
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


def _render_headers(config: Config) -> str:
    """`_headers` as Netlify and Cloudflare Pages read it."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in SECURITY), f"  Cache-Control: {_cache_of(config)}"]
    for each in FORMATS:
        for pattern in (f"/{each.file_name}", f"/*/{each.file_name}"):
            lines += [pattern, f"  Content-Type: {each.media_type}; charset=utf-8"]
            lines += [f"  {name}: {value}" for name, value in CORS]
    lines += ["/feeds.opml", "  Content-Type: text/x-opml; charset=utf-8"]
    return "\n".join(lines) + "\n"


def _render_redirects(facts: _Facts) -> str:
    """`_redirects` as Netlify and Cloudflare Pages read it: these hosts know no 410."""
    return "".join(f"{line}\n" for line in _list_redirects(facts))


def _list_redirects(facts: _Facts) -> Iterator[str]:
    for old, target in facts.paths:
        yield f"{facts.prefix}{quote(old)} {target} 301"
    for old, target in facts.folders:
        yield f"{facts.prefix}{old}* {target}:splat 301"


def _render_nginx(config: Config, facts: _Facts) -> str:
    """Directives for a `server` block of nginx."""
    prefix = facts.prefix
    lines = [
        "# For a server block of nginx, with `root` set to the build's folder. brotli_static needs its module.",
        "gzip_static on;",
        "# brotli_static on;",
        "gzip_vary on;",
        "etag on;",
        "if_modified_since before;",
        "absolute_redirect off;",
        "charset utf-8;",
        f"charset_types {' '.join(_TEXTUAL)};",
        *([f"error_page 404 {prefix}/{NOT_FOUND};"] if facts.has_pages else []),
        *(f'add_header {name} "{value}" always;' for name, value in SECURITY),
        f'add_header Cache-Control "{_cache_of(config)}";',
        "location ~ /\\. { return 404; }",
        f"location ~ ^{prefix}/_(headers|redirects|nginx\\.conf|Caddyfile)$ {{ return 404; }}",
    ]
    types = {**{each.file_name: each.media_type for each in FORMATS}, "feeds.opml": "text/x-opml"}
    for name, media_type in types.items():
        lines += [
            f"location ~ /{name.replace('.', chr(92) + '.')}$ {{",
            "  types { }",
            f"  default_type {media_type};",
            *(f'  add_header {key} "{value}" always;' for key, value in (*SECURITY, *CORS)),
            f'  add_header Cache-Control "{_cache_of(config)}";',
            "}",
        ]
    lines += [f'location = "{prefix}{old}" {{ return 301 "{target}"; }}' for old, target in facts.paths]
    lines += [
        f'location ^~ "{prefix}{old}" {{ rewrite "^{prefix}{old}(.*)$" "{target}$1" permanent; }}'
        for old, target in facts.folders
    ]
    for path in facts.withdrawn:
        notice = f"{prefix}/{file_name_of(path)}"
        lines.append(f'location = "{prefix}{path}" {{ error_page 410 "{notice}"; return 410; }}')
    lines += [f'location = "{prefix}{path}" {{ return 410; }}' for path in facts.gone]
    lines += [f'location ^~ "{prefix}{path}" {{ return 410; }}' for path in facts.gone_folders]
    return "\n".join(lines) + "\n"


def _render_caddy(config: Config, facts: _Facts) -> str:
    """Directives for a site block of Caddy."""
    prefix = facts.prefix
    lines = [
        "# For a site block of Caddy, with `root * <the build's folder>`.",
        "file_server {",
        "\tprecompressed zstd br gzip",
        "\thide .* _headers _redirects _nginx.conf _Caddyfile",
        "}",
        "header {",
        *(f'\t{name} "{value}"' for name, value in SECURITY),
        f'\tCache-Control "{_cache_of(config)}"',
        "}",
    ]
    for each in FORMATS:
        lines += [
            f"@{each.name} path */{each.file_name}",
            f"header @{each.name} {{",
            f'\tContent-Type "{each.media_type}; charset=utf-8"',
            *(f'\t{key} "{value}"' for key, value in CORS),
            "}",
        ]
    lines += [f'redir "{prefix}{old}" "{target}" 301' for old, target in facts.paths]
    for number, (old, target) in enumerate(facts.folders):
        lines += [
            f'@moved{number} path_regexp moved{number} "^{prefix}{old}(.*)$"',
            f"redir @moved{number} {target}{{re.moved{number}.1}} 301",
        ]
    for path in facts.withdrawn:
        lines += [f'handle "{prefix}{path}" {{', "\tfile_server {", "\t\tstatus 410", "\t}", "}"]
    lines += [f'respond "{prefix}{path}" 410' for path in facts.gone]
    lines += [f'respond "{prefix}{path}*" 410' for path in facts.gone_folders]
    if facts.has_pages:
        lines += ["handle_errors 404 {", f"\trewrite * {prefix}/{NOT_FOUND}", "\tfile_server", "}"]
    return "\n".join(lines) + "\n"
