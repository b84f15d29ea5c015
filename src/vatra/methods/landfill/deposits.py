"""Rows of waste buried and the parameters that each kind of waste in them needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.factors import Parameter, ParameterBook
from vatra.methods.base import Inputs, Results
from vatra.methods.landfill.composition import Mix
from vatra.tables.vocabulary import CLIMATES
from vatra.tables.waste import BULK

# What the decay of a piece of waste hangs on; the commitment does not ask for the rate of decay.
ROLES = ("doc", "docf", "decay", "mcf", "methane_share")


@dataclass(frozen=True)
class Piece:
    """Waste of one kind in a row: its mass [t] and its parameters by role."""

    waste_t: float
    by_role: Mapping[str, Parameter]


@dataclass(frozen=True)
class Deposit:
    """A row of waste buried: its pieces that rot, and what holds for the whole site."""

    row: Mapping[str, Any]
    pieces: tuple[Piece, ...]
    oxidised: Parameter

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter it hangs on, each once."""
        listed = [each for piece in self.pieces for each in piece.by_role.values()]
        return tuple({each.parameter_id: each for each in (*listed, self.oxidised)}.values())


def read_deposit(
    row: Mapping[str, Any], inputs: Inputs, results: Results, mix: Mix, no_climate: list[int]
) -> Deposit | None:
    """A row with its parameters, or None after noting what is missing.

    Rows that need a climate which the city does not say are added to ``no_climate``.
    """
    masses = _masses(row, inputs.parameters, results, mix)
    oxidised = _need(results, row, "landfill.ox", row["site_type"])
    if masses is None or oxidised is None:
        return None
    pieces = []
    for waste_type, waste_t in masses.items():
        by_role = _by_role(row, waste_type, inputs, results, no_climate)
        if by_role is None:
            return None
        if by_role["doc"].value:
            pieces.append(Piece(waste_t, by_role))
    return Deposit(row, tuple(pieces), oxidised)


def _masses(
    row: Mapping[str, Any], book: ParameterBook, results: Results, mix: Mix
) -> Mapping[str, float] | None:
    """Mass by kind of waste [t]; unsorted waste by its composition or as one mean kind."""
    if row["waste_type"] != BULK:
        return {row["waste_type"]: row["waste_t"]}
    shares = mix.of(row.get("item") or "", row["year"])
    if shares is not None:
        # A composition that does not add up has its own finding.
        return {kind: row["waste_t"] * share for kind, share in shares.items()} or None
    if _find(book, "landfill.doc", BULK, row["year"]) is None:
        results.finding("methods.landfill-composition", [row["line"]], "waste_type")
        return None
    return {BULK: row["waste_t"]}


def _by_role(
    row: Mapping[str, Any],
    waste_type: str,
    inputs: Inputs,
    results: Results,
    no_climate: list[int],
) -> Mapping[str, Parameter] | None:
    found = {
        "doc": _need(results, row, "landfill.doc", waste_type),
        "docf": _need(results, row, "landfill.docf", waste_type),
        "mcf": _need(results, row, "landfill.mcf", row["site_type"]),
        "methane_share": results.need(row, "landfill.methane_share"),
    }
    if row["model"] == "fod" and _rots(found["doc"]):
        found["decay"] = _decay(row, waste_type, inputs, results, no_climate)
    whole = {role: each for role, each in found.items() if each is not None}
    return whole if len(whole) == len(found) else None


def _rots(doc: Parameter | None) -> bool:
    """Whether a kind of waste decays at all: metal needs no rate of decay."""
    return doc is None or doc.value > 0


def _decay(
    row: Mapping[str, Any],
    waste_type: str,
    inputs: Inputs,
    results: Results,
    no_climate: list[int],
) -> Parameter | None:
    own = _find(inputs.parameters, "landfill.k", waste_type, row["year"])
    if own is not None:
        return own
    if inputs.climate not in CLIMATES:
        no_climate.append(row["line"])
        return None
    return results.need(row, "landfill.k", f"{waste_type}/{inputs.climate}")


def _need(results: Results, row: Mapping[str, Any], name: str, key: str) -> Parameter | None:
    """The parameter of a key or of no key, whichever set comes first; noted where none has it."""
    found = _find(results.inputs.parameters, name, key, row["year"])
    return found if found is not None else results.need(row, name, key)


def _find(book: ParameterBook, name: str, key: str, year: int) -> Parameter | None:
    """A city's own value for all kinds comes before a default for one of them."""
    found = [book.find(name, each, year=year) for each in (key, "")]
    listed = [each for each in found if each is not None]
    return min(listed, key=lambda each: book.sets.index(each.set)) if listed else None
