"""Static files, below /static/: the style sheet, the icon, the logo."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from feeds.config import Config, blame

MAX_FILE_BYTES = 2_000_000
"""A larger icon or logo is an error: readers fetch them for every subscriber."""
_PICTURES = {
    ".svg": ("image/svg+xml", b"<svg"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".ico": ("image/x-icon", b"\0\0\1\0"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".gif": ("image/gif", b"GIF8"),
    ".webp": ("image/webp", b"RIFF"),
}
"""Pictures by suffix: media type, and first bytes (which in an SVG may come after comments).

`mimetypes` is not used: its table differs between machines and versions of Python.
"""


def load_files(config: Config) -> dict[str, bytes]:
    """The files by name. Raises ConfigError."""
    static = resources.files("feeds.render") / "static"
    files = {"style.css": (static / "style.css").read_bytes()} if config.output.pages else {}
    for stem, path in (("icon", config.site.icon), ("logo", config.site.logo)):
        if path is not None:
            files[stem + path.suffix.lower()] = _load_file(config, stem, path)
        elif stem == "icon":
            files["icon.svg"] = (static / "icon.svg").read_bytes()
    return files


def find_file(files: frozenset[str], stem: str) -> str:
    """The name of the site's file with this stem ("icon", "logo"), or an empty text."""
    return next((name for name in sorted(files) if name.partition(".")[0] == stem), "")


def find_media_type(name: str) -> str:
    """The media type of a static file, by its name."""
    suffix = Path(name).suffix
    if suffix in _PICTURES:
        return _PICTURES[suffix][0]
    return "text/css" if suffix == ".css" else "application/octet-stream"


def _load_file(config: Config, name: str, path: Path) -> bytes:
    key = ("site", name)
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"can't be read: {error.strerror}"
        raise blame(config, key, what, text=str(path), hint="name another file") from error
    if len(data) > MAX_FILE_BYTES:
        raise blame(config, key, f"is larger than {MAX_FILE_BYTES} bytes", text=str(path), hint="make it smaller")
    suffix = path.suffix.lower()
    _, start = _PICTURES.get(suffix, (None, None))
    if start is None or not (start in data if suffix == ".svg" else data.startswith(start)):
        known = ", ".join(each[1:] for each in _PICTURES)
        what = "is not a picture of the kind that its name says" if start else "is no picture by its name"
        raise blame(config, key, what, text=str(path), hint=f"name a picture: {known}")
    return data
