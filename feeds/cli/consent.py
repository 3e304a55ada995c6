"""The question that `adopt` and `erase` ask before they change anything."""

from __future__ import annotations

import sys

import click


def can_ask() -> bool:
    """Whether a person can answer: not in a script, nor in CI."""
    return sys.stdin.isatty()


def ask_consent(question: str, *, yes_does: str, yes: bool, dry_run: bool) -> tuple[int, str | None]:
    """Exit code, and why nothing is changed; None where it may be.

    `yes_does` says what --yes would do, for the message where nobody can be asked.
    """
    if dry_run:
        return 0, "nothing was changed (--dry-run)"
    if yes:
        return 0, None
    if not can_ask():
        return 1, f"nothing was changed; --yes {yes_does}"
    return (0, None) if click.confirm(question) else (0, "nothing was changed")
