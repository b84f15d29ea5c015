"""Helpers of these tests: energy files, and what is said of them."""

from pathlib import Path
from typing import Any

from vatra.sources import Raw, read
from vatra.tables import Context, check, tables

ENERGY = tables()["energy"]
HEAD = "year,sector,carrier,scope,item,amount,unit,source,note"


def row(item: object = 1, /, **changes: object) -> str:
    """A good row of the energy table, with changes."""
    values = {
        "year": 2021, "sector": "buildings", "carrier": "natural_gas", "scope": 1,
        "item": f"B{item}", "amount": "12.5", "unit": "MWh", "source": "register", "note": "",
    }  # fmt: skip
    return ",".join(str(value) for value in (values | changes).values())


def energy_file(folder: Path, *lines: str, data: bytes | None = None, name: str = "") -> Path:
    """Write lines (UTF-8) or bytes as a file of the energy table."""
    path = folder / (name or "energy.csv")
    path.write_bytes("".join(f"{line}\n" for line in lines).encode() if data is None else data)
    return path


def read_energy(path: Path, **options: Any) -> Raw:
    return read(path, ENERGY, **options)


def said(raw: Raw, lang: Any = "en") -> list[str]:
    """What the reader says of a file."""
    return [finding.message(lang) for finding in raw.findings]


def said_of_rows(raw: Raw, **context: Any) -> list[str]:
    """What the check says of the rows that were read."""
    checked = check(ENERGY, raw.frame, raw.file, Context(numbers=raw.numbers, **context))
    return [finding.message("en") for finding in checked.findings]
