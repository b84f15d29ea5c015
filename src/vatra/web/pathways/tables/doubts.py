"""What the answer hangs on: the doubted numbers that move the target year most."""

from __future__ import annotations

from typing import Any

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.pathways.figures import PlanFigures
from vatra.words import Language, has, say

ROOM = "pathways"
ROWS_COUNT = 12


def doubts(figures: PlanFigures, lang: Language) -> Table:
    """The twelve numbers that swing the cut farthest, each at its P10 and P90."""
    risk = figures.risk
    names = {each.code: each.name(lang) for each in figures.scenario.model.actions}
    rows = [
        Row(
            (
                Cell(_name(row, names, lang), note=row["distribution"]),
                Cell(say(f"web.pathways.doubt-{'default' if row['is_default'] else 'stated'}",
                         lang)),
                Cell(row["low_mg"]),
                Cell(row["high_mg"]),
                Cell(row["variance_ppm"]),
            )
        )
        for row in risk.tornado.head(ROWS_COUNT).iter_rows(named=True)
    ]  # fmt: skip
    columns = (
        Column("number", say("web.pathways.doubt-number", lang), width="wide"),
        Column("whose", say("web.pathways.doubt-whose", lang)),
        Column("at_p10_t_co2e", say("web.pathways.doubt-p10", lang), "mass"),
        Column("at_p90_t_co2e", say("web.pathways.doubt-p90", lang), "mass"),
        Column("variance_share", say("web.pathways.doubt-variance", lang), "share", 1),
    )
    year = str(risk.year)
    title = say("web.pathways.doubts-title", lang, year=year)
    note = say("web.pathways.doubts-note", lang, count=len(risk.quantities))
    return Table("doubts", title, columns, tuple(rows), note, ROOM)


def _name(row: dict[str, Any], names: dict[str, str], lang: Language) -> str:
    """An action's parameter, or the group of cells a scale moves."""
    kind = say(f"web.pathways.doubt-kind-{row['kind'].replace('_', '-')}", lang)
    of = str(row["of"])
    if of in names:
        return f"{names[of]}: {kind}"
    parts = [
        label(vocabulary, each, lang) if has(f"tables.{vocabulary}-{each}") else ""
        for each in of.replace(":", "/").split("/")
        for vocabulary in ("use", "carrier", "sector")
    ]
    shown = ", ".join(dict.fromkeys(part for part in parts if part)) or of
    return f"{shown}: {kind}"
