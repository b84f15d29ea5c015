"""A pack as a scenario: the base pathway, the actions on it, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from vatra.plans import Aim, Plan
from vatra.plans.engine import Action, Base, Cell, Choice, Effect, Floats, Model
from vatra.runs.inventory import Inventory, inventory
from vatra.runs.pack import Pack, open_pack
from vatra.runs.pathway import factor_co2e, missing_in_target, pathway, without_base
from vatra.runs.scenario_actions import EFFECTS, printed_actions, read_actions
from vatra.runs.scenario_cells import Known, idle_uses, in_uses, known_cells, over_shared
from vatra.runs.scenario_limits import uncountable
from vatra.runs.scenario_paths import (
    Drivers,
    activity_index,
    amount_path,
    factor_path,
    interpolated,
    read_drivers,
)
from vatra.runs.scenario_relations import relations_of, with_relations
from vatra.tables import Finding, FindingsError, has_errors, order
from vatra.tables.vocabulary import GRID_CARRIERS
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH

# Stocks of activity that a use can have; an action that moves activity needs them at both ends.
ACTIVITY_STOCKS = ("passenger_km", "tonne_km", "vehicle_km", "waste_t")
_MOVES = ("shift_activity", "shift_carrier")


@dataclass(frozen=True)
class Scenario:
    """A pack ready to plan with.

    ``model`` the base pathway and the actions on it; ``aim`` what the city promises; ``plan`` the
    plan as printed, None where the pack has no rows of its target year; ``drivers`` the series
    behind the base; ``findings`` warnings and notes of reading and building.
    """

    pack: Pack
    inventory: Inventory
    plan: Plan | None
    model: Model
    aim: Aim
    drivers: Drivers
    findings: tuple[Finding, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the pathway, the base year first."""
        return self.model.base.years

    @property
    def target_at(self) -> int:
        """Position of the target year."""
        return self.model.base.at(self.aim.target_year)

    @property
    def base_mg(self) -> int:
        """Inventory of the base year [mg CO2e]."""
        counted = self.inventory.counted()
        year = counted["year"] == self.aim.base_year
        return int(counted.filter(year)["co2e_mg"].sum())

    @property
    def target_mg(self) -> int:
        """What may be left in the target year by the promised cut [mg CO2e]."""
        return self.base_mg * (1_000_000 - self.aim.cut_ppm) // 1_000_000

    def with_choices(self, choices: Mapping[str, Choice]) -> Scenario:
        """The same scenario with other starts and levels."""
        return replace(self, model=self.model.with_choices(choices))


def open_scenario(folder: Path) -> Scenario:
    """Read, check and build the scenario of a city pack; raises ``FindingsError``."""
    pack = open_pack(folder)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return scenario(pack)


def scenario(pack: Pack, counted: Inventory | None = None) -> Scenario:
    """Build the scenario of a pack that was read without errors.

    Raises ``FindingsError`` with every fault at once: of rows, of uses that take more than there
    is, of effects on cells that do not exist, of measures beyond their potential, of circles.
    """
    counted = counted or inventory(pack)
    city = pack.city
    findings = [*pack.findings, *counted.findings, *missing_in_target(pack, counted)]
    findings += [each for each in without_base(pack, counted) if each not in findings]
    if city.target_cut_ppm is None:
        findings.append(
            Finding("runs.no-target", "error", "city.yaml", column="target_cut_percent")
        )
    if has_errors(findings):
        raise FindingsError(order(findings))
    aim = Aim(city.base_year, city.target_year, city.target_cut_ppm or 0, city.residual_limit_ppm)
    drivers, wrong = read_drivers(pack.rows["drivers"], city.base_year)
    findings += wrong
    known = known_cells(pack, counted)
    findings += [*_over_shared(known, pack), *_idle_uses(known, pack)]
    reading = read_actions(
        pack.rows["actions"], pack.rows["action_effects"], pack.rows["stocks"], city
    )
    findings += [*_replacing(reading.actions, pack), *uncountable(reading.actions)]
    taken = {code for each in reading.actions for code in (each.code, each.replaces)}
    actions = [*reading.actions, *printed_actions(pack.rows, city, taken)]
    actions, related = with_relations(actions, relations_of(pack.rows["relations"], actions))
    findings += [*reading.findings, *related]
    base, built = _base(pack, counted, in_uses(known, pack.rows["uses"]), drivers, actions)
    findings += built
    kept, selected = _selecting(actions, base)
    findings += [*selected, *_beyond_potential(kept), *_without_activity(kept, base)]
    if has_errors(findings):
        raise FindingsError(order(findings))
    return Scenario(
        pack,
        counted,
        pathway(pack, counted),
        Model(base, tuple(kept)),
        aim,
        drivers,
        tuple(order(findings)),
    )


