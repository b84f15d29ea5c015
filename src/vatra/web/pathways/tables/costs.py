"""What a tonne costs: the curves of the plan as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from vatra.plans.attribution import CurveStep
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.pathways.figures import PlanFigures
from vatra.words import Language, say

ROOM = "pathways"
Kind = Literal["static", "sequential"]


def sequential(figures: PlanFigures, lang: Language) -> Table:
    """One action after the other, with what they cut and cost together so far."""
    return _table(figures, "sequential", figures.attribution.sequential, lang)


def static(figures: PlanFigures, lang: Language) -> Table:
    """Each action alone; nothing here may be added up."""
    return _table(figures, "static", figures.attribution.static, lang)


def optimal(figures: PlanFigures, lang: Language) -> Table | None:
    """The frontier of the best plans that were saved, and the plan itself beside it."""
    found = figures.attribution
    if not found.optimal:
        return None
    rows = [
        Row(
            (
                Cell(say("web.pathways.best-plan", lang, number=at)),
                Cell(len(each.codes)),
                Cell(each.cut_mg),
                Cell(each.annual_cents),
                Cell(None if each.eur_per_t is None else round(each.eur_per_t * 100)),
            )
        )
        for at, each in enumerate(found.optimal, start=1)
    ]
    own = (
        Cell(say("web.pathways.as-planned", lang)),
        Cell(len(found.sequential)),
        Cell(found.wedges.joint_mg(figures.scenario.target_at)),
        Cell(found.sequential[-1].sum_cents if found.sequential else None),
        Cell(""),
    )
    no_price = say("web.pathways.no-price", lang)
    columns = (
        Column("plan", say("web.pathways.plan", lang)),
        Column("actions_count", say("web.pathways.actions-count", lang), "given"),
        Column("cut_t_co2e", _heading("cut", f"t {figures.unit}", lang), "mass"),
        Column("annual_eur", _heading("annual", "EUR", lang), "money"),
        Column("price_eur_per_t", _heading("price", "EUR/t", lang), "rate", blank=no_price),
    )
    title = say("web.pathways.optimal-title", lang, year=str(found.year))
    note = say("web.pathways.optimal-note", lang)
    return Table("cost-optimal", title, columns, (*rows, Row(own, "memo")), note, ROOM)


def _heading(key: str, unit: str, lang: Language) -> str:
    return f"{say(f'contract.charts.cost-{key}', lang)}, {unit}"


def _table(figures: PlanFigures, kind: Kind, steps: Sequence[CurveStep], lang: Language) -> Table:
    names = {each.code: each.name(lang) for each in figures.scenario.model.actions}
    summed = kind == "sequential"
    rows = []
    for each in steps:
        cells = [
            Cell(names[each.code], f"action.{each.code}"),
            Cell(say(f"contract.charts.cost-ground-{each.ground}", lang)),
            Cell(each.cut_mg),
            Cell(each.annual_cents),
            Cell(each.npv_cents),
            Cell(None if each.eur_per_t is None else round(each.eur_per_t * 100)),
        ]
        cells += [Cell(each.sum_cut_mg), Cell(each.sum_cents)] if summed else []
        rows.append(Row(tuple(cells)))
    title = say(f"contract.charts.cost-table-{kind}", lang, year=str(figures.attribution.year))
    note = say(f"contract.charts.cost-note-{kind}", lang)
    return Table(
        f"cost-{kind}", title, _columns(figures, summed, lang), tuple(rows), note, ROOM,
        numbers=ROOM,
    )  # fmt: skip


def _columns(figures: PlanFigures, summed: bool, lang: Language) -> tuple[Column, ...]:
    tonnes = f"t {figures.unit}"
    no_cost = say("web.pathways.no-cost", lang)
    no_price = say("web.pathways.no-price", lang)
    columns = [
        Column("action", say("contract.charts.cost-action", lang), width="wide"),
        Column("ground", say("contract.charts.cost-ground", lang)),
        Column("cut_t_co2e", _heading("cut", tonnes, lang), "mass"),
        Column("annual_eur", _heading("annual", "EUR", lang), "money", blank=no_cost),
        Column("npv_eur", _heading("npv", "EUR", lang), "money", blank=no_cost),
        Column("price_eur_per_t", _heading("price", "EUR/t", lang), "rate", blank=no_price),
    ]
    if summed:
        columns += [
            Column("sum_cut_t_co2e", _heading("sum-cut", tonnes, lang), "mass"),
            Column("sum_annual_eur", _heading("sum-annual", "EUR", lang), "money"),
        ]
    return tuple(columns)
