"""The numbers of a plan that nobody knows exactly, each one an axis of the sampling."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vatra.plans.distributions import Discrete, Distribution
from vatra.plans.engine import Action, Effect, Model
from vatra.plans.risk.defaults import Default, defaults_of

Kind = Literal[
    "strength",
    "ratio",
    "conversion",
    "amount",
    "delivery",
    "delay",
    "activity",
    "activity_path",
    "factor",
    "factor_path",
]
PARAMETERS: tuple[Kind, ...] = ("strength", "ratio", "conversion", "amount")
SCALES: tuple[Kind, ...] = ("activity", "activity_path", "factor", "factor_path")


@dataclass(frozen=True)
class Quantity:
    """One doubted number.

    Attributes
    ----------
    kind : a parameter of an effect, the delivery or the delay of an action, or a scale of cells;
        a scale whose name ends in ``_path`` grows from nothing in the base year
    of : code of the action, or name of the group of cells
    effects : positions in their action of the effects that it is a parameter of; none otherwise
    distribution : of the value, or of its multiple
    is_multiple : whether the stated value is multiplied by what is drawn
    is_default : whether nobody stated the doubt and the table of defaults stands in
    source : of the distribution
    cells : positions of the cells that a scale moves
    """

    kind: Kind
    of: str
    distribution: Distribution
    effects: tuple[int, ...] = ()
    is_multiple: bool = False
    is_default: bool = False
    source: str = ""
    cells: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Its name, of its own in a run: ``2.1/amount``, ``2.1/2/strength``, ``.../factor``."""
        place = f"/{self.effects[0] + 1}" if self.effects and self.effects[0] else ""
        return f"{self.of}{place}/{self.kind}"


def quantities(
    model: Model,
    scales: Iterable[Quantity] = (),
    with_defaults: bool = True,
    stated_delivery: Collection[str] = (),
) -> tuple[Quantity, ...]:
    """All doubted numbers of a model: of its actions in their order, then the scales of its cells.

    Numbers that are certain (a distribution of one value) are no quantities. With
    ``with_defaults`` an effect that states no doubt, and an action that states neither a
    probability of delivery nor a delay, get those of ``defaults.csv``; ``stated_delivery`` are
    codes of actions that say in so many words that they come for certain and in time.

    Raises ``ValueError`` for quantities of the same name.
    """
    needed = {code for action in model.actions for code in action.requires}
    of_actions = (
        each
        for action in model.actions
        if action.level and (action.effects or action.code in needed)
        for each in _of_action(action, with_defaults, action.code in stated_delivery)
    )
    found = tuple(each for each in (*of_actions, *scales) if not each.distribution.is_certain)
    keys = [each.key for each in found]
    twice = sorted({each for each in keys if keys.count(each) > 1})
    if twice:
        raise ValueError(f"doubted numbers stand twice: {', '.join(twice)}")
    return found


def _of_action(action: Action, with_defaults: bool, is_stated: bool) -> Iterator[Quantity]:
    bare: dict[str, list[int]] = {}
    for position, effect in enumerate(action.effects):
        stated = [kind for kind in PARAMETERS if not parameter(effect, kind).is_certain]
        for kind in stated:
            spread = parameter(effect, kind)
            yield Quantity(kind, action.code, spread, (position,), source=action.source)
        if not stated:
            bare.setdefault(effect.operator, []).append(position)
    if with_defaults:
        # What one action promises of several carriers falls short by one share.
        for operator, positions in bare.items():
            for default in defaults_of(operator):
                yield _default(default, action.code, tuple(positions))
    yield from _of_delivery(action, with_defaults and not is_stated)


def _of_delivery(action: Action, with_defaults: bool) -> Iterator[Quantity]:
    probability = action.delivery_probability
    if 0.0 < probability < 1.0:
        chance = Discrete((0.0, 1.0), (round(1.0 - probability, 12), probability))
        yield Quantity("delivery", action.code, chance, source=action.source)
    if not action.delay_years.is_certain:
        yield Quantity("delay", action.code, action.delay_years, source=action.source)
    stated = probability < 1.0 or action.delay_years.high != 0.0 or action.delay_years.low != 0.0
    if with_defaults and not stated:
        for what in ("delivery", "delay"):
            for default in defaults_of(what):
                yield _default(default, action.code)


def _default(default: Default, of: str, effects: tuple[int, ...] = ()) -> Quantity:
    kind: Kind = default.parameter  # type: ignore[assignment]
    multiple = default.form == "multiple"
    return Quantity(kind, of, default.distribution, effects, multiple, True, default.source)


def parameter(effect: Effect, kind: Kind) -> Distribution:
    """The distribution of one parameter of an effect."""
    found: Distribution = getattr(effect, kind)
    return found


def scale(
    kind: Kind,
    of: str,
    cells: Sequence[int],
    distribution: Distribution | None = None,
    source: str = "",
) -> Quantity:
    """A multiple of the amount or of the factor of some cells; the default where none is given."""
    what = {"factor_path": "grid_path", "activity_path": "demand_path"}.get(kind, kind)
    (default,) = defaults_of(what)
    return Quantity(
        kind,
        of,
        distribution or default.distribution,
        is_multiple=True,
        is_default=distribution is None,
        source=source if distribution else default.source,
        cells=tuple(cells),
    )
