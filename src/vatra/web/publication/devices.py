"""A person's passkeys, as the people app keeps them."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import get_credentials
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from vatra.web.people.models import User
from vatra.web.publication.statement import Unfit

_ED25519, _ES256, _RS256 = -8, -7, -257


def has_passkey(person: User) -> bool:
    """Whether the person can sign with a device."""
    return Authenticator.objects.filter(
        user_id=person.pk, type=Authenticator.Type.WEBAUTHN
    ).exists()


def request_options(person: User, challenge: bytes) -> dict[str, Any]:
    """What the browser is asked: one of the person's own passkeys."""
    keys = [
        {"type": "public-key", "id": _text(each.credential_id)} for each in get_credentials(person)
    ]
    asked = {
        "challenge": _text(challenge),
        "rpId": rp_id(),
        "allowCredentials": keys,
        "userVerification": "required",
        "timeout": 120_000,
    }
    return {"publicKey": asked}


def rp_id() -> str:
    """The place that passkeys belong to, as the people app says it to browsers."""
    return str(get_adapter().get_public_key_credential_rp_entity()["id"])


def public_key_of(person: User, credential: Any) -> bytes:
    """The public key (DER) of the passkey that answered; raises ``Unfit`` for one not theirs."""
    said = credential.get("id") if isinstance(credential, dict) else None
    for each in get_credentials(person):
        if said == _text(each.credential_id):
            return _der(dict(each.public_key))
    raise Unfit("passkey-of-another")


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _der(cose: dict[int, Any]) -> bytes:
    """A key as devices write it (RFC 9053), as everybody else does."""
    key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey
    if cose.get(3) == _ES256:
        point = (int.from_bytes(cose[-2], "big"), int.from_bytes(cose[-3], "big"))
        key = ec.EllipticCurvePublicNumbers(*point, ec.SECP256R1()).public_key()
    elif cose.get(3) == _ED25519:
        key = ed25519.Ed25519PublicKey.from_public_bytes(cose[-2])
    elif cose.get(3) == _RS256:
        numbers = (int.from_bytes(cose[-2], "big"), int.from_bytes(cose[-1], "big"))
        key = rsa.RSAPublicNumbers(*numbers).public_key()
    else:
        raise Unfit("passkey-unfit")
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
