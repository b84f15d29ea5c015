"""A question about a quarter is answered by the run, or refused with what falls short."""

from __future__ import annotations

import csv
import io
import json
import threading
import zipfile

import pytest
from django.http import QueryDict
from django.test import Client

from tests.web.pages import LANGUAGES, read
from vatra.plans.quarter import quarter_packages
from vatra.web.blocks import quarter
from vatra.web.blocks.folders import stock_of
from vatra.web.blocks.quarter import plan_of
from vatra.web.blocks.quarter_question import Wished
from vatra.web.blocks.queries import opened
from vatra.web.cities.models import City
from vatra.words import euros, number

PAGE = "/{lang}/cities/cluj-napoca/buildings/quarter/"
# Fifteen blocks: a plan of them takes no second.
ASKED = "quarter=cartier_model_vest&kind=budget&of=co2&euros=900000&flats=120"
QUARTERS = ["cartier_model_vest"]


def rows_of(client: Client, rest: str) -> list[dict[str, str]]:
    response = client.get(f"/en/cities/cluj-napoca/buildings/{rest}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_question_there_is_a_form_and_ready_questions(
    client: Client, stocked: City, lang: str
) -> None:
    page = read(client.get(PAGE.format(lang=lang)))
    assert sum("kind=" in link for link in page.links()) == 3
    assert "drawing" not in client.get(PAGE.format(lang=lang)).content.decode().split("<main")[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_stays_within_the_budget_and_says_who_pays(
    client: Client, stocked: City, lang: str
) -> None:
    held = opened(stocked).held
    assert held
    run = plan_of(stocked, held, QueryDict(ASKED))
    assert run
    assert 0 < run.chosen.cost_cents <= 90_000_000
    assert len(run.stock.buildings) == 15
    text = read(client.get(f"{PAGE.format(lang=lang)}?{ASKED}")).text
    assert euros(run.chosen.cost_cents, lang).replace("\u00a0", " ") in text  # type: ignore[arg-type]
    saved = run.chosen.before("co2_kg") - run.chosen.after("co2_kg")
    assert f"{number(saved / 1e3, lang, 0)} t" in text  # type: ignore[arg-type]


def test_a_target_is_reached(client: Client, stocked: City) -> None:
    asked = "quarter=cartier_model_vest&kind=target&of=heating&percent=30"
    held = opened(stocked).held
    assert held
    run = plan_of(stocked, held, QueryDict(asked))
    assert run
    assert run.chosen.after("heating_kwh") <= 0.7 * run.chosen.before("heating_kwh") * (1 + 1e-9)


def test_payers_add_up_and_years_hold_the_flats_there_are(client: Client, stocked: City) -> None:
    payers = rows_of(client, f"tables/quarter-payers.csv?{ASKED}")
    column = next(name for name in payers[0] if "cost" in name)
    amounts = [float(row[column]) for row in payers]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1])
    years = rows_of(client, f"quarter/files/years.csv?{ASKED}")
    assert sum(int(row["cost_cents"]) for row in years) == round(100 * amounts[-1])
    assert all(float(row["flats_count"]) <= 120.1 for row in years)


def test_no_plan_says_which_demand_falls_short(client: Client, stocked: City) -> None:
    asked = "quarter=cartier_model_vest&kind=target&of=co2&percent=95&keep=1"
    response = client.get(f"{PAGE.format(lang='en')}?{asked}")
    assert response.status_code == 422
    assert "No plan answers this question" in read(response).text


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("kind=target", "percent"),
        ("kind=budget", "euros"),
        ("kind=target&percent=x", "percent"),
        ("kind=target&percent=nan", "percent"),
        ("kind=budget&euros=1e999", "euros"),
        ("kind=target&percent=40&of=beauty", "of"),
        ("kind=target&percent=40&class=Z", "class"),
        ("kind=target&percent=40&first=12", "first"),
        ("kind=target&percent=40&quarter=mars", "quarter"),
        ("kind=wish", "kind"),
    ],
)
def test_what_cannot_be_read_is_told_and_not_computed(
    client: Client, stocked: City, query: str, fault: str
) -> None:
    assert fault in Wished.of(QueryDict(query), QUARTERS).faults
    response = client.get(f"{PAGE.format(lang='ro')}?{query}")
    assert response.status_code == 422
    assert "field-error" in response.content.decode()


