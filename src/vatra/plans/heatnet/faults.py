"""What is wrong with a network's rows, gathered so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vatra.tables import Finding, Severity

Row = Mapping[str, Any]
U_W_MK = (0.01, 5.0)
INNER_MM = (8.0, 1500.0)
DEPTH_M = (0.0, 10.0)
MOST_EFFICIENT_PERCENT = 700.0
MOST_K = 60.0
_SHOWN = 10
_SHARES_APART_PERCENT = 0.5


class Faults:
    """Findings of one file, in the order they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []
        self.error_count = 0

    def add(
        self,
        name: str,
        rows: Row | Sequence[Row],
        column: str,
        severity: Severity = "error",
        **params: Any,
    ) -> None:
        """One fault of one row or several; its text is ``plans.heatnet.<name>``."""
        listed = [rows] if isinstance(rows, Mapping) else list(rows)
        lines = tuple(sorted({each["line"] for each in listed}))[:100]
        self.found.append(
            Finding(f"plans.heatnet.{name}", severity, self.file, lines, column, params)
        )
        self.error_count += severity == "error"


def shown(codes: Iterable[str]) -> list[str]:
    """The first codes of many, sorted."""
    return sorted(set(codes))[:_SHOWN]


def pipe_faults(row: Row, faults: Faults) -> None:
    """Sizes that no pipe has."""
    pipe = row["pipe"]
    if row["length_m"] == 0:
        faults.add("length-zero", row, "length_m", pipe=pipe)
    if row["from_node"] == row["to_node"]:
        faults.add("pipe-itself", row, "to_node", pipe=pipe, node=row["to_node"])
    if row["dn"] is None and row["inner_diameter_mm"] is None:
        faults.add("size-missing", row, "dn", pipe=pipe)
    for column, ends in (
        ("inner_diameter_mm", INNER_MM),
        ("u_w_mk", U_W_MK),
        ("depth_m", DEPTH_M),
    ):
        given = row[column]
        if given is not None and not ends[0] <= given <= ends[1]:
            params = {"pipe": pipe, "value": given, "least": ends[0], "most": ends[1]}
            faults.add("pipe-outside", row, column, what=column, **params)


def station_faults(row: Row, usual: Mapping[str, float], inside_c: float, faults: Faults) -> None:
    """Temperatures, shares and efficiencies that cannot be; ``usual`` stands in for blanks."""
    _temperature_faults(row, usual, inside_c, faults)
    if row["kind"] == "substation":
        _share_faults(row, faults)
    efficiency = row["efficiency_percent"]
    if efficiency is not None and not 0 < efficiency <= MOST_EFFICIENT_PERCENT:
        faults.add(
            "efficiency",
            row,
            "efficiency_percent",
            node=row["node"],
            value=efficiency,
            most=MOST_EFFICIENT_PERCENT,
        )


def _temperature_faults(
    row: Row, usual: Mapping[str, float], inside_c: float, faults: Faults
) -> None:
    node, given = row["node"], {name: row[f"{name}_degrees_c"] for name in usual}
    supply, back, lowest = (
        usual[name] if given[name] is None else given[name]
        for name in ("supply", "return", "lowest")
    )
    if supply <= back and row["kind"] == "substation":
        stated = given["supply"] is not None and given["return"] is not None
        name = "temperatures" if stated else "temperatures-usual"
        faults.add(name, row, "supply_temperature", node=node, supply=supply, back=back)
    if given["return"] is not None and back <= inside_c:
        faults.add("return-cold", row, "return_temperature", node=node, back=back, inside=inside_c)
    if lowest > supply and row["kind"] == "source":
        faults.add("lowest", row, "lowest_temperature", node=node, lowest=lowest, supply=supply)


def _share_faults(row: Row, faults: Faults) -> None:
    node = row["node"]
    if row["building"] is None:
        faults.add("building-missing", row, "building", node=node)
    if not 0 < row["share_percent"] <= 100:
        faults.add("share", row, "share_percent", node=node, value=row["share_percent"])
    if row["power_kw"] == 0:
        faults.add("power-zero", row, "power_kw", node=node)
    if row["bypass_percent"] is not None and row["bypass_percent"] > 100:
        faults.add("bypass", row, "bypass_percent", node=node, value=row["bypass_percent"])
    across = row["exchanger_degrees"]
    if across is not None and not 0 < across <= MOST_K:
        faults.add("exchanger", row, "exchanger_degrees", node=node, value=across, most=MOST_K)


def building_faults(rows: Sequence[Row], known: Iterable[str], faults: Faults) -> None:
    """Buildings that are in no table, and such that are served more than whole."""
    known = set(known)
    foreign = [each for each in rows if each["building"] and each["building"] not in known]
    if foreign:
        codes = shown(each["building"] for each in foreign)
        faults.add("building-unknown", foreign, "building", buildings=codes, count=len(foreign))
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row["building"]:
            groups.setdefault(row["building"], []).append(row)
    for building in sorted(groups):
        total = sum(each["share_percent"] for each in groups[building])
        if total > 100 + _SHARES_APART_PERCENT:
            faults.add("shares", groups[building], "share_percent", building=building, value=total)
