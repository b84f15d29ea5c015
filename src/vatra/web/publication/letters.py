"""Letters: please sign; somebody declined; all have signed."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from vatra.web.base.addresses import absolute
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import User
from vatra.web.publication.models import SealedContract, Signatory
from vatra.words import language, say


def ask(signatory: Signatory) -> None:
    """Please sign; to who has an address."""
    name = "ask" if signatory.person_id else "ask-outside"
    to = signatory.person.email if signatory.person else signatory.email
    if to:
        _send(
            name,
            signatory.language,
            to,
            signatory.contract,
            name=signatory.name,
            office=signatory.office,
        )


def declined(signatory: Signatory) -> None:
    """To those who lead: somebody does not sign, and why."""
    for each in _leads(signatory.contract):
        _send(
            "declined",
            each.language,
            each.email,
            signatory.contract,
            name=signatory.name,
            office=signatory.office,
            reason=signatory.reason,
        )


def all_signed(contract: SealedContract) -> None:
    """To those who lead: it can be published."""
    for each in _leads(contract):
        _send("all-signed", each.language, each.email, contract)


def _leads(contract: SealedContract) -> list[User]:
    held = contract.city.memberships.filter(held_on(today()), role="climate_lead")
    return [each.person for each in held.select_related("person") if each.person is not None]


def _send(letter: str, lang: str, to: str, contract: SealedContract, **params: Any) -> None:
    spoken = language(lang)
    page = reverse("publication:contract", args=[spoken, contract.city.slug, contract.number])
    url = absolute(context.request, page)
    known = {"city": contract.city.name, "seal": contract.seal, "url": url, **params}
    subject = say(f"web.publication.mail-{letter}-subject", spoken, **known)
    text = say(f"web.publication.mail-{letter}", spoken, **known)
    EmailMessage(
        " ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL or None, to=[to]
    ).send(fail_silently=True)
