"""Rows of ``sinks.csv`` -> plantings, and everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from vatra.factors import MissingParameter, ParameterBook
from vatra.plans.sinks.growth import Growth, GrowthError, default_growth, own_growth
from vatra.plans.sinks.sink import CREDIT, FOREVER, Sink, Survival
from vatra.tables import Finding, Severity

PPM_PER_PERCENT = 10_000
_TREES = "single_trees"
_NO_AREA = (CREDIT, _TREES, "technical")
# How the columns that give a size are called in the file.
_COLUMNS = {"area_ha": "area", "credits_mg": "credits_t"}
Row = Mapping[str, Any]
# Name of a curve -> t CO2 per hectare (or tree) at age 0, 1, ...; raises KeyError for others.
CurveOf = Callable[[str], Sequence[float]]


def read_sinks(
    rows: pl.DataFrame, book: ParameterBook, curve_of: CurveOf, file: str
) -> tuple[list[Sink], list[Finding]]:
    """The plantings of the table, and the faults of their rows.

    Growth is the row's own, else that of the named curve, else the default of its kind.

    Parameters
    ----------
    book : parameters in force, the city's own included
    curve_of : growth curves by name
    """
    sinks, findings = [], []
    for row in rows.sort("line").iter_rows(named=True):
        faults = list(_faults(row, file))
        try:
            grown = Growth(()) if row["kind"] == CREDIT else _growth(row, book, curve_of)
        except GrowthError as error:
            column = {"species-missing": "species", "curve-unknown": "curve"}
            name = column.get(error.code.rpartition(".")[2], "growth")
            faults.append(Finding(error.code, "error", file, (row["line"],), name, error.params))
            grown = Growth(())
        findings += faults
        if not any(each.severity == "error" for each in faults):
            sinks.append(_sink(row, grown))
    return sinks, findings


def _growth(row: Row, book: ParameterBook, curve_of: CurveOf) -> Growth:
    if row["growth"]:
        return own_growth(row["growth"])
    if row["curve"]:
        try:
            return Growth(tuple(curve_of(row["curve"])), row["curve"])
        except KeyError:
            raise GrowthError("plans.sinks.curve-unknown", value=row["curve"]) from None
    try:
        return default_growth(row["kind"], row["species"] or "", book)
    except MissingParameter:
        kind = f"@tables.sink_kind-{row['kind']}"
        raise GrowthError("plans.sinks.growth-missing", kind=kind) from None


def _faults(row: Row, file: str) -> list[Finding]:
    found: list[Finding] = []

    def fault(name: str, column: str, severity: Severity = "error", **params: object) -> None:
        params["column"] = column
        code = f"plans.sinks.{name}"
        found.append(Finding(code, severity, file, (row["line"],), column, params))

    needed = _needed(row["kind"])
    if needed and row[needed] is None:
        fault("size-missing", _COLUMNS.get(needed, needed))
    for name in ("survival_percent", "buffer_percent"):
        if (row[name] or 0) > 100:
            fault("percent-above", name, value=row[name])
    if row["survival_years"] is not None and row["survival_percent"] is None:
        fault("survival-without", "survival_percent")
    for name in ("survival_years", "permanence_years"):
        value = row[name]
        if value is not None and (value != int(value) or value < 1):
            fault("years-whole", name, value=value)
    if row["kind"] != CREDIT and row["permanence_years"] is None:
        fault("permanence-missing", "permanence_years", "warning")
    return found


def _needed(kind: str) -> str:
    """The column without which a kind has no size."""
    if kind == CREDIT:
        return "credits_mg"
    return "trees_count" if kind == _TREES else "area_ha" if kind not in _NO_AREA else ""


def _sink(row: Row, grown: Growth) -> Sink:
    area_ha = row["area_ha"] or 0.0
    # What is built and not planted states its growth for the whole of it.
    whole = row["kind"] == "technical" and row["area_ha"] is None
    size = row["trees_count"] if row["kind"] == _TREES else 1.0 if whole else area_ha
    return Sink(
        code=row["code"],
        year=row["year"],
        name_en=row["name_en"],
        name_ro=row["name_ro"],
        kind=row["kind"],
        species=row["species"] or "",
        action=row["action"] or "",
        size=size or 0.0,
        area_ha=area_ha,
        growth_t=grown.by_age_t,
        survival=_survival(row),
        buffer_ppm=round((row["buffer_percent"] or 0) * PPM_PER_PERCENT),
        permanence_years=_whole(row["permanence_years"]),
        credits_mg=row["credits_mg"] or 0,
        from_use=row["from_use"] or "",
        parcel=row["parcel"] or "",
        within_cap=row["within_cap"] == "yes",
        source=row["source"],
        growth_source=grown.source or row["source"],
        line=row["line"],
    )


def _survival(row: Row) -> Survival:
    if row["survival_percent"] is None:
        return FOREVER
    return Survival(row["survival_percent"] / 100, _whole(row["survival_years"]))


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
