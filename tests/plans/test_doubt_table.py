"""Table 3.2 by hand for two categories, and beside the general propagation."""

from math import sqrt

import pytest

from tests.plans.doubts import rows, terms
from vatra.plans.doubt import approach_1, trend_1
from vatra.plans.doubt_table import Category, table_3_2

MG_PER_T = 10**9
# Base 100 + 100 t, target 50 + 100 t; coal 3 % and 4 %, oil 2 % and 0 %.
COAL = Category("coal", "CO2", 100 * MG_PER_T, 50 * MG_PER_T, 3, 4)
OIL = Category("oil", "CO2", 100 * MG_PER_T, 100 * MG_PER_T, 2, 0)


def test_both_feet_of_the_table_by_hand():
    table = table_3_2([COAL, OIL])
    coal, oil = table.rows
    # G = sqrt(9 + 16) = 5; H = (5 x 50 / 150)^2 = 2.778 and (2 x 100 / 150)^2 = 1.778
    assert coal.combined_percent == 5
    assert table.total_percent == pytest.approx(sqrt(2.7778 + 1.7778), rel=1e-4)
    # I of coal = (150.5 / 201 - 0.75) x 100 = -0.1244; J = 0.25 and 0.5
    assert coal.type_a_percent == pytest.approx(0.12438, rel=1e-4)
    assert (coal.type_b_percent, oil.type_b_percent) == (0.25, 0.5)
    # K = 0.1244 x 4 = 0.4975, L = 0.25 x 3 x 1.4142 = 1.0607; oil: L = 0.5 x 2 x 1.4142 = 1.4142
    assert coal.trend_by_factor_percent == pytest.approx(0.49751, rel=1e-4)
    assert coal.trend_by_activity_percent == pytest.approx(1.06066, rel=1e-4)
    assert table.trend_percent == pytest.approx(sqrt(0.2475 + 1.125 + 2.0), rel=1e-3)


def test_the_other_kind_of_correlation():
    turned = Category(
        "coal", "CO2", 100 * MG_PER_T, 50 * MG_PER_T, 3, 4,
        activity_correlated=True, factor_correlated=False,
    )  # fmt: skip
    row = table_3_2([turned, OIL]).rows[0]
    assert row.trend_by_factor_percent == pytest.approx(0.25 * 4 * sqrt(2))
    assert row.trend_by_activity_percent == pytest.approx(0.12438 * 3, rel=1e-4)


def general():
    table = rows(
        (1990, "coal", 100, "c90", 0.03),
        (1990, "oil", 100, "o90", 0.02),
        (2021, "coal", 50, "c21", 0.03),
        (2021, "oil", 100, "o21", 0.02),
    )
    return table, terms((0, "coal", 0.96, 1.04), (2, "coal", 0.96, 1.04))


def test_the_total_is_that_of_the_general_propagation():
    found = approach_1(*general()).filter(year=2021)["half_width_share"][0]
    assert found * 100 == pytest.approx(table_3_2([COAL, OIL]).total_percent)


def test_the_trend_is_near_that_of_the_general_propagation():
    # The table takes the later year twice (the square root of 2); coal halves, so that its base
    # year in truth weighs more, and oil less: 100 x 0.75 instead of 50 and of 100.
    found = trend_1(*general(), 1990, 2021)["half_width_share"][0] * 100
    k = (4 * (50 - 100 * 0.75) / 200) ** 2
    coal = (3 * 50 / 200) ** 2 + (3 * 100 * 0.75 / 200) ** 2
    oil = (2 * 100 / 200) ** 2 + (2 * 100 * 0.75 / 200) ** 2
    assert found == pytest.approx(sqrt(k + coal + oil))
    assert found == pytest.approx(table_3_2([COAL, OIL]).trend_percent, rel=0.05)


def test_totals_of_zero_have_no_table():
    with pytest.raises(ValueError, match="zero"):
        table_3_2([])
    with pytest.raises(ValueError, match="zero"):
        table_3_2([Category("a", "CO2", 0, 5, 1, 1)])
