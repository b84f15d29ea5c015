"""What waits on a desk from source files: a yes or no, or columns that nobody has named yet."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.evidence.rules import may_decide, may_hand_in
from vatra.web.people.models import User
from vatra.web.workspace.steps import Waiting
from vatra.words import Language, say

# Who handed a file in is asked about these; who decides, about those that are ready.
_OWN = ("mapping", "failed")
_MOST = 20


def waiting(person: User, city: City, lang: Language) -> list[Waiting]:
    """Files to decide about, and own files that cannot go on alone."""
    found: list[Upload] = []
    if may_decide.allows(person, city):
        found += Upload.objects.filter(city=city, state="ready", error_count=0)[:_MOST]
    if may_hand_in.allows(person, city):
        stuck = Q(state__in=_OWN) | Q(state="ready", error_count__gt=0)
        found += Upload.objects.filter(stuck, city=city, by=person)[:_MOST]
    return [
        Waiting(
            say(f"web.evidence.waits-{_word(each)}", lang, name=each.name),
            reverse("evidence:upload", args=[lang, city.slug, each.pk]),
            each.at,
        )
        for each in found
    ]


def _word(upload: Upload) -> str:
    return "faulty" if upload.state == "ready" and upload.error_count else upload.state
