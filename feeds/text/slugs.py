"""Slugs: a text in the form that addresses have."""

from __future__ import annotations

import re
import unicodedata

from feeds.text.characters import fold_name
from feeds.text.digests import digest

SLUG_LIMIT = 80
"""Characters of a slug at most."""
_SIGN = "[+#!?*@§%$€=~°]+"
_SIGNS = re.compile(rf"(?<=\w)\s*{_SIGN}\s*\Z|\A\s*{_SIGN}\s*(?=\w)|(?<=\w){_SIGN}(?!\w)|(?<!\w){_SIGN}(?=\w)")
"""Signs that belong to one word, as in "C++", "#MeToo", "Kultur +": between two they are another way to write "and"."""


def slugify(text: str) -> str:
    """A slug of ASCII letters, digits and hyphens, ä->ae ö->oe ü->ue ß->ss, cut at a word.

    Empty where the text has no letter or digit that can be written in ASCII.
    """
    # Costs 20 ms to import: only where a slug is made.
    import slugify as library

    return library.slugify(
        unicodedata.normalize("NFC", text),
        replacements=library.GERMAN,
        max_length=SLUG_LIMIT,
        word_boundary=True,
        save_order=True,
        # By default another library is taken where one is there by chance, and it writes other slugs.
        backend="text-unidecode",
    )


def name_slug(name: str) -> str:
    """The slug of a category or another name, never empty: part of a digest where it has no letter or digit for one."""
    return slugify(name) or digest(name)[:8]


def name_key(name: str) -> tuple[str, str]:
    """What tells names apart: no case or spelling ("Über uns", "UEBER UNS"), but signs that slugs lose ("C", "C#")."""
    return slugify(name) or fold_name(name), "".join("".join(_SIGNS.findall(name)).split())


def strip_signs(name: str) -> str:
    """A name without the signs that tell it from others: "C" of "C++"."""
    return _SIGNS.sub("", name)
