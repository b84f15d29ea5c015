"""The page of monitoring: planned against expected, slip cost, why, and the frozen report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.web.conftest import CLUJ, write_output
from tests.web.investment.bare import register_bare
from tests.web.pages import read
from vatra.runs.monitor_report import report_is_whole
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder

PAGE = "/{lang}/cities/{slug}/monitoring/"
PROGRESS = """\
action,year,adoption_percent,spent_eur,status,source,note
5.1,2025,10,20000000,delayed,invented for the test,
1.1,2025,30,90000000,started,invented for the test,
"""


@pytest.fixture(scope="module")
def reported_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = tmp_path_factory.mktemp("reported-pack")
    shutil.copytree(CLUJ, pack, dirs_exist_ok=True)
    (pack / "progress.csv").write_text(PROGRESS, "utf-8")
    return write_output(pack, tmp_path_factory.mktemp("reported"), shelf)


@pytest.fixture
def reported(db: None, reported_folder: Path) -> City:
    """Cluj-Napoca with two invented reports of 2025."""
    return do_register_folder(folder=reported_folder, actor="test")


def opened(client: Client, city: City, lang: str = "en"):
    return read(client.get(PAGE.format(lang=lang, slug=city.slug)))


@pytest.mark.slow
def test_reports_move_the_target_year_and_the_picture_says_so(
    client: Client, reported: City
) -> None:
    text = opened(client, reported).text
    assert "with what was reported up to 2025" in text
    assert "With what was reported up to 2025" in text
    assert "ALERT" in text
    romanian = opened(client, reported, "ro").text
    assert "ALERTĂ" in romanian
    assert "cele raportate până în 2025" in romanian


def test_late_actions_are_named_with_what_a_further_delay_costs(
    client: Client, reported: City
) -> None:
    address = f"/en/cities/{reported.slug}/monitoring/tables/actions.json"
    rows = {each["code"]: each for each in json.loads(client.get(address).content)["rows"]}
    assert set(rows) == {"5.1", "1.1"}
    # 2 of 7 years planned by the end of 2025 is 29 %; 10 % are in place.
    assert round(rows["5.1"]["planned_share"]) == 29
    assert rows["5.1"]["reached_share"] == 10
    slips = client.get(f"/en/cities/{reported.slug}/monitoring/tables/slips.json")
    codes = [each["code"] for each in json.loads(slips.content)["rows"]]
    assert "5.1" in codes


def test_why_the_figure_changed_adds_up(client: Client, reported: City) -> None:
    address = f"/en/cities/{reported.slug}/monitoring/tables/why.json"
    rows = json.loads(client.get(address).content)["rows"]
    parts, together = rows[:-1], rows[-1]
    assert parts
    assert sum(each["effect"] for each in parts) == pytest.approx(together["effect"])


def test_the_chart_has_both_paces_in_its_numbers(client: Client, reported: City) -> None:
    address = f"/en/cities/{reported.slug}/monitoring/charts/expected"
    rows = json.loads(client.get(f"{address}.json").content)["rows"]
    assert [row["year"] for row in rows] == [str(year) for year in range(2021, 2031)]
    last = rows[-1]
    # What is late leaves more than was planned, at either pace.
    assert last["planned"] < last["plan_pace"] <= last["pace_seen"] < last["without"]
    assert client.get(f"{address}.svg")["Content-Type"] == "image/svg+xml"


def test_the_report_is_sealed_and_can_be_taken_along(client: Client, reported: City) -> None:
    address = f"/en/cities/{reported.slug}/monitoring/report"
    document = json.loads(client.get(f"{address}.json").content)
    assert report_is_whole(document) == []
    document["year"] = 2026
    assert report_is_whole(document) == ["year", "seal"]
    assert client.get(f"{address}.pdf").content[:5] == b"%PDF-"


def test_without_reports_the_plan_stands_and_the_next_step_is_said(
    client: Client, cluj: City
) -> None:
    text = opened(client, cluj).text
    assert "nothing was reported yet" in text
    assert "enter in progress.csv" in text


def test_a_city_without_actions_hears_the_next_step(
    client: Client, db: None, shelf: Path, tmp_path: Path
) -> None:
    city = register_bare(tmp_path, shelf)
    text = opened(client, city).text
    assert "has no plan with actions" in text
    assert client.get(f"/en/cities/{city.slug}/monitoring/report.json").status_code == 404


@pytest.mark.parametrize("rest", ["tables/nothing.csv", "charts/nothing.svg"])
def test_what_is_not_there_names_what_is(client: Client, cluj: City, rest: str) -> None:
    response = client.get(f"/en/cities/{cluj.slug}/monitoring/{rest}")
    assert response.status_code == 404
    assert "/monitoring/" in " ".join(read(response).links())
