"""The doors of allauth under our addresses: ``/{lang}/account/...``, each with its methods.

allauth asks for addresses by its own names and without a language; ``bare`` gives it those, and
who comes to one is led to the same page in the preferred language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, register_converter, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vatra.web.base.language import language_of
from vatra.web.people import way_back
from vatra.words import Language

View = Callable[..., HttpResponseBase]


class Base36:
    """A number written with digits and letters, as in the links of letters."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Base36, "base36")


@dataclass(frozen=True)
class Door:
    """An address, its name here and in allauth, the view, and whether it takes anything in."""

    route: str
    name: str
    allauth_name: str
    view: View
    takes: bool = True


# Behind these a person sets up a second proof.
PROOFS = frozenset({"security", "app", "key-add"})
DOORS = (
    Door("login/", "login", "account_login", account.login),
    Door("logout/", "logout", "account_logout", account.logout),
    Door("inactive/", "inactive", "account_inactive", account.account_inactive, False),
    Door("confirm/", "confirm", "account_reauthenticate", account.reauthenticate),
    Door("password/", "password", "account_change_password", account.password_change),
    Door("password/reset/", "reset", "account_reset_password", account.password_reset),
    Door(
        "password/reset/sent/",
        "reset-sent",
        "account_reset_password_done",
        account.password_reset_done,
        False,
    ),
    Door(
        "password/reset/<base36:uidb36>-<str:key>/",
        "reset-key",
        "account_reset_password_from_key",
        account.password_reset_from_key,
    ),
    Door(
        "password/reset/done/",
        "reset-done",
        "account_reset_password_from_key_done",
        account.password_reset_from_key_done,
        False,
    ),
    Door("security/", "security", "mfa_index", mfa.index, False),
    Door("login/second/", "second", "mfa_authenticate", mfa.authenticate),
    Door("confirm/second/", "confirm-second", "mfa_reauthenticate", mfa.reauthenticate),
    Door("security/app/", "app", "mfa_activate_totp", totp.activate_totp),
    Door("security/app/remove/", "app-remove", "mfa_deactivate_totp", totp.deactivate_totp),
    Door("security/codes/", "codes", "mfa_view_recovery_codes", codes.view_recovery_codes, False),
    Door(
        "security/codes/new/",
        "codes-new",
        "mfa_generate_recovery_codes",
        codes.generate_recovery_codes,
    ),
    Door("security/keys/", "keys", "mfa_list_webauthn", keys.list_webauthn, False),
    Door("security/keys/add/", "key-add", "mfa_add_webauthn", keys.add_webauthn),
    Door(
        "security/keys/<int:pk>/remove/", "key-remove", "mfa_remove_webauthn", keys.remove_webauthn
    ),
    Door("login/key/", "login-key", "mfa_login_webauthn", keys.login_webauthn),
    Door(
        "confirm/key/", "confirm-key", "mfa_reauthenticate_webauthn", keys.reauthenticate_webauthn
    ),
)


def _page(door: Door) -> View:
    methods = ["GET", "HEAD", "POST"] if door.takes else ["GET", "HEAD"]

    @require_http_methods(methods)
    @never_cache
    def handle(request: HttpRequest, lang: Language, **more: Any) -> HttpResponseBase:
        if door.name not in PROOFS:
            return door.view(request, **more)
        way_back.keep(request)
        response = door.view(request, **more)
        if request.method == "POST" and response.get("Location") == reverse("mfa_index"):
            # Set up, and the recovery codes are known: on to the page that wanted it.
            response["Location"] = way_back.take(request) or response["Location"]
        return response

    return handle


def _to_language(route: str) -> View:
    @require_safe
    def handle(request: HttpRequest, **more: Any) -> HttpResponseBase:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"/{language_of(request)}{request.path_info}{query}")

    return handle


# Where the identity provider sends people back to: one address, whatever the language.
OIDC_BACK = "login/oidc/back/"
doors: list[URLPattern] = [
    path(f"account/{each.route}", _page(each), name=each.name) for each in DOORS
]
bare: list[URLPattern] = [
    path(each.route, _to_language(each.route), name=each.allauth_name) for each in DOORS
] + [path(OIDC_BACK, _to_language(OIDC_BACK), name="oidc_callback")]
