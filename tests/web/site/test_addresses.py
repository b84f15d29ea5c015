"""Every address and who may do what there. A new address fails here until it has its row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.web.pages import LANGUAGES
from tests.web.people.rights import BARE, RIGHTS
from vatra.web.cities.models import City
from vatra.web.lint.actions import hash_of
from vatra.web.lint.models import KeptReport

READ = ("GET", "HEAD")
REFUSED = ("POST", "PUT", "PATCH", "DELETE")
# A report somebody kept, and the key that allows to delete it.
KEPT, KEY = "k" * 32, "d" * 32
# Name -> (address of an example, methods everybody may use). Reading is public everywhere; only
# the check of a seal and the linter take anything in.
ADDRESSES = {
    "home": ("/", READ),
    "health": ("/health", READ),
    "ready": ("/ready", READ),
    "metrics": ("/metrics", READ),
    "cities:list": ("/{lang}/", READ),
    "cities:overview": ("/{lang}/cities/cluj-napoca/", READ),
    "cities:inventory": ("/{lang}/cities/cluj-napoca/inventory/", READ),
    "cities:completeness": ("/{lang}/cities/cluj-napoca/inventory/completeness/", READ),
    "cities:gpc": ("/{lang}/cities/cluj-napoca/inventory/gpc/", READ),
    "cities:doubt": ("/{lang}/cities/cluj-napoca/inventory/doubt/", READ),
    "cities:years": ("/{lang}/cities/cluj-napoca/inventory/years/", READ),
    "cities:rows": ("/{lang}/cities/cluj-napoca/inventory/rows/", READ),
    "cities:rows-file": ("/{lang}/cities/cluj-napoca/inventory/rows.csv", READ),
    "cities:compare": ("/{lang}/cities/cluj-napoca/inventory/compare/", READ),
    "cities:method": ("/{lang}/methods/stationary_energy/", READ),
    "cities:measures": ("/{lang}/cities/cluj-napoca/measures/", READ),
    "cities:number": ("/{lang}/cities/cluj-napoca/number/buildings.2021/", READ),
    "cities:table": ("/{lang}/cities/cluj-napoca/tables/sectors.csv", READ),
    "cities:chart": ("/{lang}/cities/cluj-napoca/charts/pathway.svg", READ),
    "contracts:findings": ("/{lang}/cities/cluj-napoca/findings/", READ),
    "contracts:contract": ("/{lang}/cities/cluj-napoca/contract/", READ),
    "contracts:table": ("/{lang}/cities/cluj-napoca/contract/tables/v1-a-1.1.csv", READ),
    "contracts:file": ("/{lang}/cities/cluj-napoca/contract/files/contract.json", READ),
    "contracts:verify": ("/{lang}/verify/", (*READ, "POST")),
    "pathways:catalogue": ("/{lang}/catalogue/", READ),
    "pathways:catalogue-file": ("/{lang}/catalogue.csv", READ),
    "pathways:measure": ("/{lang}/catalogue/flats_deep/", READ),
    "pathways:pathway": ("/{lang}/cities/cluj-napoca/pathway/", READ),
    "pathways:laboratory": ("/{lang}/cities/cluj-napoca/laboratory/", READ),
    "pathways:cost-curve": ("/{lang}/cities/cluj-napoca/cost-curve/", READ),
    "pathways:number": ("/{lang}/cities/cluj-napoca/pathway/number/year.2030/", READ),
    "pathways:table": ("/{lang}/cities/cluj-napoca/pathway/tables/years.csv", READ),
    "pathways:chart": ("/{lang}/cities/cluj-napoca/pathway/charts/path.svg", READ),
    "investment:investment": ("/{lang}/cities/cluj-napoca/investment/", READ),
    "monitoring:monitoring": ("/{lang}/cities/cluj-napoca/monitoring/", READ),
    "monitoring:report": ("/{lang}/cities/cluj-napoca/monitoring/report.json", READ),
    "monitoring:table": ("/{lang}/cities/cluj-napoca/monitoring/tables/target.csv", READ),
    "monitoring:chart": ("/{lang}/cities/cluj-napoca/monitoring/charts/expected.svg", READ),
    "blocks:buildings": ("/{lang}/cities/cluj-napoca/buildings/", READ),
    "blocks:list-file": ("/{lang}/cities/cluj-napoca/buildings/list.csv", READ),
    "blocks:table": ("/{lang}/cities/cluj-napoca/buildings/tables/types.csv", READ),
    "blocks:chart": ("/{lang}/cities/cluj-napoca/buildings/charts/need-map.svg", READ),
    "blocks:number": ("/{lang}/cities/cluj-napoca/buildings/number/all.heating/", READ),
    "blocks:edit": ("/{lang}/cities/cluj-napoca/buildings/edit/", (*READ, "POST")),
    "blocks:columns": ("/{lang}/cities/cluj-napoca/buildings/columns.csv", READ),
    "blocks:quarter": ("/{lang}/cities/cluj-napoca/buildings/quarter/", READ),
    "blocks:quarter-file": (
        "/{lang}/cities/cluj-napoca/buildings/quarter/files/years.csv"
        "?kind=budget&euros=900000&quarter=cartier_model_vest",
        READ,
    ),
    "blocks:renovation": ("/{lang}/cities/cluj-napoca/building/n01/renovation/", READ),
    "blocks:building": ("/{lang}/cities/cluj-napoca/building/n01/", READ),
    "lint:check": ("/{lang}/lint/", (*READ, "POST")),
    "lint:example": ("/{lang}/lint/example.md", READ),
    "lint:report": ("/{lang}/lint/report/", (*READ, "POST")),
    "lint:findings": ("/{lang}/lint/findings.csv", ("POST",)),
    "lint:keep": ("/{lang}/lint/keep/", (*READ, "POST")),
    "lint:kept": (f"/{{lang}}/lint/reports/{KEPT}/", READ),
    "lint:kept-findings": (f"/{{lang}}/lint/reports/{KEPT}/findings.csv", READ),
    "lint:own": (f"/{{lang}}/lint/reports/{KEPT}/{KEY}/", (*READ, "POST")),
}


def names(resolver: URLResolver, space: str = "") -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{space}{entry.name}")
        else:
            found += names(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


@pytest.fixture
def kept(db: None) -> None:
    empty = {"name": "c.md", "tables": [], "findings": [], "notes": [], "left_out_count": 0}
    until = timezone.now() + timedelta(days=1)
    KeptReport.objects.create(address=KEPT, key_hash=hash_of(KEY), report=empty, expires_at=until)


def test_every_address_has_a_row() -> None:
    # Those of people stand in a table of their own: there it matters who asks.
    assert sorted(names(get_resolver())) == sorted([*ADDRESSES, *RIGHTS, *BARE])


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everybody_may_do_what_the_row_says_and_nothing_else(
    client: Client, stocked: City, kept: None, name: str, lang: str
) -> None:
    address, allowed = ADDRESSES[name]
    url = address.format(lang=lang)
    for method in (*READ, *REFUSED):
        response = client.generic(method, url)
        response.close()
        if method in allowed:
            # 302: "/" leads on; 422: an empty form is answered with what to do.
            assert response.status_code in (200, 302, 422), (method, url)
        else:
            assert response.status_code == 405, (method, url)


def test_a_form_without_its_proof_of_origin_is_refused(cluj: City) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/ro/verify/", {"text": "{}"})
    assert response.status_code == 403
    assert "Formularul a expirat" in response.content.decode()


def test_a_foreign_host_name_is_refused(client: Client, cluj: City) -> None:
    assert client.get("/ro/", headers={"host": "elsewhere.example"}).status_code == 400


def test_health_says_ok(client: Client, db: None) -> None:
    assert client.get("/health").json()["status"] == "ok"
