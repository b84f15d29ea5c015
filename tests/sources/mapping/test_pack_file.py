"""Rows brought in become a file of a pack that reads as what was brought in."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.mapping.files import GAS, GAS_MAPPING
from vatra.factors import fuel_size
from vatra.sources import read
from vatra.sources.mapping import add_to_pack, bring_in, parse_mapping
from vatra.sources.template import write_template
from vatra.tables import Context, FindingsError, check, tables
from vatra.words import number

ENERGY = tables()["energy"]
MAPPING = """
table: energy
columns:
  year: year
  sector: {constant: buildings}
  scope: {constant: 1}
  unit: {constant: MWh}
  source: {constant: made up}
unpivot: {into: carrier, headings: [diesel, lpg, coal]}
"""


@pytest.fixture
def gas(tmp_path):
    path = tmp_path / "gas_2021.csv"
    path.write_text(GAS, "utf-8")
    return bring_in(path, parse_mapping(GAS_MAPPING, "m.yaml"))


def energy_wh(path, numbers=None):
    raw = read(path, ENERGY, numbers=numbers)
    checked = check(ENERGY, raw.frame, raw.file, Context(numbers=raw.numbers, fuel_size=fuel_size))
    assert raw.ok and checked.ok, [*raw.findings, *checked.findings]
    return checked.rows["energy_wh"].to_list()


def test_rows_go_into_a_new_pack(gas, tmp_path):
    path = add_to_pack(gas, tmp_path / "pack")
    # 12,345.5 + 11,020 + 9,876.25 + 3,210 + 2,100.5 + 1,000 + 900 MWh
    assert sum(energy_wh(path)) == 40_452_250_000


def test_rows_go_into_an_empty_template(gas, tmp_path):
    write_template(tmp_path / "pack")
    assert len(energy_wh(add_to_pack(gas, tmp_path / "pack"))) == 7


def test_rows_that_are_there_are_not_written_over(gas, tmp_path):
    path = add_to_pack(gas, tmp_path / "pack")
    before = path.read_bytes()
    with pytest.raises(FindingsError) as error:
        add_to_pack(gas, tmp_path / "pack")
    assert [each.code for each in error.value.findings] == ["sources.mapping-exists"]
    assert path.read_bytes() == before


def test_rows_are_added_when_asked(gas, tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "energy.csv").write_text(
        "an;sector;purtător de energie;domeniu;cantitate;unitate;sursă\n"
        "2021;Clădiri;motorină;1;1.234,5;MWh;făcut\n",
        "utf-8",
    )
    found = energy_wh(add_to_pack(gas, folder, append=True))
    assert found[0] == 1_234_500_000
    assert len(found) == 8


def test_columns_of_the_pack_are_not_lost(gas, tmp_path):
    path = add_to_pack(gas, tmp_path / "pack")
    text = path.read_text("utf-8-sig").replace("note", "remark", 1)
    path.write_text(text, "utf-8")
    with pytest.raises(FindingsError) as error:
        add_to_pack(gas, tmp_path / "pack", append=True)
    assert [each.code for each in error.value.findings] == ["sources.mapping-lost"]
    assert path.read_text("utf-8") == text


def test_a_workbook_of_the_pack_is_not_hidden(gas, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "energy.xlsx").write_bytes(b"any")
    with pytest.raises(FindingsError) as error:
        add_to_pack(gas, tmp_path / "pack")
    assert [each.code for each in error.value.findings] == ["sources.mapping-workbook"]


def test_numbers_follow_the_style_of_the_pack(gas, tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "city.yaml").write_text(
        "name: Exemplu\ncode: exemplu\nbase_year: 2021\ntarget_year: 2030\ngwp_set: AR5\n"
        "source: made up\nnumbers: ro\n",
        "utf-8",
    )
    path = add_to_pack(gas, folder)
    assert '"12345,5"' in path.read_text("utf-8-sig")
    assert sum(energy_wh(path, "ro")) == 40_452_250_000


def test_rows_with_errors_are_not_written(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("year,diesel,lpg,coal\n2021,much,,\n", "utf-8")
    with pytest.raises(FindingsError):
        add_to_pack(bring_in(path, parse_mapping(MAPPING, "m.yaml")), tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


_AMOUNTS = st.lists(
    st.lists(st.none() | st.integers(0, 10**9), min_size=3, max_size=3), min_size=1, max_size=6
)


@pytest.mark.slow
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_AMOUNTS, st.sampled_from(["ro", "en"]))
def test_any_table_in_any_locale_gives_the_same_energy(tmp_path_factory, amounts, lang):
    # Amounts in Wh, written as MWh with all decimals in the way of a language.
    folder = tmp_path_factory.mktemp("any")
    lines = ["year;diesel;lpg;coal"]
    for year, row in enumerate(amounts, start=2000):
        cells = ["" if wh is None else number(wh / 10**6, lang, 6) for wh in row]
        lines.append(";".join([str(year), *cells]))
    path = folder / "x.csv"
    path.write_text("\n".join(lines), "utf-8")
    found = bring_in(path, parse_mapping(MAPPING + f"numbers: {lang}\n", "m.yaml"))
    given = [wh for row in amounts for wh in row if wh is not None]
    if not given:
        assert not found.ok
        return
    assert found.ok, [each.message("en") for each in found.findings]
    assert energy_wh(add_to_pack(found, folder / "pack")) == given
    assert isinstance(found.frame, pl.DataFrame)
