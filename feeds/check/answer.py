"""Rules for HTTP answers, checked with three requests."""

from __future__ import annotations

import http.client
from datetime import datetime
from email.utils import parsedate_to_datetime

from feeds.check.documents import check_document
from feeds.check.fetching import Answer, fetch, find_deadline
from feeds.check.rules import Objection, Report, Rule
from feeds.check.values import name_type

HTTP_STATUS = Rule.error(
    "http-status",
    "RFC 9110 section 15",
    "A feed is answered with 200.",
    "Check the address; answer 301 where the feed moved, 410 where it is gone.",
)
HTTP_REDIRECT = Rule.warning(
    "http-redirect",
    "readers (sfeed follows none; some don't follow 308; few store the new address)",
    "A feed is found at its own address, without redirects.",
    "Publish the address at which it is found; where it moved, answer 301 with an absolute Location.",
)
HTTP_TYPE = Rule.error(
    "http-type",
    "RFC 9110 section 8.3; readers (FreshRSS and SimplePie refuse answers without)",
    "An answer has a media type.",
    "Send application/atom+xml, application/rss+xml or application/feed+json.",
)
HTTP_CHARSET = Rule.warning(
    "http-charset",
    "RFC 7303 section 3.2",
    "The media type of an XML document says charset=utf-8.",
    "Send charset=utf-8 with it.",
)
HTTP_VALIDATORS = Rule.warning(
    "http-validators",
    "RFC 9110 section 8.8; readers (17 of 58 ask conditionally)",
    "An answer has both ETag and Last-Modified.",
    "Send an ETag made from the bytes, and the instant at which they changed.",
)
HTTP_FUTURE = Rule.error(
    "http-future",
    "RFC 9110 section 8.8.2.1; readers (the feed never changes for them again)",
    "Last-Modified is not in the future.",
    "Send the instant at which the document changed.",
)
HTTP_CONDITIONAL = Rule.warning(
    "http-conditional",
    "RFC 9110 section 13",
    "Asked with the ETag or the date that it sent, the server answers 304.",
    "Compare If-None-Match with the ETag (without W/ and the suffix of an encoding), else If-Modified-Since.",
)
HTTP_FORCED_ENCODING = Rule.error(
    "http-forced-encoding",
    "RFC 9110 section 12.5.3; readers (9 of 23 fail)",
    "An answer is compressed only for those who ask.",
    "Compress by Accept-Encoding, and send Vary: Accept-Encoding.",
)
HTTP_UNCOMPRESSED = Rule.warning(
    "http-uncompressed",
    "RFC 9110 section 8.4",
    "An answer is gzip where the client asks for it.",
    "Compress feeds ahead of time, and send Vary: Accept-Encoding.",
)
HTTP_CACHING = Rule.warning(
    "http-caching",
    "RFC 9111 section 5.2; readers (NetNewsWire and FreshRSS obey it)",
    "An answer says how long it is fresh.",
    "Send Cache-Control: public, max-age= with some minutes.",
)
HTTP_COOKIE = Rule.warning(
    "http-cookie",
    "RFC 9111 section 7.3",
    "A feed sets no cookie.",
    "Serve feeds without session.",
)


def check_answer(plain: Answer, *, now: datetime | None) -> list[Objection]:
    """Everything that is wrong with the feed at an address, and with how it is answered. Raises CheckError.

    `plain` is what the address has answered to `ask`; it gets two more requests.
    """
    deadline = find_deadline()
    zipped = fetch(plain.url, {"accept-encoding": "gzip"}, deadline=deadline)
    conditions = {"accept-encoding": "identity"}
    if etag := plain.headers.get("etag"):
        conditions["if-none-match"] = etag
    elif modified := plain.headers.get("last-modified"):
        conditions["if-modified-since"] = modified
    again = fetch(plain.url, conditions, deadline=deadline) if len(conditions) > 1 else None
    objections = compare_answers(plain, zipped, again, now=now)
    if plain.status == http.client.OK and "content-encoding" not in plain.headers:
        objections += check_document(plain.url, plain.body, plain.headers.get("content-type"), now=now)
    return objections


def compare_answers(
    plain: Answer, zipped: Answer | None, again: Answer | None, *, now: datetime | None
) -> list[Objection]:
    """What is wrong with the answers to three requests: a plain one, one that asks for gzip, a conditional one."""
    report = Report(plain.url, now=now)
    headers = plain.headers
    if plain.redirects:
        report.add(HTTP_REDIRECT, None, "the address redirects", ", ".join(map(str, plain.redirects)))
    if plain.status != http.client.OK:
        report.add(HTTP_STATUS, None, "the answer is not 200", str(plain.status))
        return report.finish()
    if encoding := headers.get("content-encoding"):
        report.add(HTTP_FORCED_ENCODING, None, "the answer is compressed without being asked for", encoding)
    elif zipped is not None and "content-encoding" not in zipped.headers:
        report.add(HTTP_UNCOMPRESSED, None, "the answer is not compressed when asked for gzip")
    _check_type(report, plain)
    missing = [name for name in ("ETag", "Last-Modified") if name.lower() not in headers]
    if missing:
        report.add(HTTP_VALIDATORS, None, f"the answer has no {' and no '.join(missing)}")
    _check_modified(report, headers.get("last-modified"))
    if again is not None and again.status != http.client.NOT_MODIFIED:
        report.add(
            HTTP_CONDITIONAL, None, "asked again with its own validator, the server doesn't say 304", str(again.status)
        )
    if "max-age" not in headers.get("cache-control", "") and "expires" not in headers:
        report.add(HTTP_CACHING, None, "the answer doesn't say how long it is fresh", headers.get("cache-control"))
    if "set-cookie" in headers:
        report.add(HTTP_COOKIE, None, "the answer sets a cookie", headers["set-cookie"])
    return report.finish()


def _check_type(report: Report, answer: Answer) -> None:
    whole = answer.headers.get("content-type", "")
    kind = name_type(whole)
    if not kind:
        report.add(HTTP_TYPE, None, "the answer has no media type")
    elif kind.endswith("xml") and "charset" not in whole.lower():
        report.add(HTTP_CHARSET, None, "the media type says no charset", whole)


def _check_modified(report: Report, modified: str | None) -> None:
    if modified is None or report.now is None:
        return
    try:
        instant = parsedate_to_datetime(modified)
    except (ValueError, OverflowError):
        report.add(HTTP_VALIDATORS, None, "Last-Modified is no date", modified)
        return
    if instant.tzinfo is not None and instant > report.now:
        report.add(HTTP_FUTURE, None, "Last-Modified is in the future", modified)
