from __future__ import annotations

from datetime import date

import pytest

from vatra.plans.retrofit import MAJOR, NEW, NO, UNKNOWN, YES, RetrofitError, check_elements

DAY = date(2026, 11, 1)


def test_each_element_is_held_against_its_limit() -> None:
    u = {"wall": 0.33, "window": 1.3, "roof": None}
    found = check_elements(u, MAJOR, DAY)
    verdicts = {each.limit.element: each.verdict for each in found}
    assert verdicts == {"wall": YES, "window": NO, "roof": UNKNOWN}


def test_a_new_building_must_do_better_than_a_renovated_one() -> None:
    u = {"wall": 0.30, "window": 1.15, "roof": 0.18, "basement": 0.35, "ground": 0.21}
    assert {each.verdict for each in check_elements(u, MAJOR, DAY)} == {YES}
    assert {each.verdict for each in check_elements(u, NEW, DAY)} == {NO}


def test_findings_are_said_in_both_languages() -> None:
    found = check_elements({"window": 1.3, "roof": None}, MAJOR, DAY)
    assert found[0].text("en").startswith("Windows: U' 1.30 W/m²K is above the limit of 1.20.")
    assert found[0].text("ro").startswith("Ferestre: U' 1,30 W/m²K depășește limita de 1,20.")
    assert found[1].text("ro").startswith("Acoperiș: nu se cunoaște, limita este 0,20")


def test_impossible_and_foreign_elements_are_refused() -> None:
    with pytest.raises(RetrofitError, match="roof, wall"):
        check_elements({"wall": 0.0, "roof": -0.2, "window": 1.0}, MAJOR, DAY)
    with pytest.raises(RetrofitError, match="door.*basement, ground, roof, wall, window"):
        check_elements({"door": 1.0}, MAJOR, DAY)
