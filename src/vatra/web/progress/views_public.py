"""Public pages of progress: fit for a council, with every picture and table to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.contract.charts import Chart
from vatra.runs.monitor_frozen_tables import indicators_table, progress_tables, spending_table
from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.tables import Table
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.standing import withdrawal_of
from vatra.web.cities.taken import chart_file, table_file, taken, words_of
from vatra.web.cities.views import city_page
from vatra.web.contracts.queries import editions
from vatra.web.progress.charts import MONEY, PATH, chart_names, chart_of, indicator_names
from vatra.web.progress.drawn import drawing, png
from vatra.web.progress.queries import Shown, public_outlook, reports_of
from vatra.web.progress.sentences import answer, counts, grounds
from vatra.web.progress.shown import by_status, page_table
from vatra.words import Language


@require_safe
def progress(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Is the plan kept: the answer, one picture, measures, money, indicators, the last report."""
    city = access_city(PUBLIC, slug, lang)
    shown = public_outlook(city)
    reports = reports_of(city)
    content: dict[str, Any] = {
        "shown": shown,
        "reports": reports,
        "updated": _updated(city, shown),
        "faults": [each.message(lang) for each in shown.outlook.findings
                   if each.severity == "error"],
    }  # fmt: skip
    if shown.outlook.document is not None:
        content |= _content(shown, lang)
    return city_page(request, lang, city, "progress/monitoring.html", content)


def _content(shown: Shown, lang: Language) -> dict[str, Any]:
    document = shown.outlook.document or {}
    names = chart_names(document)
    indicators = [
        (each["names"][lang], drawing(chart_of(name, document, lang)))
        for each, name in zip(document["indicators"], indicator_names(document), strict=True)
    ]
    return {
        "answer": answer(shown.outlook, lang),
        "grounds": grounds(shown.outlook, lang),
        "counts": counts(document, lang),
        "path": drawing(chart_of(PATH, document, lang)),
        "money": drawing(chart_of(MONEY, document, lang)) if MONEY in names else None,
        "statuses": by_status(document, lang),
        "indicators": indicators,
        "spending_table": page_table(spending_table(document, lang)),
        "indicators_table": page_table(indicators_table(document, lang)),
    }


def _updated(city: City, shown: Shown) -> Any:
    """When what is shown was last changed: the report's moment, else that of the contract."""
    if shown.report is not None:
        return shown.report.made_at
    known = editions(city)
    return known[0].shown_since if known else None


def public_chart(city: City, name: str, lang: Language, form: str) -> Chart:
    """A picture of the public page; 404 with those that exist."""
    document = public_outlook(city).outlook.document
    found = chart_of(name, document, lang) if document is not None else None
    if found is None:
        known = chart_names(document) if document is not None else []
        exist = [Choice(each, reverse("progress:chart", args=[lang, city.slug, each, form]))
                 for each in known]  # fmt: skip
        raise NotHere("web.cities.chart-unknown", exist, name=name)
    return found


@require_safe
def chart(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A picture as SVG or PNG, and the numbers behind it as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    found = public_chart(city, name, lang, form)
    if form in ("csv", "json"):
        return table_file(city, page_table(found.table), form, lang)
    if form == "svg":
        return chart_file(city, found, name)
    drawn = png(found, words_of(withdrawal_of(city), lang))
    response = HttpResponse(drawn, content_type="image/png")
    return taken(response, city, name, form, lang)


@require_safe
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of progress as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    document = public_outlook(city).outlook.document
    given = progress_tables(document, lang) if document is not None else []
    found: list[Table] = [page_table(each) for each in given]
    wanted = next((each for each in found if each.id == name), None)
    if wanted is None:
        exist = [Choice(each.id, reverse("progress:table", args=[lang, slug, each.id, form]))
                 for each in found]  # fmt: skip
        raise NotHere("web.cities.table-unknown", exist, name=name)
    return table_file(city, wanted, form, lang)
