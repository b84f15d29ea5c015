"""Total rows of a spreadsheet: recognised by their label, so that nothing is counted twice."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from vatra.tables import Column, Finding, Table, fold

LINES_KEPT = 100
_WHOLE = frozenset(
    (
        "total", "subtotal", "grand_total", "total_general", "suma", "sum", "total_oras",
        "total_city", "city_total",
    )
)  # fmt: skip
_PREFIXES = ("total_", "subtotal_", "grand_total_", "suma_")
# Letters every label above has, in the ways people capitalise: a cheap look before the careful one.
HINTS = ("otal", "OTAL", "um", "UM")
_BEGINNING = r"(?i)^[^a-z0-9]*(total|subtotal|grand|sum|city)"


def is_total(label: str, column: Column) -> bool:
    """Whether a text in a key column labels a sum of other rows.

    Where codes are expected, anything that begins with "total" is one; a free text such as
    "Total Energy Ltd" is a name, so there the label must be the whole text.
    """
    folded = fold(label)
    return folded in _WHOLE or (column.kind != "text" and folded.startswith(_PREFIXES))


def take_out(
    frame: pl.DataFrame, table: Table, among: Collection[str], file: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """Drop rows that label themselves a total in one of the columns ``among``; say which.

    In a column that may be blank, a total is what blank means there (the whole city in a table of
    published figures): the label is blanked and the row stays.
    """
    findings = []
    for column in table.columns:
        if not column.key or column.name not in among:
            continue
        texts = frame.get_column(column.name)
        labels = [text for text in suspects(texts) if is_total(text, column)]
        if not labels:
            continue
        mask = texts.is_in(labels).fill_null(False)
        if not mask.any():
            continue
        stays = not column.required and column.kind != "text"
        findings.append(_finding(frame, mask, column, file, stays, labels))
        frame = frame.with_columns(texts.set(mask, None)) if stays else frame.filter(~mask)
    return frame, findings


def suspects(texts: pl.Series) -> list[str]:
    """The different texts of a column that may be labels of totals, seldom any."""
    if isinstance(texts.dtype, pl.Enum):
        return texts.dtype.categories.to_list()
    if texts.dtype != pl.String:
        texts = texts.unique(maintain_order=True).cast(pl.String)
    hinted = texts.filter(texts.str.contains_any(list(HINTS)))
    return hinted.filter(hinted.str.contains(_BEGINNING)).unique(maintain_order=True).to_list()


def _finding(
    frame: pl.DataFrame, mask: pl.Series, column: Column, file: str, stays: bool, labels: list[str]
) -> Finding:
    lines = frame.get_column("line").filter(mask)
    return Finding(
        "sources.total-kept" if stays else "sources.total-dropped",
        "note",
        file,
        tuple(lines.head(LINES_KEPT).to_list()),
        column.name,
        {"column": column.name, "labels": [f"'{label}'" for label in labels[:5]]},
        line_count=len(lines),
    )
