"""The tables of a plan by name, for pages and for files."""

from __future__ import annotations

from collections.abc import Callable

from vatra.web.base.tables import Table
from vatra.web.pathways.figures import PlanFigures
from vatra.web.pathways.tables.actions import actions, causes
from vatra.web.pathways.tables.balance import budgets, residual
from vatra.web.pathways.tables.costs import optimal, sequential, static
from vatra.web.pathways.tables.doubts import doubts
from vatra.web.pathways.tables.trial import trial_sectors
from vatra.web.pathways.tables.years import years
from vatra.words import Language

__all__ = ["build", "names", "trial_sectors"]

Build = Callable[[PlanFigures, Language], Table | None]
_TABLES: dict[str, Build] = {
    "actions": actions,
    "budgets": budgets,
    "causes": causes,
    "cost-optimal": optimal,
    "cost-sequential": sequential,
    "cost-static": static,
    "doubts": doubts,
    "residual": residual,
    "years": years,
}


def names() -> list[str]:
    """Names of all tables."""
    return sorted(_TABLES)


def build(name: str, figures: PlanFigures, lang: Language) -> Table | None:
    """A table by name; None where there is none of that name or nothing to say."""
    return _TABLES[name](figures, lang) if name in _TABLES else None
