"""Who may do what at every address of people: the table that the tests walk through.

An address that is missing here fails ``tests/web/site/test_addresses.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

from vatra.web.people.entrance import DOORS

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
ADMINISTRATORS = frozenset({"administrator", "runner"})


@dataclass(frozen=True)
class Right:
    """An address, the methods it knows, who may read it and who may send something there.

    Who may not is led to the page to sign in, or refused with 403, or told that there is no such
    thing (404).
    """

    url: str
    methods: tuple[str, ...]
    readers: frozenset[str] = ALL
    writers: frozenset[str] = frozenset()


def _account(route: str, methods: tuple[str, ...], *who: frozenset[str]) -> Right:
    return Right(f"/{{lang}}/account/{route}", methods, *who)


def _city(route: str, methods: tuple[str, ...], *who: frozenset[str]) -> Right:
    return Right(f"/{{lang}}/cities/poiana/{route}", methods, *who)


RIGHTS: dict[str, Right] = {
    "people:members": _city("people/", TAKE, ADMINISTRATORS | {"unproved"}, ADMINISTRATORS),
    "people:role": _city("people/{member}/role/", SEND, NOBODY, ADMINISTRATORS),
    "people:end": _city("people/{member}/end/", SEND, NOBODY, ADMINISTRATORS),
    "people:revoke": _city("people/invited/{invitation}/", SEND, NOBODY, ADMINISTRATORS),
    "people:delegate": _city("people/delegate/", SEND, NOBODY, ADMINISTRATORS),
    "people:door": _city("people/door/", SEND, NOBODY, ADMINISTRATORS),
    "people:city-log": _city("log/", READ, ADMINISTRATORS),
    "people:log": Right("/{lang}/log/", READ, frozenset({"runner"})),
    "people:account": _account("", TAKE, SIGNED_IN, SIGNED_IN),
    "people:data": _account("data.json", READ, SIGNED_IN),
    "people:erase": _account("erase/", TAKE, SIGNED_IN, SIGNED_IN),
    # A role of somebody else: nobody may give that back.
    "people:leave": _account("roles/{member}/leave/", SEND, NOBODY, NOBODY),
    "people:sessions": _account("sessions/", TAKE, SIGNED_IN, SIGNED_IN),
    # A token that nobody has: the same answer for everybody.
    "people:invitation": _account("invitations/none/", TAKE, NOBODY, NOBODY),
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
    "people:login-key": _account("login/key/", TAKE, ALL, ALL),
}
# allauth's own names: they lead everybody to the page in a language.
BARE = {each.allauth_name: f"/account/{each.route}" for each in DOORS}
