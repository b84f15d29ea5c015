"""Empty tables to fill in, with every column explained."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vatra.sources.template import table_csv
from vatra.tables import Table, tables
from vatra.web.base.errors import Choice, NotHere
from vatra.web.evidence.mapping_form import help_of
from vatra.web.evidence.rules import may_see
from vatra.web.people.queries import actor_of
from vatra.web.workspace.naming import table_name
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.words import Language


@dataclass(frozen=True)
class Explained:
    """A column: its heading, whether it must be filled in, what belongs there."""

    heading: str
    is_required: bool
    is_key: bool
    help: str


@require_safe
def templates(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """All tables, each with its columns and an empty file."""
    city = access_work(actor_of(request), slug, lang, may_see)
    shown = [
        (each, table_name(each.name, lang), columns_of(each, lang))
        for each in sorted(tables().values(), key=lambda each: (not each.required, each.name))
    ]
    content = {"shown": shown}
    return work_page(request, lang, city, "evidence/templates.html", content, tab="evidence")


@require_safe
def template(request: HttpRequest, lang: Language, slug: str, table: str) -> HttpResponse:
    """An empty table in the reader's language."""
    access_work(actor_of(request), slug, lang, may_see)
    found = tables().get(table)
    if found is None:
        exist = [Choice(name, f"{name}.csv") for name in sorted(tables())]
        raise NotHere("web.evidence.table-unknown", exist)
    content = ("\ufeff" + table_csv(found, lang)).encode()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


def columns_of(table: Table, lang: Language) -> list[Explained]:
    """Every column of a table explained."""
    return [
        Explained(
            table.heading(each, lang),
            each.required and each.default is None,
            each.key,
            help_of(each, lang),
        )
        for each in table.columns
    ]
