"""Who does the work in the target year: what drivers bring, and each action three ways."""

from __future__ import annotations

from typing import Any

import polars as pl

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.facts import share_ppm
from vatra.web.pathways.figures import PlanFigures
from vatra.words import Language, say

ROOM = "pathways"
_CENTS = 100


def causes(figures: PlanFigures, lang: Language) -> Table:
    """From the level of the base year to what is left, without and with the actions."""
    found, at = figures.attribution.wedges, figures.scenario.target_at
    cut = found.level_mg - found.total_mg[at]
    rows = [_cause(say("web.pathways.level", lang), found.level_mg, None)]
    rows += [
        _cause(say(f"web.pathways.cause-{name}", lang), -values[at], share_ppm(values[at], cut))
        for name, values in found.baseline_mg.items()
        if any(values)
    ]
    joint = found.joint_mg(at)
    rows.append(_cause(say("web.pathways.cause-actions", lang), -joint, share_ppm(joint, cut)))
    left = _cause(say("web.pathways.left", lang), found.total_mg[at], None)
    columns = (
        Column("cause", say("web.pathways.cause", lang)),
        Column("change_t_co2e", say("web.pathways.change", lang, unit=figures.unit), "mass"),
        Column("cut_share", say("web.pathways.share-of-cut", lang), "share", 1),
    )
    title = say("web.pathways.causes-title", lang, year=str(figures.path.target_year))
    return Table("causes", title, columns, (*rows, Row(left.cells, "total")), room=ROOM)


def _cause(name: str, change_mg: int, share: int | None) -> Row:
    return Row((Cell(name), Cell(change_mg), Cell("" if share is None else share)))


def actions(figures: PlanFigures, lang: Language) -> Table:
    """Each action, the one that brings most first: alone, last, on average; its part; its cost."""
    found = figures.attribution
    cuts = {
        row["code"]: row
        for row in found.by_action.filter(pl.col("year") == found.year).iter_rows(named=True)
    }
    joint = found.wedges.joint_mg(figures.scenario.target_at)
    costs = {each.code: each for each in found.costs}
    rows = []
    for action in figures.scenario.model.actions:
        if action.level <= 0:
            # An option, kept in the pack and not promised: the laboratory has a slider for it.
            continue
        row, cost = cuts[action.code], costs.get(action.code)
        economics = action.economics
        capital = None
        if economics is not None:
            capital = round(economics.capex_total_eur * action.level * _CENTS)
        rows.append(
            Row(
                (
                    Cell(action.name(lang), f"action.{action.code}"),
                    Cell(label("field", action.field, lang)),
                    Cell(row["first_in_mg"]),
                    Cell(row["last_in_mg"]),
                    Cell(row["shapley_mg"], f"action.{action.code}"),
                    Cell(share_ppm(row["shapley_mg"], joint)),
                    Cell(capital),
                    Cell(cost.annual_cents if cost else None),
                )
            )
        )
    rows.sort(key=lambda row: (-int(row.cells[4].value or 0), str(row.cells[0].value)))
    rows.append(_total(rows, joint, lang))
    title = say("web.pathways.actions-title", lang, year=str(found.year))
    return Table(
        "actions",
        title,
        _columns(figures, lang),
        tuple(rows),
        _note(figures, lang),
        ROOM,
        numbers=ROOM,
    )


def _columns(figures: PlanFigures, lang: Language) -> tuple[Column, ...]:
    unit = figures.unit
    no_cost = say("web.pathways.no-cost", lang)
    return (
        Column("action", say("web.pathways.action", lang), width="wide"),
        Column("field", say("web.pathways.field", lang)),
        Column("first_in_t_co2e", say("web.pathways.first-in", lang, unit=unit), "mass"),
        Column("last_in_t_co2e", say("web.pathways.last-in", lang, unit=unit), "mass"),
        Column("shapley_t_co2e", say("web.pathways.shapley", lang, unit=unit), "mass"),
        Column("joint_share", say("web.pathways.share-of-joint", lang), "share", 1),
        Column("capital_eur", say("web.pathways.capital", lang), "money", blank=no_cost),
        Column("annual_eur", say("web.pathways.annual", lang), "money", blank=no_cost),
    )


def _total(rows: list[Row], joint_mg: int, lang: Language) -> Row:
    """The joint cut; what stands alone or last does not add up, so it has no sum."""
    known: list[Any] = [[row.cells[at].value for row in rows] for at in (6, 7)]
    sums = [sum(v for v in column if v is not None) for column in known]
    empty = Cell("")
    cells = (
        Cell(say("web.pathways.together", lang)), empty, empty, empty, Cell(joint_mg),
        Cell(share_ppm(joint_mg, joint_mg)), *map(Cell, sums),
    )  # fmt: skip
    return Row(cells, "total")


def _note(figures: PlanFigures, lang: Language) -> str:
    found = figures.attribution
    said = say("web.pathways.actions-note", lang, discount=found.discount_share)
    if found.exact:
        return said
    pairs = found.found.pairs_count
    return f"{said} {say('web.pathways.actions-sampled', lang, pairs=pairs)}"
