from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.plans.retrofit.block import BLOCK, DAY, IN_CALL, QUANTITIES
from vatra.plans.retrofit import (
    Applicant,
    Block,
    City,
    Costs,
    RetrofitError,
    Works,
    fund,
    one_package,
    package_cost,
)
from vatra.plans.retrofit.costs import GROUPS
from vatra.plans.retrofit.programmes import programme
from vatra.plans.retrofit.reading import Validity

IN_ROUND = date(2022, 4, 15)
IASI = City(rank="municipality")


def cost_of(**euros: int) -> Costs:
    """One package whose groups cost whole euros."""
    row = [euros.get(each, 0) * 100 for each in GROUPS]
    return Costs(np.array([[row]] * 4, np.int64), 21.0)


def works(primary: float = 45.0, heating: float = 60.0, **more: float) -> Works:
    fields = {"heating_kwh_m2": 60.0, "pv_kwp": 0.0, "battery_kwh": 0.0} | more
    return Works(
        primary_saving_percent=np.array([primary]),
        heating_saving_percent=np.array([heating]),
        has_envelope=np.array([True]),
        new_heat_carrier=np.array(["kept"]),
        **{name: np.array([value]) for name, value in fields.items()},
    )


def test_the_renovation_wave_pays_all_up_to_its_ceiling() -> None:
    # Moderate: 1500 m2 x EUR 200 = 300,000 of 350,000; deep: 1500 x 250 = 375,000, so all of it.
    cost = cost_of(envelope=250_000, windows=100_000)
    for primary, owners in ((45.0, 50_000), (60.0, 50_000), (60.1, 0)):
        found = fund(BLOCK, works(primary), cost, ["pnrr_c5_blocks"], IN_ROUND)
        assert found.owners_least_cents.tolist() == [owners * 100]
        assert found.granted_cents[0] + found.owners_least_cents[0] == 35_000_000
        assert (found.owners_most_cents == found.owners_least_cents).all()


def test_the_national_programme_is_shared_by_state_city_and_owners() -> None:
    # 100,000 of envelope: 50,000 + 30,000 + 20,000; the ventilation of 10,000 is the owners' own.
    cost = cost_of(envelope=100_000, ventilation=10_000)
    found = fund(BLOCK, works(), cost, ["oug_18_2009"], DAY)
    paid = {payer: cents[0] for payer, cents in found.by_payer_cents.items()}
    assert paid == {"state": 5_000_000, "city": 3_000_000}
    assert found.owners_least_cents.tolist() == [3_000_000]


def test_a_share_that_nobody_stated_leaves_a_range() -> None:
    # ERDF 85 %; how the other 15 % are parted among state, city and owners is not known.
    found = fund(
        BLOCK, works(), cost_of(envelope=100_000), ["pr_nord_est_blocks"], IN_CALL, city=IASI
    )
    assert found.granted_cents.tolist() == [8_500_000]
    assert found.owners_least_cents.tolist() == [0]
    assert found.owners_most_cents.tolist() == [1_500_000]


def test_a_ceiling_in_lei_is_turned_at_the_rate_of_the_year() -> None:
    # 10 kWp for 11,000: 90 % of at most 30,000 lei / 4.97 = EUR 6,036.22 is 5,432.59 (rounded down)
    who = Applicant("person", owns_building=True)
    what = works(pv_kwp=10.0, battery_kwh=10.0)
    day = date(2024, 6, 1)
    found = fund(BLOCK, what, cost_of(pv=11_000), ["casa_verde_pv"], day, applicant=who)
    assert found.granted_cents.tolist() == [543_259]
    assert found.owners_least_cents.tolist() == [1_100_000 - 543_259]


def test_a_closed_programme_pays_nothing_and_says_no() -> None:
    found = fund(BLOCK, works(), cost_of(envelope=100_000), ["pnrr_c5_blocks"], DAY)
    assert found.verdicts["pnrr_c5_blocks"].tolist() == [0]
    assert found.owners_least_cents.tolist() == [10_000_000]


def test_what_is_not_known_to_be_eligible_is_not_paid() -> None:
    block = replace(BLOCK, has_eu_funds=None)
    found = fund(block, works(), cost_of(envelope=100_000), ["oug_18_2009"], DAY)
    assert found.verdicts["oug_18_2009"].tolist() == [-1]
    assert found.owners_least_cents.tolist() == [10_000_000]


