"""Directives for nginx."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.build import file_name_of
from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.site.routes import GONE, MISSING
from feeds.web.document import CORS, PREFLIGHT, SECURITY, SHORT_CACHE, Header
from feeds.web.hosts.facts import COPIES, HIDDEN, MEDIA_TYPES, PRIVATE, Facts

_TEXTUAL = (
    "text/css", "text/plain", opml.MEDIA_TYPE, "image/svg+xml", "application/xml",
    *(each.media_type for each in FORMATS),
)  # fmt: skip
"""The types that nginx adds a charset to, beside text/html: it adds that by itself, and warns where it is listed."""


def render_nginx(facts: Facts) -> str:
    """Directives for a `server` block of nginx; of a site under a path, for that path only."""
    files, types, hidden, others = _serve_files(facts), _set_types(facts), _hide_files(facts), _lead_on(facts)
    if facts.has_all:
        # The first pattern counts that matches: a feed in a hidden folder is hidden.
        lines = [*files, *hidden, *types, *others]
        lines = _wrap(f"^~ {_quote(facts.path + '/')}", lines) if facts.prefix else lines
    else:
        lines = [*_wrap(f"~ {_quote(f'^/{facts.files}$')}", [*files, *types]), *hidden, *others]
    about = f"# For a server block of nginx, with `root` set to {facts.root}. brotli_static needs its module."
    return "\n".join([about, *lines]) + "\n"


def _serve_files(facts: Facts) -> list[str]:
    """The files with their headers and coded copies, and the pages in place of others."""
    lines = [
        "gzip_static on;",
        "# brotli_static on;",
        "gzip_vary on;",
        "etag on;",
        "if_modified_since before;",
        "absolute_redirect off;",
        "charset utf-8;",
        f"charset_types {' '.join(_TEXTUAL)};",
        *_add_headers(SECURITY),
        f'add_header Cache-Control "{facts.cache}";',
    ]
    if not facts.has_pages:
        # By itself it answers a folder without a page with 403. Beside the pages of others, no folder is ours.
        return [*lines, 'location ~ "/$" { return 404; }'] if facts.has_all else lines
    missing, gone = (_quote(facts.path + page) for page in (MISSING, GONE))
    return [
        *lines,
        f"error_page 403 404 =404 {missing};",
        f"error_page 410 {gone};",
        *_wrap(f"= {missing}", _add_headers((*SECURITY, SHORT_CACHE))),
        *_wrap(f"= {gone}", _add_headers((*SECURITY, ("Cache-Control", facts.cache)))),
    ]


def _set_types(facts: Facts) -> list[str]:
    """The media types of feeds, which nginx doesn't know, and who may read them."""
    lines = []
    for name, media_type in MEDIA_TYPES.items():
        inside = [
            "types { }",
            f"default_type {media_type};",
            *_add_headers((*SECURITY, *CORS)),
            f'add_header Cache-Control "{facts.cache}";',
            *_wrap("($request_method = OPTIONS)", [*_add_headers((*SECURITY, *PREFLIGHT)), "return 204;"], what="if"),
        ]
        lines += _wrap(f"~ /{re.escape(name)}$", inside)
    return lines


def _hide_files(facts: Facts) -> list[str]:
    """What is in the folder and not for readers."""
    # nginx compares paths as they are decoded.
    prefix = facts.path
    if facts.has_all:
        # /.well-known/ is not the build's: others prove there whose host it is, as for certificates.
        patterns = [r"/\.(?!well-known/)", rf"^(?!/\.well-known/).*({COPIES})$"]
    else:
        patterns = [rf"/{HIDDEN}$", rf"^/{facts.files}({COPIES})$"]
    return [
        *(f"location ~ {_quote(pattern)} {{ return 404; }}" for pattern in patterns),
        *(f"location = {_quote(f'{prefix}/{name}')} {{ return 404; }}" for name in sorted(PRIVATE)),
    ]


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
    gone = ["return 410;"]
    if not facts.has_pages:
        # The type is the message's, whatever the name of the document was.
        text = _quote(facts.gone_text).replace("\n", "\\n")
        gone = ["types { }", "default_type text/plain;", "charset utf-8;", f"return 410 {text};"]
    for path in facts.gone:
        lines += _wrap(f"= {_quote(prefix + path)}", gone)
    for path in facts.gone_folders:
        lines += _wrap(f"^~ {_quote(prefix + path)}", gone)
    return lines


def _add_headers(headers: Iterable[Header]) -> list[str]:
    """Directives that add headers to answers of every status."""
    return [f'add_header {name} "{value}" always;' for name, value in headers]


def _wrap(which: str, lines: Iterable[str], *, what: str = "location") -> list[str]:
    """A block around directives."""
    return [f"{what} {which} {{", *(f"  {line}" for line in lines), "}"]


def _quote(text: str) -> str:
    """A string of nginx's configuration."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _without_dollar(address: str) -> str:
    """An address with its dollar signs encoded: nginx takes them for variables, and has no way to escape them."""
    return address.replace("$", "%24")
