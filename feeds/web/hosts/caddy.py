"""Directives for Caddy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.site.routes import GONE, MISSING, NEWS_SITEMAP, SITEMAP, SITEMAPS
from feeds.web.document import CORS, METHODS, NO_CACHE, PREFLIGHT, SECURITY, SHORT_CACHE, Header
from feeds.web.hosts.facts import COPIES, HIDDEN, MEDIA_TYPES, PRIVATE, Facts

_HTML = ("Content-Type", "text/html; charset=utf-8")
_PLAIN = ("Content-Type", "text/plain; charset=utf-8")


def render_caddy(facts: Facts) -> str:
    """Directives for a site block of Caddy; of a site under a path, for that path only."""
    lines = [*_serve_files(facts), *_set_types(facts), *_refuse_methods(facts), *_lead_on(facts), *_tell(facts)]
    return "\n".join(lines) + "\n"


def _serve_files(facts: Facts) -> list[str]:
    """The files with their headers and coded copies."""
    prefix, all_files = re.escape(facts.path), f"^{re.escape(facts.path)}/{facts.files}"
    if facts.has_all:
        where = f"path {_quote(facts.path + '/*')}"
        # /.well-known/ is not the build's: others prove there whose host it is, as for certificates.
        others = ["not path */.well-known/*"]
        hidden, copies = f"^{prefix}/(?:.*/)?[.]", f"^{prefix}/.*(?:{COPIES})$"
    else:
        where = f"path_regexp {_quote(f'{all_files}$')}"
        others = []
        hidden, copies = f"/{HIDDEN}$", f"{all_files}(?:{COPIES})$"
    message = _quote(facts.path + MISSING)
    private = " ".join(_quote(f"{facts.path}/{name}") for name in sorted(PRIVATE))
    return [
        f"# For a site block of Caddy, with `root * <{facts.root}>`.",
        *_match("ours", where),
        "file_server @ours {",
        "\tprecompressed zstd br gzip",
        "}",
        *_match("private", f"path {private}"),
        "error @private 404",
        *_match("hidden", f"path_regexp {_quote(hidden)}", *others),
        "error @hidden 404",
        *_match("copies", f"path_regexp {_quote(copies)}", *others),
        "error @copies 404",
        *_add_headers("@ours", SECURITY),
        # Of two directives that set one header, the last counts, and which that is depends on Caddy's version.
        *_match("kept", where, *([f"not path {message}"] if facts.has_pages else []), "method GET HEAD"),
        *_add_headers("@kept", [("Cache-Control", facts.cache)]),
        *([*_match("message", f"path {message}"), *_add_headers("@message", [SHORT_CACHE])] if facts.has_pages else []),
        *(_add_slashes(facts) if facts.has_pages else []),
    ]


def _add_slashes(facts: Facts) -> list[str]:
    """The redirect of a folder's path without its slash: by itself Caddy answers 308, which some readers don't follow.

    The path is that of the request as it was sent, because an address has to be (RFC 9110 section 10.2.2).
    """
    return [
        *_match(
            "folder",
            f"path {_quote(facts.path + '/*')}",
            "not path */",
            "file {path}/index.html",
            'vars_regexp folder {http.request.uri} "^(/[^/?][^?]*)"',
        ),
        "redir @folder {re.folder.1}/ 301",
    ]


def _set_types(facts: Facts) -> list[str]:
    """The media types that Caddy doesn't know, or knows otherwise, and who may read feeds."""
    start = f"^{re.escape(facts.path)}/{facts.feeds}"
    lines = []
    for name, media_type in MEDIA_TYPES.items():
        matcher = name.partition(".")[0]
        lines += _match(matcher, f"path_regexp {_quote(f'{start}{re.escape(name)}$')}")
        lines += _add_headers(f"@{matcher}", (("Content-Type", f"{media_type}; charset=utf-8"), *CORS))
    names = "|".join(map(re.escape, MEDIA_TYPES))
    lines += _match("preflight", "method OPTIONS", f"path_regexp {_quote(f'{start}(?:{names})$')}")
    lines += [*_add_headers("@preflight", PREFLIGHT), "respond @preflight 204"]
    if facts.has_pages:
        paths = " ".join(_quote(facts.path + path) for path in (SITEMAP, NEWS_SITEMAP, f"{SITEMAPS}*"))
        lines += _match("sitemaps", f"path {paths}")
        lines += _add_headers("@sitemaps", [("Content-Type", "application/xml; charset=utf-8")])
    return lines


