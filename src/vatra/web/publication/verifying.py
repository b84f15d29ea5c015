"""What this room adds to the page of verification: typed seals, PDFs, what became of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vatra.contract import Mismatch, verify
from vatra.contract.render.pdf import SEAL_MARK
from vatra.runs.contract import run
from vatra.runs.publish import PACK
from vatra.tables import FindingsError
from vatra.web.base.recent import Recent
from vatra.web.contracts import beside
from vatra.web.contracts.beside import Papers
from vatra.web.publication import folders, queries, shown
from vatra.web.publication.certified import CertificateCheck
from vatra.web.publication.checks import Checked, Opened, certified
from vatra.web.publication.models import SealedContract
from vatra.web.publication.pdf_text import Difference
from vatra.web.publication.readers import differences_of
from vatra.web.publication.statement import Unfit
from vatra.words import Language

_SEAL = re.compile(r"[0-9a-fA-F]{64}")
_MARKED = re.compile(re.escape(SEAL_MARK).encode() + rb"([0-9a-f]{64})")
_MOST_KEPT = 300


@dataclass(frozen=True)
class Standing:
    """What became of a sealed contract, and whether all of it still holds.

    ``mismatches`` of its own folder, computed again; ``altered`` files that are not as sealed.
    """

    contract: SealedContract
    in_force: SealedContract | None
    mismatches: tuple[Mismatch, ...]
    altered: tuple[str, ...]
    checks: tuple[Checked, ...]
    state: str

    @property
    def holds(self) -> bool:
        return not self.mismatches and not self.altered

    @property
    def signatures_hold(self) -> bool:
        return all(each.holds for each in self.checks)

    @property
    def state_is_good(self) -> bool:
        """Whether it is what the city stands by now, or did until the next one."""
        return self.contract.state in ("published", "superseded")


def standing(contract: SealedContract, lang: Language) -> Standing:
    """Everything about an edition, checked now from its own folder."""
    opened = Opened(contract)
    return Standing(
        contract,
        queries.in_force(contract.city),
        recomputed(contract),
        tuple(folders.faults(opened.folder)),
        tuple(opened.checks()),
        shown.edition_words(contract, lang),
    )


# Computing a city again takes a second; its folder is under its seal and its sums.
_recomputed: Recent[tuple[str, str], tuple[Mismatch, ...]] = Recent(_MOST_KEPT)


def recomputed(contract: SealedContract) -> tuple[Mismatch, ...]:
    """What of the sealed document does not follow from its own pack, computed again."""
    folder = queries.folder_of(contract)
    sums = folder / folders.SUMS
    key = (contract.folder, str(sums.stat().st_mtime_ns) if sums.is_file() else "")
    found = _recomputed.get(key)
    if found is None:
        document = dict(queries.document_of(contract))
        try:
            again = run(folder / PACK).contract
        except FindingsError:
            again = None
        found = _recomputed.put(key, tuple(verify(document, again)))
    return found


@dataclass(frozen=True)
class HandedPdf:
    """A PDF that was handed in: the edition it names, whether it is that one, and who signed it.

    ``papers`` of a seal that another room keeps, such as a frozen report; ``is_ours`` it is the
    sealed file, byte for byte; ``is_signed`` that and signatures; ``differences`` words that are
    others.
    """

    standing: Standing | None
    seal: str
    is_ours: bool = False
    is_signed: bool = False
    signatures: tuple[CertificateCheck, ...] = ()
    differences: tuple[Difference, ...] = ()
    problem: Unfit | None = None
    papers: Papers | None = None

    @property
    def is_known(self) -> bool:
        """Whether something was sealed here under the seal it bears."""
        return self.standing is not None or self.papers is not None

    @property
    def holds(self) -> bool:
        is_whole = (
            self.standing.holds
            if self.standing is not None
            else self.papers is not None and self.papers.is_whole
        )
        return is_whole and (
            self.is_ours or (self.is_signed and all(each.holds for each in self.signatures))
        )


def handed_pdf(content: bytes, lang: Language) -> HandedPdf:
    """Whether a PDF is one of an edition, which one, and if not, what is another."""
    marks = _MARKED.findall(content)
    if not marks:
        return HandedPdf(None, "")
    seal = marks[0].decode()
    found = queries.shown_with_seal(seal)
    if found is None:
        papers = beside.papers_of(seal, lang)
        empty = HandedPdf(None, seal, papers=papers)
        return _held(empty, content, papers.contents) if papers else empty
    paths = sorted(queries.folder_of(found).glob("contract.*.pdf"))
    known = HandedPdf(standing(found, lang), seal)
    return _held(known, content, [each.read_bytes() for each in paths])


def _held(known: HandedPdf, content: bytes, sealed: Sequence[bytes]) -> HandedPdf:
    """A PDF against those that were sealed: the same, the same and signatures, or another."""
    for each in sealed:
        if content == each:
            return replace(known, is_ours=True)
        if content.startswith(each):
            return _signed(known, content, each)
    return _other(known, content, sealed)


def _signed(known: HandedPdf, content: bytes, sealed: bytes) -> HandedPdf:
    try:
        return replace(known, is_signed=True, signatures=tuple(certified(content, sealed)))
    except Unfit as problem:
        return replace(known, problem=problem)


def _other(known: HandedPdf, content: bytes, sealed: Sequence[bytes]) -> HandedPdf:
    """Held against the language it is nearest to."""
    try:
        return replace(known, differences=tuple(differences_of(content, sealed)))
    except Unfit as problem:
        return replace(known, problem=problem)


@dataclass(frozen=True)
class Room:
    """This room on the page of verification."""

    template: str = field(default="publication/_standing.html")

    def answer(self, request: HttpRequest, lang: Language, content: bytes) -> HttpResponse | None:
        """A typed seal leads to its page; a PDF is held against its edition."""
        # Who reads it aloud or types it from paper parts it into groups.
        text = "".join(content[:200].decode("ascii", "replace").split())
        if _SEAL.fullmatch(text):
            return redirect("publication:verify-seal", lang, text.lower())
        if not content.startswith(b"%PDF"):
            return None
        found = handed_pdf(content, lang)
        known = found.standing
        about = {"pdf": found, "standing": known, "message": ""}
        if found.problem is not None:
            about["message"] = found.problem.message(lang)
        return render(request, "publication/verify_pdf.html", about | named(known, lang))

    def document(self, seal: str) -> Mapping[str, Any] | None:
        """The document of an edition that everybody may see."""
        found = queries.shown_with_seal(seal) if _SEAL.fullmatch(seal) else None
        return queries.document_of(found) if found else None

    def papers(self, seal: str, lang: Language) -> Papers | None:
        """None: what this room seals is a contract."""
        return None

    def about(self, seal: str, lang: Language) -> Mapping[str, Any]:
        """What became of the edition of a seal, and who signed it."""
        found = queries.shown_with_seal(seal) if _SEAL.fullmatch(seal) else None
        if found is None:
            return {}
        known = standing(found, lang)
        taken_back = known.contract.state == "withdrawn"
        about = {"standing": known, "edition_template": self.template, "taken_back": taken_back}
        return about | named(known, lang)


def named(known: Standing | None, lang: Language) -> dict[str, Any]:
    """Faults of signatures in words, for the templates."""
    checks = known.checks if known else ()
    return {"signed": [{"checked": each, "faults": each.words(lang)} for each in checks]}
