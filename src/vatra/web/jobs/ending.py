"""How the row of a job changes hands: every step compares before it writes, so one worker wins."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from vatra.web.jobs.handle import here
from vatra.web.jobs.models import OPEN, UNDONE, Job
from vatra.web.jobs.registry import kinds
from vatra.web.people.models import User

TRIES = 5


def claim(job_id: int, attempt: int) -> Job | None:
    """Take a waiting job; None when another worker took it or it is over."""
    around, now = here(), timezone.now()
    taken = Job.objects.filter(pk=job_id, attempt=attempt, state="waiting").update(
        state="running", worker=around.name if around else "", heartbeat_at=now, started_at=now
    )
    return Job.objects.select_related("city", "asked_by").get(pk=job_id) if taken else None


def end(
    job: Job,
    state: str,
    result: Mapping[str, Any] | None = None,
    error_key: str = "",
    error_params: Mapping[str, Any] | None = None,
) -> bool:
    """Write how a run ended; False when it was no longer this run's to write."""
    for left in reversed(range(TRIES)):
        try:
            return _end(job, state, dict(result or {}), error_key, dict(error_params or {}))
        except OperationalError:
            # A database that is away for a moment must not turn work that is done into work lost.
            if not left or not here():
                raise
            time.sleep(1)
    return False


def _end(
    job: Job, state: str, result: dict[str, Any], error_key: str, error_params: dict[str, Any]
) -> bool:
    with transaction.atomic():
        written = Job.objects.filter(pk=job.pk, attempt=job.attempt, state__in=OPEN).update(
            state=state,
            result=result,
            error_key=error_key,
            error_params=error_params,
            ended_at=timezone.now(),
            heartbeat_at=None,
        )
        if written and state != "done":
            call_ended(Job.objects.get(pk=job.pk))
    return bool(written)


def call_ended(job: Job) -> None:
    """Tell the app whose job it is that it did not come to its end."""
    kind = kinds().get(job.kind)
    if kind is not None and kind.ended is not None:
        kind.ended(job)


def next_attempt(job: Job) -> Job | None:
    """The running job waiting again under its next number; None when another was quicker, or when
    somebody wished meanwhile that it stops: then it does."""
    passed = _wait_again(job, Q(state="running", wish_cancel=False))
    if passed is None and Job.objects.filter(_this(job), state="running").exists():
        end(job, "cancelled")
    return passed


def asked_again(job: Job, actor: User) -> Job | None:
    """The job that was not done waiting again, now for ``actor``; None when another was quicker."""
    return _wait_again(job, Q(state__in=UNDONE), asked_by=actor, asked_attempt=job.attempt + 1)


def _wait_again(job: Job, still: Q, **more: Any) -> Job | None:
    passed = Job.objects.filter(_this(job), still).update(
        state="waiting",
        attempt=job.attempt + 1,
        worker="",
        heartbeat_at=None,
        started_at=None,
        ended_at=None,
        wish_cancel=False,
        done_count=0,
        total_count=0,
        step="",
        error_key="",
        error_params={},
        **more,
    )
    return Job.objects.get(pk=job.pk) if passed else None


def _this(job: Job) -> Q:
    return Q(pk=job.pk, attempt=job.attempt)
