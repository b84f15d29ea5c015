"""Who may see a city's versions, and who may take them back."""

from __future__ import annotations

from tests.web.people.rights import ALL, NOBODY, READ, SEND, TAKE, Right, city_right

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
EDITORS = frozenset({"editor", "climate_lead", "administrator"})
RUNNER = frozenset({"runner"})
RIGHTS = {
    "workspace:new-city": Right("/{lang}/new-city/", TAKE, RUNNER, RUNNER),
    "workspace:start": city_right("work/start/", SEND, NOBODY, EDITORS),
    "workspace:history": city_right("work/history/", READ, MEMBERS),
    "workspace:version": city_right("work/history/1/", READ, MEMBERS),
    "workspace:undo": city_right("work/history/1/undo/", SEND, NOBODY, EDITORS),
    "workspace:restore": city_right("work/history/1/restore/", SEND, NOBODY, EDITORS),
    "workspace:compare": city_right("work/compare/", READ, MEMBERS),
    "workspace:findings": city_right("work/findings/", READ, MEMBERS),
    "workspace:preview": city_right("work/preview/", SEND, NOBODY, MEMBERS),
}
