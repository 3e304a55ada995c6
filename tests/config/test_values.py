"""A value of the settings that can't be right is told at its line, with what to write: no traceback, no silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.config import parse_config
from feeds.errors import ConfigError

SOURCE = '[[sources]]\nname = "s"\nfolder = "seeds"\n'
LONG = "y" * 300
WRONG = [
    ('[site]\ntimezone = "' + LONG + '"', 2, "no time zone has this name; write an IANA name"),
    ('[site]\ntimezone = "zone.tab"', 2, "no time zone has this name; write an IANA name"),
    ('[site]\nlanguage = "../de"', 2, "write a language as RFC 5646 does"),
    ("[site]\nicon = 3", 2, "is no text: '3'\n  write a single text, in quotes"),
    ('[site]\nicon = "  "', 2, "name a path"),
    ('[library]\nledger = "' + LONG + '"', 2, "has at most 255 bytes"),
    ('[output]\nfolder = "a/' + "ü" * 150 + '/b"', 2, "has at most 255 bytes"),
    ('[output]\nfolder = "~/public"', 2, "~ is no home folder here"),
    ('[library]\ndatabase = "."', 2, "this is a folder: '.'\n  name a file in it, such as .feeds/library.sqlite"),
    ('[library]\nledger = "/"', 2, "this is a folder: '/'\n  name a file in it, such as ledger.jsonl"),
    ('[library]\nledger = "a.jsonl"\ndatabase = "b/../a.jsonl"', 3, "this is the file of the ledger"),
    ("[build]\nworkers = true", 2, "write a whole number: 'True'"),
    ("[feeds]\nentries = true", 2, "write a whole number: 'True'"),
    ('[[sources]]\nname = "s"\nglob = "."', 3, "write a pattern of files, such as pages/*/*.txt"),
    ('[[sources]]\nname = "s"\nglob = "~/*.txt"', 3, "~ is no home folder here"),
    ('[[sources]]\nname = "s"\nglob = "a\\u0000"', 3, "a path has no null character"),
    ('[[sources]]\nname = "s"\nglob = "' + LONG + '"', 3, "has at most 255 bytes"),
    (
        SOURCE + 'url_id = "(a)(b)"',
        4,
        "sources.0.url_id: needs exactly one group: the number; write what is none as (?",
    ),
    (SOURCE + "[sources.patterns]\nheadline = '[[:alpha:]]'", 5, "no regular expression: Possible nested set"),
]


@pytest.mark.parametrize(("text", "line", "told"), WRONG, ids=[text.partition("= ")[2][:30] for text, _, _ in WRONG])
def test_what_is_wrong_is_told_at_its_line_with_what_to_write(text: str, line: int, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(text + "\n", Path("config.toml"))
    assert str(caught.value).startswith(f"config.toml:{line}: ")
    assert told in str(caught.value)


def test_the_library_is_no_file_that_its_error_would_have_deleted(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = '[library]\ndatabase = "config.toml"\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.toml:2: library\.database: this is the file of the settings"):
        parse_config(text, path)


def test_a_group_that_takes_nothing_is_none_of_the_number() -> None:
    config = parse_config(SOURCE + r"url_id = '(?:-|/)(\d+)$'" + "\n", None)
    assert config.sources[0].url_id == r"(?:-|/)(\d+)$"
