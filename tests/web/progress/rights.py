"""Who may see how a plan is kept, who says so, and what everybody may show elsewhere."""

from __future__ import annotations

from datetime import date

from tests.web.people.rights import (
    ALL,
    NOBODY,
    READ,
    SEND,
    SIGNED_IN,
    TAKE,
    Right,
    World,
    city_right,
)
from vatra.web.progress.actions import do_freeze_year, do_make_task, do_write_row
from vatra.web.workspace.queries import head_of

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
EDITORS = frozenset({"editor", "climate_lead", "administrator"})
CONTRIBUTORS = EDITORS | {"contributor"}
WORK = "work/progress/"
REPORT = "progress/reports/2027/1/"
RIGHTS = {
    "progress:work": city_right(WORK, READ, MEMBERS),
    "progress:draft": city_right(f"{WORK}draft/", READ, MEMBERS),
    "progress:measure": city_right(f"{WORK}measures/B6/", TAKE, MEMBERS, EDITORS),
    "progress:indicators": city_right(f"{WORK}indicators/", TAKE, MEMBERS, EDITORS),
    "progress:money": city_right(f"{WORK}money/", READ, MEMBERS),
    "progress:tasks": city_right(f"{WORK}tasks/", TAKE, MEMBERS, CONTRIBUTORS),
    "progress:tasks-file": city_right(f"{WORK}tasks.ics", READ, MEMBERS),
    "progress:task": city_right(f"{WORK}tasks/{{task}}/", TAKE, MEMBERS, CONTRIBUTORS),
    "progress:task-state": city_right(f"{WORK}tasks/{{task}}/state/", SEND, NOBODY, CONTRIBUTORS),
    "progress:annual": city_right(f"{WORK}reports/", TAKE, MEMBERS, EDITORS),
    "progress:progress": city_right("progress/", READ),
    "progress:snippets": city_right("progress/embed/", READ),
    "progress:chart": city_right("progress/charts/progress.svg", READ),
    "progress:table": city_right("progress/tables/measures.csv", READ),
    "progress:report": city_right(REPORT, READ),
    "progress:report-file": city_right(f"{REPORT}report.{{form}}", READ),
    "progress:embed": Right("/{lang}/embed/poiana/progress/", READ, is_framed=True),
    "progress:letters": Right("/{lang}/account/letters/", TAKE, SIGNED_IN, SIGNED_IN),
    # A signature that nobody made: there is no such link.
    "progress:stop-letters": Right("/{lang}/account/letters/stop/none/", TAKE, NOBODY, NOBODY),
}


def things(world: World) -> dict[str, object]:
    """A task, and a report that is frozen."""
    editor, city = world.people["editor"], world.city
    task = do_make_task(city=city, title="Tender", due=date(2027, 3, 1), actor=editor)
    base = head_of(city)
    assert base is not None
    row = {"action": "B6", "year": "2027", "adoption_percent": "20", "status": "started",
           "source": "invented"}  # fmt: skip
    saved = do_write_row(city=city, base=base, table="progress", row=row, actor=editor)
    do_freeze_year(city=city, version=saved.version, year=2027, actor=editor)
    return {"task": task.pk, "form": "json"}
