"""The files of the site's looks go out as what they are, on every machine and version of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.config import load_config
from feeds.site.static import find_media_type, load_files
from tests.newsroom import SETTINGS


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("bild.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        ("bild.ICO", b"\0\0\1\0", "image/x-icon"),
        ("bild.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("bild.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("bild.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("bild.gif", b"GIF89a", "image/gif"),
        ("bild.svg", b"<svg/>", "image/svg+xml"),
    ],
)
def test_a_picture_has_its_media_type(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / name).write_bytes(data)
    settings = tmp_path / "config.toml"
    settings.write_text(SETTINGS.replace("[site]", f'[site]\nlogo = "{name}"'), encoding="utf-8")
    types = {file: find_media_type(file) for file in load_files(load_config(settings))}
    suffix = Path(name).suffix.lower()
    assert types == {"style.css": "text/css", "icon.svg": "image/svg+xml", f"logo{suffix}": media_type}
