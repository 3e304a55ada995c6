"""Lines of text -> blocks: doubled lines dropped, sub-headlines, captions and end marks told apart.

Works on any page's body; where it begins and ends is for the layout to say. Judges by form: length, punctuation, place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Final, NamedTuple

from feeds.article import Block, Paragraph, Subheadline
from feeds.errors import Problem
from feeds.parse.draft import Draft, Role
from feeds.parse.items import make_list, make_numbered
from feeds.parse.words import AGENCIES, any_of

HEADLINE_BLANKS: Final = 2
"""Blanks in a headline, at least: what has fewer may be a kicker, a section's name or a button."""
MAX_SUBHEADLINE: Final = 110
"""Characters that a headline inside the text has at most."""
MAX_CAPTION: Final = 160
MAX_CREDIT: Final = 60
"""Characters of a photographer and an agency, at most."""
PHOTO_LINES: Final = 3
"""Lines of a page that is a photo's caption, at most."""
LEAST_REPEATED: Final = 40
"""Characters from which a paragraph that was there already is a copy and no refrain ("Ja.", "Frage:")."""
LEAST_SENTENCE_BLANKS: Final = 6
"""Blanks from which a line that ends with a full stop is a sentence, even if it begins with the word "Bilder"."""

_STOPS: Final = (".", "!", "?")
_PHOTO_STARTS: Final = ("Auf dem Bild", "Auf dem Foto", "Im Bild")
_SENTENCE_ENDS: Final = tuple(".!?…:“”\"»«'’‘")
# "... sagte sie. (dpa)": the agency comes after the sentence.
_SENTENCE_END_IN_BRACKETS = re.compile(r"[.!?][“”\"»«’]?\s?[(\[][^()\[\]]{1,60}[)\]]$")
# "... auf 2,36 Prozent./la/mis": so do the signs of its writers.
_SENTENCE_END_IN_SIGNS = re.compile(r"[.!?][“”\"»«’]?\s?(?:/[a-z]{2,5}){1,4}/?$")
BULLETS: Final = "•·*▪‣"
"""What an item of a list or an entry of a menu begins with."""
_ITEM_STARTS: Final = frozenset("•·▪‣*–-0123456789")
_END_MARK_STARTS: Final = frozenset("/([-*#+_wW")
ITEM: Final = re.compile(r"^(?:[•·▪‣*–-]|(?P<number>\d{1,2})[.)])\s+(?=\S)")
# How a picture's line is labelled, in front: "Foto: dpa", "Fotos von Erika Muster", "Auf dem Bild: ...", "© dpa".
_CREDIT = re.compile(
    r"""
    (?: (?:Archiv|Symbol|Titel|Video|Agentur)?[Ff]otos? | Symbolbild | Bild(?:er|quelle|rechte|nachweis)? | Grafik
      | Illustration | Фото | Screenshot | Auf\ dem\ (?:Bild|Foto) | Im\ Bild | Copyright )\b
    (?: \s*[:©(/|] | \s+(?:von|des|der|aus|dem|und)\b | \.?$ | \s+[A-Z\w.-]+\.[a-z]{2,3}$
      | \s[\w.-]+\s[\w-]+\s/\s )
    | © | \(c\)\s
    """,
    re.VERBOSE,
)
# "Erika Muster/dpa", "dpa/Erika Muster"
_PERSON = r"[A-ZÄÖÜ][\w.'-]{0,20} [A-ZÄÖÜ][\w'-]{1,30}"
_AGENCY_CREDIT = re.compile(rf"{_PERSON}/(?:{any_of(AGENCIES)})|(?:{any_of(AGENCIES)})/{_PERSON}")
# "imago images/Max Muster", "Keystone"
_PICTURES = re.compile(
    r"(?:imago(?: images)?|IMAGO|picture[- ]alliance|Keystone(?:-SDA)?|Getty ?Images|Shutterstock(?:\.com)?"
    r"|Adobe ?Stock|stock\.adobe\.com|iStock(?:photo)?|Pixabay|Unsplash|Pexels|zvg|ZVG)"
    r"(?:\s?[/|]\s?[\w .&'-]{2,40}){0,2}"
)
# The same at its end: "... Archivfoto", "... (Foto: dpa)", "... der Brücke. Keystone".
_CREDIT_END = re.compile(
    r"""
    (?:Archivfoto|Symbolfoto|Symbolbild|Screenshot)\.?$
    | [(\[](?:(?:Fotos?|Bild|Grafik|Symbolbild)\s?:[^)\]]{1,80}|(?:Symbol|Archiv)(?:bild|foto))[)\]]$
    | \b(?:CC[ -]BY\b|CC0\b|[Gg]emeinfrei\b)[^\n]{0,60}$
    | [.!?“]\s(?:PD|pd|zvg|ZVG|Keystone|Getty(?:\ Images)?|Imago|imago)(?:\s?/\s?[\w.-]{2,30}){0,2}$
    | \s[A-ZÄÖÜ][\w.'-]{1,20}\ [A-ZÄÖÜ][\w'-]{1,30}/(?:[a-zäöü][A-Za-zÄÖÜäöü]{2,20}|[A-ZÄÖÜ]{3,12})$
    | \s(?:©|\([cC]\))\s?\S[^\n]{1,60}(?<![.!?“])$ | \bor\ licensors\)$
    | (?:^|[\s…])(?:(?:Archiv|Symbol)?[Ff]otos?|Bild|Bilder|Grafik|Visualisierung|Zeichnung|Illustration)
      \s?:\s?\S[^\n]{1,60}(?<![.!?“])$
    """,
    re.VERBOSE,
)
# "... zu regelmäßigen Kontrollen. © hil/mh": those who wrote a text, not agencies.
_COPYRIGHT_OF_SIGNS = re.compile(r"[.!?“]\s©\s?([a-z]{2,4}(?:/[a-z]{2,20}(?:\.[a-z]{2,3})?)+)$")
AGENCIES_SMALL: Final = frozenset(name for name in AGENCIES if name.islower())
# What closes an agency's text: "/Wird ergänzt/.", "(Schluss)", "-0-", "***".
_END_MARK = re.compile(
    r"""
    [/(\[]\s?
    (?:[Ww]ird\ (?:ergänzt|fortgesetzt|aktualisiert) | [Ss]chlu(?:ß|ss) | Ende | Forts(?:etzung|\.)[^)]{0,20})
    \s?[/)\]]\.?
    | [Ww]ird\ (?:ergänzt|fortgesetzt|aktualisiert)\.?
    | -\s?0\s?- | \*{3} | \#{3} | \+{3} | -{3,} | _{3,}
    """,
    re.VERBOSE,
)
# A tag of clean inline HTML, or a sign of its text.
_PIECE = re.compile(r"""<(?P<slash>/?)(?P<name>[a-z]+)(?:"[^"]*"|[^">])*>|&#?\w+;|.""", re.DOTALL)


