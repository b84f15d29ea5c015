"""Debt of a plan by source and payer, and whether what the plan earns carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.finance.allocate import Allocation
from vatra.plans.finance.cents import Cents, Floats
from vatra.plans.finance.debt import Schedule, schedule
from vatra.plans.finance.worth import DIGITS


@dataclass(frozen=True)
class Debt:
    """Schedules by (source, payer), in the money of each year."""

    schedules: Mapping[tuple[str, str], Schedule]

    @property
    def payers(self) -> tuple[str, ...]:
        """Everybody who owes, sorted."""
        return tuple(sorted({payer for _, payer in self.schedules}))

    def service(self, payer: str, count: int) -> Cents:
        """Interest and principal of a payer by year [T]."""
        mine = [each.service for (_, who), each in self.schedules.items() if who == payer]
        return np.asarray(np.sum(mine, axis=0)) if mine else np.zeros(count, np.int64)

    def owed(self, payer: str, count: int) -> Cents:
        """What a payer owes at the end of each year [T]."""
        mine = [each.owed for (_, who), each in self.schedules.items() if who == payer]
        return np.asarray(np.sum(mine, axis=0)) if mine else np.zeros(count, np.int64)


def debt_of(allocation: Allocation) -> Debt:
    """Schedules of everything drawn from sources that are repaid."""
    found = {}
    payers = sorted({use.payer for use in allocation.uses})
    for number, source in enumerate(allocation.sources):
        if source.terms is None:
            continue
        for payer in payers:
            mine = [n for n, use in enumerate(allocation.uses) if use.payer == payer]
            drawn = allocation.amount[number][mine].sum(axis=0)
            if drawn.any():
                found[(source.code, payer)] = schedule(drawn, source.terms)
    return Debt(found)


@dataclass(frozen=True)
class Cover:
    """Debt service cover of a payer by year: cash of the plan over debt service.

    ``ratios`` [T], ``None`` in years without service; below 1 the plan does not earn its debt and
    the payer must find the rest elsewhere.
    """

    payer: str
    cash_cents: Cents
    service_cents: Cents
    ratios: tuple[float | None, ...]

    @property
    def lowest(self) -> float | None:
        """The worst year."""
        known = [each for each in self.ratios if each is not None]
        return min(known) if known else None

    @property
    def average(self) -> float | None:
        """Cash over service of all years that have service."""
        years = [n for n, each in enumerate(self.ratios) if each is not None]
        if not years:
            return None
        service = int(self.service_cents[years].sum())
        return round(int(self.cash_cents[years].sum()) / service, DIGITS)


def cover(payer: str, cash_cents: Cents, service_cents: Cents) -> Cover:
    """Cover of each year; cash is savings and revenue less running costs, before debt service."""
    ratios = tuple(
        round(int(cash) / int(service), DIGITS) if service else None
        for cash, service in zip(cash_cents, service_cents, strict=True)
    )
    return Cover(payer, cash_cents, service_cents, ratios)


def in_real(cents: Cents, index: Floats) -> Cents:
    """Money of each year as money of the price year, rounded cell by cell."""
    return np.rint(cents / index).astype(np.int64)
