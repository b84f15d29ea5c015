"""The energy of blocks: three engines behind one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Climate, Floats, monthly
from vatra.plans.blocks.engines import modal_fast, rc5_fast
from vatra.plans.blocks.engines.drive import Sun, Surroundings, planes_of
from vatra.plans.blocks.engines.groups import Key, can_run_together, groups
from vatra.plans.blocks.engines.hours import Hours
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.rc5_fast import Totals
from vatra.plans.blocks.engines.rc5_reference import rc5_hours
from vatra.plans.blocks.engines.seasonal import month_shares, season_of, seasonal
from vatra.plans.blocks.sun.perez import perez
from vatra.plans.blocks.sun.plane import isotropic
from vatra.plans.blocks.zone.zone import Zone

Engine = Literal["seasonal", "rc5", "modal"]
ENGINES: tuple[Engine, ...] = ("seasonal", "rc5", "modal")
Sky = Literal["perez", "isotropic"]
SKIES: tuple[Sky, ...] = ("perez", "isotropic")
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


def surroundings(zones: Sequence[Zone], climate: Climate, sky: Sky = "perez") -> Surroundings:
    """A climate and its sun on all planes of the zones."""
    sun: Sun = perez if sky == "perez" else isotropic
    planes = tuple(sorted({plane for zone in zones for plane in planes_of(zone)}))
    return Surroundings(climate, sun(climate, planes))


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
    if engine not in ENGINES:
        raise ValueError(f"engine '{engine}' is not one of {', '.join(ENGINES)}")
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
    need = seasonal(season_of(about.zones, about.around))
    inside = season_of(about.zones, about.around).inside_c
    shares = np.array([month_shares(about.around.climate, float(each)) for each in inside])
    yearly_wh = 1e3 * need.heating_kwh_m2 * [zone.floor_m2 for zone in about.zones]
    return about.needs(yearly_wh[:, None] * shares)


_HOURS: dict[Engine, Callable[..., Hours]] = {"rc5": rc5_hours, "modal": modal_hours}


def _by_reference(about: _About, hourly: bool, free_float: bool) -> Needs:
    run = _HOURS[about.engine]
    years = [run(zone, about.around) for zone in about.zones]
    free = [run(zone, about.around, free=True) for zone in about.zones] if free_float else []
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
    """Zones group by group; a zone that cannot run with others goes by the reference."""
    n = len(about.zones)
    heat, cool = np.zeros((n, 12)), np.zeros((n, 12))
    tops, ends = np.zeros((n, 2)), np.zeros((n, 2))
    together = [place for place, zone in enumerate(about.zones) if _together(about.engine, zone)]
    for key, within in groups([about.zones[place] for place in together]).items():
        places = [together[each] for each in within]
        zones = [about.zones[place] for place in places]
        totals, extremes = _group(about, zones, key, free_float, kind)
        heat[places], cool[places] = totals.heating_wh, totals.cooling_wh
        tops[places] = np.column_stack([totals.peak_heating_w, totals.peak_cooling_w])
        ends[places] = extremes
    for place in sorted(set(range(n)) - set(together)):
        year = _HOURS[about.engine](about.zones[place], about.around)
        heat[place], cool[place] = monthly(year.heating_w), monthly(year.cooling_w)
        tops[place] = year.heating_w.max(), year.cooling_w.max()
        if free_float:
            free = _HOURS[about.engine](about.zones[place], about.around, free=True)
            ends[place] = free.air_c.min(), free.air_c.max()
    return about.needs(
        heat,
        cooling_wh=_whole(cool),
        peak_heating_w=_whole(tops[:, 0]),
        peak_cooling_w=_whole(tops[:, 1]),
        coldest_c=ends[:, 0] if free_float else None,
        warmest_c=ends[:, 1] if free_float else None,
    )


def _together(engine: Engine, zone: Zone) -> bool:
    return can_run_together(zone) and (engine == "rc5" or modal_fast.fits(zone))


def _group(
    about: _About, zones: Sequence[Zone], key: Key, free_float: bool, kind: npt.DTypeLike
) -> tuple[Totals, Floats]:
    engine = rc5_fast if about.engine == "rc5" else modal_fast
    known, numbers = engine.prepare(zones, key, about.around)
    kernel = _kernel(about.engine)
    totals = rc5_fast.run_totals(kernel, known, numbers, len(zones), kind)
    if not free_float:
        return totals, np.full((len(zones), 2), np.nan)
    return totals, rc5_fast.run_extremes(kernel, known, numbers, len(zones), kind)


def _kernel(engine: Engine) -> object:
    if engine == "rc5":
        from vatra.plans.blocks.engines import rc5_kernel

        return rc5_kernel
    from vatra.plans.blocks.engines import modal_kernel

    return modal_kernel
