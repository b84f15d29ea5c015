"""The result rows themselves: one per source row and gas, with every id they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from vatra.faces.face import MARK, RESULTS, Face, Report, as_declared

# Machines read these: one heading in every language, the name.
FIELDS = tuple(replace(each, heading=each.name) for each in (*RESULTS, MARK))


def _write(report: Report) -> Mapping[str, pl.DataFrame]:
    marked = report.shown().with_columns(pl.lit(report.mark, pl.String).alias(MARK.name))
    return {"rows": as_declared(marked, FIELDS)}


FACE = Face(
    name="rows",
    parts={"rows": FIELDS},
    write=_write,
    source="Vatra's own result rows; see the page on exchange",
    every_year=True,
)
