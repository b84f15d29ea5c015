"""Tables T6, T7, T9 and T10: what actions cost and cut, and what they change in each sector."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from vatra.plans.catalogue import catalogue
from vatra.plans.engine import Action, evaluate
from vatra.plans.finance.investment import NOT_THERE, TableColumn, Words
from vatra.runs.finance import Finance
from vatra.tables import label
from vatra.tables.vocabulary import FIELDS, SECTORS
from vatra.units import MG_PER_T, WH_PER_MWH
from vatra.words import percent, say

# An action is capital intensive that takes at least this share of the plan's capital.
CAPITAL_INTENSIVE = 0.05
_CITY = "city"

Made = tuple[list[TableColumn], Sequence[tuple[Any, ...]]]


def costing(found: Finance) -> Made:
    """T6: capital, running cost, tonnes of the target year and cost of a tonne by action."""
    cuts = found.cuts_mg
    rows = [
        (
            f"@tables.field-{action.field}",
            _name(action),
            capital,
            None if action.economics is None else _opex(found, i),
            cuts.get(action.code),
            _per_tonne(found, i, cuts.get(action.code)),
            _co_benefits(action),
        )
        for i, action, capital in _planned(found)
    ]
    heads = [
        TableColumn("field"),
        TableColumn("action"),
        TableColumn("capital", "money"),
        TableColumn("opex", "money"),
        TableColumn("cut", "tonnes"),
        TableColumn("cost_per_t", "eur_per_t"),
        TableColumn("co_benefits"),
    ]
    return heads, rows


def capital_intensive(found: Finance) -> Made:
    """T7: actions that take at least a twentieth of the plan's capital, and who bears them."""
    cuts, whole = found.cuts_mg, found.total_cents
    rows = [
        (
            f"@tables.field-{action.field}",
            _name(action),
            capital,
            _opex(found, i),
            _per_tonne(found, i, cuts.get(action.code)),
            _split(found, action.code),
            action.source,
        )
        for i, action, capital in _paid(found)
        if capital >= CAPITAL_INTENSIVE * whole
    ]
    heads = [
        TableColumn("field"),
        TableColumn("action"),
        TableColumn("capital", "money"),
        TableColumn("opex", "money"),
        TableColumn("cost_per_t", "eur_per_t"),
        TableColumn("borne_by"),
        TableColumn("description"),
    ]
    return heads, rows


def planning(found: Finance) -> Made:
    """T9: cost to the city and to others, and how much of it sources pay."""
    rows = []
    for _, action, capital in _paid(found):
        mine = [u for u, use in enumerate(found.uses) if use.action == action.code]
        city = sum(int(found.capital.need[u].sum()) for u in mine if found.uses[u].payer == _CITY)
        gap = int(found.paid.gap[mine].sum())
        rows.append(
            (
                f"@tables.field-{action.field}",
                _name(action),
                city,
                capital - city,
                (capital - gap) / capital,
                gap,
            )
        )
    heads = [
        TableColumn("field"),
        TableColumn("action"),
        TableColumn("city_cost", "money"),
        TableColumn("others_cost", "money"),
        TableColumn("covered", "share"),
        TableColumn("gap", "money"),
    ]
    return heads, rows


def sectors(found: Finance) -> Made:
    """T10: emissions and energy of each sector in the base year and the target year, as planned."""
    base, at = found.model.base, found.scenario.target_at
    outcome = evaluate(found.model)
    rows: list[tuple[Any, ...]] = []
    for sector in SECTORS:
        mine = np.array([cell.sector == sector for cell in base.cells], bool)
        energy = mine & np.array([not cell.stream for cell in base.cells], bool)
        if not mine.any():
            continue
        before = float(base.emission_mg[mine, 0].sum()) / MG_PER_T
        after = float(outcome.emission_mg[mine, at].sum()) / MG_PER_T
        rows.append(_indicator(sector, "emissions", "t CO2e", before, after))
        if energy.any():
            used = float(base.amount[energy, 0].sum()) / WH_PER_MWH
            later = float(outcome.amount[energy, at].sum()) / WH_PER_MWH
            rows.append(_indicator(sector, "energy", "MWh", used, later))
    heads = [
        TableColumn("sector"),
        TableColumn("indicator"),
        TableColumn("unit"),
        TableColumn("baseline", "number", str(found.years[0])),
        TableColumn("target", "number", str(found.scenario.aim.target_year)),
    ]
    return heads, rows


def _indicator(sector: str, name: str, unit: str, before: float, after: float) -> tuple[Any, ...]:
    return (
        f"@tables.sector-{sector}",
        f"@plans.finance.indicator-{name}",
        unit,
        round(before),
        round(after),
    )


# What several tables ask of an action


def _planned(found: Finance) -> list[tuple[int, Action, int | None]]:
    """Actions that are not merely offered, by field and in the order of the plan.

    With their capital, ``None`` for one that states no cost.
    """
    sums: dict[str, int] = {}
    for use, need in zip(found.uses, found.capital.need, strict=True):
        sums[use.action] = sums.get(use.action, 0) + int(need.sum())
    actions = [
        (i, each, sums.get(each.code)) for i, each in enumerate(found.model.actions) if each.level
    ]
    return sorted(actions, key=lambda each: (_field_rank(each[1].field), each[0]))


def _paid(found: Finance) -> list[tuple[int, Action, int]]:
    """Those of them that need capital."""
    return [(i, action, capital) for i, action, capital in _planned(found) if capital]


def _field_rank(field: str) -> int:
    return FIELDS.index(field) if field in FIELDS else len(FIELDS)


def _name(action: Action) -> Words:
    return Words(f"{action.code} {action.name_en}", f"{action.code} {action.name_ro}")


def _opex(found: Finance, i: int) -> int:
    shown = found.rates.shown(found.years)
    return round(float((found.costs.opex[i] * shown).sum()) * 100)


def _per_tonne(found: Finance, i: int, cut_mg: int | None) -> int | str | None:
    """Capital per tonne a year of the target year, as contracts print it [cents per t].

    Capital for the first time only, real; ``None`` where the cost is not known.
    """
    spent = int(found.capital.new[i].sum())
    if found.model.actions[i].economics is None:
        return None
    return round(Fraction(spent) * MG_PER_T / cut_mg) if cut_mg and cut_mg > 0 else NOT_THERE


def _split(found: Finance, code: str) -> Words:
    """``city 30 %, households 70 %``."""

    sums = {
        use.payer: int(need.sum())
        for use, need in zip(found.uses, found.capital.need, strict=True)
        if use.action == code
    }
    whole = sum(sums.values())

    def said(lang: Any) -> str:
        return ", ".join(
            f"{label('payer', payer, lang)} {percent(part / whole, lang)}"
            for payer, part in sums.items()
        )

    return Words(said("en"), said("ro"))


def _co_benefits(action: Action) -> Words | str:
    """Kinds of co-benefits that the catalogue knows; an empty place where it knows none."""

    entry = catalogue().get(action.catalogue)
    kinds = sorted({each.benefit for each in entry.co_benefits}) if entry else []
    keys = [f"plans.catalogue.benefit-{each}" for each in kinds]
    return (
        Words(", ".join(say(key, "en") for key in keys), ", ".join(say(key, "ro") for key in keys))
        if keys
        else ""
    )
