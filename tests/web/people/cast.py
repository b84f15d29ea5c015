"""The cast of the tests: who is who in Cluj-Napoca and in another city."""

from __future__ import annotations

import time
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from vatra.web.cities.models import City
from vatra.web.people.models import Membership, User

PASSWORD = "sapte cai pe deal 7"
SINCE = date(2026, 1, 1)


def person(name: str, *, proved: bool = False, **more: object) -> User:
    """An account of ``<name>@example.org``; ``proved``: with an authenticator app."""
    made = User.objects.create_user(
        f"{name}@example.org", PASSWORD, name=name.title(), language="en", **more
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if proved:
        TOTP.activate(made, generate_totp_secret())
    return made


def member(name: str, city: City, role: str, *, proved: bool = True) -> User:
    """A person with a role in a city since the beginning of the year."""
    made = person(name, proved=proved)
    Membership.objects.create(city=city, person=made, role=role, since=SINCE)
    return made


def code_of(secret: str) -> str:
    """What an authenticator app shows now for a secret."""
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def as_person(made: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.save()
    return client
