"""The work of sealing: an approved version computed, rendered, and put in its place as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from vatra.runs.contract import Run, run
from vatra.runs.publish import publish
from vatra.tables import FindingsError
from vatra.web.base.actions import do_record_write
from vatra.web.cities.actions import slug_of
from vatra.web.drafting.actions_review import do_mark_sealed
from vatra.web.drafting.models import Review
from vatra.web.publication import folders
from vatra.web.publication.models import SealedContract
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import pack_folder
from vatra.words import language

# Called with how far the work is, how much there is, and the key of what is being done.
Progress = Callable[[int, int, str], None]
_STEPS = ("read", "compute", "plan", "lint", "seal")


class Unsealable(Exception):
    """A version that cannot be sealed: ``key`` and ``params`` of the text that says why."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = f"web.publication.{key}", params
        super().__init__(key)


def do_seal_contract(*, contract: SealedContract, progress: Progress) -> SealedContract:
    """Seal what was asked for. May be begun again at any point, also after being killed.

    Nothing is seen before all of it is on the disk; the row names the folder only then. Raises
    ``Unsealable``; what ``progress`` raises breaks off without a trace.
    """
    if contract.state not in ("sealing", "failed"):
        return contract
    _begin_again(contract)
    version = Version.objects.get(city=contract.city_id, number=contract.version_number)
    if version.digest != contract.version_digest:
        raise Unsealable("version-changed")
    _need_approval(contract)
    try:
        with folders.in_the_making(contract.city.slug, contract.pk) as partial:
            found = _computed(contract, version, progress)
            langs = [language(each) for each in found.pack.city.languages]
            for done, lang in enumerate(langs):
                progress(len(_STEPS) + done, len(_STEPS) + len(langs), _step("write"))
                publish(found, partial, (lang,))
            progress(len(_STEPS) + len(langs), len(_STEPS) + len(langs), _step("settle"))
            place = folders.settle(partial, contract.city.slug, found.run_id)
    except folders.Busy as problem:
        raise Unsealable("sealing-busy") from problem
    return _sealed(contract, found.run_id, place)


def _need_approval(contract: SealedContract) -> None:
    """The approval still stands: what failed may be tried again after it was taken back, and it may
    be taken back while the work is under way. Raises ``Unsealable``."""
    found = Review.objects.filter(city=contract.city_id, version__digest=contract.version_digest)
    with transaction.atomic():
        # Where a transaction is around this, it stands to the end of that.
        locked = found.filter(state__in=("approved", "sealed")).select_for_update(of=("self",))
        if not locked:
            raise Unsealable("not-approved", city=contract.city.name)


def _begin_again(contract: SealedContract) -> None:
    """What failed before is under way again, unless another contract was begun since."""
    try:
        with transaction.atomic():
            SealedContract.objects.filter(pk=contract.pk, state="failed").update(
                state="sealing", reason=""
            )
    except IntegrityError as problem:
        raise Unsealable("begun-another") from problem


def _computed(contract: SealedContract, version: Version, progress: Progress) -> Run:
    total = len(_STEPS) + 2

    def say(step: str) -> None:
        progress(_STEPS.index(step) if step in _STEPS else 0, total, _step(step))

    try:
        found = run(pack_folder(version), progress=say)
    except FindingsError as problem:
        raise Unsealable("version-faulty", count=len(problem.findings)) from problem
    code = str(found.contract["city"]["code"])
    if slug_of(code) != contract.city.slug:
        raise Unsealable("code-changed", code=code, slug=contract.city.slug)
    return found


def _step(name: str) -> str:
    return f"web.publication.step-{name}"


def _sealed(contract: SealedContract, seal: str, place: str) -> SealedContract:
    with transaction.atomic():
        held = SealedContract.objects.select_for_update().get(pk=contract.pk)
        if held.state == "sealing":
            _need_approval(held)
            held.seal, held.folder, held.sealed_at = seal, place, timezone.now()
            held.state, held.reason = "sealed", ""
            held.save(update_fields=["seal", "folder", "sealed_at", "state", "reason"])
            do_record_write(
                actor=held.sealed_by.log_name if held.sealed_by else "",
                verb="seal",
                noun="contract",
                name=held.log_name,
                detail=seal,
                city=held.city.slug,
            )
            if held.sealed_by is not None:
                version = Version.objects.get(city=held.city_id, number=held.version_number)
                do_mark_sealed(version=version, actor=held.sealed_by)
    return held
