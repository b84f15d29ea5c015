"""Reading a contract is public, and so is the check of a seal."""

from __future__ import annotations

from tests.web.people.rights import ALL, READ, TAKE, Right, city_right

RIGHTS: dict[str, Right] = {
    "contracts:findings": city_right("findings/", READ),
    "contracts:contract": city_right("contract/", READ),
    "contracts:table": city_right("contract/tables/v1-a-1.1.csv", READ),
    "contracts:file": city_right("contract/files/contract.json", READ),
    "contracts:verify": Right("/{lang}/verify/", TAKE, ALL, ALL),
}
