"""Writes of who an identity provider vouches for: each one atomic and logged."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from vatra.web.base.actions import do_record_write
from vatra.web.people.actions_invite import open_invitations
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.provider import ID
from vatra.web.people.queries import person_of
from vatra.web.people.tokens_oidc import Claims


def do_enter_by_identity(*, claims: Claims) -> User:
    """The account of who the provider vouches for.

    Known by the provider's number since the first time; then by the verified address: of an
    account, which is linked now, or of an open invitation, for which an account without a password
    is made (the letter's link still gives the role). Raises ``Refused`` for everybody else.
    """
    with transaction.atomic():
        linked = (
            SocialAccount.objects.select_related("user")
            .filter(provider=ID, uid=claims.subject)
            .first()
        )
        if linked is not None:
            return _person(linked)
        if not claims.email:
            raise Refused("web.people.oidc-unverified")
        person = person_of(claims.email) or _invited(claims.email)
        if SocialAccount.objects.filter(provider=ID, user=person).exists():
            # Another number with the same address is another person there.
            raise Refused("web.people.oidc-another")
        # Nothing else that the provider told is kept.
        SocialAccount.objects.create(user=person, provider=ID, uid=claims.subject)
        name = person.log_name
        do_record_write(actor=name, verb="link", noun="identity", name=name)
    return person


def _person(linked: SocialAccount) -> User:
    person = linked.user
    assert isinstance(person, User)
    return person


def _invited(email: str) -> User:
    found = open_invitations().filter(email=email).first()
    if found is None:
        raise Refused("web.people.oidc-nobody")
    person = User.objects.create_user(email, None, language=found.language)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    do_record_write(actor=person.log_name, verb="create", noun="account", name=person.log_name)
    return person
