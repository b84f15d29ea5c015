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
    def heading(key: str, unit: str) -> str:
        return f"{say(f'contract.charts.cost-{key}', lang)}, {unit}"

    tonnes = f"t {figures.unit}"
    no_cost = say("web.pathways.no-cost", lang)
    no_price = say("web.pathways.no-price", lang)
    columns = [
        Column("action", say("contract.charts.cost-action", lang), width="wide"),
        Column("ground", say("contract.charts.cost-ground", lang)),
        Column("cut_t_co2e", heading("cut", tonnes), "mass"),
        Column("annual_eur", heading("annual", "EUR"), "money", blank=no_cost),
        Column("npv_eur", heading("npv", "EUR"), "money", blank=no_cost),
        Column("price_eur_per_t", heading("price", "EUR/t"), "rate", blank=no_price),
    ]
    if summed:
        columns += [
            Column("sum_cut_t_co2e", heading("sum-cut", tonnes), "mass"),
            Column("sum_annual_eur", heading("sum-annual", "EUR"), "money"),
        ]
    return tuple(columns)
