"""The configuration with which static hosts answer as the server does: headers, redirects, what is gone.

One module a kind of host (`netlify`, `nginx`, `caddy`), each of the same `facts`.
"""

from __future__ import annotations

from feeds.site import Site
from feeds.web.hosts.caddy import render_caddy
from feeds.web.hosts.facts import Facts
from feeds.web.hosts.netlify import render_headers, render_redirects
from feeds.web.hosts.nginx import render_nginx


def render_settings(site: Site) -> dict[str, bytes]:
    """The files that make hosts do what our server does by itself, by their names."""
    facts = Facts(site)
    return {
        "_headers": render_headers(facts).encode(),
        "_redirects": render_redirects(facts).encode(),
        "_nginx.conf": render_nginx(facts).encode(),
        "_Caddyfile": render_caddy(facts).encode(),
    }
