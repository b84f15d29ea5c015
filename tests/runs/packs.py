"""Small packs written for one test."""

from __future__ import annotations

from pathlib import Path

CITY = """name: Prova
code: prova
base_year: 2021
target_year: 2030
gwp_set: AR5
gases: all
numbers: plain
climate: boreal_temperate_wet
synthetic: true
source: Invented for a test
"""


def pack(folder: Path, city: str = CITY, **tables: str) -> Path:
    """A pack of ``city.yaml`` and the tables given as ``name="heading line / rows"``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "city.yaml").write_text(city, "utf-8")
    for name, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
