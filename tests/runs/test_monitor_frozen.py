"""The frozen report of a year: sealed, with indicators and money, edition by edition."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from vatra.contract.render.docx import docx_of
from vatra.contract.render.outline import Text
from vatra.runs.monitor import monitor
from vatra.runs.monitor_frozen import altered_parts, progress_content, progress_report, written
from vatra.runs.monitor_frozen_tables import frozen_outline, progress_tables
from vatra.runs.monitor_indicators import read_indicators
from vatra.runs.monitor_pdf import outline_pdf
from vatra.runs.monitor_report import annual_report
from vatra.runs.monitor_spending import spending
from vatra.runs.netzero import balance
from vatra.runs.scenario import open_scenario

IASI = Path(__file__).resolve().parents[2] / "examples" / "iasi"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    pack = tmp_path_factory.mktemp("pack")
    shutil.copytree(IASI, pack, dirs_exist_ok=True)
    (pack / "indicators.csv").write_text(
        "code,name_en,name_ro,unit,action,sector,baseline_year,baseline_value,target_year,"
        "target_value,direction,source\n"
        "I1,Trips by bicycle,Deplasări cu bicicleta,%,,transport,2021,2,2035,16,up,made up\n",
        "utf-8",
    )
    (pack / "indicator_values.csv").write_text(
        "indicator,year,quarter,value,source\nI1,2026,,5.5,made up\n", "utf-8"
    )
    built = open_scenario(pack)
    found = monitor(built, draws=None)
    annual = annual_report(found, balance(found.expected["plan_pace"].scenario))
    return progress_content(
        annual, read_indicators(built.pack.rows), spending(found.planned), {"2021": 1}
    )


def test_the_report_is_sealed_and_a_changed_figure_is_named(content: dict[str, Any]) -> None:
    report = progress_report(content, year=2026)
    assert altered_parts(report) == []
    assert altered_parts(json.loads(json.dumps(report))) == []
    changed = copy.deepcopy(report)
    changed["spending"]["spent_cents"]["2026"] += 1
    assert altered_parts(changed) == ["spending", "seal"]
    assert altered_parts({**report, "format": "vatra-contract/1"}) == ["format"]
    assert altered_parts([]) == ["format"]


def test_a_later_edition_names_the_one_before(content: dict[str, Any]) -> None:
    first = progress_report(content, year=2026)
    second = progress_report(content, year=2026, edition=2, replaces=first["seal"]["value"])
    assert second["seal"]["value"] != first["seal"]["value"]
    words = " ".join(
        each.text for each in frozen_outline(second, "en").blocks if isinstance(each, Text)
    )
    assert f"replaces the edition with the seal {first['seal']['value']}" in words
    with pytest.raises(ValueError, match="must name"):
        progress_report(content, year=2026, edition=2)


def test_the_indicator_is_held_against_its_line(content: dict[str, Any]) -> None:
    # From 2 in 2021 to 16 in 2035 is 1 a year: 7 in 2026, and 5.5 is behind.
    one = content["indicators"][0]
    assert (one["expected"], one["verdict"], one["values"][0]["value"]) == ("7", "behind", "5.5")
    table = next(each for each in progress_tables(content, "ro") if each.id == "indicators")
    assert table.rows[0][5:] == ("5,5 (2026)", "7", "16 (2035)", "în urmă")
    assert table.marks == {(0, 8)}


def test_every_measure_stands_in_the_table_and_money_is_that_of_the_pack(
    content: dict[str, Any],
) -> None:
    tables = {each.id: each for each in progress_tables(content, "en")}
    rows = {row[0]: row for row in tables["measures"].rows}
    assert set(rows) == set(content["names"])
    assert rows["1.1"][8] == 62_000_000
    assert rows["4.3"][2] == "cancelled"
    assert rows["1.2"][8] is None
    # 62.0 + 21.5 + 6.1 + 9.4 + 8.2 + 31.0 + 2.3 + 1.9 + 0.35 million
    assert tables["spending"].rows[-1][3] == 142_750_000


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ro"])
def test_it_prints_the_same_bytes_each_time(content: dict[str, Any], lang: Any) -> None:
    whole = frozen_outline(progress_report(content, year=2026), lang)
    first = outline_pdf(whole)
    assert first[:5] == b"%PDF-"
    assert first == outline_pdf(whole)
    assert docx_of(whole)[:2] == b"PK"


def test_a_value_is_written_without_the_noise_of_floating_point() -> None:
    assert [written(each) for each in (0.1 + 0.2, 139.0, -2.5, 0.0)] == ["0.3", "139", "-2.5", "0"]
