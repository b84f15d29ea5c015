"""Every address has a row in its app's table of rights. A new address fails here until it has."""

from __future__ import annotations

from django.test import Client

from tests.web.people.rights import BARE
from tests.web.site.collected import RIGHTS, names, what_to_write
from vatra.web.cities.models import City


def test_every_address_has_a_row() -> None:
    known = {*RIGHTS, *BARE}
    missing = [what_to_write(name) for name in names() if name not in known]
    assert not missing, "\n".join(missing)
    gone = sorted(known - set(names()))
    assert not gone, f"rows of addresses that are gone: {', '.join(gone)}"


def test_an_address_without_a_row_says_what_to_write() -> None:
    said = what_to_write("progress:tasks")
    assert "progress:tasks" in said
    assert "tests/web/progress/rights.py" in said


def test_a_form_without_its_proof_of_origin_is_refused(cluj: City) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/ro/verify/", {"text": "{}"})
    assert response.status_code == 403
    assert "Formularul a expirat" in response.content.decode()


def test_a_foreign_host_name_is_refused(client: Client, cluj: City) -> None:
    assert client.get("/ro/", headers={"host": "elsewhere.example"}).status_code == 400


def test_health_says_ok(client: Client, db: None) -> None:
    assert client.get("/health").json()["status"] == "ok"
