"""What sinks take up, by planting and year: gross, kept back, counted; credits apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vatra.plans.sinks.sink import Sink


@dataclass(frozen=True)
class SinkLine:
    """One planting in one year [mg CO2e]; above zero is taken up, below zero given back.

    ``removed_mg`` all that the planting takes up; ``buffer_mg`` of it kept back; ``counted_mg``
    what counts: their difference while the planting is kept, nothing after.
    """

    sink: Sink
    year: int
    removed_mg: int
    buffer_mg: int
    counted_mg: int


@dataclass(frozen=True)
class Reversal:
    """What nothing binds the city to keep any longer, from a year on.

    ``at_risk_mg`` was counted until then and may come back as emissions [mg CO2e].
    """

    sink: Sink
    year: int
    at_risk_mg: int


@dataclass(frozen=True)
class SinkLedger:
    """Every planting and year, ordered by vintage, code and year; and what may come back after."""

    years: tuple[int, ...]
    lines: tuple[SinkLine, ...]
    reversals: tuple[Reversal, ...]

    def counted_mg(self, year: int) -> int:
        """What the city's own sinks count in a year, without credits [mg CO2e]."""
        return sum(each.counted_mg for each in self._of(year) if not each.sink.is_credit)

    def credits_mg(self, year: int, within_cap: bool | None = None) -> int:
        """Credits retired in a year; those allowed within the cap, those not, or all."""
        return sum(
            each.counted_mg
            for each in self._of(year)
            if each.sink.is_credit and within_cap in (None, each.sink.within_cap)
        )

    def buffer_mg(self, year: int) -> int:
        """What is kept back in a year [mg CO2e]."""
        return sum(each.buffer_mg for each in self._of(year))

    def by_vintage(self, year: int) -> dict[int, int]:
        """What the plantings of each vintage count in a year, without credits [mg CO2e]."""
        found: dict[int, int] = {}
        for each in self._of(year):
            if not each.sink.is_credit:
                found[each.sink.year] = found.get(each.sink.year, 0) + each.counted_mg
        return found

    def _of(self, year: int) -> list[SinkLine]:
        return [each for each in self.lines if each.year == year]


def sink_ledger(sinks: Iterable[Sink], years: Sequence[int]) -> SinkLedger:
    """The ledger of some plantings over years.

    Nothing counts before it is planted, nor after the years it is kept for; a line stands only
    for years from planting on. Amounts are differences of whole milligrams held, so that the
    years add up to what is held exactly.
    """
    ordered = sorted(sinks, key=lambda each: (each.year, each.code))
    lines = [_line(sink, year) for sink in ordered for year in years if year >= sink.year]
    reversals = [
        Reversal(each, end, each.counted_mg(end - 1))
        for each in ordered
        if (end := each.ends_year) is not None and each.is_biogenic and each.counted_mg(end - 1)
    ]
    return SinkLedger(tuple(years), tuple(lines), tuple(reversals))


def _line(sink: Sink, year: int) -> SinkLine:
    if sink.is_credit:
        bought = sink.credits_mg if year == sink.year else 0
        return SinkLine(sink, year, bought, 0, bought)
    removed = sink.held_mg(year) - sink.held_mg(year - 1)
    counted = sink.counted_mg(year) - sink.counted_mg(year - 1)
    return SinkLine(sink, year, removed, removed - counted, counted if sink.is_kept(year) else 0)
