"""What a value of `config.toml` may be: addresses, paths, zones, languages, patterns; each check says what to write."""

from __future__ import annotations

import ipaddress
import os
import re
import warnings
from pathlib import Path, PurePath
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from feeds.dates import load_zone
from feeds.errors import ConfigError
from feeds.text import clean_xml, is_language_tag, is_web_address, load_catalogue, slugify

_MAIL = re.compile(r"(?:mailto:)?[^\s@:/]+@[^\s@/]+")
_UNSAFE = re.compile(r"""[\s<>"{}|\\^`]""")
"""What is in no address of its own (RFC 3986 section 2)."""
_FILE = re.compile(r"/[^/]*\.(?:x?html?|php|aspx?|jsp|xml|rss|atom|json)$", re.IGNORECASE)
"""The end of a path that names a file: what is below the address would be asked for below that file."""
MAX_NAME_BYTES = 255
"""Of a file's or folder's name, on all usual file systems."""
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


def _check_base_url(value: str) -> str:
    if not is_web_address(value):
        raise ValueError("write a whole address, such as https://example.org/ or https://example.org/feeds/")
    parts = urlsplit(value)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("an address that others are built upon has no query, fragment or password")
    if not value.isascii() or _UNSAFE.search(value):
        raise ValueError("write the address in ASCII (the host as punycode, the path percent-encoded)")
    if not {".", ".."}.isdisjoint(unquote(parts.path).split("/")):
        raise ValueError("write the address without . and .. between slashes: clients leave them out")
    if re.search("%(?![0-9A-Fa-f]{2})", value):
        raise ValueError("write % only in front of two hexadecimal digits, such as %C3%A4 for ä")
    if "//" in parts.path.rstrip("/"):
        raise ValueError("write one slash between the parts of the path: hosts read two as one, or as another address")
    if _FILE.search(parts.path):
        raise ValueError("write the address of the folder that the site is in, without the name of a file in it")
    return value.rstrip("/") + "/"


def _check_web_address(value: str) -> str:
    if not is_web_address(value) or not value.isascii() or re.search(r"\s", value):
        raise ValueError("write a whole address in ASCII, such as https://example.org/")
    return value


def _check_page(value: str) -> str:
    if not _is_page(value):
        raise ValueError(
            "write a whole address, such as https://example.org/impressum/, or a path, such as /impressum/"
        )
    return value


def _check_contact(value: str) -> str:
    if not _is_page(value) and not _MAIL.fullmatch(value):
        raise ValueError(
            "write a mail address, a whole address such as https://example.org/, or a path such as /kontakt/"
        )
    return value


def _is_page(value: str) -> bool:
    """Whether a text is an http(s) address or a path of the site."""
    return not _SPACE.search(value) and (is_path(value) or is_web_address(value))


def is_path(target: str) -> bool:
    """Whether a text is a path of a site: with two slashes it would begin with a host."""
    return target.startswith("/") and not target.startswith("//")


def _check_zone(value: str) -> str:
    try:
        load_zone(value)
    except ConfigError as error:
        raise ValueError(f"{error.what}; {error.hint}") from error
    return value


def _check_language(value: str) -> str:
    _check_language_tag(value)
    try:
        load_catalogue(value)
    except ConfigError as error:
        raise ValueError(f"{error.what}; {error.hint}") from error
    return value


def _check_language_tag(value: str) -> str:
    if not is_language_tag(value):
        raise ValueError("write a language as RFC 5646 does, such as de or de-AT")
    return value


def _check_slug(value: str) -> str:
    if value != slugify(value) or not value:
        raise ValueError(f"a slug has only a-z, 0-9 and hyphens, such as {slugify(value) or 'politik'!r}")
    return value


def _check_pattern(value: str) -> str:
    try:
        with warnings.catch_warnings():
            # What it warns of may mean something else one day, or already does to who wrote it: [[:alpha:]].
            warnings.simplefilter("error", FutureWarning)
            re.compile(value)
    except (re.error, FutureWarning) as error:
        raise ValueError(f"no regular expression: {error}") from error
    return value


def _check_number_pattern(value: str) -> str:
    if re.compile(value).groups != 1:
        raise ValueError("needs exactly one group: the number; write what is none as (?:...)")
    return value


def _check_network(value: str) -> str:
    try:
        ipaddress.ip_network(value)
    except ValueError as error:
        raise ValueError(f"write an address or a network, such as 10.0.0.0/8: {error}") from error
    return value


def _check_characters(value: str) -> str:
    if clean_xml(value) != value:
        raise ValueError("a text for readers has no control characters; between double quotes, \\b and \\f are such")
    return value


def _check_path(value: object) -> object:
    if not isinstance(value, str):
        return value
    # As a path it would be the current folder.
    if not value.strip():
        raise ValueError("name a path; . is the folder of this file")
    if "\0" in value:
        raise ValueError("a path has no null character")
    if "://" in value:
        raise ValueError("this is an address; name a path of this machine")
    if value.partition("/")[0] == "~":
        raise ValueError("~ is no home folder here, it would be a folder of that name; write the whole path")
    if any(len(os.fsencode(part)) > MAX_NAME_BYTES for part in value.split("/")):
        raise ValueError(f"the name of a file or folder has at most {MAX_NAME_BYTES} bytes")
    return value


def _check_file_pattern(value: str) -> str:
    _check_path(value)
    if not PurePath(value).parts:
        raise ValueError("write a pattern of files, such as pages/*/*.txt")
    return value


def _check_number(value: object) -> object:
    # To Python `true` is 1.
    if isinstance(value, bool):
        raise ValueError("write a whole number")  # noqa: TRY004 (pydantic collects a ValueError)
    return value


Number = Annotated[int, BeforeValidator(_check_number)]
FilePattern = Annotated[str, AfterValidator(_check_file_pattern)]
PathName = Annotated[Path, BeforeValidator(_check_path)]
PageAddress = Annotated[str, AfterValidator(_check_page)]
Contact = Annotated[str, AfterValidator(_check_contact)]
WebAddress = Annotated[str, AfterValidator(_check_web_address)]
BaseUrl = Annotated[str, AfterValidator(_check_base_url)]
ZoneName = Annotated[str, AfterValidator(_check_zone)]
Language = Annotated[str, AfterValidator(_check_language)]
LanguageTag = Annotated[str, AfterValidator(_check_language_tag)]
Slug = Annotated[str, AfterValidator(_check_slug)]
Network = Annotated[str, AfterValidator(_check_network)]
Pattern = Annotated[str, AfterValidator(_check_pattern)]
NumberPattern = Annotated[Pattern, AfterValidator(_check_number_pattern)]
Words = Annotated[str, AfterValidator(_check_characters)]
Text = Annotated[Words, Field(min_length=1)]
