"""The door of the API to a city, and whether what the caller holds of it is still fresh."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

import vatra
from vatra.web.api.asked import Asked, CityAsked
from vatra.web.api.gate import caller_of
from vatra.web.api.models import Token
from vatra.web.api.problems import Problem
from vatra.web.cities.models import City
from vatra.web.cities.queries import unknown_city
from vatra.web.cities.standing import shown_edition, withdrawal_of
from vatra.web.cities.taken import headers_of
from vatra.web.contracts.models import ContractEdition
from vatra.web.people.holding import today
from vatra.web.people.queries import access_city
from vatra.web.people.rules import Actor
from vatra.web.workspace.packs import computed
from vatra.web.workspace.queries import access_work, head_of
from vatra.words import Language


class Fresh(Exception):
    """The caller holds this already: 304."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__("304")


class Unknown(Exception):
    """Names in an address that it does not know, or that stand there twice."""

    def __init__(self, errors: list[dict[str, object]]) -> None:
        self.errors = errors
        super().__init__("422")


def unknown_names(request: HttpRequest, known: frozenset[str]) -> list[dict[str, object]]:
    """What of the address's names is misspelt or stands there twice."""
    unknown = [_error(name, "unknown") for name in request.GET if name not in known]
    twice = [_error(name, "twice") for name in request.GET if len(request.GET.getlist(name)) > 1]
    return [*unknown, *twice]


def check_names(request: HttpRequest, asked: Asked) -> None:
    """A filter that is misspelt must not answer with everything."""
    found = unknown_names(request, frozenset(type(asked).model_fields))
    if found:
        raise Unknown(found)


def _error(name: str, kind: str) -> dict[str, object]:
    return {"loc": ("query", name[:80]), "type": kind}


def enter(request: HttpRequest, slug: str, asked: CityAsked) -> City:
    """The city of an address as it was asked for.

    Its published state, or with ``of=draft`` the newest version of its work, for a member's token
    with the scope ``work``. Raises ``NotHere``, ``Refused``, ``Problem``, or ``Fresh`` when the
    caller holds the answer already.
    """
    check_names(request, asked)
    if asked.of == "draft":
        city = draft_of(request, slug, asked.lang)
    else:
        city = access_city(actor_for(request, slug), slug, asked.lang)
        if not city.run_id:
            raise unknown_city(slug, asked.lang)
    check_fresh(request, city, asked.lang)
    return city


def actor_for(request: HttpRequest, slug: str) -> Actor:
    """Who asks for a city: a token of one city is nobody's in another."""
    token: Token | None = getattr(request, "token", None)
    if token is not None and token.city is not None and token.city.slug != slug:
        return AnonymousUser()
    return caller_of(request)


def work_of(request: HttpRequest, slug: str, lang: Language) -> City:
    """The city for who may read its work; a token must have been made for that."""
    token: Token | None = getattr(request, "token", None)
    city = access_work(actor_for(request, slug), slug, lang)
    if token is not None and not token.has_scope("work"):
        raise Problem(403, "web.api.scope-needed")
    return city


def draft_of(request: HttpRequest, slug: str, lang: Language) -> City:
    """The city as its newest version would show it; never to be saved."""
    city = work_of(request, slug, lang)
    head = head_of(city)
    if head is None:
        raise Problem(404, "web.api.no-draft", city=city.name)
    draft = computed(head)
    if draft.folder is None or draft.document is None:
        raise Problem(409, "web.api.draft-faults", city=city.name)
    about = draft.document["city"]
    city.folder, city.run_id = str(draft.folder), draft.run_id
    city.name, city.synthetic = about["name"], bool(about["synthetic"])
    city.base_year, city.target_year = about["base_year"], about["target_year"]
    return city


def check_fresh(request: HttpRequest, city: City, lang: Language) -> None:
    """Note the tag of the answer on the request, and that the city took its figures back where it
    did, or raise ``Fresh``.

    An answer follows from the sealed contract and the pack beside it, which edition that is and
    whether the city stands by it, the version of Vatra, the address and, where prices hold by the
    day, the day.
    """
    gone = withdrawal_of(city)
    ended = gone.on.isoformat() if gone else ""
    # Terms of use and outlines of buildings are under no seal: folders tell packs apart.
    shown = (city.folder, city.run_id, str(shown_edition(city)), ended)
    parts = (*shown, vatra.__version__, str(today()), request.get_full_path())
    held = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    etag = f'"{held}"'
    changed = changed_at(city)
    last = int(changed.timestamp()) if changed else None
    marks = headers_of(gone, lang)
    request.tags = {"ETag": etag, **marks}  # type: ignore[attr-defined]
    if last is not None:
        request.tags["Last-Modified"] = http_date(last)  # type: ignore[attr-defined]
    # Only the tag decides: what was computed anew by a newer Vatra has the date of the contract.
    answer = get_conditional_response(request, etag=etag, last_modified=None)
    if answer is not None and answer.status_code == 304:
        raise Fresh(answer)


def changed_at(city: City) -> datetime | None:
    """When the contract that is shown was first shown."""
    found = ContractEdition.objects.filter(city_id=city.pk, seal=city.run_id).first()
    return found.shown_since if found else None
