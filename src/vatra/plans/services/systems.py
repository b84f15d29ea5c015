"""Which systems serve a building: by its own rows, else as is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import polars as pl

from vatra.plans.services.reading import ANY, ServicesError, rows, uses

SERVICES = ("heating", "hot_water", "cooling", "ventilation")
SUN = "sun"
WITH_WATER = ("radiator", "floor_heating", "convector")
_HEAT = ("heating", "hot_water")


@dataclass(frozen=True)
class System:
    """One system of a building.

    Attributes
    ----------
    service : ``heating``, ``hot_water``, ``cooling`` or ``ventilation``
    share : of the service
    carrier : what is bought for it; ``sun`` is free; blank where nothing is used
    supply_c, return_c : water at the design load [degC]; None: the emitter's usual curve
    efficiency : heat given to the pipes per energy bought, over the season; None: by the figures
        of the system
    power_w : most heat there is [W], beyond which heat pumps have an electric heater; None: enough
    installed : year
    """

    service: str
    system: str
    share: float = 1.0
    carrier: str = ""
    emitter: str = "none"
    supply_c: float | None = None
    return_c: float | None = None
    efficiency: float | None = None
    power_w: float | None = None
    installed: int | None = None


Systems = tuple[System, ...]


@cache
def carriers_of_systems() -> Mapping[str, str]:
    """What each system runs on where its row does not say."""
    return {row["system"]: row["carrier"] for row in rows("carriers")}


@cache
def services_of_systems() -> Mapping[str, tuple[str, ...]]:
    """What each system can serve."""
    return {row["system"]: tuple(row["services"].split(";")) for row in rows("carriers")}


@cache
def usual_heats(use: str) -> tuple[str, ...]:
    """Systems of heat for which it is known what is usual in a use."""
    found = dict.fromkeys(row["heat"] for row in rows("usual") if row["use"] == use)
    return tuple(each for each in found if each != ANY)


@cache
def usual_systems(use: str, heat: str) -> Systems:
    """Systems of a ``block`` or ``house`` that is heated by one of ``SYSTEMS``.

    Raises ``ServicesError`` naming the uses or systems that are known.
    """
    if use not in uses():
        raise ServicesError("use-unknown", use=use, known=list(uses()))
    if heat not in usual_heats(use):
        raise ServicesError("heat-unknown", heat=heat, use=use, known=list(usual_heats(use)))
    return tuple(
        System(
            row["service"],
            row["system"],
            float(row["share"]),
            carriers_of_systems()[row["system"]],
            row["emitter"],
            _number(row["supply_c"]),
            _number(row["return_c"]),
        )
        for row in rows("usual")
        if row["use"] == use and row["heat"] in (heat, ANY)
    )


def systems_of(code: str, rows: pl.DataFrame, usual: Systems) -> Systems:
    """Systems of one building from checked rows of ``building_systems.csv``.

    Services without a row are served as ``usual``; cells left blank are those of the usual system
    of the same kind, else unknown. Raises ``ServicesError`` naming all systems that cannot serve
    what their rows say.
    """
    own = rows.filter(pl.col("building") == code) if len(rows) else rows
    wrong = [
        f"{row['service']}: {row['system']}"
        for row in own.iter_rows(named=True)
        if row["service"] not in services_of_systems()[row["system"]]
    ]
    if wrong:
        raise ServicesError("system-service", building=code, names=wrong)
    stated = tuple(_stated(row, usual) for row in own.iter_rows(named=True))
    services = {each.service for each in stated}
    kept = tuple(each for each in usual if each.service not in services)
    return tuple(sorted(stated + kept, key=lambda each: SERVICES.index(each.service)))


def with_heat(systems: Systems, heat: Systems) -> Systems:
    """The same building after its source of heat was changed for that of ``heat``.

    Radiators, floors and convectors stay, and with them the water they were laid out for, which
    decides how well a heat pump works; stoves go.
    """
    old = [each for each in systems if each.service == "heating" and each.emitter in WITH_WATER]
    kept = tuple(each for each in systems if each.service not in _HEAT)
    changed = [each for each in heat if each.service in _HEAT]
    if old:
        changed = [_with_emitter(each, max(old, key=lambda one: one.share)) for each in changed]
    return tuple(sorted((*changed, *kept), key=lambda each: SERVICES.index(each.service)))


def _with_emitter(new: System, old: System) -> System:
    if new.service != "heating" or new.emitter not in WITH_WATER:
        return new
    return replace(new, emitter=old.emitter, supply_c=old.supply_c, return_c=old.return_c)


def _stated(row: Mapping[str, Any], usual: Systems) -> System:
    same = [e for e in usual if (e.service, e.system) == (row["service"], row["system"])]
    base = same[0] if same else System(row["service"], row["system"])
    percent, power_kw = row["efficiency_percent"], row["power_kw"]
    return System(
        row["service"],
        row["system"],
        row["share_percent"] / 100,
        row["carrier"] or carriers_of_systems()[row["system"]],
        row["emitter"] or base.emitter,
        _first(row["supply_degrees_c"], base.supply_c),
        _first(row["return_degrees_c"], base.return_c),
        None if percent is None else percent / 100,
        None if power_kw is None else power_kw * 1e3,
        row["installed"],
    )


def _first(stated: float | None, usual: float | None) -> float | None:
    return usual if stated is None else stated


def _number(text: str) -> float | None:
    return float(text) if text else None
