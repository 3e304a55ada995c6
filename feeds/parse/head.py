"""The head of a page: what of the lines above the text, and between lead and text, is headline, byline and category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from feeds.parse.body import BULLETS, Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline, is_person, is_role, is_sender, is_signature, parse_byline, without_place
from feeds.parse.categories import GENERAL, address_sections, fold_word, is_label, list_bar, parse_category
from feeds.parse.dateline import match_dateline
from feeds.parse.draft import Draft, Role
from feeds.parse.evidence import BESIDE, Candidate
from feeds.parse.extent import is_captioned, is_short_sentence
from feeds.parse.headlines import find_headline, is_service
from feeds.parse.kinds import Outline
from feeds.parse.stamps import DATE_LIKE, choose
from feeds.parse.words import HOMES, RELEASES

NEAR: Final = 6
"""Lines above the headline within which a section's name is the article's, not a menu's."""
MAX_CRUMBS: Final = 5
MENU_BESIDE: Final = 2
MAX_LABEL: Final = 30
MAX_FIELD: Final = 60
MAX_FRONT: Final = 40
"""Characters in front of a stamp, up to which no headline is among them."""
MAX_STAMP_LABEL: Final = 16
"""Characters in front of the second of two stamps, at most."""
HEADLINE_BLANKS: Final = 2
"""Blanks in a headline below the sender of a release, at least."""
MAX_SIGNERS: Final = 3
"""Authors whose names are below each other, at most."""

_FIELDS = re.compile(r"\s*[|•·]\s*|\s[/–—-]\s")
# "Veröffentlicht am 3. Mai 2016 von erika": a blogger's name may be a word.
_BLOGGER = re.compile(
    r"(?: Uhr)?,? (?:von|by) (?!admin|redaktion|webmaster)(?P<name>[^\W\d_][\w.-]{2,24})", re.IGNORECASE
)
# "Veröffentlicht am 3. Mai 2016, 12:10 Uhr, Erika Muster"
_SIGNED_BEHIND = re.compile(r"(?: Uhr)?, (?P<name>[^\W\d_][\w-]{1,20}(?: [^\W\d_][\w-]{1,30}){1,2})")
_SEPARATOR = re.compile(r"\s[/|·•]\s|\s[–—]\s.+\s[–—]\s")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: its lines, and the numbers of those that are known before the others are read.

    In `lines` a stamp is taken off the headline that it was stuck to. `lead` is the first paragraph, `below` are the
    lines of the head below that, `stamps` hold nothing but a stamp. `headline` is None where no line is good enough for
    it; `rule` says why it is.
    """

    lines: Sequence[Line]
    lead: int
    below: range
    headline: int | None
    rule: str
    stamps: Sequence[int]
    url: str | None


def find_head(page: Outline, candidates: Sequence[Candidate], *, menu: int, titled: int | None = None) -> Head:
    """The head of a page; `menu` is the number of the line with which the last long menu begins.

    `titled` is that of a line which Markdown marks as the page's title.
    """
    lead = page.lead
    stamps = [one.number for one in candidates if one.whole and one.number < page.first_prose]
    published, _ = choose(candidates, headline=None)
    lines, stuck = _unstick(page.lines, lead, published)
    if stuck is None and published is not None and published.labelled and published.start <= MAX_FRONT:
        # "Veröffentlicht am 12.03.2021 um 14:22 Uhr – Von Erika Muster – Lesedauer: 3 Minuten"
        stamps = sorted({*stamps, published.number})
    found = find_headline(
        lines,
        end=max(lead, 1) if stuck is None else max(min(stuck + 2, lead), stuck + 1),
        stamps=stamps,
        url=page.url,
        start=page.part,
        menu=menu,
    )
    if found is None and page.first_prose > lead + 1:
        found = find_headline(lines, end=page.first_prose, stamps=stamps, url=page.url, start=lead + 1)
    headline, rule = (None, "") if found is None else (found[0], f"best line of the head (score {found[1]})")
    if titled is not None and page.part <= titled < lead and not is_service(lines[titled].text):
        headline, rule = titled, "Markdown's heading of the first level"
    return Head(lines, lead, range(lead + 1, page.first_prose), headline, rule, stamps, page.url)


def _unstick(lines: Sequence[Line], first_prose: int, published: Candidate | None) -> tuple[Sequence[Line], int | None]:
    """The lines with the stamp taken off the one that it shares with a headline, and that line's number."""
    if published is None or published.whole or published.number > first_prose:
        return lines, None
    text = lines[published.number].text
    if published.start > MAX_FRONT:
        return lines, None
    rest = text[published.end :].lstrip(" .:,|·•/–—-").removeprefix("Uhr ").strip()
    if not 10 <= len(rest) <= 220 or rest.count(" ") < 2 or _SEPARATOR.search(rest) is not None:
        return lines, None
    if (date := DATE_LIKE.search(rest)) is not None and date.start() <= MAX_STAMP_LABEL:
        # "5. Juli 2017 15:07; Akt: 05.07.2017 15:09 Drucken": a second stamp.
        return lines, None
    first = _FIELDS.split(rest)[0]
    if is_sender(rest) and _stands_above_headline(lines, published.number, first_prose):
        return lines, None
    # "18.01.2023 - Pressemitteilung - Schifffahrt": fields, and no headline.
    if rest[0].islower() or first in RELEASES or is_signature(first) or match_dateline(text) is not None:
        return lines, None
    changed = list(lines)
    changed[published.number] = Line(lines[published.number].offset, rest)
    return changed, published.number


