"""Actions of a plan: which factor of which cells each acts on, when, how far and at what cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

from vatra.plans.distributions import Distribution, fixed
from vatra.plans.engine.base import Base
from vatra.words import Language

Operator = Literal[
    "avoid",
    "shift_activity",
    "efficiency",
    "shift_carrier",
    "clean_supply",
    "non_energy",
    "own_generation",
    "sink",
    "observed_tonnes",
    "observed_energy",
]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
Combine = Literal["product", "exclusive", "nested", "capped"]
COMBINES: tuple[Combine, ...] = get_args(Combine)
ActsOn = Literal["service", "device"]
ACTS_ON: tuple[ActsOn, ...] = get_args(ActsOn)
Shape = Literal["linear", "logistic", "step", "cohort", "schedule"]
SHAPES: tuple[Shape, ...] = get_args(Shape)

_ONE, _NONE = fixed(1.0), fixed(0.0)


@dataclass(frozen=True)
class Effect:
    """What an action does to one factor of the cells it selects.

    Attributes
    ----------
    use, carrier : which cells; ``use`` may name a use, a sub-sector or a sector, empty for all
    to_use, to_carrier : where activity or useful energy goes
    strength : share removed or moved of what is reached, 0 to 1; for ``own_generation`` the share
        used on site; for ``sink`` a multiple of the curve
    ratio : useful energy of the new carrier per unit of the old one (a seasonal COP)
    conversion : activity of the destination per unit of activity that leaves
    amount : at full adoption, a year: mg CO2e of observed tonnes, Wh of observed energy or of
        generation
    scale : what ``amount`` is multiplied by, where it is stated per unit
    curve : mg CO2e that a sink removes in a year at age 0, 1, 2, ... at full adoption
    group, combine : effects on the same factor in the same group combine so; else as a product
    acts_on : whether efficiency with a carrier lowers the ``service`` that the carrier gave (walls,
        valves: it holds for whatever serves instead) or is the ``device``'s own (a better boiler:
        it is gone with the boiler)
    potential_share : what the group can reach at most (``capped``), or the most of the electricity
        that own generation can meet
    line : of ``action_effects.csv``, 0 for an effect as the catalogue has it
    """

    operator: Operator
    use: str = ""
    carrier: str = ""
    to_use: str = ""
    to_carrier: str = ""
    strength: Distribution = _ONE
    ratio: Distribution = _ONE
    conversion: Distribution = _ONE
    amount: Distribution = _NONE
    scale: float = 1.0
    curve: tuple[float, ...] = ()
    group: str = ""
    combine: Combine = "product"
    potential_share: float = 1.0
    acts_on: ActsOn = "service"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Economics:
    """What an action costs and earns at full adoption and level 1 [EUR of the price year].

    ``capex_eur`` per unit, once a lifetime; ``opex_eur`` and ``revenue_eur`` per unit and year;
    ``incremental_share`` the part of the capital that would not have been spent anyway;
    ``energy_wh`` energy printed with observed tonnes, by carrier [Wh a year removed].
    """

    units_count: float
    capex_eur: Distribution
    unit: str = ""
    opex_eur: Distribution = _NONE
    revenue_eur: Distribution = _NONE
    incremental_share: float = 1.0
    lifetime_years: float = 30.0
    payer: str = ""
    staff_fte: float = 0.0
    energy_wh: Mapping[str, int] = field(default_factory=dict)

    @property
    def capex_total_eur(self) -> float:
        """Capital of full adoption, on average [EUR]."""
        return self.units_count * self.capex_eur.mean


@dataclass(frozen=True)
class Adoption:
    """How an action spreads from its start to full adoption.

    ``linear`` in equal steps over ``ramp_years``; ``logistic`` slow, fast, slow; ``step`` at once;
    ``cohort`` as stock of a lifetime of ``ramp_years`` comes due; ``schedule`` through the stated
    points (year -> share). From ``end_year`` on nothing is left of it.
    """

    start_year: int
    ramp_years: float = 1.0
    shape: Shape = "linear"
    schedule: Mapping[int, float] = field(default_factory=dict)
    end_year: int | None = None


@dataclass(frozen=True)
class Choice:
    """When an action starts and how much of it is done, 0 (not chosen) to 1."""

    start_year: int
    level: float


@dataclass(frozen=True)
class Action:
    """A measure of the plan with its mechanism.

    ``level`` how much of it the plan does, ``most_level`` how much it could do at most;
    ``reach_share`` the share of its cells that it reaches at level 1; ``requires`` codes of actions
    without which it does nothing; ``excludes`` codes whose levels and its own sum to 1 at most;
    ``delivery_probability`` and ``delay_years`` how sure it is to come and how late;
    ``claimed_mg`` printed tonnes where a contract states them [mg a year]; ``replaces``
    the printed measure whose mechanism this is.
    """

    code: str
    name_en: str
    name_ro: str
    sector: str
    field: str
    effects: tuple[Effect, ...]
    adoption: Adoption
    lever: str = ""
    economics: Economics | None = None
    level: float = 1.0
    most_level: float = 1.0
    reach_share: float = 1.0
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    delivery_probability: float = 1.0
    delay_years: Distribution = _NONE
    catalogue: str = ""
    source: str = ""
    file: str = ""
    line: int = 0
    claimed_mg: int | None = None
    replaces: str = ""

    def name(self, lang: Language) -> str:
        """Name in a language."""
        return self.name_ro if lang == "ro" else self.name_en

    @property
    def choice(self) -> Choice:
        """Start and level as they stand."""
        return Choice(self.adoption.start_year, self.level)

    def chosen(self, choice: Choice) -> Action:
        """The same action from another year on, or to another level.

        A stated schedule moves along with its start.
        """
        moved = choice.start_year - self.adoption.start_year
        schedule = {year + moved: share for year, share in self.adoption.schedule.items()}
        end = self.adoption.end_year
        adoption = replace(
            self.adoption,
            start_year=choice.start_year,
            schedule=schedule,
            end_year=None if end is None else end + moved,
        )
        return replace(self, adoption=adoption, level=choice.level)


@dataclass(frozen=True)
class Model:
    """A base and the actions of a plan on it, in the order of their files."""

    base: Base
    actions: tuple[Action, ...]

    def __post_init__(self) -> None:
        codes = [each.code for each in self.actions]
        twice = sorted({each for each in codes if codes.count(each) > 1})
        if twice:
            raise ValueError(f"actions stand twice: {', '.join(twice)}")

    @cached_property
    def codes(self) -> dict[str, int]:
        """Code -> position."""
        return {each.code: position for position, each in enumerate(self.actions)}

    def with_choices(self, choices: Mapping[str, Choice]) -> Model:
        """The same actions, those named with another start or level; unknown codes raise."""
        unknown = sorted(set(choices) - set(self.codes))
        if unknown:
            raise KeyError(f"no actions {', '.join(unknown)}")
        return replace(
            self,
            actions=tuple(
                each.chosen(choices[each.code]) if each.code in choices else each
                for each in self.actions
            ),
        )

    def only(self, codes: Collection[str]) -> Model:
        """The same base with some of the actions."""
        return replace(self, actions=tuple(each for each in self.actions if each.code in codes))
