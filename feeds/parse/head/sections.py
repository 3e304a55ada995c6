"""Which of the sections that a head names is the category: by its place, by the menu, by the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feeds.parse.body import BULLETS, Line, is_sentence
from feeds.parse.categories import GENERAL, MAX_ENTRY, address_sections, find_section, fold_word, is_label, list_bar
from feeds.parse.draft import Draft, Role
from feeds.parse.words import HOMES, MENU_ENTRIES, SECTIONS, SERVICES

NEAR: Final = 6
"""Lines above the headline within which a section's name is the article's, not a menu's."""
MAX_CRUMBS: Final = 5
MENU_BESIDE: Final = 2
MAX_LABEL: Final = 30
_KNOWN: Final = HOMES | MENU_ENTRIES | SECTIONS | SERVICES


def read_category(
    lines: Sequence[Line],
    sections: Sequence[tuple[int, str]],
    draft: Draft,
    *,
    headline: int,
    stamps: Sequence[int],
    url: str | None,
) -> None:
    """Read the category into the draft; `sections` are the section names of the head, with their lines' numbers.

    It is that to which the path or the menu leads; else the only one, in no menu, or that beside headline or stamp.
    """
    crumb = _find_end_of_path(lines, sections, headline, url)
    if crumb is not None:
        sections = [(crumb, lines[crumb].text)]
    alone = {at for at, label in sections if lines[at].text.lstrip(f"{BULLETS} ") == label}
    # Two in a row are a menu; the path to the page may be right below it.
    outside = [(at, label) for at, label in sections if at not in alone or alone.isdisjoint((at - 1, at + 1))]
    near = [(at, label) for at, label in outside if at >= headline - NEAR or at not in alone or at == crumb]
    crumbs = [(at, label) for at, label in near if at not in alone and not lines[at].text.endswith(f": {label}")]
    beside = [
        (at, label)
        for at, label in outside
        if any(abs(at - other) == 1 for other in (headline, *stamps)) and not (at != crumb and _ends_menu(lines, at))
    ]
    only = near[:1] if len({label.casefold() for _, label in outside}) == 1 else []
    if only and only[0][0] not in {crumb, headline + 1} and _ends_menu(lines, only[0][0]):
        only = []
    if only and only[0][0] != crumb and only[0] not in beside and _is_in_menu(lines, only[0][0]):
        only = []
    chosen = crumbs[-1:] or only or (beside[:1] if len(beside) == 1 else [])
    for number, label in near:
        role: Role = "category" if (number, label) in chosen else "navigation"
        draft.marks.append((lines[number].offset, role))
    for number, label in chosen:
        draft.category = label
        draft.found.append(("category", lines[number].offset, "a section's name in the head"))


def _find_end_of_path(
    lines: Sequence[Line], sections: Sequence[tuple[int, str]], headline: int, url: str | None
) -> int | None:
    """The number of a line that names the category wherever it is, by the menu, the path or the address."""
    for find in (_find_listed, _find_in_bar, _find_crumb):
        if (number := find(lines, headline)) is not None:
            return number
    if url is None or any(lines[number].text != label for number, label in sections):
        return None
    return _find_by_address(lines, headline, url)


def _find_crumb(lines: Sequence[Line], headline: int) -> int | None:
    """The number of the line above the headline that ends a breadcrumb whose parts are on lines of their own.

    What it begins with is in the menu, too; a menu that begins with the home page is there once.
    """
    for number in range(headline - 2, max(headline - 1 - MAX_CRUMBS, 0), -1):
        if lines[number].text.casefold() in HOMES:
            first, label = lines[number + 1].text, lines[headline - 1].text
            again = any(line.text.casefold() in HOMES or line.text == first for line in lines[:number])
            is_crumb = again or headline - number == 2
            if not is_crumb or len(label) > MAX_LABEL or not is_label(label):
                return None
            steps = [line.text for line in lines[number + 1 : headline]]
            return number + 1 + find_section(steps, lines[headline].text)
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


def _ends_menu(lines: Sequence[Line], number: int) -> bool:
    """Whether the lines above one are entries of a menu which no site has, so that it is likely to be another.

    As "Karriere" below "Newsroom" and "Unternehmen".
    """
    above = [line.text for line in lines[max(1, number - MENU_BESIDE) : number]]
    return len(above) == MENU_BESIDE and all(
        _is_entry(text) and text.casefold() not in _KNOWN and len(text) <= MAX_ENTRY for text in above
    )


def _is_in_menu(lines: Sequence[Line], number: int) -> bool:
    """Whether two lines above and two below one may be entries of a menu, too, whatever they say."""
    beside = lines[max(0, number - MENU_BESIDE) : number + MENU_BESIDE + 1]
    return len(beside) == 2 * MENU_BESIDE + 1 and all(_is_entry(line.text) for line in beside)
