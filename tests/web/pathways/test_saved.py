"""Best plans that lie beside the contract: addresses of the laboratory, and the frontier."""

from __future__ import annotations

import csv
import io

from django.test import Client

from tests.web.pages import read
from vatra.plans.engine import Choice, evaluate
from vatra.runs.scenario import Scenario
from vatra.web.cities.models import City


def test_saved_plans_are_presets_and_what_fits_none_is_left_out(
    client: Client, saved: City
) -> None:
    page = read(client.get("/en/cities/fantanele/laboratory/"))
    presets = [attrs["href"] for tag, attrs in page.tags if "data-preset" in attrs]
    assert [url.partition("?")[2] for url in presets[3:]] == [
        "level.B1=0&level.B2=0&level.B3=0",
        "level.B3=0&level.T2=50&start.T2=2030",
    ]
    assert "Best plan found: small" in page.text
    assert "foreign" not in page.text


def test_the_frontier_holds_each_plan_as_the_engine_has_it(
    client: Client, saved: City, village_scenario: Scenario
) -> None:
    url = "/en/cities/fantanele/pathway/tables/cost-optimal.csv"
    rows = list(csv.DictReader(io.StringIO(client.get(url).content.decode())))
    base = village_scenario.model.base.emission_mg.sum(axis=0)
    at = village_scenario.target_at
    left = {
        name: evaluate(village_scenario.with_choices(choices).model).total_mg[at]
        for name, choices in {
            "best": {"B3": Choice(2028, 0.0), "T2": Choice(2030, 0.5)},
            "small": {code: Choice(2027, 0.0) for code in ("B1", "B2", "B3")},
        }.items()
    }
    cuts = sorted(float(base[at] - each) / 1e9 for each in left.values())
    shown = [float(row["cut_t_co2e"]) for row in rows if row["plan"].startswith("Best plan")]
    # On the frontier a dearer plan cuts more, else it is not there.
    assert shown == sorted(shown)
    assert all(any(abs(each - cut) < 0.001 for cut in cuts) for each in shown)
    assert rows[-1]["plan"] == "As planned"


def test_without_saved_plans_the_next_step_is_said(client: Client, village: City) -> None:
    text = read(client.get("/en/cities/fantanele/cost-curve/")).text
    assert "save it as best.csv" in text
    assert client.get("/en/cities/fantanele/pathway/tables/cost-optimal.csv").status_code == 404
