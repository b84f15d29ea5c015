"""What a block buys under draws, and what meters and works make of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from tests.plans.bills.blocks import drawn, known, meter, subject
from vatra.plans.bills import (
    PARAMETERS,
    after_works,
    answer,
    at_meter,
    comfort_of,
    conflict,
    draws_at,
    scores,
    work_draws,
)
from vatra.plans.blocks import simulate
from vatra.plans.blocks.bulk import renovated
from vatra.plans.retrofit.effects import changes
from vatra.plans.retrofit.named import named_packages
from vatra.plans.services import Served, bought


def at(**given):
    """The answer at scores of some parameters, all others as the type."""
    found = np.zeros((len(PARAMETERS), 1))
    for name, score in given.items():
        found[PARAMETERS.index(name)] = score
    return answer(subject(), draws_at(known(), found))


def test_the_middle_of_the_draws_is_what_everything_else_says():
    found, made = subject(), at()
    plain = simulate([found.zone], found.climate, "rc5", free_float=False)
    assert made.heating_wh[0] == pytest.approx(plain.heating_wh[0], rel=2e-4, abs=500)
    served = Served(made.heating_wh, None, made.peak_heating_w, np.array([1615.0]),
                    np.array([20.0]), np.array([False]), "block", np.array([5.0]))  # fmt: skip
    whole = bought(served, found.systems, found.climate)
    for key, held in whole.wh.items():
        assert made.wh[key] == pytest.approx(held)


def test_a_draw_is_a_zone_of_its_own():
    draws, made = drawn(64)
    found = subject()
    for place in (3, 40):
        zone = renovated(found.zone, draws.changes(), place)
        plain = simulate([zone], found.climate, "rc5", free_float=False)
        assert made.heating_wh[place] == pytest.approx(plain.heating_wh[0], rel=2e-4, abs=500)


@pytest.mark.parametrize("parameter", ["u_wall", "u_window", "bridge", "air", "inside"])
def test_more_of_it_needs_more_heat(parameter):
    low, high = at(**{parameter: -1.0}), at(**{parameter: 1.0})
    assert low.heating_wh.sum() < at().heating_wh.sum() < high.heating_wh.sum()


def test_services_scale_by_their_own_parameter():
    usual = at()
    more = at(household=1.0)
    share = known()[PARAMETERS.index("household")].value(1.0)
    key = ("appliances", "electricity")
    assert more.wh[key] == pytest.approx(share * usual.wh[key])
    # Pipes of hot water lose what they lose: less than in proportion.
    litres = known()[PARAMETERS.index("hot_water")].value(1.0)
    key = ("hot_water", "district_heat")
    ratio = at(hot_water=1.0).wh[key].sum() / usual.wh[key].sum()
    assert 1 < ratio < litres


def test_parts_of_a_meter_add_up():
    _, made = drawn(64)
    both = replace(meter("heating_and_hot_water"), degree_ratio=0.9)
    heating = at_meter(made, replace(meter("heating"), degree_ratio=0.9))
    water = at_meter(made, meter("hot_water"))
    assert at_meter(made, both) == pytest.approx(heating + water)
    summer = at_meter(made, replace(both, part="summer"))
    above = at_meter(made, replace(both, part="above_summer", degree_ratio=1.0))
    assert summer + above == pytest.approx(at_meter(made, both, 1.0))
    assert at_meter(made, replace(meter(), carrier="wood")) is None


def test_a_bill_far_off_says_what_to_check():
    _, made = drawn(1024)
    asked = meter("heating_and_hot_water")
    read = at_meter(made, asked)
    middle = float(np.median(read))
    assert conflict(replace(asked, wh=middle), read) is None
    assert conflict(replace(asked, wh=1.15 * middle), read) is None
    checks = {
        ratio: conflict(replace(asked, wh=ratio * middle), read).hints[0]
        for ratio in (2.1, 0.4, 1163.0, 1 / 1163, 3.6)
    }
    assert checks == {
        2.1: "two-blocks",
        0.4: "left",
        1163.0: "unit",
        1 / 1163: "unit",
        3.6: "joule",
    }
    for lang in ("en", "ro"):
        assert conflict(replace(asked, wh=2.1 * middle), read).finding("m.csv").message(lang)


def test_works_of_the_middle_are_the_package_itself():
    """At scores of zero, and without comfort taken back, nothing is doubted."""
    packages = named_packages()
    luck = replace(work_draws(64), scores=np.zeros_like(work_draws(64).scores))
    draws = draws_at(known(), np.zeros((len(PARAMETERS), 64)))
    plain = changes(packages)
    for place in range(packages.count):
        mine = after_works(draws, packages, place, luck, comfort=0.0).take([0])
        for name, held in plain.take([place]).arrays().items():
            assert mine.arrays()[name] == pytest.approx(held, nan_ok=True), name


def test_rooms_are_kept_warmer_after_works_alone():
    packages, luck = named_packages(), work_draws(1024)
    draws = draws_at(known(), scores(1024))
    kept, windows = (after_works(draws, packages, place, luck) for place in (0, 1))
    assert (kept.inside_k == draws.of("inside")).all()
    more = windows.inside_k - draws.of("inside")
    assert (more >= 0).all() and 0.4 < np.median(more) < 0.6
    assert np.quantile(more, 0.9) == pytest.approx(1.0, abs=0.03)


def test_comfort_is_taken_back_as_heat_is_saved():
    assert [comfort_of(share) for share in (-0.1, 0.0, 0.2, 0.5, 0.9)] == [0, 0, 0.4, 1, 1]
    packages, luck = named_packages(), work_draws(64)
    draws = draws_at(known(), scores(64))
    half = after_works(draws, packages, 1, luck, comfort=0.5)
    full = after_works(draws, packages, 1, luck)
    more = draws.of("inside")
    assert half.inside_k - more == pytest.approx(0.5 * (full.inside_k - more))


def test_works_and_block_are_drawn_apart():
    draws, luck = scores(1024), work_draws(1024).scores
    assert np.abs(np.corrcoef(draws, luck)[: len(draws), len(draws) :]).max() < 0.12
