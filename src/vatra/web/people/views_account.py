"""Pages of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.web.base.errors import NotHere
from vatra.web.people.actions import do_change_account, do_end_membership, do_erase_account
from vatra.web.people.errors import Refused
from vatra.web.people.export import personal_data
from vatra.web.people.forms import AccountForm, EraseForm
from vatra.web.people.holding import has_second_factor, memberships_of
from vatra.web.people.models import Membership, User
from vatra.web.people.organisations import managed_by
from vatra.web.people.queries import actor_of, every_city
from vatra.web.people.roles import STAFF
from vatra.web.people.way_back import forget
from vatra.words import Language

SEND = ["GET", "HEAD", "POST"]
# What a page may say was done; any other word of an address says nothing.
DONE = ("account", "password", "joined", "sessions", "erased", "left", "left-organisation")


def signed_in(request: HttpRequest) -> User:
    """The person; who has not signed in is led to the page to do so."""
    actor = actor_of(request)
    if not isinstance(actor, User):
        raise Refused("web.people.must-sign-in")
    return actor


def done(request: HttpRequest) -> str:
    """The key of what was done just now."""
    word = request.GET.get("done", "")
    return f"web.people.done-{word}" if word in DONE else ""


@never_cache
@require_http_methods(SEND)
def account(request: HttpRequest, lang: Language) -> HttpResponse:
    """Who I am here: name, language, roles, locks, sessions, my data."""
    person = signed_in(request)
    forget(request)
    form = AccountForm(request.POST or None, initial=_initial(person))
    if request.method == "POST" and form.is_valid():
        do_change_account(person=person, **form.cleaned_data)
        return redirect(reverse("people:account", args=[person.language]) + "?done=account")
    held = list(memberships_of(person))
    content = {
        "form": form,
        "held": held,
        "administered": {each.city_id for each in held if each.role == "administrator"},
        "all_cities": every_city() if person.is_installation_administrator else [],
        "manages": managed_by(person).exists() or person.is_installation_administrator,
        "is_proved": has_second_factor(person),
        "must_prove": _must_prove(person, held),
        "session_count": len(UserSession.objects.purge_and_list(person)),
        "done": done(request),
    }
    return render(request, "people/account.html", content, status=422 if form.errors else 200)


def _initial(person: User) -> dict[str, Any]:
    return {"name": person.name, "language": person.language}


def _must_prove(person: User, held: list[Membership]) -> bool:
    return person.is_installation_administrator or any(each.role in STAFF for each in held)


@never_cache
@require_http_methods(SEND)
def sessions(request: HttpRequest, lang: Language) -> HttpResponse:
    """Where I am signed in; the button ends all but this one."""
    person = signed_in(request)
    found = UserSession.objects.purge_and_list(person)
    if request.method == "POST":
        for each in found:
            if not each.is_current():
                each.end()
        return redirect(reverse("people:account", args=[lang]) + "?done=sessions")
    content = {"sessions": [(each, each.is_current()) for each in found]}
    return render(request, "people/sessions.html", content)


@never_cache
@require_POST
def leave(request: HttpRequest, lang: Language, pk: int) -> HttpResponse:
    """Give back a role of mine; the last administrator of a city cannot."""
    person = signed_in(request)
    held = Membership.objects.select_related("city").filter(pk=pk, person=person).first()
    if held is None:
        raise NotHere("web.people.role-unknown")
    do_end_membership(membership=held, actor=person)
    return redirect(reverse("people:account", args=[lang]) + "?done=left")


@never_cache
@require_safe
def data(request: HttpRequest, lang: Language) -> HttpResponse:
    """All that is kept about me, as a file."""
    person = signed_in(request)
    response = JsonResponse(
        personal_data(person), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="vatra-account.json"'
    return response


@never_cache
@require_http_methods(SEND)
def erase(request: HttpRequest, lang: Language) -> HttpResponse:
    """Delete my account, after its address was typed once more."""
    person = signed_in(request)
    form = EraseForm(request.POST if request.method == "POST" else None, expected=person.email)
    if request.method == "POST" and form.is_valid():
        do_erase_account(person=person)
        logout(request)
        return redirect(reverse("people:login", args=[lang]) + "?done=erased")
    return render(request, "people/erase.html", {"form": form}, status=422 if form.errors else 200)
