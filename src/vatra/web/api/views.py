"""Pages about data for programs: the description of the API, a city's open data, tokens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.web.api.actions import do_make_token, do_revoke_token
from vatra.web.api.datasets import datasets
from vatra.web.api.forms import TokenForm
from vatra.web.api.models import Token
from vatra.web.api.routes.cities import licence_of
from vatra.web.api.schema import described
from vatra.web.api.schema_page import groups
from vatra.web.api.v1 import BASE, api
from vatra.web.base.errors import NotHere
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.views import city_page
from vatra.web.people.errors import Refused
from vatra.web.people.holding import memberships_of, today
from vatra.web.people.views_account import signed_in
from vatra.words import Language

SEND = ["GET", "HEAD", "POST"]


@require_safe
def docs(request: HttpRequest, lang: Language) -> HttpResponse:
    """What programs may ask, in words."""
    content = {
        "groups": groups(described(api, BASE, lang), lang),
        "visitors": settings.API_LIMIT_A_MINUTE,
        "tokens": settings.API_TOKEN_LIMIT_A_MINUTE,
    }
    return render(request, "api/docs.html", content)


@require_safe
def data(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Open data of a city: what there is, in which forms, under which terms."""
    city = access_city(PUBLIC, slug, lang)
    content = {"datasets": datasets(city, lang), "licence": licence_of(city)}
    return city_page(request, lang, city, "api/data.html", content)


@never_cache
@require_http_methods(SEND)
def tokens(request: HttpRequest, lang: Language) -> HttpResponse:
    """My tokens, and a new one; its text is shown in the answer to the form and nowhere else."""
    person = signed_in(request)
    cities = [each.city for each in memberships_of(person).order_by("city__name")]
    form = TokenForm(request.POST if request.method == "POST" else None, cities=cities)
    content: dict[str, Any] = {"form": form, "written": "", "refusal": ""}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _, written = do_make_token(actor=person, **form.values)
                content |= {"written": str(written), "form": TokenForm(cities=cities)}
                status = 200
            except Refused as problem:
                content["refusal"] = problem.message(lang)
    content |= {
        "tokens": Token.objects.filter(person=person).select_related("city"),
        "today": today(),
        "done": request.GET.get("done") == "revoked",
    }
    return render(request, "api/tokens.html", content, status=status)


@never_cache
@require_POST
def revoke(request: HttpRequest, lang: Language, pk: int) -> HttpResponse:
    """Take back a token of mine."""
    person = signed_in(request)
    found = Token.objects.filter(pk=pk, person=person).select_related("city").first()
    if found is None:
        raise NotHere("web.api.token-unknown")
    do_revoke_token(token=found, actor=person)
    return redirect(reverse("api:tokens", args=[lang]) + "?done=revoked")
