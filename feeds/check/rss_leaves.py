"""Elements of RSS that hold only a value, such as a title, an address or a date: no elements, few or no attributes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from feeds.check.dates import check_rss_date, check_w3c_date
from feeds.check.html import check_html
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.shapes import Check, check_attributes, check_leaf, check_unescaped
from feeds.check.values import check_address, check_language, check_named_email, check_number, check_plain, check_title


def check_optional_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a plain text that may be empty, or has more in it."""
    check_leaf(report, node, foreign=False)
    if node.text.strip():
        check_plain(report, node.line, node.text, where)


def check_html_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a text in HTML, or has more in it."""
    check_attributes(report, node, frozenset(), foreign=False)
    if node.children:
        check_unescaped(report, node, where)
    check_html(report, node.line, node.text, where)


def _make(
    check_value: Callable[[Report, int | None, str, str], object],
    *,
    attributes: frozenset[str] = frozenset(),
    strips: bool = False,
    foreign: bool = False,
) -> Check:
    """The check of an element by that of its value; with `strips`, white space may be around the value."""

    def check(report: Report, node: Node, where: str) -> None:
        check_leaf(report, node, attributes, foreign=foreign)
        check_value(report, node.line, node.text.strip() if strips else node.text, where)

    return check


check_title_leaf = _make(check_title)
check_category_leaf = _make(check_plain, attributes=frozenset({"domain"}))
check_address_leaf = _make(check_address)
check_date_leaf = _make(check_rss_date)
check_w3c_date_leaf = _make(check_w3c_date, strips=True, foreign=True)
check_email_leaf = _make(check_named_email)
check_language_leaf = _make(check_language, strips=True)
check_ttl_leaf = _make(partial(check_number, least=1), strips=True)
