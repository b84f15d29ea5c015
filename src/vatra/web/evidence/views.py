"""Pages of source files: all of a city, and one with what is known and decided about it."""

from __future__ import annotations

import logging
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.tables import FindingsError
from vatra.web.base.faults import FULL, fault_of
from vatra.web.cities.models import City
from vatra.web.evidence import queries
from vatra.web.evidence.accepting import do_ask_to_accept
from vatra.web.evidence.actions import (
    AlreadyHere,
    do_check_upload,
    do_receive_upload,
    do_reject_upload,
)
from vatra.web.evidence.models import STATES, Upload
from vatra.web.evidence.receiving import ToDisk, is_far_too_large
from vatra.web.evidence.rules import may_decide, may_hand_in, may_see
from vatra.web.evidence.shown import upload_content
from vatra.web.evidence.sniffing import KIND_OF, LARGEST_MB
from vatra.web.people.errors import Refused
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import Actor
from vatra.web.people.views_account import signed_in
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.naming import table_name
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.web.workspace.sheet import Unreadable
from vatra.words import Language, say

log = logging.getLogger(__name__)
UPLOADS_A_PAGE = 30
TAKE = ["GET", "HEAD", "POST"]
# Said on the file's own page: it is no lack of rights.
DECIDED = ("web.evidence.decided", "web.evidence.has-errors")


@csrf_exempt
@require_http_methods(TAKE)
def uploads(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """All files of a city; the form hands one in.

    Who may hand in is asked before anything is read; the proof of origin is checked by
    ``_uploads``, for reading it reads the form, and where its file goes has to be said before.
    """
    rule = may_hand_in if request.method == "POST" else may_see
    city = access_work(actor_of(request), slug, lang, rule)
    return _taking(request, lang, city, None)


@csrf_exempt
@require_POST
def replace(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Hand in a file that takes the place of this one."""
    earlier = queries.access_upload(actor_of(request), slug, pk, lang, may_hand_in)
    return _taking(request, lang, earlier.city, earlier)


@never_cache
def _taking(
    request: HttpRequest, lang: Language, city: City, earlier: Upload | None
) -> HttpResponse:
    if request.method == "POST" and is_far_too_large(request):
        fault = say("web.evidence.too-large", lang, largest=LARGEST_MB)
        return _list(request, lang, city, [fault], 413, without_form=True)
    handler = ToDisk(request)
    request.upload_handlers = [handler]
    try:
        return _uploads(request, lang, city, earlier, handler)
    except OSError as problem:
        if fault_of(problem) != FULL:
            raise
        log.exception("no room for a file of %s", city.slug)
        handler.let_go()
        return _list(request, lang, city, [say("web.evidence.disk-full", lang)], 507, earlier)
    finally:
        handler.let_go()


@never_cache
@csrf_protect
def _uploads(
    request: HttpRequest, lang: Language, city: City, earlier: Upload | None, handler: ToDisk
) -> HttpResponse:
    if request.method != "POST":
        return _list(request, lang, city, [])
    # Django reads the form when it is asked for: only then does the handler know.
    file: Any = request.FILES.get("file")
    if handler.too_large:
        fault = say("web.evidence.too-large", lang, largest=LARGEST_MB)
        return _list(request, lang, city, [fault], 413, earlier)
    again = None if file else queries.upload_again(city, request.POST.get("again", ""))
    if again is not None:
        file = queries.opened(again)
    if file is None:
        return _list(request, lang, city, [say("web.evidence.no-file", lang)], 422, earlier)
    try:
        made = do_receive_upload(
            city=city,
            name=again.name if again else file.name or "",
            source=file,
            actor=signed_in(request),
            replaces=earlier,
            again=again is not None,
        )
    except AlreadyHere as found:
        return _list(request, lang, city, [], 409, earlier, here=found.upload)
    except FindingsError as problem:
        faults = [each.message(lang) for each in problem.findings]
        return _list(request, lang, city, faults, 422, earlier)
    finally:
        file.close()
    if made.state == "mapping":
        return redirect("evidence:mapping", lang, city.slug, made.pk)
    return redirect("evidence:upload", lang, city.slug, made.pk)


def _list(
    request: HttpRequest,
    lang: Language,
    city: City,
    faults: list[str],
    status: int = 200,
    earlier: Upload | None = None,
    without_form: bool = False,
    here: Upload | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    asked = request.GET.get("state", "")
    found = queries.uploads_of(city)
    waiting = found.filter(state="ready", error_count=0).count()
    stuck = found.filter(state__in=("ready", "mapping", "failed")).count() - waiting
    total = found.count()
    if asked in STATES:
        found = found.filter(state=asked)
    shown = Paginator(found, UPLOADS_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "shown": shown,
        "listed": [(each, table_name(each.table, lang) if each.table else "") for each in shown],
        "asked": asked if asked in STATES else "",
        "states": STATES,
        "total": total,
        "waiting": waiting,
        "stuck": stuck,
        "faults": faults,
        "earlier": earlier,
        "here": here,
        "is_unchanged": here is not None and here == earlier,
        "largest": LARGEST_MB,
        "endings": sorted(KIND_OF),
        "may_hand_in": may_hand_in.allows(actor, city) and not without_form,
    }
    return work_page(
        request, lang, city, "evidence/uploads.html", content, tab="evidence", status=status
    )


@never_cache
@require_safe
def upload(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """One file: its state, its faults, what accepting it would do, where its rows went."""
    actor = actor_of(request)
    found = queries.access_upload(actor, slug, pk, lang)
    return _page(request, lang, found, actor)


@never_cache
@require_POST
def check(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Check it anew, as the plan stands now."""
    person = signed_in(request)
    found = queries.access_upload(person, slug, pk, lang, may_hand_in)
    do_check_upload(upload=found, actor=person)
    return redirect("evidence:upload", lang, slug, pk)


@never_cache
@require_POST
def accept(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Take its rows into the tables."""
    person = signed_in(request)
    found = queries.access_upload(person, slug, pk, lang, may_decide)
    mode = "replace" if request.POST.get("mode") == "replace" else "add"
    try:
        do_ask_to_accept(upload=found, mode=mode, actor=person)  # type: ignore[arg-type]
    except Unreadable as problem:
        return _page(request, lang, found, person, problem.finding.message(lang), 409)
    except Conflict:
        return _page(request, lang, found, person, say("web.evidence.clash", lang), 409)
    except Refused as problem:
        if problem.key not in DECIDED:
            raise
        found.refresh_from_db()
        # A second press of the button: what was wanted is done.
        if found.state != "accepted":
            return _page(request, lang, found, person, problem.message(lang), 409)
    return redirect("evidence:upload", lang, slug, pk)


@never_cache
@require_POST
def reject(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Refuse it, with a reason."""
    person = signed_in(request)
    found = queries.access_upload(person, slug, pk, lang, may_decide)
    try:
        do_reject_upload(upload=found, reason=request.POST.get("reason", ""), actor=person)
    except Refused as problem:
        if problem.key not in ("web.evidence.needs-reason", *DECIDED):
            raise
        found.refresh_from_db()
        return _page(request, lang, found, person, problem.message(lang), 422)
    return redirect("evidence:upload", lang, slug, pk)


def _page(
    request: HttpRequest,
    lang: Language,
    found: Upload,
    actor: Actor,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    content: dict[str, Any] = upload_content(found, actor, lang) | {"problem": problem}
    template = "evidence/upload.html"
    return work_page(request, lang, found.city, template, content, tab="evidence", status=status)
