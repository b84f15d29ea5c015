"""What an engine tells of one zone, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Floats

# The last 31 days of December run before January, so that the year begins as it ends.
WARM_UP_HOURS = 744


@dataclass(frozen=True, eq=False)
class Hours:
    """A zone's year, arrays of shape (8760,): heat put in and taken out [W], the air [degC], and
    what an energy balance needs: heat let in, heat lost and heat stored in the hour [W]."""

    heating_w: Floats
    cooling_w: Floats
    air_c: Floats
    let_in_w: Floats
    lost_w: Floats
    stored_w: Floats

    @property
    def imbalance_w(self) -> Floats:
        """What the hour's balance leaves open [W]; zero but for rounding."""
        return self.let_in_w + self.heating_w - self.cooling_w - self.lost_w - self.stored_w


def in_turn() -> Iterator[tuple[int, bool]]:
    """Hours of the year as they are run: the warm-up first (False), then the year (True)."""
    for hour in range(HOURS - WARM_UP_HOURS, HOURS):
        yield hour, False
    for hour in range(HOURS):
        yield hour, True


def table(records: Sequence[tuple[float, ...]]) -> Hours:
    """Hours from one record an hour."""
    return Hours(*np.array(records).T)
