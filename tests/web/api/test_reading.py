"""Reading by programs: what is answered, page by page, and what is said when it cannot be."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.web.people.cast import as_person, member
from vatra.web.api.limits import counted
from vatra.web.api.models import Meter
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.people.models import CityDoor
from vatra.web.publication.models import SealedContract

pytestmark = pytest.mark.django_db
CLUJ = "/api/v1/cities/cluj-napoca"


def ask(url: str, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(url, headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.slow
def test_every_address_answers_as_it_is_described(stocked: City) -> None:
    described = ask("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    blanks = {"{number}": "buildings.2021", "{name}": "pathway", "{city}": "cluj-napoca"}
    asked = 0
    for path in described["paths"]:
        if "/work/" in path:
            continue
        for blank, value in blanks.items():
            path = path.replace(blank, value)
        response = ask(path)
        assert response.status_code == 200, (path, body(response)[:300])
        asked += 1
    assert asked >= 24


def test_figures_are_those_of_the_seal(cluj: City) -> None:
    totals = ask(f"{CLUJ}/totals").json()
    assert totals["all_co2e_mg"]["2021"] == document(cluj)["totals"]["all"]["2021"]
    cells = ask(f"{CLUJ}/cells?year=2021&limit=1000").json()
    # What burns wood stands beside the totals.
    counted_in = [each for each in cells["items"] if each["gas"] != "CO2_BIOGENIC"]
    assert sum(each["co2e_mg"] for each in counted_in) == totals["all_co2e_mg"]["2021"]
    number = ask(f"{CLUJ}/numbers/buildings.2021").json()
    assert number["total_mg"] == totals["by_sector_co2e_mg"]["2021"]["buildings"]
    assert sum(each["co2e_mg"] for each in number["terms"]) == number["total_mg"]
    assert any(row["line"] for each in number["terms"] for row in each["rows"])


def test_pages_of_a_list_join_to_the_whole(cluj: City) -> None:
    whole = ask(f"{CLUJ}/cells?limit=1000").json()["items"]
    found, url = [], f"{CLUJ}/cells?limit=7&lang=ro"
    while url:
        page = ask(url).json()
        assert page["count"] == len(whole)
        found += page["items"]
        url = page["next"]
    assert found == whole
    assert len(whole) > 14


def test_a_cursor_of_another_list_is_refused(cluj: City) -> None:
    cursor = ask(f"{CLUJ}/cells?limit=7").json()["next_cursor"]
    for url in (f"{CLUJ}/cells?year=2021", f"{CLUJ}/measures?lang=en"):
        refused = ask(f"{url}&cursor={cursor}")
        assert refused.status_code == 409
        assert refused.json()["code"] == "web.api.cursor-old"


def test_all_faults_are_said_at_once(cluj: City) -> None:
    response = ask(f"{CLUJ}/cells?year=x&limit=5000&sektor=buildings&lang=ro")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    faults = {each["where"]: each["message"] for each in response.json()["faults"]}
    assert faults == {
        "year": "„year” trebuie să fie un număr întreg.",
        "limit": "„limit” trebuie să fie cel mult 1000.",
        "sektor": "„sektor” nu este un filtru al acestei adrese.",
    }


def test_what_is_not_known_is_told_with_what_exists(cluj: City) -> None:
    response = ask(f"{CLUJ}/numbers/buldings.2021")
    assert response.status_code == 404
    assert "buildings" in response.json()["choices"]
    assert ask("/api/v1/cities/nowhere").json()["status"] == 404
    assert ask("/api/v1/nothing").json()["code"] == "web.api.no-address"


def test_nothing_can_be_sent(cluj: City) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        response = Client().generic(method, CLUJ)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_what_the_caller_holds_is_not_sent_again(cluj: City) -> None:
    first = ask(f"{CLUJ}/cells")
    assert first["ETag"] and first["Last-Modified"]
    again = ask(f"{CLUJ}/cells", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ask(f"{CLUJ}/rows", **{"if-none-match": first["ETag"]}).status_code == 200
    City.objects.filter(pk=cluj.pk).update(synthetic=cluj.synthetic, name="Altul")
    assert ask(f"{CLUJ}/cells", **{"if-none-match": first["ETag"]}).status_code == 304


def test_another_edition_or_pack_under_the_same_seal_is_sent_anew(
    cluj: City, tmp_path: Path
) -> None:
    def held() -> str:
        return str(ask(CLUJ)["ETag"])

    def published(number: int, state: str) -> None:
        SealedContract.objects.create(
            city=cluj, number=number, edition=number, version_number=1, seal=cluj.run_id,
            state=state, ended_at=timezone.now() if state == "withdrawn" else None,
        )  # fmt: skip

    seen = [held()]
    for number, state in ((1, "superseded"), (2, "withdrawn"), (3, "published")):
        published(number, state)
        seen.append(held())
    # The same figures with other terms of use lie in another folder.
    other = tmp_path / "out"
    shutil.copytree(cluj.folder, other)
    City.objects.filter(pk=cluj.pk).update(folder=str(other))
    with (other / "pack" / "city.yaml").open("a", encoding="utf-8") as settings:
        settings.write("licence: CC0\n")
    answer = ask(CLUJ, **{"if-none-match": seen[-1]})
    assert (answer.status_code, answer.json()["licence"]) == (200, "CC0")
    seen.append(held())
    assert len(set(seen)) == 5


def test_pages_of_other_sites_may_read_what_is_public(cluj: City) -> None:
    response = ask(f"{CLUJ}/totals", origin="https://elsewhere.example")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    preflight = Client().options(f"{CLUJ}/totals", headers={"origin": "https://e.example"})
    assert preflight.status_code == 204
    assert "authorization" not in preflight["Access-Control-Allow-Headers"].lower()
    assert "Set-Cookie" not in response


def test_what_a_session_opens_no_other_site_reads(cluj: City) -> None:
    CityDoor.objects.create(city=cluj, members_only=True)
    assert ask(f"{CLUJ}/totals").status_code == 404
    inside = ask(f"{CLUJ}/totals", as_person(member("ana", cluj, "viewer")))
    assert inside.status_code == 200
    assert "Access-Control-Allow-Origin" not in inside
    assert inside["Cache-Control"] == "private, no-store"


def test_a_closed_city_is_in_no_list_and_no_catalogue(cluj: City) -> None:
    CityDoor.objects.create(city=cluj, members_only=True)
    assert ask("/api/v1/cities").json() == {
        "items": [], "count": 0, "next_cursor": None, "next": None,
    }  # fmt: skip
    assert "cluj" not in body(ask("/api/v1/catalog.jsonld")).decode().lower()


def test_a_draft_is_not_for_the_public(cluj: City) -> None:
    response = ask(f"{CLUJ}/totals?of=draft")
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_who_asks_too_often_waits(cluj: City, settings: Any) -> None:
    settings.API_LIMIT_A_MINUTE = 3
    answers = [ask(f"{CLUJ}/totals") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[2]["RateLimit-Remaining"] == "0"
    assert 0 < int(answers[3]["Retry-After"]) <= 60
    assert answers[3].json()["code"] == "web.api.too-many"
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").get(f"{CLUJ}/totals")
    assert elsewhere.status_code == 200


def test_a_database_that_is_away_is_told_apart_from_a_fault_of_ours(
    cluj: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr("vatra.web.api.routes.cities.seen_by", away)
    answer = ask("/api/v1/cities")
    assert (answer.status_code, answer.json()["code"]) == (503, "web.api.away")
    assert answer["Retry-After"] == "30" and answer["Content-Type"] == "application/problem+json"
    monkeypatch.setattr("vatra.web.api.routes.cities.seen_by", lambda _: 1 / 0)
    answer = ask("/api/v1/cities")
    assert (answer.status_code, answer.json()["code"]) == (500, "web.api.broken")


def test_counters_name_nobody(cluj: City) -> None:
    ask(f"{CLUJ}/totals")
    kept = Meter.objects.get()
    assert "127" not in kept.who and len(kept.who) == 32
    assert counted("somebody", 9).count == 1
    assert counted("somebody", 9).count == 2


def test_all_rows_come_in_one_stream(cluj: City) -> None:
    lines = body(ask(f"{CLUJ}/rows.ndjson")).decode().splitlines()
    listed = ask(f"{CLUJ}/rows?limit=1000").json()
    assert [json.loads(each) for each in lines] == listed["items"]


def test_synthetic_data_says_so_in_name_and_content(hostile: City) -> None:
    response = ask(f"/api/v1/cities/{hostile.slug}/rows.ndjson")
    assert 'filename="synthetic-atac-rows.ndjson"' in response["Content-Disposition"]
    assert all(json.loads(each)["synthetic_data"] for each in body(response).splitlines())
    catalogue = body(ask("/api/v1/catalog.jsonld?lang=en")).decode()
    assert "synthetic data" in catalogue


def test_parquet_holds_what_the_csv_holds(stocked: City) -> None:
    listed = ask(f"/api/v1/cities/{stocked.slug}/datasets?limit=1000").json()["items"]
    urls = [each["url"] for each in listed if each["form"] == "parquet"]
    assert any("rows.parquet?" in each for each in urls) and any("/list." in each for each in urls)
    # Of the tables, which are all written by the same lines, some.
    urls = [each for each in urls if "/tables/" not in each] + urls[-20::6]
    read: dict[Any, Callable[[str], Any]] = {pl.Int64: int, pl.Float64: float}
    for url in urls:
        response = ask(url)
        assert response["Content-Type"] == "application/vnd.apache.parquet"
        found = pl.read_parquet(io.BytesIO(body(response)))
        text = body(ask(url.replace(".parquet", ".csv"))).decode()
        headings, *rows = csv.reader(io.StringIO(text))
        assert found.columns == headings and found.height == len(rows), url
        for name, values in zip(headings, zip(*rows, strict=True), strict=False):
            kind = found.schema[name]
            for here, there in zip(found[name].to_list(), values, strict=True):
                # Before a sign that a spreadsheet would compute, CSV has an apostrophe.
                said = read.get(kind, str)(there.removeprefix("'")) if there else None
                assert here == said, (url, name)


@pytest.mark.slow
def test_the_catalogue_is_dcat(cluj: City) -> None:
    found = json.loads(body(ask("/api/v1/catalog.jsonld")))
    assert found["@type"] == "dcat:Catalog"
    assert len(found["dcat:dataset"]) > 10
    for each in found["dcat:dataset"]:
        assert each["dct:title"]["@value"] and each["dct:description"]["@value"]
        for file in each["dcat:distribution"]:
            path = file["dcat:downloadURL"]["@id"].removeprefix("http://testserver")
            response = ask(path)
            assert response.status_code == 200, path
            response.close()
