"""A repair in the writing of its cell: the signs between digits are the table's, not ours."""

from decimal import Decimal

import pytest

from vatra.linter import CellName, Repair, Shown
from vatra.runs.lint_cell_text import change, styles_of


def repair(printed: str, suggested: str) -> Repair:
    shown = [
        Shown(Decimal(each), max(0, -Decimal(each).as_tuple().exponent))
        for each in (printed, suggested)
    ]
    return Repair("digit", CellName("t", "r", "c"), *shown)


@pytest.mark.parametrize(
    ("text", "printed", "suggested", "whole"),
    [
        ("5.463", "5463", "4563", "4.563"),
        ("5,463", "5463", "4563", "4,563"),
        ("5 463", "5463", "4563", "4 563"),
        ("5463", "5463", "4563", "4563"),
        ("106,5", "106.5", "105.6", "105,6"),
        ("-176.922", "-176922", "-167922", "-167.922"),
        ("−176.922", "-176922", "-167922", "−167.922"),
        ("176.922", "-176922", "-167922", "167.922"),
        ("-31", "-31", "31", "31"),
        ("31", "31", "-31", "−31"),
        ("€ 9 million (5,000 €/t)", "5000", "500", "€ 9 million (500 €/t)"),
    ],
)
def test_only_the_number_changes(text: str, printed: str, suggested: str, whole: str) -> None:
    found = change(text, repair(printed, suggested))
    assert found is not None
    end = found.start + len(found.old)
    assert text[: found.start] + found.new + text[end:] == whole


@pytest.mark.parametrize("text", ["300 of 300", "1300", "300,5", "none"])
def test_a_number_that_is_not_plainly_there_is_left_alone(text: str) -> None:
    # "300 of 300": which of the two; the others hold another number.
    assert change(text, repair("300", "3000")) is None


def test_a_short_number_is_grouped_as_its_table_groups() -> None:
    romanian = styles_of(["12.600.000", "4.200", "300", "Măsura 1.2"])
    english = styles_of(["12,600,000", "4,200", "300"])
    spaced = styles_of(["12 600 000", "4 200,5", "300"])
    wrong = repair("300", "3000")
    assert [change("300", wrong, each).new for each in (romanian, english, spaced)] == [
        "3.000",
        "3,000",
        "3 000",
    ]
