"""The GPC tables of an inventory as one frame of lines."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from vatra.faces.face import GASES, LINES, frame_of
from vatra.plans.gpc import GpcLine, GpcTable
from vatra.tables.vocabulary import MIXTURE

# What has no category: the difference between a contract's printed figures and its own rows.
ROUNDING = "print_rounding"


def lines_of(tables: Iterable[GpcTable]) -> pl.DataFrame:
    """One line per year and category (``LINES``), and one for the rounding in print."""
    rows: list[dict[str, object]] = []
    for table in tables:
        rows += [_line(table.year, line) for line in table.lines]
        if table.outside_mg:
            rows.append({"year": table.year, "category": ROUNDING, "co2e_mg": table.outside_mg})
    return frame_of(LINES, rows)


def _line(year: int, line: GpcLine) -> dict[str, object]:
    notation = line.notation
    return {
        "year": year,
        "category": line.category.code,
        **{f"{gas}_mg": line.by_gas_mg.get(gas.upper()) for gas in GASES},
        "mixture_mg": line.by_gas_mg.get(MIXTURE),
        "co2e_mg": line.co2e_mg,
        "biogenic_co2_mg": line.biogenic_mg or None,
        "notation": notation.key if notation else None,
        "where": (notation.where or None) if notation else None,
        "explanation": notation.explanation if notation else None,
        "gas_notations": _gas_notations(line),
        "quality_activity": line.quality_activity or None,
        "quality_factor": line.quality_factor or None,
        "method": "; ".join(line.methods) or None,
    }


def _gas_notations(line: GpcLine) -> str | None:
    """Keys of single gases, ``CH4 NE; NF3 NO``."""
    keyed = sorted((gas, each.key) for gas, each in line.notations.items() if gas is not None)
    return "; ".join(f"{gas} {key}" for gas, key in keyed) or None
