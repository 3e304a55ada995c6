"""Which agencies a page names as the source of its text, wherever it does: what rules that protect texts go by.

A page says so in front of the text or behind it, on a line of its own, beside the stamp or in the byline. What is
missed here is published, so in doubt a name counts. Those of pictures don't: the text is not theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from feeds.article import Block, ItemList, Paragraph, Subheadline
from feeds.parse.body import closes_with_credit, is_caption, is_sentence
from feeds.parse.credits import add_agency
from feeds.parse.datelines.dateline import MAX_DATELINE
from feeds.parse.datelines.opening import LEAD_LINES
from feeds.parse.draft import Draft, Role
from feeds.parse.words import AGENCIES, any_of
from feeds.text import AGENCY_NAMES, fold_spaces

MAX_LINE: Final = 120
"""Characters of a line that names a source, at most."""
MAX_STATEMENT: Final = 200
"""Characters of a sentence that does, at most."""
MAX_NAMES: Final = 8
"""Names of sources that are kept, at most."""
LINES_BELOW: Final = 4
"""Lines below a text in which an agency's name alone says whose it is; one with a label may be further down."""
_KNOWN: Final = any_of(sorted((*AGENCIES, *AGENCY_NAMES.values()), key=len, reverse=True))
# "dpa", "dpa-AFX", "dpa-infocom GmbH", "AFP Deutschland"
_AGENCY = re.compile(
    rf"(?:{_KNOWN})(?:-[^\W\d_]{{2,12}}){{0,2}}(?: (?:GmbH|AG|Deutschland|Austria|Schweiz))?", re.IGNORECASE
)
_SMALL: Final = any_of(sorted(name.casefold() for name in (*AGENCIES, *AGENCY_NAMES.values())))
_HINT = re.compile(rf"(?<!\w)(?:{_SMALL})(?!\w)|quelle|agentur|news aktuell")
"""What every text that names a source has, in small letters: of most, no more is read."""
# "Original-Content von: Polizeipräsidium Musterland, übermittelt durch news aktuell"
_SENT = re.compile(r"Original-Content von:\s?(?P<sender>[^\n]{2,120}?),?\sübermittelt durch news aktuell\.?")
_HEAD: Final = frozenset[Role](["stamp", "byline", "agency"])
_OWN: Final = frozenset[Role](["headline", "lead", "body", "list", "quote", "sub-headline"])
"""What lines are that tell the news."""
# "Quelle: dpa", "Agenturen: dpa, AFP"
_LABELLED = re.compile(r"(?:Quellen?|Textquelle|(?:Nachrichten)?Agentur(?:en|meldung)?)\s?:\s?(?P<names>[^\W\d_].*)")
# "Von dpa", "22:45 Uhr | dpa", "Von Erika Muster, dpa", "Mit Material der dpa", "mit dpa-Material"
_BETWEEN = re.compile(
    r"[|•·/,;:&+()\[\]–—©]|\s-\s|-(?:Material|Meldung|Bericht|Informationen)\b"
    r"|(?<!\w)(?:[Uu]nd|[Mm]it|[Nn]ach|[Vv]on|VON|[Dd]er|[Mm]aterial|Agentur(?:material|meldung)"
    r"|[Ii]nformationen|Copyright|(?:19|20)\d\d|(?:Nachrichten|Presse)agentur(?:en)?"
    r"|(?<!Presse[ -])(?<!Nachrichten-)Agentur(?:en)?)(?!\w)"
)
# "Dieser Text wurde aus dem dpa-Newskanal übernommen.", "Teile des Artikels stammen von AFP."
_STATEMENT = re.compile(
    r"(?:Hinweis: )?(?:(?:(?:Für |In )?Dies(?:e[nrs]?|em)|Für diese[nr]?|Teile (?:de[rs]|diese[rs])|Das ist eine?)"
    r"\s(?:\w+\s)?(?:[\w-]*[Tt]ext(?:e?s)?|Artikels?|Beitrags?|[\w-]*[Mm]eldung|Nachricht|Berichts?|Inhalte?s?)"
    r"|(?:Direkt )?[Aa]us dem [\w-]+-Newskanal|Mit (?:Agentur)?[Mm]aterial)(?!\w)"
)
_NAMED = re.compile(rf"(?<![\w-])(?:{_KNOWN})(?!\w)")
# "dpa Berlin", "SID KÖLN": in front of a text.
_WITH_PLACE = re.compile(rf"(?P<agency>{_KNOWN})(?:[ /-][A-ZÄÖÜ][\w-]*){{1,3}}")
_OWNED: Final = ("©", "(c)", "(C)", "Copyright")
# "© dpa-infocom, dpa:261118-930-1/1": the firm that sends the texts, and the number of one.
_MESSAGE = re.compile(r"(?<!\w)(?P<agency>[^\W\d_]{2,7})(?:-infocom(?!\w)|:\d{6}-)")
_BRACKETS: Final = r"[(\[](?P<names>[^()\[\]\n]{2,40})[)\]]"
# "Berlin (dpa) - Das Kabinett ...", "dpa/Berlin. Das Kabinett ...": behind it the text begins.
_FRONT = re.compile(rf"[^()\[\]\n!?]{{0,60}}{_BRACKETS}\s?(?:[-‐‑‒–—―−|:./]|[A-ZÄÖÜ„\"»«]|$)")
_BARE_FRONT = re.compile(r"(?P<names>[^()\[\]\n.!?:„\"»«|]{2,60}?)(?:[.:|]|\s[-‐‑‒–—―−|])\s")
# "... wartet weiter. (dpa)", "... wartet weiter. dpa/mla"
_BEHIND = re.compile(rf"{_BRACKETS}\.?$")
_BARE_BEHIND = re.compile(r"[.!?…“”\"»«’]\s(?P<names>[^\W\d_][\w/,&+ -]{1,40})\.?$")
MAX_END: Final = 48
"""Characters of what names sources at the end of a text, at most, with what parts it from that."""
_CLOSING: Final = (")", "]", ").", "].")
# "mm", "mla", "KStA": who wrote for the paper.
_SIGN = re.compile(r"[a-zäöü]{2,5}|[A-ZÄÖÜ][A-Za-z]{0,3}[A-Z]")
_SIGNED = re.compile(r"(?:Von|von|VON|By|Text|Autor(?:in)?)\b")
_DIGIT = re.compile(r"\d")
_PICTURE = re.compile(
    r"(?<!\w)(?:\w*fotos?|\w*bild(?:er|quelle)?|Grafik|Karte|Video|Illustration)\s?[:/]"
    r"|picture[ -]alliance|Getty|imago",
    re.IGNORECASE,
)


