"""The benchmark of sampling draws what it says."""

from benchmarks.doubt import FACTOR_COUNT, ROW_COUNT, inventory, sample
from vatra.plans.doubt_terms import sources


def test_the_inventory_has_200_rows_and_every_source_moves() -> None:
    rows, terms = inventory()
    assert len(rows) == ROW_COUNT
    found = sources(rows, terms)
    assert len(found.names) == ROW_COUNT + terms["term_id"].n_unique()
    assert terms["term_id"].n_unique() <= FACTOR_COUNT
    assert not found.unknown.any()


def test_the_upper_end_lies_above_the_total() -> None:
    rows, _ = inventory()
    assert sample(500) > rows["co2e_mg"].sum()
