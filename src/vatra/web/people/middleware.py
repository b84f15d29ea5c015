"""What is done to every request for people's sake: its language kept, doors, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from vatra.web.base.errors import Choice
from vatra.web.base.language import language_of
from vatra.web.base.views import error_page, written
from vatra.web.cities.queries import unknown_city
from vatra.web.people.errors import Refused
from vatra.web.people.holding import PROVED_BY_PROVIDER, SEEN
from vatra.web.people.queries import actor_of, may_enter
from vatra.web.people.way_back import asking_back
from vatra.words import say

Handler = Callable[[HttpRequest], HttpResponse]
BARE = "/account/"
WORK = "/work/"


def keep_language(get_response: Handler) -> Handler:
    """allauth sends people on to addresses without a language: they go on in theirs."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        to = response.get("Location", "")
        if urlsplit(to).netloc == "" and to.startswith(BARE):
            response["Location"] = f"/{language_of(request)}{to}"
        return response

    return handle


def roles_once(get_response: Handler) -> Handler:
    """A page that is read asks many times what its reader may: the database says it once."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        mark = SEEN.set({})
        try:
            return get_response(request)
        finally:
            SEEN.reset(mark)

    return handle


def provider_proof(get_response: Handler) -> Handler:
    """The person of a session knows whether the identity provider asked for several proofs."""

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.IDENTITY_PROVIDER and settings.SESSION_COOKIE_NAME in request.COOKIES:
            known = request.user
            request.user = SimpleLazyObject(  # type: ignore[assignment]
                lambda: _proved(request, known)
            )
        return get_response(request)

    return handle


def _proved(request: HttpRequest, known: Any) -> Any:
    if known.is_authenticated and request.session.get(PROVED_BY_PROVIDER) == known.pk:
        setattr(known, PROVED_BY_PROVIDER, True)
    # The person itself: rules ask for its class.
    return getattr(known, "_wrapped", known)


class CityDoor:
    """Every address of a city passes here, whichever app answers it: members only means all."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug = kwargs.get("slug")
        if slug and not may_enter(actor_of(request), slug):
            if WORK in request.path_info and not actor_of(request).is_authenticated:
                # As for a city that is not shown, or not there: members sign in first.
                return to_sign_in(request)
            raise unknown_city(slug, language_of(request))
        return None


class SayRefused:
    """Turns ``Refused`` into the page to sign in, or into one that says why and what next."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refused):
            return None
        lang = language_of(request)
        if not actor_of(request).is_authenticated:
            return to_sign_in(request)
        choices = []
        if problem.key == "web.people.must-prove-twice":
            url = asking_back(reverse("people:security", args=[lang]), _asked_from(request))
            choices = [Choice(say("web.people.set-up-factor", lang), url)]
        return error_page(request, 403, "forbidden", problem.message(lang), choices)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in, which leads back to where the person wanted to go."""
    lang = language_of(request)
    where = reverse("people:login", args=[lang])
    is_part = "HX-Request" in request.headers
    back = _asked_from(request)
    to = f"{where}?{urlencode({'next': back})}" if back else where
    if is_part:
        # A part of a page: the whole page goes there, the part is no place for it.
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    if written(request):
        exist = [Choice(say("web.base.sign-in", lang), to)]
        return error_page(request, 403, "signed-out", choices=exist)
    return redirect(to)


def _asked_from(request: HttpRequest) -> str:
    """The page that was asked for, or the one that a form or a part was asked from."""
    is_page = request.method in ("GET", "HEAD") and "HX-Request" not in request.headers
    return request.get_full_path() if is_page else _page_of(request)


def _page_of(request: HttpRequest) -> str:
    """The page that a form was sent from, if it is one of ours."""
    said = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return said._replace(scheme="", netloc="").geturl() if said.netloc == request.get_host() else ""