def _replacing(actions: Iterable[Action], pack: Pack) -> list[Finding]:
    """Actions that stand for a printed measure which is not there."""
    printed = set(pack.rows["measures"]["code"].to_list())
    return [
        Finding(
            "runs.replaces-unknown",
            "error",
            each.file,
            (each.line,),
            "replaces",
            {"value": each.replaces, "known": sorted(printed)},
        )
        for each in actions
        if each.replaces and each.replaces not in printed
    ]


def _over_shared(known: list[Known], pack: Pack) -> list[Finding]:
    return [
        Finding(
            "runs.uses-over",
            "error",
            "uses.csv",
            tuple(lines),
            "share_percent",
            {
                "sector": f"@tables.sector-{cell.sector}",
                "carrier": f"@tables.carrier-{cell.carrier}",
                "total": f"{total * 100:.10g}",
            },
        )
        for cell, total, lines in over_shared(known, pack.rows["uses"])
    ]


def _idle_uses(known: list[Known], pack: Pack) -> list[Finding]:
    return [
        Finding(
            "runs.use-idle",
            "warning",
            "uses.csv",
            (cast(int, row["line"]),),
            "carrier",
            {
                "use": f"@tables.use-{row['use']}",
                "cells": sorted({f"{each.cell.sub_sector} / {each.cell.carrier}" for each in known
                                 if each.cell.sector == row["sector"] and each.cell.carrier}),
            },
        )
        for row in idle_uses(known, pack.rows["uses"])
    ]  # fmt: skip


# The base


def _base(
    pack: Pack, counted: Inventory, known: list[Known], drivers: Drivers, actions: Iterable[Action]
) -> tuple[Base, list[Finding]]:
    city = pack.city
    years = tuple(range(city.base_year, city.last_year + 1))
    findings: list[Finding] = []
    known = [_with_target_factor(each, pack, counted) for each in known]
    known += _arrivals(known, actions, pack, counted, findings)
    known.sort(key=lambda each: each.cell.key)
    amount = np.array([amount_path(each, drivers, years) for each in known])
    factors = [_factor(each, drivers, years) for each in known]
    shape = (len(known), len(years))
    base = Base(
        years,
        tuple(each.cell for each in known),
        amount.reshape(shape),
        np.array(factors).reshape(shape),
        _activity(pack, drivers, years),
    )
    return base, findings


def _factor(known: Known, drivers: Drivers, years: tuple[int, ...]) -> Floats:
    if known.cell.stream:
        return np.ones(len(years))
    found = factor_path(known, drivers, years)
    return np.zeros(len(years)) if found is None else found


def _with_target_factor(known: Known, pack: Pack, counted: Inventory) -> Known:
    """A factor that the book holds for the target year continues that of the inventory's years."""
    target = pack.city.target_year
    if known.cell.stream or target in known.factor:
        return known
    found = factor_co2e(pack, counted.book, known.cell.sector, known.cell.carrier, target)
    if found is None:
        return known
    factor = {**known.factor, target: found * MG_PER_WH_AT_ONE_T_PER_MWH}
    return replace(known, factor=factor)


def _arrivals(
    known: list[Known],
    actions: Iterable[Action],
    pack: Pack,
    counted: Inventory,
    findings: list[Finding],
) -> list[Known]:
    """Empty cells for carriers that actions bring to where there is none of them yet.

    What one action brings another may replace: arrivals are looked for until none is new.
    """
    found: list[Known] = []
    while new := _next_arrivals([*known, *found], actions, pack, counted, findings):
        found += new
    return found


def _next_arrivals(
    known: list[Known],
    actions: Iterable[Action],
    pack: Pack,
    counted: Inventory,
    findings: list[Finding],
) -> list[Known]:
    there = {(each.cell.use, each.cell.sector, each.cell.carrier) for each in known}
    found: dict[tuple[str, str, str], Known] = {}
    for action in actions:
        for effect in action.effects:
            if effect.operator != "shift_carrier":
                continue
            for each in known:
                cell = each.cell
                if cell.carrier != effect.carrier or not cell.is_of(effect.use):
                    continue
                key = (cell.use, cell.sector, effect.to_carrier)
                if key in there or key in found:
                    continue
                factor = _factor_of_arrival(known, key, pack, counted)
                if not factor:
                    _no_factor(findings, action, effect, pack)
                    continue
                scope = "2" if effect.to_carrier in GRID_CARRIERS else "1"
                new = Cell(cell.use, cell.sector, cell.sub_sector, effect.to_carrier, scope)
                found[key] = Known(new, {pack.city.base_year: 0.0}, factor)
    return list(found.values())


