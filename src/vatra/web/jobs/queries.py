"""Reads of jobs; ``access_job`` is the only door to one."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from vatra.web.base.errors import NotHere
from vatra.web.cities.models import City
from vatra.web.cities.queries import unknown_city
from vatra.web.jobs.models import OPEN, Job, Worker
from vatra.web.jobs.registry import kinds
from vatra.web.jobs.rules import may_follow
from vatra.web.people.errors import Refused
from vatra.web.people.rules import Actor
from vatra.words import Language

AWAKE_SECONDS = 60


def access_job(actor: Actor, slug: str, pk: int, lang: Language) -> Job:
    """A job of a city, for those who work there; for everybody else the city has none."""
    city = City.objects.filter(slug=slug).first()
    if city is None and actor.is_authenticated:
        raise unknown_city(slug, lang)
    refusal = may_follow.refusal(actor, city)
    if city is None:
        # What is there is said to members only: everybody else signs in first.
        raise Refused(refusal or "web.people.must-sign-in")
    if refusal:
        if not city.is_listed and actor.is_authenticated:
            raise unknown_city(slug, lang)
        raise Refused(refusal, city=city.name)
    found = Job.objects.select_related("city", "asked_by").filter(city=city, pk=pk).first()
    if found is None:
        raise NotHere("web.jobs.unknown")
    return found


def repeat_refusal(job: Job) -> str | None:
    """Why a job is not begun again, as the key of a text; None where it may be."""
    kind = kinds().get(job.kind)
    if kind is None:
        return "web.jobs.kind-unknown"
    if job.state == "done":
        return "web.jobs.done-already"
    if job.is_open or _twin(job):
        return "web.jobs.under-way"
    return None if kind.repeats(job) else "web.jobs.overtaken"


def _twin(job: Job) -> bool:
    """Whether the same work is asked for by another job that is not over."""
    others = Job.objects.filter(city=job.city_id, kind=job.kind, state__in=OPEN)
    return any(each.params == job.params for each in others.exclude(pk=job.pk))


def somebody_works() -> bool:
    """Whether a worker was seen in the last minute.

    One that was seen in a time to come was seen before the clock was put back, and may be gone.
    """
    now, minute = timezone.now(), timedelta(seconds=AWAKE_SECONDS)
    return Worker.objects.filter(seen_at__range=(now - minute, now + minute)).exists()
