"""Pages of the log: of one city for its administrators, of all for who runs the installation."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vatra.web.base.models import AuditEntry
from vatra.web.base.queries import entries, verify
from vatra.web.cities.models import City
from vatra.web.people import queries, rules
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.views_account import signed_in
from vatra.words import Language

ROWS_A_PAGE = 100
FILTERS = ("actor", "verb", "noun")


@never_cache
@require_safe
def city_log(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What was done in a city, the newest first."""
    person = signed_in(request)
    city = queries.access_members(person, slug, lang, rules.may_read_log)
    return _page(request, city)


@never_cache
@require_safe
def whole_log(request: HttpRequest, lang: Language) -> HttpResponse:
    """What was done in the installation; whether the chain holds is computed when it is asked."""
    person = signed_in(request)
    refusal = rules.may_read_whole_log.refusal(person)
    if refusal:
        raise Refused(refusal)
    return _page(request, None)


def _page(request: HttpRequest, city: City | None) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    found = entries(city=city.slug if city else "", **asked)
    shown = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "city": city,
        "here": "log",
        "rows": _named(list(shown.object_list)),
        "shown": shown,
        "asked": asked,
        "verdict": verify() if "verify" in request.GET else None,
        "choices": {name: _choices(name, city) for name in ("verb", "noun")},
    }
    return render(request, "people/log.html", content)


def _choices(name: str, city: City | None) -> list[str]:
    found = entries(city=city.slug if city else "").order_by(name)
    return list(found.values_list(name, flat=True).distinct())


def _named(rows: list[AuditEntry]) -> list[tuple[AuditEntry, str, str]]:
    """Entries with the people behind the numbers, those that still have an account."""
    words = {word for each in rows for word in (each.actor, each.name)}
    numbers = {
        word: int(word.removeprefix("person-"))
        for word in words
        if word.startswith("person-") and word.removeprefix("person-").isdecimal()
    }
    people = User.objects.in_bulk(set(numbers.values()))
    known = {word: str(people[pk]) for word, pk in numbers.items() if pk in people}
    return [
        (each, known.get(each.actor, each.actor), known.get(each.name, each.name)) for each in rows
    ]
