"""Who may follow a job of the city, and who may stop it or begin it again."""

from __future__ import annotations

from tests.web.people.rights import ALL, NOBODY, READ, SEND, World, city_right
from vatra.web.jobs.models import Job

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
EDITORS = frozenset({"editor", "climate_lead", "administrator"})
RIGHTS = {
    "jobs:job": city_right("work/jobs/{job}/", READ, MEMBERS),
    "jobs:part": city_right("work/jobs/{job}/part/", READ, MEMBERS),
    "jobs:cancel": city_right("work/jobs/{job}/cancel/", SEND, NOBODY, EDITORS),
    "jobs:repeat": city_right("work/jobs/{job}/repeat/", SEND, NOBODY, EDITORS),
}


def things(world: World) -> dict[str, object]:
    """A job that an editor asked for."""
    made = Job.objects.create(
        city=world.city,
        kind="evidence.accept",
        params={"upload": 0},
        title_key="web.jobs.state-running",
        asked_by=world.people["editor"],
    )
    return {"job": made.pk}
