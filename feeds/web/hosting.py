"""What a static host needs beside a build to answer as the server does: coded copies, and its configuration.

Each copy has the time of the file it was made of. What was written is kept in a manifest, so that a later build without
it leaves no copy behind that is older than its file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from sqlalchemy import ColumnElement, select

from feeds.build import HOSTING_MANIFEST, TEMPORARY, file_name_of
from feeds.config import Config
from feeds.errors import OutputError
from feeds.ingest.report import Progress, no_progress
from feeds.render.formats import FORMATS
from feeds.site import Site
from feeds.site.site import find_media_type
from feeds.store import schema
from feeds.text import digest_bytes
from feeds.web.compression import CODINGS, compress
from feeds.web.document import CORS, SECURITY, say_freshness

MANIFEST = HOSTING_MANIFEST
NOT_FOUND = "404.html"


@dataclass(slots=True)
class Hosting:
    """How many copies were made, how many stand as they were, and the files of configuration that changed."""

    made: int = 0
    kept: int = 0
    files: list[str] = field(default_factory=list)

    def summarise(self) -> str:
        """One line of counts."""
        configured = f"; {', '.join(self.files)} written" if self.files else ""
        return f"{self.made} files compressed, {self.kept} as they were{configured}"


def write_hosting(site: Site, folder: Path, *, progress: Progress = no_progress) -> Hosting:
    """Write the coded copies of a build's files and the configuration of hosts beside them. Raises OutputError."""
    done = Hosting()
    old = _load_manifest(folder)
    names = [file_name_of(path) for path in site.paths() if (folder / file_name_of(path)).is_file()]
    try:
        new = {name: digest_bytes((folder / name).read_bytes()) for name in names}
        stale = {name for name in names if old.get(name) != new[name]}
        done.kept = len(names) - len(stale)
        new |= {name: digest_bytes(text) for name, text in _render_files(site).items()}
        if new != old:
            # Before anything is written: where this run is killed, the next knows what may be there, and takes no
            # copy for granted.
            unknown = dict.fromkeys((name for name in new if old.get(name) != new[name]), "")
            _write_manifest(folder, {**old, **unknown})
        for number, name in enumerate(sorted(stale), 1):
            _code(folder / name)
            done.made += 1
            progress("compressing", number, len(stale))
        done.files = [name for name, text in _render_files(site).items() if _write(folder / name, text)]
        _remove(folder, set(old) - set(new))
        _write_manifest(folder, new)
    except OSError as error:
        raise OutputError(f"can't be written: {error.strerror}", path=str(error.filename or folder)) from error
    return done


def remove_hosting(folder: Path) -> None:
    """Remove what `write_hosting` wrote, where it did: copies would else outlive the files that they are of."""
    old = _load_manifest(folder)
    if old:
        _remove(folder, set(old))
        (folder / MANIFEST).unlink(missing_ok=True)


def _code(path: Path) -> None:
    """Make the copies of a file."""
    body = path.read_bytes()
    status = path.stat()
    coded = compress(body, find_media_type(path.name), best=True)
    for coding in CODINGS:
        copy = path.with_name(path.name + coding.file_suffix)
        if coding.name in coded:
            _write(copy, coded[coding.name])
            os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
        else:
            copy.unlink(missing_ok=True)


def _write(path: Path, body: bytes) -> bool:
    """Write a file at once, where it is not the same already; whether it was written."""
    temporary = path.with_name(path.name + TEMPORARY)
    if path.is_file() and path.read_bytes() == body:
        temporary.unlink(missing_ok=True)
        return False
    temporary.write_bytes(body)
    temporary.replace(path)
    return True


def _write_manifest(folder: Path, entries: Mapping[str, str]) -> None:
    _write(folder / MANIFEST, (json.dumps(dict(sorted(entries.items())), indent=0) + "\n").encode())


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        for coding in CODINGS:
            (folder / f"{name}{coding.file_suffix}").unlink(missing_ok=True)
            (folder / f"{name}{coding.file_suffix}{TEMPORARY}").unlink(missing_ok=True)
        if name in _CONFIGURATION:
            (folder / name).unlink(missing_ok=True)
            (folder / f"{name}{TEMPORARY}").unlink(missing_ok=True)


def _load_manifest(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    inside = {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}
    return {name: digest for name, digest in inside.items() if ".." not in name.split("/") and not name.startswith("/")}


def _render_files(site: Site) -> Mapping[str, bytes]:
    config, facts = site.config, _Facts(site)
    return {
        **({NOT_FOUND: site.not_found("/").body} if site.routes.has_pages else {}),
        "_headers": _render_headers(config).encode(),
        "_redirects": _render_redirects(facts).encode(),
        "_nginx.conf": _render_nginx(config, facts).encode(),
        "_Caddyfile": _render_caddy(config, facts).encode(),
    }


_CONFIGURATION = frozenset({NOT_FOUND, "_headers", "_redirects", "_nginx.conf", "_Caddyfile"})


_TEXTUAL = (
    "text/html", "text/css", "text/plain", "text/x-opml", "image/svg+xml", "application/xml",
    *(each.media_type for each in FORMATS),
)  # fmt: skip


class _Facts:
    """What hosts are to be told: redirects as pairs of path and address, and paths that are gone."""

    def __init__(self, site: Site) -> None:
        self.prefix = urlsplit(site.config.site.base_url).path.rstrip("/")
        # Those of the settings are single paths, those of renamed categories whole folders.
        redirects = sorted(site.redirects().items())
        single = site.config.redirects
        self.paths = [(old, target) for old, target in redirects if old in single]
        self.folders = [(old, target) for old, target in redirects if old not in single]
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
