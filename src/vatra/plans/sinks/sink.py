"""One planting of one year: its size, growth, survival, buffer and permanence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from vatra.units import MG_PER_T
from vatra.words import Language

PPM = 1_000_000
CREDIT = "credit"
# Powers may differ in their last bits from machine to machine; this many decimals do not.
_DECIMALS = 12


@dataclass(frozen=True)
class Survival:
    """What share of a planting is alive at an age.

    ``share`` lives through each year where ``years`` is None; else it lives at that age, lost
    evenly up to it, and nothing is lost after.
    """

    share: float = 1.0
    years: int | None = None

    def alive(self, age_years: int) -> float:
        """Share alive at an age, 0 to 1; all of it in the year of planting."""
        if self.years is None:
            return round(math.pow(self.share, age_years), _DECIMALS)
        part = min(age_years, self.years) / self.years if self.years else 1.0
        return round(math.pow(self.share, part), _DECIMALS)


FOREVER = Survival()


@dataclass(frozen=True)
class Sink:
    """A planting, restoration or bought credit.

    Attributes
    ----------
    year : of planting (its vintage), or in which a credit is retired
    size : hectares, or trees for ``single_trees``
    growth_t : CO2 taken up at age 0, 1, 2, ... [t per ha or tree]; nothing beyond the last age
    buffer_ppm : share kept back against losses [millionths]
    permanence_years : for how long it is kept, from planting on; None where nothing is said
    credits_mg : credits retired in ``year`` [mg CO2e], 0 for what grows
    from_use, parcel : land class and place it takes
    within_cap : whether a credit may count within the stated cap
    """

    code: str
    year: int
    name_en: str
    name_ro: str
    kind: str
    species: str = ""
    action: str = ""
    size: float = 0.0
    area_ha: float = 0.0
    growth_t: tuple[float, ...] = ()
    survival: Survival = FOREVER
    buffer_ppm: int = 0
    permanence_years: int | None = None
    credits_mg: int = 0
    from_use: str = ""
    parcel: str = ""
    within_cap: bool = False
    source: str = ""
    growth_source: str = ""
    line: int = 0

    @property
    def is_credit(self) -> bool:
        """Whether it is bought elsewhere and not grown here."""
        return self.kind == CREDIT

    @property
    def is_biogenic(self) -> bool:
        """Whether the carbon is held by plants or soil, and can come back."""
        return self.kind not in (CREDIT, "technical")

    @property
    def ends_year(self) -> int | None:
        """First year in which nothing is promised any more."""
        return None if self.permanence_years is None else self.year + self.permanence_years

    @cached_property
    def _summed_t(self) -> tuple[float, ...]:
        return tuple(accumulate(self.growth_t)) or (0.0,)

    def held_mg(self, year: int) -> int:
        """CO2 that is in the planting at the end of a year [mg]; nothing before it is planted."""
        age = year - self.year
        if age < 0 or self.is_credit:
            return 0
        grown_t = self._summed_t[min(age, len(self._summed_t) - 1)]
        return round(self.size * self.survival.alive(age) * grown_t * MG_PER_T)

    def counted_mg(self, year: int) -> int:
        """Of that, what may be counted as held: less the buffer [mg]."""
        return self.held_mg(year) * (PPM - self.buffer_ppm) // PPM

    def is_kept(self, year: int) -> bool:
        """Whether the promise to keep it covers a year."""
        return year >= self.year and (self.ends_year is None or year < self.ends_year)

    def moved(self, years: int) -> Sink:
        """The same, planted later (or earlier)."""
        return replace(self, year=self.year + years)

    def name(self, lang: Language) -> str:
        """Name in a language."""
        return self.name_ro if lang == "ro" else self.name_en
