"""The laboratory: an address is a state, its answer is the engine's, its faults are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.test import Client

from tests.web.pages import read
from vatra.plans.engine import Choice, evaluate
from vatra.runs.risk import risk
from vatra.runs.scenario import Scenario
from vatra.web.cities.models import City
from vatra.web.pathways.choices import Wished
from vatra.web.pathways.conflicts import conflicts
from vatra.web.pathways.trial import Draws, Trial, with_electricity
from vatra.words import tonnes

URL = "/{lang}/cities/fantanele/laboratory/"
PART = {"HX-Request": "true"}


def asked(scenario: Scenario, query: str) -> Wished:
    return Wished.of(QueryDict(query), scenario, "en")


def left_mg(scenario: Scenario, choices: dict[str, Choice]) -> int:
    changed = scenario.with_choices(choices)
    return int(evaluate(changed.model).total_mg[scenario.target_at].round())


@pytest.mark.slow
def test_a_state_has_an_address_and_the_engines_answer(
    client: Client, village: City, village_scenario: Scenario
) -> None:
    text = read(client.get(URL.format(lang="en"), {"level.B1": "0", "start.T2": "2033"})).text
    choices = {"B1": Choice(2027, 0.0), "T2": Choice(2033, 1.0)}
    left = tonnes(left_mg(village_scenario, choices), "en").replace("\u00a0", " ")
    assert f"emits {left} CO₂ in 2035" in text
    assert left_mg(village_scenario, choices) > left_mg(village_scenario, {})


def test_the_plan_itself_has_the_shortest_address(
    client: Client, village: City, village_scenario: Scenario
) -> None:
    # A form without scripts sends everything; what is as planned leaves the address.
    full = {"level.B1": "100", "start.B1": "2027", "level.B2": "60", "electricity": "0.12"}
    response = client.get(URL.format(lang="en"), full)
    assert response.status_code == 302
    assert response["Location"] == URL.format(lang="en") + "?level.B2=60"
    response = client.get(URL.format(lang="en"), {"level.B1": "100"})
    assert response["Location"] == URL.format(lang="en")


def test_a_moved_slider_gets_its_part_alone(client: Client, village: City) -> None:
    response = client.get(URL.format(lang="en"), {"level.B1": "100"}, headers=PART)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert 'data-part="lab-answer"' in html
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("level.NIX=50", "The plan has no action 'NIX'."),
        ("level.B1=101", "'101' is no level of Deep retrofit of blocks of flats."),
        ("level.B1=-1", "'-1' is no level of"),
        ("level.B1=1e2", "'1e2' is no level of"),
        ("level.B1=", "'' is no level of"),
        ("level.B1=٣", "'٣' is no level of"),
        ("start.B1=1999", "'1999' is no start year of"),
        ("start.B1=2027.5", "It may start from 2026 to 2035."),
        ("electricity=abc", "'abc' is no factor of electricity."),
        ("electricity=2.1", "'2.1' is no factor of electricity."),
        ("electricity=nan", "'nan' is no factor of electricity."),
        ("level.<script>=1", "The plan has no action '<script>'."),
        (f"level.{'9' * 5000}=1", "The plan has no action '9999999999"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_stays(
    client: Client, village: City, query: str, words: str
) -> None:
    response = client.get(URL.format(lang="en") + f"?{query}")
    page = read(response)
    assert response.status_code == 422
    assert words in page.text
    sliders = [attrs for tag, attrs in page.tags if attrs.get("type") == "range"]
    assert len(sliders) == 16
    assert client.get(URL.format(lang="en") + f"?{query}", headers=PART).status_code == 422


def test_all_faults_are_said_at_once(village_scenario: Scenario) -> None:
    wished = asked(village_scenario, "level.B1=x&start.B1=y&electricity=z&level.Q=1&level.B2=30")
    assert len(wished.faults) == 4
    assert wished.levels == {"B2": 30}


def test_a_state_survives_the_way_through_its_address(village_scenario: Scenario) -> None:
    query = "level.B1=35&start.B1=2031&level.T1=0&electricity=0.055"
    wished = asked(village_scenario, query)
    assert wished.query(village_scenario) == query
    assert asked(village_scenario, wished.query(village_scenario)) == wished


def test_a_plan_that_fits_has_no_conflict(village_scenario: Scenario) -> None:
    # 45 % deep and 80 % of 35 % moderate are 73 % of the flats.
    assert conflicts(village_scenario.model, "en") == []


def test_exclusive_actions_beyond_the_whole_are_said(village_scenario: Scenario) -> None:
    model = village_scenario.model
    reach = {"B1": 0.7, "B2": 0.5}
    actions = tuple(
        replace(each, reach_share=reach.get(each.code, each.reach_share), level=1.0)
        for each in model.actions
    )
    (words,) = conflicts(replace(model, actions=actions), "en")
    # 70 % and 50 % are 120 % of the same flats.
    assert "Deep retrofit of blocks of flats 70%" in words
    assert "together reach 120%" in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("level.T1=0", "Private cars become electric does nothing without Public charging points."),
        ("start.T1=2030", "does nothing before Public charging points begins in 2030."),
    ],
)
def test_a_need_that_is_not_met_is_said_at_once(
    client: Client, village: City, query: str, words: str
) -> None:
    assert words in read(client.get(URL.format(lang="en") + f"?{query}")).text


def test_no_action_leaves_the_base(village_scenario: Scenario) -> None:
    levels = {each.code: 0 for each in village_scenario.model.actions}
    trial = Trial(village_scenario, Wished(levels, {}), Draws(village_scenario))
    assert trial.path.total_mg == trial.path.without_mg
    assert trial.capex_cents == 0


def test_the_quick_probability_is_near_the_full_one(village_scenario: Scenario) -> None:
    trial = Trial(village_scenario, Wished({}, {}), Draws(village_scenario))
    assert trial.chance_ppm is not None
    full = risk(village_scenario)
    # 512 draws scatter by about two points; both look at the same doubts.
    assert abs(trial.chance_ppm - full.probability_ppm) < 40_000
    worse = Trial(village_scenario, Wished({"B3": 0}, {}), Draws(village_scenario))
    assert worse.chance_ppm is not None and worse.chance_ppm <= trial.chance_ppm


def test_another_grid_bends_the_path_only_from_the_plan_on(village_scenario: Scenario) -> None:
    base = village_scenario.model.base
    changed = with_electricity(village_scenario, 0.06)
    n = next(n for n, cell in enumerate(base.cells) if cell.carrier == "electricity")
    at = base.at(2025)
    assert (changed.factor[n, : at + 1] == base.factor[n, : at + 1]).all()
    # 0.06 t/MWh are 60 mg/Wh in the target year.
    assert changed.factor[n, base.at(2035)] == pytest.approx(60.0)
    gas = next(n for n, cell in enumerate(base.cells) if cell.carrier == "natural_gas")
    assert (changed.factor[gas] == base.factor[gas]).all()


@pytest.mark.parametrize("preset", ["", "nothing", "everything"])
def test_presets_are_addresses(client: Client, village: City, preset: str) -> None:
    page = read(client.get(URL.format(lang="en")))
    urls = [attrs["href"] for tag, attrs in page.tags if tag == "a" and "data-preset" in attrs]
    assert len(urls) == 3
    wanted = {"": 0, "nothing": 1, "everything": 2}[preset]
    assert client.get(urls[wanted]).status_code == 200


def test_its_picture_and_table_are_those_of_the_state(client: Client, village: City) -> None:
    page = read(client.get(URL.format(lang="en"), {"level.B1": "0"}))
    files = [url for url in page.links() if "trial." in url]
    assert len(files) == 5
    assert all("level.B1=0" in url for url in files)
    for url in files:
        assert client.get(url).status_code == 200


@pytest.mark.slow
def test_a_city_without_actions_says_the_next_step(client: Client, bare: City) -> None:
    for page in ("laboratory", "cost-curve"):
        response = client.get(f"/en/cities/fantanele/{page}/")
        assert response.status_code == 200
        assert "Add actions.csv or measures.csv" in read(response).text
