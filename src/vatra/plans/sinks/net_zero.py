"""Whether a year may be called net zero: every condition, met or not, with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.units import MG_PER_T
from vatra.words import Language, say

PPM = 1_000_000
LEVEL_PPM = 500_000


@dataclass(frozen=True)
class Condition:
    """One condition of the claim.

    ``name`` is net, cap, probability or credits; ``known`` False where nothing tells whether it is
    met, which is no better than unmet.
    """

    name: str
    met: bool
    params: Mapping[str, Any]
    known: bool = True

    def text(self, lang: Language) -> str:
        """The condition and how it stands, in a sentence."""
        verdict = "met" if self.met else ("unmet" if self.known else "unknown")
        return say(f"plans.sinks.net-zero-{self.name}-{verdict}", lang, **self.params)


@dataclass(frozen=True)
class NetZero:
    """The flag and what stands behind it, all in milligrams of CO2e of one year.

    ``gross_mg`` what is emitted; ``sinks_mg`` what own sinks count, above zero; ``allowed_mg``
    credits that may count within the cap; ``credits_mg`` all credits bought; ``cap_mg`` the most
    that sinks may balance.
    """

    year: int
    gross_mg: int
    sinks_mg: int
    allowed_mg: int
    credits_mg: int
    cap_mg: int
    conditions: tuple[Condition, ...]

    @property
    def net_mg(self) -> int:
        """Emissions less own sinks and credits allowed within the cap; no other credits."""
        return self.gross_mg - self.sinks_mg - self.allowed_mg

    @property
    def net_with_credits_mg(self) -> int:
        """Emissions less own sinks and every credit bought."""
        return self.gross_mg - self.sinks_mg - self.credits_mg

    @property
    def holds(self) -> bool:
        """Whether every condition is met."""
        return all(each.met for each in self.conditions)

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """The conditions that are not."""
        return tuple(each for each in self.conditions if not each.met)


def net_zero(
    year: int,
    gross_mg: int,
    sinks_mg: int,
    cap_mg: int,
    *,
    credits_mg: int = 0,
    allowed_mg: int = 0,
    probability_ppm: int | None = None,
    level_ppm: int = LEVEL_PPM,
) -> NetZero:
    """Judge a year.

    Parameters
    ----------
    gross_mg : emissions without sinks
    sinks_mg : own sinks counted, above zero; ``cap_mg`` the most that may balance emissions
    credits_mg : all credits bought; ``allowed_mg`` of them, those stated to count within the cap
    probability_ppm : P(net <= 0) from draws [millionths], None when none were made: the condition
        is then not met, since nobody knows
    level_ppm : probability asked for [millionths]
    """
    balanced = sinks_mg + allowed_mg
    needed = gross_mg - balanced
    bought = credits_mg - allowed_mg
    net = needed - bought
    known = probability_ppm is not None
    conditions = (
        Condition("net", net <= 0, _figures(year, net=net, gross=gross_mg)),
        Condition("cap", balanced <= cap_mg, _figures(year, sinks=balanced, cap=cap_mg)),
        Condition(
            "probability",
            probability_ppm is not None and probability_ppm >= level_ppm,
            {"year": str(year), "level": level_ppm / PPM}
            | {"probability": (probability_ppm or 0) / PPM},
            known,
        ),
        Condition(
            "credits", bought == 0 or needed <= 0, _figures(year, credits=bought, net=needed)
        ),
    )
    return NetZero(year, gross_mg, sinks_mg, allowed_mg, credits_mg, cap_mg, conditions)


def _figures(year: int, **masses_mg: int) -> dict[str, Any]:
    return {"year": str(year)} | {name: each / MG_PER_T for name, each in masses_mg.items()}
