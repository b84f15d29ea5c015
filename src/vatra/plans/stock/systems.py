"""Rows of ``building_systems.csv``: what only the rows of one building together show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from vatra.plans.stock.faults import Faults
from vatra.tables import Finding

# Shares written with one decimal may miss the whole by this [%].
_SHARES_APART_PERCENT = 0.5
# Heat pumps give several times what they take.
_MOST_EFFICIENT_PERCENT = 700.0
Row = Mapping[str, Any]


def system_faults(rows: pl.DataFrame, codes: Iterable[str], file: str) -> list[Finding]:
    """Systems of unknown buildings, services shared by more or less than the whole, temperatures
    and efficiencies that cannot be."""
    faults, known = Faults(file), set(codes)
    services: dict[tuple[str, str], list[Row]] = {}
    for row in rows.sort("line").iter_rows(named=True):
        if row["building"] not in known:
            faults.add("system-building", row, "building")
        services.setdefault((row["building"], row["service"]), []).append(row)
        _row_faults(row, faults)
    for group in services.values():
        total = sum(each["share_percent"] for each in group)
        if abs(total - 100) > _SHARES_APART_PERCENT:
            service = f"@tables.building_service-{group[0]['service']}"
            faults.add("system-shares", group[0], "share_percent", value=total, service=service)
    return faults.found


def _row_faults(row: Row, faults: Faults) -> None:
    supply, back = row["supply_degrees_c"], row["return_degrees_c"]
    if supply is not None and back is not None and supply <= back:
        faults.add("system-temperatures", row, "supply_temperature", supply=supply, back=back)
    efficiency = row["efficiency_percent"]
    if efficiency is not None and not 0 < efficiency <= _MOST_EFFICIENT_PERCENT:
        most = _MOST_EFFICIENT_PERCENT
        faults.add("system-efficiency", row, "efficiency_percent", value=efficiency, most=most)
