"""Pages of publication for those who work for a city: seal, ask, show, withdraw."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST, require_safe

from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.drafting.queries import approved_version
from vatra.web.jobs.models import Job
from vatra.web.jobs.views import content as job_content
from vatra.web.people.errors import Refused
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_lead_city
from vatra.web.publication import queries, shown
from vatra.web.publication.actions_seal import (
    do_begin_sealing,
    do_publish_contract,
    do_withdraw_contract,
)
from vatra.web.publication.actions_sign import do_ask_signatory, do_dismiss_signatory
from vatra.web.publication.checks import Opened
from vatra.web.publication.forms import AskForm
from vatra.web.publication.models import SealedContract
from vatra.web.publication.statement import Unfit
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, head_of
from vatra.web.workspace.views import signed_in
from vatra.words import Language

TAB = "publish"


@never_cache
@require_safe
def publish(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What can be sealed now, and what was sealed before."""
    return _overview(request, lang, access_work(actor_of(request), slug, lang))


@never_cache
@csrf_protect
@require_POST
def seal(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Begin to seal the approved version."""
    city = access_work(actor_of(request), slug, lang, may_lead_city)
    try:
        made = do_begin_sealing(
            city=city, actor=signed_in(request), note=request.POST.get("note", "")
        )
    except Refused as refused:
        return _overview(request, lang, city, refused.message(lang))
    return redirect("publication:contract", lang, slug, made.number)


@never_cache
@require_safe
def contract(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """One sealed contract: its seal, who signs, what comes next."""
    city = access_work(actor_of(request), slug, lang)
    return contract_page(request, lang, queries.contract_of(city, number))


@never_cache
@csrf_protect
@require_POST
def ask(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """Ask somebody to sign."""
    found = _led(request, lang, slug, number)
    form = AskForm.of(request.POST)
    if form.faults:
        return contract_page(request, lang, found, ask_form=form, status=422)
    try:
        asked = form.asked(possible_signatories(found.city))
        do_ask_signatory(contract=found, asked=asked, actor=signed_in(request))
    except (Refused, Unfit) as problem:
        return contract_page(request, lang, found, problem.message(lang), form, status=422)
    return redirect("publication:contract", lang, slug, number)


@never_cache
@csrf_protect
@require_POST
def dismiss(request: HttpRequest, lang: Language, slug: str, number: int, pk: int) -> HttpResponse:
    """Ask somebody no longer."""
    found = _led(request, lang, slug, number)
    signatory = queries.signatory_of(found, pk)
    try:
        do_dismiss_signatory(signatory=signatory, actor=signed_in(request))
    except Refused as refused:
        return contract_page(request, lang, found, refused.message(lang), status=422)
    return redirect("publication:contract", lang, slug, number)


@never_cache
@csrf_protect
@require_POST
def show(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """Publish a signed contract as the city's next edition."""
    found = _led(request, lang, slug, number)
    try:
        done = do_publish_contract(contract=found, actor=signed_in(request))
    except Refused as refused:
        return contract_page(request, lang, found, refused.message(lang), status=422)
    return redirect("publication:edition", lang, slug, done.edition)


@never_cache
@csrf_protect
@require_POST
def withdraw(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """Take a contract back, with a reason."""
    found = _led(request, lang, slug, number)
    try:
        do_withdraw_contract(
            contract=found, reason=request.POST.get("reason", ""), actor=signed_in(request)
        )
    except Refused as refused:
        return contract_page(request, lang, found, refused.message(lang), status=422)
    return redirect("publication:contract", lang, slug, number)


@never_cache
@require_safe
def file(
    request: HttpRequest, lang: Language, slug: str, number: int, name: str
) -> HttpResponseBase:
    """A file of a sealed contract, for those who work for the city."""
    city = access_work(actor_of(request), slug, lang)
    found = queries.contract_of(city, number)
    home = reverse("publication:work-file", args=[lang, slug, number, "-"])[:-1]
    return file_response(found, name, home, f"{slug}-{number}")


def file_response(contract: SealedContract, name: str, home: str, prefix: str) -> HttpResponseBase:
    """A file of the folder as it was sealed; 404 with those that exist."""
    files = shown.files_of(contract) if contract.folder else []
    found = next((each for each in files if each.name == name), None)
    if found is None:
        exist = [Choice(each.name, home + each.name) for each in files if each.group == "contract"]
        raise NotHere("web.contracts.file-unknown", exist, name=name[:100])
    mark = "synthetic-" if contract.city.synthetic else ""
    return FileResponse(
        found.path.open("rb"),
        as_attachment=found.path.suffix != ".pdf",
        filename=f"{mark}{prefix}-{found.path.name}",
        content_type=found.content_type,
    )


def _led(request: HttpRequest, lang: Language, slug: str, number: int) -> SealedContract:
    city = access_work(actor_of(request), slug, lang, may_lead_city)
    return queries.contract_of(city, number)


def _overview(request: HttpRequest, lang: Language, city: City, problem: str = "") -> HttpResponse:
    approved = approved_version(city)
    every = list(queries.contracts(city))
    content = {
        "contracts": [(each, shown.state_words(each, lang)) for each in every],
        "approved": approved,
        "sealed_already": approved is not None
        and any(
            each.version_digest == approved.digest
            and each.state not in ("failed", "withdrawn", "superseded")
            for each in every
        ),
        "newest": head_of(city),
        "may_lead": may_lead_city.allows(actor_of(request), city),
        "problem": problem,
    }
    status = 422 if problem else 200
    return work_page(
        request, lang, city, "publication/publish.html", content, tab=TAB, status=status
    )


def contract_page(
    request: HttpRequest,
    lang: Language,
    contract: SealedContract,
    problem: str = "",
    ask_form: AskForm | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page of a sealed contract, with what went wrong."""
    actor, city = actor_of(request), contract.city
    job = Job.objects.filter(pk=contract.job_id).first() if contract.job_id else None
    is_sealed = bool(contract.folder)
    own = queries.asked_of(contract, actor) if isinstance(actor, User) else None
    content: dict[str, Any] = {
        "contract": contract,
        "state": shown.state_words(contract, lang),
        "signatories": _signatories(contract, lang) if is_sealed else [],
        "files": [each for each in shown.files_of(contract) if each.group == "contract"]
        if is_sealed
        else [],
        "says": shown.in_words(queries.document_of(contract), lang) if is_sealed else None,
        "pdf": shown.pdf_of(contract, lang) if is_sealed else "",
        "own": own,
        "may_lead": may_lead_city.allows(actor, city),
        "people": _not_asked(contract),
        "ask_form": ask_form or AskForm.of(None),
        "problem": problem,
    }
    if job is not None and contract.state in ("sealing", "failed"):
        content |= job_content(job, actor, lang) | {"job_place": ""}
    code = status or (422 if problem else 200)
    return work_page(
        request, lang, city, "publication/contract.html", content, tab=TAB, status=code
    )


def _signatories(contract: SealedContract, lang: Language) -> list[dict[str, Any]]:
    checks = {each.signature.signatory_id: each for each in Opened(contract).checks()}
    found = []
    for each in contract.signatories.all():
        checked = checks.get(each.pk)
        faults = checked.words(lang) if checked else []
        found.append({"who": each, "checked": checked, "faults": faults})
    return found


def possible_signatories(city: City) -> list[User]:
    """People who hold the role of signatory in the city today."""
    held = city.memberships.filter(held_on(today()), role="signatory", person__is_active=True)
    own = [each.person for each in held.select_related("person") if each.person]
    bodies = city.memberships.filter(
        held_on(today()), role="signatory", organisation__isnull=False
    ).values_list("organisation", flat=True)
    more = User.objects.filter(organisation__in=list(bodies), is_active=True)
    return sorted({*own, *more}, key=lambda each: (str(each), each.pk))


def _not_asked(contract: SealedContract) -> list[User]:
    asked = set(contract.signatories.values_list("person", flat=True))
    return [each for each in possible_signatories(contract.city) if each.pk not in asked]
