"""A folder with meters: what each block learns, and truths that are met four times in five."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from vatra.plans.blocks import synthetic_climate
from vatra.runs.calibrate import Calibration, calibrate_folder, calibrate_stock
from vatra.runs.calibrate_block import NONE, OWN, TYPE
from vatra.runs.calibrate_example import truths
from vatra.runs.calibrate_picture import meters_chart
from vatra.runs.calibrate_rows import (
    block_rows,
    main_meter,
    meter_rows,
    moved,
    parameter_rows,
    type_rows,
)
from vatra.runs.stock import open_stock
from vatra.tables import FindingsError
from vatra.words import LANGUAGES

QUARTER = Path("examples/quarters/manastur-like")
HEADER = "building,use,archetype,built,storeys_count,flats_count,heated_m2,footprint_m2,perimeter_m"
ROW = "{},block,block_t744r_p4_1973_1982,1978,5,20,1615,380,91.8,q,survey"
METERS = "building,year,month,carrier,metered,amount,unit,degree_days_kd,source"


def folder_of(made: Path, *meters: str, codes=("b1", "b2", "b3")) -> Path:
    rows = [f"{HEADER},quarter,source", *(ROW.format(code) for code in codes)]
    (made / "buildings.csv").write_text("\n".join(rows) + "\n", "utf-8")
    if meters:
        listed = [METERS, *(f"{each},bill" for each in meters)]
        (made / "building_meters.csv").write_text("\n".join(listed) + "\n", "utf-8")
    return made


def heated(code: str, mwh: float, carrier: str = "district_heat") -> list[str]:
    """Three years of heating of a standard year's weather in Iași."""
    kd = synthetic_climate("iasi").degree_days_kd
    return [f"{code},{year},,{carrier},heating,{mwh},MWh,{kd:.0f}" for year in (2022, 2023, 2024)]


@cache
def quarter() -> Calibration:
    """Metered blocks of four types of the example."""
    stock, climate = open_stock(QUARTER), synthetic_climate("cluj")
    known = {each.building for each in stock.readings}
    places = [
        at
        for at, each in enumerate(stock.buildings)
        if each.code in known and "t744r" not in each.archetype
    ]
    return calibrate_stock(stock, climate, places, draws=512)


def test_truths_of_the_example_are_met():
    real = truths(QUARTER, synthetic_climate("cluj"))
    found = {each.subject.building.code: each for each in quarter().blocks}
    inside, before, after = [], [], []
    for each in real:
        block = found.get(each.subject.building.code)
        if block is None or each.meter_share != 1.0:
            continue
        span, true = block.figures["heating_wh"], each.answer.heating_wh.sum()
        inside.append(span.after[0] <= true <= span.after[2])
        before.append(abs(span.before[1] / true - 1))
        after.append(abs(span.after[1] / true - 1))
    # 20 blocks: two standard deviations of 0.8 are 0.18. Truths of the example lie nearer to their
    # types than the ranges think, so more may be inside.
    assert len(inside) == 20
    assert np.mean(inside) >= 0.62
    # Middles err by a third less than without the meters, or better.
    assert np.mean(after) < 0.67 * np.mean(before)


def test_meters_that_are_wrong_are_told_and_not_fitted():
    found = quarter()
    wrong = [each for each in found.blocks if each.conflicts]
    assert [each.conflicts[0].hints[0] for each in wrong] == ["two-blocks", "left"]
    assert {each.origin for each in wrong} == {TYPE}
    told = [each for each in found.findings if each.code == "plans.bills.outside"]
    assert [len(each.lines) for each in told] == [3, 3]


@pytest.mark.slow
def test_months_are_met_as_guideline_14_asks():
    fits = [m.fit for each in quarter().blocks for m in each.meters if m.fit is not None]
    assert len(fits) > 2
    assert all(each.months_count == 12 and each.cv_rmse_share < 0.15 for each in fits)


def test_more_metered_than_modelled_moves_what_loses_heat(tmp_path):
    # T744R needs some 150 kWh/m2 of 1,615 m2: 320 MWh are a quarter more with pipes and exchanger.
    found = calibrate_folder(folder_of(tmp_path, *heated("b1", 330)), "iasi", building="b1")
    (block,) = found.blocks
    assert block.origin == OWN and found.findings == ()
    names = {each["parameter"]: each["after_p50"] for each in moved(block)}
    assert names["air"] > 0 and names.get("gains", -1) < 0
    # A meter of heating says nothing of electricity.
    assert "household" not in names
    (row,) = meter_rows(block)
    assert row["metered_kwh"] == pytest.approx(330_000, rel=1e-3)
    assert row["modelled_kwh_before_p50"] < row["modelled_kwh_after_p50"] < 335_000
    assert row["modelled_kwh_after_p10"] < 330_000 < row["modelled_kwh_after_p90"] * 1.05


