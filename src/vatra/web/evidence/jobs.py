"""Long work on uploads: checking a large file, and taking it into the tables."""

from __future__ import annotations

from typing import Any

from vatra.web.evidence.accepting import do_accept_upload
from vatra.web.evidence.actions import finish_check, look
from vatra.web.evidence.models import Upload
from vatra.web.evidence.rules import may_decide, may_hand_in
from vatra.web.jobs.handle import Handle, JobFailed
from vatra.web.jobs.models import Job
from vatra.web.jobs.registry import job

# A check that failed or was stopped leaves its upload so, until it is tried again.
NOT_CHECKED = ("checking", "failed", "cancelled")


def back(job: Job) -> None:
    """A check that did not come to its end: the upload says so and can be checked again."""
    state = "cancelled" if job.state == "cancelled" else "failed"
    Upload.objects.filter(
        pk=job.params["upload"], round=job.params["round"], state="checking"
    ).update(state=state)


def is_unchecked(job: Job) -> bool:
    """Whether the check is still the newest of its upload, and nothing was decided since."""
    found = Upload.objects.filter(pk=job.params["upload"], round=job.params["round"])
    return found.filter(state__in=NOT_CHECKED).exists()


def is_undecided(job: Job) -> bool:
    """Whether the upload still waits to be accepted."""
    found = Upload.objects.filter(pk=job.params["upload"]).first()
    return found is not None and found.may_be_accepted


@job(
    "evidence.check",
    "web.evidence.job-check",
    rule=may_hand_in,
    ended=back,
    repeats=is_unchecked,
)
def check(handle: Handle) -> dict[str, Any]:
    """Read and check a file; begun again from its start it finds the same."""
    upload = Upload.objects.select_related("city").get(pk=handle.params["upload"])
    if upload.round != handle.params["round"] or upload.state not in NOT_CHECKED:
        return {}
    # Tried again after it failed or was stopped.
    Upload.objects.filter(pk=upload.pk, round=upload.round).update(state="checking")
    handle.progress(0, 0, "web.evidence.step-reading")

    def say(done: int, total: int) -> None:
        handle.progress(done, total, "web.evidence.step-checking")

    found = look(upload, say)
    handle.progress(found.row_count, found.row_count, "web.evidence.step-comparing")
    finish_check(upload, found)
    return {"rows": found.row_count}


@job("evidence.accept", "web.evidence.job-accept", rule=may_decide, repeats=is_undecided)
def accept(handle: Handle) -> dict[str, Any]:
    """Take the rows into their table: in one transaction, so that it is done or not begun."""
    upload = Upload.objects.select_related("city", "replaces").get(pk=handle.params["upload"])
    if upload.state == "accepted":
        return {"version": upload.version.number if upload.version else 0}
    person = handle.job.asked_by
    if person is None:
        raise JobFailed("web.evidence.nobody")
    handle.progress(0, 0, "web.evidence.step-writing")
    saved = do_accept_upload(upload=upload, mode=handle.params["mode"], actor=person)
    return {"version": saved.version.number}
