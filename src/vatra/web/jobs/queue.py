"""The queue: a row beside the job's, written in the same transaction, taken by one worker."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.db import connection
from django_tasks import task
from django_tasks.base import DEFAULT_TASK_PRIORITY

from vatra.web.base.faults import AWAY, FULL, fault_of
from vatra.web.jobs import ending
from vatra.web.jobs.handle import Beat, Cancelled, Handle, JobFailed, Lost, Stopping, here
from vatra.web.jobs.models import Job
from vatra.web.jobs.registry import kinds

PATIENT = DEFAULT_TASK_PRIORITY - 50
log = logging.getLogger(__name__)


def enqueue(job: Job) -> None:
    """Put a waiting job into the queue; seen by workers once the transaction is committed."""
    kind = kinds().get(job.kind)
    priority = PATIENT if kind and kind.is_patient else DEFAULT_TASK_PRIORITY
    asked = run_job.using(backend=settings.JOBS_BACKEND, priority=priority)
    entry = asked.enqueue(job.pk, job.attempt)
    Job.objects.filter(pk=job.pk).update(task_id=str(entry.id))


@task()
def run_job(job_id: int, attempt: int) -> None:
    """Do a job, unless another worker has it or it is over. Never raises."""
    job = ending.claim(job_id, attempt)
    if job is None:
        return
    handle, around = Handle(job), here()
    with Beat(handle, around.beat_seconds) if around else nullcontext():
        outcome = _outcome(handle)
    if outcome is not None:
        state, more = outcome
        if state == "waiting":
            hand_back(job)
        else:
            ending.end(job, state, **more)


def hand_back(job: Job) -> None:
    """Put a job that must stop here back into the queue, for another worker."""
    again = ending.next_attempt(job)
    if again is not None:
        enqueue(again)


def _outcome(handle: Handle) -> tuple[str, dict[str, Any]] | None:
    """How a run ended, or None: it is no longer ours to say."""
    try:
        kind = kinds().get(handle.job.kind)
        if kind is None:
            return "failed", {"error_key": "web.jobs.kind-unknown"}
        return "done", {"result": dict(kind.run(handle) or {})}
    except Cancelled:
        return "cancelled", {}
    except Lost:
        return None
    except Stopping:
        return "waiting", {}
    except JobFailed as problem:
        return "failed", {"error_key": problem.key, "error_params": problem.params}
    except Exception as problem:
        if here() and fault_of(problem) == AWAY:
            # Nothing can be written now. The row falls silent, and the job goes on from there.
            log.warning("job %s (%s) lost the database", handle.job.pk, handle.job.kind)
            connection.close()
            return None
        # A person learns that it failed, who runs the installation why.
        log.exception("job %s (%s) failed", handle.job.pk, handle.job.kind)
        if here():
            connection.close()
        return "failed", _said(problem)


def _said(problem: Exception) -> dict[str, Any]:
    """What refused in words of its own keeps them."""
    from vatra.web.people.errors import Refused

    if isinstance(problem, Refused):
        return {"error_key": problem.key, "error_params": problem.params}
    full = fault_of(problem) == FULL
    return {"error_key": "web.jobs.disk-full" if full else "web.jobs.broke"}
