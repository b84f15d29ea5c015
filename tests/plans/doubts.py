"""Rows and terms as an inventory hands them over, for tests of doubt."""

from __future__ import annotations

import polars as pl

MG_PER_T = 10**9


def rows(*each: tuple[int, str, float, str | None, float | None], gas: str = "CO2") -> pl.DataFrame:
    """(year, sector, tonnes, activity, half-width share) of every row."""
    return pl.DataFrame(
        [
            {
                "row": number,
                "year": year,
                "sector": sector,
                "gas": gas,
                "co2e_mg": round(tonnes * MG_PER_T),
                "activity_id": activity,
                "activity_doubt_ratio": ratio,
            }
            for number, (year, sector, tonnes, activity, ratio) in enumerate(each)
        ],
        schema={
            "row": pl.Int64,
            "year": pl.Int32,
            "sector": pl.String,
            "gas": pl.String,
            "co2e_mg": pl.Int64,
            "activity_id": pl.String,
            "activity_doubt_ratio": pl.Float64,
        },
    )


def terms(*each: tuple[int, str, float, float]) -> pl.DataFrame:
    """(row, term, low, high) of every term."""
    return pl.DataFrame(
        each,
        schema={
            "row": pl.Int64,
            "term_id": pl.String,
            "low_ratio": pl.Float64,
            "high_ratio": pl.Float64,
        },
        orient="row",
    )


NO_TERMS = terms()
