"""Who may read a contract in the writing, who may write it and who decides on it."""

from __future__ import annotations

from django.utils import timezone

from tests.web.people.cast import member
from tests.web.people.rights import ALL, NOBODY, READ, SEND, TAKE, World, city_right
from vatra.web.drafting.models import Review
from vatra.web.workspace.queries import head_of

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
EDITORS = frozenset({"editor", "climate_lead", "administrator"})
LEADS = frozenset({"climate_lead", "administrator"})
WORK = "work/contract/"
RIGHTS = {
    "drafting:contract": city_right(WORK, READ, MEMBERS),
    "drafting:section": city_right(f"{WORK}sections/goal/", TAKE, MEMBERS, EDITORS),
    "drafting:preview": city_right(f"{WORK}preview/", SEND, NOBODY, EDITORS),
    "drafting:figures": city_right(f"{WORK}figures/", READ, MEMBERS),
    "drafting:lint": city_right(f"{WORK}lint/", READ, MEMBERS),
    "drafting:records": city_right(f"{WORK}records/participation/", TAKE, MEMBERS, EDITORS),
    "drafting:ask": city_right(f"{WORK}review/", TAKE, MEMBERS, EDITORS),
    "drafting:review": city_right(f"{WORK}review/{{review}}/", READ, MEMBERS),
    "drafting:decide": city_right(f"{WORK}review/{{review}}/decide/", SEND, NOBODY, EDITORS),
    # Who asked is none of the cast; others of the city's heads may take a review back.
    "drafting:withdraw": city_right(f"{WORK}review/{{review}}/withdraw/", SEND, NOBODY, LEADS),
    "drafting:draft": city_right(f"{WORK}draft.en.json", READ, MEMBERS),
    "drafting:secap": city_right(f"{WORK}secap.json", READ, MEMBERS),
    "drafting:secap-published": city_right("contract/secap.json", READ),
}


def things(world: World) -> dict[str, object]:
    """A review that an editor who is none of the cast asked for."""
    asker = member("horia", world.city, "editor")
    head = head_of(world.city)
    assert head is not None
    made = Review.objects.create(
        city=world.city,
        version=head,
        asked_by=asker,
        asked_by_log=asker.log_name,
        asked_at=timezone.now(),
    )
    return {"review": made.pk}
