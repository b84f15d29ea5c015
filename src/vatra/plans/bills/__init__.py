"""Bills: what nobody measured of a block as draws, and what its meters say about it.

Ranges, errors of meters and how much blocks of a type share are rows in ``data/`` with source and
doubt. Draws are the same bytes on every machine.
"""

from vatra.plans.bills.answer import Answer, Subject, answer, at_meter
from vatra.plans.bills.conflict import Conflict, conflict
from vatra.plans.bills.draws import DRAWS, Draws, draws_at, scores
from vatra.plans.bills.fit import Fit, fit
from vatra.plans.bills.normal import Normal
from vatra.plans.bills.observed import Observation, observe, spread_of
from vatra.plans.bills.pool import Linear, Pool, linear, pool
from vatra.plans.bills.posterior import Posterior, calibrate
from vatra.plans.bills.priors import PARAMETERS, Prior, priors
from vatra.plans.bills.works import WorkDraws, after_works, comfort_of, work_draws

__all__ = [
    "DRAWS",
    "PARAMETERS",
    "Answer",
    "Conflict",
    "Draws",
    "Fit",
    "Linear",
    "Normal",
    "Observation",
    "Pool",
    "Posterior",
    "Prior",
    "Subject",
    "WorkDraws",
    "after_works",
    "answer",
    "at_meter",
    "calibrate",
    "comfort_of",
    "conflict",
    "draws_at",
    "fit",
    "linear",
    "observe",
    "pool",
    "priors",
    "scores",
    "spread_of",
    "work_draws",
]