def read_sources(draft: Draft, lines: Sequence[str], roles: Mapping[int, Role]) -> None:
    """Read into the draft whose text it is: its agencies, and who had it sent by a service for press releases.

    `lines` are those of the page, and `roles` what they are, by their number: the headline, the stamp, the text.
    """
    near = _find_near(roles)
    head = [number for number in range(near.start) if roles.get(number) in _HEAD]
    far = [*head, *(number for number in range(near.start, len(lines)) if roles.get(number) not in _OWN)]
    # To ask all at once costs half as much.
    is_named = mentions_any("\n".join([lines[number] for number in far]))
    far = [number for number in far if may_name(lines[number])] if is_named else []
    beside = [number for number in far if number < near.stop]
    names = [
        *(name for number in beside for name in _read_near(fold_spaces(lines[number]))),
        *(name for at, block in enumerate(draft.blocks) for name in _read_block(block, begins=at < LEAD_LINES)),
        *(name for number in far for name in _read_line(fold_spaces(lines[number]), near=False)),
    ]
    draft.agencies = tuple(dict.fromkeys(names))[:MAX_NAMES]
    if (agency := next(filter(is_agency, draft.agencies), None)) is not None:
        add_agency(draft, agency)
    sent = [match["sender"] for number in far if (match := _SENT.fullmatch(fold_spaces(lines[number]))) is not None]
    draft.authors = draft.authors or tuple(dict.fromkeys(sent))
    if draft.category in sent:
        # The sender's name above its releases is no section.
        draft.category = None
        draft.found = [item for item in draft.found if item[0] != "category"]


