"""Tables and pictures of the inventory that an address asks for by name and query."""

from __future__ import annotations

from pathlib import Path

from django.http import QueryDict

from vatra.contract.charts import Chart
from vatra.web.base.tables import Table
from vatra.web.cities import tables
from vatra.web.cities.charts import figures_chart
from vatra.web.cities.charts.pairs import compare_chart
from vatra.web.cities.drivers import drivers_chart, drivers_table
from vatra.web.cities.figures import Figures, figures_of
from vatra.web.cities.models import City
from vatra.web.cities.switch import Changed, Switch, changed, compare_gases, compare_sectors
from vatra.web.cities.tables.years import change
from vatra.words import Language

# Tables of two years.
_BETWEEN = {"change": change, "drivers": drivers_table}
_COMPARED = {"compare-sectors": compare_sectors, "compare-gases": compare_gases}


def figures(city: City) -> Figures:
    """The inventory behind a city's sealed contract."""
    return figures_of(Path(city.folder), city.run_id)


def year_of(query: QueryDict, found: Figures, name: str = "year") -> int | None:
    """The year asked for, the base year where none is, None for one without figures."""
    text = str(query.get(name, "")).strip()
    if not text:
        return found.first_shown
    return int(text) if text in map(str, found.years) else None


def years_of(query: QueryDict, found: Figures) -> tuple[int, int] | None:
    """Two years to compare: the first and the last where none are asked for."""
    known = {str(year): year for year in found.years}
    ends = (("from", found.years[0]), ("to", found.years[-1]))
    one, other = (known.get(str(query.get(name, "")).strip() or str(end)) for name, end in ends)
    return (one, other) if one is not None and other is not None else None


def switched(city: City, switch: Switch) -> Changed:
    """The inventory under a factor switch."""
    return changed(Path(city.folder), city.run_id, switch)


def asked_table(city: City, name: str, query: QueryDict, lang: Language) -> Table | None:
    """A table of the inventory, None where the name or the query names none."""
    found = figures(city)
    if name in _COMPARED:
        return _compared(city, found, name, query, lang)
    if name in _BETWEEN:
        pair = years_of(query, found)
        return _BETWEEN[name](found, *pair, lang) if pair else None
    if name not in tables.figures_names(found):
        return None
    return tables.figures_build(name, found, lang)


def _compared(
    city: City, found: Figures, name: str, query: QueryDict, lang: Language
) -> Table | None:
    pair = _before_after(city, found, query, lang)
    return _COMPARED[name](found, pair[0], pair[1], lang) if pair else None


def _before_after(
    city: City, found: Figures, query: QueryDict, lang: Language
) -> tuple[Figures, Switch] | None:
    year = year_of(query, found)
    if year is None:
        return None
    switch = Switch.of(query, found, year, lang)
    other = switched(city, switch).figures if switch.is_asked else None
    return (other, switch) if other is not None else None


def asked_chart(city: City, name: str, query: QueryDict, lang: Language) -> Chart | None:
    """A picture of the inventory, None where the name or the query names none."""
    found = figures(city)
    if name == "compare":
        pair = _before_after(city, found, query, lang)
        return compare_chart(found, pair[0], pair[1], lang) if pair else None
    if name == "drivers":
        years = years_of(query, found)
        return drivers_chart(found, *years, lang) if years else None
    return figures_chart(name, found, lang)


def names(city: City) -> list[str]:
    """Names of the tables of the inventory."""
    return tables.figures_names(figures(city))
