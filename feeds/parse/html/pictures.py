"""The pictures of an HTML page: their addresses made absolute, captions, credits and known sizes.

Says of a picture what its markup says; loads nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from feeds.article import Image
from feeds.parse.addresses import join_link
from feeds.parse.html.inline import children_of, render_inline
from feeds.parse.html.naming import names_of
from feeds.text import clean_line

MAX_PICTURES: Final = 500
LEAST_SIZE: Final = 10
"""Pixels below which a picture counts visitors, and shows nothing."""
SOURCES: Final = ("src", "data-src", "data-lazy-src", "data-original")
"""Attributes that may hold a picture's address: pages that load pictures late have a blank one in the first."""
MAX_NAME: Final = 80
_BLANK = re.compile(
    r"[/_-](?:blank|leer|spacer|pixel|transparent|(?:\w+_)?placeholder(?:_\w+)?|1x1|pin_it_button|(?:\w+[_-])?load(?:er|ing)\w*)\.(?:gif|png|svg|jpe?g)$"
    r"|/(?:emoji|smilies|smileys)/",
    re.IGNORECASE,
)
"""Names of pictures that are used instead of one, or of a letter."""
_DESCRIPTOR = re.compile(r"\s\d{1,5}(?:\.\d{1,2})?[wx]$")
"""What follows an address in a srcset."""
_CREDIT_NAME = re.compile(r"credit|copyright|quelle|source|photograph|fotograf|urheber|bildnachweis", re.IGNORECASE)
MAX_CREDIT: Final = 120
_CREDIT = re.compile(
    r"(?:\s*[|(\[–-]?\s*)(?:(?:Foto|Bild|Fotos|Bilder|Grafik|Quelle|Bildquelle|Fotograf(?:in)?)\s?:|©|Copyright:?)\s*"
    r"(?P<credit>[^|()\[\]]{2,80}?)[)\]]?\s*$"
)


def make_image(url: str | None, base: str | None, **values: str | int | None) -> Image | None:
    """An Image at an absolute address, or None where the address is none of the web, or that of a blank picture."""
    if not url:
        return None
    address = join_link(base, _DESCRIPTOR.sub("", url.strip()))
    if address is None or _BLANK.search(address[-MAX_NAME:]):
        return None
    return Image(
        address,
        alt=_str(values.get("alt")),
        caption=_str(values.get("caption")),
        credit=_str(values.get("credit")),
        width=_size(values.get("width")),
        height=_size(values.get("height")),
        media_type=_str(values.get("media_type")),
    )


def find_pictures(tree: HtmlElement, url: str | None) -> dict[str, HtmlElement]:
    """Absolute address -> the element that shows it."""
    pictures: dict[str, HtmlElement] = {}
    for element in islice(tree.iter("img"), MAX_PICTURES):
        for attribute in SOURCES[:2]:
            if (address := join_link(url, element.get(attribute) or "")) is not None:
                pictures.setdefault(address, element)
    return pictures


def read_picture(element: HtmlElement, url: str | None) -> Image | None:
    """The Image that an `<img>` shows, None where it shows none."""
    # Late pictures say their own address last.
    sources = [element.get(name) for name in reversed(SOURCES)]
    sources += [(element.get(name) or "").partition(",")[0] for name in ("data-srcset", "srcset")]
    for source in sources:
        if (image := make_image(source, url)) is not None:
            return describe_picture(image, element)
    return None


def describe_picture(image: Image, element: HtmlElement) -> Image | None:
    """An Image with what its `<img>` and the figure around it say; None where it is a pixel that counts visitors."""
    width, height = _size(element.get("width")), _size(element.get("height"))
    if (width is not None and width < LEAST_SIZE) or (height is not None and height < LEAST_SIZE):
        return None
    figure = next(element.iterancestors("figure"), None)
    below = None if figure is None else figure.find(".//figcaption")
    caption, credit = (None, None) if below is None else read_caption(below)
    return replace(
        image,
        alt=clean_line(element.get("alt") or "") or None,
        caption=caption or None,
        credit=credit,
        width=width,
        height=height,
    )


def read_caption(element: HtmlElement) -> tuple[str | None, str | None]:
    """A caption without the credit in it, and the credit: in an element named for it, or after its label."""
    caption, _ = render_inline(children_of(element), None)
    for child in element.iterdescendants("*"):
        if _CREDIT_NAME.search(names_of(child)):
            named, _ = render_inline(children_of(child), None)
            if named and len(named) <= MAX_CREDIT and named in caption:
                label = _CREDIT.search(f" {named}")
                front, _, behind = caption.rpartition(named)
                rest = clean_line(f"{front} {behind}").strip(" |–-")
                return rest or None, (label["credit"] if label else named).strip(" ()[]©|:")
    if (match := _CREDIT.search(caption)) is None:
        return caption or None, None
    rest = caption[: match.start()]
    whole = rest.rstrip(" .|–-") + ("." if rest.rstrip().endswith(".") else "")
    return whole or None, match["credit"].strip()


def _size(value: str | int | None) -> int | None:
    text = str(value or "").removesuffix("px").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else None


def _str(value: str | int | None) -> str | None:
    return clean_line(str(value)) or None if value is not None else None
