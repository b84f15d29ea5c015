"""What borrowed money costs: interest, repayment and what is still owed, by year."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from vatra.plans.finance.cents import Cents


@dataclass(frozen=True)
class Terms:
    """Conditions of a loan.

    ``interest`` a year (0.04 is 4 %); ``term_years`` from drawing to the last payment;
    ``grace_years`` of these in which only interest is paid. With a grace of the whole term but one
    year all of it is repaid at once, as a bond is.
    """

    interest: float
    term_years: int
    grace_years: int = 0


@dataclass(frozen=True)
class Schedule:
    """A debt by year [cents]; T years, those after the horizon not shown.

    ``drawn``, ``interest``, ``principal`` [T]; ``owed`` [T] at the end of each year.
    """

    drawn: Cents
    interest: Cents
    principal: Cents
    owed: Cents

    @property
    def service(self) -> Cents:
        """Interest and principal together [T]."""
        return self.interest + self.principal


def annuity(principal: float, interest: float, count: int) -> float:
    """The equal payment that repays a sum at the end of each of ``count`` periods.

    ``P i / (1 - (1 + i)^-n)``; ``P / n`` without interest.
    """
    # 1 - (1 + i)^-n, exact for rates too small to be seen beside one.
    paid_off = -math.expm1(-count * math.log1p(interest))
    return principal / count if paid_off == 0 else principal * (interest / paid_off)


def schedule(drawn_cents: Cents, terms: Terms) -> Schedule:
    """Interest and repayment of what is drawn year by year.

    Parameters
    ----------
    drawn_cents : [T] drawn at the end of each year; the first payment falls a year later
    terms : interest, term, grace; the years after the grace are paid in equal sums (annuity)

    Returns
    -------
    Schedule
        in whole cents: interest is rounded each year, the last payment takes what is left, so that
        what was drawn is repaid to the cent.
    """
    count = len(drawn_cents)
    interest, principal = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for year in np.flatnonzero(drawn_cents):
        for number, (paid, repaid) in enumerate(
            _payments(int(drawn_cents[year]), terms, count), start=1
        ):
            if year + number < count:
                interest[year + number] += paid
                principal[year + number] += repaid
    owed = np.cumsum(drawn_cents) - np.cumsum(principal)
    return Schedule(drawn_cents.copy(), interest, principal, owed)


def _payments(drawn: int, terms: Terms, most: int) -> list[tuple[int, int]]:
    """Interest and principal of the payments on one sum, no more than ``most`` of them."""
    owed, found = drawn, []
    paying = terms.term_years - terms.grace_years
    payment = annuity(drawn, terms.interest, paying)
    for number in range(1, min(terms.term_years, most) + 1):
        interest = round(owed * terms.interest)
        if number <= terms.grace_years:
            repaid = 0
        elif number == terms.term_years:
            repaid = owed
        else:
            repaid = min(owed, round(payment) - interest)
        owed -= repaid
        found.append((interest, repaid))
    return found
