"""Writes of signatures: whom to ask, what was signed, what was declined."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vatra.runs.publish import CONTRACT
from vatra.web.base.actions import do_record_write
from vatra.web.drafting.actions import cleaned
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.holding import roles_in
from vatra.web.people.models import User
from vatra.web.people.roles import SIGNATORIES
from vatra.web.people.rules import may_lead_city, may_sign_contract
from vatra.web.publication import folders, letters
from vatra.web.publication.actions_seal import REASON_LENGTH
from vatra.web.publication.certified import (
    NOT_VALID_THEN,
    CertificateCheck,
    check_detached,
    sign_pdf,
)
from vatra.web.publication.devices import public_key_of
from vatra.web.publication.models import SealedContract, Signatory, Signature
from vatra.web.publication.naming import fits
from vatra.web.publication.passkey import check_signature, pack_signature
from vatra.web.publication.readers import signatures_of
from vatra.web.publication.statement import Unfit
from vatra.web.publication.trust import root_files, roots
from vatra.words import Language

MOST_SIGNATORIES = 40
# Also when all who must have signed: others may join them until it is published.
SIGNABLE = ("sealed", "signing", "signed")


@dataclass(frozen=True)
class Asked:
    """Whom to ask: a person with an account, or a name; the office they sign in."""

    name: str
    office: str
    organisation: str = ""
    email: str = ""
    language: Language = "ro"
    person: User | None = None
    is_required: bool = True


def do_ask_signatory(*, contract: SealedContract, asked: Asked, actor: User) -> Signatory:
    """Ask somebody to sign; a letter goes out where an address is known.

    Raises ``Refused`` when the actor may not, the contract takes no signatures, the person is no
    signatory of the city, or was asked before.
    """
    city = contract.city
    need(may_lead_city.refusal(actor, city), city)
    with transaction.atomic():
        held = _locked(contract, SIGNABLE)
        if asked.person is not None:
            _need_signatory(held, asked.person)
        if held.signatories.count() >= MOST_SIGNATORIES:
            raise Refused("web.publication.too-many-signatories", count=MOST_SIGNATORIES)
        last = held.signatories.aggregate(last=Max("order"))["last"] or 0
        made = Signatory.objects.create(
            contract=held,
            person=asked.person,
            name=asked.name.strip(),
            office=asked.office.strip(),
            organisation=asked.organisation.strip(),
            # Of a person with an account it is theirs, and goes with the account.
            email="" if asked.person else asked.email.strip().lower(),
            language=asked.language,
            order=last + 1,
            is_required=asked.is_required,
        )
        _count(held)
        _record(made, actor, "ask", made.office)
        transaction.on_commit(lambda: letters.ask(made))
    return made


def _need_signatory(held: SealedContract, person: User) -> None:
    if not roles_in(person, held.city) & SIGNATORIES:
        raise Refused("web.publication.no-signatory", name=str(person), city=held.city.name)
    if held.signatories.filter(person=person).exists():
        raise Refused("web.publication.asked-already", name=str(person))


def do_dismiss_signatory(*, signatory: Signatory, actor: User) -> None:
    """Ask somebody no longer; who has signed stays. Raises ``Refused``."""
    contract = signatory.contract
    need(may_lead_city.refusal(actor, contract.city), contract.city)
    with transaction.atomic():
        held = _locked(contract, SIGNABLE)
        found = held.signatories.filter(pk=signatory.pk).exclude(state="signed").first()
        if found is None:
            raise Refused("web.publication.signed-already", name=signatory.name)
        _record(found, actor, "dismiss", found.office)
        found.delete()
        _count(held)


def do_decline_signature(*, signatory: Signatory, reason: str, actor: User) -> Signatory:
    """Say that one does not sign, and why; the lead hears of it. Raises ``Refused``."""
    words = cleaned(reason).strip()[:REASON_LENGTH]
    if not words:
        raise Refused("web.publication.reason-missing")
    _need_own(signatory, actor)
    with transaction.atomic():
        held = _locked(signatory.contract, SIGNABLE)
        found = _open(held, signatory)
        found.state, found.reason, found.decided_at = "declined", words, timezone.now()
        found.save(update_fields=["state", "reason", "decided_at"])
        _count(held)
        _record(found, actor, "decline", "")
        transaction.on_commit(lambda: letters.declined(found))
    return found


def do_sign_with_passkey(
    *,
    signatory: Signatory,
    statement: Mapping[str, str],
    credential: Any,
    rp_id: str,
    actor: User,
) -> Signature:
    """Keep a statement that the person signed with their own passkey.

    The statement must be the one that the page showed; its signature is checked before anything is
    written. Raises ``Refused`` or ``Unfit``.
    """
    _need_own(signatory, actor)
    key = public_key_of(actor, credential)
    content = pack_signature(
        statement=statement, public_key=key, credential=credential, rp_id=rp_id
    )
    checked = check_signature(content)
    about = (signatory.contract.seal, signatory.name, signatory.office, signatory.organisation)
    said = tuple(statement[name] for name in ("seal", "name", "office", "organisation"))
    if not checked.holds or said != about:
        raise Unfit("passkey-not-valid")
    return _keep(signatory, actor, "passkey", content, lang=statement["language"])


def do_sign_with_pdf(*, signatory: Signatory, content: bytes, actor: User) -> Signature:
    """Keep the sealed PDF that was signed elsewhere with a certificate.

    Who is asked brings their own; for somebody without an account the lead does. Raises
    ``Refused`` or ``Unfit``.
    """
    _need_bringer(signatory, actor)
    lang, sealed = _sealed_of(signatory.contract, content)
    found = signatures_of(content, sealed, root_files())
    if any(each.faults not in ((), (NOT_VALID_THEN,)) for each in found):
        raise Unfit("pdf-signature-broken")
    new = _of_signatory(signatory, found)
    _need_valid_then(new)
    return _keep(
        signatory, actor, "pades", content, lang=lang, mark=new.print, at=_moment(new.signed_at)
    )


def do_sign_with_key(
    *, signatory: Signatory, pkcs12: bytes, password: str, lang: Language, actor: User
) -> Signature:
    """Sign the sealed PDF here with a key that is used once and kept nowhere."""
    _need_bringer(signatory, actor)
    now = timezone.now()
    base = newest_pdf(signatory.contract, lang)
    content = sign_pdf(base, pkcs12, password, at=now, reason=signatory.office)
    return do_sign_with_pdf(signatory=signatory, content=content, actor=actor)


def do_sign_with_file(*, signatory: Signatory, content: bytes, actor: User) -> Signature:
    """Keep a detached CMS signature over ``contract.json``. Raises ``Refused`` or ``Unfit``."""
    _need_bringer(signatory, actor)
    folder = folders.path_of(signatory.contract.folder)
    found = check_detached(content, (folder / CONTRACT).read_bytes(), roots())
    _need_valid_then(found)
    if not found.holds:
        raise Unfit("cms-not-valid")
    return _keep(signatory, actor, "cms", content, mark=found.print, at=_moment(found.signed_at))


def newest_pdf(contract: SealedContract, lang: str) -> bytes:
    """The sealed PDF of a language with the signatures it bears by now."""
    last = (
        Signature.objects.filter(signatory__contract=contract, kind="pades", language=lang)
        .order_by("-id")
        .first()
    )
    folder = folders.path_of(contract.folder)
    if last is not None:
        return (folder / folders.SIGNATURES / last.file).read_bytes()
    path = folder / f"contract.{lang}.pdf"
    if not path.is_file():
        raise Unfit("pdf-is-another")
    return path.read_bytes()


def _sealed_of(contract: SealedContract, content: bytes) -> tuple[str, bytes]:
    """The language and bytes of the sealed PDF that a signed one begins with."""
    for path in sorted(folders.path_of(contract.folder).glob("contract.*.pdf")):
        sealed = path.read_bytes()
        if content.startswith(sealed):
            return path.name.split(".")[1], sealed
    raise Unfit("pdf-is-another")


def _of_signatory(signatory: Signatory, found: list[CertificateCheck]) -> CertificateCheck:
    """Which of the signatures is new; by the name in its certificate where several are."""
    known = _prints(signatory.contract)
    new = [each for each in found if each.print not in known]
    if not new:
        raise Unfit("pdf-nothing-new")
    return next((each for each in new if fits(signatory.name, each.subject)), new[-1])


def _prints(contract: SealedContract) -> set[str]:
    """What was handed in before: one signature is not that of two people."""
    held = Signature.objects.filter(signatory__contract=contract).exclude(print="")
    return set(held.values_list("print", flat=True))


def _need_valid_then(found: CertificateCheck) -> None:
    if found.faults == (NOT_VALID_THEN,):
        raise Unfit("certificate-not-valid-then")


def _moment(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _keep(
    signatory: Signatory,
    actor: User,
    kind: str,
    content: bytes,
    *,
    lang: str = "",
    mark: str = "",
    at: datetime | None = None,
) -> Signature:
    """Write the file, then the row: a file without its row is no signature, and harms nobody."""
    with transaction.atomic():
        held = _locked(signatory.contract, SIGNABLE)
        found = _open(held, signatory)
        # Looked at in here: two may bring the same one at the same moment.
        if mark and mark in _prints(held):
            raise Unfit("pdf-nothing-new" if kind == "pades" else "cms-nothing-new")
        ending = {"passkey": "json", "pades": "pdf", "cms": "p7s"}[kind]
        digest = hashlib.sha256(content).hexdigest()
        name = f"{found.order:02d}-{kind}-{digest[:12]}.{ending}"
        folders.write_signature(folders.path_of(held.folder), name, content)
        now = timezone.now()
        made = Signature.objects.create(
            signatory=found,
            kind=kind,
            file=name,
            sha256=digest,
            print=mark,
            language=lang,
            signed_at=at or now,
            brought_by=actor.log_name,
        )
        found.state, found.reason, found.decided_at = "signed", "", now
        found.save(update_fields=["state", "reason", "decided_at"])
        _count(held)
        _record(found, actor, "sign", digest)
        if held.state == "signed":
            transaction.on_commit(lambda: letters.all_signed(held))
    return made


def _count(held: SealedContract) -> None:
    """Signed when all who must have, at least one; signing as soon as somebody is asked."""
    people = list(held.signatories.all())
    needed = [each for each in people if each.is_required]
    is_done = any(each.state == "signed" for each in people) and all(
        each.state == "signed" for each in needed
    )
    state = "signed" if is_done else "signing" if people else "sealed"
    if state != held.state:
        held.state = state
        held.save(update_fields=["state"])


def _locked(contract: SealedContract, states: tuple[str, ...]) -> SealedContract:
    held = SealedContract.objects.select_for_update().select_related("city").get(pk=contract.pk)
    if held.state not in states:
        raise Refused("web.publication.takes-no-signatures")
    return held


def _open(held: SealedContract, signatory: Signatory) -> Signatory:
    found = held.signatories.filter(pk=signatory.pk).first()
    if found is None:
        raise Refused("web.publication.takes-no-signatures")
    if found.state == "signed":
        raise Refused("web.publication.signed-already", name=found.name)
    return found


def _need_own(signatory: Signatory, actor: User) -> None:
    """Only who was asked, and may still sign for the city."""
    city = signatory.contract.city
    need(may_sign_contract.refusal(actor, city), city)
    if signatory.person_id != actor.pk:
        raise Refused("web.publication.not-asked")


def _need_bringer(signatory: Signatory, actor: User) -> None:
    """Who was asked; for somebody without an account, who leads the city's work."""
    if signatory.person_id is None:
        need(may_lead_city.refusal(actor, signatory.contract.city), signatory.contract.city)
    else:
        _need_own(signatory, actor)


def _record(signatory: Signatory, actor: User, verb: str, detail: str) -> None:
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="signature",
        name=signatory.log_name,
        detail=detail,
        city=signatory.contract.city.slug,
    )
