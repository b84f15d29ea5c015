"""A statement signed with a passkey, as a file that anybody can check again.

The file holds the statement, the public key and what the device gave back. W3C Web Authentication
Level 2, section 7.2: the device signs its own data and the hash of the client data; the client
data name the challenge, which here is the hash of the statement.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from vatra.contract.canonical import canonical
from vatra.web.publication.statement import Unfit, challenge, read_statement

FORMAT = "vatra-passkey-signature/1"
FIELDS = (
    "format",
    "statement",
    "credential_id",
    "public_key",
    "authenticator_data",
    "client_data",
    "signature",
    "rp_id",
)
MAX_BYTES = 64 * 1024
# Bits of the authenticator's flags: a person was there, and proved to the device who they are.
_PRESENT, _VERIFIED = 0x01, 0x04
_HASH_BYTES, _FLAGS_AT = 32, 32
_LEAST_BYTES = 37


@dataclass(frozen=True)
class PasskeyCheck:
    """What the check of a passkey signature found; ``faults`` empty: it holds."""

    statement: Mapping[str, str]
    key_print: str
    origin: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def pack_signature(
    *, statement: Mapping[str, str], public_key: bytes, credential: Any, rp_id: str
) -> bytes:
    """The file of a signature from what the browser gave back.

    ``public_key`` is the DER form (SubjectPublicKeyInfo). Raises ``Unfit`` when the answer of the
    browser lacks a part.
    """
    answer = credential.get("response") if isinstance(credential, dict) else None
    answer = answer if isinstance(answer, dict) else {}
    content = {
        "format": FORMAT,
        "statement": dict(statement),
        "credential_id": _part(credential, "id"),
        "public_key": base64.b64encode(public_key).decode(),
        "authenticator_data": _part(answer, "authenticatorData"),
        "client_data": _part(answer, "clientDataJSON"),
        "signature": _part(answer, "signature"),
        "rp_id": rp_id,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _part(content: Any, name: str) -> str:
    value = content.get(name) if isinstance(content, dict) else None
    if not isinstance(value, str) or not value or len(value) > MAX_BYTES:
        raise Unfit("passkey-unfit")
    return value


def check_signature(content: bytes) -> PasskeyCheck:
    """Check a signature's file from nothing but itself.

    Raises ``Unfit`` for what is no such file; otherwise every fault stands in the result.
    """
    held = _read(content)
    said = read_statement(held["statement"])
    device, client = _decoded(held["authenticator_data"]), _decoded(held["client_data"])
    key_bytes = _decoded(held["public_key"])
    told = _client_data(client)
    faults = [
        *_client_faults(told, challenge(said), held["rp_id"]),
        *_device_faults(device, held["rp_id"]),
    ]
    signed = device + hashlib.sha256(client).digest()
    if not _is_signed(key_bytes, _decoded(held["signature"]), signed):
        faults.append("signature")
    return PasskeyCheck(
        said, hashlib.sha256(key_bytes).hexdigest(), str(told.get("origin", "")), tuple(faults)
    )


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise Unfit("passkey-unfit")
    try:
        held = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise Unfit("passkey-unfit") from problem
    if not isinstance(held, dict) or set(held) != set(FIELDS) or held["format"] != FORMAT:
        raise Unfit("passkey-unfit")
    if not all(isinstance(held[name], str) for name in FIELDS if name != "statement"):
        raise Unfit("passkey-unfit")
    return held


def _decoded(text: str) -> bytes:
    """Base 64 in either alphabet, with or without its filling."""
    try:
        plain = text.rstrip("=").replace("-", "+").replace("_", "/")
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError as problem:
        raise Unfit("passkey-unfit") from problem


def _client_data(client: bytes) -> dict[str, Any]:
    try:
        told = json.loads(client)
    except (ValueError, RecursionError) as problem:
        raise Unfit("passkey-unfit") from problem
    if not isinstance(told, dict):
        raise Unfit("passkey-unfit")
    return told


def _client_faults(told: Mapping[str, Any], wanted: bytes, rp_id: str) -> list[str]:
    found = []
    if told.get("type") != "webauthn.get":
        found.append("type")
    if _or_none(told.get("challenge")) != wanted:
        found.append("challenge")
    if not _belongs(told.get("origin"), rp_id):
        found.append("origin")
    return found


def _or_none(text: Any) -> bytes | None:
    try:
        return _decoded(text) if isinstance(text, str) else None
    except Unfit:
        return None


def _belongs(origin: Any, rp_id: str) -> bool:
    """Whether an origin is the place the key belongs to, or lies below it."""
    try:
        host = urlsplit(origin).hostname if isinstance(origin, str) else None
    except ValueError:
        host = None
    return bool(host) and (host == rp_id or str(host).endswith(f".{rp_id}"))


def _device_faults(device: bytes, rp_id: str) -> list[str]:
    if len(device) < _LEAST_BYTES:
        return ["device"]
    found = []
    if device[:_HASH_BYTES] != hashlib.sha256(rp_id.encode()).digest():
        found.append("place")
    if not device[_FLAGS_AT] & _PRESENT or not device[_FLAGS_AT] & _VERIFIED:
        found.append("person")
    return found


def _is_signed(key_bytes: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        key = serialization.load_der_public_key(key_bytes)
    except (ValueError, TypeError) as problem:
        raise Unfit("passkey-unfit") from problem
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, signed)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def statement_bytes(content: Mapping[str, Any]) -> bytes:
    """The canonical text of a statement: what is hashed."""
    return canonical(dict(content))
