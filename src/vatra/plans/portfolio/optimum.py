"""What the search for the best plan answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vatra.plans.engine import Choice, Outcome

Status = Literal["optimal", "feasible", "cancelled", "none", "infeasible"]


@dataclass(frozen=True)
class Objective:
    """One objective in the order asked; values in mg or cents.

    ``value`` by the exact engine; ``bound`` no plan under the limits can pass it, None while it is
    not known; ``gap_share`` their distance, in shares of the base year's emission for ``emissions``
    and of the value for others; ``is_closed`` whether the gap is within what was asked for.
    """

    name: str
    value: int
    bound: int | None
    gap_share: float | None
    is_closed: bool


@dataclass(frozen=True)
class Binding:
    """A limit of which a plan uses nearly all: ``value`` of ``most``, in mg, cents, FTE or 1.

    ``from_funds`` is what funds pay at least beside a budget that would not be enough.
    """

    family: str
    key: tuple[Any, ...]
    value: float
    most: float
    from_funds: float = 0.0


@dataclass(frozen=True)
class Relaxation:
    """How far one kind of limit alone would have to give way.

    ``excess`` by key of the limit, in mg, cents or FTE; for ``year`` the years by which the targets
    come later. ``is_possible`` false when no plan exists however far it gives way; ``is_smallest``
    whether less has been proved to be too little.
    """

    family: str
    excess: Mapping[tuple[Any, ...], float]
    is_possible: bool
    is_smallest: bool

    @property
    def total(self) -> float:
        """All of it together."""
        return sum(self.excess.values())


@dataclass(frozen=True)
class Optimum:
    """The best plan found, by the exact engine.

    Attributes
    ----------
    status : ``optimal`` every gap is closed; ``feasible`` the best found in time; ``cancelled`` the
        best until then; ``infeasible`` proved that no plan keeps the limits; ``none`` none found
    choices : by code, level 0 for what is not done; empty when there is no plan
    exact : outcome of the plan by the engine
    difference_share : largest distance of the optimiser's own emissions from the exact ones
    binding : the limits that bite
    relaxations : for an infeasible problem, what would have to give way, one kind at a time
    bound_is_of_floor : the bound is that of a simpler pathway which never emits more than the exact
        one; a gap may then remain even for the best plan
    """

    status: Status
    choices: Mapping[str, Choice]
    objectives: tuple[Objective, ...]
    exact: Outcome | None
    difference_share: float
    binding: tuple[Binding, ...]
    relaxations: tuple[Relaxation, ...]
    bound_is_of_floor: bool
    rounds_count: int
    cuts_count: int
    options_count: int
    seconds: float
    seed: int
    threads: int

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.exact is not None
