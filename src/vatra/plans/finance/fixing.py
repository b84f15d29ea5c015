"""Money fixed by hand, held against what there is: no euro is given twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from vatra.plans.finance.reading import FINANCING, FixedRow
from vatra.plans.finance.sources import Fixed, Source
from vatra.tables import Finding
from vatra.units import CENTS_PER_EUR


def fixed_amounts(
    rows: Sequence[FixedRow], capital_cents: Mapping[str, int], sources: Sequence[Source]
) -> tuple[list[Fixed], list[Finding]]:
    """Fixed shares as amounts, and what cannot be.

    Parameters
    ----------
    rows : sources fixed for actions
    capital_cents : all that each action costs over the years (nominal)
    sources : with their ceilings and intensities

    Returns
    -------
    amounts, and errors: a source spent twice (more fixed than its ceiling holds), an action given
    more than it costs, a share of the cost above the intensity of the source.
    """
    fixed = [
        Fixed(
            each.action,
            each.funding,
            each.amount_cents
            if each.amount_cents is not None
            else round((each.share or 0.0) * capital_cents.get(each.action, 0)),
            each.line,
        )
        for each in rows
    ]
    findings = [
        *_spent_twice(fixed, sources),
        *_above_cost(fixed, capital_cents),
        *_above_intensity(fixed, capital_cents, sources),
    ]
    return fixed, findings


def fitted(
    rows: Sequence[FixedRow],
    changed: Collection[str],
    capital_cents: Mapping[str, int],
    sources: Sequence[Source],
) -> tuple[list[FixedRow], list[Finding]]:
    """Fixed amounts of actions that choices changed, cut down to what they now cost.

    The rows hold for the plan of the pack; an action that is tried out smaller, later or not at all
    has no use for all of it, and what is freed stays with its source. A warning says so.

    Parameters
    ----------
    changed : codes of actions with another start or level than the pack's
    """
    most = {each.code: each.intensity_max for each in sources}
    taken: dict[str, int] = {}
    kept, findings = [], []
    for each in rows:
        if each.amount_cents is None or each.action not in changed:
            kept.append(each)
            continue
        cost = capital_cents.get(each.action, 0)
        room = max(min(int(most[each.funding] * cost), cost - taken.get(each.action, 0)), 0)
        amount = min(each.amount_cents, room)
        taken[each.action] = taken.get(each.action, 0) + amount
        if amount:
            kept.append(replace(each, amount_cents=amount))
        if amount < each.amount_cents:
            freed = Fixed(each.action, each.funding, each.amount_cents, each.line)
            over = (each.amount_cents - amount) / CENTS_PER_EUR
            findings.append(_finding("fixed-freed", [each.line], freed, over, severity="warning"))
    return kept, findings


def unplaced(fixed: Sequence[Fixed], left_cents: Sequence[int]) -> list[Finding]:
    """Warnings for fixed money that found nothing to pay in the window of its source."""
    return [
        _finding("unplaced", [each.line], each, amount=left / CENTS_PER_EUR, severity="warning")
        for each, left in zip(fixed, left_cents, strict=True)
        if left
    ]


def _finding(
    code: str,
    lines: Sequence[int],
    each: Fixed,
    amount: float,
    severity: str = "error",
    **more: object,
) -> Finding:
    params = {"action": each.action, "funding": each.funding, "amount": amount, **more}
    return Finding(
        f"plans.finance.{code}",
        "error" if severity == "error" else "warning",
        FINANCING,
        tuple(lines),
        "funding",
        params,
    )


def _spent_twice(fixed: Sequence[Fixed], sources: Sequence[Source]) -> list[Finding]:
    found = []
    for source in sources:
        mine = [each for each in fixed if each.funding == source.code]
        total = sum(each.amount_cents for each in mine)
        if source.ceiling_cents is not None and total > source.ceiling_cents:
            found.append(
                _finding(
                    "spent-twice",
                    [each.line for each in mine],
                    mine[0],
                    total / CENTS_PER_EUR,
                    ceiling=source.ceiling_cents / CENTS_PER_EUR,
                    over=(total - source.ceiling_cents) / CENTS_PER_EUR,
                    actions=sorted({each.action for each in mine}),
                )
            )
    return found


def _above_cost(fixed: Sequence[Fixed], capital_cents: Mapping[str, int]) -> list[Finding]:
    found = []
    for action in sorted({each.action for each in fixed}):
        mine = [each for each in fixed if each.action == action]
        total, cost = sum(each.amount_cents for each in mine), capital_cents.get(action, 0)
        # Shares that make 100 % may exceed the cost by a cent each when rounded.
        if total > cost + len(mine):
            lines = [each.line for each in mine]
            found.append(
                _finding("above-cost", lines, mine[0], total / CENTS_PER_EUR,
                         cost=cost / CENTS_PER_EUR)
            )  # fmt: skip
    return found


def _above_intensity(
    fixed: Sequence[Fixed], capital_cents: Mapping[str, int], sources: Sequence[Source]
) -> list[Finding]:
    most = {each.code: each.intensity_max for each in sources}
    found = []
    for each in fixed:
        cost = capital_cents.get(each.action, 0)
        if cost and each.amount_cents > most[each.funding] * cost + 1:
            found.append(
                _finding(
                    "intensity-above", [each.line], each, each.amount_cents / CENTS_PER_EUR,
                    share=f"{100 * each.amount_cents / cost:.1f}",
                    most=f"{100 * most[each.funding]:g}",
                )
            )  # fmt: skip
    return found
