"""Blocks beside the inventory, and in packs of every kind: all rows or none, nothing twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

pytest.importorskip("numba", reason="the extra 'buildings' is not installed")
pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")

from tests.runs.handovers import (
    ASKED,
    IASI,
    MODERATE,
    WIDE,
    chosen,
    codes,
    edited,
    few,
    without_target_rows,
)
from vatra.plans.quarter import Capacity
from vatra.runs.handover import (
    HandOver,
    compared_with,
    hand_over,
    planned,
    stock_energy,
    write,
)
from vatra.runs.handover_energy import Bought, inventory_use, service_rows
from vatra.runs.handover_files import replace_all
from vatra.runs.handover_inventory import Compared, findings_of
from vatra.runs.handover_members import members_of, of_package
from vatra.runs.handover_parts import parts_of
from vatra.runs.scenario import open_scenario
from vatra.tables import FindingsError


@pytest.fixture(scope="module")
def moderate() -> HandOver:
    return hand_over(IASI, chosen("moderate"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(IASI, tmp_path / "iasi"))


def test_drivers_move_blocks_with_the_homes_that_they_are(pack: Path):
    without_target_rows(pack)
    rows = ["driver,use,carrier,year,amount,unit,source"]
    for driver, use, carrier, end in (
        ("population", "", "", 90), ("floor_area", "residential", "", 115),
        ("degree_days", "", "", 92), ("intensity", "residential", "natural_gas", 95),
        ("intensity", "", "", 103),
    ):  # fmt: skip
        for year, value in ((2021, 100), (2035, end)):
            rows.append(f"{driver},{use},{carrier},{year},{value},1,made up")
    rows += [f"factor,residential,electricity,{y},{v},t/MWh,made up" for y, v in
             ((2021, 0.27), (2035, 0.05))]  # fmt: skip
    (pack / "drivers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = hand_over(pack, chosen("moderate"))
    assert done.proof.worst < 1e-9 and done.proof.base_off < 1e-9
    assert done.rows.new["drivers"]
    gas = done.proof.engine_wh["natural_gas"]
    # 1.15 * 0.92 * 0.95 of what it would be; the blocks are as many in both years.
    last, part = done.proof.years.index(2035), done.parts
    level = sum(each.saved()["natural_gas"] for each in part)
    assert gas[last] == pytest.approx(level * 1.15 * 0.92 * 0.95, rel=1e-9)


def test_a_stated_share_gives_way_to_the_blocks(pack: Path):
    """Where uses.csv states the homes' share too, it is lowered, so that the sum stays 100 %."""
    edited(
        pack / "uses.csv",
        lambda text: (
            text
            + "residential,buildings,I.1,natural_gas,74,made up,\n"
            + "residential,buildings,I.1,,80,made up,\n"
        ),
    )
    done = hand_over(pack, chosen("moderate"))
    assert done.proof.worst < 1e-9 and done.proof.base_off < 1e-9
    lowered = {row["carrier"]: row["share_percent"] for row in done.rows.instead}
    gas = sum(
        row["share_percent"] for row in done.rows.new["uses"] if row["carrier"] == "natural_gas"
    )
    assert lowered["natural_gas"] == pytest.approx(74 - gas)
    text = done.files["uses.csv"].decode()
    assert "natural_gas,74," not in text
    # A row for all carriers stays; narrower ones say what is left of each.
    assert "residential,buildings,I.1,,80,made up," in text
    heat = [row for row in done.rows.new["uses"] if row["carrier"] == "district_heat"]
    left = 80 - sum(row["share_percent"] for row in heat)
    assert lowered["district_heat"] == pytest.approx(left)
    assert "residential,buildings,I.1,district_heat,79." in text


def test_a_school_belongs_to_public_buildings(pack: Path):
    """Its use is stated in the pack, so what the school takes is taken off that statement."""
    stock, _ = few()
    school = replace(stock.buildings[0], use="school")
    office = replace(stock.buildings[0], use="office", tenure="company")
    assert (inventory_use(school), inventory_use(office)) == ("public_buildings", "tertiary")
    before = open_scenario(pack)
    members, _ = members_of(chosen("moderate"))
    first = replace(members[0], bought=replace(members[0].bought, use="public_buildings"))
    members = [first, *members[1:]]
    # The pack's public buildings have electricity in another sub-sector than heat.
    made = planned(before, parts_of(members))
    assert made.proof.worst < 1e-9 and made.proof.base_off < 1e-9
    sub = {(row["use"], row["carrier"]): row["sub_sector"] for row in made.rows.instead}
    assert sub["public_buildings", "electricity"] == "I.2"
    assert sub["public_buildings", first_heat(first.bought)] == "I.1"


def first_heat(bought: Bought) -> str:
    return next(name for name in ("district_heat", "natural_gas") if bought.before.get(name))


def test_what_is_no_home_stays_as_it_is():
    stock, climate = few()
    school = replace(stock.buildings[0], use="school")
    mixed = replace(stock, buildings=(school, *stock.buildings[1:]))
    choice = of_package(mixed, climate, "moderate", ASKED, WIDE)
    assert choice.others == (school,)
    assert choice.whole.buildings == mixed.buildings
    done = hand_over(IASI, choice)
    assert school.code not in done.parts[0].blocks
    assert "runs.handover-homes" in {each.code for each in done.findings}
    assert ("public_buildings", "electricity") in {(e.use, e.carrier) for e in done.compared}


# beside the inventory


