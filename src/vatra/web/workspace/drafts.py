"""A draft that somebody waits for: computed beside the pages, so that nobody else's page waits."""

from __future__ import annotations

from vatra.web.jobs.actions import do_begin_job
from vatra.web.jobs.models import OPEN, Job
from vatra.web.jobs.queries import somebody_works
from vatra.web.people.models import User
from vatra.web.people.rules import Actor
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import is_computed

KIND = "draft"


def is_ready(*versions: Version, actor: Actor) -> bool:
    """Whether asking for these versions keeps nobody waiting; else a worker is asked.

    Where no worker is awake the answer is yes: then who asks computes.
    """
    missing = [each for each in versions if not is_computed(each)]
    if not missing or not somebody_works() or not isinstance(actor, User):
        return True
    _ask([each.number for each in missing], missing[0], actor)
    # Without a queue the job is over by now.
    return all(is_computed(each) for each in missing)


def is_overtaken(version: Version) -> bool:
    """Whether a later version came before anybody computed this one: then nobody will."""
    later = Version.objects.filter(city=version.city_id, number__gt=version.number)
    return not is_computed(version) and later.exists()


def _ask(numbers: list[int], one: Version, actor: User) -> None:
    asked = Job.objects.filter(city=one.city_id, kind=KIND, state__in=OPEN)
    if any(set(numbers) <= set(job.params["numbers"]) for job in asked):
        return
    params = {"numbers": numbers}
    do_begin_job(kind=KIND, city=one.city, params=params, actor=actor, is_logged=False)
