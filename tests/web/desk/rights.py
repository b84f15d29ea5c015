"""Who may see the desk of a city; help and the glossary are everybody's."""

from __future__ import annotations

from tests.web.people.rights import ALL, READ, city_right

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
RIGHTS = {
    "desk:desk": city_right("work/", READ, MEMBERS),
}