def test_no_cost_is_paid_twice() -> None:
    # The wave covers panels too: what is above its ceiling does not go on to another programme.
    cost = cost_of(envelope=290_000, pv=20_000)
    alone = fund(BLOCK, works(), cost, ["pnrr_c5_blocks"], IN_ROUND)
    assert alone.owners_least_cents.tolist() == [1_000_000]
    both = fund(BLOCK, works(), cost, ["pnrr_c5_blocks", "pnrr_c5_blocks"], IN_ROUND)
    assert both.owners_least_cents.tolist() == [1_000_000]


def test_a_cost_goes_to_the_first_programme_that_takes_it() -> None:
    # Both pay for panels: Casa Verde 5,432.59 of 11,000, or state and city 80 %; never both.
    who = Applicant("person", owns_building=True)
    what = works(pv_kwp=10.0, battery_kwh=10.0)
    day, names = date(2024, 6, 1), ["casa_verde_pv", "oug_18_2009"]
    one, other = (
        fund(BLOCK, what, cost_of(pv=11_000), order, day, applicant=who).owners_least_cents[0]
        for order in (names, names[::-1])
    )
    assert (one, other) == (1_100_000 - 543_259, 220_000)


def test_programmes_that_exclude_each_other_are_refused_with_the_rule() -> None:
    names = ["oug_18_2009", "pr_nord_est_blocks"]
    with pytest.raises(RetrofitError, match="approved EU grant cannot enter") as fault:
        fund(BLOCK, works(), cost_of(envelope=1), names, IN_CALL, city=IASI)
    assert "Un bloc cu fonduri nerambursabile" in fault.value.text("ro")
    with pytest.raises(RetrofitError, match="free is a loan"):
        fund(BLOCK, works(), cost_of(envelope=1), ["free"], DAY)


def test_shares_are_those_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    # A share that ended yesterday and the one that follows it: 30 % of the city, then 40 %.
    of = programme("oug_18_2009")
    old = next(each for each in of.shares if each.payer == "city")
    ended = replace(old, validity=Validity(None, DAY - timedelta(days=1)))
    begun = replace(old, basis_points=4_000, validity=Validity(DAY, None))
    rest = tuple(each for each in of.shares if each.payer != "city")
    changed = replace(of, shares=(*rest, ended, begun))
    monkeypatch.setattr("vatra.plans.retrofit.funding.programme", lambda _: changed)
    found = [
        fund(BLOCK, works(), cost_of(envelope=100), ["oug_18_2009"], day).by_payer_cents["city"]
        for day in (DAY - timedelta(days=1), DAY)
    ]
    assert [int(each[0]) for each in found] == [3_000, 4_000]


def test_a_ceiling_per_area_needs_the_area() -> None:
    block = Block(**{**vars(BLOCK), "built_m2": None})
    with pytest.raises(RetrofitError, match="no built_m2"):
        fund(block, works(), cost_of(envelope=1), ["pnrr_c5_blocks"], IN_ROUND)


def test_each_package_has_a_verdict_of_its_own() -> None:
    # Two packages of the same cost: the first cuts heating by less than half.
    cost = Costs(np.repeat(cost_of(envelope=100_000).by_group_cents, 2, axis=1), 21.0)
    both = Works(np.array([45.0, 45.0]), np.array([49.9, 50.0]))
    found = fund(BLOCK, both, cost, ["pnrr_c5_blocks"], IN_ROUND)
    assert found.owners_least_cents.tolist() == [10_000_000, 0]


def test_the_dear_end_of_the_range_can_be_divided_too() -> None:
    cost = package_cost({"wall": "wall_eps10"}, QUANTITIES, DAY)
    assert one_package({"wall": "wall_eps10"}).count == 1
    found = [
        fund(BLOCK, works(), cost, ["oug_18_2009"], DAY, statistic=each).owners_least_cents[0]
        for each in ("p10", "p50", "p90")
    ]
    expected = [cost.total_cents(each)[0] * 0.2 for each in ("p10", "p50", "p90")]
    assert found == pytest.approx(expected, abs=2)
