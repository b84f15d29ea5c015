"""Blocks as measures: the engine saves exactly what they save, beside whatever else is on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from vatra.plans.blocks import Climate
from vatra.plans.engine import evaluate
from vatra.plans.quarter import Aim, Capacity, quarter_packages
from vatra.runs.handover import (
    HandOver,
    compared_with,
    hand_over,
    planned,
    stock_energy,
    write,
)
from vatra.runs.handover_energy import Bought, energy_of, inventory_use, service_rows
from vatra.runs.handover_files import replace_all
from vatra.runs.handover_inventory import Compared, findings_of
from vatra.runs.handover_members import Choice, members_of, of_package, of_quarter
from vatra.runs.handover_parts import parts_of
from vatra.runs.quarter import Question, run_stock_quarter
from vatra.runs.retrofit import USUAL_HEAT, opened
from vatra.runs.retrofit_facts import Asked
from vatra.runs.scenario import open_scenario
from vatra.runs.stock import Stock
from vatra.tables import FindingsError

IASI = Path("examples/iasi")
ASKED = Asked(date(2026, 9, 1), programme_ids=())
CAPACITY = Capacity(2027, 100)
WIDE = Capacity(2027)
MODERATE = "wall_eps10+roof_xps12+basement_xps10+window_u11"


@cache
def few() -> tuple[Stock, Climate]:
    """Every fifth block of the example, and one whose roof holds 40 kWp."""
    stock, climate = opened(IASI, "iasi")
    kept = [each for n, each in enumerate(stock.buildings) if n % 5 == 0 or each.code == "s05"]
    return replace(stock, buildings=tuple(kept)), climate


@cache
def chosen(
    package: str, capacity: Capacity = CAPACITY, types: tuple[str, ...] = (), share: float = 1.0
) -> Choice:
    return of_package(*few(), package, ASKED, capacity, types=types, share=share)


@pytest.fixture(scope="module")
def moderate() -> HandOver:
    return hand_over(IASI, chosen("moderate"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(IASI, tmp_path / "iasi"))


def edited(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def without_target_rows(folder: Path) -> None:
    """The inventory of the base year alone: nothing moves the pathway but drivers."""
    edited(
        folder / "energy.csv",
        lambda text: "\n".join(x for x in text.splitlines() if not x.startswith("2035")) + "\n",
    )
    for name in (
        "residuals.csv",
        "measures.csv",
        "progress.csv",
        "sinks.csv",
        "carbon_budgets.csv",
    ):
        (folder / name).unlink(missing_ok=True)
    edited(
        folder / "actions.csv",
        lambda text: "\n".join(text.splitlines()[:1]) + "\n",
    )
    for name in ("action_effects.csv", "financing.csv", "funding.csv"):
        (folder / name).unlink()


def codes(error: FindingsError) -> set[str]:
    return {each.code for each in error.findings if each.severity == "error"}


# exactness


def test_the_engine_saves_what_the_blocks_save_in_every_year(moderate: HandOver):
    proof = moderate.proof
    assert proof.worst < 1e-12
    assert proof.base_off < 1e-12
    assert set(proof.stock_wh) == {"district_heat", "electricity", "natural_gas"}
    # Nothing before the first blocks are done, more with each year's.
    first = proof.years.index(min(each.start_year for each in moderate.parts))
    heat = proof.engine_wh["district_heat"]
    assert not heat[:first].any()
    assert (np.diff(heat[first - 1 : first + 3]) > 0).all()


def test_on_a_level_pathway_that_is_the_sum_over_blocks(pack: Path):
    without_target_rows(pack)
    choice = chosen("deep_pv")
    done = hand_over(pack, choice)
    year = done.before.years[-1]
    bought = energy_of(
        choice.stock, choice.climate, choice.packages, choice.chosen.package, heat=USUAL_HEAT
    )
    built = [n for n in choice.chosen.touched if choice.order.done[n]]
    wanted: dict[str, float] = {}
    for n in built:
        each = bought[n]
        after = dict(each.after)
        after["electricity"] -= each.own_wh
        for name in {*each.before, *after}:
            gone = each.before.get(name, 0.0) - after.get(name, 0.0)
            wanted[name] = wanted.get(name, 0.0) + gone
    at = done.before.years.index(year)
    assert built
    for name, wh in wanted.items():
        if abs(wh) > 1:
            assert done.proof.engine_wh[name][at] == pytest.approx(wh, rel=1e-9)
    factor = {
        cell.carrier: done.after.model.base.factor[n, at]
        for n, cell in enumerate(done.after.model.base.cells)
        if cell.use == done.parts[0].use
    }
    tonnes = sum(wh * factor[name] for name, wh in wanted.items())
    assert done.proof.engine_mg[at] == pytest.approx(tonnes, rel=1e-9)


def test_pumps_fans_panels_and_batteries_are_exact_too():
    done = hand_over(IASI, chosen("deep_pump"))
    assert done.proof.worst < 1e-12
    (part,) = {each.package: each for each in done.parts}.values()
    # What is moved is heat, at the pumps' seasonal performance.
    assert {move.carrier for move in part.moves} <= {"district_heat", "natural_gas"}
    assert all(2 < move.ratio < 6 for move in part.moves)
    operators = {row["operator"] for row in done.rows.new["action_effects"]}
    assert operators == {"efficiency", "shift_carrier", "own_generation"}
    # Roofs that do not hold 40 kWp are told, not forgotten.
    assert "runs.handover-unfit" in {each.code for each in done.findings}


def test_measures_on_homes_do_not_touch_the_blocks_again(moderate: HandOver):
    """All measures on homes on: what the blocks save stays the same to the last digits."""
    model = moderate.after.model
    mine = {each.code for each in moderate.parts}
    homes = {
        each.code for each in model.actions if any(e.use == "residential" for e in each.effects)
    }
    assert {"1.1", "1.2", "3.5"} <= homes
    joint, alone = evaluate(model.only(homes | mine)), evaluate(model.only(mine))
    for n, cell in enumerate(model.base.cells):
        if cell.use in mine:
            assert joint.amount[n] == pytest.approx(alone.amount[n], rel=1e-12)


def test_a_quarter_is_handed_over_with_its_order_of_works(pack: Path):
    """End to end: choose by target, write the copy, and the plan of the copy runs."""
    stock, climate = few()
    question = Question(Aim(target_share={"co2": 0.5}), CAPACITY, ASKED)
    run = run_stock_quarter(stock, climate, question, quarter_packages())
    done = hand_over(pack, of_quarter(run))
    assert done.proof.worst < 1e-9
    handed = sorted(code for part in done.parts for code in part.blocks)
    touched = [run.menu.blocks[n] for n in run.chosen.touched]
    assert handed == sorted(touched)
    for part in done.parts:
        years = {int(run.order.done[run.menu.blocks.index(code)]) for code in part.blocks}
        assert years == {part.start_year - 1}
    assert sum(part.money.cost_cents for part in done.parts) == run.chosen.cost_cents
    written = write(done, pack.parent / "with")
    assert {each.name for each in written} >= {"actions.csv", "action_effects.csv", "uses.csv"}
    again = open_scenario(pack.parent / "with")
    assert {each.code for each in done.parts} <= set(again.model.codes)


def test_money_keeps_its_mean_and_its_range(moderate: HandOver):
    for part in moderate.parts:
        it = moderate.after.model.actions[moderate.after.model.codes[part.code]].economics
        assert it is not None
        assert it.capex_total_eur * 100 == pytest.approx(part.money.cost_cents, rel=1e-12)
        low, high = it.units_count * 100 * it.capex_eur.quantile(np.array([0.1, 0.9]))
        assert high - low == pytest.approx(part.money.high_cents - part.money.low_cents, rel=1e-6)


def test_payers_of_a_programme_go_along():
    asked = Asked(
        date(2026, 9, 1), programme_ids=("oug_18_2009",), applicant="city", has_association=True,
        design_year=1980, region="nord_est", rank="municipality", seismic_class="RsIII",
        has_eu_funds=False,
    )  # fmt: skip
    choice = of_package(*few(), "deep", asked, CAPACITY)
    done = hand_over(IASI, choice)
    rows = [row for row in done.rows.new["financing"] if row["action"] == done.parts[0].code]
    paid = done.parts[0].money.paid_cents
    assert set(paid) == {"city", "owners", "state"}
    shares = {row["payer"]: row["share_percent"] for row in rows}
    assert sum(shares.values()) == pytest.approx(100)
    assert shares["state"] == pytest.approx(100 * paid["state"] / done.parts[0].money.cost_cents)


def test_a_share_of_some_types_comes_first_in_the_order_of_works():
    choice = chosen("moderate", types=("block_t744r_p4_1973_1982",), share=0.5)
    menu = choice.chosen.menu
    kinds = {each.code: each.archetype for each in choice.stock.buildings}
    touched = [menu.blocks[n] for n in choice.chosen.touched]
    assert {kinds[code] for code in touched} == {"block_t744r_p4_1973_1982"}
    of_type = [n for n, code in enumerate(menu.blocks) if kinds[code] in kinds[touched[0]]]
    whole = menu.flats_count[of_type].sum()
    flats = menu.flats_count[choice.chosen.touched]
    assert 0.5 * whole <= flats.sum() < 0.5 * whole + flats.max()


# other packs


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


def test_blocks_are_not_handed_over_twice(pack: Path):
    choice = chosen("moderate", WIDE)
    write(hand_over(pack, choice))
    with pytest.raises(FindingsError) as told:
        hand_over(pack, choice)
    assert codes(told.value) == {"runs.handover-twice", "runs.handover-code"}
    with pytest.raises(FindingsError) as told:
        hand_over(pack, choice, stem="other")
    assert codes(told.value) == {"runs.handover-twice"}


def test_a_second_quarter_beside_the_first(pack: Path):
    first = chosen("moderate", WIDE, types=("block_t744r_p4_1973_1982",))
    write(hand_over(pack, first))
    second = chosen("deep", WIDE, types=("block_panel_p8_1977_1990",))
    done = hand_over(pack, second, stem="panel")
    assert done.proof.worst < 1e-9
    write(done)
    assert {"blocks_2028_1", "panel_2028_1"} <= set(open_scenario(pack).model.codes)


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
