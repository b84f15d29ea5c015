import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.engine import Cell
from vatra.plans.residual import (
    CAUSES,
    Declared,
    residual_findings,
    residual_ledger,
)
from vatra.words import LANGUAGES

HOMES = Cell("residential", "buildings", "I.1", "natural_gas", "1")
SHOPS = Cell("tertiary", "buildings", "I.2", "natural_gas", "1")
CARS = Cell("cars", "transport", "II.1", "diesel", "1")
LANDFILL = Cell("landfill", "waste", "III.1", "", "1", "solid_waste")
CELLS = (HOMES, SHOPS, CARS, LANDFILL)


def says(use="", carrier="", scope="", cause="hard_to_abate", percent=100.0, line=2) -> Declared:
    return Declared(use, carrier, scope, cause, round(percent * 10_000), "why", "de ce", "s", line)


def test_what_nobody_explains_is_not_yet_planned():
    ledger = residual_ledger(2035, CELLS, (100, 50, 30, 20), [], 1000, 200_000)
    assert ledger.by_cause() == {"hard_to_abate": 0, "outside_powers": 0, "not_yet_planned": 200}
    assert (ledger.residual_mg, ledger.limit_mg, ledger.rule_held) == (200, 200, True)


def test_causes_by_hand():
    # homes 60 % hard, 25 % outside -> 60, 25, rest 15; cars outside 100 % -> 30; landfill hard 20
    rows = [
        says("residential", percent=60),
        says("residential", cause="outside_powers", percent=25, line=3),
        says("cars", cause="outside_powers", line=4),
        says(carrier="solid_waste", line=5),
    ]
    ledger = residual_ledger(2035, CELLS, (100, 50, 30, 20), rows, 900, 200_000)
    assert ledger.by_cause() == {"hard_to_abate": 80, "outside_powers": 55, "not_yet_planned": 65}
    assert ledger.by_use()["residential"] == {
        "hard_to_abate": 60,
        "outside_powers": 25,
        "not_yet_planned": 15,
    }
    # 200 of 900 is 22.2 %, more than 20 %
    assert (ledger.residual_ppm, ledger.rule_held) == (222_222, False)


def test_a_sector_selects_all_its_uses():
    ledger = residual_ledger(2035, CELLS, (100, 50, 30, 20), [says("buildings")], 1000, 0)
    assert ledger.by_cause()["hard_to_abate"] == 150


def test_a_scope_selects_only_its_own_cells():
    bought = Cell("residential", "buildings", "I.1", "electricity", "2")
    rows = [says("residential", scope="2")]
    ledger = residual_ledger(2035, [HOMES, bought], (100, 40), rows, 1000, 200_000)
    assert ledger.by_cause()["hard_to_abate"] == 40


def test_odd_milligrams_are_not_lost():
    # thirds of 100: 33.33 each; the largest remainders get the one left over
    rows = [
        says("residential", percent=33.3333),
        says("residential", cause="outside_powers", percent=33.3333, line=3),
    ]
    ledger = residual_ledger(2035, [HOMES], [100], rows, 1000, 200_000)
    assert sorted(ledger.by_cause().values()) == [33, 33, 34]


def test_a_forest_of_the_inventory_is_no_residual():
    forest = Cell("land_use", "land", "V.2", "", "1", "land_use")
    ledger = residual_ledger(2035, [HOMES, forest], (100, -40), [], 1000, 200_000)
    assert (ledger.residual_mg, ledger.removed_mg) == (100, -40)


def test_rounding_in_print_is_neither_a_sink_nor_lost():
    rounding = Cell("buildings", "buildings", stream="print_rounding")
    cells, masses = [HOMES, rounding], (100, -3)
    ledger = residual_ledger(2035, cells, masses, [], 1000, 200_000, ("print_rounding",))
    assert (ledger.residual_mg, ledger.removed_mg) == (97, 0)


def test_faults_are_named_all_at_once():
    rows = [
        says("residential", percent=80),
        says("buildings", cause="outside_powers", percent=30, line=3),
        says("trams", line=4),
    ]
    findings = residual_findings(CELLS, rows, "residuals.csv")
    assert {(each.code, each.lines) for each in findings} == {
        ("plans.residual.share-above-one", (2, 3)),
        ("plans.residual.no-cell", (4,)),
    }
    for each in findings:
        for lang in LANGUAGES:
            assert each.message(lang)
    with pytest.raises(ValueError, match="residential"):
        residual_ledger(2035, CELLS, (1, 1, 1, 1), rows, 1, 1)


@given(
    st.lists(st.integers(0, 10**15), min_size=4, max_size=4),
    st.lists(
        st.tuples(
            st.sampled_from(["", "residential", "buildings", "cars", "waste"]),
            st.sampled_from(CAUSES),
            st.integers(0, 25_0000),
        ),
        max_size=4,
    ),
)
def test_the_lines_add_up_to_the_residual_in_any_order(masses, declared):
    rows = [
        says(use, cause=cause, percent=ppm / 10_000, line=line)
        for line, (use, cause, ppm) in enumerate(declared, 2)
    ]
    ledger = residual_ledger(2035, CELLS, masses, rows, 10**16, 200_000)
    assert ledger.residual_mg == sum(masses) == sum(ledger.by_cause().values())
    again = residual_ledger(2035, CELLS, masses, rows[::-1], 10**16, 200_000)
    assert again == ledger
    for cell, mass in zip(CELLS, masses, strict=True):
        assert sum(each.emission_mg for each in ledger.lines if each.cell == cell) == mass
