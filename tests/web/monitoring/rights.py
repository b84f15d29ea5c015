"""Reading how a plan is followed is public."""

from __future__ import annotations

from tests.web.people.rights import READ, Right, city_right

RIGHTS: dict[str, Right] = {
    "monitoring:monitoring": city_right("monitoring/", READ),
    "monitoring:report": city_right("monitoring/report.json", READ),
    "monitoring:table": city_right("monitoring/tables/target.csv", READ),
    "monitoring:chart": city_right("monitoring/charts/expected.svg", READ),
}
