"""Rows of refrigerants -> emissions by species."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter, family
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.refrigerants.formulas import balance_kg, end_of_life_kg, filling_kg, leak_kg
from vatra.tables import label
from vatra.tables.refrigerants import NEEDED

TABLE = "refrigerants"
CATEGORY = "IV.2.1"
KG_PER_T = 1000
_SHARE = "refrigerants.share"
_STREAM_OF_EQUIPMENT = {
    "stationary_air_conditioning": "air_conditioning",
    "mobile_air_conditioning": "air_conditioning",
    "chillers": "air_conditioning",
    "fire_protection": "fire_protection",
}
Row = Mapping[str, Any]


def emissions(inputs: Inputs) -> Emissions:
    """Every row by its own approach; each blend as the species it is made of."""
    results, blends = Results(inputs, TABLE), _blends(inputs)
    for row in inputs.rows(TABLE):
        blank = [name for name in NEEDED[row["approach"]] if row[name] is None]
        if blank:
            results.finding("methods.refrigerants-blank", [row["line"]], blank[0], columns=blank)
            continue
        species = _species(results, row, blends)
        if species and row["approach"] == "mass_balance":
            _balance(results, row, species)
        elif species:
            _bank(results, row, species)
    return results.finish()


def _printed(refrigerant: str) -> str:
    """A refrigerant as it is printed on its bottle, in any language: ``R134a``."""
    name = label("refrigerant", refrigerant, "en")
    return name if name != refrigerant else refrigerant.upper()


def _blends(inputs: Inputs) -> Mapping[str, list[str]]:
    """Refrigerant -> keys of its shares, ``r410a/HFC32``."""
    found: dict[str, list[str]] = {}
    for key in sorted({each.key for each in inputs.parameters.rows if each.name == _SHARE}):
        found.setdefault(key.partition("/")[0], []).append(key)
    return found


def _species(results: Results, row: Row, blends: Mapping[str, list[str]]) -> dict[str, Parameter]:
    """Species of the refrigerant that are one of the seven gases, with their share by mass."""
    book, name = results.inputs.parameters, row["refrigerant"]
    shares = {
        key.partition("/")[2]: book.need(_SHARE, key, year=row["year"])
        for key in blends.get(name, ())
    }
    if not shares:
        results.finding(
            "methods.refrigerants-unknown",
            [row["line"]],
            "refrigerant",
            refrigerant=_printed(name),
            known=[_printed(each) for each in blends],
        )
        return {}
    if abs(sum(each.value for each in shares.values()) - 1) > 1e-6:
        results.finding(
            "methods.refrigerants-shares",
            [row["line"]],
            "refrigerant",
            refrigerant=_printed(name),
            total=sum(each.value for each in shares.values()),
        )
        return {}
    counted = {each: share for each, share in shares.items() if family(each) is not None}
    if not counted:
        results.finding(
            "methods.refrigerants-not-counted",
            [row["line"]],
            "refrigerant",
            "note",
            refrigerant=_printed(name),
        )
    return counted


def _balance(results: Results, row: Row, species: Mapping[str, Parameter]) -> None:
    lost_kg = balance_kg(**{name: row[name] for name in NEEDED["mass_balance"]})
    if lost_kg < 0:
        results.finding(
            "methods.refrigerants-negative", [row["line"]], "purchases_kg", amount_kg=lost_kg
        )
        return
    _add(results, row, species, lost_kg, lost_kg, ())


def _bank(results: Results, row: Row, species: Mapping[str, Parameter]) -> None:
    kind = row["equipment"]
    filled_kg, bank_kg, retired_kg = (row[name] for name in ("filled_kg", "bank_kg",
                                                             "retired_capacity_kg"))  # fmt: skip
    if bank_kg or not (filled_kg or retired_kg):
        leak = results.need(row, "refrigerants.leak", kind)
        if leak is not None:
            _add(results, row, species, leak_kg(bank_kg, leak.value), bank_kg, (leak,))
    if filled_kg:
        loss = results.need(row, "refrigerants.filling_loss", kind)
        if loss is not None:
            _add(results, row, species, filling_kg(filled_kg, loss.value), filled_kg, (loss,))
    if retired_kg:
        _end_of_life(results, row, species, retired_kg)


def _end_of_life(
    results: Results, row: Row, species: Mapping[str, Parameter], retired_kg: float
) -> None:
    remaining = results.need(row, "refrigerants.remaining", row["equipment"])
    recovered = results.need(row, "refrigerants.recovered", row["equipment"])
    if remaining is None or recovered is None:
        return
    lost_kg = end_of_life_kg(retired_kg, remaining.value, recovered.value)
    results.also(recovered)
    term = Term(
        recovered.parameter_id, _ratio(recovered, recovered.low), _ratio(recovered, recovered.high)
    )
    _add(results, row, species, lost_kg, retired_kg, (remaining, term))


def _ratio(recovered: Parameter, end: float | None) -> float:
    """The loss at one end of the recovered share, as a multiple of the loss."""
    loss = end_of_life_kg(1, 1, recovered.value)
    return 1.0 if end is None or not loss else end_of_life_kg(1, 1, end) / loss


def _add(
    results: Results,
    row: Row,
    species: Mapping[str, Parameter],
    lost_kg: float,
    activity_kg: float,
    used: tuple[Parameter | Term, ...],
) -> None:
    for name, share in species.items():
        results.add(
            row,
            category=CATEGORY,
            stream=_STREAM_OF_EQUIPMENT.get(row["equipment"], "refrigeration"),
            gas=family(name) or name,
            species=name,
            emission_t=lost_kg * share.value / KG_PER_T,
            activity=activity_kg,
            activity_unit="kg",
            used=(share, *used),
        )
