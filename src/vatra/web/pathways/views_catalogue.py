"""Pages of the catalogue: which measures there are, and all that is known of one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.plans.catalogue import PRICE_YEAR, Entry, catalogue
from vatra.plans.catalogue import label as catalogue_label
from vatra.tables import label
from vatra.web.base.errors import Choice, NotHere
from vatra.web.pathways import measures
from vatra.web.pathways.measures import FIELD, SECTOR, Filter
from vatra.words import Language, say


@require_safe
def listed(request: HttpRequest, lang: Language) -> HttpResponse:
    """All measures, or those of a field and a sector."""
    wished = Filter.of(request.GET, lang)
    found = wished.entries
    query = urlencode({k: v for k, v in ((FIELD, wished.field), (SECTOR, wished.sector)) if v})
    content = {
        "groups": [
            (label("field", each, lang), [_line(entry, lang) for entry in found
                                          if entry.field == each])
            for each in measures.fields()
            if any(entry.field == each for entry in found)
        ],
        "count": len(found),
        "all_count": len(catalogue()),
        "wished": wished,
        "fields": [(each, label("field", each, lang)) for each in measures.fields()],
        "sectors": [(each, label("sector", each, lang)) for each in measures.sectors()],
        "query": query,
        "price_year": str(PRICE_YEAR),
    }  # fmt: skip
    status = 422 if wished.faults else 200
    return render(request, "pathways/catalogue.html", content, status=status)


def _line(entry: Entry, lang: Language) -> dict[str, object]:
    return {
        "id": entry.id,
        "name": entry.name(lang),
        "about": entry.about(lang),
        "operators": measures.operators(entry, lang),
        "cost": measures.spread(entry.capex_eur, lang),
        "unit": catalogue_label("unit", entry.unit, lang),
        "lifetime": measures.figure(entry.lifetime_years, lang),
        "doubt": catalogue_label("doubt", entry.doubt, lang),
    }


@require_safe
def listed_file(request: HttpRequest, lang: Language, form: str) -> HttpResponse:
    """The measures that a filter lets pass, as CSV or JSON."""
    found = Filter.of(request.GET, lang).entries
    if form == "json":
        options = {"ensure_ascii": False, "indent": 1}
        return JsonResponse(
            {"price_year": PRICE_YEAR, "measures": measures.as_rows(found)},
            json_dumps_params=options,
        )
    response = HttpResponse(measures.as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catalogue.csv"'
    return response


@require_safe
def measure(request: HttpRequest, lang: Language, name: str) -> HttpResponse:
    """One measure: what it does, what it costs, what else it brings, how sure that is."""
    entry = catalogue().get(name)
    if entry is None:
        exist = [
            Choice(each.name(lang), reverse("pathways:measure", args=[lang, each.id]))
            for each in catalogue().values()
        ]
        raise NotHere("web.pathways.measure-unknown", exist, name=name)
    content = {
        "entry": entry,
        "name": entry.name(lang),
        "about": entry.about(lang),
        "operators": measures.operators(entry, lang),
        "cost": measures.spread(entry.capex_eur, lang),
        "unit": catalogue_label("unit", entry.unit, lang),
        "facts": measures.facts(entry, lang),
        "effects": measures.effects(entry, lang),
        "benefits": measures.benefits(entry.co_benefits, lang),
        "relations": measures.relations(entry, lang),
        "price_year": str(PRICE_YEAR),
        "back": say("web.pathways.catalogue", lang),
    }
    return render(request, "pathways/measure.html", content)
