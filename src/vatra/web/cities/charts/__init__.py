"""Pictures of an inventory: each states its finding, draws itself as SVG and keeps its numbers.

Pictures are found by looking: every module of this room that has ``NAME``, ``BY_YEAR``, ``applies``
and ``build`` is one. A picture of one year is named ``flows-2021``, one of all years ``years``.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

from vatra.contract.charts import Chart
from vatra.web.cities.figures import Figures
from vatra.words import Language

__all__ = ["figures_chart", "figures_chart_names"]


@cache
def _builders() -> dict[str, ModuleType]:
    modules = (import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    return {each.NAME: each for each in modules if hasattr(each, "NAME")}


def figures_chart(name: str, figures: Figures, lang: Language) -> Chart | None:
    """A picture by name, or None when there is none, or nothing to draw."""
    stem, _, year = name.rpartition("-")
    builders = _builders()
    if stem in builders and builders[stem].BY_YEAR and year.isdecimal():
        return _built(builders[stem], figures, int(year), lang)
    if name in builders and not builders[name].BY_YEAR:
        return _built(builders[name], figures, figures.first_shown, lang)
    return None


def figures_chart_names(figures: Figures) -> list[str]:
    """Names of all pictures that an inventory has data for."""
    found = []
    for name, module in _builders().items():
        if not module.BY_YEAR:
            found += [name] if module.applies(figures, figures.first_shown) else []
        else:
            found += [f"{name}-{year}" for year in figures.years if module.applies(figures, year)]
    return sorted(found)


def _built(module: ModuleType, figures: Figures, year: int, lang: Language) -> Chart | None:
    if year not in figures.years or not module.applies(figures, year):
        return None
    built: Chart = module.build(figures, year, lang)
    return built