class Line(NamedTuple):
    """A line of the body that holds something: its offset in the page, its text without outer blanks."""

    offset: int
    text: str


def is_sentence(text: str) -> bool:
    """Whether a line closes like a sentence."""
    if text.endswith(_SENTENCE_ENDS):
        return True
    if text.endswith((")", "]")):
        return _SENTENCE_END_IN_BRACKETS.search(text[-70:]) is not None
    return "/" in text[-6:] and _SENTENCE_END_IN_SIGNS.search(text[-30:]) is not None


def is_caption(text: str) -> bool:
    """Whether a line is a picture's caption or credit, by its label."""
    if len(text) > MAX_CAPTION:
        return False
    if text.startswith("©"):
        return True
    if (signs := _COPYRIGHT_OF_SIGNS.search(text)) is not None and AGENCIES_SMALL.isdisjoint(signs[1].split("/")):
        return False
    if text.endswith(_STOPS) and ":" not in text[:24] and text.count(" ") >= LEAST_SENTENCE_BLANKS:
        # "Bilder von dem Fest gingen um die ganze Welt."
        return False
    if _CREDIT.match(text) is not None or _CREDIT_END.search(text) is not None:
        return True
    if len(text) >= MAX_CREDIT:
        return False
    return _PICTURES.fullmatch(text) is not None or ("/" in text and _AGENCY_CREDIT.fullmatch(text) is not None)


def closes_with_credit(text: str) -> bool:
    """Whether a line, however long, ends with who took the picture: "Am Wochenende wird es voll. Foto: dpa"."""
    return _CREDIT_END.search(text[-MAX_CAPTION:]) is not None


def is_photo(lines: Sequence[Line]) -> bool:
    """Whether lines are a photo's caption, and no article: one says so, or all below a headline do."""
    if not 0 < len(lines) <= PHOTO_LINES:
        return False
    if any(line.text.startswith(_PHOTO_STARTS) for line in lines):
        return True
    head, *below = (line.text for line in lines)
    return len(head) <= MAX_SUBHEADLINE and bool(below) and all(map(is_caption, below))


def is_subheadline(text: str) -> bool:
    """Whether a line between two paragraphs has the form of a headline."""
    return (
        len(text) <= MAX_SUBHEADLINE
        and not is_sentence(text)
        and ": " not in text
        and not text.endswith((",", ";", "-", "–"))
        and text[0] not in "-–—•*·(/|"
        and not text[0].islower()
    )


