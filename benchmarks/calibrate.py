"""Draws of one block from scores to bills, and its posterior, beside what they cannot do without.

The floor is the kernel of hours alone for as many states, every number at hand.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from benchmarks.blocks import building_years
from vatra.plans.bills import (
    DRAWS,
    Normal,
    Observation,
    Subject,
    answer,
    at_meter,
    calibrate,
    draws_at,
    scores,
)
from vatra.plans.bills.reading import Floats
from vatra.plans.blocks import synthetic_climate
from vatra.plans.services import usual_systems
from vatra.plans.stock import Count, archetypes, generate, zone_of
from vatra.runs.calibrate_block import priors_of

_TYPE = "block_t744r_p4_1973_1982"


@cache
def subject() -> Subject:
    """A made-up block of type T744R on district heat in Iași's synthetic year."""
    (building, *_) = generate([Count("quarter", _TYPE, 1, 20, 1615.0)])
    zone = zone_of(building, (), archetypes()[_TYPE])
    systems = usual_systems("block", "district_heat")
    return Subject(building, zone, systems, synthetic_climate("iasi"))


def draws(count: int = DRAWS) -> float:
    """Need and bills of a block under ``count`` draws; their middle [Wh]."""
    found = subject()
    made = answer(found, draws_at(priors_of(found), scores(count)))
    return float(np.median(made.heating_wh.sum(axis=1)))


def posterior(count: int = DRAWS) -> float:
    """The same and their weights under a meter that reads a tenth more than the middle; how many
    draws count."""
    found = subject()
    listed = priors_of(found)
    asked = Observation(
        "b", "district_heat", "heating_and_hot_water", "year", 1.0, 1.0, 0.06, (2024,), (2,)
    )

    def predict(at: Floats) -> Floats:
        wh = at_meter(answer(found, draws_at(listed, at)), asked)
        assert wh is not None
        return np.asarray(np.log(wh)[None])

    base = scores(count)
    middle = float(np.median(predict(base[:, :256])))
    observed = np.array([middle + np.log(1.1)])
    made = calibrate(Normal.standard(len(base)), predict, observed, np.array([[0.06**2]]), base)
    return made.effective


def floor(count: int = DRAWS) -> float:
    """The hours of as many building-years on one core, every number at hand."""
    return building_years("rc5", scores(count).shape[1])


def warm_up() -> None:
    """Everything once, so that compiling and the sun are in no figure."""
    draws(256)
    building_years("rc5", 600)
