"""Bounds that faults name, and how many measures are behind their own schedule."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from vatra.web.progress.forms import task_form, value_form
from vatra.web.progress.sentences import counts


def filled(values: dict[str, str]) -> QueryDict:
    """What a browser sends."""
    return QueryDict(urlencode(values))


@pytest.mark.parametrize(
    ("year", "is_taken"), [("1899", False), ("1900", True), ("2100", True), ("2101", False)]
)
def test_a_year_has_the_bounds_that_its_fault_names(year: str, is_taken: bool) -> None:
    sent = {"indicator": "I1", "year": year, "quarter": "", "value": "5", "source": "x"}
    form = value_form("ro", [("I1", "I1 Biciclete")], 2027).sent(filled(sent))
    said = {each.name: fault for each, _, fault in form.rows() if fault}
    words = "Introduceți un an de la 1900 la 2100, de exemplu 2027."
    assert said == ({} if is_taken else {"year": words})


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [("1999-12-31", False), ("2000-01-01", True), ("2100-12-31", True), ("2101-01-01", False)],
)
def test_a_day_has_the_bounds_that_its_fault_names(day: str, is_taken: bool) -> None:
    form = task_form("en", [], [], {}).sent(filled({"title": "Tender", "due": day}))
    said = {each.name: fault for each, _, fault in form.rows() if fault}
    words = "Enter a day from 2000 to 2100, such as 2026-11-30."
    assert said == ({} if is_taken else {"due": words})


def test_measures_behind_their_schedule_are_called_that() -> None:
    # A is 5 months behind, B as planned; C was behind and is done, so it counts no more.
    late: list[dict[str, Any]] = [
        {"code": "A", "status": "started", "delay_months": 5},
        {"code": "B", "status": "started", "delay_months": 0},
        {"code": "C", "status": "done", "delay_months": 3},
    ]
    statuses = {each["code"]: each["status"] for each in late} | {"D": "planned"}
    document = {"statuses": statuses, "actions": late}
    assert counts(document, "ro") == (
        "Măsuri: 4, dintre care începute: 3, încheiate: 1, anulate: 0; în urma calendarului: 1."
    )
