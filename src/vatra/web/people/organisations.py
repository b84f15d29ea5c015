"""Who may manage the people of an organisation, and the door to one."""

from __future__ import annotations

from django.db.models import QuerySet

from vatra.web.base.errors import NotHere
from vatra.web.people.errors import Refused
from vatra.web.people.holding import has_second_factor
from vatra.web.people.models import Invitation, Organisation, User
from vatra.web.people.rules import may_run_installation


def refusal(actor: User, organisation: Organisation) -> str | None:
    """The text for who may not manage an organisation's people, or None: the actor may.

    Who runs the installation may, and the organisation's own managers; a password alone is not
    enough, because a city may have given the organisation a role.
    """
    if actor.is_installation_administrator:
        return may_run_installation.refusal(actor)
    if not (actor.is_active and actor.manages_organisation and _belongs(actor, organisation)):
        return "web.people.must-manage"
    return None if has_second_factor(actor) else "web.people.must-prove-twice"


def need_organisation(actor: User, organisation: Organisation) -> None:
    """Raise ``Refused`` for who may not."""
    found = refusal(actor, organisation)
    if found:
        raise Refused(found, name=organisation.name)


def access_organisation(actor: User, pk: int) -> Organisation:
    """The organisation of an address. For who has nothing to do with it there is none."""
    found = Organisation.objects.filter(pk=pk).first()
    if found is None or not (actor.is_installation_administrator or _belongs(actor, found)):
        raise NotHere("web.people.organisation-unknown")
    need_organisation(actor, found)
    return found


def managed_by(actor: User) -> QuerySet[Organisation]:
    """Organisations whose people an actor manages."""
    if actor.is_installation_administrator:
        return Organisation.objects.all()
    if not actor.manages_organisation or actor.organisation_id is None:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk=actor.organisation_id)


def joining(organisation: Organisation) -> QuerySet[Invitation]:
    """What was offered and not yet accepted or taken back."""
    return Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)


def _belongs(actor: User, organisation: Organisation) -> bool:
    return actor.organisation_id == organisation.pk
