"""A block of type T744R under draws, simulated once for all tests of this folder."""

from __future__ import annotations

from functools import cache

from tests.plans.stock.tables_of import rows
from vatra.plans.bills import Answer, Draws, Observation, Subject, answer, draws_at, priors, scores
from vatra.plans.blocks import synthetic_climate
from vatra.plans.services import usual_systems
from vatra.plans.stock import archetypes, read_buildings, zone_of

ROW = {
    "building": "b1",
    "use": "block",
    "archetype": "block_t744r_p4_1973_1982",
    "built": 1978,
    "storeys_count": 5,
    "flats_count": 20,
    "heated_m2": 1615,
    "footprint_m2": 380,
    "perimeter_m": 91.8,
}


@cache
def subject(heat: str = "district_heat") -> Subject:
    (building,), findings = read_buildings(rows("buildings", ROW), {}, "buildings.csv")
    assert findings == []
    zone = zone_of(building, (), archetypes()[building.archetype])
    return Subject(building, zone, usual_systems("block", heat), synthetic_climate("iasi"))


@cache
def known(heat: str = "district_heat"):
    found = subject(heat)
    return priors(archetypes()[found.building.archetype], found.systems, "block")


@cache
def drawn(count: int, seed: int = 1) -> tuple[Draws, Answer]:
    """Draws of the prior and their answer."""
    draws = draws_at(known(), scores(count, seed))
    return draws, answer(subject(), draws)


def meter(metered: str = "heating", wh: float = 1e11, spread: float = 0.06, **more) -> Observation:
    given = {"carrier": "district_heat", "part": "year", "degree_ratio": 1.0, "years": (2024,),
             "lines": (2,), **more}  # fmt: skip
    return Observation("b1", metered=metered, wh=wh, spread=spread, **given)
