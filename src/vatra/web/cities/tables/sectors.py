"""Sectors: what each emits in the base year, and what the plan leaves of it."""

from __future__ import annotations

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.facts import Facts, cut_share, share_ppm
from vatra.web.cities.tables.registry import table
from vatra.words import Language, say


@table("sectors")
def sectors(facts: Facts, lang: Language) -> Table:
    """One row a sector: base year, its share, and with a plan what is left and cut."""
    columns = [
        Column("sector", say("web.cities.sector", lang)),
        Column(
            f"emissions_{facts.base_year}_t_co2e",
            say("web.cities.emissions-of", lang, year=str(facts.base_year), gas=facts.unit),
            "mass",
        ),
        Column("base_share", say("web.cities.share-of-base", lang), "share", 1),
    ]
    if facts.plan:
        columns += [
            Column(
                f"residual_{facts.target_year}_t_co2e",
                say("web.cities.left-in", lang, year=str(facts.target_year), gas=facts.unit),
                "mass",
            ),
            Column("cut_share", say("web.cities.cut-share", lang), "share", 1),
        ]
    rows = [_row(facts, name, label("sector", name, lang)) for name in facts.sectors]
    rows.append(_row(facts, "", say("web.cities.total", lang)))
    return Table("sectors", say("web.cities.sectors-title", lang), tuple(columns), tuple(rows))


def _row(facts: Facts, sector: str, name: str) -> Row:
    base = facts.sector_mg(facts.base_year, sector) if sector else facts.base_mg
    path = f"{sector}.{facts.base_year}" if sector else str(facts.base_year)
    cells = [Cell(name), Cell(base, path if base is not None else "")]
    cells.append(Cell(None if base is None else share_ppm(base, facts.base_mg)))
    if facts.plan:
        left = facts.plan["after_mg"].get(sector) if sector else facts.plan["residual_mg"]
        left_path = f"plan.residual.{sector}" if sector else "plan.residual"
        cells += [Cell(left, left_path if left else ""), Cell(cut_share(base, left))]
    return Row(tuple(cells), "" if sector else "total")
