"""Small models for tests, and random ones with every operator."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st

from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Adoption, Base, Cell, Effect, Model

MG_PER_WH = 1000.0  # 1 t/MWh
YEARS = tuple(range(2021, 2031))

CELLS = (
    Cell("residential", "buildings", "I.1", "natural_gas", "1"),
    Cell("residential", "buildings", "I.1", "electricity", "2"),
    Cell("residential", "buildings", "I.1", "district_heat", "2"),
    Cell("tertiary", "buildings", "I.2", "natural_gas", "1"),
    Cell("tertiary", "buildings", "I.2", "electricity", "2"),
    Cell("cars", "transport", "II.1", "gasoline", "1"),
    Cell("cars", "transport", "II.1", "electricity", "2"),
    Cell("buses", "transport", "II.1", "diesel", "1"),
    Cell("landfill", "waste", "III.1", stream="solid_waste", decay_per_year=0.09),
    Cell("wastewater", "waste", "III.4", stream="wastewater"),
)
AMOUNT = (8e11, 2e11, 3e11, 2e11, 1.5e11, 4e11, 0.0, 0.5e11, 6e13, 1e13)
FACTOR = (202.0, 300.0, 250.0, 202.0, 300.0, 249.0, 300.0, 267.0, 1.0, 1.0)
ACTIVITY = {"cars": 9e8, "buses": 2e8, "active": 1e8}


def base(years: tuple[int, ...] = YEARS, cleaner_grid: float = 0.0) -> Base:
    """All cells; the factor of electricity falls by ``cleaner_grid`` of itself over the years."""
    count = len(years)
    amount = np.repeat(np.array(AMOUNT)[:, None], count, axis=1)
    factor = np.repeat(np.array(FACTOR)[:, None], count, axis=1)
    path = 1.0 - cleaner_grid * np.linspace(0.0, 1.0, count)
    factor[[cell.carrier == "electricity" for cell in CELLS]] *= path
    activity = {use: np.full(count, each) for use, each in ACTIVITY.items()}
    return Base(years, CELLS, amount, factor, activity)


def one_cell(mass_t: float = 100.0, count: int = 3) -> Base:
    """A single cell of energy that emits ``mass_t`` tonnes a year."""
    cell = Cell("residential", "buildings", "I.1", "natural_gas", "1")
    amount = np.full((1, count), mass_t * 1e6)
    return Base(
        tuple(range(2021, 2021 + count)), (cell,), amount, np.full((1, count), MG_PER_WH), {}
    )


def action(code: str, *effects: Effect, start: int = 2021, **fields: object) -> Action:
    """An action that is in full force from its start."""
    adoption = fields.pop("adoption", Adoption(start, shape="step"))
    return Action(code, code, code, "buildings", "energy_systems", effects, adoption, **fields)  # type: ignore[arg-type]


def efficiency(share: float, use: str = "", carrier: str = "", **fields: object) -> Effect:
    """An effect on intensity."""
    return Effect("efficiency", use, carrier, strength=fixed(share), **fields)  # type: ignore[arg-type]


def effects_of(rng: Mapping[str, float]) -> list[Effect]:
    """One effect of every operator that multiplies; ``rng`` gives their shares by operator."""
    return [
        Effect("avoid", "cars", strength=fixed(rng["avoid"])),
        Effect("shift_activity", "cars", to_use="buses", strength=fixed(rng["bus"])),
        Effect("shift_activity", "cars", to_use="active", strength=fixed(rng["bike"])),
        efficiency(rng["envelope"], "residential"),
        efficiency(rng["boiler"], "residential", "natural_gas", acts_on="device"),
        efficiency(rng["valves"], "residential", "natural_gas"),
        Effect(
            "shift_carrier",
            "buildings",
            "natural_gas",
            to_carrier="electricity",
            strength=fixed(rng["pump"]),
            ratio=fixed(3.0),
        ),
        Effect(
            "shift_carrier",
            "residential",
            "natural_gas",
            to_carrier="district_heat",
            strength=fixed(rng["network"]),
            ratio=fixed(0.95),
        ),
        Effect("clean_supply", "", "electricity", strength=fixed(rng["green"])),
        Effect("avoid", "landfill", strength=fixed(rng["ban"])),
        Effect("non_energy", "wastewater", strength=fixed(rng["sludge"])),
    ]


NAMES = (
    "avoid",
    "bus",
    "bike",
    "envelope",
    "boiler",
    "valves",
    "pump",
    "network",
    "green",
    "ban",
    "sludge",
)


@st.composite
def models(draw: st.DrawFn, most: int = 8) -> Model:
    """A base with a grid that gets cleaner, and up to ``most`` random actions."""
    shares = {name: draw(st.floats(0.0, 1.0)) for name in NAMES}
    pool = effects_of(shares)
    count = draw(st.integers(1, most))
    actions = []
    for number in range(count):
        effects = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True))
        actions.append(
            action(
                f"m{number}",
                *effects,
                adoption=Adoption(
                    draw(st.integers(2021, 2028)),
                    draw(st.integers(1, 8)),
                    draw(st.sampled_from(["linear", "logistic", "step", "cohort"])),
                ),
                level=draw(st.floats(0.0, 1.0)),
                reach_share=draw(st.floats(0.1, 1.0)),
            )
        )
    return Model(base(cleaner_grid=draw(st.floats(0.0, 0.9))), tuple(actions))
