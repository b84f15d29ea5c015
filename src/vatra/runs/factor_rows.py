"""Typed rows of ``factors.csv`` and ``parameters.csv`` as factors and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Factor, Parameter
from vatra.units import EMISSION_FACTOR


def factor_of(row: Mapping[str, Any], file: str, set_id: str = "") -> Factor:
    """A row as a factor of a set, or of the one it names.

    Amount and unit stay as written, so that the interval in ``doubt`` is one of the same unit.
    """
    value, unit = row["value_t_per_mwh"], row["unit"]
    return Factor(
        set=set_id or row["set"],
        carrier=row["carrier"],
        end_use=row["end_use"] or "any",
        gas=row["gas"],
        year_from=row["year_from"],
        year_to=row["year_to"],
        amount=repr(round(value / (EMISSION_FACTOR.size(unit) or 1.0), 12)).removesuffix(".0"),
        unit=unit,
        value_t_per_mwh=value,
        source=row["source"],
        page=row["page"] or "",
        doubt=row["doubt"] or "",
        note=row["note"] or "",
        file=file,
        line=row["line"],
        region=row["region"] or "",
    )


def parameter_of(row: Mapping[str, Any], file: str, set_id: str = "") -> Parameter:
    """A row as a parameter of a set, or of the one it names."""
    return Parameter(
        set=set_id or row["set"],
        name=row["parameter"],
        key=row["key"] or "",
        value=row["amount_parameter"],
        unit=row["unit"],
        source=row["source"],
        year_from=row["year_from"],
        year_to=row["year_to"],
        low=row["low_parameter"],
        high=row["high_parameter"],
        page=row["page"] or "",
        note=row["note"] or "",
        file=file,
        line=row["line"],
    )
