"""What is wrong with the money of a plan, and what is not known and therefore not counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from vatra.plans.engine import Model
from vatra.plans.finance.bills import Bills
from vatra.plans.finance.cents import Floats
from vatra.plans.finance.costs import Costs
from vatra.plans.finance.paying import Paid
from vatra.plans.finance.reading import BUDGETS, FUNDING, UNSTATED, Stated
from vatra.plans.finance.sources import Use
from vatra.runs.scenario import Scenario
from vatra.tables import Finding
from vatra.tables.budgets import PAYERS
from vatra.units import CENTS_PER_EUR

_UNITS = {"price": ("EUR/MWh",), "ets2_price": ("EUR/t",), "carbon_price": ("EUR/t",)}


def price_units(scenario: Scenario) -> list[Finding]:
    found = []
    for row in scenario.pack.rows["drivers"].iter_rows(named=True):
        known = _UNITS.get(str(row["driver"]))
        if known and row["unit"].strip() not in known:
            params = {"unit": row["unit"], "known": list(known)}
            found.append(
                Finding("plans.finance.price-unit", "error", "drivers.csv", (row["line"],),
                        "unit", params)
            )  # fmt: skip
    return found


def lifetimes(model: Model) -> list[Finding]:
    return [
        Finding(
            "plans.finance.lifetime",
            "error",
            each.file,
            (each.line,) if each.line else (),
            "lifetime_years",
            {"action": each.code, "value": f"{each.economics.lifetime_years:g}"},
        )
        for each in model.actions
        if each.economics is not None and not each.economics.lifetime_years > 0
    ]


def gaps_of_knowledge(
    model: Model,
    cost: Costs,
    uses: Sequence[Use],
    stated: Stated,
    bill: Bills,
    years: Sequence[int],
) -> list[Finding]:
    """What is not known and therefore not counted, or counted on nobody."""
    found = []
    if cost.without:
        codes = [model.actions[n].code for n in cost.without]
        found.append(_note("cost-unknown", model.actions[cost.without[0]].file, actions=codes))
    unstated = sorted({use.action for use in uses if use.payer == UNSTATED})
    if unstated:
        found.append(_note("payer-unstated", "financing.csv", actions=unstated))
    if bill.unpriced:
        found.append(_note("price-unknown", "drivers.csv", carriers=list(bill.unpriced)))
    spending = [int(n) for n in np.flatnonzero((cost.capital > 0).any(axis=0))]
    for payer, budget in stated.budgets.items():
        missing = [str(years[n]) for n in spending if years[n] not in budget]
        if missing and any(use.payer == payer for use in uses):
            label = f"@tables.payer-{payer}" if payer in PAYERS else payer
            found.append(_note("budget-years", BUDGETS, payer=label, years=missing))
    return found


def short_of_staff(
    needed: Mapping[str, Floats], stated: Stated, years: Sequence[int]
) -> list[Finding]:
    """Years in which a payer needs more people than its budget has."""
    found = []
    for payer, there in stated.staff.items():
        by_year = dict(zip(years, needed.get(payer, np.zeros(len(years))), strict=True))
        short = [year for year in sorted(there) if by_year.get(year, 0.0) > there[year] + 1e-9]
        if short:
            most = max(by_year[year] - there[year] for year in short)
            label = f"@tables.payer-{payer}" if payer in PAYERS else payer
            names = [str(year) for year in short]
            found.append(_note("staff-short", BUDGETS, payer=label, years=names, most=float(most)))
    return found


def without_size(paid: Paid, stated: Stated) -> list[Finding]:
    """Sources of which nobody says how much there is."""
    used = {each.code: int(paid.amount[n].sum()) for n, each in enumerate(paid.allocation.sources)}
    found = []
    for each in stated.sources:
        limited = each.payers and all(payer in stated.budgets for payer in each.payers)
        if each.ceiling_cents is not None or limited:
            continue
        code = "own-unlimited" if each.is_own else "ceiling-unknown"
        params = {"funding": each.code, "amount": used[each.code] / CENTS_PER_EUR}
        found.append(
            Finding(
                f"plans.finance.{code}", "warning", FUNDING, (each.line,), "ceiling_eur", params
            )
        )
    return found


def _note(code: str, file: str, **params: object) -> Finding:
    return Finding(f"plans.finance.{code}", "warning", file or FUNDING, params=params)
