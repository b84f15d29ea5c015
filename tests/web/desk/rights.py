"""Who may see the desk of a city; help and the glossary are everybody's."""

from __future__ import annotations

from tests.web.people.rights import ALL, READ, Right, city_right

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
RIGHTS = {
    "desk:desk": city_right("work/", READ, MEMBERS),
    "desk:draft": city_right("work/draft/", READ, MEMBERS),
    "desk:help": Right("/{lang}/help/", READ),
    "desk:topic": Right("/{lang}/help/begin/", READ),
    "desk:glossary": Right("/{lang}/glossary/", READ),
}
