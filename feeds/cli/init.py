"""`feeds init`: write a commented config.toml, a .gitignore and a .gitattributes."""

from __future__ import annotations

from pathlib import Path

import click

from feeds.cli.options import NamedPath
from feeds.errors import OutputError
from feeds.ownership import find_owner, give, make_folder

_OWN = {
    ".gitignore": "# The library is a cache, the site is built.\n/.feeds/\n/public/\n",
    ".gitattributes": "# Of two branches, the ledger keeps the lines of both.\n/ledger.jsonl merge=union\n",
}
"""What git goes by, where there is no such file yet."""


@click.command()
@click.argument("folder", type=NamedPath(path_type=Path, file_okay=False), default=Path())
@click.option("--title", default="Nachrichten", show_default=True, help="Name of the publication.")
@click.option("--base-url", default="http://127.0.0.1:8000/", show_default=True, help="Where the feeds will be found.")
def init(folder: Path, title: str, base_url: str) -> None:
    """Write a commented config.toml into FOLDER, and a seeds/ folder, a .gitignore and a .gitattributes beside it."""
    from feeds.config import parse_config, render_template

    path = folder / "config.toml"
    text = render_template(title, base_url)
    # With overrides, so that errors name the options: there is no file yet.
    parse_config(text, path, overrides={("site", "title"): title, ("site", "base_url"): base_url})
    try:
        make_folder(folder / "seeds")
        owner = find_owner(folder)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        give(path, owner)
        for name, own in _OWN.items():
            if not (folder / name).exists():
                (folder / name).write_text(own, encoding="utf-8")
                give(folder / name, owner)
    except FileExistsError as error:
        raise OutputError("is there already, and is left as it is", path=error.filename) from error
    except OSError as error:
        raise OutputError(f"can't be written: {error.strerror}", path=str(path)) from error
    print(f"{path} written. Put your texts into {folder / 'seeds'}/, then run `feeds serve` or `feeds build`.")
