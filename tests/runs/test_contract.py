"""A pack in, a sealed contract out: the same bytes each time, and every fault at once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vatra.contract import pretty
from vatra.runs.contract import run, run_pack, sealed_changes
from vatra.runs.pack import open_pack, override
from vatra.tables import FindingsError
from vatra.tables.vocabulary import GASES

CLUJ = Path("examples/cluj")
MG_PER_T = 10**9


@pytest.fixture(scope="module")
def cluj():
    return run(CLUJ)


@pytest.fixture
def pack(tmp_path):
    """A copy of Cluj's pack that a test may change."""
    return Path(shutil.copytree(CLUJ, tmp_path / "pack"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def messages(folder: Path) -> list[str]:
    with pytest.raises(FindingsError) as raised:
        run(folder)
    return [f"{each.file}: {each.message('en')}" for each in raised.value.findings]


@pytest.mark.slow
def test_steps_are_told_in_order():
    steps: list[str] = []
    run(CLUJ, progress=steps.append)
    assert steps == ["read", "compute", "plan", "lint", "seal"]


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(cluj):
    # Twice in this process, and once in another with two threads.
    assert pretty(run(CLUJ).contract) == pretty(cluj.contract)
    code = (
        "import sys; from pathlib import Path; from vatra.runs.contract import run;"
        "from vatra.contract import pretty;"
        "sys.stdout.buffer.write(pretty(run(Path(sys.argv[1])).contract))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(CLUJ)],
        env={**os.environ, "POLARS_MAX_THREADS": "2"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == pretty(cluj.contract)


@pytest.mark.slow
def test_a_gas_more_is_counted_with_its_potential(cluj):
    # Natural gas in homes, IPCC 2006 Table 2.5: 5 kg CH4/TJ, AR5 28; 2,372,076 MWh = 8,539.4736 TJ
    # 8,539.4736 TJ x 5 kg/TJ = 42.697 t CH4; x 28 = 1,195.5 t CO2e
    all_gases = run_pack(open_pack(CLUJ).with_changes(gases=GASES))
    (methane,) = [
        each
        for each in all_gases.contract["cells"]
        if (each["year"], each["sector"], each["carrier"], each["gas"])
        == (2021, "buildings", "natural_gas", "CH4")
    ]
    assert methane["emission_mg"] / MG_PER_T == pytest.approx(42.697, abs=5e-4)
    assert methane["co2e_mg"] / MG_PER_T == pytest.approx(1195.526, abs=5e-3)
    assert "CH4" not in cluj.contract["totals"]["by_gas"]["2021"]


def test_the_gwp_set_changes_the_result(cluj):
    ar5, ar6 = (
        run_pack(open_pack(CLUJ).with_changes(gases=GASES, gwp_set=each), with_plan=False)
        for each in ("AR5", "AR6")
    )
    gases = ("CH4", "N2O")
    shares = [
        ar6.contract["totals"]["by_gas"]["2021"][gas]
        / ar5.contract["totals"]["by_gas"]["2021"][gas]
        for gas in gases
    ]
    # AR6 27.9 / AR5 28 and AR6 273 / AR5 265
    assert shares == pytest.approx([27.9 / 28, 273 / 265], rel=1e-6)


def test_biogenic_co2_is_a_memo_item(cluj):
    # 41,498 MWh biofuel x 0.25488 t/MWh = 10,577 t, in no total
    assert cluj.contract["totals"]["biogenic"]["2021"] / MG_PER_T == pytest.approx(10577.0, abs=0.1)
    assert cluj.contract["totals"]["all"]["2021"] == 1_167_223 * MG_PER_T


@pytest.mark.slow
def test_a_contract_under_an_override_can_be_computed_again(cluj):
    changed = run_pack(
        open_pack(CLUJ).with_changes(overrides=(override("electricity.2021=0.27746"),))
    )
    again = run_pack(sealed_changes(open_pack(CLUJ), changed.contract["city"]))
    assert again.run_id == changed.run_id != cluj.run_id


# Bad input ------------------------------------------------------------------------------------


def test_an_unknown_unit(pack):
    change(pack / "energy.csv", "231941,MWh", "231941,barrels")
    assert messages(pack) == [
        "energy.csv: Row 3: the unit 'barrels' is not known for energy. "
        "Use MWh, kWh, GWh, GJ, TJ, Gcal, toe."
    ]


def test_text_in_a_number(pack):
    change(pack / "energy.csv", "231941,", "abc,")
    assert messages(pack) == [
        "energy.csv: Row 3: 'abc' in 'amount' must be a number (read as 1234.56)."
    ]


def test_a_missing_factor_says_which_years_exist(pack):
    change(
        pack / "factors.csv",
        "local,electricity,any,CO2,2030,2030",
        "local,electricity,any,CO2,2029,2029",
    )
    assert messages(pack) == [
        "energy.csv: Rows 16, 22, 24, 26, 28: there is no factor for 'electricity' in 2030. "
        "The book has local: 2021, 2029; ro_aib_production: 2016-2022; ro_aib_residual: 2018-2022; "
        "ro_contracts: 2021; ro_eea: 2015; ro_life_cycle: 2021-2025. "
        "Add a row to factors.csv, or choose other factor_sets in city.yaml."
    ]


def test_a_carrier_without_any_factor(pack):
    change(pack / "energy.csv", "2021,land,diesel", "2021,land,antimatter")
    assert messages(pack)[0] == (
        "energy.csv: Row 13: there is no factor for 'antimatter' in 2021, nor in any other year. "
        "Correct the carrier, or add a row to factors.csv."
    )


def test_a_negative_activity(pack):
    change(pack / "energy.csv", "231941,", "-231941,")
    assert messages(pack) == [
        "energy.csv: Row 3: 'amount' is negative. An activity cannot be below zero; "
        "put exports and reductions into their own tables."
    ]


def test_blank_is_not_zero(pack):
    change(pack / "energy.csv", "231941,", ",")
    assert messages(pack) == [
        "energy.csv: Row 3: 'amount' is blank, and blank is not zero. "
        "Fill in the number, or write 0 to confirm a zero."
    ]


def test_a_year_outside_the_pack(pack):
    change(pack / "energy.csv", "2021,buildings,electricity", "1921,buildings,electricity")
    assert messages(pack) == [
        "energy.csv: Row 3: the year 1921 is outside the pack (2021 to 2030). "
        "Correct it, or widen the years in city.yaml."
    ]


def test_a_use_without_a_row_in_the_target_year_is_not_taken_as_zero(pack):
    text = (pack / "energy.csv").read_text("utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("2030,land,diesel")]
    (pack / "energy.csv").write_text("\n".join(rows) + "\n", "utf-8")
    assert messages(pack)[0] == (
        "energy.csv: Row 13: Land (AFOLU), diesel: there is an amount in 2021 and no row in 2030. "
        "Missing is not zero: add the row, with 0 if none is expected."
    )


def test_a_pack_without_any_target_rows_has_an_inventory_and_no_plan(pack):
    text = (pack / "energy.csv").read_text("utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("2030,")]
    (pack / "energy.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = run(pack)
    assert done.plan is None
    assert done.contract["totals"]["all"]["2021"] == 1_167_223 * MG_PER_T


def test_all_faults_of_all_files_come_at_once(pack):
    change(pack / "energy.csv", "231941,MWh", "231941,barrels")
    change(pack / "measures.csv", "352000000", "a lot")
    change(pack / "city.yaml", "gwp_set: AR5", "gwp_set: AR9")
    files = {each.partition(":")[0] for each in messages(pack)}
    assert files == {"city.yaml", "energy.csv", "measures.csv"}


def test_an_unknown_factor_set_names_those_that_exist(pack):
    change(pack / "city.yaml", "ro_aib_production", "ro_aib")
    (message,) = messages(pack)
    assert message.startswith(
        "city.yaml: the factor set 'ro_aib' is not known. Use override, local, "
    )


@pytest.mark.parametrize(
    "text", ["electricity", "=1", "electricity.21=1", "x=abc", "x=-1", "x=nan", "x=inf"]
)
def test_an_override_that_is_none(text):
    with pytest.raises(ValueError):
        override(text)


@pytest.mark.slow
def test_html_in_a_name_is_just_text(pack):
    change(pack / "city.yaml", "name: Cluj-Napoca", "name: '<b>Cluj</b>'")
    assert run(pack).contract["city"]["name"] == "<b>Cluj</b>"
