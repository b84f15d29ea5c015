"""Reads of sealed contracts and editions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse

from vatra.runs.publish import CONTRACT
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.cities.standing import Withdrawal
from vatra.web.people.models import User
from vatra.web.publication import folders
from vatra.web.publication.models import SHOWN, SealedContract, Signatory
from vatra.words import Language

_IN_FORCE_FIRST = ("published", "superseded", "withdrawn", "signed", "signing", "sealed")


def contracts(city: City) -> QuerySet[SealedContract]:
    """Everything that was sealed in a city, the newest first."""
    return SealedContract.objects.filter(city=city).select_related("city", "sealed_by")


def contract_of(city: City, number: int) -> SealedContract:
    """A sealed contract of a city; 404 for a number that there is not."""
    found = contracts(city).filter(number=number).first()
    if found is None:
        raise NotHere("web.publication.contract-unknown", number=str(number)[:20])
    return found


def editions(city: City) -> QuerySet[SealedContract]:
    """What was ever published in a city, the newest first: also what no longer holds."""
    return contracts(city).filter(state__in=SHOWN, edition__isnull=False).order_by("-edition")


def edition_of(city: City, number: int, lang: Language) -> SealedContract:
    """An edition; 404 with those that exist."""
    found = editions(city).filter(edition=number).first()
    if found is None:
        exist = [
            Choice(
                str(each.edition),
                reverse("publication:edition", args=[lang, city.slug, each.edition]),
            )
            for each in editions(city)[:10]
        ]
        raise NotHere("web.publication.edition-unknown", exist, number=str(number)[:20])
    return found


def shown_with_seal(seal: str) -> SealedContract | None:
    """The edition of a seal in a city that everybody may see; the one in force first."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(_IN_FORCE_FIRST)),
        default=Value(len(_IN_FORCE_FIRST)),
        output_field=IntegerField(),
    )
    found = SealedContract.objects.filter(
        seal=seal, state__in=SHOWN, edition__isnull=False, city__is_listed=True
    ).exclude(city__door__members_only=True)
    return found.select_related("city").order_by(order, "-number").first()


def in_force(city: City) -> SealedContract | None:
    """The edition that holds now."""
    return contracts(city).filter(state="published").first()


class Editions:
    """What became of the editions that cities show, for the pages of all rooms."""

    def withdrawn(self, cities: Sequence[City]) -> Mapping[int, Withdrawal]:
        """Cities, by key, whose last edition under the seal they show was withdrawn.

        The same figures may be published again: then the later edition decides.
        """
        seals = {each.pk: each.run_id for each in cities if each.pk and each.run_id}
        found = SealedContract.objects.filter(
            city__in=list(seals), seal__in=set(seals.values()), edition__isnull=False
        ).select_related("city")
        last = {
            each.city_id: each
            for each in found.order_by("edition")
            if each.seal == seals[each.city_id]
        }
        return {key: withdrawal(each) for key, each in last.items() if each.state == "withdrawn"}

    def number(self, city: City) -> int | None:
        """The last edition of a city under the seal that it shows."""
        found = editions(city).filter(seal=city.run_id).first()
        return found.edition if found else None


def withdrawal(contract: SealedContract) -> Withdrawal:
    """Of a contract that was shown and then taken back."""
    # What is withdrawn has its day and, when it was shown before, its number.
    assert contract.ended_at is not None and contract.edition is not None
    return Withdrawal(contract.city.slug, contract.edition, contract.ended_at, contract.reason)


def document_of(contract: SealedContract) -> Mapping[str, Any]:
    """The sealed document as it lies in its folder."""
    content: Mapping[str, Any] = json.loads((folder_of(contract) / CONTRACT).read_bytes())
    return content


def folder_of(contract: SealedContract) -> Path:
    """Where it lies."""
    return folders.path_of(contract.folder)


def asked_of(contract: SealedContract, person: User) -> Signatory | None:
    """The place where a person is to sign."""
    return contract.signatories.filter(person=person).first()


def signatory_of(contract: SealedContract, pk: int) -> Signatory:
    """Who was asked; 404 for somebody who was not."""
    found = contract.signatories.filter(pk=pk).select_related("contract__city", "person").first()
    if found is None:
        raise NotHere("web.publication.signatory-unknown")
    return found
