"""Writes of sealed contracts: ask for one, publish it, withdraw it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder
from vatra.web.drafting.actions import cleaned
from vatra.web.drafting.queries import approved_version
from vatra.web.jobs.actions import do_begin_job
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.rules import may_lead_city
from vatra.web.publication import folders
from vatra.web.publication.checks import Opened
from vatra.web.publication.jobs import KIND
from vatra.web.publication.models import OPEN, SealedContract
from vatra.web.workspace.models import Version, Workspace

NOTE_LENGTH, REASON_LENGTH = 500, 1000


def do_begin_sealing(*, city: City, actor: User, note: str = "") -> SealedContract:
    """Ask that the approved version is sealed; a job does it.

    Asked again for the same version it is the same contract. Raises ``Refused`` when the actor may
    not, no version is approved, another contract is on its way, or this one is in force already.
    """
    need(may_lead_city.refusal(actor, city), city)
    version = approved_version(city)
    if version is None:
        raise Refused("web.publication.not-approved", city=city.name)
    with transaction.atomic():
        # One at a time for a city.
        City.objects.select_for_update().get(pk=city.pk)
        here = _on_its_way(city, version)
        if here is not None:
            return here
        number = SealedContract.objects.filter(city=city).aggregate(last=Max("number"))["last"]
        made = SealedContract.objects.create(
            city=city,
            number=(number or 0) + 1,
            version_number=version.number,
            version_digest=version.digest,
            note=cleaned(note).strip()[:NOTE_LENGTH],
            sealed_by=actor,
        )
        _record(made, actor, "ask", str(version.number))
        begun = do_begin_job(
            kind=KIND,
            city=city,
            params={"contract": made.pk},
            actor=actor,
            about=str(version.number),
            place=f"cities/{city.slug}/work/publish/{made.number}/",
        )
        SealedContract.objects.filter(pk=made.pk).update(job_id=begun.pk)
    made.refresh_from_db()
    return made


def _on_its_way(city: City, version: Version) -> SealedContract | None:
    open_one = SealedContract.objects.filter(city=city, state__in=OPEN).first()
    if open_one is not None and open_one.version_digest == version.digest:
        return open_one
    if open_one is not None:
        raise Refused("web.publication.another-open", number=open_one.number)
    shown = SealedContract.objects.filter(
        city=city, state="published", version_digest=version.digest
    ).first()
    if shown is not None:
        raise Refused("web.publication.in-force-already", edition=shown.edition)
    return None


def do_publish_contract(*, contract: SealedContract, actor: User) -> SealedContract:
    """Show a signed contract to everybody as the city's next edition; the one before is superseded.

    Raises ``Refused`` when the actor may not, it is not signed by all who must, or its folder is
    no longer what was sealed.
    """
    city = contract.city
    need(may_lead_city.refusal(actor, city), city)
    # Before the lock: reading a signed PDF takes seconds.
    broken = [each.name for each in Opened(contract).checks() if not each.holds]
    if broken:
        raise Refused("web.publication.signatures-broken", names=broken[:5])
    with transaction.atomic():
        City.objects.select_for_update().get(pk=city.pk)
        held = SealedContract.objects.select_for_update().get(pk=contract.pk)
        if held.state == "published":
            return held
        if held.state != "signed":
            raise Refused("web.publication.not-signed")
        folder = folders.path_of(held.folder)
        altered = folders.faults(folder)
        if altered:
            raise Refused("web.publication.folder-altered", files=altered[:5])
        now = timezone.now()
        SealedContract.objects.filter(city=city, state="published").update(
            state="superseded", ended_at=now
        )
        last = SealedContract.objects.filter(city=city).aggregate(last=Max("edition"))["last"]
        held.state, held.published_at, held.edition = "published", now, (last or 0) + 1
        held.save(update_fields=["state", "published_at", "edition"])
        do_register_folder(folder=folder, actor=actor.log_name)
        _show_version(held)
        _record(held, actor, "publish", held.seal)
    contract.refresh_from_db()
    city.refresh_from_db()
    return held


def _show_version(held: SealedContract) -> None:
    """The working state knows which of its versions everybody sees."""
    version = Version.objects.filter(city=held.city_id, number=held.version_number).first()
    Workspace.objects.filter(city=held.city_id).update(published=version)


def do_withdraw_contract(*, contract: SealedContract, reason: str, actor: User) -> SealedContract:
    """Take a contract back, with a reason that everybody may read.

    One that was shown stays reachable with its files and says that it was withdrawn. Raises
    ``Refused`` when the actor may not, no reason is given, or it is over already.
    """
    need(may_lead_city.refusal(actor, contract.city), contract.city)
    words = cleaned(reason).strip()[:REASON_LENGTH]
    if not words:
        raise Refused("web.publication.reason-missing")
    with transaction.atomic():
        held = SealedContract.objects.select_for_update().get(pk=contract.pk)
        if held.state not in ("sealed", "signing", "signed", "published"):
            raise Refused("web.publication.not-to-withdraw")
        held.state, held.reason, held.ended_at = "withdrawn", words, timezone.now()
        held.save(update_fields=["state", "reason", "ended_at"])
        _record(held, actor, "withdraw", held.seal)
    contract.refresh_from_db()
    return held


def _record(held: SealedContract, actor: User, verb: str, detail: str) -> None:
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="contract",
        name=held.log_name,
        detail=detail,
        city=held.city.slug,
    )
