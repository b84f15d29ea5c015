"""Writes of roles and accounts: each one atomic and logged."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import CityDoor, Membership, Organisation, User
from vatra.web.people.personal import forget_address
from vatra.web.people.roles import Role
from vatra.web.people.rules import may_manage_members


def do_change_role(*, membership: Membership, role: Role, actor: User) -> Membership:
    """Give a member another role from today; the old one stays on record until yesterday.

    A role that began today is changed in place: it never held on a day of its own. Raises
    ``Refused`` when the actor may not, the role is over, or the city would have no administrator.
    """
    city = membership.city
    need(may_manage_members.refusal(actor, city), city)
    with transaction.atomic():
        held = _held(membership)
        if held.role == role:
            return held
        _keep_an_administrator(held, role)
        if held.since == today():
            held.role = role
            held.save(update_fields=["role"])
        else:
            until, held.until = held.until, today() - timedelta(days=1)
            held.save(update_fields=["until"])
            held = Membership.objects.create(
                city=city,
                person=held.person,
                organisation=held.organisation,
                role=role,
                since=today(),
                until=until,
            )
        _record(held, actor, "change")
    return held


def do_end_membership(*, membership: Membership, actor: User) -> None:
    """End a role today: yesterday is its last day, so that it holds no longer from now on.

    Who holds it may give it back. Raises ``Refused`` as ``do_change_role`` does.
    """
    city = membership.city
    if membership.person_id != actor.pk:
        need(may_manage_members.refusal(actor, city), city)
    with transaction.atomic():
        held = _held(membership)
        _keep_an_administrator(held, None)
        _record(held, actor, "end")
        if held.since >= today():
            held.delete()
        else:
            held.until = today() - timedelta(days=1)
            held.save(update_fields=["until"])


def do_delegate_role(
    *, city: City, organisation: Organisation, role: Role, actor: User, until: date | None = None
) -> Membership:
    """Give a role to all people of an organisation, until a day or without end.

    Not that of administrator: it is a person's.
    """
    need(may_manage_members.refusal(actor, city), city)
    if role == "administrator":
        raise Refused("web.people.no-administrator-by-organisation")
    with transaction.atomic():
        held = Membership.objects.create(
            city=city, organisation=organisation, role=role, since=today(), until=until
        )
        _record(held, actor, "delegate")
    return held


def do_set_door(*, city: City, members_only: bool, actor: User) -> None:
    """Show a city's pages to everybody, or to its members only."""
    need(may_manage_members.refusal(actor, city), city)
    with transaction.atomic():
        CityDoor.objects.update_or_create(city=city, defaults={"members_only": members_only})
        do_record_write(
            actor=actor.log_name,
            verb="close" if members_only else "open",
            noun="city",
            name=city.slug,
            city=city.slug,
        )


def do_change_account(*, person: User, name: str, language: str) -> None:
    """Change how a person is called and in which language letters come."""
    with transaction.atomic():
        person.name, person.language = name.strip(), language
        person.save(update_fields=["name", "language"])
        log = person.log_name
        do_record_write(actor=log, verb="change", noun="account", name=log)


def do_erase_account(*, person: User) -> None:
    """Delete an account with all that names the person. The log keeps only a number.

    Raises ``Refused`` when a city, or the installation, would be left without administrator.
    """
    from axes.models import AccessAttempt

    with transaction.atomic():
        for held in Membership.objects.filter(held_on(today()), person=person):
            _keep_an_administrator(_held(held), None)
        _keep_the_installation(person)
        log = person.log_name
        forget_address(person.email)
        AccessAttempt.objects.filter(username=person.email).delete()
        person.delete()
        do_record_write(actor=log, verb="erase", noun="account", name=log)


def _held(membership: Membership) -> Membership:
    """The role as it stands, no other writer beside us, or ``Refused`` when it is over."""
    # The administrators of a city are locked together: two who leave at once leave one behind.
    list(Membership.objects.select_for_update().filter(city_id=membership.city_id))
    found = Membership.objects.filter(held_on(today()), pk=membership.pk).first()
    if found is None:
        raise Refused("web.people.role-over")
    return found


def _keep_an_administrator(held: Membership, role: Role | None) -> None:
    if held.role != "administrator" or role == "administrator":
        return
    others = Membership.objects.filter(
        held_on(today()) & Q(person__is_active=True), city=held.city, role="administrator"
    ).exclude(pk=held.pk)
    if not others.exists():
        raise Refused("web.people.last-administrator", city=held.city.name)


def _keep_the_installation(person: User) -> None:
    if not person.is_installation_administrator:
        return
    list(User.objects.select_for_update().filter(is_installation_administrator=True))
    others = User.objects.filter(is_installation_administrator=True, is_active=True)
    if not others.exclude(pk=person.pk).exists():
        raise Refused("web.people.last-installation-administrator")


def _record(held: Membership, actor: User, verb: str) -> None:
    subject = held.person.log_name if held.person else f"organisation-{held.organisation_id}"
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="role",
        name=subject,
        detail=held.role,
        city=held.city.slug,
    )
