"""How each amount came about: formula, numbers and the rows of data behind it, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.services.buy import bought, bought_by_system, load_share
from vatra.plans.services.curve import water
from vatra.plans.services.explain_rows import rows_of, rows_of_flats
from vatra.plans.services.hot_water import litres_per_day, persons
from vatra.plans.services.reading import ROOM, Figure, Floats, ServicesError
from vatra.plans.services.served import Bought, Served
from vatra.plans.services.systems import System, Systems
from vatra.plans.services.weather import weather
from vatra.words import Language, say

_WH_PER_KWH = 1e3
_OF_FLATS = ("lighting", "appliances", "cooking", "common")
_HOURS = 8760.0
_PERCENT = 100.0


@dataclass(frozen=True)
class Explained:
    """One amount of a year.

    ``bought_kwh`` by carrier; ``formula`` key of a text whose blanks are ``numbers``; ``rows``
    the figures of the data with source and doubt.
    """

    service: str
    system: str
    bought_kwh: Mapping[str, float]
    formula: str
    numbers: Mapping[str, float]
    rows: tuple[Figure, ...]

    def text(self, lang: Language) -> str:
        """The formula with its numbers, in a language."""
        return say(self.formula, lang, **self.numbers)

    def plain(self) -> dict[str, Any]:
        """Dictionaries, lists, texts and numbers only."""
        return {**asdict(self), "rows": [asdict(each) for each in self.rows]}


def explain(
    served: Served, systems: Systems, climate: Climate, *, peak_before_w: float | None = None
) -> tuple[Explained, ...]:
    """Every amount that ``bought`` gives for a building in one state, in the order of services.

    Raises ``ServicesError`` for more than one state.
    """
    if served.count != 1:
        raise ServicesError("explain-one-state", count=served.count)
    before = served.peak_heating_w if peak_before_w is None else np.array([peak_before_w])
    share = float(load_share(served.peak_heating_w, before)[0])
    alone = bought_by_system(served, systems, climate, peak_before_w=peak_before_w)
    found = [
        _of_system(served, system, part, climate, share)
        for system, part in alone
        if part.wh and not (served.has_recovery[0] and system.service == "ventilation")
    ]
    flats = bought(served, (), climate)
    if served.has_recovery[0]:
        recovery = System("ventilation", "heat_recovery", 1.0, "electricity")
        found.append(_of_system(served, recovery, flats, climate, share))
    return (*found, *_of_flats(served, flats))


def _of_system(
    served: Served, system: System, alone: Bought, climate: Climate, share: float
) -> Explained:
    numbers = {"share": system.share, **_energy(alone, system.service)}
    if system.service == "heating":
        numbers |= _water(system, climate, share)
    if system.service == "hot_water":
        numbers |= _draw(served)
    if system.service == "ventilation":
        numbers |= {"floor_m2": float(served.floor_m2[0])}
        numbers |= {"fan_w_m2": numbers["bought_kwh"] * 1e3 / _HOURS / numbers["floor_m2"]}
    return Explained(
        system.service,
        system.system,
        _by_carrier(alone, system.service),
        f"{ROOM}.formula-{system.service}",
        numbers,
        tuple(rows_of(system, served.use)),
    )


def _energy(alone: Bought, service: str) -> dict[str, float]:
    """Need, losses and what is bought [kWh]; ``performance`` heat or cold per energy."""
    lost = {
        f"{stage}_kwh": _kwh(alone.losses.get(f"{service}_{stage}"))
        for stage in ("emission", "distribution", "storage")
    }
    auxiliary = _kwh(alone.auxiliary.get(service))
    total = sum(_by_carrier(alone, service).values())
    need = _kwh(alone.need.get(service))
    given, taken = need + sum(lost.values()), total - auxiliary
    return {
        "need_kwh": need,
        **lost,
        "given_kwh": given,
        "performance": given / taken if taken > 0 else 0.0,
        "auxiliary_kwh": auxiliary,
        "bought_kwh": total,
        "free_kwh": sum(_kwh(held) for (name, _), held in alone.free.items() if name == service),
    }


def _water(system: System, climate: Climate, share: float) -> dict[str, float]:
    """Water on the coldest days."""
    design_c = weather(climate).design_c
    found = water(system, np.array(design_c), design_c, np.array(share))
    return {
        "design_c": design_c,
        "load_percent": _PERCENT * share,
        "supply_c": float(found.supply_c),
        "return_c": float(found.return_c),
    }


def _draw(served: Served) -> dict[str, float]:
    flats = float(served.flats_count[0])
    if flats == 0:
        return {"flats_count": 0.0, "persons_per_flat": 0.0, "litres_per_day": 0.0}
    flat_m2 = served.floor_m2 / flats
    return {
        "flats_count": flats,
        "persons_per_flat": float(persons(flat_m2, served.use)[0]),
        "litres_per_day": float(litres_per_day(flat_m2, served.use)[0]),
    }


def _of_flats(served: Served, found: Bought) -> Iterator[Explained]:
    numbers = {"flats_count": float(served.flats_count[0]), "floor_m2": float(served.floor_m2[0])}
    for service in _OF_FLATS:
        by_carrier = _by_carrier(found, service)
        yield Explained(
            service,
            "",
            by_carrier,
            f"{ROOM}.formula-{service}",
            {**numbers, "bought_kwh": sum(by_carrier.values())},
            tuple(rows_of_flats(service, served.use)),
        )


def _by_carrier(found: Bought, service: str) -> dict[str, float]:
    return {
        carrier: _kwh(held) for (name, carrier), held in sorted(found.wh.items()) if name == service
    }


def _kwh(held: Floats | None) -> float:
    return 0.0 if held is None else float(held.sum()) / _WH_PER_KWH
