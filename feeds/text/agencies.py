"""The names of news agencies."""

from __future__ import annotations

from typing import Final

AGENCY_NAMES: Final = {
    "dpa": "Deutsche Presse-Agentur", "AFP": "Agence France-Presse", "APA": "Austria Presse Agentur",
    "SDA": "Schweizerische Depeschenagentur", "AP": "Associated Press", "KNA": "Katholische Nachrichten-Agentur",
    "epd": "Evangelischer Pressedienst", "SID": "Sport-Informations-Dienst",
}  # fmt: skip
"""How news agencies are called in full, by how they sign."""
