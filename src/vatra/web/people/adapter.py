"""How allauth speaks for us: our addresses, our letters, our secrets kept under lock."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from vatra.web.base.addresses import absolute
from vatra.web.base.caller import caller_of
from vatra.web.base.language import language_of
from vatra.web.people.holding import PROVED_BY_PROVIDER
from vatra.web.people.lockout import account_of
from vatra.web.people.mail import send_unseen
from vatra.web.people.models import User
from vatra.web.people.sessions import begin


def _own(name: str, request: HttpRequest) -> str:
    return reverse(f"people:{name}", args=[language_of(request)])


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up without an invitation; letters and pages are in the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom allauth counts attempts under, and shows beside a session."""
        return caller_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose guesses are counted together. allauth adds the host that was asked, whose port
        anybody may choose: each port would then have guesses of its own."""
        return account_of(None, credentials)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return _own("account", request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Begin the session's time, and note whether the provider asked for several proofs."""
        begin(request)
        request.session.pop(PROVED_BY_PROVIDER, None)
        if getattr(request, PROVED_BY_PROVIDER, None) == user.pk:
            request.session[PROVED_BY_PROVIDER] = user.pk
        return super().post_login(request, user, **kwargs)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("cities:list", args=[language_of(request)])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return _own("account", request) + "?done=password"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to confirm who one is, at addresses with a language: it compares them with the
        page's own."""
        lang = language_of(context.request)
        found = super().get_reauthentication_methods(user)
        return [each | {"url": f"/{lang}{each['url']}"} for each in found]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Its messages are English sentences; ours stand on the pages."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The only letter that allauth sends here: a link to choose another password.

        An address without an account gets none, and the page says the same in both cases.
        """
        user, url = context.get("user"), context.get("password_reset_url")
        if isinstance(user, User) and url:
            send_unseen(
                "reset", user.language, email, url=_own_link(self.request, url, user.language)
            )


def _own_link(request: HttpRequest | None, url: str, lang: str) -> str:
    """A link of allauth in the person's language and under our own address: allauth takes the name
    and the port that the request asked for, which need not be its own."""
    return absolute(request, urlsplit(url).path.replace("/account/", f"/{lang}/account/", 1))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie encrypted in the database, under the site's own key."""

    def encrypt(self, text: str) -> str:
        return locker().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return locker().decrypt(encrypted_text.encode()).decode()

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Not asked for again by who comes from the provider with several proofs."""
        if getattr(context.request, PROVED_BY_PROVIDER, None) == user.pk:
            return False
        return bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A number, for who gives the key no name of its own."""
        from allauth.mfa.models import Authenticator

        return str(Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """None: the log and the page of the account say what changed."""

    def _get_site_name(self) -> str:
        return f"Vatra {context.request.get_host()}"


def locker() -> MultiFernet:
    """Keys of their own for this purpose, drawn from the site's key and those of before."""
    return MultiFernet([_drawn(k) for k in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _drawn(key: str) -> Fernet:
    drawn = hashlib.sha256(b"vatra second factor\0" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(drawn))
