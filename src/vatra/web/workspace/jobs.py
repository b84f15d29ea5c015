"""Computing a draft as a job: the newest version, and what it is compared with; the sweep."""

from __future__ import annotations

from typing import Any

from vatra.web.jobs.handle import Handle
from vatra.web.jobs.registry import chore, job
from vatra.web.people.rules import may_read_work
from vatra.web.workspace.drafts import KIND
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import computed
from vatra.web.workspace.sweeping import do_sweep_installation


@job(KIND, "web.workspace.job-draft", rule=may_read_work)
def compute_draft(handle: Handle) -> dict[str, Any]:
    """Compute the versions of the parameters, unless a later one came meanwhile."""
    numbers = handle.params["numbers"]
    found = Version.objects.filter(city=handle.job.city_id)
    newest = found.order_by("-number").first()
    if newest is None or newest.number > max(numbers):
        return {"overtaken": True}
    for version in found.filter(number__in=numbers).order_by("-number"):
        handle.check()
        computed(version)
    return {"numbers": numbers}


@chore
def sweep() -> None:
    """Remove what belongs to nobody since a day."""
    do_sweep_installation(actor="vatra worker")
