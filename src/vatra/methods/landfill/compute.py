"""Rows of waste buried -> methane, by the model that each row names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.landfill.composition import TABLE as COMPOSITION
from vatra.methods.landfill.composition import read_mix
from vatra.methods.landfill.decay import Decay
from vatra.methods.landfill.deposits import Deposit, read_deposit
from vatra.methods.landfill.formulas import (
    MONTHS_PER_YEAR,
    Array,
    methane_commitment_t,
    methane_emitted_t,
    methane_potential,
)

STREAM = "solid_waste"
Landfill = tuple[str, str, str]


def emissions(inputs: Inputs) -> Emissions:
    """Methane of the rows of ``solid_waste``, in each of the years asked for.

    A row of the decay model gives a result in every year from its own on, a row of the commitment
    model in its own year only.
    """
    results, of_mix = Results(inputs, "solid_waste"), Results(inputs, COMPOSITION)
    rows = [row for row in inputs.rows("solid_waste") if _recovery_fits(row, results)]
    mix = read_mix(inputs, of_mix)
    no_climate: list[int] = []
    deposits = [read_deposit(row, inputs, results, mix, no_climate) for row in rows]
    if no_climate:
        results.finding("methods.landfill-climate", no_climate)
    whole = [each for each in deposits if each is not None]
    for deposit in whole:
        if deposit.row["model"] == "commitment" and deposit.row["year"] in inputs.years:
            _commit(deposit, results)
    _decay([row for row in rows if row["model"] == "fod"], whole, results)
    found = results.finish()
    return replace(found, findings=(*found.findings, *of_mix.finish().findings))


def _recovery_fits(row: dict[str, Any], results: Results) -> bool:
    """Whether recovery is said as the row's model takes it, and is no more than everything."""
    tonnes, percent = row["recovered_ch4_t"], row["recovered_percent"]
    if row["model"] == "fod" and percent is not None:
        results.finding("methods.landfill-recovered-percent", [row["line"]], "recovered_percent")
        return False
    if row["model"] == "commitment" and tonnes is not None:
        results.finding("methods.landfill-recovered-tonnes", [row["line"]], "recovered_ch4_t")
        return False
    if percent is not None and percent > 100:
        results.finding(
            "methods.share-above-one", [row["line"]], "recovered_percent", percent=percent
        )
        return False
    return True


# Commitment


def _commit(deposit: Deposit, results: Results) -> None:
    def emission_t(moved: Parameter | None = None, value: float = 0.0) -> float:
        def number(parameter: Parameter) -> float:
            return value if moved is parameter else parameter.value

        return sum(
            methane_commitment_t(
                piece.waste_t,
                methane_potential(**{role: number(each) for role, each in piece.by_role.items()}),
                (deposit.row["recovered_percent"] or 0.0) / 100,
                number(deposit.oxidised),
            )
            for piece in deposit.pieces
        )

    used = deposit.parameters
    _add(results, deposit, deposit.row["year"], emission_t(), used, _ratios(used, emission_t))


def _ratios(
    used: Sequence[Parameter], emission_t: Callable[[Parameter, float], float]
) -> list[tuple[float, float]]:
    """The emission with each parameter at the ends of its interval [t]; its own where none is."""
    return [
        (
            emission_t(each, each.value if each.low is None else each.low),
            emission_t(each, each.value if each.high is None else each.high),
        )
        for each in used
    ]


# First-order decay


def _decay(rows: Sequence[dict[str, Any]], deposits: Sequence[Deposit], results: Results) -> None:
    start = _start_month(rows, results)
    if start is None:
        return
    _report_gaps(rows, results)
    buried: dict[Landfill, list[Deposit]] = {}
    for deposit in deposits:
        if deposit.row["model"] == "fod":
            buried.setdefault(_landfill(deposit.row), []).append(deposit)
    for landfill in sorted({_landfill(row) for row in rows}):
        here = [row for row in rows if _landfill(row) == landfill]
        if len(buried.get(landfill, ())) < len(here) and _recovers(here):
            # What is recovered from waste that cannot be counted must not be taken from the rest.
            continue
        for year in sorted(results.inputs.years):
            older = [each for each in buried.get(landfill, ()) if each.row["year"] <= year]
            _year_of(older, [row for row in here if row["year"] == year], year, start, results)


def _landfill(row: Any) -> Landfill:
    return row["category"], row["site_type"], row.get("item") or ""


