"""The files of a draft as a job: computed, written and kept, so that no page waits for them."""

from __future__ import annotations

from typing import Any

from vatra.web.base.errors import NotReady
from vatra.web.drafting import files
from vatra.web.jobs.handle import Handle, JobFailed
from vatra.web.jobs.registry import job
from vatra.web.people.rules import may_read_work
from vatra.web.workspace.models import Version


@job(files.KIND, "web.drafting.job-file", rule=may_read_work)
def make_file(handle: Handle) -> dict[str, Any]:
    """Make the file of the parameters and keep it; stopped in between, nothing is kept."""
    found = Version.objects.select_related("city").filter(
        city=handle.job.city_id, number=handle.params["version"]
    )
    version = found.first()
    if version is None:
        raise JobFailed(files.NOT_COMPUTED)
    wanted = files.wanted_of(version, handle.params)
    if not wanted.path.is_file():
        handle.progress(0, 0, "web.drafting.job-computing")
        try:
            computed = files.ready(version)
            handle.progress(0, 0, "web.drafting.job-writing")
            content = files.made(wanted, computed)
        except NotReady as problem:
            raise JobFailed(problem.key) from problem
        handle.progress(0, 0, "web.drafting.job-keeping")
        files.keep(wanted, content)
    return {"file": wanted.place}
