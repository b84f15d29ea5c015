"""Sealing as a job: minutes of rendering that nobody has to wait for; pages made ahead."""

from __future__ import annotations

from typing import Any

from vatra.web.cities.models import City
from vatra.web.jobs.handle import Handle, JobFailed
from vatra.web.jobs.models import Job
from vatra.web.jobs.registry import chore, job
from vatra.web.people.rules import may_lead_city
from vatra.web.publication import ahead
from vatra.web.publication.models import OPEN, SealedContract
from vatra.web.publication.sealing import Unsealable, do_seal_contract

KIND = "seal"


def broken_off(job: Job) -> None:
    """The row of a sealing that did not come to its end says so; another one may begin."""
    SealedContract.objects.filter(pk=job.params["contract"], state="sealing").update(
        state="failed", reason=job.error_key
    )


def is_unsealed(job: Job) -> bool:
    """Whether the sealing failed and no other contract of the city is on its way since."""
    found = SealedContract.objects.filter(pk=job.params["contract"], state="failed").first()
    if found is None:
        return False
    return not SealedContract.objects.filter(city=found.city_id, state__in=OPEN).exists()


@job(
    KIND,
    "web.publication.job-title",
    rule=may_lead_city,
    ended=broken_off,
    repeats=is_unsealed,
)
def seal(handle: Handle) -> dict[str, Any]:
    """Seal the contract of the parameters; begun again, it goes on or finds it done."""
    found = SealedContract.objects.select_related("city", "sealed_by").filter(
        pk=handle.params["contract"]
    )
    contract = found.first()
    if contract is None:
        raise JobFailed("web.publication.contract-gone")
    try:
        done = do_seal_contract(contract=contract, progress=handle.progress)
    except Unsealable as problem:
        raise JobFailed(problem.key, **problem.params) from problem
    return {"seal": done.seal}


@job(ahead.KIND, ahead.TITLE, rule=may_lead_city, is_patient=True)
def make_pages(handle: Handle) -> dict[str, Any]:
    """Make the public pages of the job's city; doing it twice does no harm."""
    city = handle.job.city
    if city is None:
        return {"page_count": 0}

    def progress(done: int, total: int) -> None:
        handle.progress(done, total, "web.publication.pages-step")

    return {"page_count": ahead.do_make_pages(city=city, progress=progress)}


@chore
def make_missing_pages() -> None:
    """After an update all pages are other ones, and none lies ready."""
    for city in City.objects.filter(is_listed=True).order_by("pk").iterator(chunk_size=500):
        ahead.begin_pages(city.pk)
