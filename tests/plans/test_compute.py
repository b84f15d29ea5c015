import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.factors import open_book
from vatra.plans.compute import CELL_KEYS, RESULT_COLUMNS, compute, totals_only

SUMS = ("energy_wh", "emission_mg", "co2e_mg")
SCHEMA = {
    "year": pl.Int32,
    "sector": pl.String,
    "carrier": pl.String,
    "scope": pl.String,
    "energy_wh": pl.Int64,
    "line": pl.Int64,
}

energy_rows = st.lists(
    st.tuples(
        st.sampled_from([2021, 2022]),
        st.sampled_from(["buildings", "transport", "land"]),
        st.sampled_from(["natural_gas", "diesel", "wood", "electricity"]),
        st.sampled_from(["1", "2"]),
        st.integers(0, 10**12),
    ),
    min_size=1,
    max_size=30,
)


def frame(rows: list[tuple[int, str, str, str, int]]) -> pl.DataFrame:
    numbered = [(*row, line) for line, row in enumerate(rows, start=2)]
    return pl.DataFrame(numbered, schema=SCHEMA, orient="row")


@pytest.mark.slow
@given(energy_rows)
def test_cells_are_the_sums_of_the_result_rows_to_the_milligram(rows):
    found = compute(frame(rows), open_book("AR5"), ("CO2", "CH4", "N2O"))
    summed = found.rows().group_by(CELL_KEYS).agg(pl.col(SUMS).sum()).sort(CELL_KEYS)
    assert found.cells.select(*CELL_KEYS, *SUMS).equals(summed.select(*CELL_KEYS, *SUMS))


@pytest.mark.slow
@given(energy_rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_moves_no_sum(rows, random):
    shuffled = random.sample(rows, len(rows))
    book = open_book("AR5")
    first = compute(frame(rows), book, ("CO2", "CH4", "N2O")).cells.drop("first_line")
    assert (
        compute(frame(shuffled), book, ("CO2", "CH4", "N2O")).cells.drop("first_line").equals(first)
    )


def test_one_result_row_for_each_source_row_and_gas():
    rows = frame([(2021, "buildings", "natural_gas", "1", 10), (2021, "land", "diesel", "1", 20)])
    found = compute(rows, open_book("AR5"), ("CO2", "N2O")).rows()
    assert tuple(found.columns) == RESULT_COLUMNS
    assert found.select("line", "gas").rows() == [(2, "CO2"), (2, "N2O"), (3, "CO2"), (3, "N2O")]


def test_a_gas_that_is_not_asked_for_is_not_counted():
    rows = frame([(2021, "buildings", "natural_gas", "1", 10**9)])
    assert compute(rows, open_book("AR5"), ("CO2",)).cells["gas"].to_list() == ["CO2"]


def test_one_row_without_a_factor_leaves_the_others_counted():
    # 1 MWh of gas x 0.20196 t/MWh = 201,960,000 mg; peat has no factor
    rows = frame(
        [(2021, "buildings", "natural_gas", "1", 10**6), (2021, "buildings", "peat", "1", 10**6)]
    )
    found = compute(rows, open_book("AR5"), ("CO2",))
    assert found.cells["co2e_mg"].to_list() == [201_960_000]
    assert [finding.lines for finding in found.findings] == [(3,)]


def test_all_rows_of_a_missing_factor_stand_in_one_finding():
    rows = frame([(2021, sector, "peat", "1", 10**6) for sector in ("buildings", "land", "waste")])
    (finding,) = compute(rows, open_book("AR5"), ("CO2",), file="energy.csv").findings
    assert (finding.lines, finding.line_count) == ((2, 3, 4), 3)


def test_no_rows_no_cells():
    found = compute(frame([]), open_book("AR5"), ("CO2",))
    assert len(found.cells) == len(found.rows()) == 0
    assert found.findings == []


@pytest.mark.parametrize("gas", ["CO2", "CO2E"])
def test_totals_leave_biogenic_co2_out(gas: str):
    rows = pl.DataFrame({"gas": [gas, "CO2_BIOGENIC"], "co2e_mg": [1, 2]})
    assert totals_only(rows)["co2e_mg"].to_list() == [1]
