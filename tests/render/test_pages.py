"""The pages for people: golden files, structure, links, words, colours, and what a real browser measures.

`REWRITE_GOLDEN=1 pytest tests/render/test_pages.py` writes the golden files anew.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import tomllib
import typing
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

import feeds.render
from feeds.render import pages
from feeds.render.views import ArchiveView, ArticleView, CategoryView, IndexView, SiteView, WithdrawnView
from feeds.text import load_catalogue
from tests.processes import WAIT_SECONDS

DATA = Path(__file__).parents[1] / "data" / "render"
PACKAGE = Path(feeds.render.__file__).parent
STYLE = (PACKAGE / "static" / "style.css").read_text(encoding="utf-8")
GERMAN = load_catalogue("de")
VIEWS: dict[str, type] = {
    "index": IndexView,
    "category": CategoryView,
    "archive": ArchiveView,
    "article": ArticleView,
    "withdrawn": WithdrawnView,
}
MESSAGES: dict[str, pages.Message] = {"not-found": "not_found", "gone": "gone", "unavailable": "unavailable"}
CASES = sorted(path.stem for path in (DATA / "pages").glob("*.toml") if path.stem != "site")
NAMES = [*CASES, *MESSAGES]
CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA), for text of any size."""


def load_view(cls: typing.Any, data: dict[str, typing.Any]) -> typing.Any:
    """A view record from TOML values: tables become records, arrays tuples."""
    hints = typing.get_type_hints(cls)
    return cls(**{name: load_value(hints[name], value) for name, value in data.items()})


def load_value(hint: typing.Any, value: typing.Any) -> typing.Any:
    if isinstance(value, list):
        return tuple(load_value(typing.get_args(hint)[0], item) for item in value)
    for kind in (hint, *typing.get_args(hint)):
        if isinstance(value, dict) and dataclasses.is_dataclass(kind):
            return load_view(kind, value)
        if kind is Markup:
            return Markup(value)  # noqa: S704 (our own test data)
    return value


