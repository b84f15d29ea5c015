"""The rows of an upload with their faults in place; its findings and the file itself to keep."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vatra.tables.export import shown_csv
from vatra.web.base.errors import NotReady
from vatra.web.evidence import queries
from vatra.web.people.queries import actor_of
from vatra.web.workspace import store
from vatra.web.workspace.pages import work_page
from vatra.words import Language


@never_cache
@require_safe
def rows(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """A page of rows; ``?only=faults`` those with something to mend."""
    found = queries.access_upload(actor_of(request), slug, pk, lang)
    only = request.GET.get("only") == "faults"
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    try:
        shown = queries.row_page(found, page, only, lang)
    except store.Damaged as problem:
        raise NotReady("web.evidence.rows-gone") from problem
    table = queries.table_of(found)
    headings = (
        [table.heading(table.by_name[name], lang) for name in shown.columns]
        if shown and table
        else []
    )
    content = {"upload": found, "shown": shown, "only": only, "headings": headings}
    return work_page(request, lang, found.city, "evidence/rows.html", content, tab="evidence")


@never_cache
@require_safe
def findings(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Findings as CSV: a row for each line that shows one."""
    found = queries.access_upload(actor_of(request), slug, pk, lang)
    wording = queries.wording_of(found, lang)
    lines = [
        (
            line,
            wording.place(each),
            each.severity,
            each.code,
            each.line_count,
            wording.message(each),
        )
        for each in queries.findings_of(found)
        for line in (each.lines or (None,))
    ]
    headings = ["line", "column", "severity", "code", "line_count", "message"]
    # A byte order mark makes spreadsheets read the file as UTF-8.
    content = ("\ufeff" + shown_csv(lines, headings)).encode()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="findings-{found.pk}.csv"'
    return response


@never_cache
@require_safe
def original(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponseBase:
    """The file as it was handed in, to be saved and never shown."""
    found = queries.access_upload(actor_of(request), slug, pk, lang)
    try:
        stream = store.path_of(found.sha).open("rb")
    except OSError as problem:
        raise NotReady("web.evidence.rows-gone") from problem
    response = FileResponse(
        stream, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
