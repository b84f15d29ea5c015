import csv
from importlib import resources

import pytest

from vatra.plans.stock import archetype_for, archetypes, constructions, corrected_u_w_m2k, mix
from vatra.plans.stock.archetypes import QUANTITIES
from vatra.plans.stock.choose import YEARS_OF_PERIOD
from vatra.tables import label, tables
from vatra.tables.buildings import PERIODS
from vatra.words import LANGUAGES

DATA = resources.files("vatra.plans.stock") / "data"
T744R = "block_t744r_p4_1973_1982"


@pytest.mark.parametrize(
    ("code", "element", "u_w_m2k"),
    [
        (T744R, "wall", 0.70),
        (T744R, "roof", 0.56),
        (T744R, "floor", 1.88),
        ("block_ipct1340_p10_1985_1990", "wall", 0.48),
        ("block_brick_p4_1961_1972", "wall", 1.16),
        ("block_brick_p4_1961_1972", "roof", 0.96),
        ("block_brick_p4_1961_1972", "floor", 1.92),
    ],
)
def test_layers_give_the_u_that_audits_found(code, element, u_w_m2k):
    assert getattr(archetypes()[code], element).u_w_m2k == pytest.approx(u_w_m2k, abs=0.006)


def test_u_of_t744r_by_hand():
    # 0.17 + 0.125/1.74 + 0.08/0.069 + 0.05/1.74 = 0.17 + 0.07184 + 1.15942 + 0.02874 = 1.43000
    assert archetypes()[T744R].wall.u_w_m2k == pytest.approx(1 / 1.43, rel=1e-4)


def test_large_panels_look_fine_until_their_joints_count():
    kind = archetypes()[T744R]
    lengths = {"perimeter_storeys": 91.8 * 5, "facade_m2": 1170.45, "flats": 20.0}
    bridges = [(each.psi_w_mk, each.length_m * lengths[each.rule]) for each in kind.bridges]
    # Joints of 480 m and 180 m, balconies of 36 m.
    assert [length for _, length in bridges] == pytest.approx([480, 180, 36], rel=1e-3)
    assert 1.1 <= corrected_u_w_m2k([(850.0, kind.wall.u_w_m2k)], bridges) <= 1.6


def test_the_reference_blocks_have_the_walls_and_windows_they_were_taken_from():
    for code, walls_m2, windows_m2 in (
        (T744R, 850, 320),
        ("block_ipct1340_p10_1985_1990", 2400, 850),
    ):
        kind = archetypes()[code]
        facade = kind.of("perimeter_m") * kind.of("storeys_count") * kind.of("storey_height_m")
        assert facade * kind.window_share == pytest.approx(windows_m2)
        assert facade - windows_m2 == pytest.approx(walls_m2, rel=1e-3)
        short = kind.depth_m
        assert 2 * (short + kind.of("footprint_m2") / short) == pytest.approx(
            kind.of("perimeter_m")
        )


def test_newer_blocks_are_better():
    walls = [
        archetypes()[code].wall.u_w_m2k
        for code in ("block_1991_2000", "block_2001_2010", "block_2011_2020", "block_nzeb")
    ]
    assert walls == sorted(walls, reverse=True)
    # Limits of Mc 001-2022 for new buildings: wall 0.25, roof 0.15, floor 0.29.
    new = archetypes()["block_nzeb"]
    assert new.wall.u_w_m2k <= 0.25
    assert new.roof.u_w_m2k <= 0.15
    assert new.floor.u_w_m2k <= 0.29


@pytest.mark.parametrize("name", ["values", "layers", "materials", "bridges", "mix"])
def test_every_figure_says_its_source_and_its_doubt(name):
    listed = list(csv.DictReader((DATA / f"{name}.csv").read_text("utf-8").splitlines()))
    columns = [each for each in listed[0] if each.endswith("source") or each == "doubt"]
    assert len(columns) >= 2
    assert [row for row in listed if not all(row[each].strip() for each in columns)] == []


def test_every_type_states_everything_within_its_own_range():
    for kind in archetypes().values():
        assert set(kind.values) == set(QUANTITIES)
        for value in kind.values.values():
            assert value.low is None or value.low <= value.value
            assert value.high is None or value.value <= value.high
        for bridge in kind.bridges:
            assert bridge.psi_low_w_mk <= bridge.psi_w_mk <= bridge.psi_high_w_mk


def test_types_and_the_table_use_the_same_words():
    assert set(tables()["buildings"].by_name["archetype"].codes()) == set(archetypes())
    for code in archetypes():
        for lang in LANGUAGES:
            assert label("archetype", code, lang) != code
    assert sum(mix().values()) == 100
    assert set(mix()) <= set(archetypes())
    assert tuple(YEARS_OF_PERIOD) == PERIODS
    assert {each.wall.kind for each in archetypes().values()} == {"wall"}
    assert {each.kind for each in constructions().values()} == {"wall", "roof", "floor"}


@pytest.mark.parametrize(
    ("use", "built", "period", "storeys", "code"),
    [
        ("block", 1978, None, 5, T744R),
        ("block", None, "1973_1982", 5, T744R),
        ("block", 1988, None, 11, "block_ipct1340_p10_1985_1990"),
        ("block", 1980, None, 9, "block_panel_p8_1977_1990"),
        ("block", 1986, "1973_1982", 5, "block_panel_p4_1983_1990"),
        ("school", 1965, None, 2, "block_brick_p4_1961_1972"),
        ("house", 1930, None, 1, "house_adobe"),
        ("house", 2015, None, None, "house_new"),
        ("block", 2024, None, None, "block_nzeb"),
    ],
)
def test_age_and_height_choose_the_type(use, built, period, storeys, code):
    found = archetype_for(use, built, period, storeys)
    assert found is not None
    assert found.code == code


def test_every_age_and_height_of_a_block_has_a_type():
    assert [
        (period, storeys)
        for period in PERIODS
        for storeys in range(1, 31)
        if archetype_for("block", None, period, storeys) is None
    ] == []
    assert archetype_for("block", None, None, 5) is None
    assert archetype_for("house", 1970, None, 9) is None