def add_blocks(draft: Draft, lines: Sequence[Line], *, first_line: int) -> None:
    """Put lines, a paragraph each, into the draft as blocks with their marks. `first_line` is that of offset 0."""
    blocks, marks = draft.blocks, draft.marks
    seen: set[str] = set()
    items: list[tuple[str, str]] = []
    repeated: list[int] = []
    previous, is_copy = "", False
    for number, (offset, text) in enumerate(lines):
        if text == previous or (text in seen and (is_copy or len(text) >= LEAST_REPEATED)):
            is_copy = True
            marks.append((offset, "repeated"))
            repeated.append(offset)
            continue
        previous, is_copy = text, False
        seen.add(text)
        role = _find_role(lines, number)
        marks.append((offset, role))
        if role == "list":
            mark = _mark_of(text)
            if mark == "1" or (items and (mark == "") != (items[-1][0] == "")):
                _add_list(blocks, items)
            items.append((mark or "", ITEM.sub("", text, count=1)))
        elif role in {"body", "sub-headline"}:
            _add_list(blocks, items)
            blocks.append(Paragraph(text) if role == "body" else Subheadline(text))
    _add_list(blocks, items)
    if repeated:
        what = f"lines that stood there before were left out: {len(repeated)}"
        draft.problems.append(Problem("repeated", what, repeated[0] + first_line))


def cut_front(block: Paragraph, end: int) -> list[Paragraph]:
    """A paragraph without the characters of its text before `end`; none where nothing is left.

    Its markup stays. As it is where its HTML doesn't begin with these characters.
    """
    front, rest = block.text[:end], block.text[end:]
    if not rest:
        return []
    if block.html is None:
        return [Paragraph(rest)]
    inside = _cut_html(block.html, "".join(front.split()))
    return [block if inside is None else Paragraph(rest, inside)]


def _cut_html(html: str, front: str) -> str | None:
    """Clean inline HTML behind the signs of `front`, which has no blanks, and the breaks behind them.

    What is open there is opened again. None where other signs are in front.
    """
    opened: list[str] = []
    position = 0
    for piece in _PIECE.finditer(html):
        if piece["name"] is None:
            sign = unescape(piece[0])
            if not sign.isspace():
                if not front:
                    break
                if not front.startswith(sign):
                    return None
                front = front.removeprefix(sign)
        elif piece["slash"]:
            opened.pop()
        elif piece["name"] != "br":
            opened.append(piece[0])
        position = piece.end()
    return None if front else "".join(opened) + html[position:]


def _find_role(lines: Sequence[Line], number: int) -> Role:
    """What a line of a text is: a paragraph, an item of a list, a caption, an end mark, a sub-headline."""
    text = lines[number].text
    length = len(text)
    if length <= MAX_CAPTION:
        if text[0] in _ITEM_STARTS and (role := _find_role_of_item(lines, number)) is not None:
            return role
        if is_caption(text) or (not is_sentence(text) and _is_credit_below(lines, number)):
            return "caption"
        if text[0] in _END_MARK_STARTS and _END_MARK.fullmatch(text) is not None:
            return "end mark"
    if length <= MAX_SUBHEADLINE and 0 < number < len(lines) - 1 and is_subheadline(text):
        following = lines[number + 1].text
        if len(following) > length and not is_subheadline(following):
            return "sub-headline"
    return "body"


def _is_credit_below(lines: Sequence[Line], number: int) -> bool:
    """Whether who took a picture is on a line of its own below a line."""
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return len(below) < MAX_CREDIT and _CREDIT.match(below) is not None


def _find_role_of_item(lines: Sequence[Line], at: int) -> Role | None:
    """What a line is that may begin like an item of a list, if another such line is beside it; else None.

    Numbers are those of a list where they count up from 1. Others are part of what is said, such as days, leagues and
    places in a table that two share.
    """
    mark = _mark_of(lines[at].text)
    if mark is None:
        return None
    near = [_mark_of(lines[number].text) for number in (at - 1, at + 1) if 0 <= number < len(lines)]
    if not mark:
        return "list" if "" in near else None
    first, above = at, mark
    while above != "1" and first and _counts(lines[first - 1].text, int(above) - 1):
        first -= 1
        above = str(int(above) - 1)
    if above == "1" and (first < at or (at + 1 < len(lines) and _counts(lines[at + 1].text, 2))):
        return "list"
    return "body" if any(near) else None


def _mark_of(text: str) -> str | None:
    """The number with which a line begins, "" where it begins with a bullet; None where it doesn't begin as an item."""
    match = ITEM.match(text)
    return None if match is None else match["number"] or ""


def _counts(text: str, number: int) -> bool:
    """Whether a line is an item of this number."""
    return len(text) <= MAX_CAPTION and _mark_of(text) == str(number)


def _add_list(blocks: list[Block], items: list[tuple[str, str]]) -> None:
    """Put the marks and texts of items so far, which then are none, to the blocks as a list."""
    if items:
        is_numbered = items[0][0] != ""
        numbered = ((f"{mark}.", [Paragraph(text)]) for mark, text in items)
        blocks.append(make_numbered(numbered) if is_numbered else make_list(text for _, text in items))
        items.clear()