def _stands_above_headline(lines: Sequence[Line], number: int, first_prose: int) -> bool:
    """Whether a line of the head has one below it that may be a headline: no stamp, no byline, several words."""
    if number + 1 >= first_prose:
        return False
    text = lines[number + 1].text
    return text.count(" ") >= HEADLINE_BLANKS and not is_byline(text) and not is_caption(text) and not is_sender(text)


def read_head(head: Head, draft: Draft) -> int:
    """Read headline, category and byline into the draft; the number of the line where the text begins."""
    lines, stamps, url = head.lines, head.stamps, head.url
    headline = -1
    if head.headline is not None:
        headline = head.headline
        draft.headline = lines[headline].text
        draft.marks.append((lines[headline].offset, "headline"))
        draft.found.append(("headline", lines[headline].offset, head.rule))
    # The lead may be above the headline.
    start = head.lead if headline > head.lead else max(head.lead, headline + 1)
    for number in range(headline + 1, start):
        # A short lead may be between the headline and the first long paragraph.
        if number not in stamps and is_short_sentence(lines[number].text) and not is_captioned(lines, number):
            start = number
            break
    if start - 1 > headline and _is_dateline(lines[start - 1].text):
        start -= 1
    sections: list[tuple[int, str]] = []
    for number in chain(range(start), head.below):
        if number == headline:
            continue
        line = lines[number]
        if number in stamps:
            draft.marks.append((line.offset, "stamp"))
        elif authors := parse_byline(line.text):
            draft.authors = draft.authors or authors
            draft.marks.append((line.offset, "byline"))
            draft.found.append(("authors", line.offset, "byline"))
        elif (category := parse_category(line.text, url=url, headline=draft.headline)) is not None:
            sections.append((number, category))
        else:
            shown = is_caption(line.text) or (is_short_sentence(line.text) and is_captioned(lines, number))
            draft.marks.append((line.offset, "caption" if shown else "navigation"))
    if not draft.authors and head.headline is not None:
        _read_signers(head, headline, start, draft)
    found_by = (find(lines, headline) for find in (_find_listed, _find_in_bar, _find_crumb))
    crumb = next((number for number in found_by if number is not None), None)
    if crumb is None and url is not None and not any(lines[at].text != label for at, label in sections):
        crumb = _find_by_address(lines, headline, url)
    if crumb is not None:
        sections = [(crumb, lines[crumb].text)]
    _read_category(lines, sections, [headline, *stamps], crumb, draft)
    return start