def test_neighbours_of_the_type_learn_and_others_do_not(tmp_path):
    folder = folder_of(tmp_path, *heated("b1", 330), *heated("b2", 325))
    stock, climate = open_stock(folder), synthetic_climate("iasi")
    found = calibrate_stock(stock, climate)
    assert [each.origin for each in found.blocks] == [OWN, OWN, TYPE]
    spans = [each.figures["heating_wh"] for each in found.blocks]
    # The third moves towards its neighbours, less than they, and stays less sure.
    assert 0 < spans[2].moved_share < spans[0].moved_share
    assert spans[0].left_share < spans[2].left_share < 1
    (tmp_path / "bare").mkdir()
    alone = calibrate_folder(folder_of(tmp_path / "bare", codes=("c1",)), "iasi", draws=512)
    assert alone.blocks[0].origin == NONE
    assert alone.blocks[0].figures["heating_wh"].moved_share == pytest.approx(0, abs=1e-9)


def test_one_block_is_the_same_alone_and_among_all(tmp_path):
    folder = folder_of(tmp_path, *heated("b1", 330), *heated("b2", 300))
    stock, climate = open_stock(folder), synthetic_climate("iasi")
    among = calibrate_stock(stock, climate, draws=512).blocks[1]
    alone = calibrate_stock(stock, climate, [1], draws=512).blocks[0]
    assert alone.figures == among.figures
    assert alone.posterior.weights.tobytes() == among.posterior.weights.tobytes()


def test_a_meter_of_what_nobody_buys_is_told(tmp_path):
    found = calibrate_folder(
        folder_of(tmp_path, *heated("b1", 300, "wood")), "iasi", building="b1", draws=512
    )
    (finding,) = found.findings
    assert finding.code == "plans.bills.foreign" and finding.lines == (2, 3, 4)
    assert found.blocks[0].origin == NONE
    for lang in LANGUAGES:
        assert "building_systems.csv" in finding.message(lang)


def test_a_measured_wall_moves_less(tmp_path):
    folder = folder_of(tmp_path, *heated("b1", 330))
    plain = calibrate_folder(folder, "iasi", building="b1", draws=512).blocks[0]
    (folder / "building_elements.csv").write_text(
        "building,element,kind,u_w_m2k,source\nb1,wall,wall,0.7,audit\n", "utf-8"
    )
    found = calibrate_folder(folder, "iasi", building="b1", draws=512).blocks[0]
    widths = [
        each.parameters["u_wall"].before[2] - each.parameters["u_wall"].before[0]
        for each in (plain, found)
    ]
    assert widths[1] < 0.5 * widths[0]


def test_negative_amounts_are_refused_with_their_row(tmp_path):
    folder = folder_of(tmp_path, "b1,2022,,district_heat,heating,-150,MWh,3500")
    with pytest.raises(FindingsError, match="Row 2"):
        calibrate_folder(folder, "iasi")


def test_a_year_that_stands_twice_is_refused_with_both_rows(tmp_path):
    one = "b1,2022,,district_heat,heating,150,MWh,3500"
    with pytest.raises(FindingsError, match="Rows 2, 3"):
        calibrate_folder(folder_of(tmp_path, one, one), "iasi")


def test_rows_of_every_kind_are_plain():
    found = quarter()
    rows = block_rows(found)
    assert len(rows) == 22 and len({tuple(row) for row in rows}) == 1
    assert all(row["effective_draws"] > 100 for row in rows if row["known_by"] == OWN)
    assert sum(each["metered_count"] for each in type_rows(found)) == 20
    assert {each["unit"] for each in parameter_rows(found.blocks[0])} == {"%", "K"}
    assert main_meter(found.blocks[0]).observation.carrier == "district_heat"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_say_what_they_show(lang):
    found = quarter()
    chart = meters_chart(found, lang)
    assert chart.synthetic and "20" in chart.title
    assert "<svg" in chart.svg() and "<svg" in chart.svg(width=360)
    one = Calibration(found.stock, found.climate, found.blocks[:1], ())
    assert "kWh/m²" in meters_chart(one, lang).title
