"""Reading a city is public, unless its people closed its door."""

from __future__ import annotations

from tests.web.people.rights import READ, Right, city_right

RIGHTS: dict[str, Right] = {
    "cities:list": Right("/{lang}/", READ),
    "cities:overview": city_right("", READ),
    "cities:inventory": city_right("inventory/", READ),
    "cities:completeness": city_right("inventory/completeness/", READ),
    "cities:gpc": city_right("inventory/gpc/", READ),
    "cities:doubt": city_right("inventory/doubt/", READ),
    "cities:years": city_right("inventory/years/", READ),
    "cities:rows": city_right("inventory/rows/", READ),
    "cities:rows-file": city_right("inventory/rows.csv", READ),
    "cities:compare": city_right("inventory/compare/", READ),
    "cities:method": Right("/{lang}/methods/stationary_energy/", READ),
    "cities:measures": city_right("measures/", READ),
    "cities:number": city_right("number/buildings.2021/", READ),
    "cities:table": city_right("tables/sectors.csv", READ),
    "cities:chart": city_right("charts/flows-2021.svg", READ),
}
