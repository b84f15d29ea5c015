"""A change divided among groups: by hand, to the milligram, in any order."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.attribution import GROUPS_MAX, attribute_change


def test_two_groups_by_hand():
    # energy 100 -> 80, factor 5 -> 2: 500 -> 160, a change of -340.
    # energy first: -20 x 5 = -100, last: -20 x 2 = -40, mean -70
    # factor first: -3 x 100 = -300, last: -3 x 80 = -240, mean -270
    def total(new: frozenset[str]) -> int:
        return (80 if "energy" in new else 100) * (2 if "factor" in new else 5)

    found = attribute_change(total, ["energy", "factor"])
    assert found.effects_mg == {"energy": -70, "factor": -270}
    assert found.alone_mg == {"energy": -100, "factor": -300}
    assert (found.before_mg, found.after_mg, found.change_mg) == (500, 160, -340)


def test_the_odd_milligram_goes_to_the_first_name():
    # Both are needed for the one milligram: a half each
    found = attribute_change(lambda new: 1 if len(new) == 2 else 0, ["b", "a"])
    assert found.effects_mg == {"b": 0, "a": 1}


def test_no_groups_no_change():
    found = attribute_change(lambda new: 7, [])
    assert (found.effects_mg, found.change_mg) == ({}, 0)


def test_too_many_groups_and_doubles_are_refused():
    with pytest.raises(ValueError, match="13 groups"):
        attribute_change(lambda new: 0, [str(n) for n in range(GROUPS_MAX + 1)])
    with pytest.raises(ValueError, match="twice"):
        attribute_change(lambda new: 0, ["a", "a"])


def test_a_figure_that_is_not_whole_is_refused():
    with pytest.raises(TypeError):
        attribute_change(lambda new: 0.5, ["a"])  # type: ignore[arg-type,return-value]


def test_twelve_groups_ask_for_each_set_once():
    asked: list[frozenset[str]] = []

    def total(new: frozenset[str]) -> int:
        asked.append(new)
        return 10**15 - 10**12 * len(new) ** 2

    names = [f"g{number:02d}" for number in range(12)]
    found = attribute_change(total, names)
    assert len(asked) == len(set(asked)) == 2**12
    # Twelve alike: each a twelfth of 144 x 10^12
    assert set(found.effects_mg.values()) == {-12 * 10**12}


@st.composite
def figures(draw: st.DrawFn, most: int = 5) -> tuple[list[str], dict[frozenset[str], int]]:
    """A figure for every set of a few groups."""
    names = [f"g{number}" for number in range(draw(st.integers(1, most)))]
    sets = [frozenset(n for at, n in enumerate(names) if bits >> at & 1)
            for bits in range(2 ** len(names))]  # fmt: skip
    values = st.integers(-(10**16), 10**16)
    return names, {each: draw(values) for each in sets}


@given(figures())
def test_the_effects_add_up_to_the_change(made: tuple[list[str], dict[frozenset[str], int]]):
    names, table = made
    found = attribute_change(table.__getitem__, names)
    assert sum(found.effects_mg.values()) == found.change_mg
    assert list(found.effects_mg) == names


@given(figures(4))
def test_the_effect_is_the_mean_over_all_orders(
    made: tuple[list[str], dict[frozenset[str], int]],
):
    names, table = made
    orders = list(permutations(names))
    found = attribute_change(table.__getitem__, names)
    for name in names:
        steps = 0
        for order in orders:
            before = frozenset(order[: order.index(name)])
            steps += table[before | {name}] - table[before]
        assert abs(found.effects_mg[name] * len(orders) - steps) <= len(orders)


@given(figures(), st.randoms())
def test_the_order_of_the_groups_moves_nothing(
    made: tuple[list[str], dict[frozenset[str], int]], chance
):
    names, table = made
    shuffled = chance.sample(names, len(names))
    assert (
        attribute_change(table.__getitem__, shuffled).effects_mg
        == attribute_change(table.__getitem__, names).effects_mg
    )


@given(figures(), st.integers(-(10**16), 10**16))
def test_who_changes_nothing_has_no_effect(
    made: tuple[list[str], dict[frozenset[str], int]], step: int
):
    names, table = made

    # "idle" is in no figure; "own" adds the same step whatever else changed
    def total(new: frozenset[str]) -> int:
        return table[new - {"idle", "own"}] + (step if "own" in new else 0)

    found = attribute_change(total, [*names, "idle", "own"])
    assert found.effects_mg["idle"] == 0
    assert found.effects_mg["own"] == step
