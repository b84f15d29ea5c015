"""The log of base-year recalculations and the comparison with a contract sealed before."""

import copy
from pathlib import Path

import pytest

from tests.runs.packs import CITY, pack
from vatra.plans.recalculation import recalculation
from vatra.runs.contract import Run, run
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack
from vatra.runs.recalculation import compare
from vatra.runs.recalculation_log import append, changes, is_date
from vatra.tables import FindingsError

MG_PER_T = 10**9
ENERGY = """year,sector,carrier,scope,amount,unit,source
2021,buildings,natural_gas,1,{},MWh,Made up
2021,transport,diesel,1,100,MWh,Made up"""
FACTORS = """set,carrier,gas,amount,unit,source
local,natural_gas,CO2,{},t/MWh,Made up
local,diesel,CO2,0.3,t/MWh,Made up"""
GAS = CITY.replace("gases: all", "gases: [CO2]")


def made(folder: Path, amount: str = "1000", factor: str = "0.2", city: str = GAS) -> Run:
    tables = {"energy": ENERGY.format(amount), "factors": FACTORS.format(factor)}
    return run(pack(folder, city, **tables))


def change(after_mg: int = 240 * MG_PER_T, note: str = "Meters read again", date="2026-03-31"):
    before = {"buildings": 230 * MG_PER_T}
    return recalculation(2021, before, {"buildings": after_mg}, "error", note, date)


def test_the_base_year_by_sector_then_and_now(tmp_path):
    # Buildings 1,000 x 0.2 = 200 t, transport 100 x 0.3 = 30 t; then 1,000 x 0.25 = 250 t.
    before = made(tmp_path).contract
    found = compare(made(tmp_path, factor="0.25"), before, "factor", "New factor", "2026-03-31")
    assert found.change.moves_mg == {"buildings": 50 * MG_PER_T}
    assert [(each.kind, each.name) for each in found.differing] == [
        ("factor_book", ""),
        ("file", "factors.csv"),
    ]
    # 50 / 230 = 21.7 %
    assert found.step.recalculates


def test_settings_that_differ_are_named(tmp_path):
    before = made(tmp_path).contract
    after = made(tmp_path, city=GAS.replace("AR5", "AR6"))
    kinds = {(each.kind, each.name, each.before, each.after)
             for each in compare(after, before, "method", "Potentials").differing}  # fmt: skip
    assert ("setting", "gwp_set", "AR5", "AR6") in kinds


@pytest.mark.parametrize(("percent", "asked"), [("5", False), ("2", True)])
def test_the_city_says_what_is_significant(tmp_path, percent, asked):
    # 1,040 x 0.2 = 208 t: 8 / 230 = 3.5 %
    city = f"{GAS}recalculation_threshold_percent: {percent}\n"
    before = made(tmp_path, city=city).contract
    found = compare(made(tmp_path, amount="1040", city=city), before, "error", "Meters")
    assert found.step.recalculates is asked


def test_small_changes_count_together_but_not_twice(tmp_path):
    first = made(tmp_path).contract
    second = made(tmp_path, amount="1040")
    small = compare(second, first, "error", "Meters", "2026-01-31")
    append(second.pack, small.change, small.old_seal, small.new_seal)
    # Against the first contract again the 3.5 % count once; 8 t more against the second make 7 %.
    again = compare(run(tmp_path), first, "error", "Meters", "2026-02-28")
    assert not again.step.recalculates
    third = compare(made(tmp_path, amount="1080"), second.contract, "error", "More", "2026-02-28")
    assert third.step.pending_mg == 16 * MG_PER_T
    assert third.step.recalculates


def test_another_base_year_is_refused(tmp_path):
    before = copy.deepcopy(made(tmp_path).contract)
    before["city"]["base_year"] = 2020
    with pytest.raises(ValueError, match="2020"):
        compare(made(tmp_path), before, "error", "Meters")


