"""What is left by use and cause, and what of each carbon budget is used."""

from __future__ import annotations

from vatra.plans.budget import BudgetUse, Exhaustion
from vatra.tables import label
from vatra.tables.residuals import CAUSES
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.pathways.figures import BALANCE_DRAWS, PlanFigures
from vatra.words import Language, say, tonnes

ROOM = "pathways"


def residual(figures: PlanFigures, lang: Language) -> Table | None:
    """Emissions of the target year by use: hard to abate, outside the city's powers, unplanned."""
    found = figures.balance
    if found is None:
        return None
    ledger = found.residual
    rows = []
    for use, masses in ledger.by_use().items():
        if any(masses.values()):
            parts = [masses[cause] for cause in CAUSES]
            rows.append(Row((Cell(label("use", use, lang)), *map(Cell, parts), Cell(sum(parts)))))
    causes = ledger.by_cause()
    sums = [causes[cause] for cause in CAUSES]
    together = Cell(say("web.pathways.together", lang))
    rows.append(Row((together, *map(Cell, sums), Cell(ledger.residual_mg)), "total"))
    columns = (
        Column("use", say("web.pathways.use", lang)),
        *(Column(f"{each}_t_co2e", label("residual_cause", each, lang), "mass")
          for each in CAUSES),
        Column("residual_t_co2e", say("web.pathways.together", lang), "mass"),
    )  # fmt: skip
    year = str(ledger.year)
    title = say("web.pathways.residual-title", lang, year=year, unit=figures.unit)
    key = "held" if ledger.rule_held else "broken"
    note = say(
        f"web.pathways.residual-{key}",
        lang,
        left=tonnes(ledger.residual_mg, lang),
        share=ledger.residual_ppm / 1_000_000,
        limit=ledger.limit_ppm / 1_000_000,
    )
    return Table("residual", title, columns, tuple(rows), note, ROOM)


def budgets(figures: PlanFigures, lang: Language) -> Table | None:
    """Each budget: its size, what the plan uses of it, and when it is gone."""
    found = figures.balance
    if found is None:
        return None
    gone: list[Exhaustion | None] = list(found.exhaustions)
    gone += [None] * (len(found.budgets) - len(gone))
    rows = [_budget(use, likely, lang) for use, likely in zip(found.budgets, gone, strict=True)]
    lasts = say("web.pathways.budget-lasts", lang)
    columns = (
        Column("budget", say("web.pathways.budget", lang), width="wide"),
        Column("from_year", say("web.pathways.budget-from", lang)),
        Column("budget_t_co2e", say("web.pathways.budget-whole", lang), "mass"),
        Column("used_t_co2e", say("web.pathways.budget-used", lang), "mass"),
        Column("left_t_co2e", say("web.pathways.budget-left", lang), "mass"),
        Column("gone_in", say("web.pathways.budget-gone", lang), blank=lasts),
        Column("gone_share", say("web.pathways.budget-chance", lang), "share"),
    )
    last = str(figures.path.years[-1])
    title = say("web.pathways.budgets-title", lang, year=last)
    note = say("web.pathways.budgets-note", lang, draws=BALANCE_DRAWS)
    return Table("budgets", title, columns, tuple(rows), note, ROOM)


def _budget(use: BudgetUse, likely: Exhaustion | None, lang: Language) -> Row:
    budget = use.budget
    method = say(f"web.pathways.budget-{budget.method.replace('_', '-')}", lang)
    when = use.exhausted_in
    return Row(
        (
            Cell(budget.name, note=f"{method}. {budget.version}. {budget.source}"),
            Cell(str(budget.from_year)),
            Cell(budget.budget_mg),
            Cell(use.used_mg()),
            Cell(use.left_mg(), tone="bad" if use.left_mg() < 0 else ""),
            Cell(None if when is None else str(int(when))),
            Cell(None if likely is None else likely.ever_ppm),
        )
    )
