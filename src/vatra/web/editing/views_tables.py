"""All tables of a city's pack, and the rows of one of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vatra.sources.template import table_csv
from vatra.tables import tables as tables_declared
from vatra.web.editing import queries
from vatra.web.editing.cells import input_of, unit_options
from vatra.web.editing.grid import Asked, grid_of
from vatra.web.editing.notices import Notice, notice_of
from vatra.web.editing.overview import groups_of
from vatra.web.editing.place import Place, place_of, problem_of
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_contribute, may_edit_city
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.web.workspace.sheet import Unreadable
from vatra.web.workspace.views import begun
from vatra.words import Language, say

BOM = "\ufeff"


@require_safe
def tables(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Every table under the question it answers, with its rows and what is wrong in it."""
    city = access_work(actor_of(request), slug, lang)
    head = begun(city)
    groups = groups_of(head, lang)
    listed = [each for _, tables in groups for each in tables]
    content = {
        "groups": groups,
        "row_count": sum(each.row_count for each in listed),
        "table_count": sum(each.has_rows for each in listed),
        "error_count": sum(each.error_count for each in listed),
        "notice": notice_of(request, city),
    }
    return work_page(request, lang, city, "editing/tables.html", content, tab="tables")


@require_safe
def table(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponse:
    """The rows of a table, fifty at a time."""
    place = place_of(request, lang, slug, name)
    content = table_content(request, place, Asked.of(request.GET), notice_of(request, place.city))
    return work_page(request, lang, place.city, "editing/table.html", content, tab="tables")


def table_content(
    request: HttpRequest, place: Place, asked: Asked, notice: Notice | None = None
) -> dict[str, Any]:
    """What the page of a table shows, and its part that is sent after a change."""
    shared = {
        "city": place.city,
        "place": place,
        "notice": notice,
        "may_edit": may_edit_city.allows(actor_of(request), place.city),
        "may_comment": may_contribute.allows(actor_of(request), place.city),
        "about": say(f"web.editing.about-{place.name.replace('_', '-')}", place.lang),
    }
    try:
        ground = place.ground()
    except Unreadable as problem:
        return shared | {"unreadable": problem_of(problem.finding, place.lang)}
    comments = queries.open_counts(place.city, place.name)
    shared["grid"] = grid_of(ground, asked, place.lang, comments)
    shared["headings"] = headings(place.name, place.lang)
    return shared


def table_part(
    request: HttpRequest, place: Place, query: QueryDict, notice: Notice | None
) -> HttpResponse:
    """The rows alone, for a script that has just changed them."""
    content = table_content(request, place, Asked.of(query), notice)
    return render(request, "editing/_sheet.html", content)


@cache
def headings(name: str, lang: Language) -> list[dict[str, Any]]:
    """Each column explained: its heading, whether it must be filled in, what stands in it."""
    table = tables_declared()[name]
    return [
        {
            "name": each.name,
            "words": table.heading(each, lang),
            "means": table.meaning(each, lang),
            "required": each.required and each.default is None,
            "kind": "unit" if unit_options(table, each) else each.kind,
            "options": [words for _, words in input_of(table, each, lang).options][:12],
            "default": each.default,
            "is_key": each.key,
        }
        for each in table.columns
    ]


@require_safe
def template(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponse:
    """The empty file of a table, headings in the page's language."""
    place = place_of(request, lang, slug, name)
    text = BOM + table_csv(place.table, lang)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{place.table.file_name}"'
    return response
