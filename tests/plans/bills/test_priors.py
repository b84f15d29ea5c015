"""What is known of a block before any bill."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from tests.plans.bills.blocks import known, subject
from vatra.plans.bills import PARAMETERS, draws_at, priors, scores
from vatra.plans.bills.reading import TENTH, rows
from vatra.plans.stock import archetypes


def of(name, listed=None):
    return (listed or known())[PARAMETERS.index(name)]


def test_the_middle_is_the_figure_of_the_type():
    for each in known():
        assert each.value(0.0) == (0.0 if each.what == "kelvin" else 1.0)


def test_ranges_of_the_type_are_p10_and_p90():
    # T744R: air change 0.65 (0.45 to 0.85), gains 3.0 (2.5 to 5.0) W/m2, joints psi 0.55 (0.35 to
    # 0.75) x 480 m and x 180 m and balconies 1.2 (0.9 to 1.5) x 36 m.
    assert of("air").value(-TENTH) == pytest.approx(0.45 / 0.65)
    assert of("gains").value(TENTH) == pytest.approx(5 / 3)
    one = archetypes()["block_t744r_p4_1973_1982"].bridges
    low = sum(each.psi_low_w_mk * each.length_m for each in one)
    assert of("bridge").value(-TENTH) == pytest.approx(
        low / sum(each.psi_w_mk * each.length_m for each in one)
    )
    assert of("inside").value(TENTH) == pytest.approx(1.0)


def test_two_ranges_add_in_quadrature():
    # Floor: U 0.75 to 1.25 and b 0.6 (0.4 to 0.8): sqrt(ln(1/0.75)^2 + ln(0.6/0.4)^2) = 0.4971
    assert np.log(of("u_floor").value(-TENTH)) == pytest.approx(-0.4971, abs=1e-4)


def test_what_was_measured_is_known_better():
    found = subject()
    kind = archetypes()[found.building.archetype]
    listed = priors(kind, found.systems, "block", {"wall"})
    assert of("u_wall", listed).value(TENTH) == pytest.approx(1.08)
    assert of("u_roof", listed) == of("u_roof")


def test_a_boiler_is_less_sure_than_an_exchanger():
    assert of("losses", known("gas_stove")).high_spread > 1.5 * of("losses").high_spread


def test_every_row_has_source_and_doubt():
    for name in ("priors", "measured", "works", "errors"):
        for row in rows(name):
            assert len(row["source"]) > 10 and row["doubt"]
    assert [row["parameter"] for row in rows("priors")] == list(PARAMETERS)


def test_draws_are_the_same_bytes_every_time():
    first = draws_at(known(), scores(1024))
    scores.cache_clear()
    again = draws_at(known(), scores(1024))
    assert first.scores.tobytes() == again.scores.tobytes()
    assert first.values.tobytes() == again.values.tobytes()
    # The first scores of the stored seed, to nine digits.
    assert first.count == 1024 and scores().shape == (11, 10_240)


def test_draws_meet_their_quantiles():
    draws = draws_at(known(), scores(4096))
    for each in known():
        low, high = np.quantile(draws.of(each.parameter), (0.1, 0.9))
        assert low == pytest.approx(each.value(-TENTH), abs=0.005)
        assert high == pytest.approx(each.value(TENTH), abs=0.01)
    assert np.abs(np.corrcoef(draws.scores) - np.eye(11)).max() < 0.03


def test_standard_use_keeps_the_building():
    draws = draws_at(known(), scores(64))
    usual = draws.standard_use()
    assert (usual.of("inside") == 0).all() and (usual.of("household") == 1).all()
    assert (usual.of("u_wall") == draws.of("u_wall")).all()
