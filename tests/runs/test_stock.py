"""A folder of buildings the whole way: tables, drawings and counts to zones and back to files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vatra.plans.blocks import synthetic_climate
from vatra.plans.stock import buildings_csv, buildings_geojson, generate, spread
from vatra.runs.stock import Stock, open_stock, under
from vatra.words import LANGUAGES

HEAD = "building,quarter,archetype,flats_count,heated_m2,source\n"
T744R = "block_t744r_p4_1973_1982"
X, Y = 27.58, 47.16


def opened(folder: Path, **files: str) -> Stock:
    for name, text in files.items():
        ending = "geojson" if text.startswith("{") else "csv"
        (folder / f"{name}.{ending}").write_text(text, "utf-8")
    found = open_stock(folder)
    for each in found.findings:
        for lang in LANGUAGES:
            assert each.message(lang)
    return found


def codes(stock: Stock) -> list[str]:
    return [each.code for each in stock.findings]


def drawn(*names: str, **properties: object) -> str:
    features = []
    for index, name in enumerate(names):
        west = X + index * 0.001
        ring = [[west, Y], [west + 0.001, Y], [west + 0.001, Y + 0.0002], [west, Y + 0.0002]]
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        given = {"building": name, **properties}
        features.append({"type": "Feature", "properties": given, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_tables_become_zones(tmp_path):
    stock = opened(
        tmp_path,
        buildings=HEAD + f"B 1,q,{T744R},20,,survey\nB 2,q,{T744R},,1615,survey\n",
        building_elements="building,element,kind,u_w_m2k,source\nB 1,wall,wall,0.3,audit\n",
        building_systems="building,service,system,source\nB 1,heating,district_heat,survey\n",
        building_meters="building,year,month,carrier,metered,amount,unit,degree_days_kd,source\n"
        "B 1,2022,,district_heat,heating,150,Gcal,3000,bill\n"
        "B 2,2022,,natural_gas,heating,200000,kWh,3000,bill\n",
    )
    assert codes(stock) == []
    assert [each.code for each in stock.buildings] == ["b_1", "b_2"]
    first, second = stock.zones()
    assert first.elements[0].u_w_m2k == 0.3
    assert second.elements[0].u_w_m2k == pytest.approx(0.70, abs=0.006)
    # 150 Gcal x 4.184 / 3.6 = 174.333 MWh
    assert [each.energy_wh for each in stock.readings] == [174_333_333, 200_000_000]
    assert len(stock.systems) == 1
    assert not stock.synthetic


def test_counts_become_made_up_buildings(tmp_path):
    stock = opened(
        tmp_path,
        building_counts="quarter,archetype,blocks_count,flats_count,heated_m2,source\n"
        f"manastur,{T744R},30,600,33000,assumption\n",
    )
    assert codes(stock) == []
    assert len(stock.buildings) == 30
    assert stock.synthetic
    assert all(each.synthetic for each in stock.zones())


def test_a_quarter_is_listed_or_counted(tmp_path):
    stock = opened(
        tmp_path,
        buildings=HEAD + f"b1,manastur,{T744R},20,,survey\n",
        building_counts="quarter,archetype,blocks_count,flats_count,heated_m2,source\n"
        f"manastur,{T744R},30,600,33000,assumption\n",
    )
    assert codes(stock) == ["runs.stock-twice"]
    assert not stock.ok


def test_a_drawing_alone_is_a_stock(tmp_path):
    pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
    stock = opened(tmp_path, buildings=drawn("b1", "b2", built=1978, storeys_count=5))
    assert codes(stock) == []
    assert [each.source for each in stock.buildings] == ["buildings.geojson"] * 2
    # Two rows of 22 m x 76 m touch on 22 m over 12.75 m of height.
    shared = [each.shape.party_m2 for each in stock.buildings]
    assert shared == pytest.approx([22.2 * 12.75] * 2, rel=0.02)


def test_rows_and_drawings_meet_by_code(tmp_path):
    pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
    (tmp_path / "buildings.geojson").write_text(drawn("B 1", "ghost"))
    stock = opened(tmp_path, buildings=HEAD + f"b 1,q,{T744R},20,,survey\n")
    assert codes(stock) == ["plans.stock.footprint-unknown"]
    assert stock.ok
    assert stock.buildings[0].shape.footprint_m2 == pytest.approx(76 * 22.2, rel=0.02)


def test_faults_of_all_files_come_at_once(tmp_path):
    stock = opened(
        tmp_path,
        buildings=HEAD + f"b1,q,{T744R},20,,survey\nb2,q,castle,20,,survey\n",
        building_elements="building,element,kind,u_w_m2k,source\nb1,wall,wall,50,audit\n"
        "b2,wall,wall,0,audit\n",
        building_meters="building,year,carrier,metered,amount,unit,source\n"
        "b1,2022,district_heat,heating,150,barrels,bill\n",
    )
    assert sorted(codes(stock)) == [
        "plans.stock.archetype-unknown",
        "plans.stock.u-outside",
        "plans.stock.u-outside",
        "tables.unit-unknown",
    ]


def test_an_empty_folder_says_what_to_write(tmp_path):
    assert codes(opened(tmp_path)) == ["runs.stock-none"]


def test_what_is_written_is_read_back_the_same(tmp_path):
    made = generate(spread("suceava", 60, 1_500, 70_000.0))
    stock = opened(tmp_path, buildings=buildings_csv(made))
    assert codes(stock) == []
    for before, after in zip(made, stock.buildings, strict=True):
        assert (before.code, before.flats_count) == (after.code, after.flats_count)
        assert after.heated_m2 == before.heated_m2
        assert after.synthetic
        assert after.assumed == ()
        assert after.shape.outer_m2 == pytest.approx(before.shape.outer_m2, rel=1e-3)
    # A second time changes nothing more.
    assert buildings_csv(stock.buildings) == buildings_csv(made)


def test_a_map_that_is_written_is_read_back_the_same(tmp_path):
    pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
    stock = opened(tmp_path, buildings=drawn("b1", "b2", built=1978, storeys_count=5))
    text = buildings_geojson(stock.buildings, stock.footprints)
    again = opened(tmp_path, buildings=text)
    assert codes(again) == []
    for before, after in zip(stock.buildings, again.buildings, strict=True):
        assert after.shape.footprint_m2 == pytest.approx(before.shape.footprint_m2, rel=1e-3)
        assert after.heated_m2 == pytest.approx(before.heated_m2, rel=1e-4)


def test_the_quarter_that_is_drawn_is_synthetic_and_whole():
    pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
    folder = Path("examples/quarters/manastur-like")
    stock = open_stock(folder)
    assert stock.findings == ()
    assert len(stock.buildings) == 330
    assert sum(each.flats_count for each in stock.buildings) == 11_450
    assert round(sum(each.heated_m2 for each in stock.buildings), 2) == 614_000
    assert all(each.synthetic and "synthetic" in each.source for each in stock.buildings)
    assert (folder / "buildings.geojson").stat().st_size < 300_000


def test_the_quarter_that_is_counted_is_synthetic_and_whole():
    stock = open_stock(Path("examples/quarters/iasi-like"))
    assert stock.findings == ()
    assert len(stock.buildings) == 315
    assert sum(each.flats_count for each in stock.buildings) == 11_230
    assert all(each.synthetic for each in stock.zones())


def test_a_house_older_than_any_pack(tmp_path):
    stock = opened(tmp_path, buildings="building,use,built,flats_count,source\nc1,house,1880,1,x\n")
    assert codes(stock) == []
    assert stock.buildings[0].archetype == "house_adobe"


def test_weather_of_a_far_place_is_a_warning():
    pytest.importorskip("shapely")
    stock = open_stock(Path("examples/quarters/manastur-like"))
    assert under(stock, synthetic_climate("cluj")) is stock
    found = under(stock, synthetic_climate("iasi")).findings
    assert [each.code for each in found] == ["runs.stock-far"]
    # Cluj to Iași: 4.0 degrees of longitude at 47 degrees north, about 300 km.
    assert 250 <= found[0].params["km"] <= 350