def read_beside(text: str, stamp: Candidate, url: str | None, draft: Draft) -> None:
    """What shares its line with the stamp: "Lokales | 12. März 2020 – Von Erika Muster – Lesezeit: 3 Minuten"."""
    offset = next((at for name, at, _ in draft.found if name == "published"), None)
    before, behind = text[max(0, stamp.start - BESIDE) : stamp.start], text[stamp.end : stamp.end + BESIDE]
    for part in (*_FIELDS.split(before), *_FIELDS.split(behind)):
        field = part.strip(" ,:|•·/–—-")
        if not field or len(field) > MAX_FIELD:
            continue
        if not draft.authors and (authors := parse_byline(field)):
            draft.authors = authors
            draft.found.append(("authors", offset, "beside the stamp"))
        elif (category := parse_category(field, url=url)) is not None and (
            draft.category is None or field.endswith(f": {category}")
        ):
            draft.category = category
            draft.found.append(("category", offset, "beside the stamp"))
    if draft.authors or not stamp.labelled:
        return
    if (match := _BLOGGER.fullmatch(behind) or _SIGNED_BEHIND.fullmatch(behind)) is not None:
        if " " in match["name"] and not is_person(match["name"]):
            return
        draft.authors = (match["name"],)
        draft.found.append(("authors", offset, "behind the stamp"))


def _find_crumb(lines: Sequence[Line], headline: int) -> int | None:
    """The number of the line above the headline that ends a breadcrumb whose parts are on lines of their own.

    What it begins with is in the menu, too; a menu that begins with the home page is there once.
    """
    for number in range(headline - 2, max(headline - 1 - MAX_CRUMBS, 0), -1):
        if lines[number].text.casefold() in HOMES:
            first, label = lines[number + 1].text, lines[headline - 1].text
            again = any(line.text.casefold() in HOMES or line.text == first for line in lines[:number])
            is_crumb = again or headline - number == 2
            return headline - 1 if is_crumb and len(label) <= MAX_LABEL and is_label(label) else None
    return None


def _find_listed(lines: Sequence[Line], headline: int) -> int | None:
    """The number of the line above the headline that the site's menu has, too: the section that the page is in.

    The site's name, with which the page begins, is none; where the menu is there twice, no line is.
    """
    texts = [line.text for line in lines[: max(headline, 0)]]
    found: int | None = None
    for number in range(max(headline - MAX_CRUMBS, 2), headline):
        text = texts[number]
        if (first := texts.index(text)) >= number - 1 or text.casefold() == texts[0].casefold():
            continue
        if not all(map(_is_entry, texts[max(first - 1, 0) : first + 2])) or not is_label(text):
            continue
        if text.casefold() in GENERAL:
            continue
        if texts[first - 1] == texts[number - 1] or texts[first + 1 : first + 2] == texts[number + 1 : number + 2]:
            return None
        found = number if found is None else found
    return found


def _find_in_bar(lines: Sequence[Line], headline: int) -> int | None:
    """The number of the line above the headline that names an entry of a menu that is on one line above it."""
    texts = [line.text for line in lines[: max(headline, 0)]]
    for number in range(max(headline - MAX_CRUMBS, 1), len(texts)):
        text = texts[number]
        if not is_label(text) or text.casefold() in GENERAL:
            continue
        if any(text in entries for entries in map(list_bar, texts[:number])):
            return number
    return None


def _find_by_address(lines: Sequence[Line], headline: int, url: str) -> int | None:
    """The number of the line above the headline that names the narrowest section that the address has, too."""
    labels = {fold_word(lines[number].text.replace(" ", "-")): number for number in range(1, headline)}
    for section in reversed(address_sections(url)):
        number = labels.get(section)
        if number is not None and lines[number].text.casefold() not in GENERAL and is_label(lines[number].text):
            return number
    return None


