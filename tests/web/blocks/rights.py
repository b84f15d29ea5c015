"""Reading about buildings is public; what is edited goes back to who sent it."""

from __future__ import annotations

from tests.web.people.rights import ALL, READ, TAKE, Right, city_right

RIGHTS: dict[str, Right] = {
    "blocks:buildings": city_right("buildings/", READ),
    "blocks:list-file": city_right("buildings/list.csv", READ),
    "blocks:table": city_right("buildings/tables/types.csv", READ),
    "blocks:chart": city_right("buildings/charts/need-map.svg", READ),
    "blocks:number": city_right("buildings/number/all.heating/", READ),
    "blocks:edit": city_right("buildings/edit/", TAKE, ALL, ALL),
    "blocks:columns": city_right("buildings/columns.csv", READ),
    "blocks:quarter": city_right("buildings/quarter/", READ),
    "blocks:quarter-file": city_right(
        "buildings/quarter/files/years.csv?kind=budget&euros=900000&quarter=cartier_model_vest",
        READ,
    ),
    "blocks:renovation": city_right("building/n01/renovation/", READ),
    "blocks:building": city_right("building/n01/", READ),
}
