"""Elements of RSS that hold only a value, such as a title, an address or a date."""

from __future__ import annotations

from feeds.check.dates import check_rss_date, check_w3c_date
from feeds.check.html import check_html
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.shapes import check_attributes, check_leaf, check_unescaped
from feeds.check.values import (
    check_address,
    check_language,
    check_named_email,
    check_number,
    check_plain,
    check_title,
)


def check_title_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a title, or has more in it."""
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_title(report, node.line, node.text, where)


def check_optional_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a plain text that may be empty, or has more in it."""
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    if node.text.strip():
        check_plain(report, node.line, node.text, where)


def check_category_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a category, or has more in it."""
    check_leaf(report, node, frozenset({"domain"}), foreign=False)
    check_plain(report, node.line, node.text, where)


def check_address_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold an address, or has more in it."""
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_address(report, node.line, node.text, where)


def check_html_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a text in HTML, or has more in it."""
    if node.attributes:
        check_attributes(report, node, frozenset(), foreign=False)
    if node.children:
        check_unescaped(report, node, where)
    check_html(report, node.line, node.text, where)


def check_date_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold an RFC 822 date, or has more in it."""
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_rss_date(report, node.line, node.text, where)


def check_w3c_date_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a W3C date, or has more in it."""
    check_leaf(report, node)
    check_w3c_date(report, node.line, node.text.strip(), where)


def check_email_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold an e-mail address with its name, or has more in it."""
    check_leaf(report, node, foreign=False)
    check_named_email(report, node.line, node.text, where)


def check_language_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a language, or has more in it."""
    check_leaf(report, node, foreign=False)
    check_language(report, node.line, node.text.strip(), where)


def check_ttl_leaf(report: Report, node: Node, where: str) -> None:
    """Object to an element that doesn't hold a positive number, or has more in it."""
    check_leaf(report, node, foreign=False)
    check_number(report, node.line, node.text.strip(), where, least=1)
