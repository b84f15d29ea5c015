"""The page on which a person signs, and where signed files are brought."""

from __future__ import annotations

import json
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_lead_city, may_read_work, may_sign_contract
from vatra.web.publication import queries, shown
from vatra.web.publication.actions_sign import (
    SIGNABLE,
    do_decline_signature,
    do_sign_with_file,
    do_sign_with_key,
    do_sign_with_passkey,
    do_sign_with_pdf,
)
from vatra.web.publication.devices import has_passkey, request_options, rp_id
from vatra.web.publication.forms import file_of
from vatra.web.publication.models import SealedContract, Signatory
from vatra.web.publication.statement import Unfit, challenge, read_statement, statement
from vatra.web.publication.views_work import contract_page
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.web.workspace.views import signed_in
from vatra.words import Language, language

SALT = "vatra publication statement"
# How long a statement may lie open before it is signed: its date stands in it.
STATEMENT_SECONDS = 20 * 60
MAX_CREDENTIAL = 64 * 1024
MAX_KEY_BYTES = 256 * 1024
_DO_BRING = may_lead_city, may_sign_contract


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """What is signed in words, and one button; what the device gave back comes here."""
    found, own = _own(request, lang, slug, number)
    if request.method != "POST":
        return _sign_page(request, lang, found, own)
    try:
        said, credential = _given(request)
        do_sign_with_passkey(
            signatory=own,
            statement=said,
            credential=credential,
            rp_id=rp_id(),
            actor=signed_in(request),
        )
    except (Refused, Unfit) as problem:
        return _sign_page(request, lang, found, own, problem.message(lang))
    return redirect("publication:sign", lang, slug, number)


@never_cache
@csrf_protect
@require_POST
def decline(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """Say that one does not sign, and why."""
    found, own = _own(request, lang, slug, number)
    try:
        do_decline_signature(
            signatory=own, reason=request.POST.get("reason", ""), actor=signed_in(request)
        )
    except Refused as problem:
        return _sign_page(request, lang, found, own, problem.message(lang))
    return redirect("publication:sign", lang, slug, number)


@never_cache
@csrf_protect
@require_POST
def bring(request: HttpRequest, lang: Language, slug: str, number: int, pk: int) -> HttpResponse:
    """A PDF or a .p7s that was signed elsewhere."""
    found, signatory = _brought(request, lang, slug, number, pk)
    try:
        content = file_of(request)
        do = do_sign_with_pdf if content.startswith(b"%PDF") else do_sign_with_file
        do(signatory=signatory, content=content, actor=signed_in(request))
    except (Refused, Unfit) as problem:
        return _back(request, lang, found, signatory, problem.message(lang))
    return _done(request, lang, found, signatory)


@sensitive_post_parameters()
@never_cache
@csrf_protect
@require_POST
def key(request: HttpRequest, lang: Language, slug: str, number: int, pk: int) -> HttpResponse:
    """Sign the PDF here with a key file; neither it nor its password is kept."""
    found, signatory = _brought(request, lang, slug, number, pk)
    try:
        do_sign_with_key(
            signatory=signatory,
            pkcs12=file_of(request, "key", MAX_KEY_BYTES),
            password=request.POST.get("password", ""),
            lang=lang,
            actor=signed_in(request),
        )
    except (Refused, Unfit) as problem:
        return _back(request, lang, found, signatory, problem.message(lang))
    return _done(request, lang, found, signatory)


def _own(
    request: HttpRequest, lang: Language, slug: str, number: int
) -> tuple[SealedContract, Signatory]:
    city = access_work(actor_of(request), slug, lang, may_sign_contract)
    found = queries.contract_of(city, number)
    own = queries.asked_of(found, signed_in(request))
    if own is None or not found.folder:
        raise Refused("web.publication.not-asked")
    return found, own


def _brought(
    request: HttpRequest, lang: Language, slug: str, number: int, pk: int
) -> tuple[SealedContract, Signatory]:
    """Who may bring a file is checked by the action; here, that the person works for the city."""
    actor = signed_in(request)
    city = access_work(actor, slug, lang, may_read_work)
    if not any(each.allows(actor, city) for each in _DO_BRING):
        access_work(actor, slug, lang, may_lead_city)
    found = queries.contract_of(city, number)
    signatory = queries.signatory_of(found, pk)
    is_own = signatory.person_id == actor.pk
    if not is_own and (signatory.person_id or not may_lead_city.allows(actor, city)):
        raise Refused("web.publication.not-asked")
    return found, signatory


def _given(request: HttpRequest) -> tuple[dict[str, str], Any]:
    """The statement that the page showed, and the answer of the device."""
    try:
        said = signing.loads(
            request.POST.get("statement", ""), salt=SALT, max_age=STATEMENT_SECONDS
        )
        text = request.POST.get("credential", "")
        if len(text) > MAX_CREDENTIAL:
            raise Unfit("passkey-unfit")
        return read_statement(said), json.loads(text)
    except signing.SignatureExpired as problem:
        raise Unfit("statement-too-old") from problem
    except (signing.BadSignature, ValueError, RecursionError) as problem:
        if isinstance(problem, Unfit):
            raise
        raise Unfit("passkey-unfit") from problem


def _sign_page(
    request: HttpRequest,
    lang: Language,
    contract: SealedContract,
    own: Signatory,
    problem: str = "",
) -> HttpResponse:
    person: User = signed_in(request)
    said = statement(
        seal=contract.seal,
        city=contract.city.name,
        name=own.name,
        office=own.office,
        organisation=own.organisation,
        at=timezone.now(),
        lang=language(lang),
    )
    is_open = contract.state in SIGNABLE and own.state != "signed"
    with_key = is_open and has_passkey(person)
    content = {
        "contract": contract,
        "own": own,
        "is_open": is_open,
        "says": shown.in_words(queries.document_of(contract), lang),
        "pdf": shown.pdf_of(contract, lang),
        "statement": said,
        "token": signing.dumps(said, salt=SALT),
        "options": request_options(person, challenge(said)) if with_key else None,
        "problem": problem,
    }
    return work_page(
        request,
        lang,
        contract.city,
        "publication/sign.html",
        content,
        tab="publish",
        status=422 if problem else 200,
    )


def _back(
    request: HttpRequest,
    lang: Language,
    contract: SealedContract,
    signatory: Signatory,
    problem: str,
) -> HttpResponse:
    if signatory.person_id == signed_in(request).pk:
        return _sign_page(request, lang, contract, signatory, problem)
    return contract_page(request, lang, contract, problem, status=422)


def _done(
    request: HttpRequest, lang: Language, contract: SealedContract, signatory: Signatory
) -> HttpResponse:
    is_own = signatory.person_id == signed_in(request).pk
    page = "publication:sign" if is_own else "publication:contract"
    return redirect(page, lang, contract.city.slug, contract.number)
