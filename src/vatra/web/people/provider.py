"""The city's identity provider in allauth's words: asked only when somebody signs in there."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from vatra.web.people.identity import IdentityProvider, is_safe
from vatra.web.people.tokens_oidc import Claims, claims_of

ID = "oidc"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def configured() -> IdentityProvider | None:
    """The provider of this installation."""
    found: IdentityProvider | None = settings.IDENTITY_PROVIDER
    return found


def known() -> IdentityProvider:
    """The same where there must be one; the views have asked before."""
    found = configured()
    assert found is not None
    return found


class CityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Speaks with the provider; believes only what ``tokens_oidc`` believes."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, ID)

    def get_provider(self) -> CityProvider:
        return CityProvider.of(self.request)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be who we asked, under safe addresses."""
        found: dict[str, Any] = super().openid_config
        if str(found.get("issuer", "")).rstrip("/") != known().issuer:
            raise OAuth2Error("issuer")
        if not all(is_safe(str(found.get(name, ""))) for name in ENDPOINTS):
            raise OAuth2Error("endpoints")
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("oidc_callback"))

    def claims(self, code: str, state: dict[str, Any]) -> Claims:
        """What the provider signed about who comes back with ``code``.

        Raises ``OAuth2Error`` or ``NotBelieved``, and ``RequestException`` when it cannot be asked.
        """
        client = self.get_client(self.request, self.get_provider().app)
        answer = client.get_access_token(code, pkce_code_verifier=state["pkce_code_verifier"])
        with get_adapter().get_requests_session() as session:
            keys = session.get(self.openid_config["jwks_uri"])
            keys.raise_for_status()
        return claims_of(
            str(answer.get("id_token", "")),
            keys.json(),
            issuer=self.openid_config["issuer"],
            client_id=known().client_id,
            nonce=str((state.get("data") or {}).get("nonce", "")),
            multi_factor_acrs=known().multi_factor_acrs,
        )


class CityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider of the settings; nothing of it lies in the database."""

    oauth2_adapter_class = CityAdapter
    pkce_enabled_default = True

    @classmethod
    def of(cls, request: HttpRequest) -> CityProvider:
        told = known()
        app = SocialApp(
            provider=cls.id,
            provider_id=ID,
            name=told.name[:40],
            client_id=told.client_id,
            secret=told.client_secret,
            settings={"server_url": told.issuer},
        )
        return cls(request, app=app)

    def get_oauth2_adapter(self, request: HttpRequest) -> CityAdapter:
        return self.oauth2_adapter_class(request)

    def begin(self, request: HttpRequest, next_url: str | None) -> str:
        """The provider's address for one sign-in, under a state and a nonce of its own."""
        nonce = secrets.token_urlsafe(32)
        response = self.redirect(
            request, "login", next_url, data={"nonce": nonce}, auth_params={"nonce": nonce}
        )
        return str(response["Location"])
