"""Energy classes and carbon classes of buildings, as the methodology Mc 001-2022 draws them.

A class reaches up to and including its limit; what lies above the last limit is in class G.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from vatra.plans.retrofit.reading import (
    Floats,
    Origin,
    RetrofitError,
    Validity,
    origin,
    rows,
    validity,
)

LETTERS = ("A+", "A", "B", "C", "D", "E", "F", "G")
PRIMARY, CO2 = "primary_energy", "co2"
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Scale:
    """The limits of classes A+ to F of a kind of building.

    ``limits`` in ``unit`` (kWh or kg per m2 of useful floor and year), rising.
    """

    kind: str
    indicator: str
    limits: tuple[float, ...]
    unit: str
    validity: Validity
    origin: Origin


@cache
def scales() -> tuple[Scale, ...]:
    """Every scale of ``data/classes.csv``."""
    found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows("classes"):
        found.setdefault((row["kind"], row["indicator"], row["from"]), []).append(row)
    return tuple(_scale(same) for same in found.values())


def scale(kind: str, on_date: date, indicator: str = PRIMARY) -> Scale:
    """The scale of a kind of building on a day; ``RetrofitError`` says which kinds have one."""
    known = [each for each in scales() if each.indicator == indicator]
    for each in known:
        if each.kind == kind and each.validity.holds(on_date):
            return each
    raise RetrofitError(
        "no-scale",
        kind=kind,
        indicator=indicator,
        day=on_date.isoformat(),
        known=sorted({each.kind for each in known}),
    )


def has_scale(kind: str, on_date: date, indicator: str = PRIMARY) -> bool:
    """Whether a scale is known for a kind of building on a day."""
    return any(
        each.kind == kind and each.indicator == indicator and each.validity.holds(on_date)
        for each in scales()
    )


def class_indices(per_m2: Floats, of: Scale) -> Indices:
    """Place of each value in ``LETTERS``, shape of ``per_m2``; 0 is A+, 7 is G.

    Raises ``RetrofitError`` where a value is no number: what is not known has no class.
    """
    values = np.asarray(per_m2, np.float64)
    if bool(np.isnan(values).any()):
        raise RetrofitError("class-of-nothing", count=int(np.isnan(values).sum()))
    return np.searchsorted(np.asarray(of.limits), values, side="left").astype(np.int64)


def energy_class(kwh_per_m2: float, kind: str = "block", on_date: date | None = None) -> str:
    """The class of a yearly primary energy per useful floor area [kWh/m2].

    ``kind``: ``block`` (without cooling), ``block_cooled`` or ``house``; today's law by default.
    """
    of = scale(kind, on_date or date.today())
    return LETTERS[int(class_indices(np.asarray(kwh_per_m2), of))]


def co2_class(kg_per_m2: float, kind: str = "block", on_date: date | None = None) -> str:
    """The class of a yearly emission per useful floor area [kg CO2/m2]."""
    of = scale(kind, on_date or date.today(), CO2)
    return LETTERS[int(class_indices(np.asarray(kg_per_m2), of))]


def _scale(same: list[dict[str, str]]) -> Scale:
    first = same[0]
    names, limits = zip(*((row["class"], float(row["upper"])) for row in same), strict=True)
    if names != LETTERS[:-1] or list(limits) != sorted(set(limits)):
        raise ValueError(f"classes.csv: {first['kind']}, {first['indicator']} do not rise A+ to F")
    return Scale(
        first["kind"], first["indicator"], limits, first["unit"], validity(first), origin(first)
    )
