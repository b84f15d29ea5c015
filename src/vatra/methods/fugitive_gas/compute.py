"""Rows of gas_systems -> what escapes, by throughput, leak or length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.fugitive_gas.formulas import by_leak_t, by_length_t, by_throughput_t

TABLE = "gas_systems"
GASES = ("CH4", "CO2", "N2O")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Escaped:
    """One gas of a row, what it follows from and the parameters it is proportional to."""

    gas: str
    mass_t: float
    activity: float
    activity_unit: str
    used: tuple[Parameter, ...]


def emissions(inputs: Inputs) -> Emissions:
    """What escapes in every row that says one activity."""
    results = Results(inputs, TABLE)
    wrong: dict[str, list[int]] = {}
    for row in inputs.rows(TABLE):
        fault = _fault(row)
        if fault:
            wrong.setdefault(fault, []).append(row["line"])
            continue
        for each in _escaped(row, results):
            results.add(
                row,
                category="I.8.1",
                stream="oil_systems" if row["segment"].startswith("oil") else "gas_systems",
                gas=each.gas,
                emission_t=each.mass_t,
                activity=each.activity,
                activity_unit=each.activity_unit,
                used=each.used,
            )
    for fault, lines in sorted(wrong.items()):
        results.finding(f"methods.{fault}", lines, _COLUMN_OF[fault])
    return results.finish()


_COLUMN_OF = {
    "gas-no-activity": "amount",
    "gas-two-ways": "length",
    "gas-leak-over": "leak_percent",
    "gas-leak-of-oil": "leak_percent",
}


def _fault(row: Row) -> str:
    """What forbids counting the row, as a code, or nothing."""
    by_pipe, by_volume = row["pipes_km"] is not None, row["throughput_m3"] is not None
    if by_pipe == by_volume:
        return "gas-two-ways" if by_pipe else "gas-no-activity"
    if row["leak_percent"] is None:
        return ""
    if by_pipe:
        return "gas-two-ways"
    if row["segment"].startswith("oil"):
        return "gas-leak-of-oil"
    return "gas-leak-over" if row["leak_percent"] > 100 else ""


def _escaped(row: Row, results: Results) -> Iterator[Escaped]:
    if row["pipes_km"] is not None:
        return _by_length(row, results)
    if row["leak_percent"] is not None:
        return _by_leak(row, results)
    return _by_throughput(row, results)


def _by_length(row: Row, results: Results) -> Iterator[Escaped]:
    factor = results.need(row, "gas.leak_per_km", row["pipe"] or "")
    if factor is not None:
        mass_t = by_length_t(row["pipes_km"], factor.value)
        yield Escaped("CH4", mass_t, row["pipes_km"], "km", (factor,))


def _by_leak(row: Row, results: Results) -> Iterator[Escaped]:
    methane = results.need(row, "gas.methane_share")
    density = results.need(row, "gas.methane_density")
    if methane is not None and density is not None:
        leak_share = row["leak_percent"] / 100
        mass_t = by_leak_t(row["throughput_m3"], leak_share, methane.value, density.value)
        yield Escaped("CH4", mass_t, row["throughput_m3"], "m3", (methane, density))


def _by_throughput(row: Row, results: Results) -> Iterator[Escaped]:
    """Methane always; the other gases where the table has them."""
    for gas in GASES:
        name = f"fugitive.{gas.lower()}"
        find = results.inputs.parameters.find
        factor = (
            results.need(row, name, row["segment"])
            if gas == "CH4"
            else find(name, row["segment"], year=row["year"])
        )
        if factor is not None:
            mass_t = by_throughput_t(row["throughput_m3"], factor.value)
            yield Escaped(gas, mass_t, row["throughput_m3"], "m3", (factor,))