def _factor_of_arrival(
    known: list[Known], key: tuple[str, str, str], pack: Pack, counted: Inventory
) -> Mapping[int, float]:
    """The factor of the carrier elsewhere in the sector or the city, else that of the book."""
    _, sector, carrier = key
    for same_sector in (True, False):
        for each in known:
            if each.cell.carrier == carrier and (each.cell.sector == sector or not same_sector):
                return each.factor
    years = (pack.city.base_year, pack.city.target_year)
    found = {year: factor_co2e(pack, counted.book, sector, carrier, year) for year in years}
    return {
        year: each * MG_PER_WH_AT_ONE_T_PER_MWH for year, each in found.items() if each is not None
    }


def _no_factor(findings: list[Finding], action: Action, effect: Effect, pack: Pack) -> None:
    params = {"carrier": effect.to_carrier, "code": action.code, "year": str(pack.city.base_year)}
    found = Finding("runs.arrival-factor", "error", action.file, (action.line,), "code", params)
    if found not in findings:
        findings.append(found)


def _activity(pack: Pack, drivers: Drivers, years: tuple[int, ...]) -> dict[str, Floats]:
    """Activity of each use in every year, where a stock states it."""
    found: dict[str, Floats] = {}
    for row in pack.rows["stocks"].sort("line").iter_rows(named=True):
        use = str(row["use"] or "")
        if str(row["stock"]) in ACTIVITY_STOCKS and use:
            path = interpolated({years[0]: row["amount_parameter"]}, years)
            found[use] = path * activity_index(use, drivers, years)
    return found


# What actions select


def _selecting(actions: Iterable[Action], base: Base) -> tuple[list[Action], list[Finding]]:
    """Actions with the effects that find a cell; one that finds none at all is an error."""
    kept, findings = [], []
    for action in actions:
        acting = tuple(each for each in action.effects if _acts(each, base))
        # The catalogue's effects hold for many towns; a row of the city's own means this one.
        lost = [each for each in action.effects if each.line and each not in acting]
        findings += [_no_cell(action, [each], base) for each in lost]
        if not acting and action.effects and not lost:
            findings.append(_no_cell(action, action.effects, base))
        kept.append(replace(action, effects=acting))
    return kept, findings


def _acts(effect: Effect, base: Base) -> bool:
    if effect.operator == "sink":
        return True
    if effect.operator == "shift_activity":
        return effect.use in base.uses
    mine = [cell for cell in base.cells if cell.is_of(effect.use)]
    if effect.operator in ("non_energy",):
        return any(cell.stream for cell in mine)
    if effect.operator == "own_generation":
        return any(cell.carrier == (effect.carrier or "electricity") for cell in mine)
    if effect.carrier:
        return any(cell.carrier == effect.carrier for cell in mine)
    return bool(mine)


def _no_cell(action: Action, effects: Sequence[Effect], base: Base) -> Finding:
    wanted = sorted(
        {" / ".join(part for part in (each.use, each.carrier) if part) or "-" for each in effects}
    )
    known = sorted({cell.use for cell in base.cells})
    params = {"code": action.code, "wanted": wanted, "known": known}
    file, line = _row_of(action, effects[0])
    return Finding("runs.cell-unknown", "error", file, (line,), "code", params)


def _row_of(action: Action, effect: Effect) -> tuple[str, int]:
    """Where an effect is stated: a row of its own, or its action's."""
    return (EFFECTS, effect.line) if effect.line else (action.file, action.line)


def _beyond_potential(actions: Iterable[Action]) -> list[Finding]:
    """Effects that reach for more than their technical potential."""
    found = []
    for action in actions:
        for effect in action.effects:
            asked = action.level * action.reach_share * effect.strength.mean
            if effect.combine == "capped" and asked > effect.potential_share * (1 + 1e-9):
                params = {
                    "code": action.code,
                    "asked": f"{asked * 100:.1f}",
                    "potential": f"{effect.potential_share * 100:.1f}",
                }
                found.append(
                    Finding(
                        "runs.beyond-potential", "error", action.file, (action.line,),
                        "reach_percent", params,
                    )
                )  # fmt: skip
    return found


def _without_activity(actions: Iterable[Action], base: Base) -> list[Finding]:
    """Shifts of activity between uses of which one has none stated."""
    found = []
    for action in actions:
        ends = {
            use
            for each in action.effects
            if each.operator == "shift_activity"
            for use in (each.use, each.to_use)
            if use not in base.activity
            and (use == each.use or any(cell.use == use for cell in base.cells))
        }
        if ends:
            params = {
                "code": action.code,
                "uses": sorted(ends),
                "stocks": list(ACTIVITY_STOCKS),
            }
            found.append(
                Finding(
                    "runs.activity-unknown", "error", action.file, (action.line,), "code", params
                )
            )
    return found
