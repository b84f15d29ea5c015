"""Rows of industrial production -> emissions by gas and species."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter, family
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.industrial_process.formulas import electronics_t, process_t
from vatra.tables.industrial_production import BY_AREA, PROCESSES

TABLE = "industrial_production"
CATEGORY = "IV.1.1"
_FACTOR = "industrial_process."
_CORRECTION = "industrial_correction"
_CULLET = "industrial_cullet"
Row = Mapping[str, Any]


def emissions(inputs: Inputs) -> Emissions:
    """Every gas that the book has a factor of, for the process of each row."""
    results, gases = Results(inputs, TABLE), _gases(inputs)
    for row in inputs.rows(TABLE):
        if not _faulty(results, row):
            _count(results, row, gases.get(row["process"], []))
    return results.finish()


def _gases(inputs: Inputs) -> Mapping[str, list[str]]:
    """Process -> gases and species that the book has a factor of."""
    found: dict[str, list[str]] = {}
    for name, key in sorted({(each.name, each.key) for each in inputs.parameters.rows}):
        if name.startswith(_FACTOR):
            found.setdefault(key, []).append(name.removeprefix(_FACTOR))
    return found


def _faulty(results: Results, row: Row) -> bool:
    """Whether the row cannot be counted; says why."""
    line, by_area = [row["line"]], row["process"] in BY_AREA
    needed, other = ("substrate_m2", "amount") if by_area else ("amount", "substrate_m2")
    typed = {"amount": "production_t", "substrate_m2": "substrate_m2"}
    process = f"@tables.process-{row['process']}"
    wrong = [name for name in ("cullet_share", "abated_share") if (row[name] or 0) > 1]
    if row[typed[needed]] is None or row[typed[other]] is not None:
        results.finding(
            "methods.industrial-amount", line, needed, process=process, needed=needed, other=other
        )
    elif wrong:
        results.finding("methods.industrial-share", line, wrong[0], columns=wrong)
    elif row["cullet_share"] is not None and row["process"] != "glass":
        results.finding("methods.industrial-cullet", line, "cullet_share", process=process)
    else:
        return False
    return True


def _count(results: Results, row: Row, species: list[str]) -> None:
    process = row["process"]
    if row["abated_share"] and species == ["CO2"]:
        results.finding(
            "methods.industrial-abated",
            [row["line"]],
            "abated_share",
            process=f"@tables.process-{process}",
        )
        return
    for name in species:
        factor = results.need(row, _FACTOR + name, process)
        if factor is not None:
            count = _electronics if process in BY_AREA else _process
            count(results, row, name, factor)


def _abated(row: Row, species: str) -> float:
    """Share of a gas destroyed; CO2 is none that is."""
    return 0.0 if species == "CO2" else row["abated_share"] or 0.0


def _electronics(results: Results, row: Row, species: str, factor: Parameter) -> None:
    area_m2 = row["substrate_m2"]
    emission_t = electronics_t(area_m2, factor.value, _abated(row, species))
    _add(results, row, species, emission_t, area_m2, "m2", (factor,))


def _process(results: Results, row: Row, species: str, factor: Parameter) -> None:
    correction = results.inputs.parameters.find(_CORRECTION, row["process"], year=row["year"])
    cullet_share = _cullet(results, row)
    if cullet_share is None:
        return
    emission_t = process_t(
        row["production_t"],
        factor.value,
        1.0 if correction is None else correction.value,
        cullet_share,
        _abated(row, species),
    )
    used = (factor,) if correction is None else (factor, correction)
    _add(results, row, species, emission_t, row["production_t"], "t", used)


def _cullet(results: Results, row: Row) -> float | None:
    """Share of old glass in the melt, as given or as usual; 0 where there is no glass."""
    if row["process"] != "glass":
        return 0.0
    if row["cullet_share"] is not None:
        return float(row["cullet_share"])
    usual = results.need(row, _CULLET, "glass")
    if usual is None:
        return None
    results.also(usual)
    return usual.value


def _add(
    results: Results,
    row: Row,
    species: str,
    emission_t: float,
    activity: float,
    unit: str,
    used: tuple[Parameter, ...],
) -> None:
    results.add(
        row,
        category=CATEGORY,
        stream=PROCESSES[row["process"]],
        gas=family(species) or species,
        species=species,
        emission_t=emission_t,
        activity=activity,
        activity_unit=unit,
        used=used,
    )
