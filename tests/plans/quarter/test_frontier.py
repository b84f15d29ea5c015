"""Money against what is saved."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.plans.quarter.menus import random_menu
from vatra.plans.quarter import Aim, QuarterError, frontier


def test_more_money_leaves_less() -> None:
    menu = random_menu(40, 8, 5)
    points = frontier(menu, Aim())
    assert points[0].cost_cents == 0
    assert points[0].left == pytest.approx(menu.before("co2_kg").sum())
    assert points[-1].left == pytest.approx(menu.co2_kg.min(axis=1).sum())
    for one, other in pairwise(points):
        assert one.cost_cents < other.cost_cents and one.left > other.left
        assert other.bound <= other.left
    assert len(points) > 10


def test_only_known_figures_have_a_front() -> None:
    with pytest.raises(QuarterError):
        frontier(random_menu(3, 3), Aim(), of="gold")
