"""What is doubted where nobody stated a doubt: a table of defaults, each with its source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vatra.plans.distributions import Distribution, parse

CORRELATION = "correlation"


@dataclass(frozen=True)
class Default:
    """One row of ``defaults.csv``.

    ``what`` an operator, ``delivery``, ``delay``, ``activity``, ``factor``, ``grid_path``,
    ``demand_path`` or ``correlation``; ``parameter`` what of it is doubted; ``form`` whether the
    distribution is of the value itself, of a ``multiple`` of the stated value, or a correlation.
    """

    what: str
    parameter: str
    form: str
    distribution: Distribution
    source: str
    note: str


@cache
def defaults() -> tuple[Default, ...]:
    """All default doubts, in the order of their table."""
    text = resources.files("vatra.plans.risk").joinpath("defaults.csv").read_text("utf-8")
    return tuple(
        Default(
            row["what"],
            row["parameter"],
            row["form"],
            parse(row["distribution"]),
            row["source"],
            row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def defaults_of(what: str) -> tuple[Default, ...]:
    """The default doubts of an operator or of another kind of number."""
    return tuple(each for each in defaults() if each.what == what)
