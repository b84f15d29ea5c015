"""Pages of organisations: for who runs the installation, and for their own managers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vatra.web.base.addresses import absolute
from vatra.web.base.errors import NotHere
from vatra.web.people.actions_invite import VALID_DAYS
from vatra.web.people.actions_organisation import (
    do_change_organisation,
    do_invite_to_organisation,
    do_leave_organisation,
    do_make_organisation,
    do_revoke_joining,
    do_set_manager,
)
from vatra.web.people.errors import Refused
from vatra.web.people.forms import JoiningForm, OrganisationForm
from vatra.web.people.mail import goes_to_folder, send
from vatra.web.people.models import Organisation, User
from vatra.web.people.organisations import access_organisation, joining, managed_by
from vatra.web.people.queries import person_of
from vatra.web.people.rules import may_run_installation
from vatra.web.people.views_account import SEND, signed_in
from vatra.words import Language, language

DONE = ("organisation", "invited", "revoked", "removed", "managed")


@never_cache
@require_http_methods(SEND)
def organisations(request: HttpRequest, lang: Language) -> HttpResponse:
    """The organisations that I manage; who runs the installation makes another."""
    person = signed_in(request)
    known = list(managed_by(person))
    if request.method == "POST" or not known:
        _need_runner(person)
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = do_make_organisation(name=given["title"], kind=given["kind"], actor=person)
            return _back(lang, made, "organisation")
        except Refused as refused:
            problem = refused.message(lang)
    content = {"organisations": known, "form": form, "problem": problem}
    status = 422 if form.errors or problem else 200
    return render(request, "people/organisations.html", content, status=status)


@never_cache
@require_http_methods(SEND)
def organisation(request: HttpRequest, lang: Language, pk: int) -> HttpResponse:
    """One of them: its people, who is invited; the form changes its name."""
    person = signed_in(request)
    found = access_organisation(person, pk)
    if request.method != "POST":
        return _page(request, lang, found, person)
    _need_runner(person)
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _page(request, lang, found, person, form=form, status=422)
    given = form.cleaned_data
    try:
        do_change_organisation(
            organisation=found, name=given["title"], kind=given["kind"], actor=person
        )
    except Refused as refused:
        found.refresh_from_db()
        said = refused.message(lang)
        return _page(request, lang, found, person, form=form, problem=said, status=422)
    return _back(lang, found, "organisation")


@never_cache
@require_POST
def invite(request: HttpRequest, lang: Language, pk: int) -> HttpResponse:
    """Invite somebody to join."""
    person = signed_in(request)
    found = access_organisation(person, pk)
    form = JoiningForm(request.POST)
    if not form.is_valid():
        return _page(request, lang, found, person, invite_form=form, status=422)
    email = form.cleaned_data["email"]
    known = person_of(email)
    to_lang = language(known.language) if known else lang
    try:
        made, token = do_invite_to_organisation(
            organisation=found,
            email=email,
            as_manager=form.cleaned_data["part"] == "manager",
            actor=person,
            lang=to_lang,
        )
    except Refused as refused:
        said = refused.message(lang)
        return _page(request, lang, found, person, invite_form=form, problem=said, status=422)
    url = absolute(request, reverse("people:invitation", args=[to_lang, token]))
    send(
        "join",
        to_lang,
        made.email,
        who=str(person),
        organisation=found.name,
        days=VALID_DAYS,
        url=url,
    )
    return _back(lang, found, "invited")


@never_cache
@require_POST
def revoke(request: HttpRequest, lang: Language, pk: int, invited: int) -> HttpResponse:
    """Take an invitation back."""
    person = signed_in(request)
    found = access_organisation(person, pk)
    offer = joining(found).filter(pk=invited).first()
    if offer is None:
        raise NotHere("web.people.invitation-unknown")
    do_revoke_joining(invitation=offer, actor=person)
    return _back(lang, found, "revoked")


@never_cache
@require_POST
def manager(request: HttpRequest, lang: Language, pk: int, who: int) -> HttpResponse:
    """Let somebody manage the organisation's people, or no longer."""
    person = signed_in(request)
    found = access_organisation(person, pk)
    do_set_manager(
        person=_one(found, who), manages=request.POST.get("manages") == "on", actor=person
    )
    return _back(lang, found, "managed")


@never_cache
@require_POST
def remove(request: HttpRequest, lang: Language, pk: int, who: int) -> HttpResponse:
    """Take somebody out of the organisation."""
    person = signed_in(request)
    found = access_organisation(person, pk)
    one = _one(found, who)
    do_leave_organisation(person=one, actor=person)
    if one.pk == person.pk and not person.is_installation_administrator:
        return redirect("people:account", lang)
    return _back(lang, found, "removed")


@never_cache
@require_POST
def leave(request: HttpRequest, lang: Language) -> HttpResponse:
    """Go out of my organisation, and of the roles that cities gave it."""
    person = signed_in(request)
    do_leave_organisation(person=person, actor=person)
    return redirect(reverse("people:account", args=[lang]) + "?done=left-organisation")


def _one(found: Organisation, pk: int) -> User:
    one = found.people.filter(pk=pk).first()
    if one is None:
        raise NotHere("web.people.person-unknown")
    return one


def _need_runner(person: User) -> None:
    refusal = may_run_installation.refusal(person)
    if refusal:
        raise Refused(refusal)


def _back(lang: Language, found: Organisation, done: str) -> HttpResponse:
    return redirect(reverse("people:organisation", args=[lang, found.pk]) + f"?done={done}")


def _page(
    request: HttpRequest,
    lang: Language,
    found: Organisation,
    person: User,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    word = request.GET.get("done", "")
    content = {
        "organisation": found,
        "people": found.people.all(),
        "joining": joining(found),
        "roles": found.memberships.select_related("city"),
        "may_rename": may_run_installation.allows(person),
        "form": OrganisationForm(initial={"title": found.name, "kind": found.kind}),
        "invite_form": JoiningForm(),
        "goes_to_folder": goes_to_folder(),
        "done": f"web.people.done-{word}" if word in DONE else "",
    }
    return render(request, "people/organisation.html", content | more, status=status)
