"""Indexing a city as a job: its pages show something new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vatra.web.cities.models import City
from vatra.web.jobs.handle import Handle
from vatra.web.jobs.models import Job
from vatra.web.jobs.queue import enqueue
from vatra.web.jobs.registry import job
from vatra.web.people.rules import may_manage_members
from vatra.web.search.actions import do_index_city, is_current
from vatra.web.search.registry import sources

KIND = "index"
TITLE = "web.search.job-title"


@job(KIND, TITLE, rule=may_manage_members, is_patient=True)
def index(handle: Handle) -> Mapping[str, Any]:
    """Bring the index of the job's city up to date; doing it twice does no harm."""
    city = handle.job.city
    if city is None:
        return {"entry_count": 0}

    def progress(done: int, total: int) -> None:
        handle.progress(done, total, "web.search.job-step")

    return {"entry_count": do_index_city(city=city, progress=progress)}


def begin_indexing(city_id: int) -> None:
    """Queue the indexing of a city that is shown, unless it is up to date or queued already.

    Nobody asks for it: it follows from a publication, which is logged.
    """
    city = City.objects.filter(pk=city_id).first()
    if city is None or _is_current(city):
        return
    with transaction.atomic():
        if Job.objects.filter(kind=KIND, city=city, state="waiting").exists():
            return
        made = Job.objects.create(city=city, kind=KIND, title_key=TITLE, about=city.name)
        enqueue(made)


def _is_current(city: City) -> bool:
    names = [name for name, source in sources().items() if source.of_city]
    return all(is_current(name, city) for name in names)
