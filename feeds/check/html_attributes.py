"""Attributes of HTML: what a reader's sanitiser would strip, and addresses that lead nowhere."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from feeds.check.rules import Report, Rule
from feeds.check.values import hide_ip_literal

HTML_SCRIPT = Rule.error(
    "html-script",
    "W3C feed validator (SecurityRisk); every reader strips it",
    "HTML has no script, no event attributes and no javascript: addresses.",
    "Sanitise the body before rendering.",
)
HTML_ATTRIBUTE = Rule.warning(
    "html-attribute",
    "W3C feed validator (SecurityRiskAttr)",
    "Elements of HTML have only harmless attributes that HTML has.",
    "Remove the attribute.",
)
HTML_STYLE = Rule.warning(
    "html-style",
    "W3C feed validator (DangerousStyleAttr); most readers strip it",
    "Elements of HTML have no style attributes.",
    "Remove the attribute; use elements that say what is meant.",
)
HTML_ADDRESS = Rule.warning(
    "html-address",
    "RSS advisory board profile; RFC 3986 section 2",
    "Addresses in HTML are percent-encoded.",
    "Percent-encode the address.",
)
HTML_RELATIVE = Rule.warning(
    "html-relative",
    "RSS advisory board profile; readers (18 of 23 lose a relative picture)",
    "Addresses in HTML are absolute.",
    "Resolve them against the page they came from before rendering.",
)

_KNOWN: Final = frozenset(
    """abbr align alt border cellpadding cellspacing cite class color colspan controls coords datetime decoding dir
    download face headers height hidden href hreflang hspace id ismap itemid itemprop itemref itemscope itemtype kind
    label lang loading loop longdesc media muted name nowrap open playsinline poster preload referrerpolicy rel rev
    reversed rowspan scope shape size sizes span src srclang srcset start summary tabindex target title translate type
    usemap valign value vspace width xml:lang xmlns""".split()
)
_ADDRESSES: Final = frozenset("href src cite poster background longdesc data action srcset usemap".split())
# HTML standard, section 13.1.2.3: a name alone, or with a value that may lack its quotes.
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?""")
_SCRIPT: Final = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_SPACES: Final = re.compile(r"[\s\x00]+")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")
_LEGAL: Final = re.compile(r"[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),#%]*+")


def check_attributes(report: Report, line: int | None, attributes: str, where: str) -> bool:
    """Whether the attributes of a tag are well-formed, each there once; objects to those that readers strip."""
    seen: set[str] = set()
    end = 0
    is_well_formed = True
    for match in _ATTRIBUTE.finditer(attributes):
        name, value = match[1].lower(), (match[2] or "").strip("\"'")
        between = attributes[end : match.start()]
        if between.strip(" \t\r\n\f/") or not between or name in seen:
            is_well_formed = False
        end = match.end()
        seen.add(name)
        _check_attribute(report, line, name, value, where)
    return is_well_formed and not attributes[end:].strip(" \t\r\n\f/")


def check_scripts(report: Report, line: int | None, attributes: str, where: str) -> None:
    """Object to attributes that run scripts, in tags whose other attributes are not checked."""
    for match in _ATTRIBUTE.finditer(attributes):
        name, value = match[1].lower(), (match[2] or "").strip("\"'")
        if name.startswith("on"):
            report.add(HTML_SCRIPT, line, f"{where} has an event attribute", _show(name, value))
        elif _is_script(unescape(value)):
            report.add(HTML_SCRIPT, line, f"{where} has an address that is a script", _show(name, value))


def _check_attribute(report: Report, line: int | None, name: str, value: str, where: str) -> None:
    shown = _show(name, value)
    if name.startswith("on"):
        report.add(HTML_SCRIPT, line, f"{where} has an event attribute", shown)
    elif name == "style":
        report.add(HTML_STYLE, line, f"{where} has a style attribute", shown)
    elif name in _ADDRESSES:
        addresses = [value] if name != "srcset" else [part.split(" ")[0] for part in value.split(", ")]
        for address in addresses:
            _check_address(report, line, address.strip(), where, shown)
    elif name not in _KNOWN and not name.startswith("data-"):
        report.add(HTML_ATTRIBUTE, line, f"{where} has an attribute that readers strip", shown)


def _show(name: str, value: str) -> str:
    return f'{name}="{value[:60]}"'


def _is_script(value: str) -> bool:
    return bool(_SCRIPT.match(_SPACES.sub("", value)))


def _check_address(report: Report, line: int | None, address: str, where: str, shown: str) -> None:
    if "&" in address:
        address = unescape(address)
    if _is_script(address):
        report.add(HTML_SCRIPT, line, f"{where} has an address that is a script", shown)
    elif not _ABSOLUTE.match(address):
        report.add(HTML_RELATIVE, line, f"{where} has an address that is not absolute", shown)
    elif not _LEGAL.fullmatch(hide_ip_literal(address) if "[" in address else address):
        report.add(HTML_ADDRESS, line, f"{where} has an address that is not percent-encoded", shown)
