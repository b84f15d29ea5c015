"""Writes of organisations and of who belongs to them: each one atomic and logged."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.people.actions_invite import VALID_DAYS, open_invitations
from vatra.web.people.errors import Refused
from vatra.web.people.models import Invitation, Organisation, User
from vatra.web.people.organisations import need_organisation
from vatra.web.people.rules import may_run_installation
from vatra.web.people.tokens import hash_of, new_token


def do_make_organisation(*, name: str, kind: str, actor: User) -> Organisation:
    """A new organisation. Raises ``Refused`` when the actor may not, or the name is taken."""
    _need_runner(actor)
    with transaction.atomic():
        made = Organisation(name=name.strip(), kind=kind)
        _save(made)
        _record(made, actor, "create")
    return made


def do_change_organisation(
    *, organisation: Organisation, name: str, kind: str, actor: User
) -> None:
    """Another name or kind. Raises ``Refused`` as ``do_make_organisation`` does."""
    _need_runner(actor)
    with transaction.atomic():
        organisation.name, organisation.kind = name.strip(), kind
        _save(organisation)
        _record(organisation, actor, "change")


def do_invite_to_organisation(
    *, organisation: Organisation, email: str, as_manager: bool, actor: User, lang: str
) -> tuple[Invitation, str]:
    """Offer to join; the token comes back once, for the letter, and is not kept.

    Raises ``Refused`` when the actor may not, or the person belongs there already.
    """
    need_organisation(actor, organisation)
    email, token = email.strip().lower(), new_token()
    if organisation.people.filter(email=email).exists():
        raise Refused("web.people.is-in-organisation", email=email, name=organisation.name)
    with transaction.atomic():
        older = Invitation.objects.filter(organisation=organisation, email=email)
        older.filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
        made = Invitation.objects.create(
            email=email,
            organisation=organisation,
            as_manager=as_manager,
            role="viewer",
            language=lang,
            token_hash=hash_of(token),
            expires_at=timezone.now() + timedelta(days=VALID_DAYS),
        )
        _record(organisation, actor, "invite", made.log_name)
    return made, token


def do_revoke_joining(*, invitation: Invitation, actor: User) -> None:
    """Take back what was offered; nothing happens to one that is no longer open."""
    organisation = invitation.organisation
    assert organisation is not None
    need_organisation(actor, organisation)
    with transaction.atomic():
        found = open_invitations().select_for_update().filter(pk=invitation.pk).first()
        if found is not None:
            found.revoked_at = timezone.now()
            found.save(update_fields=["revoked_at"])
            _record(organisation, actor, "revoke", found.log_name)


def do_set_manager(*, person: User, manages: bool, actor: User) -> None:
    """Let a person manage the organisation's people, or no longer."""
    organisation = person.organisation
    if organisation is None:
        raise Refused("web.people.in-no-organisation")
    need_organisation(actor, organisation)
    with transaction.atomic():
        person.manages_organisation = manages
        person.save(update_fields=["manages_organisation"])
        _record(organisation, actor, "change", person.log_name)


def do_leave_organisation(*, person: User, actor: User) -> None:
    """Take a person out of the organisation, and of the roles delegated to it; or go oneself."""
    organisation = person.organisation
    if organisation is None:
        return
    if person.pk != actor.pk:
        need_organisation(actor, organisation)
    with transaction.atomic():
        person.organisation, person.manages_organisation = None, False
        person.save(update_fields=["organisation", "manages_organisation"])
        _record(organisation, actor, "remove", person.log_name)


def _need_runner(actor: User) -> None:
    refusal = may_run_installation.refusal(actor)
    if refusal:
        raise Refused(refusal)


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as problem:
        raise Refused("web.people.organisation-taken", name=organisation.name) from problem


def _record(organisation: Organisation, actor: User, verb: str, detail: str = "") -> None:
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="organisation",
        name=f"organisation-{organisation.pk}",
        detail=detail,
    )
