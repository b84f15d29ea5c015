"""Tables that add up yield nothing; one altered digit is found, and mended where that is unique."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.linter.cities import City, Writing, cities, document, emissions, writings
from vatra.linter import CellName, Document, LintTable, as_text, lint

CHECKS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@CHECKS
@given(city=cities(), writing=writings())
def test_tables_that_add_up_yield_nothing(city: City, writing: Writing):
    found = lint(document(city, writing))
    assert not found, as_text(found)


def altered(table: LintTable, row: int, column: int, place: int, digit: str) -> LintTable:
    rows = [list(each) for each in table.rows]
    digits = str(rows[row][column])
    rows[row][column] = int(digits[:place] + digit + digits[place + 1 :])
    return replace(table, rows=rows)


@CHECKS
@given(city=cities(), data=st.data())
def test_one_altered_digit_is_found_and_mended(city: City, data: st.DataObject):
    table = emissions(city, Writing())
    row = data.draw(st.integers(0, len(table.rows) - 1))
    column = data.draw(st.integers(1, 3))
    digits = str(table.rows[row][column])
    # The last two digits may vanish in the rounding of a sum of five rows.
    place = data.draw(st.integers(0, len(digits) - 3))
    choices = [digit for digit in "123456789" if digit != digits[place]]
    digit = data.draw(st.sampled_from(choices))
    wrong = altered(table, row, column, place, digit)
    found = lint(Document([wrong], base_year=2021))
    cell = CellName("emissions", str(table.rows[row][0]), table.columns[column])
    assert len(found) == 1, as_text(found)
    assert found[0].cells[0] == cell
    assert found[0].repair is not None
    # Rounded parts leave a few units of freedom: the mended value is within them.
    assert abs(found[0].repair.suggested.value - Decimal(digits)) <= 5
