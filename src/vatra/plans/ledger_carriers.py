"""The carriers of a gap ledger: factor, activity, and what only one side counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vatra.plans.ledger_lines import Entry, Line, OurCell, entry, mass_mg, rest


def carrier_entries(
    ours: Sequence[OurCell], lines: Sequence[Line], has_totals: bool
) -> list[Entry]:
    """Entries of every carrier that print names, and of those it leaves out beside them.

    ``lines`` name a carrier, the narrowest first; without printed totals what they do not name is
    not printed at all.
    """
    entries: list[Entry] = []
    open_cells = list(ours)
    with_amounts = [each for each in lines if each.has_amount]
    for line in with_amounts:
        covered = [each for each in open_cells if line.covers(each)]
        open_cells = [each for each in open_cells if not line.covers(each)]
        known = line if line.factor_t_per_mwh is not None else _with_factor(line, lines)
        entries += _of_carrier(known, covered)
    itemised = {each.sector for each in with_amounts}
    for cell in open_cells:
        if itemised and (not has_totals or itemised & {"", cell.sector}):
            entries.append(entry("boundary", cell, -cell.co2e_mg, "carrier-not-printed"))
        else:
            entries += _of_factor(cell, lines)
    return entries


def _with_factor(line: Line, lines: Sequence[Line]) -> Line:
    """The line with the factor that print gives for its carrier elsewhere."""
    for each in lines:
        near = each.sector in ("", line.sector) and each.scope in ("", line.scope)
        if near and each.carrier == line.carrier and each.factor_t_per_mwh is not None:
            return replace(line, factor_t_per_mwh=each.factor_t_per_mwh)
    return line


def _of_factor(cell: OurCell, lines: Sequence[Line]) -> list[Entry]:
    """What the printed factor would change on our own energy."""
    for line in lines:
        if line.covers(cell) and line.factor_t_per_mwh is not None and cell.energy_wh:
            printed_mg = mass_mg(cell.energy_wh, line.factor_t_per_mwh)
            return [entry("factor", cell, round(printed_mg) - cell.co2e_mg)]
    return []


def _of_carrier(line: Line, covered: Sequence[OurCell]) -> list[Entry]:
    """Factor, activity and what print's own arithmetic leaves, for one printed carrier."""
    place = OurCell(line.sector, line.scope, line.carrier, 0, 0)
    ours_wh = sum(each.energy_wh for each in covered)
    ours_mg = sum(each.co2e_mg for each in covered)
    if not covered:
        printed_mg = _printed_mg(line, 0, 0.0)
        why = "carrier-only-printed"
        return [] if printed_mg is None else [entry("boundary", place, round(printed_mg), why)]
    if not ours_wh:
        known = line.emission_mg is not None
        left = (line.emission_mg or 0) - ours_mg if known else 0
        return [rest(place, left, len(covered))]
    ours_factor = ours_mg / mass_mg(ours_wh, 1.0)
    printed_wh, factor = _printed(line, ours_wh, ours_factor)
    by_factor = mass_mg(1, factor - ours_factor) * (printed_wh + ours_wh) / 2
    by_activity = mass_mg(1, factor + ours_factor) * (printed_wh - ours_wh) / 2
    entries = [
        entry("factor", place, round(by_factor)),
        entry("activity", place, round(by_activity)),
    ]
    printed_mg = _printed_mg(line, printed_wh, factor) or 0.0
    left = round(printed_mg) - ours_mg - sum(each.amount_mg for each in entries)
    return [*entries, rest(place, left, len(covered))]


# Below a milligram per MWh a printed factor says nothing of the energy behind a mass.
_LEAST_FACTOR = 1e-9


def _printed(line: Line, ours_wh: int, ours_factor: float) -> tuple[int, float]:
    """Energy [Wh] and factor [t/MWh] as printed, implied, or ours."""
    energy, factor, mass = line.energy_wh, line.factor_t_per_mwh, line.emission_mg
    if energy is None and mass is not None and factor is not None and factor > _LEAST_FACTOR:
        energy = round(mass / mass_mg(1, factor))
    energy = ours_wh if energy is None else energy
    if factor is None:
        implied = mass is not None and energy
        factor = (mass or 0) / mass_mg(energy, 1.0) if implied else ours_factor
    return energy, factor


def _printed_mg(line: Line, energy_wh: int, factor: float) -> float | None:
    """Mass as printed, or as printed energy and factor give."""
    if line.emission_mg is not None:
        return line.emission_mg
    if line.energy_wh is None or (line.factor_t_per_mwh is None and not factor):
        return mass_mg(energy_wh, factor) if energy_wh else None
    known = factor if line.factor_t_per_mwh is None else line.factor_t_per_mwh
    return mass_mg(line.energy_wh, known)
