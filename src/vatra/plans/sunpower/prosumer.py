"""What Romanian rules make of power that is used, shared, credited and sold.

Rules are dated rows of ``data/prosumer_rules.csv``: up to 200 kW what is fed in is counted against
what is bought, kilowatt-hour for kilowatt-hour, at the price of active energy; above, it is sold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.finance.cents import split, to_cents
from vatra.plans.finance.prices import default_prices
from vatra.plans.sunpower.reading import SunpowerError, rows, value
from vatra.plans.sunpower.share import Shared
from vatra.words import Language

Cents = npt.NDArray[np.int64]
_WH_PER_MWH = 1e6
# Years of the same months after which the ledger repeats itself.
_SETTLING_YEARS = 4


@dataclass(frozen=True)
class Rule:
    """A way of settling: ``quantitative`` or ``financial``, its days, and the installed power
    above which and up to which it holds [kW]; ``carry_months`` how long a credit lives."""

    rule: str
    first: date
    last: date | None
    power_above_kw: float
    power_to_kw: float
    carry_months: int
    article_en: str
    article_ro: str
    source: str
    doubt: str

    def article(self, lang: Language) -> str:
        """Law and article, as they are called in a language."""
        return self.article_en if lang == "en" else self.article_ro

    def holds(self, power_kw: float, day: date) -> bool:
        """Whether it holds for a plant on a day."""
        open_then = self.first <= day and (self.last is None or day <= self.last)
        above = self.power_above_kw == 0 or self.power_above_kw < power_kw
        return open_then and above and 0 <= power_kw <= self.power_to_kw


@dataclass(frozen=True)
class Prices:
    """EUR per MWh without VAT: what a household pays in all, the active energy in it, and the
    market's mean."""

    bought: float
    active: float
    market: float


@dataclass(frozen=True, eq=False)
class Income:
    """What each of k members has of the sun in a year, whole cents, each [k].

    ``own_cents`` not bought; ``credit_cents`` counted against what is bought; ``market_cents``
    sold. Each adds up to the cents of its sum. ``rules`` the different ones that were asked.
    """

    rules: tuple[Rule, ...]
    prices: Prices
    own_cents: Cents
    credit_cents: Cents
    market_cents: Cents

    @property
    def total_cents(self) -> Cents:
        """All of it, by member."""
        return self.own_cents + self.credit_cents + self.market_cents


@cache
def prosumer_rules() -> tuple[Rule, ...]:
    """Every rule of the data."""
    return tuple(
        Rule(
            row["rule"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            float(row["power_above_kw"]),
            float(row["power_to_kw"]),
            int(row["carry_months"]),
            row["article_en"],
            row["article_ro"],
            row["source"],
            row["doubt"],
        )
        for row in rows("prosumer_rules")
    )


def rule_for(power_kw: float, on_date: date) -> Rule:
    """The rule of a plant on a day; raises ``SunpowerError`` where none is known."""
    for each in prosumer_rules():
        if each.holds(power_kw, on_date):
            return each
    raise SunpowerError("no-rule", power=power_kw, day=on_date.isoformat())


def usual_prices(bought_eur_per_mwh: float | None = None) -> Prices:
    """Default prices; the household's own contract comes first."""
    known = default_prices()["electricity", "household"].value
    bought = known if bought_eur_per_mwh is None else bought_eur_per_mwh
    return Prices(
        bought,
        bought * value("prosumer_prices", "active_share"),
        value("prosumer_prices", "market_eur_per_mwh"),
    )


def income(
    members: Shared,
    power_kw: float | Sequence[float],
    on_date: date,
    *,
    prices: Prices | None = None,
    through_grid: bool | Sequence[bool] = False,
) -> Income:
    """What members have of a year of shared power.

    Parameters
    ----------
    power_kw : installed power of the plant, or of each member's own, by which rules are chosen
    through_grid : what they use reaches them through the public grid, all of them or one by one:
        tariffs stay due and only active energy is saved; behind a common meter the whole price is

    Raises ``SunpowerError`` where no rule is known.
    """
    count, paid = len(members.own_wh), prices or usual_prices()
    powers = np.broadcast_to(np.asarray(power_kw, np.float64), count).tolist()
    rules = [rule_for(each, on_date) for each in powers]
    credited, sold = np.zeros(count), np.zeros(count)
    for rule in set(rules):
        these = np.array([each == rule for each in rules])
        parts = settled(members.bought_wh[these], members.fed_wh[these], rule)
        credited[these], sold[these] = parts
    saved = np.where(np.asarray(through_grid), paid.active, paid.bought)
    return Income(
        tuple(sorted(set(rules), key=lambda each: (each.power_above_kw, each.rule))),
        paid,
        worth_cents(members.own_wh.sum(axis=1), saved),
        worth_cents(credited, paid.active),
        worth_cents(sold, paid.market),
    )


def settled(bought_wh: Floats, fed_wh: Floats, rule: Rule) -> tuple[Floats, Floats]:
    """Of what members feed in [k, 12], what is counted against what they buy and what is sold in
    a year [k], once years like this one follow each other."""
    if rule.rule != "quantitative":
        return np.zeros(len(fed_wh)), fed_wh.sum(axis=1)
    credited = np.array(
        [
            _credited(bought.tolist(), fed.tolist(), rule.carry_months)
            for bought, fed in zip(bought_wh, fed_wh, strict=True)
        ]
    )
    return credited, np.maximum(fed_wh.sum(axis=1) - credited, 0.0)


def _credited(bought: list[float], fed: list[float], carry_months: int) -> float:
    """What a meter's ledger counts in its last year; the oldest credit goes first."""
    credits: list[tuple[int, float]] = []
    total = 0.0
    for month in range(12 * _SETTLING_YEARS):
        credits = [each for each in credits if month - each[0] <= carry_months]
        credits.append((month, fed[month % 12]))
        used, credits = _used(credits, bought[month % 12])
        total += used if month >= 12 * (_SETTLING_YEARS - 1) else 0.0
    # Credits of an earlier, like year may be used in this one: a year has only its own to give.
    return min(total, sum(fed))


def _used(credits: list[tuple[int, float]], wanted: float) -> tuple[float, list[tuple[int, float]]]:
    used, kept = 0.0, []
    for month, amount in credits:
        taken = min(amount, wanted - used)
        used += taken
        if amount > taken:
            kept.append((month, amount - taken))
    return used, kept


def worth_cents(energy_wh: Floats, eur_per_mwh: Floats | float) -> Cents:
    """What each member's energy is worth; together the cents of the sum (largest remainder)."""
    each_eur = energy_wh / _WH_PER_MWH * eur_per_mwh
    return split(int(to_cents(np.array([each_eur.sum()]))[0]), each_eur)
