"""An exact frame as the printed table of a face."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vatra.faces.face import SYNTHETIC, Face, Report
from vatra.faces.fields import Cell, Field
from vatra.faces.formats.grid import Grid
from vatra.tables import label
from vatra.tables.gpc import categories
from vatra.words import Language, has, say

# Machines read these under the names of the columns, in no language.
_NAMED = (".parquet",)


def grid_of(
    face: Face, part: str, frame: pl.DataFrame, lang: Language, suffix: str, *, rounded: bool
) -> Grid:
    """The printed table: headings in a language, masses in tonnes, labels beside their codes."""
    fields = face.parts[part]
    columns = [_column(frame, each, lang, rounded) for each in fields]
    headings = [
        each.name if suffix in _NAMED else each.heading_in(face.name, lang) for each in fields
    ]
    rows = list(zip(*columns, strict=True)) if len(frame) else []
    numeric = [each.kind not in ("text", "label") for each in fields]
    return Grid(face.part_title(part, lang), headings, rows, numeric=numeric)


def _column(frame: pl.DataFrame, each: Field, lang: Language, rounded: bool) -> list[Cell]:
    if each.kind == "label":
        return [_label(each.vocabulary, code, lang) for code in frame.get_column(each.of)]
    if each.kind == "integer":
        return frame.get_column(each.name).to_list()
    return [each.printed(value, rounded=rounded) for value in frame.get_column(each.name)]


def _label(vocabulary: str, code: str | None, lang: Language) -> str | None:
    """Words for a code: of the tables, of the faces, or none for a code the city made up."""
    if code is not None and vocabulary == "category" and code in categories():
        return label("sub_sector", categories()[code].sub_sector, lang)
    for key in (f"tables.{vocabulary}-{code}", f"faces.{vocabulary}-{code}"):
        if has(key):
            return say(key, lang)
    shared = f"faces.row-{code}"
    return say(shared, lang) if code and has(shared) else None


def about(face: Face, report: Report) -> Mapping[str, str]:
    """What travels beside the tables where a format has a place for it."""
    return {
        "face": face.name,
        "city": report.city.name,
        "code": report.city.code,
        "data": SYNTHETIC if report.city.synthetic else "",
        "years": ", ".join(str(year) for year in report.years),
        "gwp_set": report.city.gwp_set,
        "gases": ", ".join(report.city.gases),
        "layout": face.source,
    }
