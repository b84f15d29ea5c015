"""Writes of invitations: each one atomic and logged."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.people.errors import Refused
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import Invitation, Membership, User
from vatra.web.people.queries import person_of
from vatra.web.people.roles import Role
from vatra.web.people.rules import may_manage_members
from vatra.web.people.tokens import hash_of, new_token

VALID_DAYS = 7


def do_invite_member(
    *, city: City, email: str, role: Role, actor: User, lang: str, until: date | None = None
) -> tuple[Invitation, str]:
    """Offer a role in a city; the token comes back once, for the letter, and is not kept.

    An older open invitation of the same address is taken back. Raises ``Refused`` when the actor
    may not, or the person holds a role there already.
    """
    need(may_manage_members.refusal(actor, city), city)
    email = email.strip().lower()
    if Membership.objects.filter(held_on(today()), city=city, person__email=email).exists():
        raise Refused("web.people.is-member", email=email, city=city.name)
    token = new_token()
    with transaction.atomic():
        for older in Invitation.objects.filter(
            city=city, email=email, accepted_at=None, revoked_at=None
        ):
            _revoke(older, actor.log_name)
        made = _offer(email, role, lang, token, city, until)
        _record(made, actor.log_name, "invite")
    return made, token


def do_invite_administrator(*, email: str, actor: str, lang: str) -> tuple[Invitation, str]:
    """Offer to run the installation; from the command line, so there is no rule to ask."""
    token = new_token()
    with transaction.atomic():
        made = _offer(email.strip().lower(), "administrator", lang, token)
        _record(made, actor, "invite")
    return made, token


def do_revoke_invitation(*, invitation: Invitation, actor: User) -> None:
    """Take back what was offered; nothing happens to one that is no longer open."""
    need(may_manage_members.refusal(actor, invitation.city), invitation.city)
    with transaction.atomic():
        found = open_invitations().select_for_update().filter(pk=invitation.pk).first()
        if found is not None:
            _revoke(found, actor.log_name)


def do_accept_invitation(
    *, token: str, person: User | None = None, name: str = "", password: str = ""
) -> User:
    """Take up a role: as the person who is signed in, else with a new account.

    Raises ``Refused`` when the token is not known, used, taken back or expired, when the signed-in
    person is not the one invited, or when the address has an account already: then its owner signs
    in first. Two requests with one token give one role.
    """
    with transaction.atomic():
        found = open_invitations().select_for_update().filter(token_hash=hash_of(token)).first()
        if found is None:
            raise Refused("web.people.invitation-over")
        if person is None:
            person = _new_account(found, name, password)
        elif person.email != found.email:
            raise Refused("web.people.invited-another", email=found.email)
        _take_role(found, person)
        found.accepted_at = timezone.now()
        found.save(update_fields=["accepted_at"])
        _record(found, person.log_name, "accept")
    return person


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    return Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )


def need(refusal: str | None, city: City | None) -> None:
    """Raise ``Refused`` when a rule said no."""
    if refusal:
        raise Refused(refusal, city=city.name if city else "Vatra")


def _offer(
    email: str,
    role: Role,
    lang: str,
    token: str,
    city: City | None = None,
    until: date | None = None,
) -> Invitation:
    return Invitation.objects.create(
        email=email,
        city=city,
        role=role,
        until=until,
        language=lang,
        token_hash=hash_of(token),
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )


def _revoke(invitation: Invitation, actor: str) -> None:
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    _record(invitation, actor, "revoke")


def _new_account(invitation: Invitation, name: str, password: str) -> User:
    if person_of(invitation.email) is not None:
        raise Refused("web.people.has-account", email=invitation.email)
    person = User.objects.create_user(
        invitation.email, password, name=name.strip(), language=invitation.language
    )
    # The token came by letter to this address: it is the person's.
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    do_record_write(actor=person.log_name, verb="create", noun="account", name=person.log_name)
    return person


def _take_role(invitation: Invitation, person: User) -> None:
    if invitation.organisation is not None:
        if person.organisation is not None and person.organisation != invitation.organisation:
            raise Refused("web.people.other-organisation", name=person.organisation.name)
        person.organisation = invitation.organisation
        person.manages_organisation = invitation.as_manager
        person.save(update_fields=["organisation", "manages_organisation"])
        return
    if invitation.city is None:
        person.is_installation_administrator = True
        person.save(update_fields=["is_installation_administrator"])
        return
    held = Membership.objects.filter(city=invitation.city, person=person)
    if held.filter(held_on(today())).exists():
        raise Refused("web.people.is-member", email=person.email, city=invitation.city.name)
    Membership.objects.create(
        city=invitation.city,
        person=person,
        role=invitation.role,
        since=today(),
        until=invitation.until,
    )


def _record(invitation: Invitation, actor: str, verb: str) -> None:
    do_record_write(
        actor=actor,
        verb=verb,
        noun="invitation",
        name=invitation.log_name,
        detail=invitation.role if invitation.organisation is None else "organisation",
        city=invitation.city.slug if invitation.city else "",
    )
