from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from tests.plans.retrofit.block import BEFORE, BLOCK, DAY, QUANTITIES, energy_of
from vatra.plans.retrofit import (
    LETTERS,
    Energy,
    Packages,
    RetrofitError,
    appraise,
    co2_class,
    costs,
    default_options,
    eligible,
    energy_class,
    factorial,
    one_package,
    per_flat,
    sized,
)
from vatra.plans.retrofit.appraise import Appraisal
from vatra.plans.retrofit.facts import Works


def appraised(packages: Packages) -> Appraisal:
    return appraise(BLOCK, packages, energy_of(packages), BEFORE, QUANTITIES, ["oug_18_2009"], DAY)


def test_doing_nothing_costs_nothing_and_saves_nothing() -> None:
    found = appraised(one_package({"wall": "wall_kept", "pv": "pv_none"}))
    # 180 x 0.92 + 30 x 2.5 = 240.6 kWh/m2: class C
    assert found.figures.primary_kwh_m2 == pytest.approx([240.6])
    assert LETTERS[found.energy_classes[0]] == "C"
    assert found.costs.total_cents().tolist() == [0]
    assert found.works.primary_saving_percent == pytest.approx([0])


def test_a_whole_envelope_by_hand() -> None:
    chosen = {"wall": "wall_eps10", "roof": "roof_xps12", "basement": "basement_xps10"}
    found = appraised(one_package({**chosen, "windows": "window_u11"}))
    # Heating 150 x 0.65 x 0.9 x 0.92 x 0.8 = 64.584; primary (64.584 + 30) x 0.92 + 75 = 162.01728
    assert found.figures.heating_kwh_m2 == pytest.approx([64.584])
    assert found.figures.primary_kwh_m2 == pytest.approx([162.01728])
    assert LETTERS[found.energy_classes[0]] == "B"
    # 94.584 x 0.92 x 0.22 + 75 x 0.107 = 27.1688 kg
    assert found.figures.co2_kg_m2 == pytest.approx([27.1688], abs=1e-4)
    assert LETTERS[found.co2_classes[0]] == "B"
    # 94.584 x 1200 kWh at EUR 85 and 30 x 1200 at EUR 160 a MWh: 9647.57 + 5760
    assert found.figures.bill_eur == pytest.approx([15_407.57], abs=0.01)
    assert found.works.heating_saving_percent == pytest.approx([56.944])
    assert found.funding.verdicts["oug_18_2009"].tolist() == [1]


def test_each_package_is_what_it_would_be_alone() -> None:
    packages = factorial()
    found = appraised(packages)
    for place in (0, 137, 1024, packages.count - 1):
        alone = appraised(one_package(packages.package(place)))
        assert alone.costs.total_cents()[0] == found.costs.total_cents()[place]
        assert alone.energy_classes[0] == found.energy_classes[place]
        assert alone.funding.owners_least_cents[0] == found.funding.owners_least_cents[place]
        primary = float(found.figures.primary_kwh_m2[place])
        assert energy_class(primary, "block", DAY) == LETTERS[found.energy_classes[place]]
        carbon = float(found.figures.co2_kg_m2[place])
        assert co2_class(carbon, "block", DAY) == LETTERS[found.co2_classes[place]]
        one = Works(heating_kwh_m2=float(found.works.heating_kwh_m2[place]))
        verdict = eligible(BLOCK, one, "oug_18_2009", DAY).verdict
        assert verdict == found.funding.verdicts["oug_18_2009"][place]


def test_every_cent_has_a_payer_and_every_owner_a_share() -> None:
    found = appraised(factorial())
    whole = found.funding.granted_cents + found.funding.owners_least_cents
    assert (whole == found.costs.total_cents()).all()
    assert (found.funding.owners_least_cents >= 0).all()
    flats = found.owners_per_flat_cents(BLOCK)
    assert flats.shape == (1920, 20)
    assert (flats.sum(axis=1) == found.funding.owners_most_cents).all()


def test_heat_pumps_are_sized_by_the_peak_load() -> None:
    # 100 kW x 0.65 = 65 kW: six pumps of 12 kW instead of nine.
    bare, insulated = (
        appraised(one_package({"wall": wall, "heat": "heat_pump_air"})).costs.group_cents()[0, 3]
        for wall in ("wall_kept", "wall_eps10")
    )
    assert bare / insulated == pytest.approx(9 / 6)


def test_the_front_holds_doing_nothing_and_no_waste() -> None:
    found = appraised(factorial())
    assert found.is_on_front[0]
    # Mineral wool is dearer than EPS and saves the same here.
    dearer = [found.packages.package(place)["wall"] == "wall_wool15" for place in range(1920)]
    assert not found.is_on_front[np.array(dearer)].any()


def test_a_cooled_block_has_no_known_carbon_class() -> None:
    packages = one_package({"wall": "wall_eps10"})
    house = replace(BLOCK, cooled=True)
    found = appraise(house, packages, energy_of(packages), BEFORE, QUANTITIES, [], DAY)
    assert found.co2_classes is None
    assert LETTERS[found.energy_classes[0]] == "B"


def test_a_saving_of_nothing_is_not_known() -> None:
    packages = one_package({"wall": "wall_eps10"})
    unheated = Energy(BEFORE.final_kwh, np.zeros(1))
    found = appraise(BLOCK, packages, energy_of(packages), unheated, QUANTITIES, [], DAY)
    assert np.isnan(found.works.heating_saving_percent).all()
    assert found.works.primary_saving_percent[0] > 0


def test_energy_must_be_that_of_the_packages() -> None:
    packages = one_package({"wall": "wall_eps10"})
    two = Energy({"electricity": np.ones(2)}, np.ones(2))
    with pytest.raises(RetrofitError, match="one number per package, 1 of them"):
        appraise(BLOCK, packages, two, BEFORE, QUANTITIES, [], DAY)
    with pytest.raises(RetrofitError, match="electricity, peak must be one number"):
        Energy({"electricity": np.array([np.nan])}, np.ones(1), np.ones(2))
    with pytest.raises(RetrofitError, match="energy of heating must be one number"):
        Energy({"electricity": np.ones(1)}, np.array([-1.0]))
    with pytest.raises(RetrofitError, match="no floor_m2"):
        bare = replace(BLOCK, floor_m2=None)
        appraise(bare, packages, energy_of(packages), BEFORE, QUANTITIES, [], DAY)


def test_ten_thousand_packages_take_less_than_a_second() -> None:
    sizes = [sized(default_options()["pv"][1], each) for each in range(1, 28)]
    packages = factorial({**default_options(), "pv": sizes})
    assert packages.count == 10_368
    energy = energy_of(packages)
    costs(one_package({}), {}, DAY)  # reads the data once
    start = time.process_time()
    found = appraise(BLOCK, packages, energy, BEFORE, QUANTITIES, ["oug_18_2009"], DAY)
    flats = per_flat(found.funding.owners_most_cents, BLOCK.flat_m2)
    assert flats.shape == (10_368, 20)
    assert time.process_time() - start < 1
