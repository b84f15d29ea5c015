"""When the base year is computed again, what moved it, and the log of it.

GPC 1.1, Section 11.3: a base year is recalculated when its boundary, a method, a factor or an
error changes it significantly. What is significant the city says beforehand; changes too small by
themselves are kept and count together with the next ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Trigger = Literal["method", "factor", "boundary", "error"]
TRIGGERS: tuple[Trigger, ...] = ("method", "factor", "boundary", "error")


@dataclass(frozen=True)
class Policy:
    """What a city calls significant: a share of the base year, and which triggers count.

    The share is the city's own choice; the protocol names none.
    """

    threshold_share: float = 0.05
    triggers: tuple[Trigger, ...] = TRIGGERS

    def __post_init__(self) -> None:
        if not 0 <= self.threshold_share <= 1:
            raise ValueError(f"a threshold of {self.threshold_share} is no share of the base year")


@dataclass(frozen=True)
class Recalculation:
    """One change of the base year: totals by part (such as the sector) before and after [mg CO2e].

    ``before_mg`` are those of the base year in force when the change was found; ``date`` as
    ``YYYY-MM-DD``, given by whoever writes the log.
    """

    year: int
    trigger: Trigger
    reason: str
    before_mg: Mapping[str, int]
    after_mg: Mapping[str, int]
    date: str = ""

    @property
    def moved_mg(self) -> int:
        """After minus before [mg]."""
        return sum(self.after_mg.values()) - sum(self.before_mg.values())

    @property
    def moved_share(self) -> float | None:
        """Of the total before; None when that is zero."""
        whole = sum(self.before_mg.values())
        return self.moved_mg / abs(whole) if whole else None

    @property
    def moves_mg(self) -> dict[str, int]:
        """What each part moved [mg], those that did not move left out, the largest first."""
        parts = {*self.before_mg, *self.after_mg}
        moves = {part: self.after_mg.get(part, 0) - self.before_mg.get(part, 0) for part in parts}
        ordered = sorted(moves.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        return {part: mass for part, mass in ordered if mass}

    def is_significant(self, policy: Policy) -> bool:
        """Whether this change alone reaches the threshold, in any part or in the total.

        Parts count too, so that two errors that cancel in the total do not hide each other.
        """
        if self.trigger not in policy.triggers:
            return False
        whole = abs(sum(self.before_mg.values()))
        largest = max((abs(each) for each in self.moves_mg.values()), default=0)
        return _reaches(max(largest, abs(self.moved_mg)), whole, policy)

    def as_dict(self) -> dict[str, Any]:
        """Plain data; ``from_dict`` reads it back."""
        return {
            "year": self.year,
            "trigger": self.trigger,
            "reason": self.reason,
            "before_mg": dict(sorted(self.before_mg.items())),
            "after_mg": dict(sorted(self.after_mg.items())),
            "date": self.date,
        }


def from_dict(data: Mapping[str, Any]) -> Recalculation:
    """A change read back from plain data; raises ``ValueError`` for an unknown trigger."""
    return recalculation(
        data["year"], data["before_mg"], data["after_mg"], data["trigger"], data["reason"],
        data.get("date", ""),
    )  # fmt: skip


def recalculation(
    year: int,
    before_mg: Mapping[str, int],
    after_mg: Mapping[str, int],
    trigger: str,
    reason: str,
    date: str = "",
) -> Recalculation:
    """Record a change of the base year.

    Parameters
    ----------
    year : the base year
    before_mg, after_mg : totals by part, under the old and the new way [mg CO2e]
    trigger : one of ``TRIGGERS``
    reason : what changed, in a sentence for whoever reads the log

    Raises ``ValueError`` for an unknown trigger or an empty reason.
    """
    known = next((each for each in TRIGGERS if each == trigger), None)
    if known is None:
        raise ValueError(f"'{trigger}' is no trigger; use {', '.join(TRIGGERS)}")
    if not reason.strip():
        raise ValueError("a recalculation needs a reason that others can read")
    return Recalculation(year, known, reason.strip(), dict(before_mg), dict(after_mg), date)


@dataclass(frozen=True)
class Step:
    """A change in the log: whether it makes the base year be computed again, and what is pending.

    ``pending_mg`` what has moved, this change included, since the base year was last computed.
    """

    change: Recalculation
    recalculates: bool
    pending_mg: int


def steps(changes: Iterable[Recalculation], policy: Policy) -> list[Step]:
    """The log in order: the base year is computed again as soon as what is pending is significant.

    A change counts alone or with the small ones before it. Triggers that the policy leaves out are
    kept in the log and never count.
    """
    found: list[Step] = []
    pending_mg = 0
    for each in changes:
        counts = each.trigger in policy.triggers
        pending_mg += each.moved_mg if counts else 0
        whole = abs(sum(each.before_mg.values()))
        due = counts and (each.is_significant(policy) or _reaches(abs(pending_mg), whole, policy))
        found.append(Step(each, due, pending_mg))
        pending_mg = 0 if due else pending_mg
    return found


def _reaches(moved_mg: int, whole_mg: int, policy: Policy) -> bool:
    return moved_mg > 0 and moved_mg >= policy.threshold_share * whole_mg
