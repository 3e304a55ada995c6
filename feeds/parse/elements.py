"""The elements of an HTML page that say when it was published: microdata, RDFa, `<time>`, what is named for a date.

Knows where the headline stands and what stands beside the article: teasers, comments, menus, and quoted posts have
dates of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast

from lxml import etree
from lxml.html import HtmlElement

from feeds.parse.body import clean_line

MAX_ITEMS: Final = 60
MAX_LOOKED: Final = 500
"""Elements with a date that are looked at."""
MAX_HEADS: Final = 400
"""Elements that are compared with the page's titles."""
JUST_ABOVE: Final = 20
"""Elements above the headline, of those that may hold a date, within which one is its own."""
MAX_MARKS: Final = 200
"""Characters of an element's class, and of its id, that are looked at."""
MAX_TITLE: Final = 400
MAX_FRONTS: Final = 4
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?")
SEPARATORS: Final = (" | ", " - ", " – ", " — ", " · ", " :: ", " « ", " » ", " / ")

_ASIDE = re.compile(
    r"related|teaser|sidebar|comment|kommentar|recommend|(?<!entry-)(?<!post-)(?<!article-)footer|widget|most-?read|similar|navigation|\bnav\b|newsletter"
    r"|promo(?!ted)|menu|recent|popular|archiv"
    r"|(?:^|[-_ ])(?:events?|termine?|veranstaltung\w*|calendar|kalender)(?:$|[-_ ])",
    re.IGNORECASE,
)
_FOREIGN_ARTICLE = re.compile(r"related|teaser|comment|kommentar|recommend|similar|tweet", re.IGNORECASE)
_FOREIGN_TYPE = re.compile(r"(?:Comment\w*|UserComments|Answer|Event|\w+Event|VideoObject|ImageObject|Person|Offer)/?$")
_HEAD_CLASS = re.compile(r"headline|title|titel|ueberschrift|überschrift", re.IGNORECASE)
_PUBLISHED_NAME = re.compile(
    r"publish|pubdate|(?:entry|post|article|news)[-_]?(?:date|time)|date[-_]?(?:published|time)|posted|datum|created"
    r"|erstellt|dateline|submitted|timestamp",
    re.IGNORECASE,
)
"""Names of elements that hold a date of publication."""
_PUBLISHED_CLASS = re.compile(
    rf"{_PUBLISHED_NAME.pattern}|(?:post|article)[-_]?(?:meta|info)|byline"
    r"|(?:^|[-_ ])(?:time|meta|zeit|info|dates?|date\w*)(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Names of elements that may hold one among other things."""
_UPDATED_CLASS = re.compile(r"updated|modified|aktualisiert|geaendert|lastmod", re.IGNORECASE)
_UPDATED_LABEL = re.compile(
    r"(?:aktualisiert|geändert|änderung|aktualisierung|bearbeitet|updated?|modified|mis à jour)"
    r"\W{0,3}(?:am|le|on)?\W{0,3}$",
    re.IGNORECASE,
)
LABEL: Final = 60
_TIME_TAGS: Final = frozenset("time abbr span div p li small em i a td dd font h2 h3 h4 h5 h6 b strong ins".split())
_HEAD_TAGS: Final = frozenset("h1 h2 h3 h4".split())
_DUBLIN_CORE: Final = {
    "datePublished": ("dc:date", "dc:created", "dcterms:created", "dcterms:date", "dcterms:issued"),
    "dateModified": ("dcterms:modified", "dc:modified"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value, the file's offset of the line where it stands, and the rule that found it.

    `form` says what it is: "machine", written for machines; "date", the text of an element named for a date; "text",
    a text in which a date stands, to be judged as such.
    """

    text: str
    offset: int | None
    rule: str
    form: str = "machine"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page's headline stands: the element, if one holds it, and the elements around it.

    `named` tells that the element says what a title of the page says.
    """

    headline: HtmlElement | None
    around: frozenset[HtmlElement]
    named: bool = False


def find_place(tree: HtmlElement, titles: Sequence[str], site: str | None) -> Place:
    """The Place of the headline: the element that says what a title says, best title first; else the first `<h1>`."""
    heads: dict[str, HtmlElement] = {}
    first = None
    for element in islice(_find_heads(tree), MAX_HEADS):
        if is_logo(element):
            continue
        if first is None and element.tag == "h1":
            first = element
        text = _short_text(element, 300)
        if text:
            heads.setdefault(fold(text), element)
    parts = split_titles(titles, site)
    found, named = first, False
    for text in parts:
        if (element := heads.get(fold(text))) is not None:
            # A short part among long ones is the site's name, in its logo.
            found, named = element, 2 * len(text) >= len(parts[-1]) or text in titles
            break
    return Place(found, frozenset() if found is None else frozenset(found.iterancestors()), named)


def split_titles(titles: Sequence[str], site: str | None) -> list[str]:
    """The titles, and then their parts: what stands between separators is the headline, or the site's name.

    Parts that are the name of the `site`, or of it, are left out.
    """
    whole = [clean_line(title[:MAX_TITLE]) for title in dict.fromkeys(titles) if title]
    fronts: list[str] = []
    parts: list[str] = []
    for title in whole:
        for separator in SEPARATORS:
            front = title
            for _ in range(MAX_FRONTS):
                front, found, _ = front.rpartition(separator)
                if not found:
                    break
                fronts.append(front)
            parts.extend(title.split(separator))
        parts.extend(_split(title))
    names = {fold(site), *(fold(part) for part in _split(site))} if site else set()
    found_texts = (clean_line(text) for text in (*whole, *fronts, *parts))
    return [text for text in dict.fromkeys(found_texts) if len(text) > 5 and fold(text) not in names]


def is_logo(element: HtmlElement) -> bool:
    """Whether a headline's element is the site's name: all of it is a link to the home page."""
    link = element.find(".//a[@href]")
    if link is None or len(clean_line(link.text_content())) < len(clean_line(element.text_content())):
        return False
    href = (link.get("href") or "").strip()
    return "home" in (link.get("rel") or "").split() or _HOME.fullmatch(href) is not None


def fold(text: str) -> str:
    """A text as titles are compared: in small letters, with one kind of dash."""
    return text.casefold().replace("–", "-").replace("—", "-")


def _split(text: str) -> list[str]:
    pieces = [text]
    for separator in SEPARATORS:
        pieces = [inner for piece in pieces for inner in piece.split(separator)]
    return pieces


def is_aside(element: HtmlElement, place: Place) -> bool:
    """Whether an element stands beside the article: in a menu, a footer, a teaser, the comments, a quoted post.

    What holds the headline is not aside: a page's own frame may be named for its sidebar.
    """
    inside = False
    for node in (element, *element.iterancestors()):
        if node in place.around or node.tag in {"body", "html", "main"}:
            return False
        marks = _marks_of(node)
        if node.tag in {"nav", "blockquote"} or (node.tag == "aside" and not inside):
            return True
        if node.tag == "footer":
            # That of an article signs it.
            if not inside and next(node.iterancestors("article"), None) is None:
                return True
            continue
        if (_FOREIGN_ARTICLE if inside or node.tag == "article" else _ASIDE).search(marks):
            return True
        inside = inside or node.tag == "article"
    return False


def find_items(tree: HtmlElement, name: str, place: Place) -> list[Value]:
    """Microdata and RDFa: the elements with that itemprop or property, Dublin Core's name for it too."""
    names = {name, f"schema:{name}", *_DUBLIN_CORE[name]}
    found = []
    for attribute in ("itemprop", "property"):
        for element in cast("list[HtmlElement]", tree.xpath(f"//*[@{attribute}]"))[:MAX_LOOKED]:
            if element.tag == "meta" and attribute == "property":
                continue
            if names.isdisjoint(element.get(attribute).split()) or _is_foreign(element) or is_aside(element, place):
                continue
            given = (
                element.get("content")
                or element.get("datetime")
                or (element.get("title") if element.tag == "abbr" else None)
            )
            text = given or _short_text(element, 200)
            if text:
                rule = f"{attribute} {name}"
                found.append(Value(text[:200], (element.sourceline or 1) - 1, rule, "machine" if given else "date"))
                if len(found) >= MAX_ITEMS:
                    return found
    return found


def find_times(tree: HtmlElement, place: Place) -> tuple[list[Value], list[Value]]:
    """`<time>` and what is named for a date: those of the publication and those of changes.

    Best first: by how sure their form is, then by nearness to the headline.
    """
    found: list[tuple[int, int, bool, Value]] = []
    headline: int | None = None
    looked = 0
    for number, element in enumerate(tree.iter(*_TIME_TAGS, *_HEAD_TAGS)):
        if element is place.headline:
            headline = number
            continue
        marks = _marks_of(element)
        if not marks and element.tag != "time":
            continue
        strong = _PUBLISHED_NAME.search(marks) is not None
        named = element.tag == "time" or strong or _PUBLISHED_CLASS.search(marks) is not None
        if not named and _UPDATED_CLASS.search(marks) is None:
            continue
        looked += 1
        if looked > MAX_LOOKED:
            break
        if is_aside(element, place):
            continue
        value = _read_time(element, f"<{element.tag}> {marks}".strip(), strong=strong or element.tag == "time")
        if value is None:
            continue
        changed = _is_update(element, marks)
        if named or changed:
            found.append((0 if strong else 1 if element.tag == "time" else 2, number, changed, value))
    ranked = sorted(found, key=lambda item: _rank(item[0], item[1], headline))
    return [value for *_, changed, value in ranked if not changed], [value for *_, changed, value in ranked if changed]


def _rank(form: int, number: int, headline: int | None) -> tuple[int, int]:
    """How good a date's place is, lower is better: far above the headline stand menus and sliders."""
    if headline is None:
        return form, number
    apart = number - headline
    return form + (3 if apart < -JUST_ABOVE else 0), abs(apart)


def _marks_of(element: HtmlElement) -> str:
    """An element's names: its class and its id."""
    name, key = element.get("class"), element.get("id")
    # Most elements have neither, and there are thousands.
    return f"{(name or '')[:MAX_MARKS]} {(key or '')[:MAX_MARKS]}" if name or key else ""


def _find_heads(tree: HtmlElement) -> Sequence[HtmlElement]:
    heads = list(islice(tree.iter(*_HEAD_TAGS), MAX_HEADS))
    classed = (
        element
        for element in islice(tree.iter("div", "span", "p", "strong", "td", "font", "a"), 20 * MAX_HEADS)
        if (marks := _marks_of(element)) and _HEAD_CLASS.search(marks)
    )
    return [*sorted(heads, key=lambda element: str(element.tag)), *classed]


def _is_foreign(element: HtmlElement) -> bool:
    """Whether the nearest thing that an element describes is a comment, an event or a picture."""
    scope = next((node for node in element.iterancestors() if node.get("itemscope") is not None), None)
    return scope is not None and _FOREIGN_TYPE.search(scope.get("itemtype") or "") is not None


def _is_update(element: HtmlElement, marks: str) -> bool:
    """Whether an element's date is that of a change, by its name or by the words in front of it."""
    if not _is_change(marks):
        parent = element.getparent()
        above = "" if parent is None else (parent.get("class") or "")[:MAX_MARKS]
        return _is_change(above) or _UPDATED_LABEL.search(_text_before(element)) is not None
    return True


def _is_change(marks: str) -> bool:
    """Whether names say that an element holds the date of a change.

    hAtom: many themes name their only date "entry-date updated".
    """
    if "publish" in marks or _UPDATED_CLASS.search(marks) is None:
        return False
    names = marks.split()
    return "updated" not in names or not any("date" in name for name in names if name != "updated")


def _text_before(element: HtmlElement) -> str:
    """The end of the text in front of an element, in its parent or in a label beside it."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return "" if parent is None else (parent.text or "")[-LABEL:]
    tail = before.tail or ""
    if not tail.strip(" \t\n:") and isinstance(before.tag, str):
        return _short_text(before, LABEL)
    return tail[-LABEL:]


def _read_time(element: HtmlElement, rule: str, *, strong: bool) -> Value | None:
    """What an element says of a time: its machine-readable form, else its short text."""
    offset = (element.sourceline or 1) - 1
    given = element.get("datetime") or element.get("title") if element.tag in {"time", "abbr"} else None
    if given is not None and sum(char.isdigit() for char in given) >= 6:
        return Value(given[:200], offset, rule)
    if len(element) > 12 or (element.tag != "time" and element.find(".//time[@datetime]") is not None):
        # A frame around what is read for itself.
        return None
    text = _short_text(element, 160)
    if len(text) < 6 or not any(char.isdigit() for char in text):
        return None
    return Value(text, offset, rule, "date" if strong else "text")


def _short_text(element: HtmlElement, limit: int) -> str:
    """The text of an element, its parts apart ("Mai<span>06</span>"), "" where it is longer than `limit`."""
    parts: list[str] = []
    skipped = 0
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), 160):
        named = node is not element and isinstance(node.tag, str) and _is_change((node.get("class") or "")[:MAX_MARKS])
        if event == "start":
            skipped += named
            parts.append("" if skipped else node.text or "")
        else:
            skipped -= named
            parts.append("" if skipped or node is element else node.tail or "")
    # Parts that nothing but their elements joins are fields: "Erika Muster | 12. März 2020 | Lokales".
    apart = not (element.text or "").strip() and not any((child.tail or "").strip() for child in element)
    text = clean_line((" | " if apart else " ").join(part for part in parts if part.strip()))
    return text if len(text) <= limit else ""
