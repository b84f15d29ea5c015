"""The energy of blocks: three engines behind one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.bulk.apart import HOURS_BY
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.found import Way, cores
from vatra.plans.blocks.bulk.seasons import need_wh
from vatra.plans.blocks.bulk.together import run
from vatra.plans.blocks.climate.climate import Climate, Floats, monthly
from vatra.plans.blocks.engines.asked import (
    ENGINES,
    SKIES,
    Engine,
    Sky,
    refuse_unknown,
    surroundings,
)
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.hours import Hours
from vatra.plans.blocks.zone.zone import Zone

__all__ = [
    "ENGINES",
    "SKIES",
    "Engine",
    "Needs",
    "Sky",
    "missing_packages",
    "simulate",
    "surroundings",
]
Ints = npt.NDArray[np.int64]
# Packages of the extra "buildings" that the sun and the compiled hours need.
EXTRA_PACKAGES = ("numba", "pvlib")


@dataclass(frozen=True, eq=False)
class Needs:
    """What zones need in a year; arrays run over the zones in the order they came in.

    Attributes
    ----------
    heating_wh, cooling_wh : useful heat and cold by month [Wh], shape (n, 12)
    peak_heating_w, peak_cooling_w : highest mean of an hour [W], shape (n,)
    coldest_c, warmest_c : air with heating and cooling off [degC], shape (n,)
    hours : the year of each zone, where asked for
    synthetic : the climate, or a zone, is made up and not measured

    What an engine does not know is None: the seasonal method knows no cooling, peaks or extremes.
    """

    names: tuple[str, ...]
    floor_m2: Floats
    engine: Engine
    climate: Climate
    sky: Sky
    heating_wh: Ints
    cooling_wh: Ints | None = None
    peak_heating_w: Ints | None = None
    peak_cooling_w: Ints | None = None
    coldest_c: Floats | None = None
    warmest_c: Floats | None = None
    hours: tuple[Hours, ...] | None = None
    synthetic: bool = False

    @property
    def heating_kwh_m2(self) -> Floats:
        """Heating need of the year per floor area [kWh/m2], shape (n,)."""
        return self.heating_wh.sum(axis=1) / 1e3 / self.floor_m2


def missing_packages() -> list[str]:
    """Packages of the extra ``buildings`` that are not installed."""
    return [each for each in EXTRA_PACKAGES if find_spec(each) is None]


def simulate(
    blocks: Sequence[Zone],
    climate: Climate,
    engine: Engine = "modal",
    *,
    sky: Sky = "perez",
    hourly: bool = False,
    free_float: bool = True,
    compiled: bool = True,
    single: bool = False,
) -> Needs:
    """Heating and cooling need of zones by month, peaks and free-float extremes.

    Parameters
    ----------
    engine : ``seasonal`` (TABULA), ``rc5`` (EN ISO 13790, Annex C) or ``modal`` (nodes of ISO
        52016-1 in eight modes)
    sky : ``perez`` needs pvlib; ``isotropic`` numpy alone
    hourly : keep every hour of every zone, by the reference engine in numpy
    free_float : run once more with heating and cooling off
    compiled : False runs the reference engine; True needs numba
    single : floats of 32 bits, for whole cities; within 1e-4 of 64 bits

    Raises ``ImportError`` where a package is missing, ``ValueError`` for an unknown engine or a
    zone whose opaque elements conduct more than its mass takes up.
    """
    refuse_unknown(engine)
    around = surroundings(blocks, climate, sky)
    about = _About(tuple(blocks), around, engine, sky)
    if engine == "seasonal":
        return _season(about)
    if hourly or not compiled:
        return _by_reference(about, hourly, free_float)
    return _compiled(about, free_float, np.float32 if single else np.float64)


@dataclass(frozen=True, eq=False)
class _About:
    """What was asked."""

    zones: tuple[Zone, ...]
    around: Surroundings
    engine: Engine
    sky: Sky

    def needs(self, heating_wh: Floats, **others: object) -> Needs:
        """The answer, whole watt-hours."""
        return Needs(
            names=tuple(zone.name for zone in self.zones),
            floor_m2=np.array([zone.floor_m2 for zone in self.zones]),
            engine=self.engine,
            climate=self.around.climate,
            sky=self.sky,
            heating_wh=_whole(heating_wh),
            synthetic=self.around.climate.synthetic or any(each.synthetic for each in self.zones),
            **others,  # type: ignore[arg-type]
        )


def _whole(values: Floats) -> Ints:
    return np.rint(values).astype(np.int64)


def _season(about: _About) -> Needs:
    return about.needs(need_wh(about.zones, Changes.kept(), about.around)[:, 0])


def _by_reference(about: _About, hourly: bool, free_float: bool) -> Needs:
    by = HOURS_BY[about.engine]
    years = [by(zone, about.around) for zone in about.zones]
    free = [by(zone, about.around, free=True) for zone in about.zones] if free_float else []
    return about.needs(
        np.array([monthly(each.heating_w) for each in years]),
        cooling_wh=_whole(np.array([monthly(each.cooling_w) for each in years])),
        peak_heating_w=_whole(np.array([each.heating_w.max() for each in years])),
        peak_cooling_w=_whole(np.array([each.cooling_w.max() for each in years])),
        coldest_c=np.array([each.air_c.min() for each in free]) if free else None,
        warmest_c=np.array([each.air_c.max() for each in free]) if free else None,
        hours=tuple(years) if hourly else None,
    )


def _compiled(about: _About, free_float: bool, kind: npt.DTypeLike) -> Needs:
    way = Way(about.around, about.engine, kind, cores(), free_float)
    found = run(about.zones, Changes.kept(), way)
    peaks, ends = found.peaks_w[:, 0], found.ends_c[:, 0]
    return about.needs(
        found.heating_wh[:, 0],
        cooling_wh=_whole(found.cooling_wh[:, 0]),
        peak_heating_w=_whole(peaks[:, 0]),
        peak_cooling_w=_whole(peaks[:, 1]),
        coldest_c=ends[:, 0] if free_float else None,
        warmest_c=ends[:, 1] if free_float else None,
    )
