"""The Shapley value of forty actions on a city of forty-four cells, and two peers of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import factorial

import numpy as np

from vatra.plans.attribution import shapley
from vatra.plans.distributions import fixed
from vatra.plans.engine import (
    Action,
    Adoption,
    Base,
    Cell,
    Effect,
    Inputs,
    Model,
    central,
    evaluate,
)

ACTION_COUNT = 40
ENUMERATED_COUNT = 12
YEARS = tuple(range(2021, 2036))
TARGET = 2035
# What is measured takes milliseconds: this many times in a row, so that the clock can tell.
REPEATS = 20

_BUILDINGS = ("residential", "tertiary", "public_buildings")
_CARRIERS = {
    "buildings": ("electricity", "natural_gas", "district_heat", "biomass", "lpg"),
    "industry": ("electricity", "natural_gas", "diesel", "lpg"),
    "transport": ("diesel", "gasoline", "electricity", "lpg"),
}
_USES = {
    **dict.fromkeys(_BUILDINGS, "buildings"),
    "industry": "industry",
    **dict.fromkeys(("cars", "buses", "rail", "freight", "waste_fleet"), "transport"),
}
_STREAMS = ("landfill", "wastewater", "livestock", "composting")


def city(seed: int = 20260105) -> Model:
    """Cells of a city, a grid that gets cleaner, and actions with every operator."""
    generator = np.random.default_rng(seed)
    effects = [
        replace(each, strength=fixed(float(generator.uniform(0.05, 0.4)))) for each in _effects()
    ]
    actions = tuple(
        Action(
            code=f"m{number:02d}",
            name_en="made by a benchmark",
            name_ro="făcut de o probă de viteză",
            sector="buildings",
            field="energy_systems",
            effects=(effects[number % len(effects)],),
            adoption=Adoption(2022 + number % 5, 5),
        )
        for number in range(ACTION_COUNT)
    )
    return Model(_base(generator), actions)


def _base(generator: np.random.Generator) -> Base:
    cells = [
        Cell(use, sector, carrier=carrier, scope="1")
        for use, sector in _USES.items()
        for carrier in _CARRIERS[sector]
    ]
    cells.append(Cell("street_lighting", "buildings", carrier="electricity", scope="2"))
    cells += [
        Cell(each, "waste", stream=each, decay_per_year=0.09 if each == "landfill" else 0.0)
        for each in _STREAMS
    ]
    shape = (len(cells), len(YEARS))
    amount = np.broadcast_to(generator.uniform(1e10, 1e12, (len(cells), 1)), shape).copy()
    factor = np.broadcast_to(generator.uniform(100, 400, (len(cells), 1)), shape).copy()
    for n, cell in enumerate(cells):
        if cell.stream:
            amount[n], factor[n] = 1e13, 1.0
        elif cell.carrier == "electricity":
            factor[n] = np.linspace(300, 100, len(YEARS))
    moved = ("cars", "buses", "rail", "active")
    return Base(YEARS, tuple(cells), amount, factor, {u: np.full(len(YEARS), 1e9) for u in moved})


def _effects() -> list[Effect]:
    found = []
    for use in _BUILDINGS:
        found += [
            Effect("efficiency", use),
            Effect("efficiency", use),
            Effect("efficiency", use, "electricity"),
            _to_carrier(use, "natural_gas", "electricity", 3.0),
            _to_carrier(use, "natural_gas", "district_heat", 0.9),
            Effect("own_generation", use, "electricity", amount=fixed(1e8)),
        ]
    found += [_to_carrier(use, "diesel", "electricity", 3.0) for use in ("cars", "buses")]
    found += [_to_carrier(use, "diesel", "electricity", 3.0) for use in ("freight", "waste_fleet")]
    found += [Effect("shift_activity", "cars", to_use=use) for use in ("buses", "rail", "active")]
    found += [Effect("clean_supply", carrier=each) for each in ("electricity", "district_heat")]
    found += [Effect("avoid", use) for use in ("cars", "freight", "landfill")]
    found += [Effect("efficiency", use) for use in ("street_lighting", "freight", "industry")]
    found += [Effect("non_energy", use) for use in ("landfill", "wastewater", "livestock")]
    found += [
        _to_carrier("cars", "gasoline", "electricity", 3.0),
        _to_carrier("industry", "natural_gas", "electricity", 2.0),
        Effect("sink", curve=(1e9,) * 20),
        Effect("observed_tonnes", "industry", amount=fixed(1e9)),
    ]
    return found


def _to_carrier(use: str, carrier: str, to_carrier: str, ratio: float) -> Effect:
    return Effect("shift_carrier", use, carrier, to_carrier=to_carrier, ratio=fixed(ratio))


def closed_form(repeats: int = REPEATS) -> float:
    """Shapley, first-in and last-in cuts of all actions in one year, from the model."""
    model, last = city(), 0.0
    for _ in range(repeats):
        last = float(shapley(model, years=[TARGET]).shapley_mg.sum())
    return last


def floor(repeats: int = REPEATS) -> float:
    """The engine evaluates each action alone, and none: no attribution can do with less."""
    model, last = city(), 0.0
    count = len(model.actions)
    alone = np.concatenate([np.zeros((1, count), dtype=bool), np.eye(count, dtype=bool)])
    for _ in range(repeats):
        total = _totals(model, alone)
        last = float((total[0] - total[1:]).sum())
    return last


def every_set() -> float:
    """Shapley of the first twelve actions by the engine on all 4,096 sets; what they cut."""
    model = replace(city(), actions=city().actions[:ENUMERATED_COUNT])
    return float(enumerated(model).sum())


def enumerated(model: Model) -> np.ndarray:
    """Shapley value [A] in the target year by its definition."""
    count = len(model.actions)
    sets = np.array(list(product([False, True], repeat=count)))
    total = _totals(model, sets)
    weights = np.array([factorial(s) * factorial(count - s - 1) for s in range(count)])
    found = np.zeros(count)
    for i in range(count):
        without = np.flatnonzero(~sets[:, i])
        step = total[without] - total[without + (1 << (count - 1 - i))]
        found[i] = (step * weights[sets[without].sum(axis=1)]).sum() / factorial(count)
    return found


def _totals(model: Model, sets: np.ndarray) -> np.ndarray:
    """Emissions of the target year for sets of actions."""
    inputs: Inputs = central(model)
    adoption = np.where(sets.T[:, :, None], inputs.adoption[:, None], 0.0)
    outcome = evaluate(model, replace(inputs, adoption=adoption))
    return outcome.total_mg[:, model.base.at(TARGET)]


def warm_up() -> None:
    """Once each way first, so that loading the program is in neither figure."""
    closed_form(1)
    floor(1)
