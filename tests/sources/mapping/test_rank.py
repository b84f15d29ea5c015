"""The table a file is for is told by its headings, over all tables at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from vatra.sources.mapping import bring_in, parse_mapping, rank
from vatra.sources.template import table_csv
from vatra.tables import tables

CLUJ = Path(__file__).resolve().parents[3] / "examples" / "cluj"


@pytest.mark.parametrize("name", ["energy", "measures", "funding", "published_energy"])
def test_a_file_of_ours_is_known_for_what_it_is(name: str) -> None:
    best = rank(CLUJ / f"{name}.csv")[0]
    assert (best.table, best.is_ours) == (name, True)


@pytest.mark.slow
def test_every_template_is_its_own_table_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    for table in tables().values():
        file.write_text(table_csv(table, "ro"), "utf-8")
        assert any(each.is_ours and each.table == table.name for each in rank(file)), table.name


def test_a_foreign_file_is_ranked_by_what_its_headings_mean(tmp_path: Path) -> None:
    file = tmp_path / "consum.csv"
    file.write_text("An;Categorie consumator;Combustibil;Cantitate (MWh)\n2021;Casnic;gaz;1\n")
    best = rank(file)[0]
    assert (best.table, best.is_ours) == ("energy", False)
    assert best.matched_count == 4


def test_a_file_without_rows_fits_nothing(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text("\n\n", "utf-8")
    assert rank(file) == ()


def test_a_preview_reads_the_beginning_and_says_nothing_of_the_origin(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("An,MWh\n" + "2021,5\n" * 500, "utf-8")
    mapping = parse_mapping(
        "table: energy\ncolumns:\n  year: An\n  amount: MWh\n  unit: {constant: MWh}\n"
        "  sector: {constant: buildings}\n  carrier: {constant: electricity}\n"
        "  scope: {constant: '2'}\n  source: {constant: x}\n",
        "m.yaml",
    )
    brought = bring_in(file, mapping, most_rows=20, with_origin=False)
    assert len(brought.frame) == 19
    assert "note" not in brought.frame.columns
    outside = bring_in(file, mapping, most_rows=2, years=(2022, 2030))
    assert any("year" in each.code for each in outside.findings)
