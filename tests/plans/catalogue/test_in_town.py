"""Each measure alone, on a town that has every use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.catalogue.town import STOCKS, cut_t, in_town, town
from vatra.plans.catalogue import STOCKS as CODES
from vatra.plans.catalogue import Entry, catalogue
from vatra.plans.engine import Model, evaluate

ENTRIES = list(catalogue().values())
# What adds emissions on a dirty supply says so in its own description.
RAISES = {each.id for each in ENTRIES if "raises emissions" in each.about_en.casefold()}
A_GRAM_T = 1e-6


def by_id(each: Entry) -> str:
    return each.id


def test_the_town_has_every_stock():
    assert set(STOCKS) == set(CODES)


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_no_measure_adds_emissions_unless_its_description_says_why(entry: Entry):
    cut = cut_t(entry, town())
    # Landfills and trees answer with time.
    assert cut.max() > 1 or entry.id in RAISES
    assert (cut.min() < -A_GRAM_T) == (entry.id in RAISES)


@pytest.mark.parametrize("entry", [each for each in ENTRIES if each.id in RAISES], ids=by_id)
def test_what_adds_emissions_now_cuts_them_on_a_clean_supply(entry: Entry):
    assert cut_t(entry, town(electricity=80.0, district_heat=80.0)).min() > 0


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_effect_of_a_measure_does_something(entry: Entry):
    base = town()
    whole = in_town(entry)
    for effect in whole.effects:
        alone = replace(whole, effects=(effect,))
        moved = evaluate(Model(base, (alone,)))
        changed = np.abs(moved.total_mg - base.emission_mg.sum(axis=0)).max()
        assert changed > 1e6, effect


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_no_measure_alone_takes_more_than_there_is(entry: Entry):
    base = town()
    found = evaluate(Model(base, (in_town(entry),)))
    assert not found.binding
    assert (found.emission_mg >= 0).all()


def test_all_of_them_together_leave_no_cell_below_zero():
    reach = 0.1  # Many want the same homes.
    actions = tuple(in_town(each, reach) for each in ENTRIES)
    base = town()
    found = evaluate(Model(base, actions))
    assert (found.emission_mg >= 0).all()
    alone = sum(cut_t(each, base, reach)[-1] for each in ENTRIES)
    together = (base.emission_mg.sum(axis=0) - found.total_mg)[-1] / 1e9
    assert 0 < together < alone


def test_a_heat_pump_gains_as_the_grid_gets_cleaner():
    # 1 MWh of gas is 202 kg; at a ratio of about 3.4 it becomes 0.29 MWh of electricity.
    pump = catalogue()["heat_pump_air_homes"]
    dirty, clean = cut_t(pump, town(electricity=270.0)), cut_t(pump, town(electricity=100.0))
    assert clean[0] > dirty[0] > 0
    strength, ratio = pump.effects[0].strength.mean, pump.effects[0].ratio.mean
    assert dirty[0] == pytest.approx(1e6 * strength * (0.202 - 0.270 / ratio))


def test_a_deep_retrofit_takes_its_share_of_every_heat():
    # (1,000,000 x 0.202 + 250,000 x 0.280 + 50,000 x 0.010) t x 0.55 = 149,875 t.
    cut = cut_t(catalogue()["flats_deep"], town())
    assert cut[0] == pytest.approx(272_500 * 0.55)


def test_half_the_flats_moderate_and_half_deep_is_the_mean_of_both():
    base = town()
    actions = tuple(in_town(catalogue()[each], 0.5) for each in ("flats_moderate", "flats_deep"))
    cut = (base.emission_mg.sum(axis=0) - evaluate(Model(base, actions)).total_mg)[0] / 1e9
    assert cut == pytest.approx(272_500 * (0.5 * 0.32 + 0.5 * 0.55))


def test_control_of_lamps_saves_nothing_more_where_they_dim():
    base = town()
    dim, both = (
        evaluate(Model(base, tuple(in_town(catalogue()[each]) for each in codes))).total_mg[0]
        for codes in (
            ("street_lighting_dimming",),
            ("street_lighting_dimming", "street_lighting_control"),
        )
    )
    assert both == pytest.approx(dim)


def test_cycling_and_the_rest_take_no_more_than_the_short_trips():
    base = town()
    short = [e for e in ENTRIES if any(x.group == "short_car_trips" for x in e.effects)]
    assert len(short) >= 4
    found = evaluate(Model(base, tuple(in_town(each) for each in short)))
    cars = [cell.use == "cars" for cell in base.cells]
    left = found.amount[cars].sum(axis=0)[0] / base.amount[cars].sum(axis=0)[0]
    # One minus the product of what each leaves of three tenths: between the largest and the sum.
    shares = [each.effects[0].strength.mean for each in short]
    assert max(shares) < 1 - left < sum(shares) < 0.3
    expected = 0.7 + 0.3 * float(np.prod([1 - each / 0.3 for each in shares]))
    assert left == pytest.approx(expected)


def test_trees_take_up_nothing_in_the_year_they_are_planted():
    cut = cut_t(catalogue()["street_trees"], town())
    assert cut[0] == pytest.approx(0.0, abs=A_GRAM_T)
    assert cut[1] > 0


def test_a_landfill_without_new_bio_waste_goes_on_giving_off_gas():
    # Deposits fall at once, the gas by 9 % of the difference a year (exp(-0.09) = 0.914).
    strength = catalogue()["residual_pretreatment"].effects[0].strength.mean
    cut = cut_t(catalogue()["residual_pretreatment"], town())
    assert cut[0] == pytest.approx(0.0, abs=A_GRAM_T)
    assert cut[1] == pytest.approx(60e3 * strength * (1 - np.exp(-0.09)))


def test_gas_wells_work_from_the_first_year():
    wells = catalogue()["landfill_gas_capture"]
    assert cut_t(wells, town())[0] == pytest.approx(60e3 * wells.effects[0].strength.mean)
