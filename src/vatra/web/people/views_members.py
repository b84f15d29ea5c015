"""Pages of a city's people: the list, and what its administrators do with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vatra.web.base.addresses import absolute
from vatra.web.base.errors import NotHere
from vatra.web.cities.models import City
from vatra.web.people import queries, rules
from vatra.web.people.actions import (
    do_change_role,
    do_delegate_role,
    do_end_membership,
    do_set_door,
)
from vatra.web.people.actions_invite import VALID_DAYS, do_invite_member, do_revoke_invitation
from vatra.web.people.errors import Refused
from vatra.web.people.forms import DelegateForm, DoorForm, InviteForm, RoleForm
from vatra.web.people.holding import has_second_factor, today
from vatra.web.people.mail import goes_to_folder, send
from vatra.web.people.models import Invitation, Membership, User
from vatra.web.people.roles import ROLES, role_of
from vatra.web.people.views_account import SEND, signed_in
from vatra.words import Language, language, say

DONE = ("invited", "revoked", "changed", "ended", "delegated", "opened", "closed")


@never_cache
@require_http_methods(SEND)
def members(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Who works in a city and as what; the form invites somebody."""
    person = signed_in(request)
    rule = rules.may_manage_members if request.method == "POST" else rules.may_see_members
    city = queries.access_members(person, slug, lang, rule)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, lang, city, person, form)
    return _page(request, lang, city, invite_form=form, status=422 if form.errors else 200)


@never_cache
@require_POST
def role(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    person, city = _administrator(request, lang, slug)
    held = _membership(city, pk, lang)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, lang, city, status=422)
    do_change_role(membership=held, role=role_of(form.cleaned_data["role"]), actor=person)
    return _back(lang, city, "changed")


@never_cache
@require_POST
def end(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """End a member's role."""
    person, city = _administrator(request, lang, slug)
    held = _membership(city, pk, lang)
    do_end_membership(membership=held, actor=person)
    if held.person_id == person.pk:
        return redirect("people:account", lang)
    return _back(lang, city, "ended")


@never_cache
@require_POST
def revoke(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Take back an invitation."""
    person, city = _administrator(request, lang, slug)
    found = Invitation.objects.filter(city=city, pk=pk).first()
    if found is None:
        raise NotHere("web.people.invitation-unknown")
    do_revoke_invitation(invitation=found, actor=person)
    return _back(lang, city, "revoked")


@never_cache
@require_POST
def delegate(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Give a role to all people of an organisation that is known here."""
    person, city = _administrator(request, lang, slug)
    form = DelegateForm(request.POST)
    if not form.is_valid():
        return _page(request, lang, city, delegate_form=form, status=422)
    given = form.cleaned_data
    do_delegate_role(
        city=city,
        organisation=given["organisation"],
        role=role_of(given["role"]),
        until=given["until"],
        actor=person,
    )
    return _back(lang, city, "delegated")


@never_cache
@require_POST
def door(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Show the city's pages to everybody, or to its members only."""
    person, city = _administrator(request, lang, slug)
    form = DoorForm(request.POST)
    closed = form.is_valid() and form.cleaned_data["members_only"]
    do_set_door(city=city, members_only=closed, actor=person)
    return _back(lang, city, "closed" if closed else "opened")


def _administrator(request: HttpRequest, lang: Language, slug: str) -> tuple[User, City]:
    person = signed_in(request)
    return person, queries.access_members(person, slug, lang, rules.may_manage_members)


def _membership(city: City, pk: int, lang: Language) -> Membership:
    found = queries.members(city).filter(pk=pk).first()
    if found is None:
        raise NotHere("web.people.role-unknown")
    return found


def _invite(
    request: HttpRequest, lang: Language, city: City, person: User, form: InviteForm
) -> HttpResponse:
    given = form.cleaned_data
    known = queries.person_of(given["email"])
    to_lang = language(known.language) if known else lang
    try:
        made, token = do_invite_member(
            city=city,
            email=given["email"],
            role=role_of(given["role"]),
            until=given["until"],
            actor=person,
            lang=to_lang,
        )
    except Refused as refused:
        if refused.key != "web.people.is-member":
            raise
        return _page(
            request, lang, city, invite_form=form, problem=refused.message(lang), status=422
        )
    url = absolute(request, reverse("people:invitation", args=[to_lang, token]))
    _write(made, city, person, url)
    return _back(lang, city, "invited")


def _write(made: Invitation, city: City, person: User, url: str) -> None:
    lang = language(made.language)
    role_word = say(f"web.people.role-{made.role}", lang)
    send(
        "invite",
        lang,
        made.email,
        who=str(person),
        city=city.name,
        role=role_word,
        days=VALID_DAYS,
        url=url,
    )


def _back(lang: Language, city: City, done: str) -> HttpResponse:
    return redirect(reverse("people:members", args=[lang, city.slug]) + f"?done={done}")


def _page(
    request: HttpRequest, lang: Language, city: City, status: int = 200, **more: Any
) -> HttpResponse:
    person, day = queries.actor_of(request), today()
    held = list(queries.members(city))
    word = request.GET.get("done", "")
    done = f"web.people.done-{word}" if word in DONE else ""
    if word == "invited" and goes_to_folder():
        done = "web.people.done-invited-folder"
    content = {
        "city": city,
        "here": "members",
        "present": [each for each in held if each.until is None or each.until >= day],
        "past": [each for each in held if each.until is not None and each.until < day],
        "invitations": queries.invitations(city),
        "invite_form": InviteForm(),
        "delegate_form": DelegateForm(),
        "roles": ROLES,
        "members_only": queries.is_closed(city),
        "may_write": has_second_factor(person),
        "goes_to_folder": goes_to_folder(),
        "done": done,
    }
    return render(request, "people/members.html", content | more, status=status)
