"""Who pays for packages: programmes within their ceilings, then the owners.

Each group of costs is paid by one programme at most, the first in the order given that covers it
and takes the package: no cost is paid twice. A payer bears its share of the accepted costs rounded
down to the cent; what is left is the owners'. All amounts are without value added tax.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from vatra.plans.finance.cents import to_cents
from vatra.plans.retrofit.costs import GROUPS, Costs
from vatra.plans.retrofit.eligibility import eligible_packages, judged
from vatra.plans.retrofit.facts import Applicant, Block, City, Facts, Works, facts_of
from vatra.plans.retrofit.programmes import (
    LOAN,
    NATIONAL,
    OWNERS,
    Ceiling,
    Programme,
    programme,
    rate,
    stacking,
)
from vatra.plans.retrofit.reading import YES, Cents, Codes, RetrofitError

_WHOLE = 10_000
# More than any cost; where a programme states no ceiling, none holds.
_NO_CEILING_CENTS = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Funding:
    """Who pays for each of ``n`` packages, in cents without value added tax.

    ``by_payer_cents`` what each public payer bears; ``undivided_cents`` what public budgets and
    owners bear together where a programme does not say how; ``verdicts`` by programme, of
    which only a yes pays. What the owners bear lies between ``owners_least_cents`` and
    ``owners_most_cents``: the same number unless something is undivided.
    """

    by_payer_cents: Mapping[str, Cents]
    undivided_cents: Cents
    owners_least_cents: Cents
    verdicts: Mapping[str, Codes]

    @property
    def owners_most_cents(self) -> Cents:
        """What the owners bear at most [n]."""
        return np.asarray(self.owners_least_cents + self.undivided_cents, np.int64)

    @property
    def granted_cents(self) -> Cents:
        """What public payers bear for certain [n]."""
        none = np.zeros_like(self.undivided_cents)
        return np.asarray(sum(self.by_payer_cents.values(), none), np.int64)


def check_together(names: Sequence[str]) -> None:
    """Raise ``RetrofitError`` for loans, and for programmes that exclude each other."""
    for name in names:
        of = programme(name)
        if of.kind == LOAN:
            raise RetrofitError("loan-not-grant", programme=of.id)
    for one, other in combinations(dict.fromkeys(names), 2):
        rule = stacking(one, other)
        if rule is None:
            raise RetrofitError("together-unknown", first=one, second=other)
        if not rule.together:
            raise RetrofitError("not-together", first=one, second=other, rule=rule.text)


def fund(
    block: Block,
    works: Works,
    cost: Costs,
    names: Sequence[str],
    on_date: date,
    *,
    statistic: str = "mean",
    applicant: Applicant | None = None,
    city: City | None = None,
) -> Funding:
    """Divide the cost of every package among programmes and owners.

    Parameters
    ----------
    works, cost : of the same ``n`` packages
    names : programmes in order of preference; closed or unfit ones pay nothing
    statistic : which cost is divided, ``mean`` or ``p10``, ``p50``, ``p90``

    Raises ``RetrofitError`` for programmes that exclude each other, loans, and a ceiling per area
    for a block whose area is not known.
    """
    check_together(names)
    who, where = applicant or Applicant(), city or City()
    facts = facts_of(block, works, who, where)
    left = cost.group_cents(statistic).copy()
    total = left.sum(axis=1)
    paid: dict[str, Cents] = {}
    verdicts = {}
    for name in dict.fromkeys(names):
        of = programme(name)
        codes = eligible_packages(block, works, name, on_date, applicant=who, city=where)
        verdicts[name] = np.broadcast_to(codes, total.shape)
        taken = (verdicts[name] == YES)[:, None] & np.isin(GROUPS, of.covers)
        accepted = np.minimum((left * taken).sum(axis=1), _ceiling(of, block, facts, on_date))
        left = left * ~taken
        for payer, cents in _shared(of, accepted, on_date).items():
            paid[payer] = paid.get(payer, np.zeros_like(total)) + cents
    undivided = paid.pop(NATIONAL, np.zeros_like(total))
    owners = total - sum(paid.values(), undivided)
    return Funding(paid, undivided, np.asarray(owners, np.int64), verdicts)


def _shared(of: Programme, accepted_cents: Cents, on_date: date) -> dict[str, Cents]:
    """What each payer but the owners bears of accepted costs [n]."""
    return {
        each.payer: np.asarray(accepted_cents * each.basis_points // _WHOLE, np.int64)
        for each in of.shares
        if each.payer != OWNERS and each.validity.holds(on_date)
    }


def _ceiling(of: Programme, block: Block, facts: Facts, on_date: date) -> Cents:
    """The most that is accepted of each package [n or scalar]; of several the highest."""
    in_force = [each for each in of.ceilings if each.when.validity.holds(on_date)]
    if not in_force:
        return np.asarray(_NO_CEILING_CENTS)
    found = [
        np.where(judged(each.when, facts) == YES, _amount_cents(each, block, on_date), 0)
        for each in in_force
    ]
    return np.asarray(np.maximum.reduce(np.broadcast_arrays(*found)), np.int64)


def _amount_cents(ceiling: Ceiling, block: Block, day: date) -> int:
    euros = ceiling.amount
    if ceiling.currency != "EUR":
        euros /= rate(f"{ceiling.currency.lower()}_per_eur", day)
    if ceiling.basis == "built_m2":
        if not block.built_m2:
            raise RetrofitError("area-missing", area="built_m2")
        euros *= block.built_m2
    return int(to_cents(np.asarray(euros)))
