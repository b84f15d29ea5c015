"""Every published variant of TABULA, from its envelope to its heating need, to 1e-9."""

import numpy as np
import pytest

from benchmarks.outside import HOW, tabula_variants, variant_numbers
from vatra.plans.blocks.engines.seasonal import Season, seasonal

pytestmark = pytest.mark.slow

PARTS = ("Roof_1", "Roof_2", "Wall_1", "Wall_2", "Wall_3", "Floor_1", "Floor_2", "Window_1",
         "Window_2", "Door_1")  # fmt: skip
SUNS = (("Hor", "Horizontal", "hor"), ("East", "East", "vert"), ("South", "South", "vert"),
        ("West", "West", "vert"), ("North", "North", "vert"))  # fmt: skip
# Heat capacity of air, as TABULA rounds it [Wh/m3K].
AIR_WH_M3K = 0.34


@pytest.fixture(scope="module")
def variants():
    rows = tabula_variants()
    if rows is None:
        pytest.skip(f"the published variants are in no repository; {HOW}")
    return rows


def column(rows, name):
    return np.array(list(variant_numbers(rows, name)))


def season(rows):
    """From areas, U, air change and irradiation of each variant to what the method takes."""
    floor = column(rows, "A_C_Ref")
    areas = {part: column(rows, f"A_Calc_{part}") for part in PARTS}
    lost = sum(areas.values()) * column(rows, "delta_U_ThermalBridging")
    for part, area in areas.items():
        behind = 1.0
        if part[:4] in ("Roof", "Wall", "Floo"):
            behind = column(rows, f"b_Transmission_{part}")
        lost = lost + area * column(rows, f"U_Actual_{part}") * behind
    sun = 0.0
    for side, window, shading in SUNS:
        glass = column(rows, f"A_Calc_Window_{window}") * column(rows, f"F_sh_{shading}")
        sun = sun + glass * column(rows, f"I_Sol_{side}")
    sun = sun * (1 - column(rows, "F_f")) * column(rows, "F_w") * column(rows, "g_gl_n")
    changes = column(rows, "n_air_use") + column(rows, "n_air_infiltration")
    return Season(
        h_tr_w_m2k=lost / floor,
        h_ve_w_m2k=AIR_WH_M3K * changes * column(rows, "h_room"),
        inside_c=column(rows, "theta_i"),
        outside_c=column(rows, "Theta_e"),
        days=column(rows, "HeatingDays"),
        f_red_at_1=column(rows, "F_red_htr1"),
        f_red_at_4=column(rows, "F_red_htr4"),
        sun_kwh_m2=sun / floor,
        gains_w_m2=column(rows, "phi_int"),
        mass_wh_m2k=column(rows, "c_m"),
    )


@pytest.mark.parametrize("country", ["HU", "CZ", "all"])
def test_published_needs(variants, country):
    rows = [each for each in variants if country in (each["Code_Country"], "all")]
    assert len(rows) == {"HU": 16, "CZ": 33, "all": 836}[country]
    need = seasonal(season(rows))
    assert abs(need.heating_kwh_m2 - column(rows, "q_h_nd")).max() < 1e-9
    assert abs(need.f_red_share - column(rows, "F_red_temp")).max() < 1e-9
    assert abs(need.used_share - column(rows, "eta_h_gn")).max() < 1e-9
