"""Stocks of every kind: counted, without footprints, with names that attack, with faults."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.plans.blocks.test_epw import rows as hours
from tests.plans.blocks.test_epw import text as epw_text
from tests.web.conftest import FORMULA_NAME, IMAGE_NAME
from tests.web.pages import read
from vatra.web.contracts.actions import do_register_folder

HERE = "/en/cities/cluj-napoca/"
SCHOOL = (
    "building,use,period,storeys_count,footprint_m2,source\ns1,school,1961_1972,2,600,invented\n"
)
HEAD = "building,name,quarter,use,period,storeys_count,flats_count,source\n"


@pytest.fixture
def with_files(db: None, cluj_folder: Path, tmp_path: Path):
    """Register Cluj-Napoca with some files of buildings in its pack."""

    def register(weather: str = "", **files: str) -> None:
        folder = tmp_path / "cluj"
        shutil.copytree(cluj_folder, folder)
        for stem, text in files.items():
            (folder / "pack" / f"{stem}.csv").write_text(text, "utf-8")
        if weather:
            (folder / "pack" / "climate.epw").write_text(weather, "utf-8")
        do_register_folder(folder=folder, actor="test")

    return register


def test_counted_buildings_are_made_up_and_their_places_mean_nothing(
    client: Client, with_files
) -> None:
    head = "quarter,archetype,blocks_count,flats_count,heated_m2,source\n"
    with_files(building_counts=head + "proba,block_t744r_p4_1973_1982,7,140,7000,invented\n")
    page = read(client.get(HERE + "buildings/"))
    assert "The 7 buildings" in page.text
    assert "where they stand here means nothing" in page.text
    assert "made up" in page.text


def test_a_whole_city_is_drawn_without_links_until_one_looks_nearer(
    client: Client, with_files
) -> None:
    head = "quarter,archetype,blocks_count,flats_count,heated_m2,source\n"
    with_files(building_counts=head + "proba,block_t744r_p4_1973_1982,1600,32000,1600000,x\n")
    whole = client.get(HERE + "buildings/").content.decode()
    assert "Look nearer" in whole
    assert (
        'class="map-building' in whole
        and "<a href" not in whole.split("need-map")[1].split("</svg>")[0]
    )
    nearer = client.get(HERE + "buildings/?zoom=2").content.decode()
    drawn = nearer.split("need-map")[1].split("</svg>")[0]
    assert 20 < drawn.count("<a href") < 1600


def test_listed_buildings_without_footprints_are_laid_out(client: Client, with_files) -> None:
    rows = "".join(f"b{n},,,block,1973_1982,5,20,invented\n" for n in range(9))
    with_files(buildings=HEAD + rows)
    html = client.get(HERE + "buildings/").content.decode()
    assert html.count('class="map-building') == 9
    assert "where they stand here means nothing" in html


def test_faults_of_the_files_are_told_instead_of_figures(client: Client, with_files) -> None:
    with_files(buildings=HEAD + "b1,,,block,1973_1982,99,20,invented\n")
    response = client.get(HERE + "buildings/")
    assert response.status_code == 200
    text = read(response).text
    assert "until these faults are mended" in text
    assert "b1" in text
    assert client.get(HERE + "buildings/list.csv").status_code == 404


def test_names_that_attack_stay_names(client: Client, with_files) -> None:
    formula = FORMULA_NAME.replace('"', '""')
    rows = (
        f'b1,{IMAGE_NAME},,block,1973_1982,5,20,invented\nb2,"{formula}",,block,1973_1982,5,20,x\n'
    )
    with_files(buildings=HEAD + rows)
    for page in ("buildings/", "building/b1/", "buildings/number/all.heating/"):
        assert "<img" not in client.get(HERE + page).content.decode()
    assert "'=HYPERLINK" in client.get(HERE + "buildings/list.csv").content.decode()


def test_a_school_has_a_need_and_no_class(client: Client, with_files) -> None:
    with_files(buildings=SCHOOL)
    text = read(client.get(HERE + "building/s1/")).text
    assert "no classes are known here" in text
    assert "mean flat" not in text


METERS = "building,year,month,carrier,metered,amount,unit,degree_days_kd,source\n"
BLOCKS = "".join(f"b{n},,q,block,1973_1982,5,20,invented\n" for n in (1, 2))
SYSTEMS = "building,service,system,source\n" + "".join(
    f"b1,{service},district_heat,x\n" for service in ("heating", "hot_water")
)


@pytest.mark.slow
def test_meters_of_a_block_stand_beside_what_was_computed(client: Client, with_files) -> None:
    rows = "".join(
        f"b1,{year},,district_heat,heating_and_hot_water,290,MWh,3600,invented\n"
        for year in (2022, 2023)
    )
    with_files(buildings=HEAD + BLOCKS, building_systems=SYSTEMS, building_meters=METERS + rows)
    text = read(client.get(HERE + "building/b1/")).text
    assert "What the meters say" in text
    assert "By its own meters the need is between" in text
    table = client.get(HERE + "buildings/tables/meters.json?building=b1").json()
    assert [row["years"] for row in table["rows"]] == ["2022, 2023"]
    row = table["rows"][0]
    assert row["used"] == "yes"
    assert row["modelled_kwh_m2_p10"] < row["modelled_kwh_m2_p90"]
    # A block of the same type in the same quarter learns from it.
    other = read(client.get(HERE + "building/b2/")).text
    assert "By the meters of blocks of its type" in other
    assert client.get(HERE + "buildings/tables/meters.json?building=b2").status_code == 404


def test_a_meter_that_fits_nothing_is_told_with_what_to_check(client: Client, with_files) -> None:
    row = "b1,2023,,district_heat,heating_and_hot_water,190,MWh,3600,invented\n"
    with_files(buildings=HEAD + BLOCKS, building_systems=SYSTEMS, building_meters=METERS + row)
    text = read(client.get(HERE + "building/b1/")).text
    assert "outside of everything it holds possible" in text
    assert "Check whether flats left the network" in text
    table = client.get(HERE + "buildings/tables/meters.json?building=b1").json()
    assert table["rows"][0]["used"] == "no"


def test_weather_of_the_citys_own_is_taken_and_what_was_noticed_in_it_is_told(
    client: Client, with_files
) -> None:
    with_files(weather=epw_text(hours(leap=True)), buildings=HEAD + BLOCKS)
    page = client.get(HERE + "buildings/")
    text = read(page).text
    assert "from climate.epw of the city's folder" in text
    assert "1 thing was noticed in the files" in text
    # Nothing is made up here any more: files say so by their names.
    taken = client.get(HERE + "buildings/list.csv")
    assert "synthetic" not in taken["Content-Disposition"]


def test_weather_that_cannot_be_read_is_a_fault(client: Client, with_files) -> None:
    with_files(weather="LOCATION,nowhere", buildings=HEAD + BLOCKS)
    text = read(client.get(HERE + "buildings/")).text
    assert "until these faults are mended" in text
    assert client.get(HERE + "building/b1/").status_code == 404
