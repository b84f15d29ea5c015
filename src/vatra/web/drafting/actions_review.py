"""Writes of reviews: ask, decide, withdraw. Each one atomic, logged and told by letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from vatra.contract.narrative import sections
from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.drafting.actions import cleaned
from vatra.web.drafting.checklist import Gap
from vatra.web.drafting.letters import AddressOf, tell_asker, tell_reviewers
from vatra.web.drafting.models import Remark, Review
from vatra.web.drafting.queries import changes_since, open_review
from vatra.web.drafting.rules import may_decide, may_withdraw
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.models import Version, Workspace


def do_ask_review(
    *,
    city: City,
    version: Version,
    found: Sequence[Gap],
    note: str,
    excuse: str,
    actor: User,
    address_of: AddressOf,
) -> Review:
    """Ask for the newest version to be read.

    Raises ``Refused``: the actor may not, the draft moved on, a review is open already, or what is
    missing needs a reason.
    """
    need(may_edit_city.refusal(actor, city), city)
    if any(each.key == "gap-not-computed" for each in found):
        raise Refused("web.drafting.cannot-ask")
    if any(each.blocks for each in found) and not excuse.strip():
        raise Refused("web.drafting.needs-excuse")
    with transaction.atomic():
        workspace = Workspace.objects.select_for_update().get(city=city)
        if workspace.head_id != version.pk:
            raise Refused("web.drafting.moved-on")
        if open_review(city):
            raise Refused("web.drafting.is-open")
        try:
            made = Review.objects.create(
                city=city,
                version=version,
                note=cleaned(note)[:2000],
                excuse=cleaned(excuse)[:2000],
                gaps=[each.as_dict() for each in found],
                asked_by=actor,
                asked_by_log=actor.log_name,
                asked_at=timezone.now(),
            )
        except IntegrityError as problem:
            raise Refused("web.drafting.is-open") from problem
        _record(made, "ask", actor, version.digest)
        transaction.on_commit(lambda: tell_reviewers(made, address_of))
    return made


def do_decide_review(
    *,
    review: Review,
    approve: bool,
    reason: str,
    remarks: Mapping[str, str],
    actor: User,
    address_of: AddressOf,
) -> Review:
    """Say yes or no; a no has its reason, a yes holds for the version as it was asked.

    Raises ``Refused``: not by who asked or wrote last, not twice, not for a draft that moved on.
    """
    need(may_decide(review).refusal(actor, review.city), review.city)
    if not approve and not reason.strip():
        raise Refused("web.drafting.needs-reason")
    with transaction.atomic():
        Workspace.objects.select_for_update().get(city=review.city_id)
        held = Review.objects.select_for_update().get(pk=review.pk)
        if held.state != "open":
            raise Refused("web.drafting.is-decided")
        if approve and changes_since(held):
            raise Refused("web.drafting.moved-on")
        held.state = "approved" if approve else "refused"
        held.decided_by, held.decided_by_log = actor, actor.log_name
        held.decided_at, held.reason = timezone.now(), cleaned(reason)[:2000]
        held.save()
        for key, text in remarks.items():
            if key in sections() and cleaned(text):
                Remark.objects.create(review=held, section=key, text=cleaned(text)[:2000])
        _record(held, "approve" if approve else "refuse", actor, held.version.digest)
        transaction.on_commit(lambda: tell_asker(held, address_of))
    return held


def do_withdraw_review(*, review: Review, actor: User) -> Review:
    """Take a review back: an open one that nobody needs, or an approval that no longer stands."""
    need(may_withdraw(review).refusal(actor, review.city), review.city)
    with transaction.atomic():
        held = Review.objects.select_for_update().get(pk=review.pk)
        if held.state not in ("open", "approved"):
            raise Refused("web.drafting.is-decided")
        held.state = "withdrawn"
        held.save(update_fields=["state"])
        _record(held, "withdraw", actor, held.version.digest)
    return held


def do_mark_sealed(*, version: Version, actor: User) -> None:
    """Note that an approved version was sealed; called by the action that seals."""
    with transaction.atomic():
        found = Review.objects.select_for_update().filter(version=version, state="approved").first()
        if found is not None:
            found.state = "sealed"
            found.save(update_fields=["state"])
            _record(found, "seal", actor, version.digest)


def _record(review: Review, verb: str, actor: User, detail: str) -> None:
    slug = review.city.slug
    do_record_write(
        actor=actor.log_name, verb=verb, noun="review", name=f"{slug}/{review.pk}",
        detail=detail, city=slug,
    )  # fmt: skip
