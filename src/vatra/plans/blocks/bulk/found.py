"""What is asked of many zones in many states, and the arrays in which the answers come."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.asked import Engine
from vatra.plans.blocks.engines.drive import Surroundings

# Called with how many zone-states are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(eq=False)
class Way:
    """How to run: what acts, by which engine, in floats of which kind, on how many threads,
    whether once more without plant; and who wants to know how far it is."""

    around: Surroundings
    engine: Engine
    kind: npt.DTypeLike = np.float64
    threads: int = 1
    free_float: bool = False
    progress: Progress | None = None
    total: int = 0
    done: int = field(default=0, init=False)

    def tell(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        if self.progress is not None:
            self.progress(self.done, self.total)

    def quiet(self) -> Way:
        """The same for a part, of which nobody is told."""
        return replace(self, progress=None)


@dataclass(frozen=True, eq=False)
class Found:
    """Of n zones in p states: heating and cooling [Wh] (n, p, 12), peaks of both [W] and coldest
    and warmest air without plant [degC] (n, p, 2)."""

    heating_wh: Floats
    cooling_wh: Floats
    peaks_w: Floats
    ends_c: Floats

    @staticmethod
    def none(n: int, p: int) -> Found:
        """Room for answers."""
        year, pair = (n, p, 12), (n, p, 2)
        return Found(np.zeros(year), np.zeros(year), np.zeros(pair), np.full(pair, np.nan))

    def put(self, places: Sequence[int], states: slice, other: Found) -> None:
        """Set what was found for some zones in some states."""
        self.heating_wh[places, states] = other.heating_wh
        # Memory that nobody writes to is not taken: without cooling it stays untouched.
        if other.cooling_wh.any():
            self.cooling_wh[places, states] = other.cooling_wh
        self.peaks_w[places, states] = other.peaks_w
        self.ends_c[places, states] = other.ends_c

    def of(self, states: npt.NDArray[np.int64]) -> Found:
        """The answers of some states in another order, or again."""
        return Found(
            self.heating_wh[:, states],
            self.cooling_wh[:, states],
            self.peaks_w[:, states],
            self.ends_c[:, states],
        )

    def turned(self) -> Found:
        """Zones as states of one zone."""
        return Found(
            self.heating_wh.swapaxes(0, 1),
            self.cooling_wh.swapaxes(0, 1),
            self.peaks_w.swapaxes(0, 1),
            self.ends_c.swapaxes(0, 1),
        )


def cores() -> int:
    """Cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
