"""Which folders the site is not written into."""

from __future__ import annotations

import os
from pathlib import Path

from feeds.config import Config, find_private
from feeds.errors import OutputError


def refuse_folder(config: Config, folder: Path) -> None:
    """Raise OutputError where what must stay private would be published, or the site's pages be read as texts."""
    own = Path(os.path.realpath(folder))
    if own == own.parent:
        raise OutputError(
            "the site can't be written into the root of all folders",
            path=str(folder),
            hint="name another folder in [output], or with --output",
        )
    for source in config.sources:
        is_among = source.folder is not None and own.is_relative_to(os.path.realpath(source.folder))
        if source.glob is not None and str(own) != os.path.realpath(config.output.folder):
            is_among = any(Path(os.path.realpath(path)).is_relative_to(own) for path in config.folder.glob(source.glob))
        if is_among:
            raise OutputError(
                "the site can't be written among the texts, or it would be read as such",
                path=str(folder),
                text=str(source.folder or source.glob),
                hint="name another folder in [output], or with --output",
            )
    private = find_private(config, folder)
    if private is not None:
        raise OutputError(
            "the site can't be written around what would be published with it",
            path=str(folder),
            text=str(private),
            hint="name a folder of its own in [output], or with --output",
        )
