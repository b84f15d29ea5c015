"""Who may read the tables of a city, change them, and speak about them."""

from __future__ import annotations

from tests.web.people.rights import ALL, NOBODY, READ, SEND, TAKE, World, city_right
from vatra.web.editing.models import Comment, Scenario, Thread

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
CONTRIBUTORS = frozenset({"contributor", "editor", "climate_lead", "administrator"})
EDITORS = CONTRIBUTORS - {"contributor"}
TABLES = "work/tables/"
ENERGY = f"{TABLES}energy/"
SCENARIOS = f"{TABLES}scenarios/"
TALK = "work/comments/"
RIGHTS = {
    "editing:tables": city_right(TABLES, READ, MEMBERS),
    "editing:city": city_right(f"{TABLES}city/", TAKE, MEMBERS, EDITORS),
    "editing:catalogue": city_right(f"{TABLES}catalogue/", READ, MEMBERS),
    "editing:effect": city_right(f"{TABLES}effect/1/1/", READ, MEMBERS),
    "editing:scenarios": city_right(SCENARIOS, READ, MEMBERS),
    "editing:scenario-keep": city_right(f"{SCENARIOS}keep/", SEND, NOBODY, EDITORS),
    "editing:scenario-compare": city_right(f"{SCENARIOS}compare/", READ, MEMBERS),
    "editing:scenario-plan": city_right(f"{SCENARIOS}{{scenario}}/plan/", SEND, NOBODY, EDITORS),
    "editing:scenario-drop": city_right(f"{SCENARIOS}{{scenario}}/drop/", SEND, NOBODY, EDITORS),
    "editing:take-buildings": city_right(f"{TABLES}take/buildings/", SEND, NOBODY, EDITORS),
    "editing:take-quarter": city_right(f"{TABLES}take/quarter/", SEND, NOBODY, EDITORS),
    "editing:table": city_right(ENERGY, READ, MEMBERS),
    "editing:template": city_right(f"{ENERGY}template.csv", READ, MEMBERS),
    # The page of a change is itself work on it.
    "editing:paste": city_right(f"{ENERGY}paste/", TAKE, EDITORS, EDITORS),
    "editing:row-new": city_right(f"{ENERGY}rows/new/", TAKE, EDITORS, EDITORS),
    "editing:row": city_right(f"{ENERGY}rows/2/", TAKE, EDITORS, EDITORS),
    "editing:row-remove": city_right(f"{ENERGY}rows/2/remove/", SEND, NOBODY, EDITORS),
    "editing:cell": city_right(f"{ENERGY}rows/2/amount/", TAKE, EDITORS, EDITORS),
    "editing:undo": city_right(f"{ENERGY}undo/1/", SEND, NOBODY, EDITORS),
    "editing:comments": city_right(TALK, READ, MEMBERS),
    "editing:comment-new": city_right(f"{TALK}new/", SEND, NOBODY, CONTRIBUTORS),
    "editing:thread": city_right(f"{TALK}{{thread}}/", TAKE, MEMBERS, CONTRIBUTORS),
    "editing:thread-state": city_right(f"{TALK}{{thread}}/state/", SEND, NOBODY, CONTRIBUTORS),
    "editing:thread-seen": city_right(f"{TALK}{{thread}}/seen/", SEND, NOBODY, MEMBERS),
    # Only who said it.
    "editing:comment-edit": city_right(
        f"{TALK}{{thread}}/edit/{{comment}}/", TAKE, frozenset({"editor"}), frozenset({"editor"})
    ),
}


def things(world: World) -> dict[str, object]:
    """Something that the editor said, and a scenario."""
    thread = Thread.objects.create(city=world.city, kind="cell", anchor="energy:2021")
    said = Comment.objects.create(thread=thread, author=world.people["editor"], text="why")
    kept = Scenario.objects.create(city=world.city, name="less", base_number=1)
    return {"thread": thread.pk, "comment": said.pk, "scenario": kept.pk}