def load_toml(name: str) -> dict[str, typing.Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


SITE: SiteView = load_view(SiteView, load_toml("pages/site.toml"))


def path_of(name: str) -> str | None:
    """The path that a page stands at; None for an error page, which stands at any."""
    if name in MESSAGES:
        return None
    cls = VIEWS[name.partition("-")[0]]
    return str(load_view(cls, load_toml(f"pages/{name}.toml")).path)


def render(name: str, site: SiteView = SITE) -> bytes:
    if name in MESSAGES:
        return pages.render_message(site, MESSAGES[name])
    return pages.render_page(site, load_view(VIEWS[name.partition("-")[0]], load_toml(f"pages/{name}.toml")))


def parse(name: str, site: SiteView = SITE) -> html.HtmlElement:
    return html.document_fromstring(render(name, site).decode("utf-8"))


def each_reference(document: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    for element in document.iter():
        for attribute in ("href", "src"):
            if (value := element.get(attribute)) is not None:
                yield element, value


@pytest.mark.parametrize("name", NAMES)
def test_page_is_that_of_its_golden_file(name: str) -> None:
    golden = DATA / "pages" / f"{name}.html"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_bytes(render(name))
    assert render(name) == golden.read_bytes()


def test_every_golden_file_has_its_case() -> None:
    assert sorted(path.stem for path in (DATA / "pages").glob("*.html")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_page_has_its_landmarks_one_h1_and_headings_in_order(name: str) -> None:
    document = parse(name)
    assert document.get("lang") == "de"
    for xpath in ("/html/body/header", "/html/body/header/nav[@aria-label]", "/html/body/main", "/html/body/footer"):
        assert len(document.xpath(xpath)) == 1, xpath
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert document.xpath("//title")[0].text_content().strip()
    skip = document.xpath("/html/body/a")[0]
    assert document.get_element_by_id(skip.get("href").removeprefix("#")).tag == "main"


@pytest.mark.parametrize("name", NAMES)
def test_page_keeps_its_content_security_policy(name: str) -> None:
    """`default-src 'none'; style-src 'self'; img-src 'self' https:`: no script, no style but the one sheet."""
    document = parse(name)
    assert not document.xpath("//script|//style|//iframe|//object|//embed|//form|//base|//@style")
    assert not [name for element in document.iter() for name in element.attrib if str(name).startswith("on")]
    loaded = document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")
    assert len(loaded) == 2
    assert not [href for href in loaded if urlsplit(href).netloc]
    assert "@import" not in STYLE
    assert "url(" not in STYLE


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_references_to_them_meet_one(name: str) -> None:
    document = parse(name)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(document.xpath("//@aria-labelledby")) <= set(ids)
    assert {href[1:] for _, href in each_reference(document) if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("base_url", ["https://beispiel.example/", "https://beispiel.example/a/b/"])
@pytest.mark.parametrize("name", NAMES)
def test_page_links_lead_to_the_site_under_any_folder(name: str, base_url: str) -> None:
    site = dataclasses.replace(SITE, base_url=base_url)
    here = base_url + (path_of(name) or "/at/any/depth")[1:]
    known = {
        "static/style.css", "static/icon.svg", "feeds.opml", "datenschutz/", "",
        *(category.path[1:] for category in SITE.categories), "ohne-rubrik/",
        "politik/archiv/1/",
    }  # fmt: skip
    folders = ("artikel/", "thema/", "autor/", "ort/", "quelle/")
    for element, value in each_reference(parse(name, site)):
        if urlsplit(value).scheme or element.tag == "img":
            continue
        target = urljoin(here, value).partition("#")[0]
        assert target.startswith(base_url), value
        path = target.removeprefix(base_url)
        assert path in known or path.startswith(folders) or target == here, value


@pytest.mark.parametrize("name", ["index", "category", "category-empty", "article"])
def test_page_announces_its_feeds_by_their_whole_addresses(name: str) -> None:
    cls = VIEWS[name.partition("-")[0]]
    view = load_view(cls, load_toml(f"pages/{name}.toml"))
    links = parse(name).xpath("/html/head/link[@rel='alternate']")
    assert [(link.get("type"), link.get("href")) for link in links] == [(f.media_type, f.url) for f in view.feeds]
    assert all(urlsplit(link.get("href")).netloc for link in links)


@pytest.mark.parametrize("name", ["index", "category"])
def test_every_feed_address_can_be_copied_from_the_text(name: str) -> None:
    cls = VIEWS[name]
    view = load_view(cls, load_toml(f"pages/{name}.toml"))
    shown = [code.text_content() for code in parse(name).xpath("//code")]
    expected = [feed.url for part in (*getattr(view, "sections", ()), view) for feed in part.feeds]
    assert [url for url in shown if not url.endswith(".opml")] == expected


def test_text_from_outside_is_escaped_and_a_script_address_is_no_link() -> None:
    hostile = '"><script>alert(1)</script>'
    category = load_view(CategoryView, load_toml("pages/category.toml"))
    page = pages.render_page(
        dataclasses.replace(SITE, title=hostile), dataclasses.replace(category, title=hostile, description=hostile)
    )
    assert b"<script" not in page
    bare = render("article-bare")
    assert b"javascript:" not in bare


def test_an_article_in_another_language_says_so_and_its_frame_is_german() -> None:
    document = parse("article-english")
    (article,) = document.xpath("//article")
    assert article.get("lang") == "en"
    assert document.xpath("//article//time/ancestor::*[@lang][1]/@lang") == ["de"]


def test_an_article_from_right_to_left_says_so_and_its_frame_runs_from_left_to_right() -> None:
    document = parse("article-arabic")
    (article,) = document.xpath("//article")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    framed = document.xpath("//article//*[@lang]")
    assert len(framed) == 3
    assert {(each.get("lang"), each.get("dir")) for each in framed} == {("de", "ltr")}
    assert document.xpath("//p[@class='copies']/a/@dir") == ["auto"]


@pytest.mark.parametrize(
    ("name", "collection", "element"), [("category", "headlines", "article"), ("index", "newest", "a")]
)
def test_a_headline_from_right_to_left_says_so_in_lists(name: str, collection: str, element: str) -> None:
    view = load_view(VIEWS[name], load_toml(f"pages/{name}.toml"))
    first, *others = getattr(view, collection)
    arabic = dataclasses.replace(first, title="شمس", summary="الشمس تشرق اليوم.", language="ar")
    view = dataclasses.replace(view, **{collection: (arabic, *others)})
    page: typing.Any = html.fromstring(pages.render_page(SITE, view))
    (link,) = page.xpath("//a[.='شمس']")
    (summary,) = page.xpath("//p[.='الشمس تشرق اليوم.']")
    for text in (link, summary):
        assert text.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["ar"]
        assert text.xpath("ancestor-or-self::*[@dir][1]/@dir") == ["rtl"]
    assert len(page.xpath(f"//{element}[@dir='rtl']")) == 1
    assert not page.xpath("//time/ancestor::*[@dir][1][@dir='rtl']")


def test_an_original_is_canonical_and_linked() -> None:
    document = parse("article")
    url = load_toml("pages/article.toml")["url"]
    assert document.xpath("//link[@rel='canonical']/@href") == [url]
    assert url in document.xpath("//article/footer//a/@href")


def test_a_page_without_a_known_original_is_the_canonical_one() -> None:
    path = load_toml("pages/article-bare.toml")["path"]
    assert parse("article-bare").xpath("//link[@rel='canonical']/@href") == [SITE.base_url + path.removeprefix("/")]


def test_error_pages_are_not_indexed_and_link_from_the_root() -> None:
    site = dataclasses.replace(SITE, base_url="https://beispiel.example/a/")
    for name in MESSAGES:
        document = parse(name, site)
        assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert document.xpath("//link[@rel='stylesheet']/@href") == ["/a/static/style.css"]


@pytest.mark.parametrize(
    ("setting", "href"),
    [
        ("https://beispiel.example/impressum", "https://beispiel.example/impressum"),
        ("redaktion@beispiel.example", "mailto:redaktion@beispiel.example"),
        ("mailto:redaktion@beispiel.example", "mailto:redaktion@beispiel.example"),
        ("/impressum/", "../impressum/"),
        ("/@redaktion/", "../@redaktion/"),
    ],
)
def test_footer_links_to_addresses_paths_and_mail(setting: str, href: str) -> None:
    document = parse("category", dataclasses.replace(SITE, imprint=setting, contact=setting))
    assert document.xpath("//body/footer//a/@href").count(href) == 2


def test_a_site_without_footer_settings_has_none_of_their_links() -> None:
    document = parse("category", SiteView(title="Bote", base_url="https://beispiel.example/"))
    assert document.xpath("//body/footer//a/@href") == ["../", "../feeds.opml"]
    assert not document.xpath("//nav")


# Words


def test_every_word_that_pages_say_is_in_the_catalogue() -> None:
    templates = sorted((PACKAGE / "templates").glob("*.jinja"))
    assert len(templates) > 5
    text = "".join(path.read_text(encoding="utf-8") for path in templates)
    calls = re.findall(r"(\S+)\|say\b", text)
    said = {key for call in calls for key in re.findall(r'"(\w+)"$', call)}
    assert len([call for call in calls if call.endswith('"')]) == len(calls), "a key that no test can see"
    said |= set(re.findall(r'\bsay\("(\w+)"', (PACKAGE / "pages.py").read_text(encoding="utf-8")))
    assert said <= set(GERMAN.words)


def test_every_word_of_the_catalogue_is_said_somewhere() -> None:
    sources = [*PACKAGE.parent.rglob("*.py"), *PACKAGE.parent.rglob("*.jinja")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    unsaid = {key for key in GERMAN.words if f'"{key}"' not in text}
    titles_of_feeds = {"feed_title", "feed_subtitle", "all_subtitle"}  # the site says them
    assert not unsaid - titles_of_feeds, "words that nothing says"


# References


SEGMENTS = st.lists(st.sampled_from(["a", "b", "politik", "x:y", "atom.xml"]), max_size=4)
PATHS = st.builds(lambda parts, end: "/" + "/".join([*parts, end]), SEGMENTS, st.sampled_from(["", "c", "d:e"]))


@given(PATHS, PATHS, st.sampled_from(["https://beispiel.example", "https://beispiel.example/a/b"]))
def test_references_lead_from_any_page_to_any_path_under_any_base(here: str, there: str, base: str) -> None:
    assert urljoin(base + here, pages.find_root(here, base) + there) == base + there


# The style sheet


def read_colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--((?:paper|ink)[\w-]*): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_every_ink_is_readable_on_every_paper(mode: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(blocks) == 3
    colours = read_colours(blocks[["light", "dark", "print"].index(mode)])
    assert set(colours) == set(read_colours(blocks[0])), "each mode sets all colours"
    inks = {name: luminance(value) for name, value in colours.items() if name.startswith("ink")}
    papers = {name: luminance(value) for name, value in colours.items() if name.startswith("paper")}
    for ink, bright in inks.items():
        for paper, ground in papers.items():
            ratio = (max(bright, ground) + 0.05) / (min(bright, ground) + 0.05)
            assert ratio >= CONTRAST, f"{ink} on {paper}: {ratio:.2f}"


def test_colours_are_used_by_their_names_only() -> None:
    rules = re.sub(r":root \{.*?\}", "", re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules)
    assert set(re.findall(r"[{;\s]color: ([^;]+);", rules)) <= {
        "inherit",
        *(f"var(--{n})" for n in ("ink", "ink-soft", "ink-accent")),
    }
    assert set(re.findall(r"background: ([^;]+);", rules)) <= {"var(--paper)", "var(--paper-raised)"}


def test_every_class_in_the_style_sheet_is_one_that_pages_have() -> None:
    markup = b"".join(render(name) for name in NAMES).decode("utf-8")
    used = {name for names in re.findall(r'class="([^"]*)"', markup) for name in names.split()}
    rules = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
    assert set(re.findall(r"\.([a-z][\w-]*)(?=[^{};]*\{)", rules)) <= used


@pytest.mark.debian
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
def test_no_page_overflows_a_phone_and_links_are_large_enough_in_a_real_browser(tmp_path: Path) -> None:
    """Each page in a frame 320 px wide (WCAG 2.2, 1.4.10); links outside of sentences are 24 px each way (2.5.8).

    A script of the test's own measures, none of the page's.
    """
    shutil.copytree(PACKAGE / "static", tmp_path / "static")
    frames = []
    for name in NAMES:
        depth = (path_of(name) or "/").count("/") - 1
        folder = tmp_path.joinpath(*["x"] * depth)
        folder.mkdir(parents=True, exist_ok=True)
        site = dataclasses.replace(SITE, base_url=f"{tmp_path.as_uri()}/")
        (folder / f"{name}.html").write_bytes(render(name, site))
        frames.append(f'<iframe width="320" height="600" src="{folder.as_uri()}/{name}.html" title="{name}"></iframe>')
    script = (
        "const tap = a => getComputedStyle(a).display == 'inline' ? [99] : [a.offsetWidth, a.offsetHeight];"
        "onload = () => { for (const f of document.querySelectorAll('iframe')) { const r = f.contentDocument;"
        "const styled = getComputedStyle(r.querySelector('main')).display && r.styleSheets.length;"
        "const target = Math.min(...[...r.querySelectorAll('a')].flatMap(tap));"
        "document.body.append(`[${f.title} ${styled} ${r.documentElement.scrollWidth} ${target}]`) } }"
    )
    page = tmp_path / "measure.html"
    page.write_text(f"<!DOCTYPE html><body>{''.join(frames)}<script>{script}</script>", encoding="utf-8")
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, timeout=WAIT_SECONDS, check=True)
    measured = re.findall(r"\[(\S+) (\d+) (\d+) (\d+)\]", result.stdout)
    assert [(name, sheets) for name, sheets, _, _ in measured] == [(name, "1") for name in NAMES]
    assert {name: int(width) for name, _, width, _ in measured if int(width) > 320} == {}
    assert {name: int(target) for name, _, _, target in measured if int(target) < 24} == {}
