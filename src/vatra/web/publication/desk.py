"""Sealing, signing and publishing, as the desk tells them."""

from __future__ import annotations

from django.urls import reverse

from vatra.web.cities.models import City
from vatra.web.drafting.queries import approved_review, approved_version
from vatra.web.people.models import User
from vatra.web.people.rules import may_lead_city
from vatra.web.publication.models import OPEN, SealedContract, Signatory
from vatra.web.publication.queries import contracts, in_force
from vatra.web.workspace.models import Version
from vatra.web.workspace.steps import Step, Waiting
from vatra.words import Language, say

_SIGNING = ("sealed", "signing")


def steps(city: City, head: Version, lang: Language) -> list[Step]:
    """Seal and sign what was approved, then show it to everybody."""
    under_way = contracts(city).filter(state__in=OPEN).first()
    shown = in_force(city)
    is_shown = shown is not None and shown.version_digest == head.digest
    return [
        _sign(city, under_way, is_shown, lang),
        _publish(city, under_way, shown, is_shown, lang),
    ]


def _sign(city: City, under_way: SealedContract | None, is_shown: bool, lang: Language) -> Step:
    name, url = say("web.publication.step-sign", lang), _page(city, under_way, lang)
    if is_shown or (under_way is not None and under_way.state == "signed"):
        return Step(80, name, say("web.publication.step-sign-done", lang), url, "done")
    if under_way is not None:
        asked = list(under_way.signatories.all())
        signed = sum(each.state == "signed" for each in asked)
        words = say("web.publication.step-sign-some", lang, count=signed, whole=len(asked))
        return Step(80, name, words, url, "open")
    words = say("web.publication.step-sign-means", lang)
    if approved_version(city) is None:
        why = say("web.publication.step-needs-approval", lang)
        return Step(80, name, words, url, "blocked", why)
    return Step(80, name, words, url, "open")


def _publish(
    city: City,
    under_way: SealedContract | None,
    shown: SealedContract | None,
    is_shown: bool,
    lang: Language,
) -> Step:
    name, url = say("web.publication.step-publish", lang), _page(city, under_way, lang)
    if is_shown and shown is not None:
        words = say("web.publication.step-publish-done", lang, edition=shown.edition)
        return Step(90, name, words, url, "done")
    words = say("web.publication.step-publish-means", lang)
    if under_way is not None and under_way.state == "signed":
        return Step(90, name, words, url, "open")
    why = say("web.publication.step-needs-signatures", lang)
    return Step(90, name, words, url, "blocked", why)


def waiting(person: User, city: City, lang: Language) -> list[Waiting]:
    """Signatures that the person was asked for; for who leads, what to seal and to publish."""
    return [*_to_lead(person, city, lang), *_to_sign(person, city, lang)]


def _to_lead(person: User, city: City, lang: Language) -> list[Waiting]:
    if not may_lead_city.allows(person, city):
        return []
    under_way = contracts(city).filter(state__in=OPEN).first()
    if under_way is not None and under_way.state == "signed":
        return [
            Waiting(
                say("web.publication.waits-publish", lang, number=under_way.number),
                _page(city, under_way, lang),
                under_way.sealed_at,
            )
        ]
    review, shown = approved_review(city), in_force(city)
    if under_way is not None or review is None:
        return []
    if shown is not None and shown.version_digest == review.version.digest:
        return []
    words = say("web.publication.waits-seal", lang, number=review.version.number)
    return [Waiting(words, _page(city, None, lang), review.decided_at)]


def _to_sign(person: User, city: City, lang: Language) -> list[Waiting]:
    found = Signatory.objects.filter(
        person=person, state="asked", contract__city=city, contract__state__in=_SIGNING
    ).select_related("contract")
    return [
        Waiting(
            say("web.publication.waits-signature", lang, office=each.office),
            reverse("publication:sign", args=[lang, city.slug, each.contract.number]),
            each.asked_at,
        )
        for each in found
    ]


def _page(city: City, contract: SealedContract | None, lang: Language) -> str:
    if contract is None:
        return reverse("publication:publish", args=[lang, city.slug])
    return reverse("publication:contract", args=[lang, city.slug, contract.number])