def _recovers(rows: Sequence[dict[str, Any]]) -> bool:
    return any(row["recovered_ch4_t"] for row in rows)


def _start_month(rows: Sequence[dict[str, Any]], results: Results) -> Parameter | None:
    if not rows:
        return None
    found = results.need(rows[0], "landfill.start_month")
    if found is not None and not 1 <= found.value <= MONTHS_PER_YEAR + 1:
        results.finding(
            "methods.landfill-start-month", [row["line"] for row in rows], month=found.value
        )
        return None
    return found


def _report_gaps(rows: Sequence[dict[str, Any]], results: Results) -> None:
    """Years without a row before the last waste came; a closed landfill may have rows or not."""
    by_landfill: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_landfill.setdefault((row["category"], row.get("item") or ""), []).append(row)
    for _, listed in sorted(by_landfill.items()):
        years = {row["year"] for row in listed}
        last = max((row["year"] for row in listed if row["waste_t"]), default=min(years))
        missing = sorted(set(range(min(years), last)) - years)
        if missing:
            results.finding(
                "methods.landfill-gap",
                [row["line"] for row in listed],
                "year",
                "warning",
                years=[str(year) for year in missing],
            )


def _year_of(
    deposits: Sequence[Deposit],
    rows: Sequence[dict[str, Any]],
    year: int,
    start: Parameter,
    results: Results,
) -> None:
    """Methane of one landfill in one year, by deposit."""
    recovered_t = sum(row["recovered_ch4_t"] or 0.0 for row in rows)
    decay = Decay(deposits, year, start)
    generated_t = decay.generated_t()
    if recovered_t > generated_t.sum():
        results.finding(
            "methods.landfill-recovered-more",
            [row["line"] for row in rows if row["recovered_ch4_t"]],
            "recovered_ch4_t",
            year=str(year),
            recovered=recovered_t,
            generated=float(generated_t.sum()),
        )
        return
    emitted_t = _emitted_t(generated_t, recovered_t, deposits)
    used = {each.parameter_id: each for deposit in deposits for each in deposit.parameters}
    used[start.parameter_id] = start
    moved = {
        name: [_moved_t(decay, deposits, recovered_t, each, end) for end in (each.low, each.high)]
        for name, each in used.items()
    }
    for number, deposit in enumerate(deposits):
        if deposit.row["year"] == year and not emitted_t[number]:
            continue
        own = (*deposit.parameters, start)
        ends = [tuple(float(at[number]) for at in moved[each.parameter_id]) for each in own]
        _add(results, deposit, year, float(emitted_t[number]), own, ends)


def _moved_t(
    decay: Decay,
    deposits: Sequence[Deposit],
    recovered_t: float,
    moved: Parameter,
    end: float | None,
) -> Array:
    """Methane of each deposit with one parameter at an end of its interval [t]."""
    value = moved.value if end is None else end
    generated_t = decay.generated_t(moved, value)
    return _emitted_t(generated_t, recovered_t, deposits, moved, value)


def _emitted_t(
    generated_t: Array,
    recovered_t: float,
    deposits: Sequence[Deposit],
    moved: Parameter | None = None,
    value: float = 0.0,
) -> Array:
    """What each deposit emits [t]: recovery is shared out by what each generates."""
    total_t = float(generated_t.sum())
    # At the low end of an interval a landfill can seem to give less than is caught there.
    caught = min(recovered_t / total_t, 1.0) if total_t else 0.0
    oxidised = [
        value
        if moved is not None and each.oxidised.parameter_id == moved.parameter_id
        else each.oxidised.value
        for each in deposits
    ]
    return np.array(
        [
            methane_emitted_t(float(each), float(each) * caught, share)
            for each, share in zip(generated_t, oxidised, strict=True)
        ]
    )


# Both


def _add(
    results: Results,
    deposit: Deposit,
    year: int,
    emission_t: float,
    used: Sequence[Parameter],
    ends_t: Sequence[tuple[float, ...]],
) -> None:
    results.also(*used)
    results.add(
        deposit.row,
        category=deposit.row["category"],
        stream=STREAM,
        gas="CH4",
        emission_t=emission_t,
        activity=deposit.row["waste_t"],
        activity_unit="t",
        used=[
            Term(each.parameter_id, *(end / emission_t if emission_t else 1.0 for end in ends))
            for each, ends in zip(used, ends_t, strict=True)
        ],
        year=year,
    )
