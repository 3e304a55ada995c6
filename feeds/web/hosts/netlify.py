"""`_headers` and `_redirects`, as Netlify and Cloudflare Pages read them."""

from __future__ import annotations

from urllib.parse import quote

from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.web.document import CORS, SECURITY
from feeds.web.hosts.facts import Facts


def render_headers(facts: Facts) -> str:
    """`_headers`."""
    prefix = facts.prefix
    common = [*(f"  {name}: {value}" for name, value in SECURITY), f"  Cache-Control: {facts.cache}"]
    lines = [f"{prefix}/*", *common] if facts.has_all else []
    types = {pattern: each.media_type for each in FORMATS for pattern in (each.file_name, f"*/{each.file_name}")}
    for pattern, media_type in {**types, opml.FILE_NAME: opml.MEDIA_TYPE}.items():
        lines += [f"{prefix}/{pattern}", f"  Content-Type: {media_type}; charset=utf-8"]
        lines += [f"  {name}: {value}" for name, value in CORS]
        lines += [] if facts.has_all else common
    return "\n".join(lines) + "\n"


def render_redirects(facts: Facts) -> str:
    """`_redirects`: these hosts know no 410."""
    lines = [f"{facts.prefix}{quote(old)} {target} 301" for old, target in facts.paths]
    lines += [f"{facts.prefix}{old}* {target}:splat 301" for old, target in facts.folders]
    return "".join(f"{line}\n" for line in lines)
