"""The blocks of an article as sanitised HTML, for feeds and pages alike: the same bytes in both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feeds.article import Block, Image, ItemList, Paragraph, Quote, Subheadline
from feeds.text import Catalogue, escape_html


def render_body(blocks: Iterable[Block], catalogue: Catalogue) -> str:
    """The blocks as HTML, one element a block. A picture is a link unless it says `embed`: hosts could follow readers.

    Text is escaped; a block's `html` is taken as it is, for it was sanitised when the page was parsed.
    """
    return "".join(_render_block(block, catalogue) for block in blocks)


def _render_block(block: Block, catalogue: Catalogue) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{block.html or escape_html(block.text)}</p>"
    if isinstance(block, Subheadline):
        # The headline is h1 on its page; feed readers set their own above the text.
        return f"<h2>{block.html or escape_html(block.text)}</h2>"
    if isinstance(block, Quote):
        return f"<blockquote><p>{block.html or escape_html(block.text)}</p></blockquote>"
    if isinstance(block, ItemList):
        name = "ol" if block.ordered else "ul"
        return f"<{name}>{''.join(f'<li>{_render_item(item, catalogue)}</li>' for item in block.items)}</{name}>"
    return _render_image(block, catalogue)


def _render_item(item: Sequence[Block], catalogue: Catalogue) -> str:
    """What an item holds. Its paragraph is no element of its own, unless there are several."""
    if sum(isinstance(block, Paragraph) for block in item) > 1:
        return render_body(item, catalogue)
    return "".join(
        block.html or escape_html(block.text) if isinstance(block, Paragraph) else _render_block(block, catalogue)
        for block in item
    )


def _render_image(image: Image, catalogue: Catalogue) -> str:
    caption = " ".join(filter(None, [image.caption, f"({image.credit})" if image.credit else None]))
    if not image.embed:
        text = catalogue.say("image_link", text=caption or image.alt or image.url)
        return f'<p><a href="{escape_html(image.url)}">{escape_html(text)}</a></p>'
    size = "".join(f' {name}="{value}"' for name, value in (("width", image.width), ("height", image.height)) if value)
    picture = f'<img src="{escape_html(image.url)}" alt="{escape_html(image.alt or "")}"{size}>'
    return f"<figure>{picture}{f'<figcaption>{escape_html(caption)}</figcaption>' if caption else ''}</figure>"
