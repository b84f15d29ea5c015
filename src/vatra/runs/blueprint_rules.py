"""The rules of a quarter's choice, so that they fit another: money per m2, shares of flats."""

from __future__ import annotations

from typing import Any

from vatra.plans.quarter import Aim, Capacity
from vatra.runs.quarter import QuarterRun

PPM = 1_000_000
Row = dict[str, Any]


def rules(run: QuarterRun) -> Row:
    """The aim so that it fits another quarter: money per m2 and shares in millionths."""
    aim = run.question.aim
    area = float(run.menu.floor_m2.sum())
    return {
        "objective": aim.objective,
        "budget_cents_per_100_m2": _per_area(aim.budget_cents, area),
        "payer_budget_cents_per_100_m2": {
            payer: _per_area(most, area) for payer, most in sorted(aim.payer_budget_cents.items())
        },
        "target_ppm": {name: _ppm(share) for name, share in sorted(aim.target_share.items())},
        "class_least": aim.class_least,
        "owners_share_ppm": _ppm(aim.owners_share_most),
        "owners_flat_cents": aim.owners_flat_cents_most,
        "block_share_ppm": _ppm(aim.block_share_least),
        "group_share_ppm": _ppm(aim.group_share_least),
        "group_of": aim.group_of,
        "worst_money_ppm": _ppm(aim.worst_money_share),
        "worst_class": aim.worst_class,
        "flats_per_year_ppm": _ppm(_over(aim.flats_per_year, float(run.menu.flats_count.sum()))),
        "area_per_year_ppm": _ppm(_over(aim.area_per_year_m2, area)),
        "years": aim.years,
    }


def aim_of(written: Row, area_m2: float, flats: float) -> Aim:
    """The aim of a blueprint for a quarter of another size."""

    def money(per_100_m2: int | None) -> int | None:
        return None if per_100_m2 is None else round(per_100_m2 * area_m2 / 100)

    def share(name: str) -> float | None:
        return None if written[name] is None else written[name] / PPM

    flats_share, area_share = share("flats_per_year_ppm"), share("area_per_year_ppm")
    return Aim(
        written["objective"],
        money(written["budget_cents_per_100_m2"]),
        {
            payer: money(most) or 0
            for payer, most in written["payer_budget_cents_per_100_m2"].items()
        },
        {name: each / PPM for name, each in written["target_ppm"].items()},
        written["class_least"],
        share("owners_share_ppm"),
        written["owners_flat_cents"],
        share("block_share_ppm"),
        share("group_share_ppm"),
        written["group_of"],
        share("worst_money_ppm"),
        written["worst_class"],
        None if flats_share is None else flats_share * flats,
        None if area_share is None else area_share * area_m2,
        written["years"],
    )


def order_rules(run: QuarterRun) -> Row:
    """How the works are ordered, so that it fits a quarter of another size."""
    capacity = run.question.capacity
    flats, area = float(run.menu.flats_count.sum()), float(run.menu.floor_m2.sum())
    budget = capacity.budget_cents if isinstance(capacity.budget_cents, int) else None
    return {
        "priority": capacity.priority,
        "together": run.question.together,
        "flats_per_year_ppm": _ppm(_over(capacity.flats_per_year, flats)),
        "area_per_year_ppm": _ppm(_over(capacity.area_per_year_m2, area)),
        "budget_cents_per_100_m2": _per_area(budget, area),
    }


def capacity_of(written: Row, first_year: int, area_m2: float, flats: float) -> Capacity:
    """The order of a blueprint for a quarter of another size."""

    def part(name: str, whole: float) -> float | None:
        return None if written[name] is None else written[name] / PPM * whole

    budget = written["budget_cents_per_100_m2"]
    return Capacity(
        first_year,
        part("flats_per_year_ppm", flats),
        part("area_per_year_ppm", area_m2),
        None if budget is None else round(budget * area_m2 / 100),
        written["priority"],
    )


def _per_area(cents: int | None, area_m2: float) -> int | None:
    """Per hundred square metres, so that a cent is no large step."""
    return None if cents is None else round(cents * 100 / area_m2)


def _ppm(share: float | None) -> int | None:
    return None if share is None else round(share * PPM)


def _over(part: float | None, whole: float) -> float | None:
    return None if part is None else part / whole