def test_numbers_are_read_as_people_write_them() -> None:
    found = Wished.of(QueryDict("kind=budget&euros=5 000 000,50&block=20,5"), QUARTERS)
    assert found.values["euros"] == 5_000_000.5
    assert found.question().aim.block_share_least == 0.205


def test_keeping_the_heat_leaves_only_packages_without_pumps() -> None:
    question = Wished.of(QueryDict("kind=target&percent=40&keep=1"), QUARTERS).question()
    assert question.aim.packages
    assert not any("heat_pump" in each for each in question.aim.packages)
    assert len(question.aim.packages) < quarter_packages().count


@pytest.mark.slow
def test_report_and_blueprint_can_be_taken(client: Client, stocked: City) -> None:
    here = "/ro/cities/cluj-napoca/buildings/quarter/files/"
    pdf = client.get(f"{here}report.pdf?{ASKED}")
    assert pdf.content[:5] == b"%PDF-"
    assert "synthetic-cluj-napoca-quarter-report.ro.pdf" in pdf["Content-Disposition"]
    assert client.get(f"{here}report.docx?{ASKED}").content[:2] == b"PK"
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{here}blueprint.zip?{ASKED}").content))
    assert packed.testzip() is None
    plan = json.loads(client.get(f"{here}plan.json?{ASKED}").content)
    assert plan["totals"]["blocks_count"] == 15


@pytest.mark.parametrize("name", ["report.exe", "report.pdf"])
def test_files_need_a_question_and_a_name(client: Client, stocked: City, name: str) -> None:
    query = ASKED if name.endswith("exe") else ""
    response = client.get(f"/en/cities/cluj-napoca/buildings/quarter/files/{name}?{query}")
    assert response.status_code == 404


@pytest.mark.parametrize("rest", ["charts/quarter-front.svg", "tables/quarter-blocks.json"])
def test_pictures_and_tables_take_the_same_question(
    client: Client, stocked: City, rest: str
) -> None:
    assert client.get(f"/en/cities/cluj-napoca/buildings/{rest}?{ASKED}").status_code == 200
    assert client.get(f"/en/cities/cluj-napoca/buildings/{rest}").status_code == 404


@pytest.mark.slow
def test_pages_that_plan_nothing_do_not_wait_for_the_optimiser() -> None:
    """The site starts without it; only a question about a quarter loads it."""
    import subprocess
    import sys

    code = (
        "import os, sys, tempfile; os.environ['VATRA_DATA'] = tempfile.mkdtemp();"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'vatra.web.site.settings';"
        "import django; django.setup(); import vatra.web.blocks.urls;"
        "print([m for m in ('scipy.stats', 'numba', 'vatra.runs.quarter') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_stock_is_opened_once_for_all_questions(stocked: City) -> None:
    held = opened(stocked).held
    assert held is opened(stocked).held
    assert stock_of.cache_info().hits > 0


def test_a_plan_that_is_kept_waits_for_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    none = quarter.Planned(None, {})
    monkeypatch.setattr(quarter, "_planned", lambda *_: none)
    city, wished = City(folder="a", run_id="b", slug="c"), Wished("d", {})
    assert quarter.planned(city, wished) is none
    found: list[quarter.Planned] = []
    # Somebody else's plan is being made.
    with quarter._TURN:
        asks = threading.Thread(target=lambda: found.append(quarter.planned(city, wished)))
        asks.start()
        asks.join(5)
        assert found == [none]
