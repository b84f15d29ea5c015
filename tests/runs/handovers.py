"""A few blocks of the example, chosen once for all tests, and changed copies of its pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from vatra.plans.blocks import Climate
from vatra.plans.quarter import Capacity
from vatra.runs.handover_members import Choice, of_package
from vatra.runs.retrofit import opened
from vatra.runs.retrofit_facts import Asked
from vatra.runs.stock import Stock
from vatra.tables import FindingsError

IASI = Path("examples/iasi")
ASKED = Asked(date(2026, 9, 1), programme_ids=())
CAPACITY = Capacity(2027, 100)
WIDE = Capacity(2027)
MODERATE = "wall_eps10+roof_xps12+basement_xps10+window_u11"


@cache
def few() -> tuple[Stock, Climate]:
    """Every fifth block of the example, and one whose roof holds 40 kWp."""
    stock, climate = opened(IASI, "iasi")
    kept = [each for n, each in enumerate(stock.buildings) if n % 5 == 0 or each.code == "s05"]
    return replace(stock, buildings=tuple(kept)), climate


@cache
def chosen(
    package: str, capacity: Capacity = CAPACITY, types: tuple[str, ...] = (), share: float = 1.0
) -> Choice:
    return of_package(*few(), package, ASKED, capacity, types=types, share=share)


def edited(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def without_target_rows(folder: Path) -> None:
    """The inventory of the base year alone: nothing moves the pathway but drivers."""
    edited(
        folder / "energy.csv",
        lambda text: "\n".join(x for x in text.splitlines() if not x.startswith("2035")) + "\n",
    )
    for name in (
        "residuals.csv",
        "measures.csv",
        "progress.csv",
        "sinks.csv",
        "carbon_budgets.csv",
    ):
        (folder / name).unlink(missing_ok=True)
    edited(
        folder / "actions.csv",
        lambda text: "\n".join(text.splitlines()[:1]) + "\n",
    )
    for name in ("action_effects.csv", "financing.csv", "funding.csv"):
        (folder / name).unlink()


def codes(error: FindingsError) -> set[str]:
    return {each.code for each in error.findings if each.severity == "error"}
