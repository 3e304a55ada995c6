"""The program `feeds`, also as `python -m feeds`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the program. Until it can report an interrupt by itself, Ctrl-C ends it at once, without a traceback."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from feeds.cli import run

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
