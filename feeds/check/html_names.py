"""Which elements HTML has, which of them readers show and which they strip, and how they nest."""

from __future__ import annotations

from typing import Final

HARMLESS: Final = frozenset(
    """a abbr address article aside audio b bdi big blockquote br caption cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map
    mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td
    tfoot th thead time tr track tt u ul var video wbr area center font strike acronym""".split()
)
STRIPPED: Final = frozenset(
    """applet base basefont bdo body button canvas command datalist dialog embed fieldset form frame frameset head
    html iframe input isindex label legend link meta meter noframes noscript object optgroup option output param
    plaintext progress select slot style template textarea title xmp menu dir listing""".split()
)
VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# HTML standard: "generate implied end tags", and what may stay open at the end.
IMPLIED: Final = frozenset("p li dd dt td th tr tbody thead tfoot colgroup caption option optgroup rp rt".split())
ENDED_BY: Final = {
    "li": {"li"},
    "dd": {"dd", "dt"},
    "dt": {"dd", "dt"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "thead": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "tfoot": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "rt": {"rt", "rp"},
    "rp": {"rt", "rp"},
}
PARENTS: Final = {
    "td": {"tr"},
    "th": {"tr"},
    "tr": {"table", "tbody", "thead", "tfoot"},
    "tbody": {"table"},
    "thead": {"table"},
    "tfoot": {"table"},
    "caption": {"table"},
    "col": {"table", "colgroup"},
    "colgroup": {"table"},
}
ENDS_P: Final = frozenset(
    """address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hgroup hr main menu nav ol p pre section summary table ul dd dt li""".split()
)
# Elements whose end ends no other by implication (HTML standard: the adoption agency algorithm).
FORMATTING: Final = frozenset("a b big code em font i s small strike strong tt u".split())
ROWS: Final = frozenset({"table", "tbody", "thead", "tfoot", "tr"})
HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())

OF_PAGES: Final = frozenset("html head body title meta link base".split())
"""Elements that only pages have. Of a page that is an entry's content, readers show the body."""
FOREIGN: Final = frozenset({"svg", "math"})
"""Elements whose content is not HTML."""
DRAWN: Final = frozenset(
    """a animate animateColor animateMotion animateTransform circle defs desc ellipse g glyph line linearGradient marker
    metadata mpath path polygon polyline radialGradient rect set stop svg switch text title tspan use
    annotation maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics""".split()
)
"""Elements of SVG and MathML that the W3C feed validator lets pass in XHTML: none that runs or embeds anything."""
