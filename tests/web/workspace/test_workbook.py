"""A workbook of a pack as the rows that are changed in place."""

from __future__ import annotations

import io
import re
import zipfile

from tests.web.evidence.conftest import workbook
from vatra.tables import tables
from vatra.web.workspace.sheet import csv_of_workbook

HEAD: list[object] = ["sector", "carrier", "scope", "year", "amount", "unit", "source", "note"]


def test_no_row_is_lost_to_a_wrong_size_and_short_rows_keep_their_width() -> None:
    rows: list[list[object]] = [
        ["buildings", "diesel", 1, year, 5, "MWh", "x"] for year in (2019, 2020, 2021)
    ]
    old = zipfile.ZipFile(io.BytesIO(workbook([HEAD, *rows])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            # As programs leave it that write row by row.
            said = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', old.read(name))
            new.writestr(name, said)
    lines = csv_of_workbook(out.getvalue(), tables()["energy"]).decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join(map(str, HEAD))
    assert lines[1:] == [f"buildings,diesel,1,{year},5,MWh,x," for year in (2019, 2020, 2021)]
