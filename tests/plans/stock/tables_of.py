"""Rows of the stock's tables as a check hands them on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from vatra.tables import Context, Finding, check, tables
from vatra.words import LANGUAGES


def rows(name: str, *listed: Mapping[str, object]) -> pl.DataFrame:
    """Checked rows; the first stands in line 2."""
    columns = sorted({key for each in listed for key in each})
    texts = [
        {key: None if each.get(key) is None else str(each[key]) for key in columns}
        | {"source": "test", "line": line}
        for line, each in enumerate(listed, 2)
    ]
    schema = {**dict.fromkeys(columns, pl.String), "source": pl.String, "line": pl.UInt32}
    raw = pl.DataFrame(texts, schema=schema)
    numbers = {column.name: "plain" for column in tables()[name].columns}
    done = check(tables()[name], raw, f"{name}.csv", Context((1900, 2100), numbers))
    assert done.findings == []
    return done.rows


def told(findings: Iterable[Finding]) -> list[tuple[str, tuple[int, ...]]]:
    """Codes and lines of findings, each of which can be said in both languages."""
    found = []
    for each in findings:
        for lang in LANGUAGES:
            assert each.message(lang)
        found.append((each.code.removeprefix("plans.stock."), each.lines))
    return found
