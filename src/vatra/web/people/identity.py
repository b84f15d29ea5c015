"""Sign-in with the city's own identity provider (OpenID Connect), when one is named:

``VATRA_OIDC_ISSUER`` its issuer, ``https://...``; ``VATRA_OIDC_CLIENT_ID`` and
``VATRA_OIDC_CLIENT_SECRET`` what it knows us by; ``VATRA_OIDC_NAME`` the word on the button;
``VATRA_OIDC_MFA_ACR`` values of ``acr`` that mean two proofs, besides ``mfa`` in ``amr``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from vatra.words import say

LOCAL = ("localhost", "127.0.0.1", "::1")
NEEDED = ("VATRA_OIDC_CLIENT_ID", "VATRA_OIDC_CLIENT_SECRET")
REFEDS_MFA = "https://refeds.org/profile/mfa"


@dataclass(frozen=True)
class IdentityProvider:
    """Who vouches for people; ``multi_factor_acrs`` as above."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    multi_factor_acrs: frozenset[str] = frozenset({REFEDS_MFA})


def identity_provider() -> IdentityProvider | None:
    """The provider of the environment, or None. Raises ``ImproperlyConfigured`` for half of one,
    and for an issuer that speaks plain HTTP and is not on this machine."""
    issuer = os.environ.get("VATRA_OIDC_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    if not is_safe(issuer):
        raise ImproperlyConfigured(say("web.people.oidc-issuer", "en", issuer=issuer))
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(say("web.people.oidc-missing", "en", names=missing))
    acrs = os.environ.get("VATRA_OIDC_MFA_ACR", REFEDS_MFA).split(",")
    return IdentityProvider(
        issuer,
        os.environ["VATRA_OIDC_CLIENT_ID"],
        os.environ["VATRA_OIDC_CLIENT_SECRET"],
        os.environ.get("VATRA_OIDC_NAME", "").strip() or str(urlsplit(issuer).hostname),
        frozenset(each.strip() for each in acrs if each.strip()),
    )


def is_safe(url: str) -> bool:
    """HTTPS, or this machine itself."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
