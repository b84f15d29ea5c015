"""From the pages of buildings into the draft: a table of changes, a quarter's plan."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from vatra.runs.stock_edit import FILE, edit_buildings
from vatra.tables import Finding, FindingsError
from vatra.web.blocks.editing import LARGEST_BYTES
from vatra.web.cities.models import City
from vatra.web.editing.plan import draft_city
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import pack_folder
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.web.workspace.views import begun, signed_in
from vatra.words import Language, say


@require_POST
def buildings(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """A table of changed columns, written into the draft's buildings."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    head = begun(city)
    content = request.POST.get("text", "").encode("utf-8", "replace")
    if not content.strip() or len(content) > LARGEST_BYTES:
        return _refused(request, lang, city, [say("web.editing.paste-nothing", lang)])
    found = edit_buildings(pack_folder(head), content, FILE)
    if not found.ok:
        return _refused(request, lang, city, _words(found.findings, lang))
    files: dict[str, bytes | None] = {FILE: found.csv().encode()}
    note = say("web.editing.note-buildings", lang, count=len(found.changes))
    return _written(request, lang, city, head, files, note, "buildings")


@require_POST
def quarter(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """A quarter's plan as measures of the draft, proved by the engine before it is written."""
    # Loads the optimiser: only where a plan is asked for.
    from vatra.runs.handover import hand_over
    from vatra.runs.handover_members import of_quarter
    from vatra.web.blocks.folders import stock_of
    from vatra.web.blocks.quarter import plan_of

    city = access_work(actor_of(request), slug, lang, may_edit_city)
    head = begun(city)
    draft = draft_city(city, head)
    held = stock_of(Path(draft.folder), draft.run_id, slug).held if draft is not None else None
    if draft is None or held is None:
        return _refused(request, lang, city, [say("web.editing.no-plan", lang)])
    run = plan_of(draft, held, QueryDict(request.POST.get("query", "")[:4000]))
    if run is None:
        return _refused(request, lang, city, [say("web.editing.no-quarter", lang)])
    try:
        done = hand_over(pack_folder(head), of_quarter(run))
    except FindingsError as problem:
        return _refused(request, lang, city, _words(problem.findings, lang))
    files: dict[str, bytes | None] = dict(done.files)
    note = say("web.editing.note-quarter", lang)
    return _written(request, lang, city, head, files, note, "actions")


def _words(findings: list[Finding] | tuple[Finding, ...], lang: Language) -> list[str]:
    return [each.message(lang) for each in findings if each.severity == "error"]


def _written(
    request: HttpRequest, lang: Language, city: City, head: Version,
    files: dict[str, bytes | None], note: str, table: str,
) -> HttpResponse:  # fmt: skip
    try:
        saved = do_save_files(
            city=city, base=head, files=files, kind="edit", note=note, actor=signed_in(request)
        )
    except Conflict:
        return _refused(request, lang, city, [say("web.editing.plan-clash", lang)])
    number = f"?saved={saved.version.number}" if saved.is_new else ""
    return redirect(reverse("editing:table", args=[lang, city.slug, table]) + number)


def _refused(request: HttpRequest, lang: Language, city: City, faults: list[str]) -> HttpResponse:
    page = "editing/not_taken.html"
    return work_page(request, lang, city, page, {"faults": faults}, tab="tables", status=422)
