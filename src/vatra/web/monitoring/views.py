"""Pages of monitoring: what was planned, what came, what is expected; and its frozen report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.contract import pretty
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rendered import as_page_table
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import chart_file, table_file, taken
from vatra.web.cities.views import city_page
from vatra.web.monitoring.charts import NAME, expected_chart
from vatra.web.monitoring.queries import report_of
from vatra.words import Language


@require_safe
def monitoring(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Planned against expected, what a delay costs, and why the figure changed."""
    city = access_city(PUBLIC, slug, lang)
    report = report_of(city)
    drawn = expected_chart(report, lang)
    sentences = report.sentences(lang)
    content = {
        "report": report,
        "answer": sentences[0] if sentences else "",
        "alerts": sentences[1 : 1 + report.alert_count],
        "more": sentences[1 + report.alert_count :],
        "drawing": Drawing.of(drawn) if drawn else None,
        "tables": report.tables(lang),
        "faults": [each.message(lang) for each in report.findings],
    }
    return city_page(request, lang, city, "monitoring/monitoring.html", content)


@require_safe
def report(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponse:
    """The annual report, sealed, as JSON or PDF."""
    city = access_city(PUBLIC, slug, lang)
    document = report_of(city).document
    if document is None:
        url = reverse("monitoring:monitoring", args=[lang, slug])
        raise NotHere("web.monitoring.no-report", [Choice(city.name, url)], city=city.name)
    if form == "pdf":
        # The document writer takes half a second to load, which no page should wait for.
        from vatra.runs.monitor_pdf import report_pdf

        response = HttpResponse(report_pdf(document, lang), content_type="application/pdf")
    else:
        response = HttpResponse(pretty(dict(document)), content_type="application/json")
    name = f"annual-report-{document['year'] or city.base_year}.{lang}"
    return taken(response, city, name, form, lang)


@require_safe
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of monitoring as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    found = report_of(city).tables(lang)
    shown = next((each for each in found if each.id == name), None)
    if shown is None:
        exist = [
            Choice(each.id, reverse("monitoring:table", args=[lang, slug, each.id, form]))
            for each in found
        ]
        raise NotHere("web.cities.table-unknown", exist, name=name)
    return table_file(city, shown, form, lang)


@require_safe
def chart(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """The picture as SVG, and the numbers behind it as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    found = expected_chart(report_of(city), lang)
    if found is None or name != NAME:
        url = reverse("monitoring:chart", args=[lang, slug, NAME, form])
        raise NotHere("web.cities.chart-unknown", [Choice(NAME, url)] if found else [], name=name)
    if form != "svg":
        return table_file(city, as_page_table(found.table, "monitoring"), form, lang)
    return chart_file(city, found, name)
