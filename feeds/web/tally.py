"""Counts of what was answered: by status and kind, bytes that were not sent, subscribers that hosted readers report.

No client's address is kept. Each process counts for itself and writes its counts down now and then; whoever wants the
whole adds them up.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feeds.web.document import FEED, STATUS_LINES, Document

NOT_MODIFIED = STATUS_LINES[304]
MAX_READERS = 2000
"""Pairs of feed and reader that are kept: what a user agent says may be invented."""
_SUBSCRIBERS = re.compile(r"([A-Za-z][\w.]*(?: [A-Z][\w.]*){0,3}).{0,300}?\b(\d{1,9}) subscribers?\b")
"""How hosted readers say for how many they ask: "Feedbin feed-id:1 - 12 subscribers", "Feedly/1.0 (3 subscribers)"."""


@dataclass(slots=True)
class Tally:
    """The counts of one process. Answers are counted by one thread at a time.

    `requests` is by status line and kind of document; of sums of several processes, by status code and kind.
    """

    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    sent: int = 0
    saved_unchanged: int = 0
    saved_coded: int = 0
    subscribers: dict[tuple[str, str], int] = field(default_factory=dict)

    def count(self, environ: Mapping[str, Any], document: Document, status: str, size: int) -> None:
        """Count an answer by its status line and the size of its body."""
        self.requests[status, document.kind] += 1
        whole = len(document.variants[-1].body)
        if status == NOT_MODIFIED:
            self.saved_unchanged += whole
        elif size:
            self.sent += size
            self.saved_coded += max(0, whole - size)
        if document.kind == FEED and " subscriber" in (agent := environ.get("HTTP_USER_AGENT", "")):
            self.note_subscribers(environ["PATH_INFO"], agent)

    def note_subscribers(self, path: str, agent: str) -> None:
        """Note for how many a hosted reader says that it asks."""
        found = parse_subscribers(agent)
        if found is not None and ((path, found[0]) in self.subscribers or len(self.subscribers) < MAX_READERS):
            self.subscribers[path, found[0]] = found[1]

    def dump(self) -> str:
        """The counts as JSON."""
        return json.dumps(
            {
                "requests": [[status[:3], kind, count] for (status, kind), count in sorted(self.requests.items())],
                "sent": self.sent,
                "saved_unchanged": self.saved_unchanged,
                "saved_coded": self.saved_coded,
                "subscribers": [[*key, count] for key, count in sorted(self.subscribers.items())],
            }
        )


def parse_subscribers(agent: str) -> tuple[str, int] | None:
    """The name of a hosted reader and the subscribers that it says it asks for, or None."""
    match = _SUBSCRIBERS.match(agent[:400])
    return None if match is None else (match[1].strip(), int(match[2]))


def add_tallies(paths: Iterable[Path]) -> Tally:
    """The sum of the counts in files; for a reader that was answered by several processes, the largest number."""
    total = Tally()
    for path in paths:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # removed, or not one of ours
        for status, kind, count in data["requests"]:
            total.requests[status, kind] += count
        total.sent += data["sent"]
        total.saved_unchanged += data["saved_unchanged"]
        total.saved_coded += data["saved_coded"]
        for feed, reader, count in data["subscribers"]:
            total.subscribers[feed, reader] = max(count, total.subscribers.get((feed, reader), 0))
    return total
