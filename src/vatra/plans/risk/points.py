"""Points that fill the space of all doubted numbers evenly: replicates of scrambled Sobol nets.

Owen, "Scrambled net variance for integrals of smooth functions", Annals of Statistics 25(4), 1997,
doi:10.1214/aos/1031594731; the scrambling is that of Matousek (1998), doi:10.1006/jcom.1998.0489,
as scipy has it. Each replicate is scrambled anew, so that the scatter of the replicates tells how
far a mean over all of them may be wrong (randomised quasi-Monte Carlo).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.distributions import Floats
from vatra.plans.risk.error import RiskError

DRAWS = 8192
SEED = 20260101
# At most, so that some hundreds of doubted numbers still fit the memory of a laptop.
FEWEST_DRAWS, MOST_DRAWS = 32, 1 << 16
# Enough replicates for an error of their mean, few enough for long, even nets.
MOST_REPLICATES = 16
# A point stands in the middle of its cell of the net: never 0 or 1.
_BITS = 30


@dataclass(frozen=True)
class Design:
    """How many draws: ``replicates_count`` nets of ``points_count``, a power of two."""

    replicates_count: int
    points_count: int
    seed: int

    @property
    def draws_count(self) -> int:
        """All draws, at least as many as asked for."""
        return self.replicates_count * self.points_count


def design(draws: int = DRAWS, seed: int = SEED) -> Design:
    """Between 9 and 16 replicates of a power of two, together no fewer than ``draws``.

    8,192 draws are 16 nets of 512; 10,000 become 10 nets of 1,024, 10,240 together.
    Raises ``RiskError`` for fewer than 32 draws, more than 65,536, or a negative seed.
    """
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        raise RiskError("draws", draws=draws, fewest=FEWEST_DRAWS, most=MOST_DRAWS)
    if seed < 0:
        raise RiskError("seed", seed=seed)
    points = 1 << max(draws - 1, 1).bit_length()
    while -(-draws // points) <= MOST_REPLICATES // 2:
        points //= 2
    return Design(-(-draws // points), points, seed)


def points(how: Design, count: int) -> Floats:
    """Points inside the unit cube [count, draws], replicate after replicate; never 0 or 1."""
    from scipy.stats import qmc

    found = np.empty((count, how.draws_count))
    if not count:
        return found
    seeds = np.random.SeedSequence(how.seed).spawn(how.replicates_count)
    for number, seed in enumerate(seeds):
        net = qmc.Sobol(count, scramble=True, bits=_BITS, rng=np.random.default_rng(seed))
        start = number * how.points_count
        found[:, start : start + how.points_count] = net.random(how.points_count).T
    found += 0.5 ** (_BITS + 1)
    return found
