"""Recognising plain HTML, which articles are made of, quickly: every entry passes here while it is rendered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

MAX_DEPTH: Final = 200
"""How deep elements may nest; the parsers of readers stop at 256 or 512."""
_PLAIN_ELEMENTS: Final = (
    dict.fromkeys("a abbr b cite code em i q s small span strong sub sup time u".split(), "inline")
    | dict.fromkeys("p h2 h3 h4 ul ol li blockquote figure figcaption".split(), "block")
    | dict.fromkeys(["br", "hr", "img", "br/", "hr/", "img/"], "void")
)
_ENDS: Final = {f"/{name}": name for name, kind in _PLAIN_ELEMENTS.items() if kind != "void"}
_CONTAINERS: Final = frozenset({"blockquote", "figure", "figcaption", "li", "ul", "ol"})
# What nearly all tags of an article look like; the rest is looked at attribute by attribute.
_CLEAN: Final = re.compile(
    r"""(?:\ (?:href|src|cite)="(?:https?://|mailto:)[0-9a-zA-Z;/?:@=+$.\-_!~*'(),%\#]++"
    |\ (?:alt|class|datetime|dir|height|id|lang|loading|rel|title|width)="[^"<>]*+")*+\ ?/?""",
    re.VERBOSE,
)
REFERENCE: Final = re.compile(r"&(?:#([0-9]{1,8}|[xX][0-9a-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]*+;)|(?=[\s<&]|\Z))?")
_CLEAN_NAME: Final = re.compile(' ([a-z]+)="')
COMMON: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "nbsp;", "apos;"})


def is_clean(attributes: str) -> bool:
    """Whether the attributes of a tag are of the usual kind, each there only once."""
    if not _CLEAN.fullmatch(attributes):
        return False
    if attributes.count('="') < 2:
        return True
    names = _CLEAN_NAME.findall(attributes)
    return len(set(names)) == len(names)


def is_plain(html: str) -> bool:
    """Whether HTML is so plain that no rule can object to it; made to be fast.

    Plain means paragraphs, headings, lists, quotes, figures and the usual inline elements, all closed, with the usual
    attributes. False only means that a closer look is needed.
    """
    if "&" in html:
        for match in REFERENCE.finditer(html):
            if match[2] not in COMMON:
                return False
    # Most articles are paragraphs without tags in them: where one ends and the next starts needs no closer look.
    first, *rest = html.split("</p><p>")
    if not rest:
        return _is_balanced(html)
    *middle, last = rest
    if not (_is_balanced(f"{first}</p>") and _is_balanced(f"<p>{last}")):
        return False
    return all("<" not in text or _is_balanced(f"<p>{text}</p>") for text in middle)


def _is_balanced(html: str) -> bool:
    stack: list[str] = []
    for piece in html.split("<")[1:]:
        tag, closed, _ = piece.partition(">")
        name = _ENDS.get(tag)
        if name is not None:
            if not stack or stack.pop() != name:
                return False
            continue
        name, _, rest = tag.partition(" ")
        kind = _PLAIN_ELEMENTS.get(name)
        if kind is None or not closed or (rest and not is_clean(" " + rest)):
            return False
        if kind == "void":
            continue
        if rest[-1:] == "/" or name in stack or (kind == "block" and stack and stack[-1] not in _CONTAINERS):
            return False
        if (name == "li" and stack[-1:] not in (["ul"], ["ol"])) or len(stack) > MAX_DEPTH:
            return False
        stack.append(name)
    return not stack


# The same text goes into several formats, one after the other.
MAX_REMEMBERED: Final = 50_000
is_plain_remembered = lru_cache(maxsize=32)(is_plain)
