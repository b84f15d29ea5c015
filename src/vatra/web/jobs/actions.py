"""Writes of jobs: begin, stop, try again; each one atomic and logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.jobs import ending
from vatra.web.jobs.models import OPEN, Job, Worker
from vatra.web.jobs.queries import repeat_refusal
from vatra.web.jobs.queue import enqueue
from vatra.web.jobs.registry import kinds
from vatra.web.jobs.rules import may_repeat, may_stop
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User

KEPT_DAYS = 30
ABOUT_LENGTH = 200


def do_begin_job(
    *,
    kind: str,
    city: City | None,
    params: Mapping[str, Any],
    actor: User,
    about: str = "",
    place: str = "",
    is_logged: bool = True,
) -> Job:
    """Ask for a job; it is in the queue once the transaction around this is committed.

    ``is_logged`` is off for what only computes again what stands already.

    Raises ``Refused`` when the actor may not, ``KeyError`` for a kind that nobody declared.
    """
    wanted = kinds()[kind]
    need(wanted.rule.refusal(actor, city), city)
    with transaction.atomic():
        job = Job.objects.create(
            city=city,
            kind=kind,
            title_key=wanted.title_key,
            about=about[:ABOUT_LENGTH],
            place=place,
            params=dict(params),
            asked_by=actor,
        )
        if is_logged:
            _record(job, "begin", actor)
        enqueue(job)
    job.refresh_from_db()
    return job


def do_cancel_job(*, job: Job, actor: User) -> Job:
    """Wish that a job stops: at once when it still waits, else as soon as its worker looks.

    Raises ``Refused`` when the actor may not. A job that is over stays as it is.
    """
    need(may_stop(job).refusal(actor, job.city), job.city)
    with transaction.atomic():
        found = Job.objects.select_for_update().get(pk=job.pk)
        if found.state == "waiting":
            ending.end(found, "cancelled")
        elif found.state == "running":
            Job.objects.filter(pk=found.pk).update(wish_cancel=True)
        if found.state in OPEN:
            _record(found, "cancel", actor)
    job.refresh_from_db()
    return job


def do_repeat_job(*, job: Job, actor: User) -> Job:
    """Try a job again that was not done: it failed, was lost or stopped. The actor asks for it now.

    Raises ``Refused`` when the actor may not begin such a job, when it is under way or done, and
    when its kind says that what it was about is no longer to be done.
    """
    need(may_repeat(job).refusal(actor, job.city), job.city)
    with transaction.atomic():
        found = Job.objects.select_for_update().get(pk=job.pk)
        refusal = repeat_refusal(found)
        if refusal:
            raise Refused(refusal)
        again = ending.asked_again(found, actor)
        if again is None:
            raise Refused("web.jobs.under-way")
        _record(again, "repeat", actor)
        enqueue(again)
    job.refresh_from_db()
    return job


def do_clear_jobs() -> int:
    """Forget jobs that ended a month ago, and workers that are gone; returns how many jobs."""
    now = timezone.now()
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    old = Job.objects.filter(ended_at__lt=now - timedelta(days=KEPT_DAYS))
    count = old.count()
    old.delete()
    _clear_queue(now - timedelta(days=KEPT_DAYS))
    return count


def _clear_queue(before: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(enqueued_at__lt=before).exclude(status="READY").delete()


def _record(job: Job, verb: str, actor: User) -> None:
    city = job.city
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="job",
        name=f"job-{job.pk}",
        detail=job.kind,
        city=city.slug if city else "",
    )
