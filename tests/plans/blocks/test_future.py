"""Warmer years by months, and the climate that a text asks for."""

import numpy as np
import pytest

from vatra.plans.blocks import read_weather, scenario_of, scenarios, synthetic_climate
from vatra.plans.blocks.climate.future import in_future
from vatra.plans.blocks.climate.weather import asked
from vatra.words import LANGUAGES


def code(text):
    climate, found = read_weather(text)
    assert climate is None
    for each in found:
        for lang in LANGUAGES:
            assert each.message(lang)
    return [each.code.rpartition(".")[2] for each in found]


def test_every_scenario_states_its_source_and_doubt():
    for each in scenarios().values():
        assert len(each.month_k) == 12 and each.source and "to verify" in each.doubt
        assert min(each.month_k) > 0 and max(each.month_k) < 6
    named = scenarios()
    for worse, better in (("2050-high", "2050-mid"), ("2085-high", "2050-high")):
        assert np.all(np.array(named[worse].month_k) > named[better].month_k)


def test_months_are_shifted_and_the_name_says_so():
    now = synthetic_climate("iasi")
    later, found = read_weather("iasi+2050-high")
    assert found == []
    moved = (later.monthly_mean_c - now.monthly_mean_c).tolist()
    assert moved == pytest.approx(scenarios()["2050-high"].month_k)
    assert later.name == "Iași, RCP8.5 2041–2070" and "EURO-CORDEX" in later.source
    assert later.synthetic and later.degree_days_kd < now.degree_days_kd
    assert now.warmer(2).name == "Iași, +2 K"


def test_twelve_values_or_one():
    twelve = "2,2,1,1,1,3,3,3,1,1,1,2"
    assert scenario_of(twelve).month_k == (2, 2, 1, 1, 1, 3, 3, 3, 1, 1, 1, 2)
    assert scenario_of(twelve).name == "+1 … +3 K"
    assert scenario_of("1.5").month_k == (1.5,) * 12
    for wrong in ("", "1,2", "warm", "99", "nan"):
        assert scenario_of(wrong) is None
    hours = in_future(synthetic_climate("iasi"), scenario_of(twelve)).dry_bulb_c
    assert hours[0] - synthetic_climate("iasi").dry_bulb_c[0] == pytest.approx(2.0)


def test_the_parts_of_a_text(tmp_path):
    assert asked("iasi") == asked("iasi+")
    assert asked("s.csv@2016+2050-mid").year == 2016
    assert asked("s.csv@2016+2050-mid").shift == "2050-mid"
    odd = tmp_path / "a+b@2016.epw"
    odd.write_text("")
    assert asked(str(odd)).source == str(odd)


def test_what_no_climate_answers_to():
    assert code("atlantis") == ["unknown"]
    assert code("iasi+hot") == ["shift-unknown"]
    assert code("iasi@2016") == ["place-no-year"]
    assert code("atlantis+hot") == ["unknown", "shift-unknown"]
    assert code("none.csv")
