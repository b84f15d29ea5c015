"""Every address that takes something in wants the proof that our own page sent it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests.web.people.cast import as_person
from tests.web.site.collected import RIGHTS
from tests.web.site.walking import Walk

# Mail programs send the button "unsubscribe" themselves (RFC 8058): the address holds a token.
# An API that takes no cookies cannot be used by a foreign page.
WITHOUT = ("progress:letters", "progress:stop", "api:", "api-1")
TAKING = [
    name
    for name, right in RIGHTS.items()
    if "POST" in right.methods and right.writers and not name.startswith(WITHOUT)
]


@pytest.mark.parametrize("name", TAKING)
def test_a_foreign_page_cannot_send_a_form(walk: Walk, name: str) -> None:
    who = "administrator" if "administrator" in RIGHTS[name].writers else "runner"
    if who not in RIGHTS[name].writers:
        who = next(each for each in walk.world.people if each in RIGHTS[name].writers)
    with transaction.atomic():
        client = as_person(walk.world.people[who])
        strict = Client(enforce_csrf_checks=True)
        strict.cookies.update(client.cookies)
        foreign = {"origin": "https://elsewhere.example", "referer": "https://elsewhere.example/"}
        for headers in ({}, foreign):
            response = strict.post(walk.url(name), {"x": "y"}, headers=headers)
            response.close()
            assert response.status_code == 403, (name, response.status_code)
            said = response.content.decode()
            assert "Formularul a expirat" in said, name
        transaction.set_rollback(True)
