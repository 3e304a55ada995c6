"""What can be a place, as datelines print it."""

from __future__ import annotations

from typing import Final

from feeds.parse.words import NO_PLACES, PLACES

LEAST_CAPITALS: Final = 4
"""Letters of a place in capitals that is alone, at least: fewer are those of a party or a broadcaster."""
_MAX_PLACE_WORDS: Final = 6
_JOINING: Final = frozenset("am an der dem den bei im in ob vor auf und de del di do la le el al sur".split())
_NO_PLACE: Final = frozenset(
    """Der Die Das Dem Den Des Ein Eine Einer Im In Am An Auf Nach Mit Für Von Vom Zu Zum Zur Bei Als Wie Und Aber Seit
    Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Mo Di Mi Do Fr Sa So Heute
    Gestern""".split()
)


def is_sure_place(text: str) -> bool:
    """Whether a text is a place though nothing but a full stop or a dash closes it: a known one, or in capitals."""
    is_known = any(part in PLACES for part in (text, *text.split("/")))
    return is_known or (text.isupper() and len(text) >= LEAST_CAPITALS and text not in NO_PLACES)


def is_place(text: str) -> bool:
    """Whether a text can be a place as datelines print it: few words, capitalised but for small joining ones."""
    words = text.split()
    if not 0 < len(words) <= _MAX_PLACE_WORDS or words[0].rstrip(".") in _NO_PLACE:
        return False
    return text.isupper() or all(not word[0].islower() or word in _JOINING for word in words)
