"""How far an action has spread, year by year."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plans.engine.models import action
from vatra.plans.engine import Adoption, adoption_curve

YEARS = tuple(range(2021, 2031))


def curve(adoption: Adoption, delay: object = 0.0, **fields: object) -> np.ndarray:
    return adoption_curve(action("a", adoption=adoption, **fields), YEARS, delay)  # type: ignore[arg-type]


def test_linear_rises_in_equal_steps_from_its_first_year() -> None:
    found = curve(Adoption(2023, 4))
    assert found == pytest.approx([0, 0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1])


def test_the_level_scales_it_and_an_end_ends_it() -> None:
    found = curve(Adoption(2023, 2, end_year=2027), level=0.5)
    assert found == pytest.approx([0, 0, 0.25, 0.5, 0.5, 0.5, 0, 0, 0, 0])


def test_cohorts_come_due_one_by_one() -> None:
    # Stock of 15 years: each year a fifteenth of what is left, 1 - (14/15)^n.
    found = curve(Adoption(2021, 15, "cohort"))
    assert found == pytest.approx(1 - (14 / 15) ** np.arange(1, 11))


def test_logistic_is_symmetric_and_reaches_both_ends() -> None:
    found = curve(Adoption(2021, 10, "logistic"))
    assert found[-1] == pytest.approx(1.0)
    assert found[4] == pytest.approx(0.5)
    assert found[3] + found[5] == pytest.approx(1.0)


def test_a_schedule_is_followed_and_held() -> None:
    found = curve(Adoption(2023, shape="schedule", schedule={2023: 0.1, 2027: 0.5}))
    assert found == pytest.approx([0, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.5, 0.5])


def test_a_delay_moves_the_whole_curve_by_fractions_of_a_year() -> None:
    found = curve(Adoption(2023, 2), np.array([0.0, 1.0, 0.5]))
    assert found.shape == (3, 10)
    assert found[1] == pytest.approx([0, 0, 0, 0.5, 1, 1, 1, 1, 1, 1])
    assert found[2] == pytest.approx([0, 0, 0.25, 0.75, 1, 1, 1, 1, 1, 1])
