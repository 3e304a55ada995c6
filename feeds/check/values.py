"""Values in all formats: addresses, ids, languages, media types, e-mail addresses, numbers, plain text."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import quote

from feeds.check.rules import Report, Rule
from feeds.text import is_language_tag

RELATIVE_ADDRESS = Rule.error(
    "relative-address",
    "RSS 2.0; readers (17 of 23 lose a relative link)",
    "Every address is absolute.",
    "Resolve addresses against the page they came from before rendering.",
)
NON_ASCII_ADDRESS = Rule.error(
    "non-ascii-address",
    "RFC 3986 section 2; readers (6 of 23 rewrite it, 6 fail)",
    "An address is in ASCII.",
    "Percent-encode the path (UTF-8), and write the host as punycode.",
)
INVALID_ADDRESS = Rule.error(
    "invalid-address",
    "RFC 3986 section 2; RFC 8141; RFC 4151",
    "An address has only characters that are allowed in it, and follows the syntax of its scheme.",
    "Percent-encode the characters, and write scheme, host and path.",
)
ADDRESS_SCHEME = Rule.warning(
    "address-scheme",
    "IANA registry of URI schemes",
    "The scheme of an address is registered.",
    "Use https, or for ids urn:uuid: or tag:.",
)
SURROUNDING_SPACE = Rule.error(
    "surrounding-space",
    "RFC 4287 section 3.3 and 4.2.6; readers (3 of 23 keep it)",
    "There is no white space around an address, an id or, outside RSS, a date.",
    "Strip the value before rendering.",
)
LANGUAGE = Rule.error(
    "language",
    "RFC 5646",
    "A language is a tag such as de or de-AT.",
    "Write the language's tag, or leave it out.",
)
MISSING_LANGUAGE = Rule.warning(
    "missing-language",
    "RSS 2.0; RFC 4287 section 2; JSON Feed 1.1",
    "A feed says in which language it is.",
    "Write language in RSS and JSON Feed, xml:lang in Atom.",
)
MEDIA_TYPE = Rule.error(
    "media-type",
    "RFC 6838; RFC 4287 section 4.1.3.1",
    "A type is a media type such as text/html; inline in Atom also text, html or xhtml, and none of several parts.",
    "Write the media type of what the address answers.",
)
EMAIL = Rule.error(
    "email",
    "RSS 2.0; RFC 4287 section 3.2.3",
    "An e-mail address is one.",
    "Write name@example.org, or leave it out.",
)
EMAIL_NAME = Rule.warning(
    "email-name",
    "RSS advisory board profile",
    "An e-mail address in RSS is followed by the name in round brackets.",
    "Write redaktion@example.org (Redaktion), or use dc:creator for a name alone.",
)
NUMBER = Rule.error(
    "number",
    "RSS 2.0; Media RSS 1.5; RFC 4287 section 4.2.7.6",
    "A number is written in digits, and within its bounds.",
    "Write a whole number, or leave it out where it is unknown.",
)
EMPTY = Rule.warning(
    "empty",
    "W3C feed validator; readers (they show the address or the date instead)",
    "An element or attribute that is there holds something.",
    "Leave it out where there is nothing to say; give every entry a title.",
)
MARKUP_IN_TEXT = Rule.warning(
    "markup-in-text",
    "RSS advisory board profile; RFC 4287 section 3.1.1.1",
    "A title, name or label is plain text without tags and entities.",
    "Write the text itself, escaped once; 20 of 23 readers show tags and entities as they are.",
)
ANGLE_BRACKET = Rule.warning(
    "angle-bracket",
    "readers (QuiteRSS and Alligator cut the title there; RSS Guard, Liferea and tt-rss drop <b>)",
    "A title has neither < nor >.",
    "Write ‹ and ›, or the words for them.",
)

# What nearly all addresses look like; anything else is looked at closely.
_PLAIN: Final = re.compile(
    r"https?://[A-Za-z0-9.-]++(?::[0-9]{1,5})?(?:[/?#](?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),#]|%[0-9a-fA-F]{2})*+)?"
)
_ASCII: Final = "".join(map(chr, range(128)))
_LEGAL: Final = re.compile(r"(?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),#]|%[0-9a-fA-F]{2})*+")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+):")
_AUTHORITY: Final = re.compile(r"[A-Za-z]++://(?:[^/?#@]*+@)?(?P<host>[^/?#@:]*+)(?P<port>:[0-9]*+)?(?=[/?#]|\Z)")
_IP_LITERAL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+://(?:[^/?#@\[\]]*+@)?)\[([0-9A-Fa-f:.]{2,45})\]")
_UUID: Final = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_URN: Final = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'/-]|%[0-9a-f]{2})++", re.IGNORECASE)
_TAG: Final = re.compile(
    r"tag:(?:[a-z0-9._-]++@)?[a-z0-9.-]++,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?:[^#]*+(?:#.*)?", re.DOTALL
)
_SCHEMES: Final = frozenset(
    "http https mailto tag urn ftp sftp tel data geo xmpp sip sips news nntp info ldap magnet matrix cid mid".split()
)
_MEDIA_TYPE: Final = re.compile(
    r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:\"[^\"]*\"|[\w!#$&^.+-]+))*", re.ASCII
)
_EMAIL: Final = re.compile(r"[A-Za-z0-9_.+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z0-9-]{1,63}")
_NAMED_EMAIL: Final = re.compile(r"([^\s()]{1,320}) \(([^()]{1,200})\)")
_MARKUP: Final = re.compile(r"<[/!?a-zA-Z]|&#[x0-9]")
_END_TAG: Final = re.compile(r"</[a-zA-Z][a-zA-Z0-9]*>|&#[x0-9]")
_ESCAPED: Final = re.compile(r"&([a-z]{2,8});")
_ENTITY: Final = re.compile(r"&(\w++)")
_CANONICAL: Final = re.compile(
    r"urn:uuid:[0-9a-f-]+|(https?)://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]+))?(/(?:[^%?#]|%[0-9A-F]{2})*+)(?:\?[^#]*+)?(?:#.*)?",
    re.DOTALL,
)
_UNRESERVED: Final = re.compile("%(?:2D|2E|5F|7E|3[0-9]|[46][1-9A-F]|[57][0-9A])")


def check_address(report: Report, line: int | None, value: str, where: str) -> bool:
    """Whether a value is an absolute address in ASCII (RFC 3986); objects if not."""
    if _PLAIN.fullmatch(value):
        return True
    if value.strip() != value:
        report.add(SURROUNDING_SPACE, line, f"{where} has white space around it", value)
        return False
    scheme = _SCHEME.match(value)
    if scheme is None:
        report.add(RELATIVE_ADDRESS, line, f"{where} is not absolute", value)
        return False
    if not value.isascii():
        report.add(NON_ASCII_ADDRESS, line, f"{where} is not in ASCII", value)
        return False
    name = scheme[1].lower()
    named = hide_ip_literal(value) if "[" in value else value
    fault = _find_host_fault(named) if name in {"http", "https", "ftp"} else None
    if not _LEGAL.fullmatch(named):
        report.add(INVALID_ADDRESS, line, f"{where} has characters that must be percent-encoded", value)
    elif fault:
        report.add(INVALID_ADDRESS, line, f"{where} has {fault}", value)
    elif not _follows_scheme(name, value):
        report.add(INVALID_ADDRESS, line, f"{where} is no {name} address", value)
    elif len(value) == scheme.end():
        report.add(INVALID_ADDRESS, line, f"{where} has nothing but a scheme", value)
    elif name not in _SCHEMES:
        report.add(ADDRESS_SCHEME, line, f"{where} has an unusual scheme", value)
    else:
        return True
    return False


def check_id(report: Report, line: int | None, value: str, where: str) -> bool:
    """Whether a value is an id of Atom, an IRI (RFC 4287 section 4.2.6); objects if not.

    Only as it would be written in ASCII is it looked at as an address.
    """
    return check_address(report, line, value if value.isascii() else quote(value, safe=_ASCII), where)


def hide_ip_literal(address: str) -> str:
    """An address whose host, if it is an IPv6 address in brackets, is replaced by a name; others unchanged.

    Brackets are legal nowhere else (RFC 3986 section 3.2.2).
    """
    found = _IP_LITERAL.match(address)
    if found is None:
        return address
    try:
        IPv6Address(found[2])
    except ValueError:
        return address
    return f"{found[1]}host{address[found.end() :]}"


def _find_host_fault(address: str) -> str | None:
    """What is wrong with the host or the port of an address (RFC 3986 section 3.2), or None."""
    authority = _AUTHORITY.match(address)
    if authority is None:
        return "a port that is no number" if re.match(r"[A-Za-z]++://[^/?#:]", address) else "no host"
    return None if authority["host"] else "no host"


def _follows_scheme(name: str, value: str) -> bool:
    if name == "urn":
        return bool((_UUID if value[:9].lower() == "urn:uuid:" else _URN).fullmatch(value))
    return name != "tag" or bool(_TAG.fullmatch(value))


def is_canonical(value: str) -> bool:
    """Whether an id is in the normal form of RFC 3986 section 6.2, so that equal ids are equal as texts."""
    scheme = _SCHEME.match(value)
    if scheme is None or not value.isascii():
        return False
    if scheme[1] not in {"http", "https"}:
        return scheme[1].islower() and not _UNRESERVED.search(value)
    match = _CANONICAL.fullmatch(value)
    if match is None or not match[3]:
        return False
    segments = match[3].split("/")
    return not (
        match[2] == {"http": "80", "https": "443"}[match[1]]
        or "." in segments
        or ".." in segments
        or _UNRESERVED.search(value)
    )


def check_language(report: Report, line: int | None, value: str, where: str) -> None:
    """Object to a value that is no language tag (RFC 5646)."""
    if not is_language_tag(value):
        report.add(LANGUAGE, line, f"{where} is no language tag", value)


def name_type(value: str) -> str:
    """The name of a media type: without parameters, in lower case, since types compare so (RFC 6838 section 4.2)."""
    return value.partition(";")[0].strip().lower()


def check_media_type(report: Report, line: int | None, value: str, where: str) -> None:
    """Object to a value that is no media type (RFC 6838)."""
    if not _MEDIA_TYPE.fullmatch(value):
        report.add(MEDIA_TYPE, line, f"{where} is no media type", value)


def check_email(report: Report, line: int | None, value: str, where: str) -> None:
    """Object to a value that is no e-mail address."""
    if not _EMAIL.fullmatch(value):
        report.add(EMAIL, line, f"{where} is no e-mail address", value)


def check_named_email(report: Report, line: int | None, value: str, where: str) -> None:
    """Object to a value that is no e-mail address with a name, as RSS writes it."""
    match = _NAMED_EMAIL.fullmatch(value)
    if match is not None:
        check_email(report, line, match[1], where)
    elif "@" in value[1:]:
        report.add(EMAIL_NAME, line, f"{where} has no name in round brackets behind the address", value)
    else:
        report.add(EMAIL, line, f"{where} is no e-mail address", value)


def is_whole_number(value: str, *, least: int = 0, most: int = 2**53) -> bool:
    """Whether a value is a whole number within the bounds, in ASCII digits; Python would accept others."""
    return value.isascii() and value.isdigit() and len(value) < 20 and least <= int(value) <= most


def check_number(
    report: Report, line: int | None, value: str, where: str, *, least: int = 0, most: int = 2**53
) -> None:
    """Object to a value that is no whole number within the bounds."""
    if not is_whole_number(value, least=least, most=most):
        bounds = f"from {least}" + (f" to {most}" if most < 2**31 else "")
        report.add(NUMBER, line, f"{where} is no whole number {bounds}", value)


def check_plain(report: Report, line: int | None, value: str, where: str) -> bool:
    """Whether a plain text has no tags and entities in it; objects to those, and to a text that is empty."""
    if not value or value.isspace():
        report.add(EMPTY, line, f"{where} is empty")
        return False
    if "<" not in value and "&" not in value:
        return True
    found = (_MARKUP if report.is_rss else _END_TAG).search(value) or next(
        filter(_is_entity, _ENTITY.finditer(value)), None
    )
    if found is None or line in report.referring:
        return True
    report.add(MARKUP_IN_TEXT, line, f"{where} has markup in it", value)
    return False


def _is_entity(match: re.Match[str]) -> bool:
    # Validators take any name with a digit in it for a reference too.
    return match[1] in name2codepoint or match[1] == "apos" or not match[1].isalpha()


def check_json_text(report: Report, line: int | None, value: str, where: str) -> None:
    """Object to a text of JSON Feed that is empty, has tags or is escaped.

    A lone `<` is just a character there, for readers too: only an end tag proves that there are tags.
    """
    if not value or value.isspace():
        report.add(EMPTY, line, f"{where} is empty")
    elif _END_TAG.search(value):
        report.add(MARKUP_IN_TEXT, line, f"{where} has markup in it", value)
    elif "&" in value and any(match[1] in name2codepoint for match in _ESCAPED.finditer(value)):
        report.add(MARKUP_IN_TEXT, line, f"{where} is escaped", value)


def check_title(report: Report, line: int | None, value: str, where: str) -> None:
    """Object to a title that is empty, has markup in it, or a character that readers take for the start of a tag."""
    if check_plain(report, line, value, where) and ("<" in value or ">" in value):
        report.add(ANGLE_BRACKET, line, f"{where} has an angle bracket", value)
