"""Every figure says where it comes from and how sure it is."""

from __future__ import annotations

from importlib import resources

import pytest

from vatra.plans.sunpower.reading import rows

FILES = sorted(
    each.name.removesuffix(".csv")
    for each in (resources.files("vatra.plans.sunpower") / "data").iterdir()
    if each.name.endswith(".csv")
)


@pytest.mark.parametrize("name", FILES)
def test_rows_have_source_and_doubt(name: str) -> None:
    found = list(rows(name))
    assert found
    for row in found:
        assert row["source"].strip() and row["doubt"].strip(), row
        # A row with a comma too many would spill over.
        assert None not in row


@pytest.mark.parametrize("name", FILES)
def test_no_row_stands_twice(name: str) -> None:
    keys = [
        tuple(value for column, value in row.items() if column not in ("source", "doubt"))
        for row in rows(name)
    ]
    assert len(keys) == len(set(keys))
