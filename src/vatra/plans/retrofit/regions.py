"""Which development region a county belongs to: calls of the regional programmes ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from vatra.plans.retrofit.reading import rows


@cache
def regions() -> Mapping[str, str]:
    """Region by county code (``IS`` -> ``nord_est``), all of ``data/counties.csv``."""
    return MappingProxyType({row["county"]: row["region"] for row in rows("counties")})


def region_of(county: str) -> str | None:
    """The region of a county code in any spelling of letters; None for what is no county."""
    return regions().get(county.strip().upper())
