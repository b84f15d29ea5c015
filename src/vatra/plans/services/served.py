"""What a building needs in many states, and what is bought to meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np
import numpy.typing as npt

from vatra.plans.services.reading import Floats, ServicesError, uses

# What the energy certificate counts (Mc 001-2022); cooking, appliances and common parts it leaves.
CERTIFIED = ("heating", "hot_water", "cooling", "ventilation", "lighting")
Flags = npt.NDArray[np.bool_]
ByCarrier = Mapping[tuple[str, str], Floats]


@dataclass(frozen=True, eq=False)
class Served:
    """A building in ``n`` states, or ``n`` buildings in one.

    Attributes
    ----------
    heating_wh, cooling_wh : useful heat and cold by month [Wh], [n, 12]
    peak_heating_w : highest mean of an hour [W], [n]
    floor_m2, flats_count : [n]; nobody lives where there are no flats
    has_recovery : fans run the year round [n]
    use : ``block`` or ``house``
    storeys_count : [n]; None: not known

    Raises ``ServicesError`` for arrays of different length, values below zero and other uses.
    """

    heating_wh: Floats
    cooling_wh: Floats | None
    peak_heating_w: Floats
    floor_m2: Floats
    flats_count: Floats
    has_recovery: Flags
    use: str = "block"
    storeys_count: Floats | None = None

    def __post_init__(self) -> None:
        if self.use not in uses():
            raise ServicesError("use-unknown", use=self.use, known=list(uses()))
        n = len(self.heating_wh)
        wrong = [
            each.name
            for each in fields(self)
            if each.name != "use" and _is_wrong(getattr(self, each.name), each.name, n)
        ]
        if wrong:
            raise ServicesError("served-shape", names=wrong, count=n)

    @property
    def count(self) -> int:
        """How many states there are."""
        return len(self.heating_wh)

    def part(self, chosen: slice | npt.NDArray[np.int64]) -> Served:
        """Some of the states."""
        arrays = {
            each.name: getattr(self, each.name)[chosen]
            for each in fields(self)
            if isinstance(getattr(self, each.name), np.ndarray)
        }
        return replace(self, **arrays)


def _is_wrong(held: Floats | None, name: str, n: int) -> bool:
    if held is None:
        return False
    shape = (n, 12) if name.endswith("_wh") else (n,)
    return np.shape(held) != shape or not bool((np.asarray(held) >= 0).all())


@dataclass(frozen=True, eq=False)
class Bought:
    """What is bought by service and carrier, and what becomes of it; arrays [n, 12] in Wh.

    For heating, hot water and cooling, ``bought + free = need + losses + auxiliary``.

    Attributes
    ----------
    wh : by (service, carrier); services are ``heating``, ``hot_water``, ``cooling``,
        ``ventilation``, ``lighting``, ``cooking``, ``appliances`` and ``common``
    losses : by ``<service>_<stage>``; stages are ``emission``, ``distribution``, ``storage`` and
        ``generation`` (below zero where a boiler condenses: energy at net calorific value)
    need : by service, what arrives where it is wanted
    free : by (service, ``ambient`` or ``sun``), what nobody pays for
    auxiliary : by service, electricity of pumps and fans; part of ``wh``
    """

    wh: ByCarrier
    losses: Mapping[str, Floats]
    need: Mapping[str, Floats] = field(default_factory=dict)
    free: ByCarrier = field(default_factory=dict)
    auxiliary: Mapping[str, Floats] = field(default_factory=dict)

    def carriers(self) -> tuple[str, ...]:
        """Every carrier that is bought, sorted."""
        return tuple(sorted({carrier for _, carrier in self.wh}))

    def services(self) -> tuple[str, ...]:
        """Every service that something is bought for, sorted."""
        return tuple(sorted({service for service, _ in self.wh}))

    def of_carrier(self, carrier: str) -> Floats:
        """All that is bought of a carrier [Wh], [n, 12]; ``KeyError`` if nothing is."""
        return self.all()[carrier]

    def of_service(self, service: str) -> Floats:
        """All that is bought for a service [Wh], [n, 12]; ``KeyError`` if nothing is."""
        return _sums((held for (name, _), held in self.wh.items() if name == service), service)

    def all(self) -> Mapping[str, Floats]:
        """By carrier, everything on the bills [Wh], each [n, 12]."""
        return self._by_carrier(self.services())

    def certified(self) -> Mapping[str, Floats]:
        """By carrier, what the energy certificate counts [Wh], each [n, 12]."""
        return self._by_carrier(CERTIFIED)

    def _by_carrier(self, services: tuple[str, ...]) -> Mapping[str, Floats]:
        counted = {key: held for key, held in self.wh.items() if key[0] in services}
        names = sorted({carrier for _, carrier in counted})
        return {
            name: _sums((held for (_, carrier), held in counted.items() if carrier == name), name)
            for name in names
        }


def joined(parts: list[Bought]) -> Bought:
    """Parts of the states one after the other."""
    if len(parts) == 1:
        return parts[0]
    whole = {
        each.name: {
            key: np.concatenate([getattr(part, each.name)[key] for part in parts])
            for key in getattr(parts[0], each.name)
        }
        for each in fields(Bought)
    }
    return Bought(**whole)


def scattered(parts: list[tuple[npt.NDArray[np.int64], Bought]], count: int) -> Bought:
    """Parts put back to the rows they came from; what a part does not buy is zero there."""
    whole: dict[str, dict[object, Floats]] = {}
    for each in fields(Bought):
        held = whole.setdefault(each.name, {})
        for rows, part in parts:
            for key, amounts in getattr(part, each.name).items():
                held.setdefault(key, np.zeros((count, 12)))[rows] = amounts
    return Bought(**whole)  # type: ignore[arg-type]


def _sums(found: Iterable[Floats], name: str) -> Floats:
    total: Floats | None = None
    for each in found:
        total = each if total is None else total + each
    if total is None:
        raise KeyError(name)
    return total
