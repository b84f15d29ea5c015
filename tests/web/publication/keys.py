"""Certificates and devices of made-up people: what real ones would give, made in the test."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "o cheie de probă"


@dataclass(frozen=True)
class Card:
    """A certificate with its key, issued by ``root``."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def pkcs12(self) -> bytes:
        """As a key file under ``PASSWORD``."""
        locked = serialization.BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(
            b"key", self.key, self.certificate, [self.root], locked
        )

    def detached(self, content: bytes) -> bytes:
        """A .p7s over the content."""
        made = pkcs7.PKCS7SignatureBuilder().set_data(content)
        made = made.add_signer(self.certificate, self.key, hashes.SHA256())
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        return made.sign(serialization.Encoding.DER, options)

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)


def card(name: str, *, days: int = 30) -> Card:
    """A card for a name; with ``days`` below zero its time is over."""
    root_key = rsa.generate_private_key(65537, 2048)
    root = _certificate("Probe CA", root_key, "Probe CA", root_key, days=400, is_root=True)
    key = rsa.generate_private_key(65537, 2048)
    return Card(key, _certificate(name, key, "Probe CA", root_key, days=days), root)


def _certificate(
    subject: str,
    key: rsa.RSAPrivateKey,
    issuer: str,
    issuer_key: rsa.RSAPrivateKey,
    *,
    days: int,
    is_root: bool = False,
) -> x509.Certificate:
    until = datetime.now(UTC) + timedelta(days=days)
    made = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(issuer))
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(until - timedelta(days=500)).not_valid_after(until)
    made = made.add_extension(x509.BasicConstraints(is_root, None), True)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    )
    usage |= {"encipher_only": False, "decipher_only": False, "key_cert_sign": is_root}
    usage |= {"digital_signature": True, "content_commitment": not is_root}
    made = made.add_extension(x509.KeyUsage(**usage), True)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = made.add_extension(own, False)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return made.add_extension(above, False).sign(issuer_key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Device:
    """A device with one passkey for a place."""

    key: ec.EllipticCurvePrivateKey
    place: str = "testserver"

    @classmethod
    def new(cls, place: str = "testserver") -> Device:
        return cls(ec.generate_private_key(ec.SECP256R1()), place)

    @property
    def public_der(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def answer(
        self,
        challenge: bytes,
        *,
        flags: int = 0x05,
        kind: str = "webauthn.get",
        origin: str = "",
    ) -> dict[str, Any]:
        """What a browser gives back after the device signed a challenge."""
        client = json.dumps(
            {
                "type": kind,
                "challenge": text(challenge),
                "origin": origin or f"https://{self.place}",
            }
        ).encode()
        device = hashlib.sha256(self.place.encode()).digest() + bytes([flags, 0, 0, 0, 1])
        signed = self.key.sign(device + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": device, "clientDataJSON": client, "signature": signed}
        return {
            "id": text(b"one key"),
            "type": "public-key",
            "response": {name: text(value) for name, value in answer.items()},
        }


def text(content: bytes) -> str:
    """Base 64 as browsers write it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def altered(content: bytes, **changes: Any) -> bytes:
    """A signature's file with other values."""
    held: Mapping[str, Any] = json.loads(content)
    return json.dumps({**held, **changes}).encode()
