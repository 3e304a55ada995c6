"""HTML inside feeds: what a reader would strip, what a strict parser would object to, what leads nowhere.

A tokenizer of one regular expression and a stack of open elements, not a parser: every entry passes through here while
it is rendered. Where the two disagree it is stricter than the HTML standard, never more lenient.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import Final

from feeds.check.plain_html import COMMON, MAX_DEPTH, MAX_REMEMBERED, REFERENCE, is_clean, is_plain, is_plain_remembered
from feeds.check.rules import Report, Rule

HTML_SCRIPT = Rule(
    "html-script",
    "error",
    "W3C feed validator (SecurityRisk); every reader strips it",
    "HTML has no script, no event attributes and no javascript: addresses.",
    "Sanitise the body before rendering.",
)
HTML_ELEMENT = Rule(
    "html-element",
    "warning",
    "W3C feed validator (SecurityRisk)",
    "HTML has no elements that readers strip: iframe, object, embed, form and the like.",
    "Put a link in their place.",
)
HTML_UNKNOWN = Rule(
    "html-unknown",
    "warning",
    "HTML standard; W3C feed validator (NotHtml)",
    "Elements of HTML are ones that HTML has.",
    "Escape < where it is text, and remove the page's own elements.",
)
HTML_ATTRIBUTE = Rule(
    "html-attribute",
    "warning",
    "W3C feed validator (SecurityRiskAttr)",
    "Elements of HTML have only harmless attributes that HTML has.",
    "Remove the attribute.",
)
HTML_STYLE = Rule(
    "html-style",
    "warning",
    "W3C feed validator (DangerousStyleAttr); most readers strip it",
    "Elements of HTML have no style attributes.",
    "Remove the attribute; use elements that say what is meant.",
)
HTML_ADDRESS = Rule(
    "html-address",
    "warning",
    "RSS advisory board profile; RFC 3986 section 2",
    "Addresses in HTML are percent-encoded.",
    "Percent-encode the address.",
)
HTML_RELATIVE = Rule(
    "html-relative",
    "warning",
    "RSS advisory board profile; readers (18 of 23 lose a relative picture)",
    "Addresses in HTML are absolute.",
    "Resolve them against the page they came from before rendering.",
)
MALFORMED_HTML = Rule(
    "malformed-html",
    "warning",
    "HTML standard; W3C feed validator (NotHtml)",
    "HTML is free of parse errors: elements are closed in order, & and < are escaped.",
    "Write bodies with an HTML serialiser.",
)

_HARMLESS: Final = frozenset(
    """a abbr address article aside audio b bdi big blockquote br caption cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map
    mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td
    tfoot th thead time tr track tt u ul var video wbr area center font strike acronym""".split()
)
_STRIPPED: Final = frozenset(
    """applet base basefont bdo body button canvas command datalist dialog embed fieldset form frame frameset head
    html iframe input isindex label legend link meta meter noframes noscript object optgroup option output param
    plaintext progress select slot style template textarea title xmp menu dir listing""".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# HTML standard: "generate implied end tags", and what may stay open at the end.
_IMPLIED: Final = frozenset("p li dd dt td th tr tbody thead tfoot colgroup caption option optgroup rp rt".split())
_ENDED_BY: Final = {
    "li": {"li"},
    "dd": {"dd", "dt"},
    "dt": {"dd", "dt"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "thead": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "tfoot": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "rt": {"rt", "rp"},
    "rp": {"rt", "rp"},
}
_PARENTS: Final = {
    "td": {"tr"},
    "th": {"tr"},
    "tr": {"table", "tbody", "thead", "tfoot"},
    "tbody": {"table"},
    "thead": {"table"},
    "tfoot": {"table"},
    "caption": {"table"},
    "col": {"table", "colgroup"},
    "colgroup": {"table"},
}
_ENDS_P: Final = frozenset(
    """address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hgroup hr main menu nav ol p pre section summary table ul dd dt li""".split()
)
# Elements whose end ends no other by implication (HTML standard: the adoption agency algorithm).
_FORMATTING: Final = frozenset("a b big code em font i s small strike strong tt u".split())
_ROWS: Final = frozenset({"table", "tbody", "thead", "tfoot", "tr"})
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_ATTRIBUTES: Final = frozenset(
    """abbr align alt border cellpadding cellspacing cite class color colspan coords datetime decoding dir download
    face headers height hidden href hreflang hspace id ismap itemid itemprop itemref itemscope itemtype kind label lang
    loading loop longdesc media muted name nowrap open poster preload referrerpolicy rel rev reversed rowspan scope
    shape size sizes span src srclang srcset start summary tabindex target title translate type usemap valign value
    vspace width xml:lang xmlns""".split()
)
_ADDRESSES: Final = frozenset("href src cite poster background longdesc data action srcset usemap".split())

_TAG: Final = re.compile(r"""<(?:(/?)([A-Za-z][^\s/<>]*+)((?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>)?""")
_TEXT_BETWEEN_CELLS: Final = re.compile(
    r"<(?:table|tbody|thead|tfoot|tr)\b[^<>]*+>\s*+[^<\s]|</(?:td|th|tr|tbody|thead|tfoot|caption)>\s*+[^<\s]"
)
_CLOSED_AT_ONCE: Final = re.compile(r"<([A-Za-z][^\s/<>]*+)([^<>]*)/>")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]++)\s*+(?:=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?""")
_SCRIPT: Final = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_SPACES: Final = re.compile(r"[\s\x00]+")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")
_LEGAL: Final = re.compile(r"[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),#%]*+")


def check_html(report: Report, line: int | None, html: str, where: str) -> None:
    """Object to what a strict parser, a reader's sanitiser or a reader's browser would object to in a piece of HTML."""
    if is_plain(html) if len(html) > MAX_REMEMBERED else is_plain_remembered(html):
        return
    if "&" in html:
        _check_references(report, line, html, where)
    if "<!" in html or "<?" in html:
        html = _without_comments(report, line, html, where)
    stack: list[str] = []
    for slash, tag, rest in _TAG.findall(html):
        name = tag if tag in _HARMLESS else tag.lower()
        if not name:
            report.add(MALFORMED_HTML, line, f"{where} has a < that starts no tag")
        elif not slash:
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
    left = [name for name in stack if name not in _IMPLIED]
    if left:
        report.add(MALFORMED_HTML, line, f"{where} never closes <{left[-1]}>")


def _start(report: Report, line: int | None, tag: tuple[str, str], stack: list[str], where: str) -> None:
    name, rest = tag
    if name not in _HARMLESS or (rest and not is_clean(rest)):
        _check_tag(report, line, name, rest, where)
    if name in _VOID:
        if name == "hr" and "p" in stack:
            _end(report, line, "p", stack, where)
        return
    # Behind a value without quotes the slash belongs to it.
    if rest[-1:] == "/" and rest[-2:-1] in {"", " ", '"', "'", "\n", "\t"}:
        report.add(MALFORMED_HTML, line, f"{where} closes <{name}/> as if it were XML", f"<{name}{rest}>"[:80])
    if stack:
        _open(report, line, name, stack, where)
    elif name in _PARENTS:
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> where it can't stand")
    stack.append(name)


def check_xhtml(report: Report, line: int | None, xhtml: str, where: str) -> None:
    """As `check_html`, for markup that was parsed as XML: there any element may be closed in its own tag."""
    check_html(report, line, _CLOSED_AT_ONCE.sub(_expand, xhtml), where)


def _expand(match: re.Match[str]) -> str:
    return match[0] if match[1] in _VOID else f"<{match[1]}{match[2]}></{match[1]}>"


def _close(report: Report, line: int | None, name: str, stack: list[str], where: str) -> None:
    """A closing tag that doesn't close the innermost element."""
    if name in _VOID:
        report.add(MALFORMED_HTML, line, f"{where} closes <{name}>, which has no end")
    elif name not in stack:
        report.add(MALFORMED_HTML, line, f"{where} closes <{name}> where none is open")
    else:
        if name in _FORMATTING and stack[-1] in _IMPLIED:
            report.add(MALFORMED_HTML, line, f"{where} closes <{name}> before <{stack[-1]}>")
        _end(report, line, name, stack, where)


def _end(report: Report, line: int | None, name: str, stack: list[str], where: str) -> None:
    """End an open element that is not the innermost one: those within must be ones that end by implication."""
    while stack:
        innermost = stack.pop()
        if innermost == name:
            return
        if innermost not in _IMPLIED:
            report.add(MALFORMED_HTML, line, f"{where} closes <{name}> before <{innermost}>")


def _open(report: Report, line: int | None, name: str, stack: list[str], where: str) -> None:
    """What the start of an element ends, and where it may not stand."""
    while stack and stack[-1] in _ENDED_BY.get(name, ()):
        stack.pop()
    if name in _ENDS_P and "p" in stack:
        _end(report, line, "p", stack, where)
        while stack and stack[-1] in _ENDED_BY.get(name, ()):
            stack.pop()
    innermost = stack[-1] if stack else ""
    parents = _PARENTS.get(name)
    if innermost in _ROWS if parents is None else innermost not in parents:
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> where it can't stand")
    elif (name == "a" and "a" in stack) or (name in _HEADINGS and stack and stack[-1] in _HEADINGS):
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> inside <{stack[-1]}>")


def _check_tag(report: Report, line: int | None, name: str, rest: str, where: str) -> None:
    if name == "script":
        report.add(HTML_SCRIPT, line, f"{where} has a script", f"<{name}{rest}>"[:80])
    elif name in _STRIPPED:
        report.add(HTML_ELEMENT, line, f"{where} has <{name}>, which readers strip", f"<{name}{rest}>"[:80])
    elif name not in _HARMLESS:
        report.add(HTML_UNKNOWN, line, f"{where} has <{name}>, which HTML doesn't have", f"<{name}{rest}>"[:80])
    seen: set[str] = set()
    end = 0
    for match in _ATTRIBUTE.finditer(rest):
        attribute, value = match[1].lower(), (match[2] or "").strip("\"'")
        start = match.start()
        between = rest[end:start]
        if between.strip(" \t\r\n\f/") or not between or attribute in seen:
            report.add(MALFORMED_HTML, line, f"{where} has <{name}> with misshapen attributes", rest.strip()[:80])
        end = match.end()
        seen.add(attribute)
        _check_attribute(report, line, attribute, value, where)
    if rest[end:].strip(" \t\r\n\f/"):
        report.add(MALFORMED_HTML, line, f"{where} has <{name}> with misshapen attributes", rest.strip()[:80])


def _check_attribute(report: Report, line: int | None, attribute: str, value: str, where: str) -> None:
    shown = f'{attribute}="{value[:60]}"'
    if attribute.startswith("on"):
        report.add(HTML_SCRIPT, line, f"{where} has an event attribute", shown)
    elif attribute == "style":
        report.add(HTML_STYLE, line, f"{where} has a style attribute", shown)
    elif attribute in _ADDRESSES:
        addresses = [value] if attribute != "srcset" else [part.split(" ")[0] for part in value.split(", ")]
        for address in addresses:
            _check_address(report, line, address.strip(), where, shown)
    elif attribute not in _ATTRIBUTES and not attribute.startswith("data-"):
        report.add(HTML_ATTRIBUTE, line, f"{where} has an attribute that readers strip", shown)


def _check_address(report: Report, line: int | None, address: str, where: str, shown: str) -> None:
    if "&" in address:
        address = unescape(address)
    if _SCRIPT.match(_SPACES.sub("", address)):
        report.add(HTML_SCRIPT, line, f"{where} has an address that is a script", shown)
    elif not _ABSOLUTE.match(address):
        report.add(HTML_RELATIVE, line, f"{where} has an address that is not absolute", shown)
    elif not _LEGAL.fullmatch(address):
        report.add(HTML_ADDRESS, line, f"{where} has an address that is not percent-encoded", shown)


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
