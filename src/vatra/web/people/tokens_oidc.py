"""What an identity provider says of a person, believed only when it is signed by its key for us.

OpenID Connect Core 1.0, section 3.1.3.7. The signature is checked in every case, also where the
standard allows to rely on the connection.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
NEEDED = ("iss", "sub", "aud", "exp", "iat")
# Clocks may differ by this much.
LEEWAY_SECONDS = 60
# RFC 8176: "mfa" means that several factors were asked; single ones are not added up here.
MULTI_FACTOR = "mfa"


class NotBelieved(Exception):
    """A token that is not what it should be; the text is for the operator, not for visitors."""


@dataclass(frozen=True)
class Claims:
    """Who signed in there, by the number ``subject``; ``email`` only when it was verified."""

    subject: str
    email: str
    is_multi_factor: bool


def claims_of(
    token: str,
    keys: dict[str, Any],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    multi_factor_acrs: frozenset[str],
) -> Claims:
    """The claims of an ID token; raises ``NotBelieved`` for one that is altered, of somebody else,
    for somebody else, over, or made for another sign-in."""
    try:
        said = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": list(NEEDED)},
        )
    except (jwt.PyJWTError, ValueError, KeyError, TypeError) as problem:
        raise NotBelieved(type(problem).__name__) from problem
    if isinstance(said["aud"], list) and len(said["aud"]) > 1 and said.get("azp") != client_id:
        raise NotBelieved("azp")
    given = said.get("nonce")
    if not isinstance(given, str) or not nonce or not secrets.compare_digest(given, nonce):
        raise NotBelieved("nonce")
    # Only the word true counts: "false" as a text would be true, too.
    email = said.get("email") if said.get("email_verified") is True else ""
    return Claims(
        str(said["sub"]),
        str(email or "").strip().lower(),
        _is_multi_factor(said, multi_factor_acrs),
    )


def _is_multi_factor(said: dict[str, Any], acrs: frozenset[str]) -> bool:
    amr = said.get("amr")
    return (isinstance(amr, list) and MULTI_FACTOR in amr) or said.get("acr") in acrs


def _key(token: str, keys: dict[str, Any]) -> Any:
    wanted = jwt.get_unverified_header(token).get("kid")
    # Secrets shared by both sides stand in no published list of keys.
    known = [each for each in jwt.PyJWKSet.from_dict(keys).keys if each.key_type != "oct"]
    fitting = [each for each in known if wanted is None or each.key_id == wanted]
    if len(fitting) != 1:
        raise ValueError("key")
    return fitting[0].key