def _is_entry(text: str) -> bool:
    """Whether a line may be an entry of a menu."""
    return len(text) <= MAX_LABEL and ":" not in text and not is_sentence(text)


def _is_in_menu(lines: Sequence[Line], number: int) -> bool:
    """Whether two lines above and two below one may be entries of a menu, too, whatever they say."""
    beside = lines[max(0, number - MENU_BESIDE) : number + MENU_BESIDE + 1]
    return len(beside) == 2 * MENU_BESIDE + 1 and all(_is_entry(line.text) for line in beside)


def _is_dateline(text: str) -> bool:
    """Whether a line is a dateline with its agency and nothing else: the text is below it."""
    match = match_dateline(text)
    return match is not None and match.end == len(text) and match.dateline.agency is not None


def _read_signers(head: Head, headline: int, start: int, draft: Draft) -> None:
    """The authors whose names alone are between the lead and the stamp, after the stamp, or above what the person does.

    The lead is below the headline; the text begins with number `start`.
    """
    lines = head.lines
    for stamp in head.stamps:
        first = stamp
        while first - 1 > headline and stamp - first < MAX_SIGNERS and is_person(without_place(lines[first - 1].text)):
            first -= 1
        if headline + 1 < first < stamp and is_sentence(lines[first - 1].text):
            draft.authors = tuple(without_place(line.text) for line in lines[first:stamp])
            draft.marks.extend((line.offset, "byline") for line in lines[first:stamp])
            draft.found.append(("authors", lines[first].offset, "between lead and stamp"))
            return
        below = lines[stamp + 1].text if stamp + 1 < len(lines) else ""
        if below.startswith(", ") and is_person(below[2:]):
            # What began on the stamp's line goes on below it.
            draft.authors = (below[2:],)
            draft.marks.append((lines[stamp + 1].offset, "byline"))
            draft.found.append(("authors", lines[stamp + 1].offset, "behind the stamp"))
            return
    for number in chain(range(headline + 1, start), head.below):
        if is_person(lines[number].text) and number + 1 < len(lines) and is_role(lines[number + 1].text):
            draft.authors = (lines[number].text,)
            draft.marks.extend((line.offset, "byline") for line in lines[number : number + 2])
            draft.found.append(("authors", lines[number].offset, "above what the person does"))
            return


def _read_category(
    lines: Sequence[Line], sections: Sequence[tuple[int, str]], near: Sequence[int], crumb: int | None, draft: Draft
) -> None:
    """The category among the section names of the head: the only one, in no menu, or that beside headline or stamp.

    `crumb` is the number of one that is the category wherever it is.
    """
    # Two in a row are a menu; the path to the page may be right below it.
    alone = {at for at, label in sections if lines[at].text.lstrip(f"{BULLETS} ") == label}
    sections = [
        (at, label) for at, label in sections if at not in alone or (at - 1 not in alone and at + 1 not in alone)
    ]
    beside = [(number, label) for number, label in sections if any(abs(number - other) == 1 for other in near)]
    labels = {label.casefold() for _, label in sections}
    headline = near[0]
    sections = [(at, label) for at, label in sections if at >= headline - NEAR or at not in alone or at == crumb]
    crumbs = [(at, label) for at, label in sections if at not in alone and not lines[at].text.endswith(f": {label}")]
    only = sections[:1] if len(labels) == 1 else []
    if only and only[0][0] != crumb and only[0] not in beside and _is_in_menu(lines, only[0][0]):
        only = []
    chosen = crumbs[-1:] or only or (beside[:1] if len(beside) == 1 else [])
    for number, label in sections:
        role: Role = "category" if (number, label) in chosen else "navigation"
        draft.marks.append((lines[number].offset, role))
    for number, label in chosen:
        draft.category = label
        draft.found.append(("category", lines[number].offset, "a section's name in the head"))
