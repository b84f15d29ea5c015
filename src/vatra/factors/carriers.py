"""Every gas of a carrier: from the factor book, and from parameters where it is silent.

The book tells homes, industry, roads and machines apart. What depends on a locomotive, a ship or
an aircraft stands among the parameters (``rail.ch4``, of ``diesel``); they fill the gases that the
book does not give, never those that it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vatra.factors.book import Factor, FactorBook
from vatra.factors.parameters import Parameter, ParameterBook
from vatra.tables.vocabulary import BIOGENIC, MIXTURE
from vatra.units import EMISSION_FACTOR

_FILLED = ("CO2", "CH4", "N2O")
_MAIN = ("CO2", MIXTURE, BIOGENIC)
# Parameters of a family are given per energy (net calorific value), as the IPCC prints them.
_T_PER_MWH_AT_ONE_KG_PER_TJ = EMISSION_FACTOR.accepted["kg/TJ"]


@dataclass(frozen=True)
class GasFactor:
    """Tonnes of a gas per MWh of a carrier, and the factor or parameter that says so."""

    gas: str
    t_per_mwh: float
    used: Factor | Parameter


@dataclass
class CarrierFactors:
    """Looks up the gases of carriers, and remembers for which rows there is nothing.

    ``end_use`` narrows the factors of the book; ``family`` is the prefix of the parameters that
    fill what the book does not say, empty for none.
    """

    book: FactorBook
    parameters: ParameterBook
    end_use: str = "any"
    family: str = ""
    _known: dict[tuple[str, int], list[GasFactor]] = field(default_factory=dict)
    _lines: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def of(self, carrier: str, year: int, line: int) -> list[GasFactor]:
        """The factor of each gas; none, after noting the line, when CO2 is not known."""
        place = (carrier, year)
        if place not in self._known:
            self._known[place] = self._find(carrier, year)
        if not self._known[place]:
            self._lines.setdefault(place, []).append(line)
        return self._known[place]

    def missing(self) -> Iterator[tuple[list[int], str, str]]:
        """Lines of rows without a factor, and the carrier and year they ask for."""
        for (carrier, year), lines in sorted(self._lines.items()):
            yield sorted(set(lines)), carrier, str(year)

    def _find(self, carrier: str, year: int) -> list[GasFactor]:
        chosen = self.book.choose(carrier, year, self.end_use)
        found = {}
        if isinstance(chosen, dict):
            found = {gas: GasFactor(gas, row.value_t_per_mwh, row) for gas, row in chosen.items()}
        if self.family and MIXTURE not in found:
            found |= {each.gas: each for each in self._filled(carrier, year, tuple(found))}
        return list(found.values()) if any(gas in found for gas in _MAIN) else []

    def _filled(self, carrier: str, year: int, known: tuple[str, ...]) -> Iterator[GasFactor]:
        for gas in _FILLED:
            # A biofuel's CO2 is biogenic; fossil CO2 would count its carbon twice.
            if gas in known or (gas == "CO2" and BIOGENIC in known):
                continue
            row = self.parameters.find(f"{self.family}.{gas.lower()}", carrier, year=year)
            if row is not None:
                yield GasFactor(gas, row.value * _T_PER_MWH_AT_ONE_KG_PER_TJ, row)
