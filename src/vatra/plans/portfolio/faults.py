"""What is wrong with the limits of a plan: all faults at once, each with its next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vatra.plans.engine import Model
from vatra.plans.portfolio.costs import Costs
from vatra.plans.portfolio.limits import OBJECTIVES, Limits
from vatra.tables import Finding, FindingsError

_PRICED = "bill"


def refuse_faults(
    model: Model, limits: Limits, objectives: tuple[str, ...], costs: Costs | None = None
) -> None:
    """Raise ``FindingsError`` with every fault of the limits; nothing when there is none."""
    found = list(faults(model, limits, objectives, None if costs is None else costs.payers))
    if costs is not None and costs.household_price_cents_per_wh is None:
        found += list(_unpriced(limits, objectives))
    if found:
        raise FindingsError(found)


def faults(
    model: Model,
    limits: Limits,
    objectives: tuple[str, ...],
    payers: tuple[str, ...] | None = None,
) -> Iterator[Finding]:
    """All faults of limits and objectives against a model."""
    if payers is None:
        payers = tuple(sorted({each.economics.payer for each in model.actions if each.economics}))
    yield from _objectives(objectives)
    yield from _years(model, limits)
    yield from _codes(model, limits)
    yield from _amounts(limits)
    yield from _shares(limits)
    yield from _payers(limits, payers)
    yield from _requirements(model)


def _fault(code: str, **params: Any) -> Finding:
    return Finding(f"plans.portfolio.{code}", "error", params=params)


def _objectives(objectives: tuple[str, ...]) -> Iterator[Finding]:
    known = list(OBJECTIVES)
    if not objectives:
        yield _fault("objective-missing", known=known)
    for name in dict.fromkeys(objectives):
        if name not in OBJECTIVES:
            yield _fault("objective-unknown", name=name, known=known)
        if objectives.count(name) > 1:
            yield _fault("objective-twice", name=name)


def _years(model: Model, limits: Limits) -> Iterator[Finding]:
    first, last = model.base.years[0], model.base.years[-1]

    def outside(code: str, years: Iterable[int], least: int = first) -> Iterator[Finding]:
        wrong = sorted({year for year in years if not least <= year <= last})
        if wrong:
            yield _fault(code, years=wrong, first=str(least), last=str(last))

    yield from outside("target-year-outside", limits.targets, first + 1)
    if limits.aim_year is not None:
        yield from outside("target-year-outside", [limits.aim_year], first + 1)
    yield from outside("budget-year-outside", (year for _, year in limits.capex_cents_by_year))
    yield from outside("budget-year-outside", (year for _, year in limits.staff_fte_by_year))
    yield from outside("budget-year-outside", limits.bill_cents_by_year)
    yield from outside("pace-year-outside", (year for _, year in limits.minimum_pace))
    if limits.first_year is not None:
        yield from outside("first-year-outside", [limits.first_year], first + 1)
    for fund in limits.funds:
        if fund.first_year > fund.last_year:
            yield _fault(
                "fund-window-reversed", name=fund.code, first=str(fund.first_year),
                last=str(fund.last_year),
            )  # fmt: skip


def _codes(model: Model, limits: Limits) -> Iterator[Finding]:
    named = {
        "fixed": set(limits.fixed),
        "pace": {code for code, _ in limits.minimum_pace},
        "conflict": {code for group in limits.conflicts for code in group},
        "equity": {code for group in limits.equity for code in group.codes},
        "fund": {code for fund in limits.funds for code in fund.eligible},
    }
    for place, codes in named.items():
        unknown = sorted(codes - set(model.codes))
        if unknown:
            yield _fault(
                "action-unknown", names=unknown, place=f"@plans.portfolio.place-{place}",
                known=sorted(model.codes)[:20],
            )  # fmt: skip


def _amounts(limits: Limits) -> Iterator[Finding]:
    named: dict[str, list[float | int | None]] = {
        "capex": [*limits.capex_cents_by_year.values(), limits.capex_total_cents],
        "staff": list(limits.staff_fte_by_year.values()),
        "bill": list(limits.bill_cents_by_year.values()),
        "fund": [fund.ceiling_cents for fund in limits.funds],
    }
    for name, amounts in named.items():
        # Not a number is not above zero either.
        if any(each is not None and not each >= 0 for each in amounts):
            yield _fault("amount-negative", name=f"@plans.portfolio.amount-{name}")


def _shares(limits: Limits) -> Iterator[Finding]:
    named: dict[str, list[float]] = {
        "level": [*limits.levels, *(each.level for each in limits.fixed.values())],
        "pace": list(limits.minimum_pace.values()),
        "equity": [s for group in limits.equity for s in (group.least_share, group.most_share)],
        "fund": [fund.most_share for fund in limits.funds],
    }
    for name, shares in named.items():
        wrong = [each for each in shares if not 0 <= each <= 1]
        if wrong:
            yield _fault(
                "share-outside", name=f"@plans.portfolio.share-{name}", values=sorted(wrong)
            )
    if not any(level > 0 for level in limits.levels):
        yield _fault("levels-missing")


def _payers(limits: Limits, payers: tuple[str, ...]) -> Iterator[Finding]:
    asked = (*limits.capex_cents_by_year, *limits.staff_fte_by_year)
    named = {payer for payer, _ in asked if payer}
    unknown = sorted(named - set(payers))
    if unknown:
        yield _fault("payer-unknown", names=unknown, known=[each for each in payers if each])


def _requirements(model: Model) -> Iterator[Finding]:
    """A circle would never begin; what requires an action that is not there neither."""
    requires = {each.code: [c for c in each.requires if c in model.codes] for each in model.actions}
    for action in model.actions:
        missing = sorted(set(action.requires) - set(model.codes))
        if missing:
            yield _fault("required-unknown", name=action.code, names=missing)
    circle = _circle(requires)
    if circle:
        yield _fault("required-circle", path=" → ".join(circle))


def _circle(requires: dict[str, list[str]]) -> list[str]:
    """One circle of requirements, its first code again at its end; empty when there is none."""
    done: set[str] = set()
    for start in sorted(requires):
        path: list[str] = []
        found = _walk(start, requires, path, done)
        if found:
            return found
    return []


def _walk(code: str, requires: dict[str, list[str]], path: list[str], done: set[str]) -> list[str]:
    if code in path:
        return [*path[path.index(code) :], code]
    if code in done:
        return []
    path.append(code)
    for each in sorted(requires[code]):
        found = _walk(each, requires, path, done)
        if found:
            return found
    done.add(path.pop())
    return []


def _unpriced(limits: Limits, objectives: tuple[str, ...]) -> Iterator[Finding]:
    if limits.bill_cents_by_year or _PRICED in objectives:
        yield _fault("prices-missing")
