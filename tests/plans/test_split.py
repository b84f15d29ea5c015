from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans import DRIVERS, Cell, Game, games, in_order, symmetric

MG_PER_T = 10**9


def cell(carrier: str, base_mwh: int, target_mwh: int, base_f: float, target_f: float) -> Cell:
    return Cell("buildings", carrier, "", base_mwh * 10**6, target_mwh * 10**6, base_f, target_f)


# 100 MWh gas x 0.2 + 50 MWh electricity x 0.5 = 45 t; in the target year 60 x 0.2 + 80 x 0.1 = 20 t
TOWN = Game(
    (cell("natural_gas", 100, 60, 0.2, 0.2), cell("electricity", 50, 80, 0.5, 0.1)),
    left_share=Fraction(3, 4),
)


def tonnes(cut: dict[str, int]) -> dict[str, float]:
    return {driver: mg / MG_PER_T for driver, mg in cut.items()}


def test_in_order_by_hand():
    # grid 45 - 25 = 20; background 25 - 20 = 5; measures 20 - 20 x 3/4 = 5
    split = in_order({"buildings": TOWN})
    assert tonnes(split.by_sector["buildings"]) == {"grid": 20, "background": 5, "measures": 5}
    assert split.order == ("grid", "background", "measures")


def test_the_order_moves_the_split_and_not_the_cut():
    # measures 45 - 33.75 = 11.25; background 33.75 - 39 = -5.25; grid 39 - 15 = 24
    split = in_order({"buildings": TOWN}, ("measures", "background", "grid"))
    assert tonnes(split.by_sector["buildings"]) == {
        "grid": 24,
        "background": -5.25,
        "measures": 11.25,
    }


def test_symmetric_by_hand():
    # grid       (20 + 20 + 32 + 24 + 15 + 24) / 6 = 22.5
    # background (5 + 3.75 - 7 - 7 + 3.75 - 5.25) / 6 = -1.125
    # measures   (5 + 6.25 + 5 + 13 + 11.25 + 11.25) / 6 = 8.625
    split = symmetric({"buildings": TOWN})
    assert tonnes(split.by_sector["buildings"]) == {
        "grid": 22.5,
        "background": -1.125,
        "measures": 8.625,
    }
    assert split.order == ()


mwh = st.integers(0, 10**7)
factor = st.integers(0, 1200).map(lambda kg: kg / 1000)
cells = st.builds(
    cell, st.sampled_from(["natural_gas", "diesel", "electricity"]), mwh, mwh, factor, factor
)
any_game = st.builds(
    Game,
    st.lists(cells, min_size=1, max_size=5).map(tuple),
    st.fractions(0, 1, max_denominator=1000),
    st.integers(-2 * MG_PER_T, 2 * MG_PER_T),
    st.integers(-2 * MG_PER_T, 2 * MG_PER_T),
)


def cut_of(game: Game) -> Fraction:
    return game.emission_mg(frozenset()) - game.emission_mg(frozenset(DRIVERS))


@given(any_game)
def test_every_order_adds_up_to_the_cut(game: Game):
    for order in permutations(DRIVERS):
        split = in_order({"buildings": game}, order)
        assert sum(split.total(driver) for driver in DRIVERS) == round(cut_of(game))


@given(any_game)
def test_symmetric_adds_up_to_the_cut(game: Game):
    split = symmetric({"buildings": game})
    assert sum(split.total(driver) for driver in DRIVERS) == round(cut_of(game))


@given(any_game)
def test_symmetric_is_the_mean_over_all_orders(game: Game):
    orders = [in_order({"buildings": game}, order) for order in permutations(DRIVERS)]
    found = symmetric({"buildings": game})
    for driver in DRIVERS:
        mean = Fraction(sum(split.total(driver) for split in orders), len(orders))
        # Each order is rounded to the milligram for itself, and so is the mean.
        assert abs(found.total(driver) - mean) <= 2


@given(any_game)
def test_symmetric_lies_between_the_extremes_of_the_orders(game: Game):
    orders = [in_order({"buildings": game}, order) for order in permutations(DRIVERS)]
    for driver in DRIVERS:
        steps = [split.total(driver) for split in orders]
        assert min(steps) - 1 <= symmetric({"buildings": game}).total(driver) <= max(steps) + 1


@given(any_game)
def test_who_changes_nothing_gets_nothing(game: Game):
    idle = Game(game.cells, Fraction(1), game.rounding_base_mg, game.rounding_before_mg)
    assert symmetric({"buildings": idle}).total("measures") == 0


@given(mwh, mwh, factor, factor)
def test_the_grid_does_nothing_for_a_city_without_electricity(
    base: int, target: int, base_f: float, target_f: float
):
    game = Game((cell("natural_gas", base, target, base_f, target_f),), Fraction(1, 2))
    assert symmetric({"buildings": game}).total("grid") == 0


def test_a_fuel_factor_that_changes_belongs_to_the_background():
    # 100 MWh x (0.20 - 0.18) t/MWh = 2 t
    game = Game((cell("natural_gas", 100, 100, 0.20, 0.18),))
    assert tonnes(in_order({"buildings": game}).by_sector["buildings"]) == pytest.approx(
        {"grid": 0, "background": 2, "measures": 0}
    )


def test_rounding_in_print_moves_with_the_background():
    game = Game((cell("natural_gas", 100, 100, 0.2, 0.2),), Fraction(1), MG_PER_T, -MG_PER_T)
    # (20 + 1) - (20 - 1) = 2 t
    assert tonnes(symmetric({"buildings": game}).by_sector["buildings"])["background"] == 2


def test_games_stand_in_the_order_contracts_print_sectors():
    land = Cell("land", "diesel", "1", 1, 1, 0.2, 0.2)
    house = Cell("buildings", "natural_gas", "1", 1, 1, 0.2, 0.2)
    found = games([land, house], {"land": Fraction(1, 2)})
    assert list(found) == ["buildings", "land"]
    assert found["land"].left_share == Fraction(1, 2)
    assert found["buildings"].left_share == 1
