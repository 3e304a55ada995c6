"""Ordinary edits of a newsroom, one after another: the same for the same seed of the choice.

Pages come and go, are corrected, moved, filed otherwise, withdrawn and held back; the settings change too.
Always so that seeds, settings and ledger tell all, and the library alone knows nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from benchmarks import corpus

CATEGORIES = ("Politik", "Kultur", "Wirtschaft", "Sport", "Wissen")
FEWEST, MOST = 12, 40
"""Pages that a newsroom has."""
SETTINGS = """\
[site]
title = "{title}"
base_url = "https://blatt.example/"
id = "blatt"

[feeds]
entries = {entries}
archives = ["atom", "rss", "json"]
hours = 0
notice_days = 3
sets = ["place", "tag"]

[[sources]]
name = "belta"
folder = "seeds/belta"
layout = "belta"

[[sources]]
name = "andere"
folder = "seeds/andere"

[[categories]]
label = "Politik"
slug = "politik-{slug}"
was = [{was}]
"""
PLAIN = """\
Startseite
Ressorts
Abo

{headline}

{lead}

Stand {revision}: Mehr steht in der gedruckten Ausgabe, die morgen erscheint.

Impressum
Datenschutz
"""

T = TypeVar("T")


class Choice:
    """Numbers that look random and are the same every time."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 on, below the limit."""
        self._count += 1
        data = hashlib.blake2b(b"%d:%d" % (self._seed, self._count), digest_size=8).digest()
        return int.from_bytes(data, "big") % limit

    def of(self, values: Sequence[T]) -> T:
        """One of the values."""
        return values[self.below(len(values))]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the newsroom: its number in the corpus, its state, and its front matter."""

    index: int
    is_plain: bool
    revision: int = 0
    front: dict[str, str] = field(default_factory=dict)

    def render(self) -> bytes:
        """The file's bytes."""
        front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.front.items())
        head = f"---\n{front}---\n" if front else ""
        page = corpus.render_page(self.index, revision=self.revision).data.decode()
        if self.is_plain:
            headline = f"Meldung {self.index} aus der Stadt"
            lead = f"Was zur Meldung {self.index} bekannt ist, steht hier und nirgends sonst, sagte ein Sprecher."
            page = PLAIN.format(headline=headline, lead=lead, revision=self.revision)
        return (head + page).encode()


class Newsroom:
    """A newsroom in a folder that is edited."""

    def __init__(self, folder: Path, choice: Choice) -> None:
        self.folder = folder
        self._choice = choice
        self._pages: dict[str, Page] = {}
        self._made = 0
        self._settings = {"title": "Blatt", "entries": "5", "slug": "0", "was": ""}
        for name in ("belta", "andere"):
            (folder / "seeds" / name).mkdir(parents=True)
        self._write_settings()
        for _ in range(FEWEST):
            self._add(None)

    def edit(self, now: datetime) -> str:
        """Change something; its name."""
        choice = self._choice
        edits = {
            "new": self._add, "corrected": self._correct, "removed": self._remove, "renamed": self._rename,
            "filed otherwise": self._file, "withdrawn": self._withdraw, "held back": self._hold_back,
            "settings": self._set,
        }  # fmt: skip
        often = ("new", "new", "new", "corrected", "corrected", *edits)
        name = choice.of(often)
        if name == "new" and len(self._pages) >= MOST:
            name = "removed"
        elif name == "removed" and len(self._pages) <= FEWEST:
            name = "new"
        edits[name](now)
        return name

    def _put(self, name: str, page: Page) -> None:
        """Write a file whole, as an editor does."""
        self._pages[name] = page
        path = self.folder / "seeds" / name
        temporary = path.with_name(f".{path.name}.tmp")
        temporary.write_bytes(page.render())
        temporary.replace(path)

    def _pick(self) -> str:
        return self._choice.of(sorted(self._pages))

    def _add(self, _now: datetime | None) -> None:
        self._made += 1
        is_plain = self._choice.below(3) == 0
        front: dict[str, str] = {}
        if is_plain:
            day = 1 + self._choice.below(28)
            front = {
                "published": f"2026-01-{day:02d}T{self._choice.below(24):02d}:10:00+01:00",
                "category": self._choice.of(CATEGORIES),
                "tags": self._choice.of(("Hafen", "Brücke")),
            }
        self._put(f"{'andere' if is_plain else 'belta'}/{self._made:04d}.txt", Page(self._made, is_plain, front=front))

    def _correct(self, _now: datetime) -> None:
        name = self._pick()
        page = self._pages[name]
        front = dict(page.front)
        if self._choice.below(3) == 0:
            front["title"] = f"Neue Überschrift {page.revision} für {page.index}"
        self._put(name, replace(page, revision=page.revision + 1, front=front))

    def _remove(self, _now: datetime) -> None:
        name = self._pick()
        del self._pages[name]
        (self.folder / "seeds" / name).unlink()

    def _rename(self, _now: datetime) -> None:
        name = self._pick()
        self._made += 1
        target = f"{name.partition('/')[0]}/umbenannt-{self._made:04d}.txt"
        (self.folder / "seeds" / name).rename(self.folder / "seeds" / target)
        self._pages[target] = self._pages.pop(name)

    def _file(self, _now: datetime) -> None:
        # A category that only one article has comes and goes with it.
        category = self._choice.of((*CATEGORIES, f"Sonderthema {self._choice.below(5)}"))
        self._change(category=category)

    def _withdraw(self, _now: datetime) -> None:
        self._change(status=self._choice.of(("withdrawn", "published", "draft")), reason="Der Text war falsch.")

    def _hold_back(self, now: datetime) -> None:
        self._change(published=(now + timedelta(hours=self._choice.below(6) - 1)).isoformat())

    def _change(self, **front: str) -> None:
        name = self._pick()
        self._put(name, replace(self._pages[name], front={**self._pages[name].front, **front}))

    def _set(self, _now: datetime) -> None:
        settings, choice = self._settings, self._choice
        match choice.below(3):
            case 0:
                settings["title"] = f"Blatt {choice.below(3)}"
            case 1:
                settings["entries"] = str(4 + choice.below(4))
            case _:
                settings["was"] = ", ".join([*filter(None, [settings["was"]]), f'"politik-{settings["slug"]}"'])
                settings["slug"] = str(int(settings["slug"]) + 1)
        self._write_settings()

    def _write_settings(self) -> None:
        (self.folder / "config.toml").write_text(SETTINGS.format(**self._settings), encoding="utf-8")
