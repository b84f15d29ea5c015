"""How much CO2 a hectare or a tree takes up at each age."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vatra.factors import Parameter, ParameterBook
from vatra.methods.land.formulas import growth_t
from vatra.methods.urban_trees.formulas import CO2_PER_C, crown_growth_t, tree_growth_t
from vatra.plans.sinks.sink import FOREVER, PPM, Sink, Survival

# Published rates say nothing about stands older than this; nothing is counted beyond.
LAST_AGE_YEARS = 100
_ZONE = "temperate_continental"
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_POINT = re.compile(rf"\s*([0-9]+)\s*:\s*({_NUMBER})\s*")
_DECIMALS = 9

ParameterUsed = Mapping[str, Parameter]


class GrowthError(ValueError):
    """Growth that is not known or cannot be read; ``code`` of its text, ``params`` what it needs.

    Codes: ``plans.sinks.growth-wrong``, ``growth-order``, ``growth-missing``, ``species-missing``.
    """

    def __init__(self, code: str, **params: object) -> None:
        self.code, self.params = code, params
        super().__init__(code)


@dataclass(frozen=True)
class Growth:
    """CO2 taken up in a year at age 0, 1, 2, ... [t per ha, or per tree]; nothing beyond the last.

    Age 0 is the year of planting. ``source`` where the numbers come from; ``used`` the parameters.
    """

    by_age_t: tuple[float, ...]
    source: str = ""
    used: ParameterUsed | None = None


def own_growth(text: str) -> Growth:
    """The city's own numbers: ``0: 0; 5: 3.2; 20: 11`` is t CO2 at age 0, 5 and 20.

    On the straight line in between; before the first and beyond the last age nothing is counted.
    Raises ``GrowthError`` for a text that is not that, or for ages that do not rise.
    """
    points = [_POINT.fullmatch(each) for each in text.split(";")]
    if any(each is None for each in points):
        raise GrowthError("plans.sinks.growth-wrong", value=text)
    read = [(int(each[1]), float(each[2])) for each in points if each is not None]
    ages = [age for age, _ in read]
    if ages != sorted(set(ages)) or ages[-1] > LAST_AGE_YEARS:
        raise GrowthError("plans.sinks.growth-order", value=text, last=LAST_AGE_YEARS)
    return Growth(tuple(_between(read, age) for age in range(ages[-1] + 1)))


def _between(points: Sequence[tuple[int, float]], age: int) -> float:
    if age < points[0][0]:
        return 0.0
    for (first, low), (second, high) in pairwise(points):
        if first <= age <= second:
            return round(low + (high - low) * (age - first) / (second - first), _DECIMALS)
    return points[-1][1]


def default_growth(kind: str, species: str, book: ParameterBook) -> Growth:
    """Default growth of a kind of sink (IPCC 2006 Guidelines, Volume 4).

    ``forest``: growth above ground times roots and carbon (Table 4.9, Equations 2.9 and 2.10), one
    rate up to 100 years; ``single_trees`` per tree by species (Table 8.2) and ``crown_cover`` per
    hectare of crowns (Section 8.2.1.2) for the active growing period, then nothing. Nothing is
    taken up in the year of planting, which may be its autumn.

    Raises ``GrowthError`` for kinds without a default or a species it cannot do without,
    ``MissingParameter`` for a book without the numbers.
    """
    if kind == "forest":
        return _forest(species, book)
    if kind == "single_trees":
        if species not in book.keys("urban_trees.tree_growth"):
            known = list(book.keys("urban_trees.tree_growth"))
            raise GrowthError("plans.sinks.species-missing", species=species or "–", choices=known)
        tree = book.need("urban_trees.tree_growth", species)
        return _town(tree, tree_growth_t(1, tree.value), book)
    if kind == "crown_cover":
        crown = book.need("urban_trees.crown_growth")
        return _town(crown, crown_growth_t(1, crown.value), book)
    raise GrowthError("plans.sinks.growth-missing", kind=f"@tables.sink_kind-{kind}")


def _forest(species: str, book: ParameterBook) -> Growth:
    if species not in book.keys("land.root_ratio"):
        known = list(book.keys("land.root_ratio"))
        raise GrowthError("plans.sinks.species-missing", species=species or "–", choices=known)
    grown = book.need("land.growth", _ZONE)
    roots = book.need("land.root_ratio", species)
    carbon = book.need("land.carbon_fraction")
    a_year = growth_t(1, grown.value, roots.value, carbon.value) * CO2_PER_C
    return _flat(a_year, LAST_AGE_YEARS, (grown, roots, carbon))


def _town(parameter: Parameter, carbon_t: float, book: ParameterBook) -> Growth:
    active = book.need("urban_trees.active_years")
    return _flat(carbon_t * CO2_PER_C, int(active.value), (parameter, active))


def _flat(a_year_t: float, ages: int, parameters: Sequence[Parameter]) -> Growth:
    used = {each.parameter_id: each for each in parameters}
    source = "; ".join(dict.fromkeys(each.source for each in parameters))
    return Growth((0.0, *[round(a_year_t, _DECIMALS)] * ages), source, used)


def sink_curve(
    growth_t: Sequence[float],
    size: float = 1.0,
    survival: Survival = FOREVER,
    buffer_share: float = 0.0,
    permanence_years: int | None = None,
    years_count: int = LAST_AGE_YEARS + 1,
) -> tuple[float, ...]:
    """What a planting takes up and may count, for the ``curve`` of an effect of the engine.

    Parameters
    ----------
    growth_t : CO2 taken up at age 0, 1, 2, ... per hectare or tree while it lives [t]
    size : hectares or trees planted
    survival : how much of the planting lives at each age; what dies gives its carbon back
    buffer_share : share kept back against losses, 0 to 1
    permanence_years : years from planting on for which it is kept; nothing counts after, None
        for no limit
    years_count : length of the curve

    Returns
    -------
    mg CO2 in a year at age 0, 1, 2, ...; below zero in a year in which more dies than grows.
    """
    planted = Sink(
        code="",
        year=0,
        name_en="",
        name_ro="",
        kind="",
        size=size,
        growth_t=tuple(growth_t),
        survival=survival,
        buffer_ppm=round(buffer_share * PPM),
        permanence_years=permanence_years,
    )
    kept = years_count if permanence_years is None else min(years_count, permanence_years)
    held = [0, *(planted.counted_mg(age) for age in range(kept))]
    return tuple(float(after - before) for before, after in pairwise(held))
