"""Signatures made with a certificate: inside the sealed PDF (PAdES), or beside contract.json (CMS).

Integrity is checked from the file alone. Who issued the certificate is checked against the roots
an administrator placed in ``VATRA_TRUST``; nothing is fetched from anywhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    async_validate_detached_cms,
    async_validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from vatra.web.publication.pdf_revisions import only_prepared
from vatra.web.publication.statement import Unfit

# Their complaints name the people of certificates; what matters stands in our result.
for _name_of_log in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name_of_log).setLevel(logging.CRITICAL)
Trust = Literal["trusted", "untrusted", "unchecked"]
MAX_BYTES = 20 * 1024 * 1024
MAX_CMS_BYTES = 512 * 1024
MAX_SIGNATURES = 30
MAX_NAME = 300
# What a certificate is that had expired, or had not begun, when its owner signed.
NOT_VALID_THEN = "not-valid-then"
_T = TypeVar("_T")


@dataclass(frozen=True)
class CertificateCheck:
    """What the check of one signature with a certificate found; no ``faults``: it holds.

    ``signed_at`` as the signer's computer said, ISO in UTC, empty where it does not say;
    ``print`` SHA-256 of the signature itself; ``trust`` what is known of the issuer.
    """

    subject: str
    issuer: str
    signed_at: str
    stamped: bool
    trust: Trust
    print: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def of(cls, content: dict[str, Any]) -> CertificateCheck:
        """From plain data."""
        return cls(**(content | {"faults": tuple(content["faults"])}))


def read_roots(contents: Sequence[bytes]) -> list[x509.Certificate]:
    """Certificates of PEM (any number in a file) or DER files; raises ``ValueError``."""
    found = []
    for content in contents:
        if pem.detect(content):
            parts = [der for _, _, der in pem.unarmor(content, multiple=True)]
        else:
            parts = [content]
        for der in parts:
            certificate = x509.Certificate.load(der)
            _ = certificate.subject.native
            found.append(certificate)
    return found


def check_pdf(
    content: bytes, sealed_pdf: bytes, roots: Sequence[x509.Certificate]
) -> list[CertificateCheck]:
    """Every signature in a PDF that must be the sealed PDF and additions that only sign it.

    Raises ``Unfit`` when it is another PDF, was changed besides being signed, or bears no
    signature.
    """
    if len(content) > MAX_BYTES:
        raise Unfit("pdf-too-large", limit=MAX_BYTES // (1024 * 1024))
    if not content.startswith(sealed_pdf):
        raise Unfit("pdf-is-another")
    try:
        reader = PdfFileReader(io.BytesIO(content))
        embedded = reader.embedded_regular_signatures
        if not embedded:
            raise Unfit("pdf-unsigned")
        if len(embedded) > MAX_SIGNATURES:
            raise Unfit("pdf-unreadable")
        if not only_prepared(reader, min(each.signed_revision for each in embedded)):
            raise Unfit("pdf-changed")
        return [_checked_pdf(each, roots) for each in embedded]
    except Unfit:
        raise
    except Exception as problem:
        # A stranger's file: whatever the reader stumbles over, it is no PDF we can vouch for.
        raise Unfit("pdf-unreadable") from problem


def _checked_pdf(
    embedded: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]
) -> CertificateCheck:
    context = _context(roots)
    status = _waited(
        async_validate_pdf_signature(
            embedded, signer_validation_context=context, ts_validation_context=context
        )
    )
    faults = _faults(status)
    if not status.docmdp_ok or isinstance(status.diff_result, SuspiciousModification):
        faults.append("changed")
    return _told(status, bytes(embedded.pkcs7_content), roots, faults)


def check_detached(
    content: bytes, signed: bytes, roots: Sequence[x509.Certificate]
) -> CertificateCheck:
    """A detached CMS signature (DER or PEM) over ``signed``.

    Raises ``Unfit`` for what is none; a signature over other bytes has the fault ``altered``.
    """
    if len(content) > MAX_CMS_BYTES:
        raise Unfit("cms-unreadable")
    try:
        der = pem.unarmor(content)[2] if pem.detect(content) else content
        info = cms.ContentInfo.load(der, strict=True)
        if info["content_type"].native != "signed_data":
            raise Unfit("cms-unreadable")
        data = info["content"]
        if data["encap_content_info"]["content"].native is not None:
            raise Unfit("cms-not-detached")
        context = _context(roots)
        status = _waited(
            async_validate_detached_cms(
                signed, data, signer_validation_context=context, ts_validation_context=context
            )
        )
        return _told(status, der, roots, _faults(status))
    except Unfit:
        raise
    except Exception as problem:
        raise Unfit("cms-unreadable") from problem


def sign_pdf(content: bytes, pkcs12: bytes, password: str, *, at: datetime, reason: str) -> bytes:
    """The PDF with one more PAdES signature by the key of a PKCS#12 file.

    Key and password are used here once and kept nowhere. Raises ``Unfit`` when they do not fit
    each other, or the file holds no key.
    """
    try:
        signer = SimpleSigner.load_pkcs12_data(pkcs12, [], password.encode() or None)
    except Exception as problem:
        raise Unfit("pkcs12-unreadable") from problem
    if signer is None or signer.signing_cert is None:
        raise Unfit("pkcs12-unreadable")
    certificate = signer.signing_cert
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise Unfit("pkcs12-not-valid-now", until=certificate.not_valid_after.date().isoformat())
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    taken = len(writer.prev.embedded_regular_signatures)
    about = PdfSignatureMetadata(
        field_name=f"Vatra{taken + 1}",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
    )
    signed = io.BytesIO()
    _waited(PdfSigner(about, signer).async_sign_pdf(writer, output=signed))
    return signed.getvalue()


def _waited(work: Coroutine[Any, Any, _T]) -> _T:
    """The result of work that is written for an event loop, where one may be running already."""
    found: list[_T] = []
    failed: list[BaseException] = []

    def go() -> None:
        try:
            found.append(asyncio.run(work))
        except BaseException as problem:
            failed.append(problem)

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


def _context(roots: Sequence[x509.Certificate]) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots), allow_fetching=False)


def _faults(status: Any) -> list[str]:
    found = []
    if not status.intact:
        found.append("altered")
    if not status.valid:
        found.append("signature")
    return found


def _told(
    status: Any, signature: bytes, roots: Sequence[x509.Certificate], faults: list[str]
) -> CertificateCheck:
    certificate = status.signing_cert
    stamp = status.timestamp_validity
    is_stamped = stamp is not None and stamp.intact and stamp.valid
    moment = stamp.timestamp if is_stamped else status.signer_reported_dt
    if moment and not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        faults = [*faults, NOT_VALID_THEN]
    trust: Trust = "unchecked"
    if roots:
        trust = "trusted" if status.trusted else "untrusted"
    return CertificateCheck(
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        signed_at=moment.astimezone(UTC).isoformat(timespec="seconds") if moment else "",
        stamped=bool(is_stamped),
        trust=trust,
        print=hashlib.sha256(signature).hexdigest(),
        faults=tuple(faults),
    )


def _name(name: x509.Name) -> str:
    """A name as people read it; "Common Name:" says nothing to them."""
    return str(name.human_friendly).replace("Common Name: ", "")[:MAX_NAME]