def test_services_add_up_to_what_is_compared():
    stock, climate = few()
    bought = stock_energy(stock, climate)
    scenario = open_scenario(IASI)
    compared, findings = compared_with(scenario.pack, scenario.inventory, stock, bought)
    by_service = service_rows(bought).group_by("carrier").agg(pl.col("energy_wh").sum())
    sums = dict(by_service.iter_rows())
    assert {each.carrier: round(each.stock_wh) for each in compared} == pytest.approx(sums, abs=20)
    gas = next(each for each in compared if each.carrier == "natural_gas")
    # 1,551,644 MWh less the 26 % of offices and public buildings.
    assert gas.inventory_wh == pytest.approx(1_551_644e6 * 0.74)
    # Flats heated with gas, not those that only cook with it.
    assert gas.homes_count < sum(each.flats_count for each in stock.buildings) / 2
    assert gas.factor == pytest.approx(
        (gas.homes_count / 85_000) / (gas.stock_wh / gas.inventory_wh)
    )
    assert findings == []


def test_more_than_the_whole_town_is_told_and_not_handed_over(pack: Path):
    edited(
        pack / "energy.csv",
        lambda text: text.replace("district_heat,2,I.1,400000", "district_heat,2,I.1,10"),
    )
    with pytest.raises(FindingsError) as told:
        hand_over(pack, chosen("moderate"))
    assert codes(told.value) == {"runs.handover-over"}


@pytest.mark.slow
def test_reconciled_on_request_alone(pack: Path):
    choice = chosen("moderate")
    plain, brought = hand_over(pack, choice), hand_over(pack, choice, reconcile=True)
    assert plain.factor == {}
    heat = brought.factor["residential", "district_heat"]
    for one, other in zip(plain.parts, brought.parts, strict=True):
        assert other.before["district_heat"] == pytest.approx(one.before["district_heat"] * heat)
    assert brought.proof.worst < 1e-9


def test_factors_that_no_weather_explains_are_told():
    far = Compared("residential", "natural_gas", 1e12, 9e12, 100, 100.0)
    near = replace(far, inventory_wh=1.2e12)
    absent = replace(far, inventory_wh=None)
    over = replace(far, inventory_wh=0.5e12)
    assert [each.code for each in findings_of([far, near, absent, over])] == [
        "runs.handover-apart", "runs.handover-absent", "runs.handover-over",
    ]  # fmt: skip
    assert far.factor == pytest.approx(9)
    # Without a count of homes the factor is known only where the stock says too much.
    assert replace(far, all_homes_count=None).factor is None
    assert replace(over, all_homes_count=None).factor == pytest.approx(0.5)


# files


def test_only_rows_are_added_and_the_pack_stays(moderate: HandOver):
    assert set(moderate.files) == {"actions.csv", "action_effects.csv", "financing.csv", "uses.csv"}
    for name in ("financing.csv",):
        before = (IASI / name).read_bytes()
        assert moderate.files[name].startswith(before)
    before = (IASI / "actions.csv").read_bytes()
    assert moderate.files["actions.csv"].startswith(before)


def test_all_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.csv").write_bytes(b"old a")
    moved: list[str] = []
    real = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if len(moved) == 2:
            raise OSError("the disk is full")
        moved.append(target.name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="full"):
        replace_all(tmp_path, {"a.csv": b"new a", "b.csv": b"new b", "c.csv": b"new c"})
    assert moved == ["a.csv", "b.csv"]
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.csv": b"old a"}


@pytest.mark.slow
def test_blocks_are_not_handed_over_twice(pack: Path):
    choice = chosen("moderate", WIDE)
    write(hand_over(pack, choice))
    with pytest.raises(FindingsError) as told:
        hand_over(pack, choice)
    assert codes(told.value) == {"runs.handover-twice", "runs.handover-code"}
    with pytest.raises(FindingsError) as told:
        hand_over(pack, choice, stem="other")
    assert codes(told.value) == {"runs.handover-twice"}


@pytest.mark.slow
def test_a_second_quarter_beside_the_first(pack: Path):
    first = chosen("moderate", WIDE, types=("block_t744r_p4_1973_1982",))
    write(hand_over(pack, first))
    second = chosen("deep", WIDE, types=("block_panel_p8_1977_1990",))
    done = hand_over(pack, second, stem="panel")
    assert done.proof.worst < 1e-9
    write(done)
    assert {"blocks_2028_1", "panel_2028_1"} <= set(open_scenario(pack).model.codes)


@pytest.mark.slow
def test_works_beyond_the_pathway_are_told():
    choice = chosen("moderate", Capacity(2027, 30))
    done = hand_over(IASI, choice)
    late = next(each for each in done.findings if each.code == "runs.handover-late")
    kept = sum(len(each.blocks) for each in done.parts)
    assert kept + int(late.params["count"]) == len(few()[0].buildings)
    with pytest.raises(FindingsError) as told:
        hand_over(IASI, chosen("moderate", Capacity(2040)))
    assert codes(told.value) == {"runs.handover-none"}


def test_questions_that_mean_nothing():
    with pytest.raises(FindingsError) as told:
        chosen("kept")
    assert codes(told.value) == {"runs.handover-none"}
    with pytest.raises(FindingsError) as told:
        hand_over(IASI, chosen("moderate"), stem="1.1")
    assert codes(told.value) == {"runs.handover-stem"}
    with pytest.raises(FindingsError) as told:
        hand_over(IASI, chosen("moderate", Capacity(2000)))
    assert codes(told.value) == {"runs.handover-early"}


def test_types_that_there_are_not():
    with pytest.raises(FindingsError) as told:
        chosen("moderate", types=("block_of_marble",))
    assert codes(told.value) == {"runs.handover-types"}


def test_members_know_their_package_and_money():
    members, left = members_of(chosen("moderate"))
    assert left == []
    assert {each.package for each in members} == {MODERATE}
    assert all(sum(each.money.paid_cents.values()) == each.money.cost_cents for each in members)
