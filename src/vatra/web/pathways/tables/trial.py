"""A trial beside the plan: what each sector emits in the target year."""

from __future__ import annotations

from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.pathways.figures import PlanFigures
from vatra.web.pathways.trial import Trial
from vatra.words import Language, say

ROOM = "pathways"


def trial_sectors(figures: PlanFigures, trial: Trial, lang: Language) -> Table:
    """Sectors and sinks in the target year, as planned and as tried."""
    plan, at = figures.path, figures.scenario.target_at
    rows = [
        _row(label("sector", each, lang), plan.sectors_mg[each][at], trial.sectors_mg[each])
        for each in SECTORS
        if each in trial.sectors_mg
    ]
    if any(plan.sinks_mg) or any(trial.path.sinks_mg):
        name = say("web.pathways.sinks", lang)
        rows.append(_row(name, plan.sinks_mg[at], trial.path.sinks_mg[at]))
    total = _row(say("web.pathways.total", lang), plan.left_mg, trial.path.left_mg)
    rows.append(Row(total.cells, "total"))
    columns = (
        Column("sector", say("web.pathways.sector", lang)),
        Column("planned_t_co2e", say("web.pathways.as-planned", lang), "mass"),
        Column("tried_t_co2e", say("web.pathways.as-tried", lang), "mass"),
        Column("difference_t_co2e", say("web.pathways.difference", lang), "mass"),
    )
    year = str(plan.target_year)
    title = say("web.pathways.trial-sectors", lang, year=year, unit=figures.unit)
    query = trial.wished.query(figures.scenario)
    return Table("trial", title, columns, tuple(rows), room=ROOM, query=query)


def _row(name: str, planned_mg: int, tried_mg: int) -> Row:
    masses = (planned_mg, tried_mg, tried_mg - planned_mg)
    return Row((Cell(name), *map(Cell, masses)))
