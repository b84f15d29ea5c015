"""Who was heard and who promises what: each a table in a form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from vatra.tables import Finding
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.drafting.records import RECORDS, changes_of, faults_of, rows_of, table_of
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.actions import do_save_cells
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.models import Version
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, sheet_of, version_of
from vatra.web.workspace.sheet import Unreadable
from vatra.web.workspace.views import begun, signed_in
from vatra.words import Language, say


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def records(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponse:
    """The rows of a record, each field open, with blank rows at the end."""
    actor = actor_of(request)
    if request.method == "POST":
        city = access_work(actor, slug, lang, may_edit_city)
    else:
        city = access_work(actor, slug, lang)
    if name not in RECORDS:
        exist = [
            Choice(
                say(f"web.drafting.{each}", lang),
                reverse("drafting:records", args=[lang, slug, each]),
            )
            for each in RECORDS
        ]
        raise NotHere("web.drafting.record-unknown", exist, name=name[:40])
    head = begun(city)
    if request.method == "POST":
        return _save(request, lang, city, name, head)
    return _page(request, lang, city, name, head, {})


def _save(
    request: HttpRequest, lang: Language, city: City, name: str, head: Version
) -> HttpResponse:
    number = request.POST.get("base", "")[:9]
    base = version_of(city, int(number), lang) if number.isdecimal() else head
    given = {key: str(value) for key, value in request.POST.items()}
    found = sheet_of(base, name)
    faults = faults_of(found, given)
    if faults:
        return _page(request, lang, city, name, base, given, faults=faults, status=422)
    try:
        do_save_cells(
            city=city,
            table=name,
            base=base,
            changes=changes_of(found, given),
            actor=signed_in(request),
            note=name,
        )
    except Conflict as problem:
        content = {"clashes": problem.clashes}
        page = "workspace/conflict.html"
        return work_page(request, lang, city, page, content, tab="contract", status=409)
    return redirect(reverse("drafting:records", args=[lang, city.slug, name]) + "?done=saved")


def _page(
    request: HttpRequest,
    lang: Language,
    city: City,
    name: str,
    base: Version,
    given: dict[str, str],
    *,
    faults: dict[str, list[Finding]] | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        rows = rows_of(sheet_of(base, name), lang, given, faults or {})
        problem = ""
    except Unreadable as unreadable:
        rows, problem = [], unreadable.finding.message(lang)
    table = table_of(name)
    content = {
        "name": name,
        "title": f"web.drafting.{name}",
        "answer": f"web.drafting.{name}-answer",
        "rows": rows,
        "columns": [
            (each.name, table.heading(each, lang), table.meaning(each, lang))
            for each in table.columns
        ],
        "kept_count": sum(bool(each.line) for each in rows),
        "base": base.number,
        "problem": problem,
        "fault_count": len(faults or {}),
        "done": "web.drafting.done-saved" if request.GET.get("done") == "saved" else "",
    }
    page = "drafting/records.html"
    return work_page(request, lang, city, page, content, tab="contract", status=status)
