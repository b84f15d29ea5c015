"""The page behind the link of an invitation."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vatra.web.people.actions_invite import do_accept_invitation, open_invitations
from vatra.web.people.forms import AcceptForm, JoinForm
from vatra.web.people.models import Invitation, User
from vatra.web.people.queries import actor_of, person_of
from vatra.web.people.tokens import hash_of
from vatra.web.people.views_account import SEND
from vatra.words import Language


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(SEND)
def accept(request: HttpRequest, lang: Language, token: str) -> HttpResponse:
    """Accept an invitation: with the account one has, else with a new one."""
    found = (
        open_invitations()
        .select_related("city", "organisation")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if found is None:
        return render(request, "people/invitation_over.html", status=404)
    actor = actor_of(request)
    if isinstance(actor, User):
        return _join(request, lang, token, found, actor)
    if person_of(found.email) is not None:
        url = reverse("people:invitation", args=[lang, token])
        return redirect(f"{reverse('people:login', args=[lang])}?next={url}")
    return _sign_up(request, lang, token, found)


def _join(
    request: HttpRequest, lang: Language, token: str, found: Invitation, person: User
) -> HttpResponse:
    content = {"invitation": found, "form": JoinForm(), "another": person.email != found.email}
    if request.method != "POST":
        return render(request, "people/invitation.html", content)
    do_accept_invitation(token=token, person=person)
    return redirect(reverse("people:account", args=[lang]) + "?done=joined")


def _sign_up(request: HttpRequest, lang: Language, token: str, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST if request.method == "POST" else None, email=found.email)
    if request.method == "POST" and form.is_valid():
        person = do_accept_invitation(
            token=token, name=form.cleaned_data["name"], password=form.cleaned_data["password1"]
        )
        where = reverse("people:account", args=[lang]) + "?done=joined"
        response: HttpResponse = perform_login(request, Login(user=person, redirect_url=where))
        return response
    content = {"invitation": found, "form": form}
    return render(request, "people/invitation.html", content, status=422 if form.errors else 200)
