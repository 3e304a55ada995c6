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
from feeds.parse.addresses import join_address
from feeds.parse.body import clean_line

MAX_PICTURES: Final = 500
LEAST_SIZE: Final = 10
"""Pixels below which a picture counts visitors, and shows nothing."""
SOURCES: Final = ("src", "data-src", "data-lazy-src", "data-original")
"""Where a picture's address stands: pages that load pictures late have a blank one in the first."""
_CREDIT = re.compile(
    r"(?:\s*[|(\[–-]?\s*)(?:(?:Foto|Bild|Fotos|Bilder|Grafik|Quelle|Bildquelle|Fotograf(?:in)?)\s?:|©|Copyright:?)\s*"
    r"(?P<credit>[^|()\[\]]{2,80}?)[)\]]?\s*$"
)


def make_image(url: str | None, base: str | None, **values: str | int | None) -> Image | None:
    """An Image at an absolute address, or None where the address is none of the web."""
    if not url:
        return None
    address = join_address(base, url)
    if address is None:
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
            if (address := join_address(url, element.get(attribute) or "")) is not None:
                pictures.setdefault(address, element)
    return pictures


def read_picture(element: HtmlElement, url: str | None) -> Image | None:
    """The Image that an `<img>` shows, None where it shows none."""
    # Late pictures say their own address last.
    for attribute in reversed(SOURCES):
        if (image := make_image(element.get(attribute), url)) is not None:
            return describe_picture(image, element)
    return None


def describe_picture(image: Image, element: HtmlElement) -> Image | None:
    """An Image with what its `<img>` and the figure around it say; None where it is a pixel that counts visitors."""
    width, height = _size(element.get("width")), _size(element.get("height"))
    if (width is not None and width < LEAST_SIZE) or (height is not None and height < LEAST_SIZE):
        return None
    caption = credit = None
    figure = next(element.iterancestors("figure"), None)
    if figure is not None and (below := figure.find(".//figcaption")) is not None:
        caption = clean_line(below.text_content())
        if (match := _CREDIT.search(caption)) is not None:
            credit = match["credit"].strip()
            caption = caption[: match.start()].rstrip(" .|–-") + (
                "." if caption[: match.start()].rstrip().endswith(".") else ""
            )
    return replace(
        image,
        alt=clean_line(element.get("alt") or "") or None,
        caption=caption or None,
        credit=credit,
        width=width,
        height=height,
    )


def _size(value: str | int | None) -> int | None:
    text = str(value or "").removesuffix("px").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else None


def _str(value: str | int | None) -> str | None:
    return clean_line(str(value)) or None if value is not None else None
