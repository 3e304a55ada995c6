"""`feeds init`: write a commented config.toml, and a .gitignore."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import NamedPath
from feeds.errors import OutputError

_IGNORED = "# The library is a cache, the site is built.\n/.feeds/\n/public/\n"


@click.command()
@click.argument("folder", type=NamedPath(path_type=Path, file_okay=False), default=Path())
@click.option("--title", default="Nachrichten", show_default=True, help="Name of the publication.")
@click.option("--base-url", default="http://127.0.0.1:8000/", show_default=True, help="Where the feeds will be found.")
def init(folder: Path, title: str, base_url: str) -> None:
    """Write a commented config.toml into FOLDER, and a seeds/ folder and a .gitignore beside it."""
    from feeds.config import parse_config, render_template

    path = folder / "config.toml"
    text = render_template(title, base_url)
    # With overrides, so that errors name the options: there is no file yet.
    parse_config(text, path, overrides={("site", "title"): title, ("site", "base_url"): base_url})
    try:
        (folder / "seeds").mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text(_IGNORED, encoding="utf-8")
    except FileExistsError as error:
        raise OutputError("is there already, and is left as it is", path=error.filename) from error
    except OSError as error:
        raise OutputError(f"can't be written: {error.strerror}", path=str(path)) from error
    print(f"{path} written. Put your texts into {folder / 'seeds'}/, then run `feeds serve` or `feeds build`.")
