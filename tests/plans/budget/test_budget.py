import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.budget import (
    CarbonBudget,
    budget_use,
    exhaustion,
    exhaustion_years,
    fair_share,
    read_budgets,
    remaining_budgets,
    world,
)

T = 10**9


def budget(tonnes: float, from_year: int = 2021) -> CarbonBudget:
    return CarbonBudget("town", "1", from_year, round(tonnes * T))


def test_used_and_left_by_hand():
    # 100 + 80 + 60 = 240 of 300; 60 left
    use = budget_use(budget(300), {2021: 100 * T, 2022: 80 * T, 2023: 60 * T})
    assert (use.used_mg(), use.left_mg()) == (240 * T, 60 * T)
    assert (use.used_mg(2022), use.left_mg(2022)) == (180 * T, 120 * T)
    assert use.exhausted_in is None


def test_a_budget_is_gone_within_a_year():
    # After 2021 and 2022 180 of 210 are used; 30 of the 60 of 2023 are the half of it.
    use = budget_use(budget(210), {2021: 100 * T, 2022: 80 * T, 2023: 60 * T})
    assert use.exhausted_in == 2023.5
    assert use.left_mg() == -30 * T


def test_years_without_a_figure_are_held_and_named_never_nothing():
    # 2020 is held at the 100 of 2021: 200 used of 250 by the end of 2021, 50 of 80 in 2022
    use = budget_use(budget(250, 2020), {2021: 100 * T, 2022: 80 * T})
    assert use.assumed_years == (2020,)
    assert use.exhausted_in == 2022.625
    assert use.used_mg(2020) == 100 * T


def test_years_before_the_budget_use_nothing_of_it():
    use = budget_use(budget(250, 2022), {2021: 100 * T, 2022: 80 * T})
    assert (use.years, use.used_mg()) == ((2022,), 80 * T)


def test_sinks_give_back_but_a_budget_once_gone_was_gone():
    use = budget_use(budget(100), {2021: 120 * T, 2022: -50 * T})
    assert use.exhausted_in == pytest.approx(2021.833)
    assert use.left_mg() == 30 * T


def test_a_budget_of_nothing_is_gone_at_once():
    assert budget_use(budget(0), {2021: T}).exhausted_in == 2021.0


def test_gaps_and_pathways_that_end_too_early_are_refused():
    with pytest.raises(ValueError, match="gap"):
        budget_use(budget(1), {2021: T, 2023: T})
    with pytest.raises(ValueError, match="before 2021"):
        budget_use(budget(1), {2020: T})


def test_read_keeps_more_milligrams_than_a_float_counts():
    rows = pl.DataFrame(
        {
            "name": ["a"],
            "version": ["1"],
            "from_year": [2021],
            "budget_t_co2e": [12_345_678.9],
            "unit": ["t"],
            "scope": ["all"],
            "source": ["x"],
            "note": [None],
            "line": [2],
        }
    )
    (found,) = read_budgets(rows)
    assert abs(found.budget_mg - 12_345_678_900_000_000) <= 2


# The world


def test_the_worlds_budgets_are_those_of_the_source():
    # IPCC AR6 WG1, Table SPM.2: 1.5 °C with 50 % 500 Gt, 2 °C with 67 % 1,150 Gt, from 2020 on
    assert remaining_budgets()[1.5, 50].budget_mg == 500 * 10**18
    assert remaining_budgets()[2.0, 67].budget_mg == 1150 * 10**18
    assert {each.from_year for each in remaining_budgets().values()} == {2020}
    assert len(remaining_budgets()) == 15
    assert all(each.source for each in world().values())


def test_more_warming_leaves_more_and_more_certainty_less():
    table = remaining_budgets()
    for (warming, likelihood), each in table.items():
        for other in table.values():
            if other.warming_degrees_c > warming and other.likelihood_percent == likelihood:
                assert other.budget_mg > each.budget_mg
            if other.warming_degrees_c == warming and other.likelihood_percent > likelihood:
                assert other.budget_mg < each.budget_mg


def test_share_by_population_by_hand():
    # 500 Gt / 7,794,798,739 persons = 64.145 t each; 300,000 persons: 19,243,601 t
    found = fair_share("by_population", 300_000)
    assert found.budget_mg / T == pytest.approx(19_243_601, abs=1)
    assert (found.from_year, found.method) == (2020, "by_population")
    assert "SPM.2" in found.source and "World Population Prospects" in found.source


def test_share_by_emissions_by_hand():
    # 1,000,000 t of 44.6 Gt: 500 Gt x 1e6 / 44.6e9 = 11,210,762 t
    found = fair_share("by_emissions", 1_000_000 * T)
    assert found.budget_mg / T == pytest.approx(11_210_762, abs=1)


def test_what_the_source_does_not_print_is_refused():
    with pytest.raises(KeyError):
        fair_share("by_population", 1000, 1.6, 50)
    with pytest.raises(ValueError, match="above zero"):
        fair_share("by_population", 0)


# Draws


def test_exhaustion_with_probability_by_hand():
    # Draws emit 100, 50 and 10 a year of 120: gone after 1.2, 2.4 and never within 3 years.
    draws = np.array([[100.0] * 3, [50.0] * 3, [10.0] * 3]) * T
    found = exhaustion(budget(120), (2021, 2022, 2023), draws)
    assert found.by_year_ppm == (0, 333_333, 666_667)
    assert (found.p10_years, found.p50_years, found.p90_years) == (2022.2, 2023.4, None)
    assert found.ever_ppm == 666_667


def test_percentiles_are_of_the_draws_in_order():
    # Ten draws use it up after 1.0, 1.1, ... 1.9 years; a tenth by the first, half by the fifth.
    rates = 100 / np.arange(1.0, 2.0, 0.1)
    draws = np.repeat(rates[::-1, None], 3, axis=1) * T
    found = exhaustion(budget(100), (2021, 2022, 2023), draws)
    assert (found.p10_years, found.p50_years, found.p90_years) == (2022.0, 2022.4, 2022.8)
    assert found.by_year_ppm == (100_000, 1_000_000, 1_000_000)


def test_draws_that_begin_after_the_budget_are_refused():
    with pytest.raises(ValueError, match="begin in 2022"):
        exhaustion(budget(1), (2022, 2023), np.ones((2, 2)))
    with pytest.raises(ValueError, match="for 3 years"):
        exhaustion(budget(1), (2021, 2022, 2023), np.ones((2, 2)))


@given(
    st.lists(st.integers(-50, 200), min_size=1, max_size=12),
    st.integers(0, 900),
)
def test_one_draw_says_the_same_as_the_whole_numbers(tonnes, size):
    years = tuple(range(2021, 2021 + len(tonnes)))
    use = budget_use(budget(size), {y: t * T for y, t in zip(years, tonnes, strict=True)})
    when = exhaustion_years(budget(size), years, np.array([tonnes], dtype=float) * T)[0]
    if use.exhausted_in is None:
        assert np.isinf(when)
    else:
        assert when == pytest.approx(use.exhausted_in, abs=6e-4)
