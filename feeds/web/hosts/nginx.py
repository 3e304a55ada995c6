"""Directives for nginx."""

from __future__ import annotations

import re

from feeds.build import file_name_of
from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.site.routes import MISSING
from feeds.web.document import CORS, SECURITY
from feeds.web.hosts.facts import COPIES, MEDIA_TYPES, PRIVATE, Facts

_TEXTUAL = (
    "text/css", "text/plain", opml.MEDIA_TYPE, "image/svg+xml", "application/xml",
    *(each.media_type for each in FORMATS),
)  # fmt: skip
"""The types that nginx adds a charset to, beside text/html: it adds that by itself, and warns where it is listed."""


def render_nginx(facts: Facts) -> str:
    """Directives for a `server` block of nginx; of a site under a path, for that path only."""
    lines = [*_serve_files(facts), *_set_types(facts), *_lead_on(facts)]
    if facts.prefix:
        lines = [f"location ^~ {_quote(facts.path + '/')} {{", *(f"  {line}" for line in lines), "}"]
    about = f"# For a server block of nginx, with `root` set to {facts.root}. brotli_static needs its module."
    return "\n".join([about, *lines]) + "\n"


def _serve_files(facts: Facts) -> list[str]:
    """The files with their headers and coded copies."""
    # nginx compares paths as they are decoded.
    prefix = facts.path
    return [
        "gzip_static on;",
        "# brotli_static on;",
        "gzip_vary on;",
        "etag on;",
        "if_modified_since before;",
        "absolute_redirect off;",
        "charset utf-8;",
        f"charset_types {' '.join(_TEXTUAL)};",
        # By itself it answers a folder without a page with 403.
        f"error_page 403 404 =404 {_quote(f'{prefix}{MISSING}')};"
        if facts.has_pages
        else 'location ~ "/$" { return 404; }',
        *(f'add_header {name} "{value}" always;' for name, value in SECURITY),
        f'add_header Cache-Control "{facts.cache}";',
        # /.well-known/ is not the build's: others prove there whose host it is, as for certificates.
        r'location ~ "/\.(?!well-known/)" { return 404; }',
        rf'location ~ "^(?!/\.well-known/).*({COPIES})$" {{ return 404; }}',
        *(f"location = {_quote(f'{prefix}/{name}')} {{ return 404; }}" for name in sorted(PRIVATE)),
    ]


def _set_types(facts: Facts) -> list[str]:
    """The media types of feeds, which nginx doesn't know, and who may read them."""
    lines = []
    for name, media_type in MEDIA_TYPES.items():
        lines += [
            f"location ~ /{re.escape(name)}$ {{",
            "  types { }",
            f"  default_type {media_type};",
            *(f'  add_header {key} "{value}" always;' for key, value in (*SECURITY, *CORS)),
            f'  add_header Cache-Control "{facts.cache}";',
            "}",
        ]
    return lines


def _lead_on(facts: Facts) -> list[str]:
    """Redirects, and what is gone."""
    prefix = facts.path
    lines = [
        f"location = {_quote(prefix + old)} {{ return 301 {_quote(_without_dollar(target))}; }}"
        for old, target in facts.paths
    ]
    for old, target in facts.folders:
        pattern = _quote(f"^{re.escape(prefix + old)}(.*)$")
        to = _quote(f"{_without_dollar(target)}$1")
        lines.append(f"location ^~ {_quote(prefix + old)} {{ rewrite {pattern} {to} permanent; }}")
    for path in facts.withdrawn:
        notice = _quote(f"{prefix}/{file_name_of(path)}")
        lines.append(f"location = {_quote(prefix + path)} {{ error_page 410 {notice}; return 410; }}")
    lines += [f"location = {_quote(prefix + path)} {{ return 410; }}" for path in facts.gone]
    lines += [f"location ^~ {_quote(prefix + path)} {{ return 410; }}" for path in facts.gone_folders]
    return lines


def _quote(text: str) -> str:
    """A string of nginx's configuration."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _without_dollar(address: str) -> str:
    """An address with its dollar signs encoded: nginx takes them for variables, and has no way to escape them."""
    return address.replace("$", "%24")
