"""Ten thousand draws of a plan of 40 actions over 30 years, and its bare multiplications."""

from __future__ import annotations

import numpy as np

from vatra.plans.distributions import fixed, parse
from vatra.plans.engine import Action, Adoption, Base, Cell, Effect, Model
from vatra.plans.risk import Quantity, default_correlations, design, quantities, scale
from vatra.plans.risk import sample as sampled

ACTION_COUNT, YEAR_COUNT = 40, 30
USES = ("homes", "shops", "offices", "cars", "buses", "trucks", "works", "waste")
SECTORS = ("buildings", "transport", "industry", "waste")
# Carriers with a factor [mg CO2e/Wh].
CARRIERS = {
    "electricity": 300.0,
    "natural_gas": 202.0,
    "diesel": 267.0,
    "district_heat": 280.0,
    "gasoline": 249.0,
}
SHAPES = ("linear", "logistic", "step", "cohort")
_BLOCK = 256


def plan(seed: int = 20260104) -> tuple[Model, tuple[Quantity, ...]]:
    """40 actions of five kinds on 40 cells, each with a doubted strength, delivery and delay; the
    amounts and factors of the inventory and the path of the grid are doubted too."""
    generator = np.random.default_rng(seed)
    cells = tuple(
        Cell(use, SECTORS[number % 4], "", carrier, "1")
        for number, use in enumerate(USES)
        for carrier in CARRIERS
    )
    years = tuple(range(2021, 2021 + YEAR_COUNT))
    amount = generator.uniform(1e11, 1e12, (len(cells), 1)) * np.linspace(1.0, 0.95, YEAR_COUNT)
    factor = np.array([[CARRIERS[cell.carrier]] * YEAR_COUNT for cell in cells])
    model = Model(Base(years, cells, amount, factor), tuple(map(_action, range(ACTION_COUNT))))
    scales = [
        scale("activity", sector, [n for n, cell in enumerate(cells) if cell.sector == sector])
        for sector in SECTORS
    ]
    for carrier in CARRIERS:
        mine = [n for n, cell in enumerate(cells) if cell.carrier == carrier]
        scales.append(scale("factor", carrier, mine))
        if carrier == "electricity":
            scales.append(scale("factor_path", carrier, mine))
    return model, quantities(model, scales)


def _action(number: int) -> Action:
    use, shares = USES[number % 8], parse("pert(0.1; 0.2; 0.3)")
    effect = (
        Effect("efficiency", use, strength=shares),
        Effect("avoid", use, strength=shares),
        Effect(
            "shift_carrier",
            use,
            "natural_gas",
            to_carrier="electricity",
            strength=shares,
            ratio=parse("pert(2.5; 3; 3.5)"),
        ),
        Effect("clean_supply", use, "electricity", strength=shares),
        Effect("observed_tonnes", SECTORS[number % 4], amount=fixed(2e13)),
    )[number % 5]
    adoption = Adoption(2024 + number % 6, 6.0, SHAPES[number % 4])  # type: ignore[arg-type]
    name = f"action {number}"
    return Action(str(number), name, name, "buildings", "built_environment", (effect,), adoption)


def sample(draws: int) -> float:
    """Total of every draw and year; return the mean of the last year [mg]."""
    model, found = plan()
    result = sampled(model, found, design(draws), 2035, default_correlations(found))
    return float(result.total_mg[:, -1].mean())


def floor(draws: int) -> float:
    """What cannot be left out, on one core: in every draw and year the share of each action times
    its strength, and each cell's amount times its factor, multiplied and summed."""
    how = design(draws)
    base = plan()[0].base
    generator = np.random.default_rng(1)
    adoption = generator.uniform(0.0, 1.0, (ACTION_COUNT, 1, YEAR_COUNT))
    strength = generator.uniform(0.1, 0.3, (ACTION_COUNT, how.draws_count, 1))
    scales = generator.uniform(0.9, 1.1, (len(base.cells), how.draws_count, 1))
    total = np.zeros((how.draws_count, YEAR_COUNT))
    for start in range(0, how.draws_count, _BLOCK):
        block = slice(start, start + _BLOCK)
        for number in range(ACTION_COUNT):
            left = 1.0 - adoption[number] * strength[number, block]
            total[block] += base.amount[number] * scales[number, block] * base.factor[number] * left
    return float(total[:, -1].mean())


def warm_up() -> None:
    """A few draws first, so that loading the program is in neither figure."""
    sample(100)
    floor(100)
