"""What an engine tells of one zone, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Floats

# The last 31 days of December run before January, so that the year begins as it ends.
WARM_UP_HOURS = 744
# What everything has before the first hour of the warm-up.
FIRST_C = 20.0


@dataclass(frozen=True, eq=False)
class Hours:
    """A zone's year, arrays of shape (8760,): heat put in and taken out [W], the air [degC], and
    what an energy balance needs: heat let in, heat lost and heat stored in the hour [W].

    ``operative_c`` is what people feel: air and the radiation of surfaces; None where an engine
    did not keep it. ``spaces_c`` is the air of each room beside the zone, by name; then the
    balance is that of the zone and those rooms together.
    """

    heating_w: Floats
    cooling_w: Floats
    air_c: Floats
    let_in_w: Floats
    lost_w: Floats
    stored_w: Floats
    operative_c: Floats | None = None
    spaces_c: Mapping[str, Floats] = field(default_factory=dict)

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


def table(records: Sequence[tuple[float, ...]], spaces: Sequence[str] = ()) -> Hours:
    """Hours from one record an hour: the seven arrays of ``Hours`` in their order, then the air of
    each space."""
    heating, cooling, air, let_in, lost, stored, felt, *others = np.array(records).T
    floating = dict(zip(spaces, others, strict=True))
    return Hours(heating, cooling, air, let_in, lost, stored, felt, floating)
