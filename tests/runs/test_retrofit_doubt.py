"""P10 to P90 of what packages promise."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from tests.runs.test_calibrate import folder_of, heated
from vatra.plans.bills import draws_at, scores, work_draws
from vatra.plans.retrofit.named import named_packages
from vatra.runs.calibrate_block import NONE, OWN, priors_of
from vatra.runs.retrofit import Renovation, renovate
from vatra.runs.retrofit_doubt import doubt, known_block, promises
from vatra.runs.retrofit_doubt_costs import drawn_cents, owners_cents
from vatra.runs.retrofit_doubt_figures import payback_years, three
from vatra.runs.retrofit_doubt_panels import own_power
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_picture import before_after
from vatra.runs.retrofit_rows import package_row, picks

ASKED = Asked(
    date(2026, 11, 1),
    programme_ids=("oug_18_2009",),
    rank="municipality",
    applicant="city",
    seismic_class="RsIII",
    has_eu_funds=False,
    has_association=True,
)
FIGURES = ("heating_saved_percent", "heating_saved_kwh", "heating_kwh_m2", "primary_kwh_m2",
           "final_kwh_m2", "bill_saved_cents", "co2_saved_kg", "cost_cents", "owners_cents",
           "owners_per_flat_cents", "payback_years")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return folder_of(tmp_path_factory.mktemp("metered"), *heated("b1", 330), codes=("b1",))


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Path:
    return folder_of(tmp_path_factory.mktemp("bare"), codes=("b1",))


@cache
def weighed(folder: Path) -> Renovation:
    return renovate(folder, "b1", "iasi", ASKED, packages=named_packages())


@cache
def told(folder: Path):
    found = weighed(folder)
    return {each["package"]: each for each in doubt(found, picks(found), draws=512)}


def test_every_promise_has_its_range(bare):
    rows = told(bare)
    assert set(rows) == set(picks(weighed(bare))) - {"kept"}
    for row in rows.values():
        assert row["known_by"] == NONE
        for name in FIGURES:
            low, middle, high = (row[f"{name}_{end}"] for end in ("p10", "p50", "p90"))
            assert low <= middle <= high or high is None, name


def test_the_middle_is_near_the_expected_block(bare):
    """Comfort taken back and bent ranges move it, not far."""
    found, rows = weighed(bare), told(bare)
    for name in ("moderate", "deep"):
        plain = package_row(found, picks(found)[name])
        assert rows[name]["heating_saved_percent_p50"] == pytest.approx(
            plain["heating_saving_percent"], abs=4
        )
        assert rows[name]["primary_kwh_m2_p50"] == pytest.approx(plain["primary_kwh_m2"], rel=0.06)


def test_prices_are_those_of_the_cost_table(bare):
    found, rows = weighed(bare), told(bare)
    for name, row in rows.items():
        plain = package_row(found, picks(found)[name])
        for end in ("p10", "p90"):
            assert row[f"cost_cents_{end}"] == pytest.approx(plain[f"cost_{end}_cents"], rel=2e-3)


def test_owners_bear_a_fifth_under_the_national_programme(bare):
    found = weighed(bare)
    place, luck = picks(found)["moderate"], work_draws(512)
    cost = drawn_cents(found, place, luck)
    # OUG 18/2009: half from the state, three tenths from the city, a fifth from the owners.
    assert owners_cents(found, place, cost) == pytest.approx(0.2 * cost.sum(axis=1), rel=1e-3)


def test_more_works_save_more_in_every_draw_that_is_shown(bare):
    rows = told(bare)
    saved = [rows[name]["heating_saved_kwh_p10"] for name in ("windows", "moderate", "deep")]
    assert saved == sorted(saved)
    # Works that insulate better are also surer of what is left.
    left = [
        rows[name]["heating_kwh_m2_p90"] - rows[name]["heating_kwh_m2_p10"]
        for name in ("windows", "moderate", "deep")
    ]
    assert left == sorted(left, reverse=True)


def test_the_same_block_before_and_after_is_surer_than_two_blocks(bare):
    found = promises(weighed(bare), draws=512)
    row = next(each for each in found.rows if each["package"] == "windows")
    before, after = (
        each["heating_kwh_m2_p90"] - each["heating_kwh_m2_p10"] for each in (found.today, row)
    )
    area = weighed(bare).building.heated_m2
    saved = (row["heating_saved_kwh_p90"] - row["heating_saved_kwh_p10"]) / area
    assert saved < 0.8 * np.hypot(before, after)


def test_shares_of_classes_rise_to_all(bare):
    for row in told(bare).values():
        shares = list(row["or_better_percent"].values())
        assert shares == sorted(shares) and shares[-1] == 100
    assert told(bare)["deep"]["or_better_percent"]["B"] > 95


def test_meters_make_promises_surer(folder, bare):
    known = known_block(weighed(folder))
    assert known.origin == OWN and known_block(weighed(bare)) is None
    sure, unsure = told(folder)["moderate"], told(bare)["moderate"]
    assert sure["known_by"] == OWN

    def width(row, name):
        return row[f"{name}_p90"] - row[f"{name}_p10"]

    assert width(sure, "heating_saved_kwh") < 0.85 * width(unsure, "heating_saved_kwh")
    # It takes more than its type, so there is more to save.
    assert sure["bill_saved_cents_p50"] > unsure["bill_saved_cents_p50"]


def test_panels_give_a_little_more_or_less(bare):
    found, rows = weighed(bare), told(bare)
    gained = rows["deep_pv"]["bill_saved_cents_p50"] - rows["deep"]["bill_saved_cents_p50"]
    plain = [package_row(found, picks(found)[name])["bill_saved_cents"] for name in
             ("deep_pv", "deep")]  # fmt: skip
    assert gained == pytest.approx(plain[0] - plain[1], rel=0.1)


def test_no_panels_give_nothing(bare):
    from vatra.plans.bills import Subject, answer

    found = weighed(bare)
    subject = Subject(found.building, found.zone, found.spent.systems, found.climate)
    draws = draws_at(priors_of(subject), scores(64))
    made = answer(subject, draws)
    luck = work_draws(64)
    assert not own_power(subject, subject.systems, made, draws, luck, 0.0, 0.0).any()
    own = own_power(subject, subject.systems, made, draws, luck, 20.0, 0.0)
    assert (own.sum(axis=1) <= made.carriers()["electricity"].sum(axis=1)).all()


def test_what_never_pays_back_has_no_years():
    years = payback_years(np.array([100.0, 100.0, 100.0]), np.array([50.0, 20.0, -3.0]))
    assert three("years", years) == {"years_p10": 2.0, "years_p50": 5.0, "years_p90": None}


def test_bars_carry_their_ends(folder):
    found = weighed(folder)
    sure = promises(found, draws=512)
    for lang in ("en", "ro"):
        chart = before_after(found, lang, sure.final_ends)
        assert "P10–P90" in chart.alt
        # Two strokes and two ticks to a bar with ends.
        assert chart.svg().count("<line") >= 4 * len(chart.data["p10_p90"])
    assert set(chart.data["p10_p90"]) == {each["name"] for each in chart.data["bars"]}
