"""A source of money and the conditions it comes with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from vatra.plans.finance.debt import Terms
from vatra.words import Language

# Money that its payer already has; money that must be given back; money that need not.
OWN = ("own_budget", "owners_fund", "private")
REPAID = ("loan", "bond", "esco", "ppp")
GRANTS = ("eu_grant", "national_grant")
# Where a pack gives no order, gifts are used before own money and own money before debt.
ORDER = (
    "eu_grant",
    "national_grant",
    "carbon_revenue",
    "owners_fund",
    "own_budget",
    "private",
    "esco",
    "ppp",
    "loan",
    "bond",
)
_LAST = float("inf")


@dataclass(frozen=True)
class Source:
    """A row of ``funding.csv``, or the own money of a payer that only ``budgets.csv`` names.

    Attributes
    ----------
    ceiling_cents : all there is, over all years; ``None`` where nobody has said
    first_year, last_year : window, ``None`` for open
    intensity_max : largest share of the cost of a use in a year
    eligible : codes of actions, fields or sectors; empty for all
    payers : payers that may use it; empty for all
    terms : of what is repaid, else ``None``
    excludes : codes of sources not to be given to the same action
    stack_limit : largest share of a use that all grants together may pay beside this source
    priority : smaller is used earlier
    """

    code: str
    name_en: str
    name_ro: str
    instrument: str
    ceiling_cents: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    intensity_max: float = 1.0
    eligible: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    terms: Terms | None = None
    excludes: tuple[str, ...] = ()
    stack_limit: float | None = None
    priority: float = _LAST
    source: str = ""
    line: int = 0

    def name(self, lang: Language) -> str:
        """Name in a language."""
        return self.name_ro if lang == "ro" else self.name_en

    @property
    def is_own(self) -> bool:
        """Whether it is money that the payer already has."""
        return self.instrument in OWN

    @property
    def is_grant(self) -> bool:
        """Whether it is given and counts against limits of stacking."""
        return self.instrument in GRANTS

    def open_in(self, year: int) -> bool:
        """Whether its window holds a year."""
        first = self.first_year is None or self.first_year <= year
        return first and (self.last_year is None or year <= self.last_year)

    def serves(self, names: Collection[str], payer: str) -> bool:
        """Whether an action known by ``names`` (code, field, sector) and its payer may use it."""
        fits = not self.eligible or any(each in names for each in self.eligible)
        return fits and (not self.payers or payer in self.payers)

    @property
    def rank(self) -> tuple[float, int, str]:
        """Place in the order in which sources are used."""
        return (self.priority, ORDER.index(self.instrument), self.code)


@dataclass(frozen=True)
class Use:
    """Something to be paid: an action and the payer of a share of it.

    ``names`` what sources may call it: its code, field and sector.
    """

    action: str
    payer: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fixed:
    """Money that a city has already fixed: cents from a source for an action, over all years."""

    action: str
    funding: str
    amount_cents: int
    line: int = 0


@dataclass(frozen=True)
class Purses:
    """Own money by payer and year [cents]; a payer without an entry has no stated limit."""

    by_payer: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def left(self, payer: str, year: int) -> int | None:
        """What a payer has in a year; 0 for a year that a limited payer does not state."""
        return self.by_payer[payer].get(year, 0) if payer in self.by_payer else None
