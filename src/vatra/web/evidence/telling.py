"""Beside a source row of a number: the file, line and person it came from, for members."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from vatra.web.base.language import language_of
from vatra.web.base.moments import day_words
from vatra.web.cities.models import City
from vatra.web.cities.origins import Told
from vatra.web.evidence.lineage import Lineage, all_lineages
from vatra.web.evidence.rules import may_see
from vatra.web.people.queries import actor_of
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import workspace_of
from vatra.words import Language, say


def tell(request: HttpRequest, city: City, file: str) -> Mapping[int, Told]:
    """Line -> where its row came from; nothing for who does not work in the city."""
    if not may_see.allows(actor_of(request), city):
        return {}
    version = _shown(request, city)
    if version is None:
        return {}
    lang = language_of(request)
    found = all_lineages(city, file, version)
    return {line: _told(each, city, lang) for line, each in found.items()}


def _shown(request: HttpRequest, city: City) -> Version | None:
    """The version behind the pages: the draft where one is shown, else the published one."""
    number = getattr(request, "draft_number", None)
    if number is not None:
        return Version.objects.filter(city=city, number=number).first()
    workspace = workspace_of(city)
    return workspace.published if workspace else None


def _told(found: Lineage, city: City, lang: Language) -> Told:
    day = day_words(found.at, lang)
    name = str(found.person) if found.person else say("web.evidence.person-gone", lang)
    words = say(
        "web.evidence.row-from", lang, file=found.upload.name, line=found.line, name=name, day=day
    )
    return Told(words, reverse("evidence:upload", args=[lang, city.slug, found.upload.pk]))
