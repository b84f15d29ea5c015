"""Who may do what at every address of people, and the words that every app's table is written in.

Each app has a ``rights.py`` like this one: ``RIGHTS``, and ``things`` when its addresses name
things that must exist. ``tests/web/site/test_rights.py`` finds them and walks through them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.web.people.cast import member, person
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import do_invite_member
from vatra.web.people.actions_organisation import do_invite_to_organisation
from vatra.web.people.entrance import DOORS, OIDC_BACK
from vatra.web.people.models import Membership, Organisation, User

READ = ("GET", "HEAD")
TAKE = (*READ, "POST")
SEND = ("POST",)
# Visitors have no account; strangers have one and no role; "unproved" is an administrator with a
# password alone, "foreign" the administrator of another city, "runner" runs the installation.
CAST = (
    "visitor",
    "stranger",
    "viewer",
    "contributor",
    "editor",
    "climate_lead",
    "signatory",
    "administrator",
    "unproved",
    "foreign",
    "runner",
)
ALL = frozenset(CAST)
NOBODY: frozenset[str] = frozenset()
SIGNED_IN = ALL - {"visitor"}
PROVED = SIGNED_IN - {"stranger", "unproved"}
RUNNER = frozenset({"runner"})
ADMINISTRATORS = frozenset({"administrator", "runner"})


@dataclass(frozen=True)
class Right:
    """An address, the methods it knows, who may read it and who may send something there.

    Who may not is led to the page to sign in, or refused with 403, or told that there is no such
    thing (404). What is shown in frames of other sites knows nobody: of a closed city there is
    nothing for its members either.
    """

    url: str
    methods: tuple[str, ...]
    readers: frozenset[str] = ALL
    writers: frozenset[str] = frozenset()
    is_framed: bool = False


@dataclass(frozen=True)
class World:
    """What the table is walked through in: Poiana with a published pack and a workspace, another
    city like it, and everybody of the cast but the visitor."""

    city: City
    other: City
    people: Mapping[str, User]


def city_right(route: str, methods: tuple[str, ...], *who: frozenset[str]) -> Right:
    """A row of an address under Poiana's."""
    return Right(f"/{{lang}}/cities/poiana/{route}", methods, *who)


def _account(route: str, methods: tuple[str, ...], *who: frozenset[str]) -> Right:
    return Right(f"/{{lang}}/account/{route}", methods, *who)


def _organisation(route: str) -> Right:
    return Right(f"/{{lang}}/organisations/{{organisation}}/{route}", SEND, NOBODY, RUNNER)


