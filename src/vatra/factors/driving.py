"""Energy that a kilometre takes: measured, or the default of a vehicle and a carrier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vatra.factors.parameters import Parameter
from vatra.units.traffic import energy_mwh_per_km

CONSUMPTION = "road.consumption"

# Row, name and keys -> the parameter, or None after noting that it is missing.
Need = Callable[[Mapping[str, Any], str, str], Parameter | None]


@dataclass
class Driving:
    """Looks up the consumption of rows, and remembers which cannot be turned into energy.

    Rows carry ``vehicle``, ``carrier``, ``consumption_parameter`` and ``consumption_unit``.
    """

    fuel_size: Callable[[str, str], float | None]
    need: Need
    _unfit: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def of(self, row: Mapping[str, Any]) -> tuple[float, tuple[Parameter, ...]] | None:
        """Energy per kilometre [MWh/km] and the parameter it follows from, if any.

        None after noting what is missing.
        """
        amount, unit = row["consumption_parameter"], row["consumption_unit"]
        used: tuple[Parameter, ...] = ()
        if amount is None:
            default = self.need(row, CONSUMPTION, f"{row['vehicle']}/{row['carrier']}")
            if default is None:
                return None
            amount, unit, used = default.value, default.unit, (default,)
        found = energy_mwh_per_km(amount, unit or "", lambda each: self._size(row, each))
        if found is None:
            self._unfit.setdefault((row["carrier"], unit or ""), []).append(row["line"])
            return None
        return found, used

    def unfit(self) -> Iterator[tuple[list[int], str, str]]:
        """Lines of rows whose unit of consumption does not fit the carrier, and both."""
        for (carrier, unit), lines in sorted(self._unfit.items()):
            yield sorted(set(lines)), carrier, unit or "–"

    def _size(self, row: Mapping[str, Any], unit: str) -> float | None:
        return self.fuel_size(row["carrier"], unit)