def may_name(text: str) -> bool:
    """Whether a text may name a source, at one of its ends where it is long."""
    return mentions_any(text if len(text) < MAX_DATELINE + MAX_LINE else f"{text[:MAX_DATELINE]}\n{text[-MAX_LINE:]}")


def mentions_any(text: str) -> bool:
    """Whether a text has a word, anywhere, without which it names no source."""
    return _HINT.search(text.lower()) is not None


def _find_near(roles: Mapping[int, Role]) -> range:
    """The numbers of the lines from the headline to a few below the text."""
    known = [number for number, role in roles.items() if role in _OWN]
    return range(min(known), max(known) + LINES_BELOW + 1) if known else range(0)


def is_agency(name: str) -> bool:
    """Whether a name is that of a known agency, or of a part of one: "dpa-AFX"."""
    return _AGENCY.fullmatch(name) is not None


def _read_near(text: str) -> Iterator[str]:
    """The sources that a line beside the text names: it may be a paragraph that was taken for none."""
    yield from _read_line(text, near=True)
    yield from _read_end(text)


def _read_line(text: str, *, near: bool) -> Iterator[str]:
    """The sources that a line of the page names; one that is not `near` the text does so by a label or number alone."""
    if len(text) < MAX_STATEMENT and _STATEMENT.match(text) is not None:
        yield from _NAMED.findall(text)
    if len(text) > MAX_LINE:
        return
    yield from (match["agency"] for match in _MESSAGE.finditer(text) if is_agency(match["agency"]))
    match = _LABELLED.fullmatch(text)
    if (
        match is None
        and _SIGNED.match(text) is None
        and (_PICTURE.search(text) or (is_caption(text) and not text.startswith(_OWNED)))
    ):
        return
    if match is not None:
        names = _split(match["names"]) or [match["names"]]
        yield from (name for name in names if name[0].isalpha() and not _DIGIT.search(name))
    elif near:
        yield from filter(is_agency, _split(text))


def _read_block(block: Block, *, begins: bool) -> Iterator[str]:
    """The sources that a block of the text names at its beginning or end; `begins`: it may have a dateline."""
    if isinstance(block, ItemList):
        for each in chain.from_iterable(block.items):
            yield from _read_block(each, begins=False)
        return
    if not isinstance(block, Paragraph | Subheadline):
        return
    text = block.text
    if begins:
        head = text[:MAX_DATELINE]
        bracketed = _FRONT.match(head) if "(" in head or "[" in head else None
        matches = (bracketed, _BARE_FRONT.match(head))
        found = [match["names"] for match in matches if match is not None and mentions_any(match["names"])]
        yield from (name for names in found if not _PICTURE.search(names) for name in _split(names) if is_agency(name))
        yield from (match["agency"] for names in found if (match := _WITH_PLACE.fullmatch(names)) is not None)
    yield from _read_text(text)


def _read_text(text: str) -> list[str]:
    """The sources that a paragraph or an item names at its end; one that is no sentence may say nothing else."""
    found = _read_end(text)
    # A paragraph that is longer says nothing else.
    if len(text) < MAX_STATEMENT and mentions_any(text):
        is_line = not is_sentence(text)
        names = _read_line(text, near=is_line)
        found.extend(names if is_line else filter(is_agency, names))
    return found


def _read_end(text: str) -> list[str]:
    """The sources that a text names at its end."""
    end = text[-MAX_END:]
    bare = _BARE_BEHIND.search(end)
    signs = [] if bare is None else _split(bare["names"])
    if signs and all(map(_signs, signs)):
        return list(filter(is_agency, signs))
    bracketed = _BEHIND.search(end) if text.endswith(_CLOSING) else None
    if bracketed is None or _PICTURE.search(bracketed["names"]) or is_caption(text) or closes_with_credit(text):
        return []
    return list(filter(is_agency, _split(bracketed["names"])))


def _signs(name: str) -> bool:
    """Whether a name is that of an agency or the sign of a writer."""
    return is_agency(name) or _SIGN.fullmatch(name) is not None


def _split(text: str) -> list[str]:
    """The names that a text lists."""
    return [name for part in _BETWEEN.split(text) if (name := part.strip(" .*•–-"))]