RIGHTS: dict[str, Right] = {
    "people:members": city_right("people/", TAKE, ADMINISTRATORS | {"unproved"}, ADMINISTRATORS),
    "people:role": city_right("people/{member}/role/", SEND, NOBODY, ADMINISTRATORS),
    "people:end": city_right("people/{member}/end/", SEND, NOBODY, ADMINISTRATORS),
    "people:revoke": city_right("people/invited/{invitation}/", SEND, NOBODY, ADMINISTRATORS),
    "people:delegate": city_right("people/delegate/", SEND, NOBODY, ADMINISTRATORS),
    "people:door": city_right("people/door/", SEND, NOBODY, ADMINISTRATORS),
    "people:city-log": city_right("log/", READ, ADMINISTRATORS),
    "people:log": Right("/{lang}/log/", READ, frozenset({"runner"})),
    "people:account": _account("", TAKE, SIGNED_IN, SIGNED_IN),
    "people:data": _account("data.json", READ, SIGNED_IN),
    "people:erase": _account("erase/", TAKE, SIGNED_IN, SIGNED_IN),
    # A role of somebody else: nobody may give that back.
    "people:leave": _account("roles/{member}/leave/", SEND, NOBODY, NOBODY),
    "people:sessions": _account("sessions/", TAKE, SIGNED_IN, SIGNED_IN),
    # A token that nobody has: the same answer for everybody.
    "people:invitation": _account("invitations/none/", TAKE, NOBODY, NOBODY),
    # Their own managers, too: tests/web/people/test_organisations.py.
    "people:organisations": Right("/{lang}/organisations/", TAKE, RUNNER, RUNNER),
    "people:organisation": Right("/{lang}/organisations/{organisation}/", TAKE, RUNNER, RUNNER),
    "people:organisation-invite": _organisation("invite/"),
    "people:organisation-revoke": _organisation("invited/{joining}/"),
    "people:organisation-manager": _organisation("people/{belonging}/manager/"),
    "people:organisation-remove": _organisation("people/{belonging}/remove/"),
    "people:organisation-leave": _account("organisation/leave/", SEND, NOBODY, SIGNED_IN),
    "people:login": _account("login/", TAKE, ALL, ALL),
    "people:logout": _account("logout/", TAKE, ALL, ALL),
    "people:inactive": _account("inactive/", READ),
    "people:confirm": _account("confirm/", TAKE, SIGNED_IN, SIGNED_IN),
    "people:password": _account("password/", TAKE, SIGNED_IN, SIGNED_IN),
    "people:reset": _account("password/reset/", TAKE, ALL, ALL),
    "people:reset-sent": _account("password/reset/sent/", READ),
    "people:reset-key": _account("password/reset/1-none/", TAKE, ALL, ALL),
    "people:reset-done": _account("password/reset/done/", READ),
    "people:security": _account("security/", READ, SIGNED_IN),
    # Only in the middle of signing in; who is signed in already is led to the account.
    "people:second": _account("login/second/", TAKE, SIGNED_IN, SIGNED_IN),
    # Only who has a second proof.
    "people:confirm-second": _account("confirm/second/", TAKE, SIGNED_IN, SIGNED_IN),
    "people:confirm-key": _account("confirm/key/", TAKE, SIGNED_IN, SIGNED_IN),
    # After the password once more.
    "people:app": _account("security/app/", TAKE, SIGNED_IN, SIGNED_IN),
    "people:app-remove": _account("security/app/remove/", TAKE, PROVED, PROVED),
    "people:codes": _account("security/codes/", READ, frozenset()),
    "people:codes-new": _account("security/codes/new/", TAKE, SIGNED_IN, SIGNED_IN),
    "people:keys": _account("security/keys/", READ, SIGNED_IN),
    "people:key-add": _account("security/keys/add/", TAKE, SIGNED_IN, SIGNED_IN),
    "people:key-remove": _account("security/keys/1/remove/", TAKE, SIGNED_IN, SIGNED_IN),
    # Nobody when there is no identity provider, as here; tests/web/people/test_oidc.py has one.
    "people:oidc": _account("login/oidc/", TAKE, NOBODY, NOBODY),
    "people:oidc-back": _account("login/oidc/back/", READ, NOBODY),
    "people:login-key": _account("login/key/", TAKE, ALL, ALL),
}
# allauth's own names: they lead everybody to the page in a language.
BARE = {each.allauth_name: f"/account/{each.route}" for each in DOORS} | {
    "oidc_callback": f"/account/{OIDC_BACK}"
}


def things(world: World) -> dict[str, object]:
    """What the blanks of these addresses stand for: a role of somebody, an open invitation,
    an organisation with somebody in it and somebody invited."""
    dan = member("dan", world.city, "viewer")
    company = Organisation.objects.create(name="Poiana SRL", kind="company")
    gabi = person("gabi", organisation=company)
    joining, _ = do_invite_to_organisation(
        organisation=company,
        email="y@example.org",
        as_manager=False,
        actor=world.people["runner"],
        lang="ro",
    )
    made, _ = do_invite_member(
        city=world.city,
        email="x@example.org",
        role="viewer",
        actor=world.people["administrator"],
        lang="ro",
    )
    return {
        "member": Membership.objects.get(person=dan).pk,
        "invitation": made.pk,
        "organisation": company.pk,
        "joining": joining.pk,
        "belonging": gabi.pk,
    }
