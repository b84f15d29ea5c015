"""Nothing that a visitor sends leads to another site: not next, Referer, Host, X-Forwarded-Host."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.web.people.cast import PASSWORD, as_person, person
from tests.web.site.collected import RIGHTS
from tests.web.site.walking import Walk

ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "http://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "\t//elsewhere.example/",
    "data:text/html,x",
)


def leads_away(location: str) -> bool:
    return bool(location) and (
        not location.startswith("/")
        or location[1:2] in ("/", "\\")
        or "elsewhere" in location.split("?")[0]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("url", ELSEWHERE)
def test_signing_in_and_out_leads_to_no_other_site(client: Client, url: str) -> None:
    ana = person("ana")
    sent = {"login": ana.email, "password": PASSWORD, "next": url}
    assert client.post("/ro/account/login/", sent)["Location"] == "/ro/account/"
    assert not leads_away(client.post("/ro/account/logout/", {"next": url})["Location"])
    assert not leads_away(as_person(ana).get("/ro/account/login/", {"next": url})["Location"])


@pytest.mark.parametrize("name", [n for n, right in RIGHTS.items() if "POST" in right.methods])
def test_no_form_believes_next_or_the_referer(walk: Walk, name: str) -> None:
    url = walk.url(name)
    for who in ("administrator", "runner"):
        client = walk.clients[who]
        kept = dict(client.cookies)
        from django.db import transaction

        with transaction.atomic():
            response = client.post(
                url,
                {"next": ELSEWHERE[0], "back": ELSEWHERE[0], "url": ELSEWHERE[0]},
                headers={"referer": ELSEWHERE[0], "x-forwarded-host": "elsewhere.example"},
            )
            response.close()
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(kept)
        assert not leads_away(response.get("Location", "")), (name, response["Location"])


@pytest.mark.django_db
def test_a_letter_leads_to_the_address_of_the_installation(settings: Any) -> None:
    """Whatever name and port a request asked for: a link with another port is somebody else's."""
    person("ana")
    settings.PUBLIC_URL = "https://vatra.example.ro"
    Client(HTTP_HOST="testserver:666").post(
        "/ro/account/password/reset/", {"email": "ana@example.org"}
    )
    assert " https://vatra.example.ro/en/account/password/reset/" in mail.outbox[0].body.replace(
        "\n", " "
    )
    assert "testserver" not in mail.outbox[0].body


@pytest.mark.django_db
def test_a_letter_names_our_host_whatever_a_header_says(client: Client) -> None:
    person("ana")
    answer = client.post(
        "/ro/account/password/reset/",
        {"email": "ana@example.org"},
        headers={"x-forwarded-host": "elsewhere.example"},
    )
    assert answer.status_code == 302
    assert "elsewhere" not in mail.outbox[0].body
    before = len(mail.outbox)
    foreign = {"host": "elsewhere.example"}
    refused = client.post(
        "/ro/account/password/reset/", {"email": "ana@example.org"}, headers=foreign
    )
    assert refused.status_code == 400
    assert len(mail.outbox) == before
