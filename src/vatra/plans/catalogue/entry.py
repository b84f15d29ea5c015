"""What a measure of the catalogue says; attributes are named as the columns of its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vatra.plans.distributions import Distribution, fixed
from vatra.plans.engine.actions import ActsOn, Combine, Operator, Shape
from vatra.words import Language

RelationKind = Literal["exclusive", "nested", "requires"]

_ONE, _NONE = fixed(1.0), fixed(0.0)


@dataclass(frozen=True)
class EffectRow:
    """What a measure does to one factor of the cells it selects, for each unit that is reached.

    Attributes
    ----------
    id, effect : the measure, and the number of the effect in it
    use, carrier, to_use, to_carrier : as in ``vatra.plans.engine.Effect``
    strength : share removed or moved of what is reached; for ``own_generation`` the share used on
        site; for ``sink`` the share of the curve that stays
    ratio : useful energy of the new carrier per unit of the old one
    conversion : activity of the destination per unit that leaves
    amount : generation of a unit in a year [MWh]
    curve : name of a growth curve, t CO2 per hectare by age; empty for none
    group, combine, potential_share : how it meets others on the same factor
    acts_on : whether efficiency is the service's (walls) or the device's (a boiler)
    """

    id: str
    effect: str
    operator: Operator
    use: str
    source: str
    carrier: str = ""
    to_use: str = ""
    to_carrier: str = ""
    strength: Distribution = _ONE
    ratio: Distribution = _ONE
    conversion: Distribution = _ONE
    amount: Distribution = _NONE
    curve: str = ""
    group: str = ""
    combine: Combine = "product"
    potential_share: float = 1.0
    acts_on: ActsOn = "service"


@dataclass(frozen=True)
class CoBenefit:
    """What else a measure brings.

    ``amount`` in ``unit``, for each unit of the measure unless the unit says otherwise; None where
    only the direction is known, which is not zero.
    """

    id: str
    benefit: str
    unit: str
    source: str
    amount: Distribution | None = None


@dataclass(frozen=True)
class Relation:
    """How two measures stand to each other, and why.

    ``exclusive``: one unit of the stock takes one or the other, so their reaches sum to 1 at most;
    ``nested``: the saving of ``id`` lies within that of ``other``; ``requires``: ``id`` does
    nothing until ``other`` has begun.
    """

    kind: RelationKind
    id: str
    other: str
    why_en: str
    why_ro: str

    def why(self, lang: Language) -> str:
        """The reason in a language."""
        return self.why_ro if lang == "ro" else self.why_en


@dataclass(frozen=True)
class Entry:
    """A measure of the catalogue.

    Attributes
    ----------
    unit, stock, units_per_stock : a city's units are
        ``reach * level * stock * units_per_stock``
    capex_eur : once a lifetime, per unit; opex_eur, revenue_eur : per unit and year, without energy
    incremental_share : the part of the capital that would not have been spent anyway
    staff_fte_per_meur : people of the city per million EUR of capital while it is rolled out
    delivery_probability, delay_years : how sure it is to come and how late
    relations : those that begin with this measure; exclusive : ids of all that want the same units
        of the stock, sorted
    source, page, doubt : of cost and lifetime; every effect has a source of its own
    """

    id: str
    name_en: str
    name_ro: str
    about_en: str
    about_ro: str
    sector: str
    field: str
    lever: str
    unit: str
    stock: str
    units_per_stock: float
    capex_eur: Distribution
    opex_eur: Distribution
    revenue_eur: Distribution
    incremental_share: float
    lifetime_years: float
    ramp_years: float
    shape: Shape
    payer: str
    staff_fte_per_meur: float
    delivery_probability: float
    delay_years: Distribution
    source: str
    page: str
    doubt: str
    effects: tuple[EffectRow, ...]
    co_benefits: tuple[CoBenefit, ...]
    relations: tuple[Relation, ...]
    exclusive: tuple[str, ...]
    file: str
    line: int

    def name(self, lang: Language) -> str:
        """Name in a language."""
        return self.name_ro if lang == "ro" else self.name_en

    def about(self, lang: Language) -> str:
        """What it is, in a sentence or two."""
        return self.about_ro if lang == "ro" else self.about_en

    @property
    def requires(self) -> tuple[str, ...]:
        """Measures without which it does nothing, sorted."""
        return tuple(sorted(each.other for each in self.relations if each.kind == "requires"))
