"""Writes of tokens: each one atomic and logged."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from vatra.web.api.models import SCOPES, Token
from vatra.web.api.rules import may_make_city_token, may_make_token
from vatra.web.api.tokens import Written, new_token
from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.holding import has_second_factor, memberships_of, today
from vatra.web.people.models import User
from vatra.web.people.roles import STAFF

MOST_TOKENS = 20
LONGEST_DAYS = 366


def do_make_token(
    *, name: str, scopes: tuple[str, ...], city: City | None, expires: date, actor: User
) -> tuple[Token, Written]:
    """A new token, and the text of it that is shown once and never again.

    ``city`` the only one it opens, None for all that the person may read. Raises ``Refused`` for
    who may not, a day that is over or too far, an unknown scope, or too many tokens.
    """
    _need_right(city, actor)
    _check(scopes, expires)
    with transaction.atomic():
        # Two that are made at once do not both become the last one allowed.
        User.objects.select_for_update().get(pk=actor.pk)
        if valid_tokens(actor) >= MOST_TOKENS:
            raise Refused("web.api.tokens-many", count=MOST_TOKENS)
        written = new_token()
        made = Token.objects.create(
            person=actor,
            city=city,
            name=name.strip()[:80],
            selector=written.selector,
            hash=written.hash,
            scopes=" ".join(each for each in SCOPES if each in scopes),
            expires=expires,
        )
        _record(made, "make", actor)
    return made, written


def do_revoke_token(*, token: Token, actor: User) -> None:
    """End a token of one's own now. Raises ``Refused`` for another person's."""
    if token.person_id != actor.pk:
        raise Refused("web.api.token-not-yours")
    with transaction.atomic():
        held = Token.objects.select_for_update().get(pk=token.pk)
        if held.revoked_at is None:
            held.revoked_at = timezone.now()
            held.save(update_fields=["revoked_at"])
            _record(held, "revoke", actor)


def do_note_use(*, token: Token) -> None:
    """Keep the day on which a token was last used: one write a day."""
    if token.last_used_day != today():
        Token.objects.filter(pk=token.pk).update(last_used_day=today())


def valid_tokens(person: User) -> int:
    """How many tokens of a person open something today."""
    return Token.objects.filter(person=person, revoked_at=None, expires__gte=today()).count()


def _need_right(city: City | None, actor: User) -> None:
    if city is not None:
        need(may_make_city_token.refusal(actor, city), city)
        return
    need(may_make_token.refusal(actor), None)
    is_staff = actor.is_installation_administrator or any(
        each.role in STAFF for each in memberships_of(actor)
    )
    if is_staff and not has_second_factor(actor):
        raise Refused("web.people.must-prove-twice")


def _check(scopes: tuple[str, ...], expires: date) -> None:
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refused("web.api.scope-unknown", scopes=list(SCOPES))
    if not today() <= expires <= today() + timedelta(days=LONGEST_DAYS):
        raise Refused("web.api.expiry-wrong", count=LONGEST_DAYS)


def _record(token: Token, verb: str, actor: User) -> None:
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="token",
        name=token.log_name,
        detail=token.scopes,
        city=token.city.slug if token.city else "",
    )
