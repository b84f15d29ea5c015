"""Tables and pictures of buildings that an address asks for by name and query."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from vatra.contract.charts import Chart
from vatra.web.base.tables import Table
from vatra.web.blocks import charts, needmap
from vatra.web.blocks.charts import bill
from vatra.web.blocks.doubts import CHARTS as RENOVATION_CHARTS
from vatra.web.blocks.doubts import NAME as DOUBT
from vatra.web.blocks.doubts import doubt_table
from vatra.web.blocks.filters import Filter
from vatra.web.blocks.folders import Held
from vatra.web.blocks.meters import NAME as METERS
from vatra.web.blocks.meters import meters_table
from vatra.web.blocks.queries import access_building
from vatra.web.blocks.renovation import asked_package
from vatra.web.blocks.tables import packages
from vatra.web.blocks.tables.bill import NAME as BILL
from vatra.web.blocks.tables.bill import bill_table
from vatra.web.blocks.tables.building import NAME as ELEMENTS
from vatra.web.blocks.tables.building import elements_table
from vatra.web.blocks.tables.stock import KINDS, ROOM, stock_table
from vatra.web.cities.models import City
from vatra.web.cities.rendered import as_page_table
from vatra.words import Language

# Tables and pictures of a quarter's plan begin so; the others belong to a stock or a building.
PLAN = "quarter-"


def asked_table(
    city: City, held: Held, name: str, query: QueryDict, lang: Language
) -> Table | None:
    """A table by name; ``building`` in the query asks for one's own. None where there is none."""
    code = str(query.get("building", ""))
    if code:
        return _of_building(city, held, code, name, query, lang)
    if name in KINDS:
        return stock_table(name, held, Filter.of(query), lang)
    if not name.startswith(PLAN):
        return None
    from vatra.web.blocks.quarter import plan_of, tables_of

    run = plan_of(city, held, query)
    found = tables_of(run, lang).get(name) if run else None
    return replace(as_page_table(found, ROOM), numbers=ROOM) if found else None


def _of_building(
    city: City, held: Held, code: str, name: str, query: QueryDict, lang: Language
) -> Table | None:
    year = access_building(city, code, lang)
    if name == ELEMENTS:
        return elements_table(held, year, lang)
    if name == BILL:
        return bill_table(held, held.places[code], lang)
    asked = asked_package(city, held, code, query)
    if asked is not None and name == METERS:
        return meters_table(asked[0], lang)
    if asked is None or name not in (*packages.NAMES, DOUBT):
        return None
    found, picks, facts = asked
    address = f"building={code}&{facts.query()}"
    if name == DOUBT:
        return doubt_table(found, facts.package, address, lang)
    return packages.build(name, found, picks, facts.package, address, lang)


def asked_chart(
    city: City, held: Held, name: str, query: QueryDict, lang: Language
) -> Chart | None:
    """A picture by name, None where the name or the query names none."""
    code = str(query.get("building", ""))
    if code:
        return _chart_of_building(city, held, code, name, query, lang)
    if name == needmap.NAME:
        wished = Filter.of(query)
        return needmap.map_chart(held, wished.places(held), wished.is_asked, lang)
    if not name.startswith(PLAN):
        return None
    from vatra.web.blocks.quarter import plan_charts, plan_of

    run = plan_of(city, held, query)
    return plan_charts(run, lang).get(name) if run else None


def _chart_of_building(
    city: City, held: Held, code: str, name: str, query: QueryDict, lang: Language
) -> Chart | None:
    year = access_building(city, code, lang)
    if name == bill.NAME:
        return bill.build(held, held.places[code], lang)
    if name in RENOVATION_CHARTS:
        asked = asked_package(city, held, code, query)
        return RENOVATION_CHARTS[name](asked[0], lang) if asked else None
    return charts.building_chart(name, year, lang)
