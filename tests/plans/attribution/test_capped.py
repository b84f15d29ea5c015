"""Caps that bind, one by one and over each other, and what is sampled of them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plans.attribution.pathways import by_every_set
from tests.plans.engine.models import action, base, efficiency, one_cell
from vatra.plans.attribution import chains, shapley
from vatra.plans.attribution.capped import Game, enumerated, sampled
from vatra.plans.distributions import fixed
from vatra.plans.engine import Effect, Model

YEARS = (2021, 2022)


def own(amount_wh: float, use: str, **fields: object) -> Effect:
    return Effect("own_generation", use, "electricity", amount=fixed(amount_wh), **fields)  # type: ignore[arg-type]


def energy(amount_wh: float, use: str, carrier: str) -> Effect:
    return Effect("observed_energy", use, carrier, amount=fixed(amount_wh))


def agrees(model: Model, closed: bool) -> None:
    """The value is that of every set; and whether the caps have a closed form."""
    written = chains(model)
    assert written.parts
    assert closed == (not any(part.players for part in written.parts))
    expected = by_every_set(model)
    found = shapley(model)
    scale = float(model.base.emission_mg.sum(axis=0).max())
    assert found.shapley_mg == pytest.approx(expected, rel=1e-9, abs=1e-12 * scale)


def test_own_generation_meets_a_share_of_the_demand_at_most() -> None:
    # One cell of 100 MWh at 1 t/MWh; the roofs could give 60 MWh, 30 % of the demand may be met.
    # Roofs first: 30 t, then insulation of a half 50 - 15 = 35 t: 65 t together;
    # insulation first: 50 t, then roofs 15 t. Roofs (30 + 15) / 2 = 22.5 t, insulation 42.5 t.
    cells = base((2021,)).cells
    town = base((2021,))
    amount = np.zeros_like(town.amount)
    amount[1], factor = 100e6, np.full_like(town.factor, 1000.0)
    roofs = action("roofs", own(60e6, "residential", potential_share=0.3))
    walls = action("walls", efficiency(0.5, "residential"))
    model = Model(type(town)((2021,), cells, amount, factor, {}), (roofs, walls))
    assert shapley(model).shapley_mg[:, 0] / 1e9 == pytest.approx([22.5, 42.5])
    agrees(model, closed=True)


def test_a_narrow_cap_and_a_wide_one_over_it() -> None:
    # Homes have 2e11 Wh, all buildings 3.5e11; what binds depends on who insulates
    actions = (
        action("roofs", own(1.9e11, "residential")),
        action("park", own(2.5e11, "buildings")),
        action("walls", efficiency(0.4, "residential")),
        action("offices", efficiency(0.3, "tertiary")),
        action("printed", Effect("observed_tonnes", "buildings", amount=fixed(2.0e14))),
    )
    agrees(Model(base(YEARS), actions), closed=True)


def test_the_wide_cap_alone_binds_because_of_the_narrow_one() -> None:
    # 1.9e11 + 1.55e11 of 3.5e11 Wh fit; insulation of homes leaves 1.8e11 + 1.5e11
    actions = (
        action("roofs", own(1.9e11, "residential")),
        action("park", own(1.55e11, "buildings")),
        action("walls", efficiency(0.1, "residential")),
    )
    agrees(Model(base(YEARS), actions), closed=True)


def test_caps_that_overlap_in_part_ask_the_engine() -> None:
    # One claim on all carriers of homes, one on the gas of all buildings: gas of homes is in both
    actions = (
        action("homes", energy(9e11, "residential", "")),
        action("gas", energy(8e11, "buildings", "natural_gas")),
        action("walls", efficiency(0.3, "residential")),
        action("green", Effect("clean_supply", "", "electricity", strength=fixed(0.5))),
    )
    agrees(Model(base(YEARS), actions), closed=False)


def test_tonnes_that_overlap_in_part_ask_the_engine() -> None:
    actions = (
        action("homes", Effect("observed_tonnes", "residential", amount=fixed(2.0e14))),
        action("gas", Effect("observed_tonnes", "buildings", "natural_gas", amount=fixed(1.6e14))),
        action("walls", efficiency(0.3, "residential")),
    )
    agrees(Model(base(YEARS), actions), closed=False)


@pytest.mark.parametrize("how", ["exclusive", "nested", "capped", "product"])
def test_groups_that_leave_for_different_places(how: str) -> None:
    # Three of a group and one beside it, to two carriers with different factors
    def shift(share: float, to_carrier: str, potential: float, group: str) -> Effect:
        return Effect(
            "shift_carrier", "residential", "natural_gas", to_carrier=to_carrier,
            strength=fixed(share), ratio=fixed(2.0), group=group, combine=how,  # type: ignore[arg-type]
            potential_share=potential,
        )  # fmt: skip

    actions = (
        action("a", shift(0.10, "electricity", 0.5, "g")),
        action("b", shift(0.25, "district_heat", 0.6, "g")),
        action("c", shift(0.30, "electricity", 0.7, "g")),
        action("d", shift(0.20, "district_heat", 0.9, "")),
    )
    model = Model(base(YEARS), actions)
    assert not chains(model).parts
    assert shapley(model).shapley_mg == pytest.approx(by_every_set(model), rel=1e-9)


def test_a_pair_of_orders_is_exact_where_two_meet_at_a_time() -> None:
    # v(S) = sum of pairs in S: everyone has half of each of the pairs he is in
    pairs = np.triu(np.random.default_rng(3).uniform(0, 1, (14, 14)), 1)
    actions = tuple(action(f"m{n:02d}", efficiency(0.01)) for n in range(14))
    written = chains(Model(one_cell(100.0, 1), actions))

    def figure(acting: np.ndarray) -> np.ndarray:
        on = acting.astype(float)
        return np.einsum("mi,ij,mj->m", on, pairs, on)[:, None]

    game = Game(written, tuple(range(14)), figure)
    found = sampled(game, 2, 1)
    expected = (pairs.sum(axis=0) + pairs.sum(axis=1)) / 2
    assert found.shapley[:, 0] == pytest.approx(expected)
    assert found.standard_error == pytest.approx(np.zeros((14, 1)), abs=1e-12)
    few = enumerated(Game(written, tuple(range(5)), figure))
    part = pairs[:5, :5]
    assert few.shapley[:, 0] == pytest.approx((part.sum(axis=0) + part.sum(axis=1)) / 2)
    assert few.joint == pytest.approx([part.sum()])