def _refuse_methods(facts: Facts) -> list[str]:
    """What is answered to other methods than those that read: by itself Caddy sends the file, as if it had done it.

    After the answer to browsers that ask whether they may read a feed (OPTIONS): the first that matches counts.
    """
    if facts.has_all:
        where = [f"path {_quote(facts.path + '/*')}", "not path */.well-known/*"]
    else:
        where = [f"path_regexp {_quote(f'^{re.escape(facts.path)}/{facts.files}$')}"]
    lines = _match("refused", "not method GET HEAD", *where)
    lines += _add_headers("@refused", [("Allow", METHODS), NO_CACHE])
    return [*lines, "respond @refused 405"]


def _lead_on(facts: Facts) -> list[str]:
    """Redirects, and what is gone."""
    prefix = facts.path
    lines = [f"redir {_quote(prefix + old)} {_quote(target)} 301" for old, target in facts.paths]
    for number, (old, target) in enumerate(facts.folders):
        # What is behind the folder is taken from the request as it was sent (RFC 9110 section 10.2.2).
        name, depth = f"moved{number}", (prefix + old).count("/") - 1
        rest = _quote(f"^(?:/[^/?]*){{{depth}}}/([^?]*)")
        moved = _quote(f"^{re.escape(prefix + old)}")
        lines += _match(name, f"path_regexp {moved}", f"vars_regexp {name} {{http.request.uri}} {rest}")
        lines += [f"redir @{name} {target}{{re.{name}.1}} 301"]
    for path in facts.withdrawn:
        lines += [f"handle {_quote(prefix + path)} {{", "\tfile_server {", "\t\tstatus 410", "\t}", "}"]
    for path in (*facts.gone, *(f"{folder}*" for folder in facts.gone_folders)):
        which = _quote(prefix + path)
        if facts.has_pages:
            lines.append(f"error {which} 410")
        else:
            # The type is the message's, whatever the name of the document was.
            inside = [*_add_headers("*", [_PLAIN]), f"respond {_quote(facts.gone_text)} 410"]
            lines += [f"handle {which} {{", *(f"\t{line}" for line in inside), "}"]
    return lines


def _tell(facts: Facts) -> list[str]:
    """What is answered in place of a document that isn't there, or not any more."""
    # `handle_errors 404` would be shorter, but needs Caddy 2.8.
    where = f"path {_quote(facts.path + '/*')}" if facts.has_all else f"path_regexp {_quote(f'^/{facts.files}$')}"
    lines = _match("missing", "expression {err.status_code} == 404", where)
    if facts.has_pages:
        lines += _add_headers("@missing", [_HTML, SHORT_CACHE])
        lines += [f"rewrite @missing {_quote(facts.path + MISSING)}", "file_server @missing"]
        lines += _match("gone", "expression {err.status_code} == 410", where)
        lines += _add_headers("@gone", [_HTML])
        lines += [f"rewrite @gone {_quote(facts.path + GONE)}", "file_server @gone"]
    else:
        lines += _add_headers("@missing", [_PLAIN, SHORT_CACHE])
        lines += [f"respond @missing {_quote(facts.not_found_text)} 404"]
    return ["handle_errors {", *(f"\t{line}" for line in lines), "}"]


def _match(name: str, *conditions: str) -> list[str]:
    """A named matcher, all of whose conditions must hold."""
    return [f"@{name} {{", *(f"\t{condition}" for condition in conditions), "}"]


def _add_headers(matcher: str, headers: Iterable[Header]) -> list[str]:
    """Directives that set headers of what a matcher matches."""
    return [f"header {matcher} {{", *(f'\t{name} "{value}"' for name, value in headers), "}"]


def _quote(text: str) -> str:
    """A string of Caddy's configuration."""
    return '"' + text.replace('"', '\\"') + '"'