def test_the_first_row_makes_the_file_and_reads_back_to_the_milligram(tmp_path):
    opened = made(tmp_path).pack
    append(opened, change(240 * MG_PER_T + 123_456_789), "aa", "bb")
    again = open_pack(tmp_path)
    assert again.findings == ()
    (row,) = changes(again.rows["recalculations"])
    assert (row.date, row.trigger, row.reason) == ("2026-03-31", "error", "Meters read again")
    assert row.after_mg == {"": 240 * MG_PER_T + 123_456_789}


def test_the_log_is_under_no_seal(tmp_path):
    before = made(tmp_path)
    append(before.pack, change(), "aa", "bb")
    assert run(tmp_path).run_id == before.run_id


@pytest.mark.parametrize("head", ["\ufeff", ""])
def test_what_stands_in_the_file_stays_byte_by_byte(tmp_path, head):
    opened = made(tmp_path, city=GAS.replace("numbers: plain\n", "")).pack
    own = (
        f"{head}motiv;data;anul de bază;anul de bază înainte, t CO2e;anul de bază după, t CO2e;"
        "notă;sigiliul de dinainte;sigiliul de după;cine\r\n"
        "factor;2025-12-31;2021;1.230,5;1.240,5;Factor nou;aa;bb;Ana Exemplu"
    ).encode()
    (tmp_path / "recalculations.csv").write_bytes(own)
    append(open_pack(tmp_path), change(note='A "quoted"; note'), "bb", "cc")
    found = (tmp_path / "recalculations.csv").read_bytes()
    assert found.startswith(own + b"\r\n")
    rows = changes(open_pack(tmp_path).rows["recalculations"])
    assert [each.reason for each in rows] == ["Factor nou", 'A "quoted"; note']
    assert opened.rows["recalculations"].height == 0


@pytest.mark.parametrize("mass_mg", [313_956_000_000, 1, 0, -2_500_000_000, 10**15 + 250_000_000])
def test_no_amount_can_be_read_in_two_ways(tmp_path, mass_mg):
    city = GAS.replace("numbers: plain\n", "")
    opened = made(tmp_path, city=city).pack
    append(opened, change(mass_mg), "aa", "bb")
    (row,) = changes(open_pack(tmp_path).rows["recalculations"])
    assert row.after_mg == {"": mass_mg}


def refused(folder: Path, *arguments) -> str:
    with pytest.raises(FindingsError) as error:
        append(open_pack(folder), *arguments)
    return error.value.findings[0].code


def test_a_row_is_never_written_twice_nor_over_somebody_else(tmp_path):
    append(made(tmp_path).pack, change(), "aa", "bb")
    before = (tmp_path / "recalculations.csv").read_bytes()
    assert refused(tmp_path, change(), "aa", "bb") == "runs.log-twice"
    (tmp_path / "recalculations.csv.new").write_bytes(b"half")
    assert refused(tmp_path, change(), "bb", "cc") == "runs.log-busy"
    assert (tmp_path / "recalculations.csv").read_bytes() == before
    assert (tmp_path / "recalculations.csv.new").read_bytes() == b"half"


def test_a_file_that_cannot_keep_the_row_is_left_alone(tmp_path):
    made(tmp_path)
    (tmp_path / "recalculations.csv").write_text("date,note\n", "utf-8")
    assert refused(tmp_path, change(), "aa", "bb") == "runs.log-columns"
    assert (tmp_path / "recalculations.csv").read_text("utf-8") == "date,note\n"
    assert [each.name for each in tmp_path.glob("*.new")] == []


def test_a_note_runs_nothing_in_a_spreadsheet(tmp_path):
    append(made(tmp_path).pack, change(note="=HYPERLINK(1)"), "aa", "bb")
    assert ",'=HYPERLINK(1)," in (tmp_path / "recalculations.csv").read_text("utf-8")


def test_a_date_that_is_none_is_a_warning(tmp_path):
    append(made(tmp_path).pack, change(date="31.03.2026"), "aa", "bb")
    (finding,) = inventory(open_pack(tmp_path)).findings
    assert (finding.code, finding.severity, finding.lines) == ("runs.log-date", "warning", (2,))


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-03-31", True), ("2026-02-30", False), ("20260331", False), ("", False)],
)
def test_a_day_is_written_in_one_way(text, day):
    assert is_date(text) is day
