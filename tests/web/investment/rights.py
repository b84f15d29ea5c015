"""Reading an investment plan is public."""

from __future__ import annotations

from tests.web.people.rights import READ, Right, city_right

RIGHTS: dict[str, Right] = {
    "investment:investment": city_right("investment/", READ),
}
