import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.runs.test_monitor import MEASURED, RETROFIT, built
from vatra.contract.canonical import pretty
from vatra.runs.monitor import monitor, why
from vatra.runs.monitor_pdf import report_pdf
from vatra.runs.monitor_report import annual_report, report_is_whole
from vatra.runs.monitor_tables import report_sentences, report_tables
from vatra.runs.netzero import balance, sampled_of
from vatra.words import LANGUAGES

KG = 1_000_000
PROGRESS = "R,2025,60,1000,started,invented\n,2025,,,measured,invented"


def report(folder):
    sinks = (
        "code,year,name_en,name_ro,kind,area,unit,growth,buffer_percent,permanence_years,source\n"
        "S,2024,Wood,Pădure,forest,10,ha,0: 0; 1: 3; 30: 3,20,8,invented"
    )
    made = built(folder, PROGRESS, energy=MEASURED.format(gas=4000, diesel=2100), sinks=sinks)
    found = monitor(made, draws=256)
    now = found.expected["plan_pace"].scenario
    held = balance(now, sampled=sampled_of(now, 256))
    return annual_report(found, held, why(found.planned, now))


def test_a_report_is_sealed_and_the_same_bytes_each_time(tmp_path):
    document = report(tmp_path / "a")
    assert report_is_whole(document) == []
    assert pretty(document) == pretty(report(tmp_path / "b"))
    assert document["format"] == "vatra-annual-report/1"
    assert json.loads(pretty(document)) == document


@pytest.mark.parametrize("change", [{"year": 2030}, {"format": "another"}, {"seal": None}])
def test_an_altered_report_is_known(tmp_path, change):
    assert report_is_whole(report(tmp_path) | change)


def test_figures_are_whole_kilograms_that_add_up(tmp_path):
    document = report(tmp_path)
    target, changed = document["target"], document["why"]
    paced = target["expected"]["plan_pace"]
    assert changed["before_mg"] == target["planned"]["target_mg"]
    assert changed["after_mg"] == paced["target_mg"]
    effects = [each["effect_mg"] for each in changed["causes"]]
    assert sum(effects) == changed["after_mg"] - changed["before_mg"]
    assert all(each % KG == 0 for each in (*effects, paced["target_mg"], paced["reported_mg"]))
    assert document["measured_mg"] == {"2025": (800 + 525) * 10**9}
    assert changed["causes"][0]["kind"] == "drivers"


def test_actions_say_how_far_they_are(tmp_path):
    (action,) = report(tmp_path)["actions"]
    # 80 % was planned by 2025, 60 % is there: a year late.
    assert (action["planned_ppm"], action["reached_ppm"]) == (800_000, 600_000)
    assert (action["delay_months"], action["spent_cents"]) == (12, 100_000)
    # Nothing says what the retrofit of this town costs.
    assert action["capital_cents"] is None
    assert action["full_year"] == {"pace_seen": 2028, "plan_pace": 2027}


def test_what_is_spent_stands_beside_what_the_plan_asks_for(tmp_path):
    head, retrofit = RETROFIT.splitlines()
    actions = f"{head},units_count,unit_capex,level_percent\n{retrofit},100,200,50"
    found = monitor(built(tmp_path, "R,2025,60,1000,started,invented", actions=actions), draws=None)
    document = annual_report(found, balance(found.planned))
    # 100 units of EUR 200, a half of them: EUR 10,000; a tenth is spent.
    assert document["actions"][0]["capital_cents"] == 1_000_000
    (table,) = (each for each in report_tables(document, "en") if each.id == "actions")
    place = [column.key for column in table.columns].index("spent_share")
    assert table.rows[0][place] == 10.0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_read_it_in_both_languages(tmp_path, lang):
    document = report(tmp_path)
    sentences = report_sentences(document, lang)
    assert "2025" in sentences[0] and "50" in sentences[0]
    # Two alerts and a measured year.
    assert len(sentences) == 4
    tables = {each.id: each for each in report_tables(document, lang)}
    assert list(tables) == [
        "target", "actions", "slips", "why", "residual", "sinks", "budgets", "net_zero"
    ]  # fmt: skip
    assert all(each.texts(lang) for each in tables.values())
    assert "2032" in tables["sinks"].note
    last = tables["residual"].rows[-1]
    assert last[-1] == pytest.approx(sum(last[1:-1]))
    # What remains is what is left, to the kilogram of every use.
    assert last[-1] * 1000 == pytest.approx(
        sum(row[-1] for row in tables["residual"].rows[:-1]) * 1000
    )


def test_the_pdf_has_the_same_bytes_and_names_the_city(tmp_path):
    document = report(tmp_path)
    made = report_pdf(document, "ro")
    assert made == report_pdf(document, "ro")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "Prova" in text and "Raportul anual al planului" in text
    assert document["seal"]["value"][:12] in text


def test_a_plan_without_reports_has_a_report_that_says_so(tmp_path):
    found = monitor(built(tmp_path), draws=None)
    held = balance(found.planned)
    document = annual_report(found, held)
    assert (document["year"], document["why"], document["actions"]) == (None, None, [])
    assert "progress.csv" in report_sentences(document, "en")[0]
    assert report_pdf(document, "en").startswith(b"%PDF")
    without = annual_report(replace(found, slips=()), held)
    assert "slips" not in [each.id for each in report_tables(without, "en")]
