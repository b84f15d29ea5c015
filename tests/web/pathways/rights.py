"""Reading a pathway is public, and so is trying another one."""

from __future__ import annotations

from tests.web.people.rights import READ, Right, city_right

RIGHTS: dict[str, Right] = {
    "pathways:catalogue": Right("/{lang}/catalogue/", READ),
    "pathways:catalogue-file": Right("/{lang}/catalogue.csv", READ),
    "pathways:measure": Right("/{lang}/catalogue/flats_deep/", READ),
    "pathways:pathway": city_right("pathway/", READ),
    "pathways:laboratory": city_right("laboratory/", READ),
    "pathways:cost-curve": city_right("cost-curve/", READ),
    "pathways:number": city_right("pathway/number/year.2030/", READ),
    "pathways:table": city_right("pathway/tables/years.csv", READ),
    "pathways:chart": city_right("pathway/charts/path.svg", READ),
}
