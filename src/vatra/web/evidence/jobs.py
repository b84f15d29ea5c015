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


def back(job: Job) -> None:
    """A check that did not come to its end: the upload says so and can be checked again."""
    state = "cancelled" if job.state == "cancelled" else "failed"
    Upload.objects.filter(
        pk=job.params["upload"], round=job.params["round"], state="checking"
    ).update(state=state)


@job("evidence.check", "web.evidence.job-check", rule=may_hand_in, ended=back)
def check(handle: Handle) -> dict[str, Any]:
    """Read and check a file; begun again from its start it finds the same."""
    upload = Upload.objects.select_related("city").get(pk=handle.params["upload"])
    if upload.round != handle.params["round"] or upload.state not in ("checking", "failed"):
        return {}
    # Tried again after a failure.
    Upload.objects.filter(pk=upload.pk, round=upload.round).update(state="checking")
    handle.progress(0, 0, "web.evidence.step-reading")

    def say(done: int, total: int) -> None:
        handle.progress(done, total, "web.evidence.step-checking")

    found = look(upload, say)
    handle.progress(found.row_count, found.row_count, "web.evidence.step-comparing")
    finish_check(upload, found)
    return {"rows": found.row_count}


@job("evidence.accept", "web.evidence.job-accept", rule=may_decide)
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
