"""A file in batches is the same table as the file in one."""

import polars as pl
import pytest

from tests.sources.files import ENERGY, HEAD, energy_file, read_energy, row, said
from vatra.sources import check_batches, read_batches
from vatra.tables import Context, check

ROWS = 12_000


def lines(*changes):
    listed = [HEAD, *(row(number) for number in range(ROWS))]
    for at, line in changes:
        listed[at] = line
    return listed


def in_batches(path, rows=1000, **context):
    return list(check_batches(read_batches(path, ENERGY, rows=rows), ENERGY, Context(**context)))


def test_the_same_rows_lines_and_hash(tmp_path):
    path = energy_file(tmp_path, *lines((5000, ""), (6000, row("q", note='"two\nlines"'))))
    whole = read_energy(path)
    parts = list(read_batches(path, ENERGY, rows=1000))
    assert len(parts) > 5
    assert {part.evidence_id for part in parts} == {whole.evidence_id}
    assert pl.concat(
        part.frame.with_columns(pl.exclude("line").cast(pl.String)) for part in parts
    ).equals(whole.frame.with_columns(pl.exclude("line").cast(pl.String)))
    checked = in_batches(path)
    assert pl.concat(part.rows for part in checked).equals(
        check(ENERGY, whole.frame, "energy.csv").rows
    )


def test_doubles_far_apart_are_found(tmp_path):
    path = energy_file(tmp_path, *lines((11_000, row(5))))
    messages = [each.message("en") for part in in_batches(path) for each in part.findings]
    assert messages == [
        "Row 11001: the rows have the same year, sector, carrier, scope, item as rows above them "
        "(first 2021, buildings, natural_gas, 1, B5). Merge them, or tell them apart in 'item'."
    ]


def test_a_change_of_number_style_half_way_is_refused(tmp_path):
    path = energy_file(tmp_path, *lines((11_000, row("x", amount='"1.234,56"'))))
    (finding,) = [each for part in in_batches(path) for each in part.findings]
    assert finding.message("en") == (
        "Row 11001: '1.234,56' in 'amount' must be a number (read as 1234.56)."
    )


def test_a_style_settled_early_reads_what_would_be_ambiguous_later(tmp_path):
    whole = [row(number, amount=100 + number) for number in range(ROWS)]
    whole[6000] = row(6000, amount='"12,5"')
    whole[11_000] = row(11_000, amount="313.956")
    parts = in_batches(energy_file(tmp_path, HEAD, *whole))
    assert [each for part in parts for each in part.findings] == []
    energy = pl.concat(part.rows for part in parts)["energy_wh"]
    assert (energy[6000], energy[11_000]) == (12_500_000, 313_956_000_000)


def test_missing_columns_are_said_once(tmp_path):
    head = HEAD.replace("unit", "colour")
    parts = in_batches(energy_file(tmp_path, head, *lines()[1:]))
    codes = [each.code for part in parts for each in part.findings]
    assert codes.count("tables.columns-missing") == 1


def test_a_broken_batch_is_said_with_its_lines(tmp_path):
    parts = in_batches(energy_file(tmp_path, *lines((11_000, "2021,waste"))))
    (finding,) = [each for part in parts for each in part.findings]
    assert (finding.code, finding.lines) == ("sources.csv-ragged", (11_001,))


@pytest.mark.parametrize("content", [[], [HEAD], [HEAD, ""]])
def test_files_without_rows(tmp_path, content):
    path = energy_file(tmp_path, *content)
    raws = list(read_batches(path, ENERGY))
    assert len(raws) == 1
    assert said(raws[0]) == said(read_energy(path))


def test_a_file_that_is_not_there(tmp_path):
    (raw,) = read_batches(tmp_path / "energy.csv", ENERGY)
    assert [each.code for each in raw.findings] == ["sources.file-missing"]
