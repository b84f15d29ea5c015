"""Doubt of the inventory as multiples of cells, from what its rows state."""

import numpy as np
import polars as pl
import pytest

from tests.plans.risk.models import YEARS, T
from vatra.plans.distributions import LogNormal, Normal
from vatra.plans.engine import Base, Cell
from vatra.plans.risk import inventory_scales
from vatra.plans.risk.inventory_scales import spread

CELLS = (
    Cell("residential", "buildings", "I.1", "natural_gas", "1"),
    Cell("tertiary", "buildings", "I.2", "natural_gas", "1"),
    Cell("tertiary", "buildings", "I.2", "electricity", "2"),
    Cell("cars", "transport", "II.1", "electricity", "2"),
    Cell("landfill", "waste", "III.1", "", "1", stream="solid_waste"),
    Cell("buildings", "buildings", stream="print_rounding"),
    Cell("residential", "buildings", "I.1", "wood", "1"),
)
MASS_T = (600.0, 200.0, 100.0, 50.0, 50.0, 1.0, 0.0)


def base():
    amount = np.repeat(np.array(MASS_T)[:, None] * T, len(YEARS), axis=1)
    return Base(YEARS, CELLS, amount, np.ones_like(amount))


def row(number, sector, carrier, mass_t, name, doubt):
    return {
        "row": number, "year": 2021, "sector": sector, "carrier": carrier,
        "co2e_mg": int(mass_t * T), "activity_id": name, "activity_doubt_ratio": doubt,
    }  # fmt: skip


def rows(gas=(0.1, 0.1), power=None, waste=0.3):
    return pl.DataFrame(
        [
            row(0, "buildings", "natural_gas", 600, "energy:2", gas[0]),
            row(1, "buildings", "natural_gas", 200, "energy:3", gas[1]),
            row(2, "buildings", "electricity", 100, "energy:4", power),
            row(3, "transport", "electricity", 50, "energy:5", power),
            row(4, "waste", "managed_deep", 50, "solid_waste:2", waste),
            row(5, "buildings", "print_rounding", 1, "print_rounding:1", 0.0),
            {**row(6, "buildings", "natural_gas", 500, "energy:9", 0.9), "year": 2035},
        ],
        schema_overrides={"activity_doubt_ratio": pl.Float64},
    )


def terms(*found):
    names = ("row", "term_id", "low_ratio", "high_ratio")
    schema = dict(zip(names, (pl.Int64, pl.String, pl.Float64, pl.Float64), strict=True))
    return pl.DataFrame([dict(zip(names, each, strict=True)) for each in found], schema=schema)


def scales(table=None, known=None, **more):
    found = inventory_scales(
        base(), rows() if table is None else table, terms() if known is None else known,
        ("electricity",), **more,
    )  # fmt: skip
    return {each.key: each for each in found}


def half(quantity):
    """Half the 95 % interval of a normal multiple."""
    assert isinstance(quantity.distribution, Normal)
    return quantity.distribution.deviation * 1.959964


def test_every_number_and_the_cells_it_moves():
    found = scales()
    assert {key: each.cells for key, each in found.items()} == {
        "buildings/electricity/activity": (2,),
        "buildings/natural_gas/activity": (0, 1),
        "transport/electricity/activity": (3,),
        "waste/solid_waste/activity": (4,),
        "electricity/factor": (2, 3),
        "natural_gas/factor": (0, 1),
        "electricity/factor_path": (2, 3),
        "buildings/activity_path": (0, 1, 2, 6),
        "transport/activity_path": (3,),
        "waste/activity_path": (4,),
    }


def test_two_meters_of_one_carrier_err_apart():
    # 60 t and 20 t of 800 t in quadrature: sqrt(4000) / 800 = 0.0790569
    found = scales()["buildings/natural_gas/activity"]
    assert half(found) == pytest.approx(0.0790569, rel=1e-5)
    assert not found.is_default and found.source == "inventory"


def test_the_default_stands_in_where_nothing_is_stated():
    found = scales()["buildings/electricity/activity"]
    assert found.is_default and "IPCC" in found.source
    assert half(found) == pytest.approx(0.1, rel=0.01)


def test_a_part_that_states_nothing_adds_its_default():
    # 60 t stated of 600 t; 200 t of 800 t state nothing, 10 % of them 20 t: sqrt(60^2 + 20^2) / 800
    found = scales(rows(gas=(0.1, None)))["buildings/natural_gas/activity"]
    assert half(found) == pytest.approx(np.hypot(60, 20) / 800, rel=1e-3)
    assert not found.is_default
    mostly = scales(rows(gas=(None, 0.1)))["buildings/natural_gas/activity"]
    assert half(mostly) == pytest.approx(np.hypot(20, 60) / 800, rel=1e-3)
    assert mostly.is_default


def test_factors_err_together_over_sectors():
    known = terms((2, "grid", 0.9, 1.1), (3, "grid", 0.9, 1.1))
    found = scales(known=known)
    assert half(found["electricity/factor"]) == pytest.approx(0.1, rel=1e-4)
    assert not found["electricity/factor"].is_default
    assert found["natural_gas/factor"].is_default


def test_terms_of_a_method_are_doubt_of_its_stream():
    # 30 % of the figure and 40 % of a parameter: 50 %, beyond what a normal holds
    found = scales(known=terms((4, "decay", 0.6, 1.4)))["waste/solid_waste/activity"]
    assert found.distribution == spread(0.5)
    assert isinstance(found.distribution, LogNormal)


def test_wide_doubts_keep_the_middle_and_the_upper_end():
    wide = spread(0.5)
    assert wide.quantile(np.array([0.5]))[0] == pytest.approx(1, rel=1e-5)
    assert wide.quantile(np.array([0.975]))[0] == pytest.approx(1.5, rel=1e-4)
    assert isinstance(spread(0.3), Normal)
    assert spread(0.0).is_certain


def test_one_stated_percentage_for_all():
    found = scales(stated_half_share=0.2)
    amounts = [each for each in found.values() if each.kind == "activity"]
    assert len(amounts) == 4
    assert all(half(each) == pytest.approx(0.2, rel=1e-4) for each in amounts)
    assert not any(each.is_default for each in amounts)
