"""JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from feeds.check.dates import UPDATED_BEFORE_PUBLISHED, check_instant
from feeds.check.entries import Entry, check_entries
from feeds.check.html import check_html
from feeds.check.json_reading import JSON_TYPE, KINDS, MALFORMED_JSON, NUMBER, check_members_once, name_kind, show_value
from feeds.check.links import check_self
from feeds.check.rules import Report, Rule
from feeds.check.values import EMPTY, MISSING_LANGUAGE, check_address, check_json_text, check_language, check_media_type

JSON_VERSION = Rule.error(
    "json-version",
    "JSON Feed 1.1",
    "The version is that of JSON Feed 1.1.",
    "Write https://jsonfeed.org/version/1.1.",
)
JSON_MISSING = Rule.error(
    "json-missing",
    "JSON Feed 1.1",
    "A feed has version, title and items, an item its id, an attachment url and mime_type.",
    "Write the member.",
)
JSON_UNKNOWN = Rule.warning(
    "json-unknown",
    "JSON Feed 1.1 (extensions)",
    "Members are those of JSON Feed 1.1; those of an extension start with an underscore.",
    "Remove the member, or start its name with an underscore.",
)
JSON_NO_CONTENT = Rule.error(
    "json-no-content",
    "JSON Feed 1.1",
    "An item has content_html or content_text.",
    "Write content_html; where there is no text, the title.",
)
JSON_NO_HTML = Rule.warning(
    "json-no-html",
    "readers (2 of 6 read no content_text)",
    "An item has content_html.",
    "Write content_html, with content_text beside it if you like.",
)
JSON_NO_URL = Rule.warning(
    "json-no-url",
    "readers (6 of 6 have nothing to open)",
    "An item has a url.",
    "Write the address of the article's page.",
)
JSON_NO_DATE = Rule.warning(
    "json-no-date",
    "readers",
    "An item has date_published and date_modified.",
    "Write both.",
)
JSON_NEXT = Rule.error(
    "json-next",
    "JSON Feed 1.1",
    "next_url is not the feed itself.",
    "Link to the document with the older items, or leave next_url out.",
)
JSON_PERSON = Rule.error(
    "json-person",
    "JSON Feed 1.1",
    "An author has a name, a url or an avatar.",
    "Write the name.",
)

VERSION: Final = "https://jsonfeed.org/version/1.1"
_Types = dict[str, Any]
"""The members of an object, with the type that each has."""
_TEXTS: Final[_Types] = dict.fromkeys(
    "version title home_page_url feed_url description user_comment next_url icon favicon language".split(), str
)
_FEED: Final[_Types] = _TEXTS | {"author": dict, "authors": list, "expired": bool, "hubs": list, "items": list}
_TEXTS_OF_ITEM: Final[_Types] = dict.fromkeys(
    """id url external_url title content_html content_text summary image banner_image date_published date_modified
    language""".split(),
    str,
)
_ITEM: Final[_Types] = _TEXTS_OF_ITEM | {"author": dict, "authors": list, "tags": list, "attachments": list}
_PERSON: Final = {"name": str, "url": str, "avatar": str}
_NUMBERS: Final[_Types] = {"size_in_bytes": NUMBER, "duration_in_seconds": NUMBER}
_ATTACHMENT: Final[_Types] = {"url": str, "mime_type": str, "title": str} | _NUMBERS
_HUB: Final = {"type": str, "url": str}


def check_json_feed(report: Report, feed: object, lines: str) -> None:
    """Object to a JSON Feed document; `lines` is its text, in which places are looked up."""
    if not isinstance(feed, dict):
        report.add(JSON_TYPE, 1, f"the document is {name_kind(feed)}, not an object")
        return
    if feed.get("version") != VERSION:
        version = feed.get("version")
        report.add(JSON_VERSION, 1, "the version is not 1.1", version if isinstance(version, str) else None)
    report.add_missing(JSON_MISSING, 1, "the feed", ("title", "items"), feed)
    members = _check_members(report, 1, feed, _FEED, "the feed")
    if "title" in members:
        check_json_text(report, 1, members["title"], "title of the feed")
    _check_addresses(report, 1, members, ("home_page_url", "feed_url", "next_url", "icon", "favicon"), "the feed")
    if "feed_url" in members and members.get("next_url") == members["feed_url"]:
        report.add(JSON_NEXT, 1, "next_url is the feed itself", members["next_url"])
    if "language" in members:
        check_language(report, 1, members["language"], "language of the feed")
    else:
        report.add(MISSING_LANGUAGE, 1, "the feed doesn't say its language")
    check_self(report, 1, members.get("feed_url"), "the feed")
    _check_people(report, 1, members, "the feed")
    for hub in members.get("hubs", ()):
        if _check_object(report, 1, hub, _HUB, "a hub", needed=("url", "type")):
            _check_addresses(report, 1, hub, ("url",), "a hub")
    items = members.get("items", [])
    entries = []
    for item, line in zip(items, _find_lines(items, lines), strict=True):
        check_item(report, line, item)
        if isinstance(item, dict):
            entries.append(read_entry(item, line))
    check_entries(report, entries)


def check_item(report: Report, line: int | None, item: object) -> None:
    """Object to an item."""
    if not isinstance(item, dict):
        report.add(JSON_TYPE, line, f"an item is {name_kind(item)}, not an object")
        return
    if "id" not in item:
        report.add(JSON_MISSING, line, "the item has no id")
    members = _check_members(report, line, item, _ITEM, "the item")
    if not members.get("id", "-").strip():
        report.add(EMPTY, line, "id of the item is empty")
    if "title" in members:
        check_json_text(report, line, members["title"], "title of the item")
    if "content_html" not in item:
        if "content_text" not in item:
            report.add(JSON_NO_CONTENT, line, "the item has neither content_html nor content_text")
        else:
            report.add(JSON_NO_HTML, line, "the item has no content_html")
    elif "content_html" in members:
        if not members["content_html"].strip():
            report.add(EMPTY, line, "content_html of the item is empty")
        check_html(report, line, members["content_html"], "content_html of the item")
    if "url" not in item:
        report.add(JSON_NO_URL, line, "the item has no url")
    _check_addresses(report, line, members, ("url", "external_url", "image", "banner_image"), "the item")
    _check_dates(report, line, item, members)
    if "language" in members:
        check_language(report, line, members["language"], "language of the item")
    _check_people(report, line, members, "the item")
    _check_lists(report, line, members)


def _check_lists(report: Report, line: int | None, members: dict[str, Any]) -> None:
    for tag in members.get("tags", ()):
        if not isinstance(tag, str):
            report.add(JSON_TYPE, line, f"a tag of the item is {name_kind(tag)}, not a string", show_value(tag))
        elif not tag.strip():
            report.add(EMPTY, line, "a tag of the item is empty")
    for attachment in members.get("attachments", ()):
        if _check_object(report, line, attachment, _ATTACHMENT, "an attachment", needed=("url", "mime_type")):
            _check_addresses(report, line, attachment, ("url",), "an attachment")
            if isinstance(attachment.get("mime_type"), str):
                check_media_type(report, line, attachment["mime_type"], "mime_type of an attachment")


def _check_dates(report: Report, line: int | None, item: dict[str, Any], members: dict[str, Any]) -> None:
    instants = []
    for name in ("date_published", "date_modified"):
        if name not in item:
            report.add(JSON_NO_DATE, line, f"the item has no {name}")
        elif name in members:
            instants.append(check_instant(report, line, members[name], f"{name} of the item"))
    if len(instants) == 2 and instants[0] and instants[1] and instants[1] < instants[0]:
        report.add(UPDATED_BEFORE_PUBLISHED, line, "date_modified is before date_published", members["date_modified"])


def _check_members(
    report: Report, line: int | None, value: dict[str, Any], known: dict[str, Any], where: str
) -> dict[str, Any]:
    """The members that have the type they should have; objects to the others."""
    members = {}
    for name in getattr(value, "twice", ()):
        report.add(MALFORMED_JSON, line, f"{where} has {name} twice")
    for name, member in value.items():
        expected = known.get(name)
        if expected is None:
            if not name.startswith("_"):
                report.add(JSON_UNKNOWN, line, f"{where} has a member that JSON Feed doesn't have", name)
            else:
                check_members_once(report, line, member, f"{name} of {where}")
        elif not isinstance(member, expected) or (isinstance(member, bool) and expected is not bool):
            what = f"{name} of {where} is {name_kind(member)}, not {KINDS[expected]}"
            report.add(JSON_TYPE, line, what, show_value(member))
        else:
            members[name] = member
    return members


def _check_object(
    report: Report,
    line: int | None,
    value: object,
    known: dict[str, Any],
    where: str,
    *,
    needed: tuple[str, ...] = (),
) -> bool:
    """Whether a value is an object; objects if not, and to its members."""
    if not isinstance(value, dict):
        report.add(JSON_TYPE, line, f"{where} is {name_kind(value)}, not an object", show_value(value))
        return False
    _check_members(report, line, value, known, where)
    report.add_missing(JSON_MISSING, line, where, needed, value)
    return True


def _check_addresses(
    report: Report, line: int | None, value: dict[str, Any], names: tuple[str, ...], where: str
) -> None:
    for name in names:
        if isinstance(value.get(name), str):
            check_address(report, line, value[name], f"{name} of {where}")


def _check_people(report: Report, line: int | None, members: dict[str, Any], where: str) -> None:
    # author is deprecated, and may be beside authors for older readers.
    for person in (*members.get("authors", ()), *([members["author"]] if "author" in members else ())):
        if _check_object(report, line, person, _PERSON, f"an author of {where}"):
            if not person.keys() & _PERSON.keys():
                report.add(JSON_PERSON, line, f"an author of {where} has neither name, url nor avatar")
            _check_addresses(report, line, person, ("url", "avatar"), f"an author of {where}")


def _find_lines(items: list[Any], text: str) -> Iterator[int | None]:
    """The line of each item: that of its id, looked for after that of the item before."""
    position, line = 0, 1
    for item in items:
        id_ = item.get("id") if isinstance(item, dict) else None
        found = text.find(json.dumps(id_, ensure_ascii=False), position) if isinstance(id_, str) else -1
        if found < 0:
            yield None
            continue
        line += text.count("\n", position, found)
        position = found
        yield line


def read_entry(item: dict[str, Any], line: int | None) -> Entry:
    """What matters of an item outside of it."""
    texts = {name: value for name, value in item.items() if isinstance(value, str)}
    return Entry(
        texts.get("id"),
        texts.get("title"),
        texts.get("url"),
        texts.get("date_published"),
        # Equal times are the validator's concern in Atom only, where every entry must have one.
        None,
        line,
    )
