"""The page for an owners' association says what the run gives, and explains every programme."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from tests.web.pages import LANGUAGES, read
from vatra.plans.blocks import synthetic_climate
from vatra.runs.retrofit import Renovation, renovate_one
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_rows import package_row, picks
from vatra.runs.stock import open_stock
from vatra.web.blocks.renovation import Facts
from vatra.web.cities.models import City
from vatra.words import euros

PAGE = "/{lang}/cities/cluj-napoca/building/v01/renovation/"
DAY = "day=2026-03-01"


def rows_of(client: Client, rest: str) -> list[dict[str, str]]:
    response = client.get(f"/en/cities/cluj-napoca/buildings/{rest}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.fixture(scope="module")
def weighed(stocked_folder: Path) -> Renovation:
    """The same block by a run of our own, on a day that does not move."""
    stock = open_stock(stocked_folder / "pack")
    place = [each.code for each in stock.buildings].index("v01")
    return renovate_one(stock, place, synthetic_climate("cluj"), Asked(date(2026, 3, 1)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("package", ["moderate", "deep_pv"])
def test_the_answer_says_cost_range_saving_and_share_of_a_flat(
    client: Client, stocked: City, weighed: Renovation, lang: str, package: str
) -> None:
    text = read(client.get(f"{PAGE.format(lang=lang)}?package={package}&{DAY}")).text
    row = package_row(weighed, picks(weighed)[package])
    for name in ("cost_cents", "cost_p10_cents", "cost_p90_cents", "bill_saved_cents",
                 "owners_most_cents", "vat_cents"):  # fmt: skip
        assert euros(row[name], lang).replace("\u00a0", " ") in text, name  # type: ignore[arg-type]


def test_the_table_holds_every_package_with_its_class(
    client: Client, stocked: City, weighed: Renovation
) -> None:
    rows = rows_of(client, f"tables/packages.csv?building=v01&{DAY}")
    chosen = picks(weighed)
    assert len(rows) == len(set(chosen.values()))
    by_cost = {float(row["cost_eur"]): row for row in rows[1:]}
    deep = package_row(weighed, chosen["deep"])
    row = by_cost[deep["cost_cents"] / 100]
    assert row["energy_class"] == deep["energy_class"]
    assert round(float(row["bill_eur"]) * 100) == deep["bill_cents"]


def test_today_is_the_bill_and_class_of_the_buildings_own_page(
    client: Client, stocked: City
) -> None:
    today = rows_of(client, "tables/packages.csv?building=v01")[0]
    own = next(r for r in rows_of(client, "list.csv") if r["building"] == "v01")
    assert today["energy_class"] == own["energy_class"]
    assert float(today["primary_kwh_m2"]) == pytest.approx(float(own["primary_kwh_m2"]), abs=0.2)
    assert float(today["bill_eur"]) == pytest.approx(float(own["bill_eur"]), rel=1e-3)


def test_works_and_payers_add_up_to_the_cost(client: Client, stocked: City) -> None:
    costs = rows_of(client, f"tables/costs.csv?building=v01&package=deep_pump&{DAY}")
    parts = [float(row["cost_eur"]) for row in costs[:-1]]
    assert sum(parts) == pytest.approx(float(costs[-1]["cost_eur"]), abs=len(parts))
    for row in costs[:-1]:
        product = float(row["amount"]) * float(row["unit_cost_eur"])
        assert product == pytest.approx(float(row["cost_eur"]), rel=0.01)
    payers = rows_of(client, f"tables/payers.csv?building=v01&package=deep_pump&{DAY}")
    amounts = [float(row["amount_eur"]) for row in payers]
    # The last two rows are the sum and the tax on top of it.
    assert sum(amounts[:-2]) == pytest.approx(amounts[-2])


def test_every_promise_has_its_range_and_the_class_its_probability(
    client: Client, stocked: City
) -> None:
    rows = rows_of(client, f"tables/package-doubt.csv?building=v01&package=deep&{DAY}")
    told = {row["promise"]: [float(row[at]) for at in ("p10", "p50", "p90")] for row in rows}
    assert all(low <= middle <= high for low, middle, high in told.values())
    low, _, high = told["bill saved a year, EUR"]
    text = read(client.get(f"{PAGE.format(lang='en')}?package=deep&{DAY}")).text
    assert (
        f"{euros(round(low) * 100, 'en')} to {euros(round(high) * 100, 'en')}".replace(
            "\u00a0", " "
        )
        in text
    )
    assert "with a probability of" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_building_says_between_what_its_need_lies(
    client: Client, stocked: City, lang: str
) -> None:
    text = read(client.get(f"/{lang}/cities/cluj-napoca/building/v01/")).text
    assert {"en": "eight chances in ten", "ro": "probabilitate de 80 %"}[lang] in text


def test_flats_bear_by_their_area(client: Client, stocked: City) -> None:
    rows = rows_of(client, f"tables/flat-shares.csv?building=v01&flats=9x40+10x80&{DAY}")
    small, large = (float(row["owners_most_eur"]) for row in rows)
    assert [row["flats_count"] for row in rows] == ["9", "10"]
    assert large == pytest.approx(2 * small, abs=0.02)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_programmes_are_a_no_a_yes_or_unknown_with_reasons(
    client: Client, stocked: City, lang: str
) -> None:
    page = client.get(f"{PAGE.format(lang=lang)}?{DAY}").content.decode()
    assert "programme-no" in page and "programme-unknown" in page
    ended = {"en": "ended 31 October 2022", "ro": "s-a încheiat la 31 octombrie 2022"}
    assert ended[lang] in page.replace("\u00a0", " ")
    told = f"{PAGE.format(lang=lang)}?{DAY}&eu=no&region=nord_est&rank=municipality&applicant=city"
    assert client.get(told).content.decode().count("programme-unknown") < page.count(
        "programme-unknown"
    )


def test_a_grant_shows_who_pays(client: Client, stocked: City) -> None:
    """OUG 18/2009: half the state, three tenths the city, a fifth the owners."""
    facts = "day=2026-10-01&eu=no&rank=municipality&applicant=association&seismic=RsIV&design=1955"
    rows = rows_of(client, f"tables/payers.csv?building=v01&{facts}")
    amounts = {row["payer"]: float(row["amount_eur"]) for row in rows}
    whole = amounts["together"]
    assert amounts["state budget"] == pytest.approx(0.5 * whole, abs=0.02)
    assert amounts["city"] == pytest.approx(0.3 * whole, abs=0.02)
    assert amounts["owners"] == pytest.approx(0.2 * whole, abs=0.02)


@pytest.mark.parametrize(
    "query",
    [
        "flats=x",
        "flats=4",
        "day=tomorrow",
        "day=2026-02-30",
        "design=99",
        "region=mars",
        "eu=perhaps",
    ],
)
def test_a_fact_that_cannot_be_read_is_told(client: Client, stocked: City, query: str) -> None:
    response = client.get(f"{PAGE.format(lang='en')}?{query}")
    assert response.status_code == 422
    assert "field-error" in response.content.decode()


def test_flats_are_read_as_people_write_them() -> None:
    assert Facts.of(QueryDict("flats=48,5 2x52.5;60")).flat_m2 == (48.5, 52.5, 52.5, 60.0)
    assert Facts.of(QueryDict("flats=9999999x50")).faults == ("flats",)


def test_a_package_that_is_not_there_names_those_that_are(client: Client, stocked: City) -> None:
    response = client.get(f"{PAGE.format(lang='en')}?package=marble")
    assert response.status_code == 404
    assert any("package=deep" in link for link in read(response).links())


@pytest.mark.parametrize("name", ["packages", "before-after"])
def test_pictures_can_be_taken_along(client: Client, stocked: City, name: str) -> None:
    response = client.get(f"/ro/cities/cluj-napoca/buildings/charts/{name}.svg?building=v01")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"SINTETICE" in response.content


def test_the_region_of_the_citys_county_is_known(stocked: City) -> None:
    assert Facts.of(QueryDict(""), "nord_est").stated == {"region": "nord_est"}
    assert Facts.of(QueryDict("region=vest"), "nord_est").stated == {"region": "vest"}
    # Who says that it is not known is believed.
    assert Facts.of(QueryDict("region="), "nord_est").stated == {}
