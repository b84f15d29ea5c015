"""Rows of this room's data."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# P10 and P90 of a normal lie so many standard deviations from its middle.
TENTH = 1.2815515655446004


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of ``data/<name>.csv``."""
    file = resources.files("vatra.plans.bills") / "data" / f"{name}.csv"
    return tuple(csv.DictReader(file.read_text("utf-8").splitlines()))


@cache
def error_share(name: str) -> float:
    """Standard deviation of an error as a share of what is measured."""
    return {row["error"]: float(row["share"]) for row in rows("errors")}[name]
