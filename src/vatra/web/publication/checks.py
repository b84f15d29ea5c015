"""Every signature of a sealed contract, verified now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from vatra.runs.publish import CONTRACT
from vatra.web.base.recent import Recent
from vatra.web.publication import folders, trust
from vatra.web.publication.certified import CertificateCheck, check_detached
from vatra.web.publication.models import SealedContract, Signature
from vatra.web.publication.naming import fits
from vatra.web.publication.passkey import PasskeyCheck, check_signature
from vatra.web.publication.readers import signatures_of
from vatra.web.publication.statement import Unfit
from vatra.words import Language, say

MOST_KEPT = 200


@dataclass(frozen=True)
class Checked:
    """A signature and what its check found; ``faults`` are keys of texts, none: it holds."""

    signature: Signature
    faults: tuple[str, ...]
    passkey: PasskeyCheck | None = None
    certificate: CertificateCheck | None = None

    @property
    def holds(self) -> bool:
        return not self.faults

    @property
    def name(self) -> str:
        return self.signature.signatory.name

    @property
    def signed_at(self) -> datetime:
        return self.signature.signed_at

    @property
    def says_another_name(self) -> bool:
        """Whether the certificate was issued to somebody who is called otherwise."""
        return self.certificate is not None and not fits(self.name, self.certificate.subject)

    def words(self, lang: Language) -> list[str]:
        """Every fault in words."""
        return [say(f"web.publication.fault-{each}", lang) for each in self.faults]


class Opened:
    """The folder of a sealed contract, read once for a page."""

    def __init__(self, contract: SealedContract) -> None:
        self.contract = contract
        self.folder: Path = folders.path_of(contract.folder)

    @cached_property
    def document(self) -> bytes:
        """The sealed JSON as it lies there."""
        return (self.folder / CONTRACT).read_bytes()

    def checks(self) -> list[Checked]:
        """All signatures in the order of who was asked."""
        rows = Signature.objects.filter(signatory__contract=self.contract)
        found = rows.select_related("signatory").order_by("signatory__order")
        return [self._checked(each) for each in found]

    def _checked(self, row: Signature) -> Checked:
        path = self.folder / folders.SIGNATURES / row.file
        try:
            content = path.read_bytes()
        except OSError:
            return Checked(row, ("file-gone",))
        if hashlib.sha256(content).hexdigest() != row.sha256:
            return Checked(row, ("file-altered",))
        try:
            if row.kind == "passkey":
                return self._passkey(row, content)
            return self._certificate(row, content)
        except Unfit:
            return Checked(row, ("unreadable",))

    def _passkey(self, row: Signature, content: bytes) -> Checked:
        found = check_signature(content)
        faults = [f"passkey-{each}" for each in found.faults]
        about = {"seal": self.contract.seal, "name": row.signatory.name}
        about["office"] = row.signatory.office
        if any(found.statement[name] != value for name, value in about.items()):
            faults.append("another-statement")
        return Checked(row, tuple(faults), passkey=found)

    def _certificate(self, row: Signature, content: bytes) -> Checked:
        if row.kind == "cms":
            every: Sequence[CertificateCheck] = [
                check_detached(content, self.document, trust.roots())
            ]
        else:
            every = self._pdf(row, content)
        own = next((each for each in every if each.print == row.print), None)
        if own is None:
            return Checked(row, ("not-in-file",))
        return Checked(row, tuple(f"certificate-{each}" for each in own.faults), certificate=own)

    def _pdf(self, row: Signature, content: bytes) -> tuple[CertificateCheck, ...]:
        sealed = (self.folder / f"contract.{row.language}.pdf").read_bytes()
        return certified(content, sealed)


# Reading a PDF takes seconds: the answer is kept as long as neither file nor roots are others.
_answers: Recent[tuple[str, str, str], tuple[CertificateCheck, ...]] = Recent(MOST_KEPT)


def certified(signed: bytes, sealed: bytes) -> tuple[CertificateCheck, ...]:
    """Every signature of a PDF that begins with the sealed one; raises ``Unfit``."""
    key = (hashlib.sha256(signed).hexdigest(), hashlib.sha256(sealed).hexdigest(), trust.state())
    found = _answers.get(key)
    if found is None:
        found = _answers.put(key, tuple(signatures_of(signed, sealed, trust.root_files())))
    return found
