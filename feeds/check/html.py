"""HTML inside feeds: what a reader would strip, what a strict parser would object to.

Elements and how they nest; attributes are checked by `html_attributes`. A tokenizer of one regular expression and a
stack of open elements, not a parser, because every entry passes through here while it is rendered. Where it differs
from the HTML standard, it is stricter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

from feeds.check.html_attributes import HTML_SCRIPT, check_attributes, check_scripts
from feeds.check.html_names import (
    DRAWN,
    ENDED_BY,
    ENDS_P,
    FOREIGN,
    FORMATTING,
    HARMLESS,
    HEADINGS,
    IMPLIED,
    OF_PAGES,
    PARENTS,
    ROWS,
    STRIPPED,
    VOID,
)
from feeds.check.plain_html import COMMON, MAX_DEPTH, MAX_REMEMBERED, REFERENCE, is_clean, is_plain, is_plain_remembered
from feeds.check.rules import Report, Rule

HTML_ELEMENT = Rule.warning(
    "html-element",
    "W3C feed validator (SecurityRisk)",
    "HTML has no elements that readers strip: iframe, object, embed, form and the like.",
    "Put a link in their place.",
)
HTML_UNKNOWN = Rule.warning(
    "html-unknown",
    "HTML standard; W3C feed validator (NotHtml)",
    "Elements of HTML are ones that HTML has.",
    "Escape < where it is text, and remove the page's own elements.",
)
MALFORMED_HTML = Rule.warning(
    "malformed-html",
    "W3C feed validator (NotHtml)",
    "HTML is free of what strict parsers object to: elements are closed in order, & and < are escaped.",
    "Write bodies with an HTML serialiser.",
)

_TAG: Final = re.compile(r"""<(?:(/?)([A-Za-z][^\s/<>]*+)((?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>)?""")
_TEXT_BETWEEN_CELLS: Final = re.compile(
    r"<(?:table|tbody|thead|tfoot|tr)\b[^<>]*+>\s*+[^<\s]|</(?:td|th|tr|tbody|thead|tfoot|caption)>\s*+[^<\s]"
)
_DECLARATION: Final = re.compile(r"\s*+<!doctype[^<>]*+>", re.IGNORECASE)
_PAGE: Final = re.compile(r"<html[\s>]", re.IGNORECASE)


def check_html(report: Report, line: int | None, html: str, where: str) -> None:
    """Object to what a strict parser, a reader's sanitiser or a reader's browser would object to in a piece of HTML."""
    if is_plain(html) if len(html) > MAX_REMEMBERED else is_plain_remembered(html):
        return
    _check(report, line, html, where)


def check_xhtml(report: Report, line: int | None, xhtml: str, where: str) -> None:
    """As `check_html`, for what `write_xhtml` gives: in XHTML readers also show SVG and MathML."""
    _check(report, line, xhtml, where, is_xhtml=True)


def check_page(report: Report, line: int | None, html: str, where: str) -> None:
    """As `check_html`, for a whole page, whose body readers show."""
    declaration = _DECLARATION.match(html)
    _check(report, line, html[declaration.end() :] if declaration else html, where, is_page=True)


def is_page(html: str) -> bool:
    """Whether HTML is a whole page, not a piece of one."""
    return bool(_PAGE.search(html))


def _check(
    report: Report, line: int | None, html: str, where: str, *, is_xhtml: bool = False, is_page: bool = False
) -> None:
    if "&" in html:
        _check_references(report, line, html, where)
    if "<!" in html or "<?" in html:
        html = _without_comments(report, line, html, where)
    stack: list[str] = []
    apart = FOREIGN | OF_PAGES if is_page else FOREIGN
    tags = iter(_TAG.findall(html))
    for slash, tag, rest in tags:
        name = tag
        if tag not in HARMLESS:
            name = tag.lower()
            if not name:
                report.add(MALFORMED_HTML, line, f"{where} has a < that starts no tag")
                continue
            if name in apart and (name in OF_PAGES or not slash):
                _check_apart(report, line, (name, rest), tags, where, is_xhtml=is_xhtml)
                continue
        if not slash:
            _start(report, line, (name, rest), stack, where)
            if len(stack) > MAX_DEPTH:
                report.add(MALFORMED_HTML, line, f"{where} nests elements more than {MAX_DEPTH} deep")
                return
        elif rest and not rest.isspace():
            report.add(MALFORMED_HTML, line, f"{where} has attributes on </{name}>", rest.strip()[:80])
            return
        elif stack and stack[-1] == name:
            stack.pop()
        else:
            _close(report, line, name, stack, where)
    if "<t" in html and (text := _TEXT_BETWEEN_CELLS.search(html)):
        report.add(MALFORMED_HTML, line, f"{where} has text between the cells of a table", text[0][-80:])
    left = [name for name in stack if name not in IMPLIED]
    if left:
        report.add(MALFORMED_HTML, line, f"{where} never closes <{left[-1]}>")


def _check_apart(
    report: Report,
    line: int | None,
    start: tuple[str, str],
    tags: Iterator[tuple[str, str, str]],
    where: str,
    *,
    is_xhtml: bool,
) -> None:
    """A tag that only pages have, or SVG or MathML up to its end: there, scripts matter, and nesting is not checked."""
    name, rest = start
    check_scripts(report, line, rest, where)
    if name not in FOREIGN:
        return
    if not is_xhtml:
        report.add(HTML_ELEMENT, line, f"{where} has <{name}>, which readers strip", f"<{name}{rest}>"[:80])
    if rest.endswith("/"):
        return
    depth = 1
    for slash, tag, rest in tags:
        if slash:
            depth -= tag.lower() == name
            if not depth:
                return
            continue
        depth += tag.lower() == name and not rest.endswith("/")
        if not tag:
            report.add(MALFORMED_HTML, line, f"{where} has a < that starts no tag")
        elif tag.lower() == "script":
            report.add(HTML_SCRIPT, line, f"{where} has a script", f"<{tag}{rest}>"[:80])
        elif is_xhtml and tag not in DRAWN:
            report.add(HTML_ELEMENT, line, f"{where} has <{tag}> in <{name}>", f"<{tag}{rest}>"[:80])
        check_scripts(report, line, rest, where)
    report.add(MALFORMED_HTML, line, f"{where} never closes <{name}>")


def _start(report: Report, line: int | None, tag: tuple[str, str], stack: list[str], where: str) -> None:
    name, rest = tag
    if name not in HARMLESS or (rest and not is_clean(rest)):
        _check_tag(report, line, name, rest, where)
    if name in VOID:
        if name == "hr" and "p" in stack:
            _end(report, line, "p", stack, where)
        return
    # After a value without quotes the slash belongs to it.
    if rest[-1:] == "/" and rest[-2:-1] in {"", " ", '"', "'", "\n", "\t"}:
        report.add(MALFORMED_HTML, line, f"{where} closes <{name}/> as if it were XML", f"<{name}{rest}>"[:80])
    if stack:
        _open(report, line, name, stack, where)
    elif name in PARENTS:
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> where it is not allowed")
    stack.append(name)


def _close(report: Report, line: int | None, name: str, stack: list[str], where: str) -> None:
    """A closing tag that doesn't close the innermost element."""
    if name in VOID:
        report.add(MALFORMED_HTML, line, f"{where} closes <{name}>, which has no end")
    elif name not in stack:
        report.add(MALFORMED_HTML, line, f"{where} closes <{name}> where none is open")
    else:
        if name in FORMATTING and stack[-1] in IMPLIED:
            report.add(MALFORMED_HTML, line, f"{where} closes <{name}> before <{stack[-1]}>")
        _end(report, line, name, stack, where)


def _end(report: Report, line: int | None, name: str, stack: list[str], where: str) -> None:
    """End an open element that is not the innermost one: those within must be ones that end by implication."""
    while stack:
        innermost = stack.pop()
        if innermost == name:
            return
        if innermost not in IMPLIED:
            report.add(MALFORMED_HTML, line, f"{where} closes <{name}> before <{innermost}>")


def _open(report: Report, line: int | None, name: str, stack: list[str], where: str) -> None:
    """Pop the elements that the start of an element ends, and object where it is not allowed."""
    while stack and stack[-1] in ENDED_BY.get(name, ()):
        stack.pop()
    if name in ENDS_P and "p" in stack:
        _end(report, line, "p", stack, where)
        while stack and stack[-1] in ENDED_BY.get(name, ()):
            stack.pop()
    innermost = stack[-1] if stack else ""
    parents = PARENTS.get(name)
    if innermost in ROWS if parents is None else innermost not in parents:
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> where it is not allowed")
    elif (name == "a" and "a" in stack) or (name in HEADINGS and stack and stack[-1] in HEADINGS):
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> inside <{stack[-1]}>")


def _check_tag(report: Report, line: int | None, name: str, rest: str, where: str) -> None:
    if name == "script":
        report.add(HTML_SCRIPT, line, f"{where} has a script", f"<{name}{rest}>"[:80])
    elif name in STRIPPED:
        report.add(HTML_ELEMENT, line, f"{where} has <{name}>, which readers strip", f"<{name}{rest}>"[:80])
    elif name not in HARMLESS:
        report.add(HTML_UNKNOWN, line, f"{where} has <{name}>, which HTML doesn't have", f"<{name}{rest}>"[:80])
    if not check_attributes(report, line, rest, where):
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> with misshapen attributes", rest[:200].strip()[:80])


def _check_references(report: Report, line: int | None, html: str, where: str) -> None:
    bare = 0
    for match in REFERENCE.finditer(html):
        number, name = match.groups()
        if name is not None:
            if name in COMMON or name in html5:
                continue
        elif number is not None:
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            if (code >= 32 or code in {9, 10}) and not 0x7F <= code < 0xA0 and _is_scalar(code):
                continue
        elif match.end() == len(html) or html[match.end()] in " \t\r\n\f<&":
            continue
        bare += 1
        if bare == 1:
            shown = html[match.start() : match.start() + 20]
            report.add(MALFORMED_HTML, line, f"{where} has an & that starts no character reference", shown)


def _is_scalar(code: int) -> bool:
    return code < 0xD800 or (0xE000 <= code < 0x110000 and not 0xFDD0 <= code < 0xFDF0 and code & 0xFFFE != 0xFFFE)


def _without_comments(report: Report, line: int | None, html: str, where: str) -> str:
    """The HTML without its comments; objects to declarations, instructions and comments that don't end."""
    kept = []
    position = 0
    while (start := html.find("<!--", position)) >= 0:
        kept.append(html[position:start])
        end = html.find("-->", start + 4)
        if end < 0:
            report.add(MALFORMED_HTML, line, f"{where} has a comment that doesn't end", html[start : start + 40])
            position = len(html)
            break
        if "--" in html[start + 4 : end]:
            report.add(MALFORMED_HTML, line, f"{where} has two hyphens in a comment", html[start : start + 40])
        position = end + 3
    kept.append(html[position:])
    return "".join(kept)
