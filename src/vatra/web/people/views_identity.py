"""Signing in with the city's identity provider: the way there, and the way back."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.views import error_page
from vatra.web.people.actions_identity import do_enter_by_identity
from vatra.web.people.errors import Refused
from vatra.web.people.holding import PROVED_BY_PROVIDER
from vatra.web.people.provider import ID, CityAdapter, CityProvider, configured
from vatra.web.people.tokens_oidc import Claims, NotBelieved
from vatra.web.people.views_account import SEND
from vatra.words import Language, say

LONGEST_CODE = 2000


@never_cache
@require_http_methods(SEND)
def begin(request: HttpRequest, lang: Language) -> HttpResponse:
    """Lead to the provider. A page in between, because our forms may lead nowhere else."""
    known = configured()
    if known is None:
        raise NotHere("web.people.oidc-none")
    if request.method != "POST":
        return redirect("people:login", lang)
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if limited is not None:
        return limited
    next_url = request.POST.get("next", "")
    safe = next_url if next_url and get_adapter().is_safe_url(next_url) else None
    try:
        url = CityProvider.of(request).begin(request, safe)
    except (OAuth2Error, RequestException, ValueError):
        return _failed(request, lang, 503, "oidc-away")
    return render(request, "people/oidc.html", {"url": url, "name": known.name})


@never_cache
@require_safe
def back(request: HttpRequest, lang: Language) -> HttpResponse:
    """Come back from the provider; what it signed decides who is signed in."""
    if configured() is None:
        raise NotHere("web.people.oidc-none")
    state = statekit.unstash_state(
        request, provider_id=ID, state_id=request.GET.get("state", "")[:100]
    )
    code = request.GET.get("code", "")[:LONGEST_CODE]
    if state is None or not code or "error" in request.GET:
        return _failed(request, lang, 403, "oidc-failed")
    try:
        claims = CityAdapter(request).claims(code, state)
    except RequestException:
        return _failed(request, lang, 503, "oidc-away")
    except (OAuth2Error, NotBelieved, ValueError):
        return _failed(request, lang, 403, "oidc-failed")
    try:
        return _enter(request, claims, state)
    except Refused as refused:
        # Not by the middleware: it would lead a visitor to the page to sign in, without a word.
        return _failed(request, lang, 403, refused.key.removeprefix("web.people."))


def _enter(request: HttpRequest, claims: Claims, state: dict[str, Any]) -> HttpResponse:
    person = do_enter_by_identity(claims=claims)
    if claims.is_multi_factor:
        # For this request the lock is open; the session remembers it once it is this person's.
        setattr(request, PROVED_BY_PROVIDER, person.pk)
    record_authentication(request, person, "socialaccount", provider=ID)
    response: HttpResponse = perform_login(
        request, Login(user=person, redirect_url=state.get("next"))
    )
    return response


def _failed(request: HttpRequest, lang: Language, status: int, key: str) -> HttpResponse:
    from django.urls import reverse

    again = Choice(say("web.people.login-title", lang), reverse("people:login", args=[lang]))
    return error_page(request, status, "forbidden", say(f"web.people.{key}", lang), [again])
