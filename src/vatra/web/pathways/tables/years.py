"""The path year by year: without actions, with the plan, its band, and each sector."""

from __future__ import annotations

from typing import Literal

from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.pathways.figures import PlanFigures
from vatra.words import Language, say

ROOM = "pathways"


def years(figures: PlanFigures, lang: Language) -> Table:
    """One row a year."""
    path, fan = figures.path, figures.risk.fan
    sectors = [each for each in SECTORS if each in path.sectors_mg]
    has_sinks = any(path.sinks_mg)
    columns = [
        Column("year", say("web.pathways.year", lang), width="short"),
        Column("without_t_co2e", say("web.pathways.without", lang), "mass"),
        Column("planned_t_co2e", say("web.pathways.planned", lang), "mass"),
        *(Column(f"{each}_t_co2e", label("sector", each, lang), "mass") for each in sectors),
        *([Column("sinks_t_co2e", say("web.pathways.sinks", lang), "mass")] if has_sinks else []),
        Column("mean_t_co2e", say("web.pathways.mean", lang), "mass"),
        Column("p10_t_co2e", "P10", "mass"),
        Column("p90_t_co2e", "P90", "mass"),
    ]
    rows = []
    for at, year in enumerate(path.years):
        planned = Cell(path.total_mg[at], f"year.{year}")
        masses = [path.sectors_mg[each][at] for each in sectors]
        masses += [path.sinks_mg[at]] if has_sinks else []
        masses += [int(fan[name][at]) for name in ("mean_mg", "p10_mg", "p90_mg")]
        cells = (Cell(str(year)), Cell(path.without_mg[at]), planned, *map(Cell, masses))
        rows.append(Row(cells, _kind(figures, year)))
    title = say("web.pathways.years-title", lang, unit=figures.unit)
    draws, seed = figures.risk.draws_count, str(figures.risk.seed)
    note = say("web.pathways.years-note", lang, draws=draws, seed=seed)
    return Table("years", title, tuple(columns), tuple(rows), note, ROOM, numbers=ROOM)


def _kind(figures: PlanFigures, year: int) -> Literal["", "total"]:
    return "total" if year == figures.path.target_year else ""
