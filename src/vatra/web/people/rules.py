"""Who may do what, as sentences of predicates. Each part that fails says why to the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from vatra.web.cities.models import City
from vatra.web.people import roles
from vatra.web.people.holding import has_second_factor, roles_in
from vatra.web.people.models import User

Actor = User | AnonymousUser
Test = Callable[[Actor, City | None], bool]


@dataclass(frozen=True)
class Rule:
    """Tests that must all hold; ``key`` of each is the text for one who does not pass it."""

    parts: tuple[tuple[str, Test], ...]

    def __and__(self, other: Rule) -> Rule:
        return Rule((*self.parts, *other.parts))

    def refusal(self, actor: Actor, city: City | None = None) -> str | None:
        """The key of the first part that fails, or None: the actor may."""
        return next((key for key, test in self.parts if not test(actor, city)), None)

    def allows(self, actor: Actor, city: City | None = None) -> bool:
        """Whether the actor may."""
        return self.refusal(actor, city) is None


def rule(key: str, test: Test) -> Rule:
    """A rule of one part."""
    return Rule(((key, test),))


def holds(wanted: frozenset[roles.Role]) -> Test:
    """Whether the actor has one of these roles in the city today."""
    return lambda actor, city: city is not None and bool(roles_in(actor, city) & wanted)


def _runs_installation(actor: Actor, city: City | None) -> bool:
    return isinstance(actor, User) and actor.is_active and actor.is_installation_administrator


def _needs_no_second_factor(actor: Actor, city: City | None) -> bool:
    is_staff = _runs_installation(actor, city) or (
        city is not None and bool(roles_in(actor, city) & roles.STAFF)
    )
    return not is_staff or has_second_factor(actor)


def _is_public(city: City | None) -> bool:
    door = getattr(city, "door", None)
    return door is None or not door.members_only


is_signed_in = rule("web.people.must-sign-in", lambda actor, _: actor.is_authenticated)
proved_twice = rule("web.people.must-prove-twice", _needs_no_second_factor)
is_contributor = rule("web.people.must-contribute", holds(roles.CONTRIBUTORS))
is_editor = rule("web.people.must-edit", holds(roles.EDITORS))
is_lead = rule("web.people.must-lead", holds(roles.LEADS))
is_signatory = rule("web.people.must-sign", holds(roles.SIGNATORIES))
is_administrator = rule(
    "web.people.must-administer",
    lambda actor, city: holds(roles.ADMINISTRATORS)(actor, city) or _runs_installation(actor, city),
)
runs_installation = rule("web.people.must-run", _runs_installation)
is_public_or_member = rule(
    "web.people.must-belong",
    lambda actor, city: (
        _is_public(city)
        or _runs_installation(actor, city)
        or (city is not None and bool(roles_in(actor, city)))
    ),
)
is_member = rule(
    "web.people.must-belong",
    lambda actor, city: (
        _runs_installation(actor, city) or (city is not None and bool(roles_in(actor, city)))
    ),
)

may_read_city = is_public_or_member
may_read_work = is_signed_in & is_member
may_contribute = is_signed_in & is_contributor & proved_twice
may_edit_city = is_signed_in & is_editor & proved_twice
may_lead_city = is_signed_in & is_lead & proved_twice
may_sign_contract = is_signed_in & is_signatory & proved_twice
may_see_members = is_signed_in & is_administrator
may_manage_members = is_signed_in & is_administrator & proved_twice
may_read_log = is_signed_in & is_administrator & proved_twice
may_run_installation = is_signed_in & runs_installation & proved_twice
may_read_whole_log = is_signed_in & runs_installation & proved_twice
